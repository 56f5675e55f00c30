"""A sheet with a work plan table -> the table as values, with every fault at its cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from arusha.exchange.reading import Found, Page, opened
from arusha.plans.model import LONGEST_TEXT, LONGEST_TITLE
from arusha.plans.sheets import naming
from arusha.plans.sheets.entries import Wrong, text_at, too_long
from arusha.plans.sheets.grid import Area, Grid, found
from arusha.plans.sheets.row_kinds import DOWNWARDS, Kinds
from arusha.plans.sheets.work_plan import ACTIVITY, FIELDS, FORM, GOAL, IDS, IMPACT_ROW, MARKS
from arusha.plans.tables.work_plan import COLUMNS, Line, Mark, Section, Table, cleaned, plain
from questionnaires.problems import N_, Problem, near, printable, refuse

LONGEST = dict.fromkeys(COLUMNS, LONGEST_TITLE) | {"number": 20, "stakeholders": LONGEST_TEXT}
MOST_ROWS = 1_000
UNMERGE = N_("Unmerge them, and fill each of them.")


@dataclass
class _Goal:
    """A goal whose rows are being read."""

    row: int
    number: str = ""
    title: str = ""
    id: str = ""
    impact: str = ""
    impact_row: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def section(self) -> Section:
        lines = tuple(self.lines)
        return Section(self.number, self.title, self.impact, lines, self.id, self.row, self.impact_row)


def read(data: bytes, name: str) -> Table:
    """Return the work plan table of a workbook; its ``problems`` say what cannot be taken, each at its cell.

    Raises ``Refused`` for a file that must not or cannot be read, or whose headings are not all there.
    """
    return taken(opened(data, name), name)


def is_one(pages: Mapping[str, Page]) -> bool:
    """Return whether a workbook was written as a work plan table."""
    return MARKS in pages and _said(pages[MARKS], 1)[:1] == [FORM]


def taken(pages: Mapping[str, Page], name: str) -> Table:
    """Return the work plan table of sheets that were read."""
    shown = {title: page for title, page in pages.items() if title != MARKS}
    grid = found(shown, name, naming.headings(), (IDS,))
    goals = _Rows(grid).goals()
    mark, written = _marks(pages[MARKS]) if is_one(pages) else (None, {})
    sections = tuple(goal.section for goal in goals)
    problems = (*grid.problems, *_twice(grid, sections))
    return Table(sections, grid.place, grid.columns, mark, written, problems, tuple(grid.notices))


class _Rows:
    """The rows below the headings, one after another: goals, activities, expected impacts."""

    def __init__(self, grid: Grid) -> None:
        self._grid, self._kinds = grid, Kinds(grid)
        self._statuses = naming.statuses()
        self._goals: list[_Goal] = []

    def goals(self) -> list[_Goal]:
        """Return the goals with what stands below each; raise ``Refused`` when they are far too many."""
        last = self._grid.page.rows
        if last - self._grid.head > MOST_ROWS:
            fault = N_("The table has more than {most} rows.")
            raise refuse(self._grid.place, fault, N_("Keep only the rows of the plan."), most=MOST_ROWS)
        self._begin()
        for row in range(self._grid.head + 1, last + 1):
            filled = self._kinds.filled(row)
            kind, id_ = self._kinds.of(row, filled)
            if kind and (filled or id_):
                self._take(kind, row, filled, id_)
        return [goal for goal in self._goals if not self._is_remark(goal)]

    def _begin(self) -> None:
        """Take a goal that is named right above the headings, as others write it."""
        head = self._grid.head
        above = [] if IDS in self._grid.columns else range(head - 1, max(head - 4, 0), -1)
        row = next((row for row in above if self._kinds.is_goal_above(row)), 0)
        if row:
            self._take(GOAL, row, self._kinds.filled(row), "")

    def _take(self, kind: str, row: int, filled: Mapping[str, Found], id_: str) -> None:
        self._refuse_merged(kind, row, filled)
        if kind == GOAL:
            self._goals.append(self._goal(row, filled, id_))
        elif not self._goals:
            fault = N_("The row stands under no goal.")
            remedy = N_("Write a row with the number and title of its goal above it.")
            self._grid.tell(row, "number", Wrong(fault, remedy))
            self._goals.append(_Goal(row))
            self._take(kind, row, filled, id_)
        elif kind == IMPACT_ROW:
            self._impact(self._goals[-1], row, filled)
        else:
            self._goals[-1].lines.append(self._line(row, filled, id_))

    def _refuse_merged(self, kind: str, row: int, filled: Mapping[str, Found]) -> None:
        for key in filled:
            area = self._grid.merged_at(row, self._grid.columns[key])
            if area and area.top == row and not _may_be(kind, key, area):
                place = f"{self._grid.place}!{area.name}"
                self._grid.problems.append(Problem(place, N_("These cells are merged."), UNMERGE))

    def _goal(self, row: int, filled: Mapping[str, Found], id_: str) -> _Goal:
        number = self._text(row, "number", filled, LONGEST_TITLE)
        title = self._text(row, "activity", filled, LONGEST_TITLE)
        if not self._kinds.own(row):
            number, title = self._kinds.parted(number, title)
        if len(number) > LONGEST["number"]:
            self._grid.tell(row, "number", too_long(LONGEST["number"]))
        self._refuse_more(row, filled)
        return _Goal(row, number, title, id_)

    def _refuse_more(self, row: int, filled: Mapping[str, Found]) -> None:
        """Refuse what stands beside the title of a goal: it would be lost."""
        for key in filled:
            if key not in ("number", "activity"):
                fault = N_("A goal's row takes only its number and its title.")
                self._grid.tell(row, key, Wrong(fault, N_("Move this to a row of its own.")))

    def _impact(self, goal: _Goal, row: int, filled: Mapping[str, Found]) -> None:
        texts = [self._text(row, key, filled, LONGEST_TEXT) for key in filled]
        said = self._kinds.without_label(texts[0]) if texts else ""
        impact = "\n".join(text for text in (said, *texts[1:]) if text)
        if goal.impact_row and impact:
            fault = N_("The goal has a row with its expected impact already, row {row}.")
            self._grid.tell(row, "number", Wrong(fault, N_("Write it in one row.")), row=goal.impact_row)
        if len(impact) > LONGEST_TEXT:
            self._grid.tell(row, "number", too_long(LONGEST_TEXT))
        goal.impact, goal.impact_row = impact, row

    def _line(self, row: int, filled: Mapping[str, Found], id_: str) -> Line:
        said: dict[str, Any] = {key: self._text(row, key, filled, most) for key, most in LONGEST.items()}
        if "activity" not in filled and not id_:
            fault = N_("The row names no activity.")
            self._grid.tell(row, "activity", Wrong(fault, N_("Write what is done, or delete the row.")))
        said["status"] = self._status(row, said["status"])
        return replace(Line(**said), id=id_, row=row)

    def _status(self, row: int, text: str) -> str:
        known = self._statuses
        if not text or plain(text) in known:
            return known[plain(text)] if text else ""
        meant = near(plain(text), known)
        fault = N_("There is no status {name}.")
        remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
        names = ", ".join(dict.fromkeys(known.values()))
        wrong = Wrong(fault, remedy)
        self._grid.tell(row, "status", wrong, name=printable(text), meant=meant, known=names)
        return ""

    def _text(self, row: int, key: str, filled: Mapping[str, Found], most: int) -> str:
        if key not in filled:
            return ""
        said = text_at(filled[key], most, digits=key == "number")
        if isinstance(said, Wrong):
            self._grid.tell(row, key, said)
            return ""
        return cleaned(said)

    def _is_remark(self, goal: _Goal) -> bool:
        """Return whether what looked like a goal is but a line of text; tell that it is left out."""
        is_one = not (goal.lines or goal.impact_row or goal.number or self._kinds.own(goal.row))
        if is_one and goal.title:
            fault = N_("The row is neither a goal nor an activity and is left out.")
            remedy = N_("Nothing needs to be done; a goal has a number.")
            self._grid.notices.append(Problem(self._grid.cell(goal.row, "number"), fault, remedy))
        return is_one


def _may_be(kind: str, key: str, area: Area) -> bool:
    """Return whether cells may be merged so: across in a heading, downwards where a text is of several."""
    if kind in (GOAL, IMPACT_ROW):
        return area.top == area.bottom
    return area.left == area.right and key in DOWNWARDS


def _twice(grid: Grid, sections: tuple[Section, ...]) -> Iterator[Problem]:
    """Yield each goal and each activity that stands in the table twice, by its id or by its texts."""
    met: dict[tuple[str, ...], int] = {}
    for section in sections:
        for spot, row in _spots(section):
            if spot in met:
                fault = N_("This stands in row {row} too.")
                remedy = N_("Delete one of them, or say how they differ.")
                yield Problem(grid.cell(row, "activity"), fault, remedy, {"row": met[spot]})
            met.setdefault(spot, row)


def _spots(section: Section) -> Iterator[tuple[tuple[str, ...], int]]:
    if section.id or section.title:
        yield ((GOAL, section.id) if section.id else (GOAL, "", plain(section.title))), section.row
    for line in section.lines:
        texts = (line.activity, line.output, line.outcome)
        if line.id:
            yield (ACTIVITY, line.id), line.row
        elif line.activity:
            yield (ACTIVITY, str(section.row), *map(plain, texts)), line.row


def _marks(page: Page) -> tuple[Mark | None, dict[str, Line | Section]]:
    """Return of which version of which plan a table is, and what stood in it when it was written."""
    first = [*_said(page, 1), "", ""]
    mark = Mark(first[1], int(first[2])) if first[2].isdecimal() and len(first[2]) < 7 else None
    written: dict[str, Line | Section] = {}
    for row in range(2, page.rows + 1):
        kind, id_, *texts = [*_said(page, row), "", ""]
        if kind == GOAL and id_:
            number, title, impact, *_ = [*texts, "", "", ""]
            written[id_] = Section(number, title, impact, id=id_)
        elif kind == ACTIVITY and id_:
            padded = [*texts, *[""] * len(FIELDS)]
            said: dict[str, Any] = dict(zip(FIELDS, padded, strict=False))
            written[id_] = Line(**said, id=id_)
    return mark, written


def _said(page: Page, row: int) -> list[str]:
    found = [page.at(row, column).value for column in range(1, min(page.columns, 12) + 1)]
    return [value if isinstance(value, str) else "" for value in found]
