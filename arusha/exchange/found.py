"""What was found in a workbook from elsewhere: its sheets and cells as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from openpyxl.utils import get_column_letter


class Kind(Enum):
    """What stands in a cell, as the spreadsheet keeps it."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Found:
    """One cell: its kind, and its value as text, number or truth; None where there is none to believe.

    A date's value is its day as in ``2026-01-31``; None for a time or a length of time.
    """

    kind: Kind
    value: str | float | int | bool | None = None


EMPTY = Found(Kind.EMPTY)


@dataclass(frozen=True)
class Page:
    """A sheet that was read: its cells by row and column, both from 1, and its merged ranges."""

    name: str
    cells: Mapping[tuple[int, int], Found]
    merged: tuple[str, ...] = ()
    rows: int = 0
    columns: int = 0

    def at(self, row: int, column: int) -> Found:
        """Return what stands in a cell."""
        return self.cells.get((row, column), EMPTY)


def page(name: str, cells: Mapping[tuple[int, int], Found], merged: tuple[str, ...]) -> Page:
    """Return a page that is as large as its cells reach."""
    rows, columns = (max((place[side] for place in cells), default=0) for side in (0, 1))
    return Page(name, cells, merged, rows, columns)


def coordinate(row: int, column: int) -> str:
    """Return the name of a cell, as in ``B7``."""
    return f"{get_column_letter(column)}{row}"
