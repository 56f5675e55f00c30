"""What stands around the practices: which edition, how to read a step, the commitments, the downloads."""

from collections.abc import Sequence

import streamlit as st

from arusha.access import files
from arusha.access.gate import Here
from arusha.reference import wording
from arusha.reference.content import Content
from arusha.reference.pages.address import EDITION, link, write
from arusha.reference.rules import Filter, Served, is_ours
from arusha.ui.parts.markup import download, md, show, tag, text
from arusha.ui.parts.table import table
from questionnaires.model import Practice, Questionnaire, Scale


def edition(here: Here, editions: Sequence[Questionnaire]) -> Questionnaire:
    """Return the edition in the address, else the last; let the reader choose when there are several."""
    named = {one.id: one for one in editions}
    wanted = st.query_params.get(EDITION, "")
    chosen = wanted if wanted in named else editions[-1].id
    if len(editions) > 1:
        titles = {name: one.words(here.t.language).title for name, one in named.items()}
        key = "reference_edition"
        if st.session_state.get(key) != chosen:
            st.session_state[key] = chosen
        st.selectbox(
            here.t("Questionnaire"),
            list(named),
            format_func=titles.__getitem__,
            key=key,
            on_change=lambda: write(EDITION, st.session_state[key]),
        )
    return named[chosen]


def lead(content: Content) -> None:
    """Say what the page holds, and whose scale it is."""
    t = content.t
    said = t(
        "Every question with its steps, and what to show a reviewer for each step. Search it, filter it, or "
        "take it with you."
    )
    show(tag("p", text(said), class_="lead"))
    show(tag("p", text(content.words.title) + ". " + text(wording.own_scale(content.t)), class_="quiet"))


def downloads(content: Content) -> None:
    """Offer the whole questionnaire; a file is written only when it is asked for."""
    t, edition = content.t, content.questionnaire.id
    book = files.address("questionnaire-workbook", edition, t)
    plain = files.address("questionnaire-text", edition, t)
    show(download(t("Download as Excel workbook"), book) + download(t("Download as text (Markdown)"), plain))


def how_to_read(content: Content) -> None:
    """Show what the steps mean and what to show for each, one click away."""
    t = content.t
    scales = "".join(_scale(content, name, scale) for name, scale in content.scales())
    head = tag("summary", text(t("How to read a practice: the steps, and what to show")))
    show(tag("details", head + tag("p", text(wording.reading(content.t))) + scales, class_="reading"))


def _scale(content: Content, name: str, scale: Scale) -> str:
    t, showing = content.t, content.showing if is_ours(scale) else {}
    names, meanings = content.words.scales[name], content.words.meanings.get(name, {})
    heads = (t("Step"), t("What it means"), t("What to show a reviewer"))
    rows = [
        (f"{number} {names[step.id]}", meanings.get(step.id, ""), showing.get(step.id, ""))
        for number, step in enumerate(scale.steps)
    ]
    head = tag("tr", "".join(tag("th", text(said), scope="col") for said in heads))
    body = "".join(tag("tr", "".join(tag("td", text(cell)) for cell in row)) for row in rows)
    return tag("div", tag("table", tag("thead", head) + tag("tbody", body)), class_="table")


def commitments(here: Here, content: Content) -> None:
    """Show which practices serve each commitment, when it is asked for."""
    if not content.coverage:
        return
    t = content.t
    title = t("The commitments and the practices that serve them")
    with st.expander(md(title), key="commitments", on_change="rerun") as opened:
        if not opened.open:
            return
        st.caption(
            md(t("The commitments of the Revised Arusha Declaration by number, in this toolkit's own words."))
        )
        rows = [
            [_commitment(content, one), _serving(here, content, served)]
            for one, served in content.coverage.items()
        ]
        table([t("Commitment"), t("Practices that serve it")], rows, links=True)


def _commitment(content: Content, commitment: str) -> str:
    return tag("strong", text(commitment)) + " " + text(content.commitment(commitment))


def _serving(here: Here, content: Content, served: Served) -> str:
    """Return the practices as links; one that names another commitment first says so."""
    also = " " + tag("span", text(content.t("also serves it")), class_="quiet")
    items = [(practice, "") for practice in served.first] + [(practice, also) for practice in served.also]
    lines = "".join(tag("li", _link(here, content, practice) + mark) for practice, mark in items)
    return tag("ul", lines) if lines else text(content.t("None"))


def _link(here: Here, content: Content, practice: Practice) -> str:
    address = link(here, Filter(), practice.id)
    return tag("a", text(content.of(practice).question), href=address, target="_self", class_="go")
