"""The classic work plan table as values: goals with their activities, from a plan or from a sheet.

The way from a sheet into a plan: ``sheets.taken_work_plan.read`` gives a ``Table``; ``matching.matches``
finds the activity of each of its lines; ``taking.take`` says what changes. ``sheets.work_plan.write`` is the
way out.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from arusha.exchange.cells import storable
from arusha.exchange.reading import coordinate
from arusha.plans.model import Activity, Goal, Indicator, Plan, Status
from questionnaires.problems import N_, Problem

COLUMNS: Mapping[str, str] = {
    "number": "#",
    "activity": N_("Activity"),
    "stakeholders": N_("Stakeholders"),
    "output": N_("Expected Output"),
    "status": N_("Status"),
    "indicator": N_("Indicator"),
    "outcome": N_("Intended Outcome"),
}
"""Key of a column -> its heading, a sentence of the catalogue."""
IMPACT = N_("Expected Impact")


@dataclass(frozen=True)
class Line:
    """One activity as the table shows it; ``row`` is where it stands in a sheet, 0 when it does not.

    ``id`` is the activity's permanent id and ``goal`` its goal's, '' when nobody knows. ``status`` '' leaves
    it as it is. Several indicators are joined by line breaks.
    """

    number: str
    activity: str
    stakeholders: str = ""
    output: str = ""
    status: Status | str = ""
    indicator: str = ""
    outcome: str = ""
    id: str = ""
    goal: str = ""
    row: int = 0


@dataclass(frozen=True)
class Section:
    """A goal as the table shows it: its heading row, its activities, its expected impact."""

    number: str
    title: str
    impact: str = ""
    lines: tuple[Line, ...] = ()
    id: str = ""
    row: int = 0
    impact_row: int = 0


@dataclass(frozen=True)
class Mark:
    """Which version of which plan a table was written from."""

    plan: str
    version: int


@dataclass(frozen=True)
class Table:
    """A work plan table. What was read from a sheet says what is wrong with it and where its cells are.

    ``written`` is what stood in the sheet when it was written, by permanent id: so what changed here
    meanwhile is told from what was changed in the sheet.
    """

    sections: tuple[Section, ...]
    place: str = ""
    columns: Mapping[str, int] = field(default_factory=dict, hash=False)
    mark: Mark | None = None
    written: Mapping[str, Line | Section] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        """Return every activity, goal by goal."""
        for section in self.sections:
            yield from section.lines

    def cell(self, row: int, key: str = "") -> str:
        """Return the name of a cell for a message."""
        return f"{self.place}!{coordinate(row, self.columns.get(key, 1))}"


def of_plan(plan: Plan) -> Table:
    """Return a plan as the classic table, its activities in the order of the results chain."""
    return Table(tuple(_section(plan, goal) for goal in plan.goals), mark=Mark(plan.id, plan.version))


def _section(plan: Plan, goal: Goal) -> Section:
    lines = (line_of(plan, part) for part in plan.under(goal.id) if isinstance(part, Activity))
    return Section(goal.number, goal.title, goal.impact, tuple(lines), goal.id)


def line_of(plan: Plan, activity: Activity) -> Line:
    """Return an activity as the table shows it."""
    goal = plan.goal_of(activity.id)
    return Line(
        activity.number,
        activity.title,
        activity.stakeholders,
        _title_above(plan, activity.id, "output"),
        plan.status(activity.id),
        "\n".join(one.title for one in indicators_of(plan, activity.id)),
        _title_above(plan, activity.id, "outcome"),
        activity.id,
        goal.id if goal else "",
    )


def _title_above(plan: Plan, part_id: str, kind: str) -> str:
    above = plan.above(part_id, kind)
    return above.title if above else ""


def indicators_of(plan: Plan, activity_id: str) -> tuple[Indicator, ...]:
    """Return the indicators directly within an activity that have not ended."""
    inside = plan.inside.get(activity_id, ())
    return tuple(part for part in inside if isinstance(part, Indicator) and part.ended is None)


def cleaned(text: str) -> str:
    """Return a text as a sheet gives it back: ends of lines alike, no space around it."""
    return storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def plain(text: str) -> str:
    """Return a text by which it is found again: without case, accents, and runs of spaces."""
    parts = unicodedata.normalize("NFKD", storable(text).casefold())
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())
