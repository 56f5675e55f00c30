"""What the reader looks for, kept in the page's address: a link can be sent, a reload loses nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

import streamlit as st

from arusha.access.gate import Here
from arusha.reference.rules import Filter
from arusha.ui.parts.markup import href
from questionnaires.model import Questionnaire

PAGE = "reference"
YES = "yes"
EDITION, PRACTICE = "edition", "practice"
MARKS = ("key", "core")
NAMES = tuple(field.name for field in fields(Filter))


def wanted(questionnaire: Questionnaire) -> Filter:
    """Return what the address asks for; what the questionnaire does not know is left out."""
    known = choices(questionnaire)
    given = {name: st.query_params.get(name, "") for name in NAMES}
    chosen = {name: given[name] if given[name] in known[name] else "" for name in known}
    return Filter(
        factor=chosen["factor"],
        driver=chosen["driver"],
        owner=chosen["owner"],
        evidence=chosen["evidence"],
        power=chosen["power"],
        key=given["key"] == YES,
        core=given["core"] == YES,
        words=given["words"],
    )


def choices(questionnaire: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """Return what can be chosen, in the questionnaire's order: only what one of its practices has."""
    words = questionnaire.words(questionnaire.structure.default_language)
    practices = questionnaire.practices.values()
    return {
        "factor": tuple(factor.id for factor in questionnaire.factors),
        "driver": _used(words.drivers, (name for p in practices for name in p.drivers)),
        "owner": _used(words.owner, (name for p in practices for name in p.owner)),
        "evidence": _used(words.evidence, (name for p in practices for name in p.evidence)),
        "power": _used(("customs", "shared", "government"), (p.power for p in practices)),
    }


def _used(ordered: Iterable[str], named: Iterable[str]) -> tuple[str, ...]:
    there = set(named)
    return tuple(name for name in ordered if name in there)


def write(name: str, value: str) -> None:
    """Put one thing the reader looks for into the address, and leave the single practice."""
    st.query_params.pop(PRACTICE, None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def link(here: Here, filter_: Filter, practice: str = "", **changes: str) -> str:
    """Return the address of this page with a filter, and of a single practice in it."""
    given = {name: getattr(filter_, name) for name in NAMES}
    query = {name: YES if value is True else value or "" for name, value in given.items()}
    edition = st.query_params.get(EDITION, "")
    return href(PAGE, here.at(**{**query, EDITION: edition, PRACTICE: practice, **changes}))
