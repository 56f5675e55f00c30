"""Entries in words for the annual report: typed where they are read, dated, the earlier ones kept.

They are drawn within fragments: a whole page that is drawn anew may break off the callback that saves.
"""

from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.plans import service
from arusha.plans.model import Plan, Update, UpdateKind
from arusha.plans.wording import titled
from arusha.ui.parts.markup import show, tag, text
from questionnaires.problems import Refused


def fresh(here: Here, plan: Plan) -> Plan:
    """Return the plan a fragment was drawn with, or as it stands once something was added in it."""
    return here(service.find, plan.id) if st.session_state.pop(f"added-{plan.id}", False) else plan


def entries(here: Here, plan: Plan, subject: str, found: tuple[Update, ...]) -> None:
    """Show entries, newest first, each with its day and what it is about when that is another part."""
    t = here.t
    for one in found:
        part = plan.by_id.get(one.subject)
        about = f"{titled(t, part)}: " if part and one.subject != subject else ""
        day = tag("span", text(t.day(one.on)), class_="quiet")
        show(tag("p", day + " " + text(f"{about}{one.text}"), class_="told"))


def line(here: Here, plan: Plan, kind: UpdateKind, subject: str, label: str, on: date, newest: str) -> None:
    """Ask for one line that stands until another is written: it saves when left, the earlier lines stay."""
    key = _key(plan, kind, subject, on)
    if not _refusal(key) and st.session_state.get(key) != newest:
        st.session_state[key] = newest
    st.text_area(
        label, key=key, height="content", on_change=_add, args=(here, plan, kind, subject, on, key, newest)
    )
    _said(here, key)


def more(here: Here, plan: Plan, kind: UpdateKind, subject: str, label: str, on: date) -> None:
    """Ask for one more entry; it is saved when the field is left, and the field is empty again."""
    key = _key(plan, kind, subject, on)
    st.text_area(
        label, key=key, height="content", on_change=_add, args=(here, plan, kind, subject, on, key, "")
    )
    _said(here, key)


def _key(plan: Plan, kind: UpdateKind, subject: str, on: date) -> str:
    return f"said-{plan.id}-{subject or 'plan'}-{kind}-{on.year}"


def _refusal(key: str) -> str:
    return str(st.session_state.get(f"refused-{key}", ""))


def _add(here: Here, plan: Plan, kind: UpdateKind, subject: str, on: date, key: str, unchanged: str) -> None:
    """Add the entry, inside the field's callback; refused, it stays typed with the reason beside it."""
    typed = str(st.session_state[key])
    st.session_state.pop(f"refused-{key}", None)
    if typed.strip() == unchanged.strip():
        return
    try:
        service.enter(here.actor, here.store, plan.id, updates=[Update(subject, kind, on, text=typed)])
    except Refused as refused:
        said = " ".join(here.t.problem(problem) for problem in refused.problems)
        st.session_state[f"refused-{key}"] = said
        return
    st.session_state[f"added-{plan.id}"] = True
    if not unchanged:
        st.session_state[key] = ""


def _said(here: Here, key: str) -> None:
    if why := _refusal(key):
        said = here.t("Not saved. {why}", why=why)
        show(tag("p", tag("span", text(said), class_="state refused"), role="alert"))
