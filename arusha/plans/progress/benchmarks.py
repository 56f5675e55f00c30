"""The benchmarks of an indicator: what each period should bring, what it brought, and what to say of it.

The method stands in words, with worked tables, in ``arusha/plans/README.md``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isclose
from typing import Literal, NamedTuple

from arusha.plans.model import Figure, Indicator, Plan
from arusha.plans.periods import Every, Period, periods
from arusha.plans.progress.remembering import remembered

Verdict = Literal["met", "missed", "late", "ahead", "open", "read_with_care"]
STILL = 0.01  # of the way from the baseline to the final target: a smaller change is no movement


@dataclass(frozen=True)
class Benchmark:
    """The target and the actual of one period.

    ``planned`` and ``reached`` are what they are judged by, in the indicator's unit: the figures themselves,
    or for a cumulative indicator the running totals since the plan's first period. ``reached`` is None before
    anything was entered and for a period that has not begun. ``at_least`` says that an actual that was due is
    missing from the running total, which is then a lower bound. ``is_due`` is whether the target's day has
    come while the indicator was followed.
    """

    period: Period
    target: Figure | None
    actual: Figure | None
    planned: float | None
    reached: float | None
    verdict: Verdict
    at_least: bool = False
    is_due: bool = False


class _Slot(NamedTuple):
    """A period with what was entered for it, before it is judged."""

    period: Period
    target: Figure | None
    actual: Figure | None
    is_due: bool
    has_begun: bool


@remembered
def benchmarks(plan: Plan, indicator: Indicator, today: date) -> tuple[Benchmark, ...]:
    """Return every period of the plan that has a target or an actual, in order, as it stood on a day.

    An actual dated after ``today`` is not known yet; a target after the indicator's last day is never due.
    """
    slots = _slots(plan, indicator, today)
    read = _totals(slots) if indicator.cumulative else _levels(slots)
    return tuple(
        Benchmark(
            slot.period,
            slot.target,
            slot.actual,
            planned,
            reached,
            _verdict(indicator, slot, planned, reached, at_least),
            at_least,
            slot.is_due,
        )
        for slot, (planned, reached, at_least) in zip(slots, read, strict=True)
    )


def due(plan: Plan, indicator: Indicator, today: date) -> tuple[Benchmark, ...]:
    """Return the benchmarks whose target's day has come, in order."""
    return tuple(one for one in benchmarks(plan, indicator, today) if one.is_due)


def latest(plan: Plan, indicator: Indicator, today: date) -> Benchmark | None:
    """Return the benchmark of the newest period with an actual, or None."""
    return next((one for one in reversed(benchmarks(plan, indicator, today)) if one.actual), None)


def final_target(plan: Plan, indicator: Indicator, today: date = date.max) -> Benchmark | None:
    """Return the benchmark of the last period with a target, or None."""
    return next((one for one in reversed(benchmarks(plan, indicator, today)) if one.target), None)


def last_moved(plan: Plan, indicator: Indicator, today: date) -> date | None:
    """Return the day of the reading since which the level has stayed where it is now, None without readings.

    Readings are the baseline (nothing at the plan's start for a cumulative indicator) and the actuals. It
    stays while no reading differs from the newest by more than 1 % of the way to the final target; without a
    final target or a baseline there is no way, and any change at all is movement.
    """
    read = readings(plan, indicator, today)
    if not read or latest(plan, indicator, today) is None:
        return None
    most, newest = STILL * (way_to_final(plan, indicator, today) or 0.0), read[-1][1]
    since = read[-1][0]
    for day, level in reversed(read):
        if abs(level - newest) > most and not isclose(level, newest, rel_tol=1e-9):
            break
        since = min(since, day)
    return since


def months_still(plan: Plan, indicator: Indicator, today: date) -> int:
    """Return for how many whole months readings show that the level has not moved; 0 when it cannot be told.

    The months run to the newest actual and no further: what nobody has measured has not stood still.
    """
    since, newest = last_moved(plan, indicator, today), latest(plan, indicator, today)
    if since is None or newest is None or newest.actual is None:
        return 0
    return whole_months(since, newest.actual.on)


def readings(plan: Plan, indicator: Indicator, today: date) -> list[tuple[date, float]]:
    """Return (day, level or running total) where it began and then of each actual, by period."""
    found = [
        (one.actual.on, one.reached)
        for one in benchmarks(plan, indicator, today)
        if one.actual and one.reached is not None
    ]
    if indicator.cumulative:
        return [(plan.header.start, 0.0), *found]
    first = plan.figure(indicator.id, "baseline")
    return [(first.on, first.value), *found] if first and first.value is not None else found


