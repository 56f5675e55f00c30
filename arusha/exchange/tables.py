"""Tables on a sheet: columns, headings, rows that are as high as their text, and lines of text across."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange import look as looks
from arusha.exchange.cells import Number, Value, is_live, pieces, put, put_text, storable
from arusha.exchange.look import Look, Style
from arusha.exchange.sheets import LINE

MOST_LINES = 26  # of text in one row, which can be 409 points high; the rest goes on in the row below


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
        looks.styled(cell, _style_of_heading(column, look))
    lines = max(len(lines_of(column.heading, column.width - 1)) for column in columns)
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

    Text that one row cannot show goes on in rows below, which say ``continued`` in their first column.
    """
    for said in parts_of(values, columns, continued):
        _put_cells(sheet, row, columns, said, look, bold=bold)
        row += 1
    return row


def parts_of(values: Sequence[Value], columns: Sequence[Column], continued: str) -> list[list[Value]]:
    """Return the rows that one row of values takes, so that each can be shown whole; mostly it is one."""
    parts = [
        [value] if isinstance(value, Number) else fitting(value, column.width)
        for value, column in zip(values, columns, strict=True)
    ]
    rows: list[list[Value]] = []
    for extra in range(max(map(len, parts))):
        missing: Value = continued if extra else ""
        said: list[Value] = [part[extra] if extra < len(part) else "" for part in parts]
        rows.append([said[0] or missing, *said[1:]])
    return rows


def _put_cells(
    sheet: Worksheet, row: int, columns: Sequence[Column], values: Sequence[Value], look: Look, *, bold: bool
) -> None:
    texts = [(v, c.width) for v, c in zip(values, columns, strict=True) if isinstance(v, str)]
    lines = max((len(lines_of(text, width)) for text, width in texts), default=1)
    heighten(sheet, row, LINE * lines + 4)
    for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
        cell = sheet.cell(row, number)
        put(cell, value)
        looks.styled(cell, style_of(value, column, look, down="top" if lines > 1 else "center", bold=bold))


def _style_of_heading(column: Column, look: Look) -> Style:
    return Style(
        look.on_heading,
        bold=True,
        fill=look.heading,
        across=column.side,
        down="center",
        indent=not column.figures,
        quoted=is_live(column.heading),
    )


def style_of(value: Value, column: Column, look: Look, *, down: str, bold: bool = False) -> Style:
    """Return how a value of a table looks in a column."""
    return Style(
        look.ink,
        bold=bold,
        line=look.line,
        across=column.side,
        down=down,
        indent=not column.figures,
        format="General" if isinstance(value, str) else value.format,
        quoted=isinstance(value, str) and is_live(value),
    )


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
    for part in fitting(text, width):
        cell = sheet.cell(row, first)
        put_text(cell, part)
        style = Style(colour, size, bold, fill=fill, across="left", down="center", indent=bool(fill))
        looks.styled(cell, replace(style, quoted=is_live(part)))
        if len(columns) > first:
            sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=len(columns))
        spare = 4 if fill or size > 11 else 0
        heighten(sheet, row, len(lines_of(part, width)) * LINE * size / 11 + spare)
        row += 1
    return row


def heighten(sheet: Worksheet, row: int, points: float) -> None:
    """Make a row at least this high."""
    sheet.row_dimensions[row].height = max(points, sheet.row_dimensions[row].height or 0)


def fitting(text: str, width: float) -> list[str]:
    """Return the text in parts that each fit one row of a column; joined again they are the text."""
    lines = lines_of(storable(text), width)
    parts = ["".join(lines[start : start + MOST_LINES]) for start in range(0, len(lines), MOST_LINES)]
    return [piece for part in parts for piece in pieces(part)]


def lines_of(text: str, width: float) -> list[str]:
    """Return about the lines a text takes in a column of ``width`` characters; joined they are the text."""
    room = max(4, int(width * 1.08))  # most letters are narrower than the digit a width is measured in
    lines, used = [""], 0
    for word in re.findall(rf"\n|[^\S\n]+|\S{{1,{room if text.isascii() else room // 2}}}", text):
        size = _size(word)
        if used and used + size > room and not word.isspace():
            lines.append("")
            used = 0
        lines[-1] += word
        used += size
        if word == "\n":
            lines.append("")
            used = 0
    return lines


def _size(word: str) -> int:
    """Return how much room a word takes; a wide character, as of Chinese or Japanese, takes twice its own."""
    return len(word) if word.isascii() else sum(2 if east_asian_width(c) in "WF" else 1 for c in word)
