"""The charts of a profile's workbook: values, radar, and "from paper to practice"."""

from collections.abc import Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments.sheets import behind
from arusha.assessments.sheets.behind import NOT_APPLICABLE, OPEN, Behind
from arusha.assessments.sheets.content import Content
from arusha.exchange import charts
from arusha.exchange.charts import Line, Picture, Range
from arusha.exchange.sheets import break_page, page_height, rows_high
from arusha.exchange.tables import Column, left_edges
from arusha.ui.look import LOOK
from arusha.ui.theme import ink_on

VALUE, PREVIOUS = 3, 7  # columns of the table of factors
GAP = 0.3  # centimetres between two charts


def write(sheet: Worksheet, row: int, columns: Sequence[Column], first: int, content: Content) -> None:
    """Write a page of charts from ``row`` on, of the table whose first factor is in row ``first``.

    The table behind them follows on the next page.
    """
    upper, lower = _heights(columns, content)
    below = row + 1 + rows_high(upper + GAP)
    break_page(sheet, row)
    table = behind.write(sheet, below + rows_high(lower) + 1, columns, content)
    voices = _voices(
        replace(table.names, column=VALUE, first=first, last=first + table.names.length - 1), table, content
    )
    edges = left_edges(columns)
    middle = next(number for number, edge in enumerate(edges) if edge >= edges[-1] / 2)
    left, right = edges[middle] - GAP, edges[-1] - edges[middle]
    _bars(sheet, f"A{row + 1}", (left, upper), table, voices, content)
    _radar(sheet, f"{get_column_letter(middle + 1)}{row + 1}", (right, upper), table, voices, content)
    _paper(sheet, f"A{below}", (edges[-1], lower), table, content)


def _heights(columns: Sequence[Column], content: Content) -> tuple[float, float]:
    """Return the heights of the upper and the lower charts: a page together, more for many factors."""
    page, factors = page_height(left_edges(columns)[-1]) - 1.5, len(content.profile.factors)
    return max(page * 0.53, 2.6 + 0.8 * factors), max(page * 0.47, 2.6 + 0.6 * factors)


Size = tuple[float, float]  # width and height in centimetres


def _bars(
    sheet: Worksheet, place: str, size: Size, table: Behind, voices: Sequence[Line], content: Content
) -> None:
    axis = content.axis()
    if table.rise is not None:
        axis += "\n" + content.t("Whisker: what open practices could still make of it")
    picture = Picture(content.t("Value of each factor"), axis, *size, LOOK)
    sheet.add_chart(charts.bars(picture, table.names, voices, float(content.top)), place)


def _radar(
    sheet: Worksheet, place: str, size: Size, table: Behind, voices: Sequence[Line], content: Content
) -> None:
    picture = Picture(content.t("The factors at a glance"), "", *size, LOOK)
    sheet.add_chart(charts.radar(picture, table.names, voices, float(content.top)), place)


def _paper(sheet: Worksheet, place: str, size: Size, table: Behind, content: Content) -> None:
    title = content.t("From paper to practice: applicable practices by step")
    axis = content.t("share of the applicable practices; the numbers count them")
    sheet.add_chart(charts.stacked(Picture(title, axis, *size, LOOK), table.names, _parts(table)), place)


def _voices(values: Range, table: Behind, content: Content) -> list[Line]:
    """Return the values of this round, and of the round before if there is one."""
    year = str(content.exported.seen.round.year)
    own = Line(year, values, LOOK.strong, label_ink=ink_on(LOOK.strong), fall=table.fall, rise=table.rise)
    if content.previous is None:
        return [own]
    before = replace(values, column=PREVIOUS)
    return [own, Line(content.previous_year, before, LOOK.pale, outline=LOOK.quiet, dashed=True)]


def _parts(table: Behind) -> list[Line]:
    """Return each step, and what is open or on another scale; what is not applicable is no part."""
    parts = []
    for column, (kind, said, colour) in enumerate(table.kinds, start=table.names.column + 1):
        if kind == NOT_APPLICABLE:
            continue
        cells, is_open = replace(table.names, column=column), kind == OPEN
        outline = LOOK.quiet if is_open else ""
        parts.append(Line(said, cells, colour, outline, label_ink=ink_on(colour), hatched=is_open))
    return parts
