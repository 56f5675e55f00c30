"""The measures as a table, goal by goal, each a link to its page."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from arusha.access.gate import Here
from arusha.plans.measures import Measure
from arusha.plans.model import Goal, Plan
from arusha.plans.pages.asked import Basis
from arusha.plans.pages.places import link_to, part_link
from arusha.plans.progress.clocks import clocks
from arusha.plans.wording import STATUS_NAMES
from arusha.ui.parts.markup import show, tag, text


def by_goal(here: Here, plan: Plan, basis: Basis, rows: Sequence[Measure], today: date) -> None:
    """Show the measures under the goals they serve."""
    t = here.t
    heads = [
        t("No."),
        t("Measure"),
        t("Factor"),
        t("Responsible"),
        t("Dates"),
        t("Status"),
        t("Next milestone"),
        t("Funder"),
    ]
    head = tag("thead", tag("tr", "".join(tag("th", text(one), scope="col") for one in heads)))
    bodies = "".join(
        tag(
            "tbody",
            _goal(here, plan, goal, len(heads), today) + "".join(_row(here, basis, heads, r) for r in those),
        )
        for goal, those in groupby(rows, key=lambda row: row.goal)
    )
    show(tag("div", tag("table", head + bodies), class_="table stacked measures-by-goal"))


def _goal(here: Here, plan: Plan, goal: Goal | None, columns: int, today: date) -> str:
    """Return the row that heads the measures of a goal, with both clocks of it."""
    t = here.t
    if goal is None:
        return tag("tr", tag("th", text(t("Within no goal")), colspan=columns, scope="rowgroup"))
    both = clocks(plan, goal.id, today)
    said = [t("{share} of the activities done", share=t.percent(both.done_share))] if both.activities else []
    if both.due:
        said.append(t("{share} of the benchmarks due met", share=t.percent(both.met_share)))
    small = tag("span", text(" · ".join(said)), class_="quiet")
    content = tag("th", part_link(here, goal) + " " + small, colspan=columns, scope="rowgroup")
    return tag("tr", content, class_="goal-row")


def _row(here: Here, basis: Basis, heads: Sequence[str], row: Measure) -> str:
    t, activity = here.t, row.activity
    numbers = [str(basis.questionnaire.factor(one).number) for one in row.factors]
    dates = "–"
    if activity.start or activity.end:
        dates = f"{t.day(activity.start)} – {t.day(activity.end)}"
    status = text(t(STATUS_NAMES[row.status]))
    if row.late:
        status += " " + tag("span", text(t("late")), class_="mark-late")
    milestone = "–"
    if row.milestone:
        milestone = t(
            "{day}: {title}", day=t.day(row.milestone.due), title=row.milestone.title or t("Milestone")
        )
    title = activity.title or t("Activity without a title")
    cells = [
        text(activity.number),
        link_to(here, "plan", title, part=activity.id),
        text(", ".join(numbers) or "–"),
        text(activity.responsible or "–"),
        text(dates),
        status,
        text(milestone),
        text(", ".join(row.funders) or "–"),
    ]
    return tag("tr", "".join(_cell(head, cell) for head, cell in zip(heads, cells, strict=True)))


def _cell(head: str, content: str) -> str:
    """Return a cell; an empty one is left out where rows become lines."""
    return tag("td", content, data_head=head, class_="none" if content in ("", text("–")) else None)
