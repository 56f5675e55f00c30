"""When a new activity can realistically be done: whole months that neither its owner nor a quarter lack."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from arusha.plans.checkup.workloads import Span, ending, heaviest
from arusha.plans.model import Header
from arusha.plans.periods import period_of

MONTHS_TO_SHOW = 3  # after the work is done, until a practice can be seen at its next step


def slot(carried: Sequence[Span], header: Header, owner: str, months: int, today: date) -> Span | None:
    """Return the first whole months of the plan after today's in which an activity fits.

    It begins on the first of a month and ends with a month, neither on 31 December nor on the plan's last
    day where that can be avoided. It keeps to the plan's limits on what an owner carries at once and on what
    ends in a quarter; where that cannot be, it goes where least is, and the plan check tells of it. What
    nobody answers for yet counts as one owner's. None when no month of the plan is left.
    """
    starts = tuple(_starts(header, today))
    possible = [Span(start, end, owner) for start in starts if (end := _end(start, months, header))]
    if starts and not possible:
        return Span(starts[0], _latest(starts[0], header), owner)
    loads = {}
    for one in possible:
        loads[one] = _load(one, carried, header)
        if loads[one][0] < header.most_a_quarter and loads[one][1] < header.most_at_once:
            return one
    return min(loads, key=lambda one: loads[one], default=None)


def deadline(span: Span | None, header: Header) -> date:
    """Return by when a practice may stand at its next step: some months after the work, within the plan."""
    if span is None:
        return header.end
    return min(month_end(span.end, MONTHS_TO_SHOW), header.end)


def month_end(day: date, months: int = 0) -> date:
    """Return the last day of the month so many months after a day's own."""
    count = day.year * 12 + day.month + months
    return date(count // 12, count % 12 + 1, 1) - timedelta(days=1)


def _starts(header: Header, today: date) -> Iterator[date]:
    """Yield the first of each month after today's in the plan."""
    first = max(month_end(today) + timedelta(days=1), header.start)
    start = first if first.day == 1 else month_end(first) + timedelta(days=1)
    while start < header.end:
        yield start
        start = month_end(start) + timedelta(days=1)


def _end(start: date, months: int, header: Header) -> date | None:
    """Return the end of the usual duration, a month later or earlier where that is everybody's last day."""
    for count in (months - 1, months, months - 2):
        end = month_end(start, count)
        if start < end < header.end and not _is_new_years_eve(end):
            return end
    return None


def _latest(start: date, header: Header) -> date:
    """Return the last end of a month in the plan that is not its last day, or that day."""
    end = month_end(header.end, -1)
    end = month_end(end, -1) if _is_new_years_eve(end) else end
    return end if end > start else header.end


def _is_new_years_eve(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _load(span: Span, carried: Sequence[Span], header: Header) -> tuple[int, int]:
    """Return how many others end in the same quarter, and how many its owner has at once meanwhile."""
    quarter = period_of(span.end, "quarter", header.fiscal_start)
    own = [one for one in carried if one.owner == span.owner]
    return ending(carried, quarter), heaviest(own, span.start, span.end)[0]
