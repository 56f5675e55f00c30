"""The classic work plan table on a sheet: a heading row for each goal, its activities, its expected impact.

A hidden column bears the permanent id of each row, so that rows can be sorted and numbers shift. A hidden
sheet says of which version of which plan the table is, and what stood in it when it was written.
"""

from collections.abc import Iterator
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange import look as looks
from arusha.exchange.cells import put_text
from arusha.exchange.finishing import finished
from arusha.exchange.sheets import LINE, Footer, add_sheet, freeze_below, new_book
from arusha.exchange.tables import Column, lines_of, put_headings, put_line, set_widths
from arusha.i18n import Translator
from arusha.plans.model import STATUSES, Plan
from arusha.plans.sheets.rows import HIGHEST, put_row
from arusha.plans.tables.work_plan import COLUMNS, IMPACT, Line, Section, Table, of_plan
from arusha.plans.wording import STATUS_NAMES, said_of
from arusha.ui.look import LOOK

IDS = "arusha:id"  # heading of the hidden column
MARKS = "_work_plan"  # the hidden sheet
FORM = "arusha work plan 1"  # what its first cell says; another form is not believed
GOAL, ACTIVITY, IMPACT_ROW = "goal", "activity", "impact"
WIDTHS = (7, 38, 26, 34, 13, 36, 34)
FIELDS = (*COLUMNS, "goal")  # what the hidden sheet keeps of an activity


def write(t: Translator, plan: Plan, today: date) -> bytes:
    """Return the workbook (xlsx) of a plan's work plan table in the reader's language, written on a day.

    Raises ``Refused`` for a text that is longer than a cell.
    """
    table = of_plan(plan)
    book = new_book(t("Work plan: {title}", title=plan.header.title))
    sheet = add_sheet(book, t("Work plan"), t.language, _footer(t, plan, today))
    columns = _columns(t)
    set_widths(sheet, columns)
    row = put_line(sheet, 1, plan.header.title, columns, LOOK.heading, size=16, bold=True)
    row = put_line(sheet, row, said_of(t, plan), columns, LOOK.quiet) + 1
    _head(sheet, row, columns)
    last = _sections(sheet, row + 1, columns, table, t)
    _choices(sheet, t, row + 1, last)
    _marks(book, table)
    return finished(book)


def _footer(t: Translator, plan: Plan, today: date) -> Footer:
    page = t("Page {page} of {pages}", page="{page}", pages="{pages}")
    return Footer(plan.header.title, today.isoformat(), page)


def _columns(t: Translator) -> list[Column]:
    names = [t(name) for name in COLUMNS.values()]
    return [Column(name, width) for name, width in zip(names, WIDTHS, strict=True)]


def _head(sheet: Worksheet, row: int, columns: list[Column]) -> None:
    put_headings(sheet, row, columns, LOOK)
    freeze_below(sheet, row, 2)
    hidden = len(columns) + 1
    put_text(sheet.cell(row, hidden), IDS)
    sheet.column_dimensions[get_column_letter(hidden)].hidden = True
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{sheet.max_row}"


def _sections(sheet: Worksheet, row: int, columns: list[Column], table: Table, t: Translator) -> int:
    """Write every goal; return the row below."""
    for section in table.sections:
        row = _goal(sheet, row, columns, section)
        for line in section.lines:
            row = _activity(sheet, row, columns, line, t)
        row = _impact(sheet, row, columns, section, t)
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{row}"
    return row


def _goal(sheet: Worksheet, row: int, columns: list[Column], section: Section) -> int:
    _across(sheet, row, columns, (section.number, section.title), 1, LOOK.band)
    put_text(sheet.cell(row, len(columns) + 1), f"{GOAL}:{section.id}")
    return row + 1


def _impact(sheet: Worksheet, row: int, columns: list[Column], section: Section, t: Translator) -> int:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    _across(sheet, row, columns, (t(IMPACT), section.impact), 2, "")
    put_text(sheet.cell(row, len(columns) + 1), f"{IMPACT_ROW}:{section.id}")
    return row + 1


def _across(
    sheet: Worksheet, row: int, columns: list[Column], texts: tuple[str, str], label: int, fill: str
) -> None:
    """Write a label over so many columns, and a text across the others."""
    width = sum(column.width for column in columns[label:])
    for place, text in zip((1, label + 1), texts, strict=True):
        cell = sheet.cell(row, place)
        put_text(cell, text)
        looks.write_in(cell, LOOK.ink, bold=bool(fill) or place == 1)
        looks.place(cell, across="left", down="center", indent=1)
        if fill:
            looks.fill(cell, fill)
    sheet.merge_cells(start_row=row, start_column=label + 1, end_row=row, end_column=len(columns))
    sheet.row_dimensions[row].height = min(HIGHEST, LINE * len(lines_of(texts[1], width)) + 6)


def _activity(sheet: Worksheet, row: int, columns: list[Column], line: Line, t: Translator) -> int:
    texts = [str(getattr(line, key)) for key in COLUMNS]
    if line.status:
        texts[list(COLUMNS).index("status")] = t(STATUS_NAMES[line.status])  # type: ignore[index]
    put_row(sheet, row, columns, texts)
    put_text(sheet.cell(row, len(columns) + 1), f"{ACTIVITY}:{line.id}")
    return row + 1


def _choices(sheet: Worksheet, t: Translator, first: int, last: int) -> None:
    """Offer the statuses in their column; synonyms may be typed."""
    words = ",".join(t(STATUS_NAMES[status]) for status in STATUSES)
    rule = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(list(COLUMNS).index("status") + 1)
    rule.add(f"{letter}{first}:{letter}{last + 50}")
    sheet.add_data_validation(rule)


def _marks(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(MARKS)
    sheet.sheet_state = "hidden"
    mark = table.mark
    rows: list[tuple[str, ...]] = [(FORM, mark.plan if mark else "", str(mark.version) if mark else "")]
    rows += _written(table)
    for number, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            if text:
                put_text(sheet.cell(number, column), text)


def _written(table: Table) -> Iterator[tuple[str, ...]]:
    for section in table.sections:
        yield (GOAL, section.id, section.number, section.title, section.impact)
        for line in section.lines:
            yield (ACTIVITY, line.id, *(str(getattr(line, field)) for field in FIELDS))
