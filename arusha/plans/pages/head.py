"""The head of a plan: what is said of it in one line, its fields, and the way to other plans."""

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments import service as assessments
from arusha.plans import service
from arusha.plans.ledger import HEADER
from arusha.plans.model import Plan
from arusha.plans.pages import beginning, writing
from arusha.plans.pages.part import may_write
from arusha.plans.pages.places import HEAD, link_to
from arusha.plans.pages.specs import of_header
from arusha.plans.wording import said_of
from arusha.ui.parts.markup import md, show, tag, text


def line(here: Here, plan: Plan) -> None:
    """Show programme, years, version and state, when it was approved, and why it is revised."""
    t = here.t
    said = [said_of(t, plan)]
    if plan.header.owner:
        said.append(plan.header.owner)
    if plan.approved and plan.state != "draft":
        said.append(t("approved {day}", day=t.day(plan.approved)))
    show(tag("p", text(" · ".join(said)), class_="lead"))
    if plan.state == "draft" and plan.version > 1:
        before = here(service.versions, plan.id)
        if before and before[0].reason:
            show(tag("p", text(t("Revised because: {reason}", reason=before[0].reason)), class_="quiet"))


def fields(here: Here, plan: Plan) -> None:
    """Draw what is said of the plan as a whole, to write in (as a fragment) or to read."""
    st.fragment(_fields, key="plan-head")(here, plan.id)


def _fields(here: Here, plan_id: str) -> None:
    t, plan = here.t, here(service.find, plan_id)
    show(
        tag(
            "nav",
            link_to(here, "plan", t("Back to the plan")),
            class_="way",
            aria_label=t("Where this stands"),
        )
    )
    st.subheader(t("The plan as a whole"))
    wanted = of_header(t, plan, _rounds(here, plan))
    if may_write(here, plan):
        st.caption(t("Every field is saved when you leave it."))
        writing.write(here, plan, HEADER, plan.header, wanted)
    else:
        writing.read(here, plan.header, wanted)


def _rounds(here: Here, plan: Plan) -> dict[str, str]:
    """Return the rounds of the plan's administration that the reader may see."""
    if not here.may(Permission.ROUND_READ):
        return {}
    found = here(assessments.rounds)
    return {one.id: str(one.year) for one in found if one.administration == plan.administration}


def others(here: Here, plan: Plan) -> None:
    """Show the other plans, and the ways to begin one more."""
    t = here.t
    rest = [one for one in here(service.plans) if one.id != plan.id]
    with st.expander(t("Other plans"), key="other_plans"):
        if rest:
            beginning.listed(here, rest)
        else:
            st.caption(md(t("There is no other plan.")))
        beginning.ways(here, plan.administration)


def link(here: Here, plan: Plan) -> str:
    """Return the link to the fields of the plan as a whole."""
    label = here.t("Change the plan as a whole") if may_write(here, plan) else here.t("The plan as a whole")
    return link_to(here, "plan", label, part=HEAD)
