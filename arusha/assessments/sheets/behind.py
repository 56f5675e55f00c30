"""The table behind the charts: how many practices stand at which step, and how far values could still go."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments.sheets.content import Content
from arusha.exchange.cells import ONE_DECIMAL, Number, Value
from arusha.exchange.charts import Range
from arusha.exchange.sheets import break_page
from arusha.exchange.tables import Column, put_headings, put_line, put_row
from arusha.ui.look import LOOK
from arusha.ui.theme import step_colour
from scoring.profile import FactorResult, shown

OTHER_SCALE, OPEN, NOT_APPLICABLE = "other_scale", "open", "not_applicable"

Kind = tuple[str | int, str, str]  # step number or state, in words, its colour


@dataclass(frozen=True)
class Behind:
    """Where the table's cells are: the factors' names, what is counted beside them, and the reach."""

    names: Range
    kinds: Sequence[Kind]
    fall: Range | None
    rise: Range | None


def write(sheet: Worksheet, row: int, columns: Sequence[Column], content: Content) -> Behind:
    """Write the table on a page of its own, in the columns of the sheet; return where it is."""
    t, kinds = content.t, _kinds(content)
    still_open = any(factor.answered < factor.applicable for factor in content.profile.factors)
    break_page(sheet, row)
    title = t("Behind the charts: number of practices by step")
    row = put_line(sheet, row, title, columns, LOOK.heading, size=14, bold=True)
    heads = [replace(columns[0], heading=""), columns[1], *_heads(kinds, content, still_open=still_open)]
    first = below = put_headings(sheet, row, heads, LOOK)
    for factor in content.profile.factors:
        below = put_row(sheet, below, heads, _row(factor, kinds, content, still_open=still_open), LOOK)
    note = t("Many practices in the first columns: rules that are not lived.")
    put_line(sheet, below, note, columns, LOOK.quiet, size=10)
    names = Range(sheet, 2, first, below - 1)
    fall, rise = (replace(names, column=len(heads) - back) if still_open else None for back in (1, 0))
    return Behind(names, kinds, fall, rise)


def _heads(kinds: Sequence[Kind], content: Content, *, still_open: bool) -> list[Column]:
    t = content.t
    reach = [t("Value could still fall by"), t("Value could still rise by")] if still_open else []
    return [Column(said, 11, figures=True) for said in [*(said for _, said, _ in kinds), *reach]]


def _row(factor: FactorResult, kinds: Sequence[Kind], content: Content, *, still_open: bool) -> list[Value]:
    counts = _count(factor, content)
    figures: list[Value] = [Number(counts[kind]) for kind, _, _ in kinds]
    reach = _reach(factor, content) if still_open else []
    return ["", content.short(factor), *figures, *reach]


def _reach(factor: FactorResult, content: Content) -> list[Number]:
    """Return how far open practices could still take a factor's value down and up, as displayed."""
    if factor.value is None:
        return [Number(None), Number(None)]
    figures = (factor.low, factor.value, factor.high)
    low, value, high = (shown(figure, content.top + 1) or Decimal(0) for figure in figures)
    return [Number(float(value - low), ONE_DECIMAL), Number(float(high - value), ONE_DECIMAL)]


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
