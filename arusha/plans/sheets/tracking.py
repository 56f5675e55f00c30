"""The indicator tracking table on a sheet: one row for each indicator and period, to be filled in offline.

Hidden columns bear the indicator, the period and the entries a row was written from, so that rows can be
sorted; a hidden sheet says of which version of which plan the table is.
"""

from collections.abc import Iterable
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import Number, Value, day, put_text
from arusha.exchange.finishing import finished
from arusha.exchange.sheets import Footer, add_sheet, freeze_below, new_book
from arusha.exchange.tables import Column, put_headings, put_line, set_widths
from arusha.i18n import Translator
from arusha.plans.model import Figure, Plan
from arusha.plans.sheets.rows import put_row
from arusha.plans.tables.tracking import COLUMNS, TOLD, Spot, spots
from arusha.plans.wording import DIRECTION_NAMES, said_of
from arusha.ui.look import LOOK
from questionnaires.problems import N_

OWN = ("arusha:indicator", "arusha:period", "arusha:target", "arusha:actual")  # the hidden columns
MARKS = "_tracking"  # the hidden sheet
FORM = "arusha tracking table 1"
WIDTHS = (7, 36, 10, 24, 10, 11, 10, 10, 12, 24, 30, 26)
FIGURES = ("baseline", "target", "actual")
GENERAL = "General"
HELP = N_(
    "Fill in targets and actuals with the day and the source of each actual, then read the table back. "
    "Whoever changes a value that is there gives the reason."
)


def write(t: Translator, plan: Plan, today: date) -> bytes:
    """Return the workbook (xlsx) of a plan's tracking table in the reader's language, written on a day."""
    book = new_book(t("Indicator tracking table: {title}", title=plan.header.title))
    page = t("Page {page} of {pages}", page="{page}", pages="{pages}")
    footer = Footer(plan.header.title, today.isoformat(), page)
    sheet = add_sheet(book, t("Tracking table"), t.language, footer)
    columns = _columns(t)
    set_widths(sheet, columns)
    row = put_line(sheet, 1, plan.header.title, columns, LOOK.heading, size=16, bold=True)
    row = put_line(sheet, row, said_of(t, plan), columns, LOOK.quiet)
    row = put_line(sheet, row, t(HELP), columns, LOOK.quiet) + 1
    _head(sheet, row, columns)
    _rows(sheet, row + 1, columns, spots(plan), t)
    _marks(book, plan)
    return finished(book)


def _columns(t: Translator) -> list[Column]:
    named = zip(COLUMNS.items(), WIDTHS, strict=True)
    return [Column(t(name), width, figures=key in FIGURES) for (key, name), width in named]


def _head(sheet: Worksheet, row: int, columns: list[Column]) -> None:
    put_headings(sheet, row, columns, LOOK)
    freeze_below(sheet, row, 2)
    for number, name in enumerate(OWN, start=len(columns) + 1):
        put_text(sheet.cell(row, number), name)
        sheet.column_dimensions[get_column_letter(number)].hidden = True


def _rows(sheet: Worksheet, row: int, columns: list[Column], found: Iterable[Spot], t: Translator) -> None:
    first = row
    quiet = [key in TOLD for key in COLUMNS]
    for spot in found:
        put_row(sheet, row, columns, _values(spot, t), quiet)
        entries = [str(one.number) if one else "0" for one in (spot.target, spot.actual)]
        for number, text in enumerate((spot.indicator.id, spot.period.key, *entries), start=len(columns) + 1):
            put_text(sheet.cell(row, number), text)
        row += 1
    letter = get_column_letter(len(columns))
    sheet.print_area = f"A1:{letter}{max(row - 1, first)}"
    sheet.auto_filter.ref = f"A{first - 1}:{letter}{max(row - 1, first)}"


def _values(spot: Spot, t: Translator) -> list[Value]:
    indicator, actual = spot.indicator, spot.actual
    there = actual if actual is not None and actual.value is not None else None
    return [
        indicator.number,
        indicator.title,
        indicator.unit,
        t(DIRECTION_NAMES[indicator.direction]),
        _number(spot.baseline),
        spot.period.label,
        _number(spot.target),
        _number(actual),
        day(there.on if there else None),
        there.source if there else "",
        there.note if there else "",
        "",
    ]


def _number(figure: Figure | None) -> Number:
    return Number(figure.value if figure else None, GENERAL)


def _marks(book: Workbook, plan: Plan) -> None:
    sheet = book.create_sheet(MARKS)
    sheet.sheet_state = "hidden"
    for column, text in enumerate((FORM, plan.id, str(plan.version)), start=1):
        put_text(sheet.cell(1, column), text)
