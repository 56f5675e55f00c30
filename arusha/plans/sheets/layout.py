"""What the sheets of a plan's export share: a title, how to read it, a table that filters, colours."""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import Number, Value
from arusha.exchange.long_tables import LongTable
from arusha.exchange.marking import Mark, mark_words
from arusha.exchange.sheets import add_sheet, freeze_below
from arusha.exchange.tables import Column, put_headings, put_line, set_widths
from arusha.i18n import Translator
from arusha.plans.model import STATUSES
from arusha.plans.progress.standings import NAMES, READ_WITH_CARE
from arusha.plans.sheets.content import Content
from arusha.plans.wording import STATUS_NAMES
from arusha.ui.look import LOOK
from arusha.ui.theme import AMBER, GREY, RED, SAND, TEAL

MONEY = "#,##0.00"
STANDING_MARKS = {
    "on_track": Mark(TEAL, "#E3F0F2"),
    "at_risk": Mark(AMBER, "#FBEFE0"),
    "off_track": Mark(RED, "#F8E4E4"),
    "no_data": Mark(GREY),
}
STATUS_MARKS = {
    "done": Mark(TEAL, "#E3F0F2"),
    "paused": Mark(AMBER, "#FBEFE0"),
    "dropped": Mark(GREY, SAND),
}


def figure(value: float | None) -> Number:
    """Return a value of an indicator: whole numbers whole, others to three decimals, extreme ones as is."""
    if value is None or (value and not 0.01 <= abs(value) < 1e6):
        return Number(value, "General")
    return Number(value, "#,##0" if value == int(value) else "#,##0.0##")


def sheet_of(content: Content, name: str, columns: Sequence[Column]) -> Worksheet:
    """Add a sheet with columns of these widths."""
    sheet = add_sheet(content.book, name, content.t.language, content.footer)
    set_widths(sheet, columns)
    return sheet


def put_head(sheet: Worksheet, title: str, columns: Sequence[Column], notes: Iterable[str] = ()) -> int:
    """Write the title of a sheet and how to read it; return the row below, which is left empty."""
    across = columns[:MOST_ACROSS]
    row = put_line(sheet, 1, title, across, LOOK.heading, size=16, bold=True)
    for note in notes:
        row = put_line(sheet, row, note, across, LOOK.quiet, size=10)
    return row + 1


MOST_ACROSS = 8  # columns that a line of text takes: more are not seen at once


def put_table(
    content: Content,
    sheet: Worksheet,
    row: int,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    frozen: int,
) -> LongTable:
    """Write a table that can be filtered, its head and ``frozen`` columns in sight; return it."""
    table = begin_table(content, sheet, row, columns)
    for values in rows:
        table.put(values)
    end_table(table, frozen)
    return table


def begin_table(content: Content, sheet: Worksheet, row: int, columns: Sequence[Column]) -> LongTable:
    """Write the headings of a table; its rows are put into what is returned."""
    table = LongTable(sheet, columns, LOOK, put_headings(sheet, row, columns, LOOK))
    content.tables.append(table)
    return table


def end_table(table: LongTable, frozen: int) -> None:
    """Let a table be filtered, with its head and ``frozen`` columns in sight."""
    head = table.first - 1
    freeze_below(table.sheet, head, frozen)
    table.sheet.auto_filter.ref = f"A{head}:{table.last_column}{max(head, table.below - 1)}"


def cells_of(table: LongTable, column: int) -> str:
    """Return the cells of a column of a table, counted from 1, as ``C5:C90``."""
    letter = get_column_letter(column)
    return f"{letter}{table.first}:{letter}{max(table.first, table.below - 1)}"


def mark_standings(sheet: Worksheet, cells: str, t: Translator) -> None:
    """Colour the words of standings."""
    marks = {t(NAMES[standing]): STANDING_MARKS[standing] for standing in NAMES}
    mark_words(sheet, cells, {**marks, t(READ_WITH_CARE): STANDING_MARKS["no_data"]})


def mark_statuses(
    sheet: Worksheet, cells: str, t: Translator, further: Mapping[str, Mark] | None = None
) -> None:
    """Colour the words of activities' statuses."""
    marks = {t(STATUS_NAMES[status]): STATUS_MARKS[status] for status in STATUSES if status in STATUS_MARKS}
    mark_words(sheet, cells, {**marks, **(further or {})})
