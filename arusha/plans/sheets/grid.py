"""A table found on a sheet by its headings, in any offered language; faults are told at their cells."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from arusha.exchange.guard import COORDINATE, column_number
from arusha.exchange.reading import Found, Kind, Page, coordinate
from arusha.plans.sheets.entries import Wrong
from arusha.plans.tables.work_plan import plain
from questionnaires.problems import N_, Problem, Refused, near, printable, refuse

DEEPEST = 20  # rows in which the headings are looked for
Names = Mapping[str, tuple[str, ...]]
"""Key of a column -> its headings; the first is the one that messages name."""


@dataclass(frozen=True)
class Area:
    """Merged cells, from the first to the last row and column."""

    top: int
    left: int
    bottom: int
    right: int
    name: str


@dataclass
class Grid:
    """A table that is being read: its sheet, where its headings stand, and what was found on the way."""

    file: str
    page: Page
    head: int
    columns: dict[str, int]
    areas: tuple[Area, ...]
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Return the name of the sheet for a message."""
        return f"{self.file} · {printable(self.page.name)}"

    def cell(self, row: int, key: str) -> str:
        """Return the name of a cell for a message."""
        return f"{self.place}!{coordinate(row, self.columns.get(key, 1))}"

    def at(self, row: int, key: str) -> Found:
        """Return what stands in a row in a column."""
        return self.page.at(row, self.columns[key])

    def tell(self, row: int, key: str, wrong: Wrong, /, **values: object) -> None:
        """Note what is wrong with a cell."""
        said = {"entry": wrong.entry, "most": wrong.most, **values}
        self.problems.append(Problem(self.cell(row, key), wrong.fault, wrong.remedy, said))

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Area]:
        """Row and column -> the merged cells they belong to; reading allows only so many."""
        return {
            (row, column): area
            for area in self.areas
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        }

    def merged_at(self, row: int, column: int) -> Area | None:
        """Return the merged cells that a cell belongs to, or None."""
        return self._merged.get((row, column))


def found(pages: Mapping[str, Page], file: str, names: Names, own: Iterable[str] = ()) -> Grid:
    """Return the table whose headings ``names`` gives; raise ``Refused`` when no sheet has it, or not whole.

    ``own`` are columns that our sheets have besides, hidden, and that may be missing.
    """
    known = {plain(name): key for key, several in names.items() for name in several}
    known |= {key: key for key in own}
    counts = {
        (title, row): len(_keys(page, row, known) & set(names))
        for title, page in pages.items()
        for row in range(1, min(page.rows, DEEPEST) + 1)
    }
    best = max(counts, key=lambda spot: counts[spot], default=None)
    if best is None or counts[best] < min(3, len(names)):
        fault = N_("No sheet has the headings of this table in its first {rows} rows: {columns}.")
        columns = ", ".join(several[0] for several in names.values())
        raise refuse(file, fault, N_("Write the headings in one row."), rows=DEEPEST, columns=columns)
    return _whole(file, pages[best[0]], best[1], names, known)


def _keys(page: Page, row: int, known: Mapping[str, str]) -> set[str]:
    return {known.get(_heading(page.at(row, column)), "") for column in range(1, page.columns + 1)}


def _heading(found: Found) -> str:
    return plain(str(found.value)).rstrip(" :.*") if found.kind is Kind.TEXT else ""


def _whole(file: str, page: Page, head: int, names: Names, known: Mapping[str, str]) -> Grid:
    grid = Grid(file, page, head, {}, _areas(page))
    strange = _find(grid, known)
    missing = {several[0]: key for key, several in names.items() if key not in grid.columns}
    problems = [*_of_merged(grid), *grid.problems]
    problems += [_missing(grid, name, strange) for name in missing]
    if problems:
        raise Refused(problems)
    fault = N_("The column {name} is not part of this table and is left out.")
    remedy = N_("Nothing needs to be done.")
    for name, place in strange.items():
        grid.notices.append(Problem(place, fault, remedy, {"name": printable(name)}))
    return grid


def _find(grid: Grid, known: Mapping[str, str]) -> dict[str, str]:
    """Find each column by its heading; return the headings nobody knows, with their cells."""
    strange: dict[str, str] = {}
    for column in range(1, grid.page.columns + 1):
        heading = grid.page.at(grid.head, column)
        place = f"{grid.place}!{coordinate(grid.head, column)}"
        key = known.get(_heading(heading), "")
        if key in grid.columns:
            fault, remedy = N_("The column {name} is there twice."), N_("Delete one of the two.")
            grid.problems.append(Problem(place, fault, remedy, {"name": printable(str(heading.value))}))
        elif key:
            grid.columns[key] = column
        elif heading.kind is not Kind.EMPTY:
            strange[str(heading.value or "").strip() or coordinate(grid.head, column)] = place
    return strange


def _missing(grid: Grid, name: str, strange: Mapping[str, str]) -> Problem:
    meant = near(name, strange)
    place = strange.get(meant, f"{grid.place}!{coordinate(grid.head, 1)}")
    fault = N_("The column {name} is missing.")
    remedy = N_("Is it this one, {meant}? Then call it {name}.") if meant else N_("Add it, with its heading.")
    return Problem(place, fault, remedy, {"name": name, "meant": printable(meant)})


def _of_merged(grid: Grid) -> list[Problem]:
    fault = N_("These headings are merged.")
    remedy = N_("Unmerge them, and write one heading in each cell.")
    return [
        Problem(f"{grid.place}!{area.name}", fault, remedy)
        for area in grid.areas
        if area.top <= grid.head <= area.bottom
    ]


def _areas(page: Page) -> tuple[Area, ...]:
    return tuple(area for name in page.merged if (area := _area(name)) is not None)


def _area(name: str) -> Area | None:
    ends = [COORDINATE.fullmatch(end) for end in re.split(":", name, maxsplit=1)]
    if not all(ends):
        return None
    rows = sorted(int(end[2]) for end in ends if end)
    columns = sorted(column_number(end[1]) for end in ends if end)
    return Area(rows[0], columns[0], rows[-1], columns[-1], printable(name))
