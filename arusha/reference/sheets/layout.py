"""What the sheets of the questionnaire's workbook share: their look, their footer, a table that filters."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import Value
from arusha.exchange.sheets import Footer, add_sheet, freeze_below
from arusha.exchange.tables import Column, put_headings, put_line, put_row, set_widths
from arusha.reference.content import Content
from arusha.ui.look import LOOK
from questionnaires.model import Factor, Practice


def footer_of(content: Content) -> Footer:
    """Return what stands below every printed page."""
    page = content.t("Page {page} of {pages}", page="{page}", pages="{pages}")
    return Footer(content.words.title, content.questionnaire.id, page)


def sheet_of(book: Workbook, name: str, content: Content, columns: Sequence[Column]) -> Worksheet:
    """Add a sheet with columns of these widths."""
    sheet = add_sheet(book, name, content.language, footer_of(content))
    set_widths(sheet, columns)
    return sheet


def practices_of(content: Content) -> list[tuple[Factor, Practice]]:
    """Return every practice with its factor, in order."""
    return [(factor, practice) for factor in content.questionnaire.factors for practice in factor.practices]


def put_table(
    sheet: Worksheet, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, frozen: int
) -> int:
    """Write a table that can be filtered, its head and ``frozen`` columns in sight; return its first row."""
    head = put_line(sheet, 1, title, columns, LOOK.heading, size=16, bold=True) + 1
    first = below = put_headings(sheet, head, columns, LOOK)
    for row in rows:
        below = put_row(sheet, below, columns, row, LOOK)
    freeze_below(sheet, head, frozen)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns))}{max(head, below - 1)}"
    return first
