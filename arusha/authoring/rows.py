"""The rows of one sheet as its plan names its columns; whatever does not fit is told at its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from arusha.authoring.sheets.columns import KEYS, Column, Plan, Takes
from arusha.authoring.values import Wrong, value_of
from arusha.exchange.guard import COORDINATE
from arusha.exchange.reading import Kind, Page, coordinate
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.wording import DID_YOU_MEAN


@dataclass
class Sheet:
    """A sheet that is being read: its page, where its columns stand, and every fault found on the way."""

    file: str
    page: Page
    columns: dict[str, int] = field(default_factory=dict)
    keys: int = KEYS
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = False  # whether all columns were found

    def place(self, row: int = 0, key: str = "") -> str:
        """Return the name of a cell for a message; of the sheet when there is no row."""
        at = f"{self.file} · {printable(self.page.name)}"
        return f"{at}!{coordinate(row, self.columns.get(key, 1))}" if row else at

    def tell(self, place: str, fault: str, remedy: str, **values: object) -> None:
        """Note a fault."""
        self.problems.append(Problem(place, fault, remedy, values))

    @property
    def free(self) -> int:
        """Return the first row whose first column is empty, where a new entry can be written."""
        row = self.keys + 1
        while self.page.at(row, 1).kind is not Kind.EMPTY:
            row += 1
        return row


@dataclass(frozen=True)
class Row:
    """One entry of a sheet: the values that could be read, by key, and the keys whose cells are faulty."""

    sheet: Sheet
    number: int
    values: Mapping[str, Any]
    faulty: frozenset[str] = frozenset()

    def place(self, key: str) -> str:
        """Return the name of the entry's cell in a column."""
        return self.sheet.place(self.number, key)


def rows_of(sheet: Sheet, plan: Plan) -> list[Row]:
    """Return the entries of a sheet; none when its columns cannot be told apart."""
    sheet.keys = _row_of_keys(sheet.page, plan)
    if not sheet.keys:
        fault = N_("The row with the keys is not there: {keys}.")
        keys = ", ".join(column.key for column in plan.columns if column.takes is not Takes.AID)
        remedy = N_("Copy the first four rows of this sheet from a newly written workbook.")
        sheet.tell(sheet.place(), fault, remedy, keys=keys)
        return []
    sheet.is_whole = _find_columns(sheet, plan)
    _tell_of_merged(sheet)
    if not sheet.is_whole:
        return []
    read = [
        column for column in plan.columns if column.takes is not Takes.AID and column.key in sheet.columns
    ]
    _tell_of_strays(sheet)
    found = (_row(sheet, number, read) for number in range(sheet.keys + 1, sheet.page.rows + 1))
    return [row for row in found if row is not None]


def _row_of_keys(page: Page, plan: Plan) -> int:
    """Return the row that names most of the plan's keys; 0 when none names half of them."""
    counts = {
        row: len({page.at(row, column).value for column in range(1, page.columns + 1)} & set(plan.keys))
        for row in range(1, min(page.rows, 3 * KEYS) + 1)
    }
    best = max(counts, key=lambda row: (counts[row], row == KEYS), default=0)
    return best if best and counts[best] * 2 >= len(plan.keys) else 0


def _find_columns(sheet: Sheet, plan: Plan) -> bool:
    """Find every column by its key; return whether all that are read are there."""
    unknown: dict[str, int] = {}
    for number in range(1, sheet.page.columns + 1):
        found = sheet.page.at(sheet.keys, number).value
        key = str(found).strip() if found is not None else ""
        if key in sheet.columns:
            place = f"{sheet.place()}!{coordinate(sheet.keys, number)}"
            sheet.tell(place, N_("The column {key} is there twice."), N_("Delete one of the two."), key=key)
        elif key in plan.keys:
            sheet.columns[key] = number
        elif key:
            unknown[key] = number
    missing = [c.key for c in plan.columns if c.takes is not Takes.AID and c.key not in sheet.columns]
    _tell_of_columns(sheet, unknown, missing)
    return not missing


def _tell_of_columns(sheet: Sheet, unknown: Mapping[str, int], missing: list[str]) -> None:
    for key, number in unknown.items():
        meant = near(key, missing)
        if meant:
            missing.remove(meant)
        place = f"{sheet.place()}!{coordinate(sheet.keys, number)}"
        remedy = DID_YOU_MEAN if meant else N_("Delete the column, or give it back its key.")
        sheet.tell(place, N_("The column {key} is not known."), remedy, key=printable(key), meant=meant)
        sheet.columns.setdefault(meant or key, number)
    for key in missing:
        fault, remedy = N_("The column {key} is missing."), N_("Add it, with its key in row {row}.")
        sheet.tell(sheet.place(), fault, remedy, key=key, row=sheet.keys)


def _tell_of_merged(sheet: Sheet) -> None:
    for area in sheet.page.merged:
        corner = COORDINATE.fullmatch(area.rpartition(":")[2])
        if corner is None or int(corner[2]) >= sheet.keys:
            place = f"{sheet.place()}!{printable(area)}"
            sheet.tell(place, N_("These cells are merged."), N_("Unmerge them, and fill each of them."))


def _tell_of_strays(sheet: Sheet) -> None:
    """Tell of what stands beside the table, once a column: it would be lost."""
    known = set(sheet.columns.values())
    told: set[int] = set()
    for row, column in sorted(sheet.page.cells):
        if row > sheet.keys and column not in known | told and _is_written(sheet, row, column):
            told.add(column)
            place = f"{sheet.place()}!{coordinate(row, column)}"
            fault = N_("Something stands outside of the columns and would be lost.")
            sheet.tell(place, fault, N_("Delete it, or move it into a column."))


def _is_written(sheet: Sheet, row: int, column: int) -> bool:
    value = sheet.page.at(row, column).value
    return not isinstance(value, str) or bool(value.strip())


def _row(sheet: Sheet, number: int, columns: Sequence[Column]) -> Row | None:
    values, wrong = {}, {}
    for column in columns:
        value = value_of(sheet.page.at(number, sheet.columns[column.key]), column.takes)
        if isinstance(value, Wrong):
            wrong[column.key] = value
        elif value is not None:
            values[column.key] = value
    for key, (fault, remedy, entry) in wrong.items():
        sheet.tell(sheet.place(number, key), fault, remedy, entry=f"{key} = {entry}" if entry else key)
    return Row(sheet, number, values, frozenset(wrong)) if values or wrong else None


def repeated(rows: Sequence[Row], *keys: str) -> Iterator[tuple[Row, Row]]:
    """Yield each row that says in some columns what an earlier one says, with that one."""
    seen: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        told = tuple(row.values.get(key, "") for key in keys)
        if told in seen and any(told):
            yield row, seen[told]
        seen.setdefault(told, row)
