"""The first sheet: which questionnaire this is, what its steps mean, what to show, its factors."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange import look as looks
from arusha.exchange.cells import Number
from arusha.exchange.tables import Column, put_headings, put_line, put_row
from arusha.reference import wording
from arusha.reference.content import Content
from arusha.reference.rules import is_ours
from arusha.reference.sheets.layout import sheet_of
from arusha.ui.look import LOOK
from arusha.ui.theme import ink_on, step_colour
from questionnaires.model import Scale

WIDTHS = (7, 34, 54, 54, 12)


def write(book: Workbook, content: Content) -> None:
    """Write the sheet."""
    t = content.t
    columns = [Column("", width) for width in WIDTHS]
    sheet = sheet_of(book, t("How to read"), content, columns)
    row = put_line(sheet, 1, content.words.title, columns, LOOK.heading, size=18, bold=True)
    for said in (content.questionnaire.id, wording.own_scale(content.t), wording.reading(content.t)):
        row = put_line(sheet, row, said, columns, LOOK.quiet)
    for name, scale in content.scales():
        row = _scale(sheet, row + 1, content, name, scale)
    _factors(sheet, row + 1, content)


def _scale(sheet: Worksheet, row: int, content: Content, name: str, scale: Scale) -> int:
    t, showing = content.t, content.showing if is_ours(scale) else {}
    heads = (t("No."), t("Step"), t("What it means"), t("What to show a reviewer"), "")
    columns = [Column(h, w, figures=not n) for n, (h, w) in enumerate(zip(heads, WIDTHS, strict=True))]
    names, meanings = content.words.scales[name], content.words.meanings.get(name, {})
    row = put_headings(sheet, row, columns, LOOK)
    for number, step in enumerate(scale.steps):
        told = (names[step.id], meanings.get(step.id, ""), showing.get(step.id, ""), "")
        below = put_row(sheet, row, columns, [Number(number), *told], LOOK)
        colour = step_colour(number, len(scale.steps))
        looks.fill(sheet.cell(row, 1), colour)
        looks.write_in(sheet.cell(row, 1), ink_on(colour), bold=True)
        row = below
    return row


def _factors(sheet: Worksheet, row: int, content: Content) -> None:
    t = content.t
    heads = (t("No."), t("Factor"), t("What the factor asks for"), t("Practices"))
    widths = (*WIDTHS[:2], WIDTHS[2] + WIDTHS[3], WIDTHS[4])
    columns = [Column(h, w, figures=n in (0, 3)) for n, (h, w) in enumerate(zip(heads, widths, strict=True))]
    spread = [*columns[:3], Column("", 1), columns[3]]
    row = put_headings(sheet, row, spread, LOOK)
    sheet.merge_cells(start_row=row - 1, start_column=3, end_row=row - 1, end_column=4)
    for factor in content.questionnaire.factors:
        words, count = content.words.factors[factor.id], Number(len(factor.practices))
        below = put_row(sheet, row, spread, [Number(factor.number), words.name, words.asks, "", count], LOOK)
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=4)
        row = below
