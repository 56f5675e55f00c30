"""A plan reshaped for its pages: its years, its indicators in rows, the path of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from arusha.plans.model import Activity, Figure, Indicator, Plan
from arusha.plans.periods import Period, period_of, periods
from arusha.plans.progress.benchmarks import (
    Benchmark,
    benchmarks,
    final_target,
    latest,
    readings,
    start_of_way,
)
from arusha.plans.progress.forecasting import Forecast, forecast
from arusha.plans.progress.remembering import remembered
from arusha.plans.progress.standings import Reading, of_indicator

BEFORE = 731  # days: what was measured longer before a plan says little beside it
Place = tuple[date, float]
"""A value of an indicator, in its unit, on a day."""


def years(plan: Plan, today: date) -> tuple[Period, ...]:
    """Return the fiscal years of a plan that have begun by today, at least the first, in order."""
    head = plan.header
    end = min(max(today, head.start), head.end)
    return periods("year", head.start, end, head.fiscal_start)


def owner_of(plan: Plan, indicator: Indicator) -> str:
    """Return who answers for an indicator: its own owner, else that of the nearest part above, or ''."""
    for part in plan.chain(indicator.id):
        owner = part.responsible if isinstance(part, Activity) else part.owner
        if owner:
            return owner
    return plan.header.owner


def has_ended(indicator: Indicator, today: date) -> bool:
    """Return whether an indicator was replaced or given up before a day."""
    return indicator.ended is not None and indicator.ended < today


@dataclass(frozen=True)
class Path:
    """The path of an indicator: its targets and what was reached, running totals when it is cumulative.

    ``earlier`` are the values of the indicators it took the place of, oldest first, each with the day it
    ended: what they measured is not the same, so the lines are never joined.
    """

    start: date
    end: date
    targets: tuple[Place, ...]
    actuals: tuple[Place, ...]
    forecast: Forecast | None
    earlier: tuple[tuple[Indicator, tuple[Place, ...]], ...] = ()

    @property
    def values(self) -> Iterator[float]:
        """Yield every value that has to have room in a picture of the path."""
        yield from (value for _, value in (*self.targets, *self.actuals))
        yield from (value for _, places in self.earlier for _, value in places)
        if self.forecast:
            yield from (self.forecast.low, self.forecast.high)


@remembered
def span(plan: Plan) -> tuple[date, date]:
    """Return the days that every path lies between: the plan's, and of baselines two years before."""
    begun = [one.on for one in plan.current.values() if one.kind == "baseline"]
    earliest = plan.header.start - timedelta(days=BEFORE)
    return max(min([plan.header.start, *begun]), earliest), plan.header.end


def path_of(plan: Plan, indicator: Indicator, today: date) -> Path:
    """Return the path of an indicator from where it began to the plan's end."""
    targets, actuals = _targets(plan, indicator, today), tuple(readings(plan, indicator, today))
    start, end = span(plan)
    expected = None if has_ended(indicator, today) else forecast(plan, indicator, today)
    return Path(start, end, targets, actuals, expected, tuple(_earlier(plan, indicator, today)))


def _targets(plan: Plan, indicator: Indicator, today: date) -> tuple[Place, ...]:
    found = [
        (one.target.on, one.planned)
        for one in benchmarks(plan, indicator, today)
        if one.target and one.planned is not None
    ]
    return (*_start(plan, indicator), *found) if found else ()


def _start(plan: Plan, indicator: Indicator) -> list[Place]:
    """Return where an indicator began: a sum with nothing, a level with its baseline."""
    first, value = plan.figure(indicator.id, "baseline"), start_of_way(plan, indicator)
    if value is None:
        return []
    return [(first.on if first and not indicator.cumulative else plan.header.start, value)]


def _earlier(plan: Plan, indicator: Indicator, today: date) -> list[tuple[Indicator, tuple[Place, ...]]]:
    found: list[tuple[Indicator, tuple[Place, ...]]] = []
    seen, before = {indicator.id}, plan.by_id.get(indicator.replaces)
    while isinstance(before, Indicator) and before.id not in seen:
        seen.add(before.id)
        found.insert(0, (before, tuple(readings(plan, before, today))))
        before = plan.by_id.get(before.replaces)
    return found


@dataclass(frozen=True)
class Row:
    """What the page says of one indicator in a row."""

    indicator: Indicator
    baseline: Figure | None
    final: Benchmark | None
    latest: Benchmark | None
    reading: Reading
    path: Path


def row_of(plan: Plan, indicator: Indicator, today: date) -> Row:
    """Return the row of an indicator."""
    return Row(
        indicator,
        plan.figure(indicator.id, "baseline"),
        final_target(plan, indicator, today),
        latest(plan, indicator, today),
        of_indicator(plan, indicator, today),
        path_of(plan, indicator, today),
    )


def chosen(plan: Plan, goal: str = "", owner: str = "") -> tuple[Indicator, ...]:
    """Return the indicators of a goal ('' for all) that an owner ('' for all) answers for, in order."""
    inside = {part.id for part in plan.under(goal)} if goal else set(plan.by_id)
    return tuple(
        one for one in plan.indicators if one.id in inside and (not owner or owner_of(plan, one) == owner)
    )


def next_period(plan: Plan, indicator: Indicator, today: date) -> Period:
    """Return the period whose actual is entered next: the first that has ended and has none, else today's."""
    head = plan.header
    every = periods(indicator.every, head.start, head.end, head.fiscal_start)
    begun = [
        p
        for p in every
        if plan.figure(indicator.id, "target", p.key) or plan.figure(indicator.id, "actual", p.key)
    ]
    first = begun[0].start if begun else head.start
    ended = [p for p in every if p.start >= first and p.end <= today]
    waiting = [p for p in ended if not plan.figure(indicator.id, "actual", p.key)]
    current = period_of(min(max(today, head.start), head.end), indicator.every, head.fiscal_start)
    return waiting[0] if waiting else current
