"""A year of a plan as its annual report tells it: planned, done, reached, learned, and what is next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from arusha.plans.model import Activity, Goal, Indicator, Plan, Status, Update, UpdateKind
from arusha.plans.periods import Period
from arusha.plans.progress.benchmarks import Benchmark, benchmarks
from arusha.plans.progress.standings import Reading, of_goal


@dataclass(frozen=True)
class Work:
    """An activity that a year had to do with: its status at the year's end, and whether it is late then."""

    activity: Activity
    status: Status
    done_on: date | None
    is_late: bool


@dataclass(frozen=True)
class GoalYear:
    """What a year brought for a goal: of each indicator its last benchmark."""

    goal: Goal
    reading: Reading
    work: tuple[Work, ...]
    benchmarks: tuple[tuple[Indicator, Benchmark], ...]

    @property
    def done(self) -> int:
        """Return how many of its activities were done in this year."""
        return sum(one.done_on is not None for one in self.work)


def last_day(year: Period, today: date) -> date:
    """Return the day a year is told as of: its end, or today while it runs."""
    return min(year.end, today)


def of_goals(plan: Plan, year: Period, today: date) -> tuple[GoalYear, ...]:
    """Return what a year brought, goal by goal, as it stood on the year's last day."""
    day = last_day(year, today)
    return tuple(
        GoalYear(
            goal,
            of_goal(plan, goal, day),
            tuple(_work(plan, goal, year, day)),
            tuple(_benchmarks(plan, goal, year, day)),
        )
        for goal in plan.goals
    )


def _work(plan: Plan, goal: Goal, year: Period, day: date) -> Iterator[Work]:
    for part in plan.under(goal.id):
        if isinstance(part, Activity) and _concerns(plan, part, year):
            status, done_on = plan.status(part.id, day), plan.done_on(part.id, day)
            done_on = done_on if done_on and year.start <= done_on else None
            is_late = bool(part.end and part.end < day and status not in ("done", "dropped"))
            yield Work(part, status, done_on, is_late)


def _concerns(plan: Plan, activity: Activity, year: Period) -> bool:
    """Return whether an activity was to run in a year, was left over from an earlier one, or was told of."""
    done_on = plan.done_on(activity.id, year.end)
    start = activity.start or plan.header.start
    if done_on and done_on < year.start:
        return False
    if any(year.start <= one.on <= year.end for one in plan.entries(activity.id, "status")):
        return True
    return plan.status(activity.id, year.start) != "dropped" and start <= year.end


def _benchmarks(plan: Plan, goal: Goal, year: Period, day: date) -> Iterator[tuple[Indicator, Benchmark]]:
    for part in plan.under(goal.id):
        if isinstance(part, Indicator):
            inside = [one for one in benchmarks(plan, part, day) if year.start <= one.period.end <= year.end]
            known = [one for one in inside if one.period.start <= day]
            if known:
                yield part, known[-1]


REPORTED: tuple[UpdateKind, ...] = ("reached", "progress", "learned", "next")


def said(plan: Plan, part_id: str, year: Period) -> dict[UpdateKind, tuple[Update, ...]]:
    """Return what was said in a year about a part and all within it, '' for the plan alone, newest first."""
    parts = [part.id for part in plan.under(part_id)] if part_id else [""]
    found: dict[UpdateKind, tuple[Update, ...]] = {}
    for kind in REPORTED:
        told = [one for part in parts for one in plan.entries(part, kind) if year.start <= one.on <= year.end]
        found[kind] = tuple(sorted(told, key=lambda one: (one.on, one.number), reverse=True))
    return found
