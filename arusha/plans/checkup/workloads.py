"""Who carries how much at once, and how much ends in one quarter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from arusha.plans.checkup.findings import RESTING, Finding, Looked, of_plan
from arusha.plans.model import Plan
from arusha.plans.periods import Period, period_of
from questionnaires.problems import N_, printable


@dataclass(frozen=True)
class Span:
    """The time from the first to the last day in which somebody ('' for nobody yet) is at an activity."""

    start: date
    end: date
    owner: str = ""


def spans(plan: Plan) -> tuple[Span, ...]:
    """Return the spans of the activities still to be worked at that have both dates."""
    going = Looked(plan, date.max).activities(RESTING)
    return tuple(Span(one.start, one.end, one.responsible) for one in going if one.start and one.end)


def at_once(carried: Sequence[Span], day: date) -> int:
    """Return how many of these spans a day lies in."""
    return sum(span.start <= day <= span.end for span in carried)


def heaviest(carried: Iterable[Span], first: date, last: date) -> tuple[int, date]:
    """Return the most spans at once on a day from ``first`` to ``last``, and the earliest such day."""
    within = [span for span in carried if span.start <= last and span.end >= first]
    days = sorted({first, *(span.start for span in within if span.start > first)})
    counts = [(at_once(within, day), day) for day in days]
    return max(counts, key=lambda one: (one[0], -one[1].toordinal()))


def ending(carried: Iterable[Span], quarter: Period) -> int:
    """Return how many spans end within a quarter."""
    return sum(quarter.start <= span.end <= quarter.end for span in carried)


def overloaded_owners(looked: Looked) -> Iterator[Finding]:
    """Find who answers for more activities at once, today or later, than the plan allows."""
    carried = spans(looked.plan)
    most = looked.plan.header.most_at_once
    for owner in sorted({span.owner for span in carried if span.owner}):
        own = [span for span in carried if span.owner == owner]
        count, day = heaviest(own, looked.today, date.max)
        if count > most:
            yield of_plan(
                "overloaded_owner",
                looked.plan,
                N_("{owner} carries {count} activities at once in {month}; the plan allows {most}."),
                N_("Give some of them to somebody else, or move them."),
                owner=printable(owner, 60),
                count=count,
                month=f"{day:%Y-%m}",
                most=most,
            )


def overloaded_quarters(looked: Looked) -> Iterator[Finding]:
    """Find the quarters, from today's on, in which more activities end than the plan allows."""
    header, carried = looked.plan.header, spans(looked.plan)
    quarters = {period_of(span.end, "quarter", header.fiscal_start) for span in carried}
    for quarter in sorted(one for one in quarters if one.end >= looked.today):
        if (count := ending(carried, quarter)) > header.most_a_quarter:
            yield of_plan(
                "overloaded_quarter",
                looked.plan,
                N_("{count} activities end in the quarter {quarter}; the plan allows {most}."),
                N_("Spread their ends over more quarters."),
                count=count,
                quarter=quarter.label,
                most=header.most_a_quarter,
            )
