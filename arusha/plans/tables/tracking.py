"""The indicator tracking table as values: targets and actuals by period, to be filled in offline.

``sheets.tracking.write`` is the way out. ``sheets.taken_tracking.read`` gives a ``Tracking``, and
``comparing`` holds each of its values against the plan and says what changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from arusha.exchange.reading import coordinate
from arusha.plans.model import Figure, Indicator, Plan
from arusha.plans.periods import Period, period, periods
from arusha.plans.tables.work_plan import Mark
from questionnaires.problems import N_, Problem

COLUMNS: Mapping[str, str] = {
    "number": "#",
    "indicator": N_("Indicator"),
    "unit": N_("Unit"),
    "direction": N_("Direction"),
    "baseline": N_("Baseline"),
    "period": N_("Period"),
    "target": N_("Target"),
    "actual": N_("Actual"),
    "date": N_("Date"),
    "source": N_("Source"),
    "note": N_("Note"),
    "reason": N_("Reason for a change"),
}
"""Key of a column -> its heading. Date, source and note are the actual's."""
TOLD = ("number", "indicator", "unit", "direction", "baseline", "period")  # shown, not to be changed

Kind = Literal["target", "actual"]
KINDS: tuple[Kind, ...] = ("target", "actual")
State = Literal["new", "same", "mine", "theirs", "both"]
STATES: Mapping[State, str] = {
    "new": N_("new"),
    "same": N_("the same"),
    "mine": N_("changed by you"),
    "theirs": N_("changed here meanwhile"),
    "both": N_("changed by you, and here meanwhile"),
}


@dataclass(frozen=True)
class Spot:
    """A row of the table that is written: an indicator in a period, and the newest entries for it."""

    indicator: Indicator
    period: Period
    baseline: Figure | None
    target: Figure | None
    actual: Figure | None


@dataclass(frozen=True)
class Filled:
    """A row of the table that was read; ``target_entry`` and ``actual_entry`` are the entries it shows.

    They are 0 where the row was written without an entry. ``faulty`` are the columns that cannot be read.
    """

    row: int
    indicator: str
    period: str
    target: float | None = None
    actual: float | None = None
    on: date | None = None
    source: str = ""
    note: str = ""
    reason: str = ""
    target_entry: int = 0
    actual_entry: int = 0
    faulty: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tracking:
    """A tracking table that was read, with what is wrong with it and where its cells are."""

    rows: tuple[Filled, ...]
    place: str = ""
    columns: Mapping[str, int] = field(default_factory=dict, hash=False)
    mark: Mark | None = None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    def cell(self, row: int, key: str = "") -> str:
        """Return the name of a cell for a message."""
        return f"{self.place}!{coordinate(row, self.columns.get(key, 1))}"


@dataclass(frozen=True)
class Row:
    """One value of the table held against the plan: the table's, the plan's, and what the table began from.

    ``mine`` None is an empty cell that was empty before; a figure whose value is None takes an entry back.
    """

    row: int
    indicator: str
    period: str
    kind: Kind
    state: State
    mine: Figure | None
    theirs: Figure | None
    base: Figure | None

    @property
    def name(self) -> str:
        """Return how a decision names the row: "7:actual"."""
        return f"{self.row}:{self.kind}"


def spots(plan: Plan) -> Iterator[Spot]:
    """Yield every indicator in each of its periods, and in those outside of the plan that have a value."""
    newest = newest_of(plan)
    for indicator in plan.indicators:
        for one in periods_of(plan, indicator):
            places = [(indicator.id, kind, one.key) for kind in KINDS]
            baseline = plan.figure(indicator.id, "baseline")
            yield Spot(indicator, one, baseline, newest.get(places[0]), newest.get(places[1]))


def periods_of(plan: Plan, indicator: Indicator) -> tuple[Period, ...]:
    """Return the periods an indicator is followed in, up to its end, and those that have a value."""
    head = plan.header
    last = min(head.end, indicator.ended or head.end)
    every = {one.key: one for one in periods(indicator.every, head.start, last, head.fiscal_start)}
    for subject, kind, key in plan.current:
        if subject == indicator.id and kind in KINDS and key not in every:
            every[key] = period(key, head.fiscal_start)
    return tuple(sorted(every.values()))


def newest_of(plan: Plan) -> dict[tuple[str, str, str], Figure]:
    """Return (subject, kind, period) -> the newest entry, also one that takes a value back."""
    return {figure.place: figure for figure in plan.figures}
