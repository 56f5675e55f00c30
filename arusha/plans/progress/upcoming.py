"""What is due in a plan: benchmarks past their day or soon to come, activities late or ending soon."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from arusha.plans.model import Activity, Indicator, Plan
from arusha.plans.progress.benchmarks import benchmarks

SOON_MEASURED, SOON_DONE = timedelta(days=90), timedelta(days=30)
OVER = ("done", "dropped", "paused")


@dataclass(frozen=True)
class Due:
    """Something that waits: an activity's end, or the value of an indicator in a period (its label)."""

    part: Activity | Indicator
    on: date
    is_late: bool
    period: str = ""


def upcoming(plan: Plan, today: date) -> tuple[Due, ...]:
    """Return what is overdue or due soon, the longest overdue first.

    Of an indicator only the oldest value that is missing, or the next to come. Activities that rest or were
    dropped wait for nobody.
    """
    found = [*_measured(plan, today), *_done(plan, today)]
    return tuple(sorted(found, key=lambda one: (one.on, one.part.id)))


def _measured(plan: Plan, today: date) -> Iterator[Due]:
    for indicator in plan.indicators:
        if indicator.ended and indicator.ended < today:
            continue
        late = [one for one in benchmarks(plan, indicator, today) if one.verdict == "late"]
        waiting = [one for one in late if one.target and not one.actual]
        if waiting and waiting[0].target:
            yield Due(indicator, waiting[0].target.on, True, waiting[0].period.label)
            continue
        for one in benchmarks(plan, indicator, today):
            if one.target and not one.actual and today < one.target.on <= today + SOON_MEASURED:
                yield Due(indicator, one.target.on, False, one.period.label)
                break


def _done(plan: Plan, today: date) -> Iterator[Due]:
    for activity in plan.activities:
        if activity.end and activity.end <= today + SOON_DONE and plan.status(activity.id, today) not in OVER:
            yield Due(activity, activity.end, activity.end < today)
