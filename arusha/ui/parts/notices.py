"""What happened and what to do: refusals, and the band that marks invented data."""

import streamlit as st

from arusha.i18n import Translator
from arusha.ui.parts.markup import md, show, tag, text
from questionnaires.problems import Refused


def refused(t: Translator, refusal: Refused) -> None:
    """Show every problem of a refusal: place, fault, remedy."""
    lines = [f"**{md(problem.place)}** – {md(t.problem(problem))}" for problem in refusal.problems]
    st.error("\n\n".join(lines), icon=":material/block:")


def fictional(t: Translator) -> None:
    """Mark a page that shows the sample."""
    said = t("Sample data: every administration here is fictional, and every answer is invented.")
    show(tag("div", text(said), class_="band", role="note"))
