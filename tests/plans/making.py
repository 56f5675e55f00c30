"""A plan while a test makes it: ids and entries numbered in order, and what the rules have against it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from arusha.plans.entry_rules import faults_of_entries
from arusha.plans.model import AnyPart, Figure, FigureKind, Header, Plan, Update, UpdateKind
from arusha.plans.rules import Changes, faults_of_header, faults_of_parts
from questionnaires import loading
from questionnaires.problems import Problem

EDITION = loading.edition("arusha_2026")
PRACTICES = tuple(EDITION.practices)
ENTERED = datetime(2026, 1, 15, 9, tzinfo=UTC)


@dataclass
class Draft:
    """A plan while it is being made: ids are given, and entries numbered, in order."""

    header: Header
    parts: list[AnyPart] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    ids: int = 0

    def new_id(self) -> str:
        """Return the next permanent id."""
        self.ids += 1
        return f"p{self.ids:06d}"

    def put(self, part: AnyPart) -> str:
        """Add a part; return its id."""
        self.parts.append(part)
        return part.id

    def say(
        self, subject: str, kind: FigureKind, period: str, value: float | None, on: date, **said: str
    ) -> None:
        """Add a figure."""
        number = len(self.figures) + 1
        figure = Figure(subject, kind, period, value, on, number=number, entered_at=ENTERED, **said)
        self.figures.append(replace(figure, entered_by="somebody"))

    def tell(self, subject: str, kind: UpdateKind, on: date, choice: str = "", text: str = "") -> None:
        """Add an update."""
        number = len(self.updates) + 1
        self.updates.append(Update(subject, kind, on, choice, text, number, ENTERED, "somebody"))

    def plan(self, plan_id: str = "xa2020-pabcde") -> Plan:
        """Return the plan."""
        parts = tuple(self.parts)
        revisions = {part.id: 1 for part in parts}
        return Plan(
            plan_id,
            "XA",
            self.header,
            parts,
            tuple(self.figures),
            tuple(self.updates),
            revisions=revisions,
        )


def faults(plan: Plan) -> list[Problem]:
    """Return everything that the rules have against a plan, its entries taken in the order they were made."""
    problems = [*faults_of_header(plan.header), *faults_of_parts(plan, EDITION)]
    before = replace(plan, figures=(), updates=())
    for batch in _batches(plan.figures):
        changes = Changes(figures=batch)
        now = replace(before, figures=(*before.figures, *batch))
        problems += faults_of_entries(before, now, changes)
        before = now
    return problems + faults_of_entries(plan, plan, Changes(updates=plan.updates))


def _batches(figures: Iterable[Figure]) -> Iterator[tuple[Figure, ...]]:
    """Return the figures in runs in which no place is given twice."""
    batch: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        if figure.place in batch:
            yield tuple(batch.values())
            batch = {}
        batch[figure.place] = figure
    yield tuple(batch.values())
