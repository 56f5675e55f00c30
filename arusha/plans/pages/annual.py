"""The parts of the annual report: where each goal stands, its work, its benchmarks, what is said of it."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from arusha.access import files
from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.plans.model import Indicator, Plan, UpdateKind
from arusha.plans.pages import overriding, projection, saying
from arusha.plans.pages.indicator_rows import said_of
from arusha.plans.pages.statuses import may_enter
from arusha.plans.periods import Period
from arusha.plans.progress.benchmarks import Benchmark
from arusha.plans.progress.reporting import GoalYear, Work, said
from arusha.plans.progress.standings import Reading, of_plan
from arusha.plans.wording import STATUS_NAMES, VERDICT_NAMES, titled
from arusha.plans.wording import said_of as plan_said
from arusha.ui.parts.markup import download, href, md, show, tag, text
from arusha.ui.parts.table import table
from questionnaires.problems import N_

KINDS: Mapping[UpdateKind, str] = {
    "progress": N_("What happened"),
    "learned": N_("What was learned"),
    "next": N_("What comes next"),
}


def lead(here: Here, plan: Plan) -> None:
    """Say which plan this is."""
    show(tag("p", text(f"{plan.header.title} · {plan_said(here.t, plan)}"), class_="lead"))


def standing(here: Here, plan: Plan, day: date) -> None:
    """Say where the plan stands as a whole."""
    show(tag("p", _read(here, of_plan(plan, day)), class_="verdict"))


def _read(here: Here, read: Reading) -> str:
    word = tag("b", text(here.t(read.name)), class_=f"standing-{read.standing}")
    return word + " " + text(said_of(here, read))


def goal(here: Here, plan: Plan, one: GoalYear, year: Period, day: date) -> None:
    """Show what a year brought for a goal, and take in its outcome line and what was learned."""
    t = here.t
    st.subheader(md(titled(t, one.goal)), divider="gray")
    show(tag("p", _read(here, one.reading), class_="verdict"))
    st.fragment(_reached, key=f"reached-{one.goal.id}")(here, plan, one.goal.id, year, day)
    left, right = st.columns([5, 4], gap="large")
    with left:
        _work(here, one)
    with right:
        _measured(here, plan, one)
    st.fragment(_told, key=f"told-{one.goal.id}")(here, plan, one.goal.id, year, day)
    overriding.draw(here, plan, one.goal.id, one.reading, day)


def _reached(here: Here, before: Plan, goal_id: str, year: Period, day: date) -> None:
    """Show the outcome line; who may, types it right here."""
    plan = saying.fresh(here, before)
    t, lines = here.t, said(plan, goal_id, year)["reached"]
    if may_enter(here, plan):
        label, newest = t("Reached this year, in one line"), lines[0].text if lines else ""
        saying.line(here, plan, "reached", goal_id, label, day, newest)
        show(tag("p", tag("strong", text(label)) + " " + text(newest), class_="only-print"))
    shown = lines[1:] if may_enter(here, plan) else lines
    saying.entries(here, plan, goal_id, shown)
    if not lines and not may_enter(here, plan):
        show(tag("p", text(t("Nothing is said yet of what was reached.")), class_="quiet"))


def _work(here: Here, one: GoalYear) -> None:
    t = here.t
    said = t("Planned: {planned}. Done in this year: {done}.", planned=len(one.work), done=one.done)
    items = "".join(tag("li", _item(here, work)) for work in one.work)
    show(tag("p", tag("strong", text(t("Activities"))) + " " + text(said)) + tag("ul", items, class_="work"))


def _item(here: Here, work: Work) -> str:
    t = here.t
    name = text(titled(t, work.activity))
    if work.done_on:
        return (
            tag("span", "✓ ") + name + " " + tag("small", text(t("done on {day}", day=t.day(work.done_on))))
        )
    state = t(STATUS_NAMES[work.status])
    if work.is_late:
        late = t("{status}, was to end on {day}", status=state, day=t.day(work.activity.end))
        return name + " " + tag("small", text(late), class_="late")
    return name + " " + tag("small", text(state))


def _measured(here: Here, plan: Plan, one: GoalYear) -> None:
    t = here.t
    if not one.benchmarks:
        show(tag("p", text(t("Nothing was to be measured in this year.")), class_="quiet"))
        return
    heads = [t("Benchmark"), t("Target"), t("Reached"), t("Verdict")]
    table(heads, [_benchmark(here, *pair) for pair in one.benchmarks], links=True)


def _benchmark(here: Here, indicator: Indicator, one: Benchmark) -> list[str]:
    t = here.t
    to = href("benchmarks", here.at(factor="", indicator=indicator.id))
    name = tag("a", text(titled(t, indicator)), href=to, target="_self", class_="go")
    unit = tag("small", text(f"{indicator.unit} · {one.period.label}"), class_="quiet")
    figures = [text(t.number(one.planned)), text(t.number(one.reached))]
    return [name + " " + unit, *figures, text(t(VERDICT_NAMES[one.verdict]))]


def _told(here: Here, before: Plan, subject: str, year: Period, day: date) -> None:
    """Show what was said in a year of a goal or ('') the plan, and fields for more, when they are wanted."""
    t, plan = here.t, saying.fresh(here, before)
    told_of = said(plan, subject, year)
    for kind, head in KINDS.items():
        if found := told_of.get(kind):
            show(tag("p", tag("strong", text(t(head)))))
            saying.entries(here, plan, subject, found)
    if not may_enter(here, plan):
        return
    label, key = t("Add to the report…"), f"report_{subject or 'plan'}"
    with st.expander(label, key=key, on_change="rerun") as opened:
        for kind, head in KINDS.items() if opened.open else ():
            saying.more(here, plan, kind, subject, t(head), day)


def whole(here: Here, plan: Plan, year: Period, day: date) -> None:
    """Show what was said of the plan as a whole, and take in more."""
    st.subheader(here.t("The plan as a whole"), divider="gray")
    st.fragment(_told, key="told-plan")(here, plan, "", year, day)
    overriding.draw(here, plan, "", of_plan(plan, day), day)


def projected(here: Here, plan: Plan, today: date) -> None:
    """Show what the plan would make of the profile, when it says which practices it lifts."""
    projection.of_plan(here, plan, today)


def take_away(here: Here, plan: Plan) -> None:
    """Offer the whole plan as a workbook."""
    if here.may(Permission.PLAN_EXPORT):
        show(
            download(
                here.t("Download the plan as Excel workbook"),
                files.address("plan", plan.id, here.t, here.space),
            )
        )
