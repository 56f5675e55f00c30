"""Where the rows and cells of a sheet are, heard while its XML streams by.

The rules are stricter than the library that reads the cells: it takes anything inside a row for a cell,
and passes over rows and cells that do not stand in order.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from arusha.exchange.limits import (
    FEWER_ROWS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AGAIN,
    SMALLER_AREA,
    damaged,
    too_far,
    too_large,
)
from questionnaires.problems import N_, printable, refuse

COORDINATE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "//purl.oclc.org/ooxml/"
ROW, MERGED = f"{MAIN} row", f"{MAIN} mergeCell"
LAST_ROW = 1_048_576  # of a spreadsheet; some programs say how high it is, though nothing stands in it
SPREADS = ("array", "dataTable")  # formulas whose results stand in other cells too


@dataclass
class Outline:
    """What was heard of one part: how many cells, which are merged, and which are computed.

    ``place`` names the sheet in messages, ``name`` the file. ``formulas`` are the cells that have one,
    ``spread`` those that may show the result of another's.
    """

    name: str
    place: str
    cells: int = 0
    merged: list[str] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    spread: set[tuple[int, int]] = field(default_factory=set)
    _row: int = 0
    _column: int = 0
    _room: int = MOST_CELLS  # cells that may still be merged or hold the results of formulas

    def hear(self, path: list[str], attributes: Mapping[str, str]) -> None:
        """Take in one element; raise ``Refused`` for what stands too far out, or out of order."""
        if len(path) == 1 and STRICT in path[0]:
            raise refuse(
                self.name, N_("The workbook is saved as Strict Open XML, which is not read."), SAVE_AGAIN
            )
        if path[-1] == ROW:
            self._begin_row(path, attributes.get("r"))
        elif ROW in path[-2:-1]:
            self._begin_cell(attributes.get("r"))
        elif ROW in path[-3:-2] and path[-1].rpartition(" ")[2] == "f":
            self._compute(attributes)
        elif path[-1] == MERGED:
            self._merge(attributes.get("ref", ""))

    def _begin_row(self, path: list[str], number: str | None) -> None:
        if number is not None and not _is_row(number, LAST_ROW):
            raise too_far(self.place, number)
        row = self._row + 1 if number is None else int(number)
        if row <= self._row or ROW in path[:-1]:
            raise damaged(self.name)
        self._row, self._column = row, 0

    def _begin_cell(self, where: str | None) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise refuse(self.place, N_("The sheet has more than {most} cells."), FEWER_ROWS, most=MOST_CELLS)
        row, column = self._row, self._column + 1
        if where is not None:
            row, column = position(where) or (0, 0)
        if not 1 <= row <= MOST_ROWS or column > MOST_COLUMNS:
            raise too_far(self.place, where or str(max(row, column)))
        if row != self._row or column <= self._column:
            raise damaged(self.name)
        self._column = column

    def _compute(self, attributes: Mapping[str, str]) -> None:
        self.formulas.add((self._row, self._column))
        if attributes.get("t") in SPREADS and "ref" in attributes:
            self.spread.update(self._area(attributes["ref"]))

    def _merge(self, area: str) -> None:
        self.merged.append(area)
        self._area(area)

    def _area(self, named: str) -> Iterator[tuple[int, int]]:
        """Return the cells of an area; refuse one that is too far out, or one too many."""
        first, _, last = named.partition(":")
        start, end = position(first), position(last or first)
        if start is None or end is None:
            raise too_large(self.place, named)
        ends = [sorted((start[side], end[side])) for side in (0, 1)]  # either corner may be named first
        rows, columns = (range(low, high + 1) for low, high in ends)
        self._room -= max(1, len(rows) * len(columns))
        if self._room < 0:
            fault = N_("More than {most} cells are merged or filled by formulas of several cells.")
            raise refuse(self.place, fault, SMALLER_AREA, most=MOST_CELLS)
        return ((row, column) for row in rows for column in columns)


def position(coordinate: str) -> tuple[int, int] | None:
    """Return row and column of a cell that may be read; None when it is too far out, or no cell."""
    found = COORDINATE.fullmatch(coordinate)
    if found is None or not _is_row(found[2]) or column_number(found[1]) > MOST_COLUMNS:
        return None
    return int(found[2]), column_number(found[1])


def _is_row(text: str, last: int = MOST_ROWS) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= last


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def title_place(name: str, title: str) -> str:
    """Return how a sheet is named in a message; the file alone when it has no title."""
    return f"{name} · {printable(title)}" if title else name
