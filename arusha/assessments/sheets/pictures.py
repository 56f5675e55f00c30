"""The charts of a profile's workbook: values, radar, and "from paper to practice" with its table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments.sheets.content import LOOK, Content
from arusha.exchange import charts
from arusha.exchange.cells import Number, Value
from arusha.exchange.charts import Line, Picture, Range
from arusha.exchange.sheets import (
    Column,
    break_page,
    left_edges,
    page_height,
    put_headings,
    put_line,
    put_row,
    rows_high,
)
from arusha.ui.theme import ink_on, step_colour
from scoring.profile import FactorResult, shown

VALUE, PREVIOUS = 3, 7  # columns of the table of factors
GAP = 0.3  # centimetres between two charts
OTHER_SCALE, OPEN, NOT_APPLICABLE = "other_scale", "open", "not_applicable"

Kind = tuple[str | int, str, str]  # step number or state, in words, its colour


def write(sheet: Worksheet, row: int, columns: Sequence[Column], first: int, content: Content) -> None:
    """Write a page of charts from ``row`` on, of the table whose first factor is in row ``first``.

    The table behind the last of them follows on the next page.
    """
    upper, lower = _heights(columns, content)
    edges = left_edges(columns)
    break_page(sheet, row)
    below = row + 1 + rows_high(upper + GAP)
    table = below + rows_high(lower) + 1
    names = _paper(sheet, below, table, columns, lower, content)
    middle = next(number for number, edge in enumerate(edges) if edge >= edges[-1] / 2)
    voices = _voices(sheet, first, first + len(content.profile.factors) - 1, content)
    left = Picture(content.t("Value of each factor"), content.axis(), edges[middle] - GAP, upper, LOOK)
    charts.put_chart(sheet, charts.bars(left, names, voices, float(content.top)), f"A{row + 1}")
    right = Picture(content.t("The factors at a glance"), "", edges[-1] - edges[middle], upper, LOOK)
    place = f"{get_column_letter(middle + 1)}{row + 1}"
    charts.put_chart(sheet, charts.radar(right, names, voices, float(content.top)), place)


def _heights(columns: Sequence[Column], content: Content) -> tuple[float, float]:
    """Return the heights of the upper and the lower charts: a page together, more for many factors."""
    page, factors = page_height(columns) - 1.5, len(content.profile.factors)
    return max(page * 0.53, 2.6 + 0.8 * factors), max(page * 0.47, 2.6 + 0.6 * factors)


def _voices(sheet: Worksheet, first: int, last: int, content: Content) -> list[Line]:
    """Return the values of this round, and of the round before if there is one."""
    year = str(content.exported.seen.round.year)
    own = Line(
        year,
        Range(sheet, VALUE, first, last),
        LOOK.strong,
        label_ink=ink_on(LOOK.strong),
        reach=[_reach(factor, content) for factor in content.profile.factors],
    )
    if content.previous is None:
        return [own]
    before = Range(sheet, PREVIOUS, first, last)
    return [own, Line(content.previous_year, before, LOOK.pale, outline=LOOK.quiet, dashed=True)]


def _reach(factor: FactorResult, content: Content) -> tuple[float, float]:
    """Return how far open practices could still take a factor's value down and up, as displayed."""
    low, value, high = (
        float(shown(v, content.top + 1) or 0) for v in (factor.low, factor.value, factor.high)
    )
    return (value - low, high - value) if factor.value is not None else (0.0, 0.0)


def _paper(
    sheet: Worksheet, row: int, table: int, columns: Sequence[Column], height: float, content: Content
) -> Range:
    """Write the chart from paper to practice, and its table from row ``table``; return the factors' names."""
    kinds = _kinds(content)
    names = _table(sheet, table, columns, kinds, content)
    picture = Picture(
        content.t("From paper to practice: applicable practices by step"),
        content.t("share of the applicable practices; the numbers count them"),
        left_edges(columns)[-1],
        height,
        LOOK,
    )
    chart = charts.stacked(picture, names, _parts(names, kinds))
    charts.put_chart(sheet, chart, f"A{row}")
    return names


def _table(
    sheet: Worksheet, row: int, columns: Sequence[Column], kinds: Sequence[Kind], content: Content
) -> Range:
    """Write how many practices of each factor stand where; return the cells with the factors' names."""
    t = content.t
    break_page(sheet, row)
    row = put_line(
        sheet,
        row,
        t("From paper to practice: number of practices"),
        columns,
        LOOK.heading,
        size=14,
        bold=True,
    )
    heads = [columns[0], columns[1], *(Column(said, 11, figures=True) for _, said, _ in kinds)]
    first = put_headings(sheet, row, heads, LOOK)
    below = first
    for factor in content.profile.factors:
        below = put_row(sheet, below, heads, _row(factor, [kind for kind, _, _ in kinds], content), LOOK)
    note = t("Many practices in the first columns: rules that are not lived.")
    put_line(sheet, below, note, columns, LOOK.quiet, size=10)
    return Range(sheet, 2, first, below - 1)


def _kinds(content: Content) -> list[Kind]:
    """Return what practices are sorted by: the steps, and each further state that occurs."""
    t, names = content.t, content.words.scales[content.scale_id]
    steps: list[Kind] = [
        (number, names[step.id], step_colour(number, content.top + 1))
        for number, step in enumerate(content.scale.steps)
    ]
    further = [
        (OTHER_SCALE, t("On another scale"), LOOK.line),
        (OPEN, t("Open"), LOOK.on_heading),
        (NOT_APPLICABLE, t("Not applicable"), ""),
    ]
    found = {kind for factor in content.profile.factors for kind in _count(factor, content)}
    return steps + [kind for kind in further if kind[0] in found]


def _count(factor: FactorResult, content: Content) -> Counter[str | int]:
    counts: Counter[str | int] = Counter()
    for trace in factor.practices:
        if trace.state == "not_applicable":
            counts[NOT_APPLICABLE] += 1
        elif trace.state != "answered" or trace.number is None:
            counts[OPEN] += 1
        elif content.questionnaire.practices[trace.id].scale != content.scale_id:
            counts[OTHER_SCALE] += 1
        else:
            counts[trace.number] += 1
    return counts


def _row(factor: FactorResult, kinds: Sequence[str | int], content: Content) -> list[Value]:
    counts = _count(factor, content)
    return [Number(content.number(factor)), content.short(factor), *(Number(counts[kind]) for kind in kinds)]


def _parts(names: Range, kinds: Sequence[Kind]) -> list[Line]:
    lines = []
    for column, (kind, said, colour) in enumerate(kinds, start=names.column + 1):
        if kind == NOT_APPLICABLE:
            continue
        cells, is_open = replace(names, column=column), kind == OPEN
        outline = LOOK.quiet if is_open else ""
        lines.append(Line(said, cells, colour, outline, label_ink=ink_on(colour), hatched=is_open))
    return lines
