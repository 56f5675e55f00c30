"""A tracking table held against the plan, value by value, and what it changes when a person has decided.

Each value in the table knows the entry it was written from, and entries are never removed. So a value is
*new*, *the same*, *changed by you* (in the table), *changed here meanwhile* (in the plan), or both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from arusha.plans.model import Figure, Indicator, Plan
from arusha.plans.periods import period
from arusha.plans.rules import Changes
from arusha.plans.tables import tracking_rules
from arusha.plans.tables.tracking import KINDS, Filled, Kind, Row, State, Tracking, newest_of
from arusha.plans.tables.work_plan import cleaned
from questionnaires.problems import N_, Problem, Refused

OF_ACTUAL = frozenset(("actual", "date", "source", "note"))


@dataclass(frozen=True)
class Compared:
    """A table held against a plan: every value, and what stands against taking it over."""

    table: Tracking
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    def count(self, state: State) -> int:
        """Return how many values are in a state."""
        return sum(row.state == state for row in self.rows)


def compare(plan: Plan, table: Tracking, today: date) -> Compared:
    """Return how each value of a table stands to the plan's, and every fault at its cell."""
    newest, known = newest_of(plan), {figure.number: figure for figure in plan.figures}
    rows = []
    for filled in table.rows:
        for kind in KINDS:
            if not filled.faulty & (OF_ACTUAL if kind == "actual" else {"target"}):
                theirs = newest.get((filled.indicator, kind, filled.period))
                entry = filled.target_entry if kind == "target" else filled.actual_entry
                rows.append(_row(plan, filled, kind, theirs, known.get(entry)))
    entered = [row for row in rows if row.state in ("new", "mine", "both")]
    problems = [*table.problems, *_without_value(table, rows)]
    problems += tracking_rules.faults(plan, table, entered, today)
    notices = [*table.notices, *tracking_rules.like_shares(plan, table, entered)]
    return Compared(table, tuple(rows), tuple(problems), tuple(notices))


def take(compared: Compared, decided: Mapping[str, str] | None = None) -> Changes:
    """Return what a table changes; ``decided`` is ``Row.name`` -> "mine" or "theirs" where both were changed.

    Raises ``Refused`` with every fault, and with every value that nobody has decided about.
    """
    chosen = decided or {}
    problems = [*compared.problems, *_undecided(compared, chosen), *_strange(compared, chosen)]
    if problems:
        raise Refused(problems)
    figures = [
        row.mine
        for row in compared.rows
        if row.mine is not None
        and (row.state in ("new", "mine") or (row.state == "both" and chosen[row.name] == "mine"))
    ]
    return Changes(figures=tuple(figures))


def _undecided(compared: Compared, chosen: Mapping[str, str]) -> Iterator[Problem]:
    for row in compared.rows:
        if row.state == "both" and chosen.get(row.name) not in ("mine", "theirs"):
            fault = N_("This was changed in the table to {mine}, and here meanwhile to {theirs}.")
            remedy = N_("Say for {name} whether mine or theirs shall stay.")
            values = {"mine": _said(row.mine), "theirs": _said(row.theirs), "name": row.name}
            yield Problem(compared.table.cell(row.row, row.kind), fault, remedy, values)


def _strange(compared: Compared, chosen: Mapping[str, str]) -> Iterator[Problem]:
    known = {row.name for row in compared.rows if row.state == "both"}
    for name in chosen:
        if name not in known:
            fault = N_("There is nothing to decide about {name}.")
            remedy = N_("Look at the table again.")
            yield Problem(compared.table.place, fault, remedy, {"name": name})


def _said(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:g}"


def _row(plan: Plan, filled: Filled, kind: Kind, theirs: Figure | None, base: Figure | None) -> Row:
    mine = _mine(plan, filled, kind, theirs or base)
    if mine is None and _sense(base) is not None:
        before = theirs or base
        assert before is not None  # noqa: S101 - a base that makes sense is there
        mine = replace(before, value=None, reason=filled.reason, number=0, entered_at=None, entered_by="")
    here, there, began = _sense(mine), _sense(theirs), _sense(base)
    state: State = "both"
    if here == there:
        state = "same"
    elif here == began:
        state = "theirs"
    elif there == began:
        state = "new" if began is None else "mine"
    return Row(filled.row, filled.indicator, filled.period, kind, state, mine, theirs, base)


def _mine(plan: Plan, filled: Filled, kind: Kind, before: Figure | None) -> Figure | None:
    """Return what the table says; a target takes day and source from the one before, or from its period."""
    value = filled.target if kind == "target" else filled.actual
    if value is None:
        return None
    end = period(filled.period, plan.header.fiscal_start).end
    if kind == "actual":
        evidence = before.evidence if before else ""
        said = (filled.on or end, filled.source, filled.note, evidence, filled.reason)
    elif before is not None:
        said = (before.on, before.source, before.note, before.evidence, filled.reason)
    else:
        indicator = plan.by_id[filled.indicator]
        source = indicator.source if isinstance(indicator, Indicator) else ""
        said = (end, source, "", "", filled.reason)
    return Figure(filled.indicator, kind, filled.period, value, *said)


def _sense(figure: Figure | None) -> tuple[object, ...] | None:
    """Return what of a figure the table shows; nothing for one that was taken back."""
    if figure is None or figure.value is None:
        return None
    if figure.kind == "target":
        return (figure.value,)
    return figure.value, figure.on, cleaned(figure.source), cleaned(figure.note)


def _without_value(table: Tracking, rows: Iterable[Row]) -> Iterator[Problem]:
    """Yield each row that says when and where an actual was read, and not which."""
    empty = {row.row for row in rows if row.kind == "actual" and row.mine is None}
    for filled in table.rows:
        if filled.row in empty and (filled.on or filled.source or filled.note):
            fault = N_("The row has a day, a source or a note, and no actual.")
            remedy = N_("Write the actual, or empty the other cells.")
            yield Problem(table.cell(filled.row, "actual"), fault, remedy)
