"""Rows of a table that is read back: one row of the sheet each, whatever their length."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import Number, Value, put, storable
from arusha.exchange.look import Style, styled
from arusha.exchange.sheets import LINE
from arusha.exchange.tables import Column, lines_of
from arusha.ui.look import LOOK

HIGHEST = 400.0  # points; a row can be 409 high
TEXT = "@"  # what is typed stays text: "1.1" is no day and no number


def put_row(
    sheet: Worksheet,
    row: int,
    columns: Sequence[Column],
    values: Sequence[Value],
    quiet: Sequence[bool] = (),
) -> None:
    """Write one row; cells that are ``quiet`` are not meant to be changed, and look so."""
    lines = 1
    for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
        cell = sheet.cell(row, number)
        styled(cell, _style(column, value, is_quiet=bool(quiet) and quiet[number - 1]))
        if value != "":
            put(cell, value)
        if isinstance(value, str):
            lines = max(lines, _lines(value, column.width))
    sheet.row_dimensions[row].height = min(HIGHEST, lines * LINE + 4)


def _lines(text: str, width: float) -> int:
    is_short = len(text) < width / 2 and text.isascii() and "\n" not in text
    return 1 if is_short else len(lines_of(storable(text), width - 2))


def _style(column: Column, value: Value, *, is_quiet: bool) -> Style:
    return Style(
        LOOK.quiet if is_quiet else LOOK.ink,
        fill=LOOK.band if is_quiet else "",
        line=LOOK.line,
        across=column.side,
        indent=int(column.side == "left"),
        format=value.format if isinstance(value, Number) else TEXT,
    )
