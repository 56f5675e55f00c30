"""The proof of the trail on request, with what it found."""

import streamlit as st

from arusha import settings
from arusha.access.gate import Here
from arusha.access.proof import trails, wording
from arusha.ui.parts import notices
from questionnaires.problems import Refused


def draw(here: Here) -> None:
    """Offer to verify the trail; say that it holds, or every fault with its place."""
    t = here.t
    asked = st.button(t("Verify the trail"))
    with st.container(key="proved"):  # a place of its own: what comes below stays where it is
        if not asked:
            return
        with st.spinner(t("Every seal is computed anew…")):
            found = here(trails.verify, settings.read().anchors)
        if found.problems:
            notices.refused(t, Refused(found.problems))
        else:
            st.success(" ".join(wording.held(t, found)), icon=":material/verified:")
