"""What stands against the values of a tracking table: the rules of the plan, the order of days; at cells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from arusha.plans import entry_rules, rules
from arusha.plans.model import Figure, Indicator, Plan
from arusha.plans.periods import Period, period
from arusha.plans.rules import Changes
from arusha.plans.tables.tracking import Filled, Row, Tracking
from questionnaires.problems import N_, Problem

NO_REASON = "It takes the place of another value, and nothing says why."  # as the rules say it


@dataclass(frozen=True)
class _Check:
    """A table's changed values in the plan as it would stand with them."""

    plan: Plan
    now: Plan
    table: Tracking
    today: date
    filled: Mapping[int, Filled]
    latest_before: Mapping[tuple[str, str], tuple[Period, date]]


def faults(plan: Plan, table: Tracking, rows: Iterable[Row], today: date) -> Iterator[Problem]:
    """Yield what stands against the values that ``rows`` would enter, each at its cell."""
    entered = [(row, row.mine) for row in rows if row.mine is not None]
    now = rules.after(plan, Changes(figures=tuple(figure for _, figure in entered)))
    filled = {one.row: one for one in table.rows}
    check = _Check(plan, now, table, today, filled, _latest_before(now))
    for row, figure in entered:
        yield from _of_figure(check, row, figure)
        if row.kind == "actual" and figure.value is not None:
            yield from _of_day(check, row, figure)
        elif row.kind == "target" and plan.state != "draft":
            fault = N_("The plan is approved, and its targets cannot be changed.")
            remedy = N_("Write what stood there, or revise the plan first.")
            yield Problem(table.cell(row.row, "target"), fault, remedy)


def _of_figure(check: _Check, row: Row, figure: Figure) -> Iterator[Problem]:
    for problem in entry_rules.faults_of_entries(check.plan, check.now, Changes(figures=(figure,))):
        place = check.table.cell(row.row, _column(row, problem))
        yield Problem(place, problem.fault, problem.remedy, problem.values)


def _column(row: Row, problem: Problem) -> str:
    """Return the column that a fault of the rules is about."""
    if "day" in problem.values:
        return "date" if row.kind == "actual" else "target"
    return "reason" if problem.fault == NO_REASON else row.kind


def _of_day(check: _Check, row: Row, figure: Figure) -> Iterator[Problem]:
    place, day = check.table.cell(row.row, "date"), figure.on
    start = period(row.period, check.plan.header.fiscal_start).start
    earlier = check.latest_before.get((row.indicator, row.period))
    if check.filled[row.row].on is None:
        fault = N_("Nothing says of which day the value is.")
        yield Problem(place, fault, N_("Write the day it was read."))
    elif day > check.today:
        fault = N_("The value is of {day}, a day that is still to come.")
        yield Problem(place, fault, N_("Correct the date."), {"day": day})
    elif day < start:
        fault = N_("The value is of {day}, before its period begins on {start}.")
        yield Problem(place, fault, N_("Correct the date, or the period."), {"day": day, "start": start})
    elif earlier is not None and earlier[1] > day:
        fault = N_("The dates are out of order: {period} before it was read later, on {day}.")
        values = {"period": earlier[0].label, "day": earlier[1]}
        yield Problem(place, fault, N_("Correct one of the two dates."), values)


def _latest_before(now: Plan) -> dict[tuple[str, str], tuple[Period, date]]:
    """Return (indicator, period) -> the earlier period whose actual was read last, with that day."""
    read: dict[str, list[tuple[Period, date]]] = {}
    for (subject, kind, key), figure in now.current.items():
        if kind == "actual":
            read.setdefault(subject, []).append((period(key, now.header.fiscal_start), figure.on))
    found: dict[tuple[str, str], tuple[Period, date]] = {}
    for subject, several in read.items():
        latest: tuple[Period, date] | None = None
        for one, day in sorted(several):
            if latest is not None:
                found[subject, one.key] = latest
            if latest is None or day > latest[1]:
                latest = one, day
    return found


def like_shares(plan: Plan, table: Tracking, rows: Iterable[Row]) -> Iterator[Problem]:
    """Tell of percentages between 0 and 1: a spreadsheet keeps 12 % as 0.12."""
    for row in rows:
        indicator, value = plan.by_id.get(row.indicator), row.mine.value if row.mine else None
        if isinstance(indicator, Indicator) and rules.is_share(indicator) and value and 0 < value < 1:
            fault = N_("This is read as {value} %.")
            remedy = N_("Write {meant} if you mean {meant} %.")
            values = {"value": f"{value:g}", "meant": f"{value * 100:g}"}
            yield Problem(table.cell(row.row, row.kind), fault, remedy, values)