def start_of_way(plan: Plan, indicator: Indicator) -> float | None:
    """Return the level at which an indicator began: nothing for a sum; None without a baseline."""
    first = plan.figure(indicator.id, "baseline")
    return 0.0 if indicator.cumulative else first.value if first else None


def way_to_final(plan: Plan, indicator: Indicator, today: date) -> float | None:
    """Return how far it is from where the indicator began to its final target, None when not known."""
    start, final = start_of_way(plan, indicator), final_target(plan, indicator, today)
    return None if start is None or final is None or final.planned is None else abs(final.planned - start)


def share_of_way(
    plan: Plan, indicator: Indicator, planned: float | None, reached: float | None
) -> float | None:
    """Return which share of the planned way was gone, 0..1 and 1 when it was met.

    The way begins at the baseline, for a cumulative indicator at zero; where the target is the baseline (a
    level to hold) it is the level itself. None when something of it is not known, or it is ambiguous.
    """
    start = start_of_way(plan, indicator)
    if planned is None or reached is None or indicator.direction == "ambiguous":
        return None
    if is_met(indicator, planned, reached):
        return 1.0
    if start is None:
        return None
    way = abs(planned - start) or abs(planned)
    return max(0.0, 1 - abs(planned - reached) / way) if way else 0.0


def is_met(indicator: Indicator, planned: float, reached: float) -> bool:
    """Return whether what was reached is at the target or beyond; an ambiguous one is never met."""
    if indicator.direction == "ambiguous":
        return False
    beyond = reached >= planned if indicator.direction == "up" else reached <= planned
    return beyond or isclose(reached, planned, rel_tol=1e-9)


def whole_months(start: date, end: date) -> int:
    """Return the whole months from one day to another; the last day of a month is a month's end."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day and not _is_last_of_month(end))


def _is_last_of_month(day: date) -> bool:
    return day == date.max or (date.fromordinal(day.toordinal() + 1)).day == 1


def _slots(plan: Plan, indicator: Indicator, today: date) -> list[_Slot]:
    header, last = plan.header, min(today, indicator.ended or today)
    found = []
    for key, period in _keyed(indicator.every, header.start, header.end, header.fiscal_start):
        target = plan.figure(indicator.id, "target", key)
        actual = plan.figure(indicator.id, "actual", key)
        actual = actual if actual and actual.on <= today else None
        if target or actual:
            is_due = target is not None and target.on <= last
            found.append(_Slot(period, target, actual, is_due, period.start <= last))
    return found


@lru_cache(maxsize=256)
def _keyed(every: Every, start: date, end: date, fiscal_start: int) -> tuple[tuple[str, Period], ...]:
    return tuple((one.key, one) for one in periods(every, start, end, fiscal_start))


def _levels(slots: list[_Slot]) -> Iterator[tuple[float | None, float | None, bool]]:
    for slot in slots:
        yield _value(slot.target), _value(slot.actual), False


def _totals(slots: list[_Slot]) -> Iterator[tuple[float | None, float | None, bool]]:
    """Return the running totals of targets and actuals, and whether an actual that was due is missing."""
    planned = reached = 0.0
    any_entered = is_missing = False
    for slot in slots:
        planned += _value(slot.target) or 0.0
        reached += _value(slot.actual) or 0.0
        any_entered = any_entered or slot.actual is not None
        is_missing = is_missing or (slot.is_due and slot.actual is None)
        is_known = any_entered and (slot.actual is not None or slot.has_begun)
        yield planned if slot.target else None, reached if is_known else None, is_missing


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _verdict(
    indicator: Indicator, slot: _Slot, planned: float | None, reached: float | None, at_least: bool
) -> Verdict:
    if indicator.direction == "ambiguous" and slot.actual:
        return "read_with_care"
    if planned is None or (not slot.is_due and (reached is None or not is_met(indicator, planned, reached))):
        return "open"
    if reached is None or indicator.direction == "ambiguous":
        return "late"
    if indicator.cumulative and indicator.direction == "down":
        return _verdict_of_ceiling(slot, is_met(indicator, planned, reached), at_least)
    if is_met(indicator, planned, reached):
        return "met" if slot.is_due else "ahead"
    return "late" if at_least else "missed"


def _verdict_of_ceiling(slot: _Slot, is_below: bool, at_least: bool) -> Verdict:
    """Return the verdict on a sum that should stay low: it only grows, so it is met at its day or never."""
    if not slot.is_due:
        return "open"
    if not is_below:
        return "missed"
    return "late" if at_least else "met"
