"""The page of one part of a plan: where it stands, its fields, what belongs to it, what became of it."""

from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.plans import service
from arusha.plans.model import Activity, AnyPart, Indicator, Milestone, Plan
from arusha.plans.pages import links, moving, rows, statuses, versions, writing
from arusha.plans.pages.asked import Basis
from arusha.plans.pages.places import link_to, part_link
from arusha.plans.pages.specs import specs
from arusha.plans.wording import KIND_NAMES, SUPPORT_NAMES, titled
from arusha.ui.parts.markup import md, show, tag, text


def may_write(here: Here, plan: Plan) -> bool:
    """Return whether this person may change what is planned, which only a draft allows."""
    return plan.state == "draft" and here.may(Permission.PLAN_WRITE, Subject(plan.administration))


def draw(here: Here, plan: Plan, part: AnyPart, basis: Basis, today: date) -> None:
    """Draw the whole page of a part, as a fragment: what is written in it is kept field by field."""
    st.fragment(_fresh, key=f"part-{part.id}")(here, plan.id, part.id, basis, today)


def _fresh(here: Here, plan_id: str, part_id: str, basis: Basis, today: date) -> None:
    plan: Plan = here(service.find, plan_id)
    if part_id in plan.by_id:
        _part(here, plan, plan.by_id[part_id], basis, today)
    else:
        st.info(here.t("The part was removed meanwhile."), icon=":material/info:")


def _part(here: Here, plan: Plan, part: AnyPart, basis: Basis, today: date) -> None:
    t, writes = here.t, may_write(here, plan)
    _way(here, plan, part)
    st.subheader(md(f"{t(KIND_NAMES[part.kind])}: {titled(t, part)}"))
    if isinstance(part, Indicator):
        label = t("Baseline, targets and values of the indicator")
        show(tag("p", link_to(here, "benchmarks", label, indicator=part.id)))
    if writes:
        st.caption(t("Every field is saved when you leave it."))
        writing.write(here, plan, part.id, part, specs(t, plan, part))
    else:
        writing.read(here, part, specs(t, plan, part))
    if isinstance(part, Activity):
        _activity(here, plan, part, basis, writes=writes)
    _inside(here, plan, part)
    if writes:
        moving.add(here, plan, part)
        moving.remove(here, plan, part)
    versions.of_part(here, plan, part, today)


def _way(here: Here, plan: Plan, part: AnyPart) -> None:
    """Show the way from the plan down to the part, each a link."""
    above = [one for one in plan.chain(part.id) if one.id != part.id]
    steps = [link_to(here, "plan", here.t("The plan"))]
    steps += [part_link(here, one) for one in reversed(above)]
    show(tag("nav", " › ".join(steps), class_="way", aria_label=here.t("Where this stands")))


def _activity(here: Here, plan: Plan, part: Activity, basis: Basis, *, writes: bool) -> None:
    statuses.draw(here, plan, part)
    if writes:
        links.draw(here, plan, part, basis)
        rows.milestones(here, plan, part)
        rows.budget(here, plan, part)
        statuses.spending(here, plan, part)
        rows.support(here, plan, part)
    else:
        _read(here, plan, part, basis)
        statuses.spending(here, plan, part)


def _read(here: Here, plan: Plan, part: Activity, basis: Basis) -> None:
    """Show the lists of an activity to read only, each under its name."""
    t, asked = here.t, basis.questionnaire
    lifted = []
    for link in part.links:
        step = links.steps_of(here, asked, link.practice).get(link.step, link.step)
        to = t("to “{step}” by {day}", step=step, day=t.day(link.by))
        lifted.append((links.name_of(here, asked, link.practice), to))
    currency = plan.header.currency
    lists = [
        (t("Practices it is to lift"), lifted),
        (t("Milestones"), [(one.title or t("Milestone"), _reached(here, one)) for one in part.milestones]),
        (
            t("Budget"),
            [
                (
                    one.title or t("Budget line"),
                    _said(f"{t.number(one.amount)} {currency}".strip(), one.funder),
                )
                for one in part.budget
            ],
        ),
        (
            t("Support asked for"),
            [(t(SUPPORT_NAMES[one.kind]), _said(one.whom, one.title)) for one in part.support],
        ),
    ]
    for name, several in lists:
        if several:
            st.markdown(f"#### {md(name)}")
            writing.facts(several)


def _reached(here: Here, milestone: Milestone) -> str:
    t = here.t
    due = t("due {day}", day=t.day(milestone.due))
    reached = t("reached {day}", day=t.day(milestone.reached)) if milestone.reached else t("not reached yet")
    return f"{due}, {reached}"


def _said(*parts: str) -> str:
    return " · ".join(part for part in parts if part) or "–"


def _inside(here: Here, plan: Plan, part: AnyPart) -> None:
    """List what stands directly within the part."""
    inside = plan.inside.get(part.id, ())
    if not inside:
        return
    t = here.t
    lines = "".join(
        tag("li", tag("span", text(t(KIND_NAMES[one.kind])), class_="quiet") + " " + part_link(here, one))
        for one in inside
    )
    st.markdown(f"#### {md(t('Within it'))}")
    show(tag("ul", lines, class_="inside"))
