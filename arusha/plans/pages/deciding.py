"""Approving a plan, revising it, closing it and opening it again: what may be done, and by whom."""

from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.plans.pages import refusing
from arusha.plans.pages.new_plan import day
from arusha.ui.parts.markup import show, tag, text
from questionnaires.problems import Refused

PAGE = "plans/pages/plan.py"


def draw(here: Here, plan: Plan, today: date) -> None:
    """Draw what the plan's state allows, or who may do it."""
    t, subject = here.t, Subject(plan.administration)
    st.subheader(t("Approval"))
    if plan.state == "draft":
        _draft(here, plan, today, may=here.may(Permission.PLAN_APPROVE, subject))
    elif plan.state == "approved":
        _approved(here, plan, subject)
    else:
        _say(t("The plan is closed: nothing more is entered."))
        if here.may(Permission.PLAN_APPROVE, subject) and st.button(t("Open it again")):
            here(service.reopen, plan.id)
            st.rerun()


def _draft(here: Here, plan: Plan, today: date, *, may: bool) -> None:
    t = here.t
    if not may:
        _say(t("This is a draft. The head of the administration approves it."))
        return
    _say(
        t(
            "Approving freezes this version as a whole. What was planned can then only be revised with a "
            "reason."
        )
    )
    name, on = st.columns([3, 1])
    with name:
        approved_by = st.text_input(t("Approved by"), key=f"approved_by_{plan.id}")
    with on:
        when = day(t("On"), today, f"approved_on_{plan.id}")
    if st.button(t("Approve the plan"), type="primary"):
        if when is None:
            st.error(t("Give the day of the approval."), icon=":material/block:")
            return
        try:
            service.approve(here.actor, here.store, plan.id, approved_by, when)
        except Refused as refused:
            refusing.refused(here, refused)
            return
        st.rerun()


def _approved(here: Here, plan: Plan, subject: Subject) -> None:
    t = here.t
    _say(t("The plan is approved. What happens is entered; what was planned stays as it is."))
    if here.may(Permission.PLAN_WRITE, subject):
        with st.expander(t("Revise the plan…"), key=f"revise_{plan.id}"):
            hint = t("It is kept with the version that was approved.")
            reason = st.text_area(t("Reason"), key=f"reason_{plan.id}", help=hint)
            if st.button(t("Begin the next version")):
                _revise(here, plan, reason)
    else:
        _say(t("The coordinator of the administration revises it."))
    if here.may(Permission.PLAN_APPROVE, subject) and st.button(t("Close the plan")):
        here(service.close, plan.id)
        st.rerun()


def _revise(here: Here, plan: Plan, reason: str) -> None:
    try:
        service.revise(here.actor, here.store, plan.id, reason)
    except Refused as refused:
        refusing.refused(here, refused)
        return
    st.rerun()


def _say(said: str) -> None:
    show(tag("p", text(said)))
