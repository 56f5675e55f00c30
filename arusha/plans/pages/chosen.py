"""Which plan a page is about: the one in the address, or the newest of the round's administration."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments import service as assessments
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.plans.pages import beginning
from arusha.plans.service import Listed
from questionnaires.problems import Refused


def chosen(here: Here) -> tuple[Here, Plan]:
    """Return the plan and the place that names it in every link; without a plan say so and stop."""
    plan_id = here.plan_id or newest(here(service.plans), administration(here))
    if not plan_id:
        beginning.without_a_plan(here, administration(here))
        st.stop()
    plan: Plan = here(service.find, plan_id)
    return replace(here, plan_id=plan.id, round_id=here.round_id or plan.header.round_id), plan


def newest(plans: Sequence[Listed], code: str) -> str:
    """Return the id of the newest plan of an administration ('': of the only one that has plans), or ''."""
    whose = {plan.administration for plan in plans}
    code = code or (whose.pop() if len(whose) == 1 else "")
    return next((plan.id for plan in plans if plan.administration == code), "")


def administration(here: Here) -> str:
    """Return whose plans are meant: the person's own, those of the round in the address or visited last."""
    if here.actor.administration:
        return here.actor.administration
    try:
        return assessments.find(here.actor, here.store, round_of(here)).administration
    except Refused:
        return ""


def round_of(here: Here) -> str:
    """Return the round in the address, or the one visited last, or ''."""
    if here.round_id or not here.may(Permission.ANSWER_READ):
        return here.round_id
    visited = here(assessments.last_visit)
    return visited[0] if visited else ""
