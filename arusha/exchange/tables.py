"""Tables on a sheet: columns, headings, rows that are as high as their text, and lines of text across."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange import look as looks
from arusha.exchange.cells import Number, Value, pieces, put, put_text, storable
from arusha.exchange.look import Look
from arusha.exchange.sheets import LINE

HIGHEST = 405.0  # points; a row can have 409, and a higher text gets several rows, merged


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its width in characters, and whether it holds figures."""

    heading: str
    width: float
    figures: bool = False

    @property
    def side(self) -> str:
        """Return where its cells are aligned."""
        return "center" if self.figures else "left"


def set_widths(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Set the widths of a sheet's columns."""
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def left_edges(columns: Sequence[Column]) -> list[float]:
    """Return where each column begins, and last where the table ends, in centimetres."""
    edges = [0.0]
    for column in columns:
        edges.append(edges[-1] + (column.width * 7 + 5) / 96 * 2.54)
    return edges


def put_headings(sheet: Worksheet, row: int, columns: Sequence[Column], look: Look) -> int:
    """Write the headings of a table; return the row below."""
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(row, number)
        put_text(cell, column.heading)
        looks.write_in(cell, look.on_heading, bold=True)
        looks.fill(cell, look.heading)
        looks.place(cell, across=column.side, down="center", indent=not column.figures)
    lines = max(lines_of(column.heading, column.width - 1.5) for column in columns)
    heighten(sheet, row, LINE * lines + 3)
    return row + 1


def put_row(
    sheet: Worksheet,
    row: int,
    columns: Sequence[Column],
    values: Sequence[Value],
    look: Look,
    *,
    continued: str = "…",
    bold: bool = False,
) -> int:
    """Write one row of a table; return the row below.

    Text that one cell cannot hold goes on in rows below, which say ``continued`` in their first column.
    """
    parts = [[value] if isinstance(value, Number) else pieces(storable(value)) for value in values]
    for extra in range(max(map(len, parts))):
        missing: Value = continued if extra else ""
        said = [part[extra] if extra < len(part) else "" for part in parts]
        row = _put_cells(sheet, row, columns, [said[0] or missing, *said[1:]], look, bold=bold)
    return row


def _put_cells(
    sheet: Worksheet, row: int, columns: Sequence[Column], values: Sequence[Value], look: Look, *, bold: bool
) -> int:
    texts = [(v, c.width) for v, c in zip(values, columns, strict=True) if isinstance(v, str)]
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    last = _heighten_rows(sheet, row, LINE * lines + 4)
    for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
        cell = sheet.cell(row, number)
        put(cell, value)
        looks.write_in(cell, look.ink, bold=bold)
        looks.place(
            cell, across=column.side, down="top" if lines > 1 else "center", indent=not column.figures
        )
        looks.underline(sheet.cell(last, number), look.line)
        _merge(sheet, (row, number), (last, number))
    return last + 1


def put_line(
    sheet: Worksheet,
    row: int,
    text: str,
    columns: Sequence[Column],
    colour: str,
    *,
    first: int = 1,
    size: int = 11,
    bold: bool = False,
    fill: str = "",
) -> int:
    """Write one text across the table from column ``first`` on, in as many lines as it takes."""
    width = sum(column.width for column in columns[first - 1 :]) * 11 / size
    for part in pieces(storable(text)):
        cell = sheet.cell(row, first)
        put_text(cell, part)
        looks.write_in(cell, colour, size=size, bold=bold)
        looks.place(cell, across="left", down="center", indent=bool(fill))
        if fill:
            looks.fill(cell, fill)
        spare = 4 if fill or size > 11 else 0
        last = _heighten_rows(sheet, row, lines_of(part, width) * LINE * size / 11 + spare)
        _merge(sheet, (row, first), (last, max(first, len(columns))))
        row = last + 1
    return row


def _heighten_rows(sheet: Worksheet, row: int, points: float) -> int:
    """Make as many rows as it takes together this high; return the last of them."""
    rows = math.ceil(points / HIGHEST)
    for extra in range(rows):
        heighten(sheet, row + extra, points / rows)
    return row + rows - 1


def _merge(sheet: Worksheet, begin: tuple[int, int], end: tuple[int, int]) -> None:
    if begin != end:
        sheet.merge_cells(start_row=begin[0], start_column=begin[1], end_row=end[0], end_column=end[1])


def heighten(sheet: Worksheet, row: int, points: float) -> None:
    """Make a row at least this high."""
    sheet.row_dimensions[row].height = max(points, sheet.row_dimensions[row].height or 0)


def lines_of(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column of ``width`` characters."""
    room = max(4, int(width * 1.08))  # most letters are narrower than the digit a width is measured in
    return sum(max(1, len(textwrap.wrap(_widened(line), room))) for line in text.split("\n"))


def _widened(line: str) -> str:
    """Return the line with each wide character twice, as in Chinese or Japanese text."""
    return line if line.isascii() else "".join(c * 2 if east_asian_width(c) in "WF" else c for c in line)
