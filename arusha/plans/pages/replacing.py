"""Revise the words of an indicator, or put another in its place: with a reason; both versions are kept."""

from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.plans import service
from arusha.plans.lifecycle import new_id
from arusha.plans.model import Indicator, Plan
from arusha.plans.replacing import Wanted, replaced, revised
from arusha.plans.rules import Changes
from arusha.plans.wording import DIRECTION_NAMES
from arusha.ui.parts import notices
from questionnaires.problems import Refused

SAME, OTHER = "same", "other"


def draw(here: Here, plan: Plan, one: Indicator, today: date) -> None:
    """Offer to revise or to replace, while the plan is a draft."""
    t = here.t
    if one.ended is not None:
        return
    with st.expander(t("Revise or replace this indicator…"), key="replace", on_change="rerun") as opened:
        if not opened.open:
            return
        names = {
            SAME: t("It measures the same, said better"),
            OTHER: t("Something else is measured from now on"),
        }
        how = st.radio(t("What changes"), list(names), format_func=names.__getitem__, key="replace_how")
        wanted = _ask(here, one, today, ends=how == OTHER)
        if wanted is not None:
            _do(here, plan, one, wanted, ends=how == OTHER)


def _ask(here: Here, one: Indicator, today: date, *, ends: bool) -> Wanted | None:
    t = here.t
    names = {key: t(said) for key, said in DIRECTION_NAMES.items()}
    with st.form("replace_indicator", border=False):
        title = st.text_area(t("Indicator"), one.title, height="content", key="replace_title")
        left, right = st.columns(2)
        unit = left.text_input(t("Unit"), one.unit, key="replace_unit")
        ways = list(names)
        way = right.selectbox(
            t("Direction"), ways, ways.index(one.direction), format_func=names.__getitem__, key="replace_way"
        )
        source = left.text_input(t("Source"), one.source, key="replace_source")
        verification = right.text_input(t("Means of verification"), one.verification, key="replace_proof")
        ended = today
        if ends:
            label = t("Last day of the old one")
            ended = left.date_input(label, today, format="YYYY-MM-DD", key="replace_ended")
        reason = st.text_input(t("Reason"), key="replace_reason")
        label = t("Replace the indicator") if ends else t("Revise the indicator")
        if not st.form_submit_button(label, type="primary"):
            return None
    return Wanted(title, unit, way, source, verification, reason, ended)


def _do(here: Here, plan: Plan, one: Indicator, wanted: Wanted, *, ends: bool) -> None:
    try:
        parts = replaced(one, wanted, new_id()) if ends else revised(one, wanted)
        base = {one.id: plan.revisions.get(one.id, 0)}
        service.change(here.actor, here.store, plan.id, Changes(parts, base=base, reason=wanted.reason))
    except Refused as refused:
        notices.refused(here.t, refused)
        return
    if ends:
        st.query_params["indicator"] = parts[-1].id
    st.rerun()
