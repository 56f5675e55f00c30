"""Guarded reading of a workbook that a person filled in: its cells as plain values, and nothing that runs.

A formula is never computed and never believed: its stored result may say anything. It comes back as
``Kind.FORMULA``, so that whoever asks for a value can say at which cell one is missing.
"""

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from arusha.exchange.cells import text_of
from arusha.exchange.guard import LARGEST, damaged, look_through

__all__ = ["EMPTY", "LARGEST", "Found", "Kind", "Page", "coordinate", "opened"]


class Kind(Enum):
    """What stands in a cell, as the spreadsheet keeps it."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True)
class Found:
    """One cell: its kind, and its value as text, number or truth; None where there is none to believe."""

    kind: Kind
    value: str | float | int | bool | None = None


EMPTY = Found(Kind.EMPTY)
KINDS = {
    "s": Kind.TEXT,
    "n": Kind.NUMBER,
    "b": Kind.TRUTH,
    "d": Kind.DATE,
    "f": Kind.FORMULA,
}


@dataclass(frozen=True)
class Page:
    """A sheet that was read: its cells by row and column, both from 1, and its merged ranges."""

    name: str
    cells: Mapping[tuple[int, int], Found]
    merged: tuple[str, ...] = ()
    rows: int = field(default=0)
    columns: int = field(default=0)

    def at(self, row: int, column: int) -> Found:
        """Return what stands in a cell."""
        return self.cells.get((row, column), EMPTY)


def coordinate(row: int, column: int) -> str:
    """Return the name of a cell, as in ``B7``."""
    return f"{get_column_letter(column)}{row}"


def opened(data: bytes, name: str) -> dict[str, Page]:
    """Return the sheets of a workbook by name; raise ``Refused`` for a file that must not or cannot be read.

    ``name`` is the file's name, for messages.
    """
    merged = look_through(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet program adds and we do not read
            book = load_workbook(io.BytesIO(data), read_only=True)
            return {sheet.title: _page(sheet, merged.get(sheet.title, [])) for sheet in book.worksheets}
    except Exception as error:  # a damaged file fails in any part of the library, with any error
        raise damaged(name) from error


def _page(sheet: ReadOnlyWorksheet, merged: list[str]) -> Page:
    sheet.reset_dimensions()  # what a file says of its size may be wrong; ``look_through`` has seen the size
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            found = _found(cell.data_type, cell.value)
            if found is not EMPTY:
                cells[cell.row, cell.column] = found
    rows, columns = (max((place[side] for place in cells), default=0) for side in (0, 1))
    return Page(sheet.title, cells, tuple(merged), rows, columns)


def _found(kind: str, value: object) -> Found:
    if value is None or value == "":
        return EMPTY
    match KINDS.get(kind, Kind.ERROR):
        case Kind.TEXT:
            return Found(Kind.TEXT, text_of(value))
        case Kind.NUMBER if isinstance(value, int | float):
            return Found(Kind.NUMBER, value)
        case Kind.TRUTH:
            return Found(Kind.TRUTH, bool(value))
        case other:
            return Found(other)
