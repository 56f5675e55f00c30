"""The two clocks of a plan: how much of the work is done, and how much of what it is for has changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from arusha.plans.model import Activity, Indicator, Plan
from arusha.plans.progress.benchmarks import (
    benchmarks,
    final_target,
    latest,
    months_still,
    share_of_way,
)
from arusha.plans.progress.remembering import remembered
from questionnaires.problems import N_

LONG_STILL = 12  # months
MOSTLY_DONE = 0.8  # share of activities from which an indicator ought to have moved
MOST_OF_THE_WORK, LESS_THAN_HALF = 0.75, 0.5
ALMOST_THERE = 0.9  # of the way to the final target: from here on standing still is no fault
MOST_NAMED = 2  # indicators that stand still are named up to here and counted beyond

Said = tuple[str, Mapping[str, object]]


@dataclass(frozen=True)
class Clocks:
    """Activities done of those not dropped, and benchmarks met of those due."""

    done: int
    activities: int
    met: int
    due: int

    @property
    def done_share(self) -> float | None:
        """Return the share of activities that are done, 0..1, None when none counts."""
        return self.done / self.activities if self.activities else None

    @property
    def met_share(self) -> float | None:
        """Return the share of due benchmarks that are met, 0..1, None when none is due."""
        return self.met / self.due if self.due else None


@remembered
def clocks(plan: Plan, part_id: str, today: date) -> Clocks:
    """Return both clocks of a part and all within it, '' for the plan, as they stood on a day.

    A dropped activity does not count. A benchmark that came due counts for good, also when its indicator has
    ended since; ambiguous indicators do not count, since they are never met.
    """
    parts = tuple(plan.under(part_id))
    states = [plan.status(part.id, today) for part in parts if isinstance(part, Activity)]
    verdicts = [
        one.verdict
        for part in parts
        if isinstance(part, Indicator) and part.direction != "ambiguous"
        for one in benchmarks(plan, part, today)
        if one.is_due
    ]
    living = [state for state in states if state != "dropped"]
    return Clocks(living.count("done"), len(living), verdicts.count("met"), len(verdicts))


def is_followed(indicator: Indicator, today: date) -> bool:
    """Return whether an indicator has not ended before a day."""
    return indicator.ended is None or indicator.ended >= today


def scope_of(plan: Plan, indicator: Indicator) -> str:
    """Return the part whose activities should move an indicator: the activity it is within, or its goal."""
    if isinstance(plan.by_id.get(indicator.within), Activity):
        return indicator.within
    goal = plan.goal_of(indicator.id)
    return goal.id if goal else indicator.within


@remembered
def stands_still(plan: Plan, indicator: Indicator, today: date) -> int:
    """Return for how many months an indicator has not moved although the work is mostly done, 0 when it has.

    The work is that of its goal, or of the activity it stands within, done to 80 % or more. Less than twelve
    months do not count, nor does one that is at nine tenths of the way to its final target.
    """
    newest = latest(plan, indicator, today)
    share = clocks(plan, scope_of(plan, indicator), today).done_share
    if newest is None or indicator.direction == "ambiguous" or share is None or share < MOSTLY_DONE:
        return 0
    final = final_target(plan, indicator, today)
    gone = share_of_way(plan, indicator, final.planned, newest.reached) if final else None
    if gone is None or gone >= ALMOST_THERE - 1e-9:
        return 0
    months = months_still(plan, indicator, today)
    return months if months >= LONG_STILL else 0


def said(plan: Plan, part_id: str, today: date) -> tuple[Said, ...]:
    """Return what the two clocks of a part, '' for the plan, say in words: (sentence, values), gravest first.

    ``share`` among the values is a share of 0..1, ``months`` and ``count`` are whole numbers, ``day`` is a
    date and ``name`` a title; ``telling.told`` writes them as the reader's language does.
    """
    indicators = [part for part in plan.under(part_id) if isinstance(part, Indicator)]
    return (
        *_about_the_still(plan, indicators, today),
        *_about_both(clocks(plan, part_id, today)),
        *_about_benchmarks(plan, indicators, clocks(plan, part_id, today), today),
    )


def _about_the_still(plan: Plan, indicators: list[Indicator], today: date) -> Iterator[Said]:
    still = [(one, stands_still(plan, one, today)) for one in indicators if is_followed(one, today)]
    still = [(one, months) for one, months in still if months]
    if len(still) > MOST_NAMED:
        yield (
            N_("The work is mostly done, and {count} indicators have not moved for 12 months or more."),
            {"count": len(still)},
        )
        return
    for indicator, months in still:
        share = clocks(plan, scope_of(plan, indicator), today).done_share
        sentence = N_(
            "The indicator {name} has not moved for {months} months; {share} of the activities that should "
            "move it are done."
        )
        if share == 1:
            sentence = N_(
                "The indicator {name} has not moved for {months} months; all activities that should move it "
                "are done."
            )
        yield sentence, {"share": share, "name": indicator.title, "months": months}


def _about_both(both: Clocks) -> Iterator[Said]:
    done, met = both.done_share, both.met_share
    if done is not None and met is not None and done >= MOST_OF_THE_WORK and met < LESS_THAN_HALF:
        yield N_("Most of the work is done, and less than half of what it should change has changed."), {}


def _about_benchmarks(plan: Plan, indicators: list[Indicator], both: Clocks, today: date) -> Iterator[Said]:
    known = [one for indicator in indicators for one in benchmarks(plan, indicator, today)]
    late = sum(one.verdict == "late" for one in known)
    if late:
        yield N_("Benchmarks past their day without a value: {count}."), {"count": late}
    if both.due and both.met == both.due:
        yield N_("Every benchmark that is due is met."), {}
    if not any(one.is_due for one in known):
        followed = [one for one in indicators if is_followed(one, today)]
        yield _about_the_first(plan, followed, today)


def _about_the_first(plan: Plan, followed: list[Indicator], today: date) -> Said:
    known = [one for indicator in followed for one in benchmarks(plan, indicator, today)]
    days = [one.target.on for one in known if one.target]
    if not days:
        return N_("Nothing here has a target, so nothing can be said of results."), {}
    return N_("No benchmark is due yet; the first is due on {day}."), {"day": min(days)}
