"""Sheets of a workbook: names, columns, headings, rows, and how they print."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange import look as looks
from arusha.exchange.cells import Number, Value, pieces, put, put_text, storable
from arusha.exchange.look import Look

CREATOR = "Arusha toolkit"
LONGEST_NAME = 31  # UTF-16 units in the name of a sheet
LONGEST_MARGIN_TEXT = 60  # so that the three parts of a footer stay within the 255 characters of the format
FORBIDDEN = str.maketrans("[]:*?/\\'", "()-----\u2019")
RESERVED = ("history",)
RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "ur")
LINE = 15.0  # points, one line of text
POINTS_IN_CM = 72 / 2.54
PAGE_RATIO = 18.0 / 27.6  # what is printed of A4 across, height to width, with a little to spare


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its width in characters, and whether it holds figures."""

    heading: str
    width: float
    figures: bool = False


@dataclass(frozen=True)
class Footer:
    """What stands below every printed page; page numbers are added at the end."""

    left: str
    centre: str = ""
    page: str = "{page} / {pages}"


def new_book(title: str) -> Workbook:
    """Return a workbook without sheets, whose properties name the program and nobody else."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = CREATOR
    book.properties.lastModifiedBy = CREATOR
    book.properties.title = storable(title)
    return book


def add_sheet(book: Workbook, name: str, language: str, footer: Footer) -> Worksheet:
    """Add a sheet, laid out from right to left where the language is written so, and ready to print."""
    sheet: Worksheet = book.create_sheet(sheet_name(name, book.sheetnames))
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.rightToLeft = language.split("_")[0] in RIGHT_TO_LEFT
    _prepare_print(sheet, footer)
    return sheet


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name a sheet may have: no forbidden character, at most 31 units, not taken in any case."""
    clean = " ".join(storable(wanted).translate(FORBIDDEN).split()) or "-"
    known = {name.casefold() for name in taken} | set(RESERVED)
    name, number = _cut(clean, LONGEST_NAME), 1
    while name.casefold() in known:
        number += 1
        ending = f" ({number})"
        name = _cut(clean, LONGEST_NAME - len(ending)) + ending
    return name


def _cut(text: str, longest: int) -> str:
    """Return the text, or its beginning and an ellipsis when it has more UTF-16 units than allowed."""
    if _units(text) <= longest:
        return text
    while _units(text) >= longest:
        text = text[:-1]
    return text.rstrip() + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _prepare_print(sheet: Worksheet, footer: Footer) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3
    foot = sheet.oddFooter
    foot.left.text, foot.center.text = _margin_text(footer.left), _margin_text(footer.centre)
    foot.right.text = _margin_text(footer.page).format(page="&P", pages="&N")


def _margin_text(text: str) -> str | None:
    """Return text for a footer, where ``&`` begins a code unless it is doubled."""
    clean = " ".join(storable(text).split())
    return _cut(clean, LONGEST_MARGIN_TEXT).replace("&", "&&") or None


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
        looks.place(cell, across="center" if column.figures else "left", down="center")
    lines = max(_lines(column.heading, column.width - 1) for column in columns)
    sheet.row_dimensions[row].height = LINE * lines + 3
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
    depth = max(map(len, parts))
    for extra in range(depth):
        missing: Value = continued if extra else ""
        shown = [part[extra] if extra < len(part) else "" for part in parts]
        _put_cells(sheet, row + extra, columns, [shown[0] or missing, *shown[1:]], look, bold=bold)
    return row + depth


def _put_cells(
    sheet: Worksheet, row: int, columns: Sequence[Column], values: Sequence[Value], look: Look, *, bold: bool
) -> None:
    texts = [(v, c.width) for v, c in zip(values, columns, strict=True) if isinstance(v, str)]
    lines = max((_lines(text, width - 1) for text, width in texts), default=1)
    heighten(sheet, row, LINE * lines + 4)
    for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
        cell = sheet.cell(row, number)
        put(cell, value)
        looks.write_in(cell, look.ink, bold=bold)
        looks.underline(cell, look.line)
        looks.place(
            cell, across="center" if column.figures else "left", down="top" if lines > 1 else "center"
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
    for part in pieces(storable(text)):
        cell = sheet.cell(row, first)
        put_text(cell, part)
        looks.write_in(cell, colour, size=size, bold=bold)
        looks.place(cell, across="left", down="center", indent=1 if fill else 0)
        if fill:
            looks.fill(cell, fill)
        if len(columns) > first:
            sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=len(columns))
        width = sum(column.width for column in columns[first - 1 :]) * 11 / size
        heighten(sheet, row, _lines(part, width) * LINE * size / 11 + (4 if fill or size > 11 else 0))
        row += 1
    return row


def heighten(sheet: Worksheet, row: int, points: float) -> None:
    """Make a row at least this high; 409 points are the most a row can have."""
    sheet.row_dimensions[row].height = min(max(points, sheet.row_dimensions[row].height or 0), 409)


def _lines(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column of ``width`` characters."""
    return sum(max(1, math.ceil(len(line) * 1.02 / max(width, 1))) for line in text.split("\n"))


def freeze_below(sheet: Worksheet, headings: int, columns: int = 0) -> None:
    """Keep everything down to the row of headings in sight, and so many columns; repeat it in print."""
    sheet.freeze_panes = sheet.cell(headings + 1, columns + 1)
    sheet.print_title_rows = f"{headings}:{headings}"


def break_page(sheet: Worksheet, row: int) -> None:
    """Begin a new printed page with this row."""
    sheet.row_breaks.append(Break(id=row - 1))


def page_height(columns: Sequence[Column]) -> float:
    """Return how many centimetres of a sheet fit below one another on a page, once it is scaled to its width."""
    return left_edges(columns)[-1] * PAGE_RATIO


def rows_high(centimetres: float) -> int:
    """Return how many rows of one line a picture of this height covers."""
    return math.ceil(centimetres * POINTS_IN_CM / LINE)
