"""The search field and the filters; what is chosen goes into the address, which is where it is read from."""

from dataclasses import replace

import streamlit as st

from arusha.reference.content import Content
from arusha.reference.pages.address import MARKS, YES, choices, write
from arusha.reference.rules import Filter
from arusha.ui.parts.markup import md

MORE = (("owner", "evidence", "driver"), ("power", "marks"))


def ask(content: Content, wanted: Filter) -> None:
    """Show the field and the filters, as the address has them."""
    t = content.t
    search, factor = st.columns([2, 1])
    with search:
        _search(content, wanted)
    with factor:
        _choice(content, wanted, "factor")
    used = replace(wanted, words="", factor="")
    with st.expander(
        t("Filter by who would know, kind of evidence, opening or remedy"), expanded=not used.is_empty
    ):
        for names in MORE:
            for column, name in zip(st.columns(3), names, strict=False):
                with column:
                    _marks(content, wanted) if name == "marks" else _choice(content, wanted, name)


def _search(content: Content, wanted: Filter) -> None:
    t = content.t
    st.text_input(
        t("Search the questionnaire"),
        key=_shown("words", wanted.words),
        type="search",
        live="400ms",
        placeholder=t("Words of a question, a step, evidence or a measure…"),
        on_change=_chosen,
        args=("words",),
    )


def _choice(content: Content, wanted: Filter, name: str) -> None:
    known = choices(content.questionnaire)[name]
    if len(known) < 2:
        return
    labels = _labels(content, name)
    st.selectbox(
        md(_titles(content)[name]),
        ["", *known],
        format_func=labels.__getitem__,
        key=_shown(name, getattr(wanted, name)),
        on_change=_chosen,
        args=(name,),
    )


def _titles(content: Content) -> dict[str, str]:
    t = content.t
    return {
        "factor": t("Factor"),
        "driver": t("Opening it closes"),
        "owner": t("Who would know"),
        "evidence": t("Kind of evidence"),
        "power": t("The remedy lies"),
    }


def _labels(content: Content, name: str) -> dict[str, str]:
    words, all_ = content.words, content.t("All")
    named = {
        "factor": {factor.id: content.name(factor) for factor in content.questionnaire.factors},
        "driver": words.drivers,
        "owner": words.owner,
        "evidence": words.evidence,
        "power": content.powers,
    }
    return {"": all_, **named[name]}


def _marks(content: Content, wanted: Filter) -> None:
    t = content.t
    labels = {"key": t("Key practices"), "core": t("Core practices")}
    shown = {"key": wanted.key, "core": wanted.core}
    st.pills(
        t("Only"),
        list(MARKS),
        format_func=labels.__getitem__,
        selection_mode="multi",
        key=_shown("marks", [name for name in MARKS if shown[name]]),
        on_change=_marked,
    )


def _shown(name: str, value: object) -> str:
    """Let a field show what the address says; return the field's key."""
    key = f"reference_{name}"
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _chosen(name: str) -> None:
    write(name, st.session_state[f"reference_{name}"] or "")


def _marked() -> None:
    for name in MARKS:
        write(name, YES if name in st.session_state["reference_marks"] else "")
