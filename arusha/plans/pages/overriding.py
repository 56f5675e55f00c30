"""Set the computed standing of a part aside, or lift that again: with a reason, and both are shown."""

from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.plans import service
from arusha.plans.model import Plan, Update
from arusha.plans.pages import saying
from arusha.plans.pages.statuses import may_enter
from arusha.plans.progress.standings import NAMES, Reading
from arusha.ui.parts import notices
from questionnaires.problems import Refused


def draw(here: Here, plan: Plan, part_id: str, read: Reading, on: date) -> None:
    """Offer it for an indicator, a goal or ('') the plan, to who may enter what happens."""
    t = here.t
    if not may_enter(here, plan):
        return
    name = part_id or "plan"
    with st.expander(t("Set the standing by hand…"), key=f"override_{name}", on_change="rerun") as opened:
        if not opened.open:
            return
        said = t("The rule says: {standing}. What is set by hand is shown with its reason.",
                 standing=t(NAMES[read.computed]))  # fmt: skip
        st.caption(said)
        choices: dict[str, str] = {"": t("as the rule says")}
        choices |= {key: t(said) for key, said in NAMES.items()}
        now = read.override.choice if read.override else ""
        keys, entered = list(choices), len(plan.entries(part_id, "override"))
        choice = st.selectbox(
            t("Standing"), keys, keys.index(now), format_func=choices.__getitem__, key=f"standing_{name}"
        )
        reason = st.text_input(t("Reason"), key=f"standing_reason_{name}_{entered}")
        if st.button(t("Set the standing"), key=f"set_{name}"):
            _enter(here, plan, Update(part_id, "override", on, choice, reason))
        saying.entries(here, plan, part_id, plan.entries(part_id, "override")[::-1])


def _enter(here: Here, plan: Plan, update: Update) -> None:
    try:
        service.enter(here.actor, here.store, plan.id, updates=[update])
    except Refused as refused:
        notices.refused(here.t, refused)
        return
    st.rerun()
