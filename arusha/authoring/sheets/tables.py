"""Writing one sheet: head, rows, spare rows, what may be chosen in a cell, and which cells may be changed."""

from collections.abc import Iterator, Sequence
from copy import copy

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from arusha.authoring.lists import joined
from arusha.authoring.sheets.columns import (
    FIRST,
    HEADINGS,
    KEYS,
    MOST_SHOWN,
    NO,
    YES,
    Column,
    Live,
    Plan,
    Row,
    Takes,
    Value,
)
from arusha.exchange import look as looks
from arusha.exchange.cells import Number, put_number, put_text, storable
from arusha.exchange.sheets import LINE, Footer, add_sheet, freeze_below
from arusha.exchange.tables import lines_of
from arusha.i18n import Translator
from arusha.ui.look import LOOK

HIGHEST = 400.0  # points; a row can be 409 high
TEXT, WHOLE, GENERAL = "@", "0", "General"
FORMATS = {Takes.WHOLE: WHOLE, Takes.NUMBER: GENERAL, Takes.AID: GENERAL}


def write(book: Workbook, t: Translator, plan: Plan, rows: Sequence[Row], footer: Footer) -> Worksheet:
    """Write a sheet with its rows and its spare rows; return it."""
    sheet = add_sheet(book, plan.name, "", footer)
    _head(sheet, t, plan)
    wardrobe = Wardrobe()
    for number, row in enumerate(rows, start=FIRST):
        _row(sheet, number, plan, row, wardrobe)
    end = FIRST + len(rows) + plan.spare - 1
    for number in range(FIRST + len(rows), end + 1):
        _spare(sheet, number, plan, wardrobe)
    _choices(sheet, t, plan, max(end, FIRST))
    protect(sheet)
    sheet.auto_filter.ref = f"A{KEYS}:{get_column_letter(len(plan.columns))}{max(end, FIRST)}"
    freeze_below(sheet, KEYS, plan.frozen)
    sheet.print_title_rows = f"{HEADINGS}:{KEYS}"
    return sheet


