"""The charts of a plan's export: the two clocks by goal, the standings by goal, the benchmarks by year."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange import charts
from arusha.exchange.charts import Line, Picture, Range
from arusha.exchange.sheets import break_page, page_height, rows_high
from arusha.exchange.tables import Column, left_edges
from arusha.plans.sheets import behind
from arusha.plans.sheets.behind import CARE, OUTCOMES, STANDINGS
from arusha.plans.sheets.content import Content
from arusha.ui.look import LOOK
from arusha.ui.theme import AMBER, GREY, LINE, RAMP, WHITE, ink_on

GAP = 0.3  # centimetres between two charts
DONE, MET = RAMP[2], RAMP[4]
COLOURS = {
    "on_track": RAMP[3],
    "at_risk": "#F0C48A",
    "off_track": AMBER,
    "no_data": WHITE,
    CARE: LINE,
    "met": RAMP[3],
    "missed": AMBER,
    "late": WHITE,
}
HATCHED = ("no_data", "late")
FIRST_SHARE, FIRST_STANDING, FIRST_OUTCOME = 3, 5, 3  # columns of the tables behind


def write(content: Content, sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """Write a page of charts from ``row`` on, with the tables behind them below; nothing without goals."""
    if not content.plan.goals:
        return
    edges = left_edges(columns)
    upper, lower = _heights(content, edges[-1])
    below = row + 1 + rows_high(upper + GAP)
    break_page(sheet, row)
    table = behind.write(content, sheet, below + rows_high(lower) + 1, columns)
    middle = next(number for number, edge in enumerate(edges) if edge >= edges[-1] / 2)
    left, right = edges[middle] - GAP, edges[-1] - edges[middle]
    sheet.add_chart(_clocks(content, (left, upper), table.goals), f"A{row + 1}")
    if content.plan.indicators:
        place = f"{get_column_letter(middle + 1)}{row + 1}"
        sheet.add_chart(_standings(content, (right, upper), table.goals), place)
        sheet.add_chart(_years(content, (edges[-1], lower), table.years), f"A{below}")


Chart = Any  # openpyxl has no types
Size = tuple[float, float]  # width and height in centimetres


def _heights(content: Content, width: float) -> Size:
    """Return the heights of the upper and the lower charts: a page together, more for many goals."""
    page, goals = page_height(width) - 1.5, len(content.plan.goals)
    return max(page * 0.58, 3 + 1.1 * goals), max(page * 0.42, 7.0)


def _clocks(content: Content, size: Size, goals: Range) -> Chart:
    t = content.t
    axis = t("share of the activities, and of the benchmarks whose day has come")
    title = t("The two clocks, by goal")
    picture = Picture(title, axis, *size, LOOK, unit=0.25, numbers="0%", labels="0%")
    lines = [
        Line(t("Activities done"), replace(goals, column=FIRST_SHARE), DONE, label_ink=ink_on(DONE)),
        Line(t("Benchmarks met"), replace(goals, column=FIRST_SHARE + 1), MET, label_ink=ink_on(MET)),
    ]
    return charts.bars(picture, goals, lines, 1.0)


def _standings(content: Content, size: Size, goals: Range) -> Chart:
    t = content.t
    picture = Picture(
        t("Where the indicators stand, by goal"),
        t("share of the indicators that are followed; the numbers count them"),
        *size,
        LOOK,
    )
    lines = _parts(content, goals, STANDINGS, FIRST_STANDING)
    return charts.stacked(picture, goals, lines)


def _years(content: Content, size: Size, years: Range) -> Chart:
    t = content.t
    picture = Picture(
        t("Benchmarks whose day has come, by year"),
        t("share of the benchmarks; the numbers count them"),
        *size,
        LOOK,
    )
    return charts.stacked(picture, years, _parts(content, years, OUTCOMES, FIRST_OUTCOME))


def _parts(content: Content, names: Range, said: dict[str, str], first: int) -> list[Line]:
    """Return each part of the bars, in words, hatched where nothing is known."""
    return [
        Line(
            content.t(name),
            replace(names, column=column),
            COLOURS[key],
            GREY if key in HATCHED else AMBER if key == "at_risk" else "",
            label_ink=ink_on(COLOURS[key]),
            hatched=key in HATCHED,
        )
        for column, (key, name) in enumerate(said.items(), start=first)
    ]
