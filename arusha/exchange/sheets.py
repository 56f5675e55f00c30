"""Workbooks and their sheets: properties, names, direction of writing, and how they print."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import storable

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
class Footer:
    """What stands below every printed page; in ``page``, ``{page}`` and ``{pages}`` are filled in."""

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
    sheet.sheet_view.rightToLeft = language.partition("_")[0] in RIGHT_TO_LEFT
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


def _margin_text(text: str) -> str:
    """Return text for a footer, where ``&`` begins a code unless it is doubled."""
    clean = " ".join(storable(text).split())
    return _cut(clean, LONGEST_MARGIN_TEXT).replace("&", "&&")


def freeze_below(sheet: Worksheet, headings: int, columns: int = 0) -> None:
    """Keep everything down to the row of headings in sight, and so many columns; repeat it in print."""
    sheet.freeze_panes = f"{get_column_letter(columns + 1)}{headings + 1}"
    sheet.print_title_rows = f"{headings}:{headings}"


def print_across(sheet: Worksheet, columns: int, pages: int) -> None:
    """Print a wide sheet on so many pages beside one another, with its first columns on each."""
    sheet.print_title_cols = f"A:{get_column_letter(columns)}"
    sheet.page_setup.fitToWidth = pages


def break_page(sheet: Worksheet, row: int) -> None:
    """Begin a new printed page with this row."""
    sheet.row_breaks.append(Break(id=row - 1))


def page_height(width: float) -> float:
    """Return how high a printed page is when it is so wide, both in centimetres of the sheet."""
    return width * PAGE_RATIO


def rows_high(centimetres: float) -> int:
    """Return how many rows of one line a picture of this height covers."""
    return math.ceil(centimetres * POINTS_IN_CM / LINE)