def protect(sheet: Worksheet) -> None:
    """Lock what is not meant to be changed, without a password; columns and rows may still be sized."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = False


def _head(sheet: Worksheet, t: Translator, plan: Plan) -> None:
    for row, text, size in ((1, t(plan.title, language=plan.name), 16), (2, t(plan.help), 10)):
        put_text(sheet.cell(row, 1), text)
        looks.write_in(sheet.cell(row, 1), LOOK.heading if row == 1 else LOOK.quiet, size=size, bold=row == 1)
    sheet.row_dimensions[1].height = 26
    lines = 1
    for number, column in enumerate(plan.columns, start=1):
        heading, key = sheet.cell(HEADINGS, number), sheet.cell(KEYS, number)
        put_text(heading, t(column.heading))
        put_text(key, column.key)
        looks.write_in(heading, LOOK.on_heading, bold=True)
        looks.fill(heading, LOOK.heading)
        looks.write_in(key, LOOK.quiet, size=8)
        looks.fill(key, LOOK.pale)
        for cell in (heading, key):
            looks.place(cell, across="left", down="center", indent=1)
        lines = max(lines, len(lines_of(t(column.heading), column.width - 2)))
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.row_dimensions[HEADINGS].height = lines * LINE + 4


class Wardrobe:
    """How cells look, each way made once and then copied: thousands of cells share a few."""

    def __init__(self) -> None:
        self._made: dict[tuple[Takes, bool, bool], Cell] = {}

    def dress(self, cell: Cell, column: Column, *, is_locked: bool, is_bold: bool = False) -> None:
        """Make a cell look as its column does, locked or not."""
        way = column.takes, is_locked, is_bold
        if way in self._made:
            cell._style = copy(self._made[way]._style)
        else:
            _dress(cell, column, is_locked=is_locked, is_bold=is_bold)
            self._made[way] = cell


def _row(sheet: Worksheet, number: int, plan: Plan, row: Row, wardrobe: Wardrobe) -> None:
    lines = 1
    for place, column in enumerate(plan.columns, start=1):
        cell, value = sheet.cell(number, place), row.get(column.key)
        is_locked = column.locked or bool(row.get("locked")) or column.takes is Takes.AID
        wardrobe.dress(cell, column, is_locked=is_locked, is_bold=bool(row.get("bold")))
        _put(cell, column, value)
        shown = _shown(value)
        if not column.hidden and shown:
            lines = max(lines, len(lines_of(storable(shown), column.width - 2)))
    sheet.row_dimensions[number].height = min(HIGHEST, lines * LINE + 4)


def _spare(sheet: Worksheet, number: int, plan: Plan, wardrobe: Wardrobe) -> None:
    for place, column in enumerate(plan.columns, start=1):
        is_aid = column.takes is Takes.AID or column.hidden
        wardrobe.dress(sheet.cell(number, place), column, is_locked=is_aid)


def _shown(value: Value) -> str:
    match value:
        case Live():
            return value.shown
        case str():
            return value
        case tuple() | list():
            return joined(value)
    return ""


def _dress(cell: Cell, column: Column, *, is_locked: bool, is_bold: bool) -> None:
    cell.protection = Protection(locked=is_locked)
    cell.number_format = FORMATS.get(column.takes, TEXT)
    looks.write_in(cell, LOOK.quiet if is_locked else LOOK.ink, bold=is_bold)
    looks.underline(cell, LOOK.line)
    if is_locked:
        looks.fill(cell, LOOK.band)
    is_figure = column.takes in (Takes.NUMBER, Takes.WHOLE, Takes.TRUTH)
    looks.place(cell, across="center" if is_figure else "left", indent=not is_figure)


def underline_strongly(cell: Cell) -> None:
    """Draw the line that ends a group of rows."""
    looks.underline(cell, LOOK.pale, "medium")


def _put(cell: Cell, column: Column, value: Value) -> None:
    match value:
        case None | "":
            return
        case Live():
            cell.value = value.formula
        case bool():
            put_text(cell, YES if value else NO)
        case int() | float():
            put_number(cell, Number(value, FORMATS[column.takes]))
        case str():
            put_text(cell, value)
        case _:
            put_text(cell, joined(value))


def _choices(sheet: Worksheet, t: Translator, plan: Plan, end: int) -> None:
    for number, column in enumerate(plan.columns, start=1):
        rule = _rule(t, column)
        if rule is not None:
            letter = get_column_letter(number)
            rule.add(f"{letter}{FIRST}:{letter}{end}")
            sheet.add_data_validation(rule)


def _rule(t: Translator, column: Column) -> DataValidation | None:
    """Return what a spreadsheet offers and says at a cell; a slip is said there, and refused when reading."""
    rule = DataValidation(allow_blank=True, errorStyle="warning")
    formulas = list(_formulas(column))
    if formulas:
        rule.type, rule.formula1, *rest = formulas
        rule.operator, rule.formula2 = ("between", rest[0]) if rest else (None, None)
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = (
            column.key[:30],
            t("This is not possible here; reading would refuse it."),
        )
    if column.help and not column.hidden:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.key[:30], _short(_help(t, column))
    return rule if formulas or column.help else None


def _help(t: Translator, column: Column) -> str:
    words = ", ".join(column.words) if column.takes is Takes.LIST else ""
    return f"{t(column.help)}\n{words}" if words else t(column.help)


def _short(text: str) -> str:
    clean = storable(text)
    return clean if len(clean) <= MOST_SHOWN else f"{clean[:MOST_SHOWN].rpartition(' ')[0]} …"


def _formulas(column: Column) -> Iterator[str]:
    """Yield the kind of rule and its one or two formulas; nothing for a column that takes any text."""
    words = (YES, NO) if column.takes is Takes.TRUTH else column.words
    listed = '"' + ",".join(words) + '"'
    if column.takes is Takes.LIST:
        return
    if column.source:
        yield from ("list", column.source)
    elif words and len(listed) <= 255 and not any(set(word) & set('",') for word in words):
        yield from ("list", listed)
    elif column.takes is Takes.NUMBER:
        yield from ("decimal", repr(column.least), repr(column.most))
    elif column.takes is Takes.WHOLE:
        yield from ("whole", repr(column.least), repr(column.most))
