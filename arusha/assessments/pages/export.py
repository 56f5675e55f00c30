"""The workbook of a profile, as one button."""

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments import service
from arusha.assessments.views import Seen
from arusha.assessments.workbook import write


def draw(here: Here, seen: Seen) -> None:
    """Offer the workbook; it is written only when it is asked for."""
    t = here.t
    revision = seen.signature.revision if seen.signature else 0
    name = f"arusha-{seen.round.administration}-{seen.round.year}.xlsx"
    st.download_button(
        t("Download as Excel workbook"),
        data=lambda: write(here.t, here(service.exported, seen.round.id, revision)),
        file_name=name,
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
    )
