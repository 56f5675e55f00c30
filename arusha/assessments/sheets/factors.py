"""The table of factors: which figures it holds, the factors' rows, and the overall row apart from them."""

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments import frames
from arusha.assessments.sheets.content import Content, exact
from arusha.exchange import look as looks
from arusha.exchange.cells import CHANGE, PERCENT, Number, Value
from arusha.exchange.tables import Column, heighten, put_row
from arusha.ui.look import LOOK
from scoring.profile import FactorResult, Overall, shown


@dataclass(frozen=True)
class Figure:
    """A column of the table of factors: what it says of a factor, and of the whole."""

    column: Column
    of: Callable[[FactorResult], Value]
    overall: Callable[[Overall], Value] = lambda _whole: ""


def figures_of(content: Content) -> list[Figure]:
    """Return the columns of the table, those of the round before only when there is one."""
    return [*_on_steps(content), *_since(content), *_counts(content), *_unrounded(content)]


def _on_steps(content: Content) -> list[Figure]:
    t, on_steps = content.t, content.on_steps
    return [
        Figure(Column(t("No."), 6, figures=True), lambda f: Number(content.number(f))),
        Figure(Column(t("Factor"), 40), content.name, lambda _: t("Overall, a convenience")),
        Figure(
            Column(t("Value"), 11, figures=True), lambda f: on_steps(f.value), lambda o: on_steps(o.value)
        ),
        Figure(
            Column(t("Lowest possible"), 11, figures=True),
            lambda f: on_steps(f.low),
            lambda o: on_steps(o.low),
        ),
        Figure(
            Column(t("Highest possible"), 11, figures=True),
            lambda f: on_steps(f.high),
            lambda o: on_steps(o.high),
        ),
        Figure(Column(t("Level"), 11, figures=True), lambda f: Number(f.level)),
    ]


def _since(content: Content) -> list[Figure]:
    """Return what the round before adds: its value if it asked the same, and how far the same moved."""
    t, earlier, previous = content.t, content.exported.before, content.previous
    if earlier is None:
        return []
    moved = {move.factor: move.change for move in frames.moves(earlier.linked(content.exported.seen))}
    change = Column(t("Change, same practices"), 11, figures=True)
    changes = Figure(change, lambda f: _change(moved.get(f.id), content))
    if previous is None:
        return [changes]
    before = {factor.id: factor.value for factor in previous.factors}
    return [
        Figure(
            Column(t("Value {year}", year=content.previous_year), 11, figures=True),
            lambda f: content.on_steps(before.get(f.id)),
            lambda _: content.on_steps(previous.overall.value),
        ),
        changes,
    ]


def _change(change: float | None, content: Content) -> Number:
    if change is None:
        return Number(None, CHANGE)
    size = float(shown(abs(change), content.top + 1) or 0)
    return Number((size if change > 0 else -size) or 0.0, CHANGE)


def _counts(content: Content) -> list[Figure]:
    t = content.t
    answered = Column(t("Answered, by weight"), 11, figures=True)
    return [
        Figure(answered, lambda f: Number(f.coverage, PERCENT), lambda o: Number(o.coverage, PERCENT)),
        Figure(Column(t("Practices answered"), 11, figures=True), lambda f: Number(f.answered)),
        Figure(Column(t("Practices applicable"), 11, figures=True), lambda f: Number(f.applicable)),
        Figure(Column(t("Not applicable"), 11, figures=True), lambda f: Number(f.not_applicable)),
        Figure(
            Column(t("Of the gap, outside Customs"), 11, figures=True), lambda f: Number(f.outside, PERCENT)
        ),
    ]


def _unrounded(content: Content) -> list[Figure]:
    t = content.t
    return [
        Figure(Column(t("Value 0–1"), 11, figures=True), lambda f: exact(f.value), lambda o: exact(o.value)),
        Figure(Column(t("Lowest 0–1"), 11, figures=True), lambda f: exact(f.low), lambda o: exact(o.low)),
        Figure(Column(t("Highest 0–1"), 11, figures=True), lambda f: exact(f.high), lambda o: exact(o.high)),
    ]


def put_factors(sheet: Worksheet, row: int, figures: list[Figure], content: Content) -> int:
    """Write a row for each factor; return the row below."""
    columns = [figure.column for figure in figures]
    for factor in content.profile.factors:
        below = put_row(sheet, row, columns, [figure.of(factor) for figure in figures], LOOK)
        looks.write_in(sheet.cell(row, 3), LOOK.strong, bold=True)
        for number in range(len(figures) - 2, len(figures) + 1):
            looks.write_in(sheet.cell(row, number), LOOK.quiet)
        row = below
    return row


def put_overall(sheet: Worksheet, row: int, figures: list[Figure], content: Content) -> int:
    """Write the overall figure apart from the ten: they are the result; return the row below."""
    columns = [figure.column for figure in figures]
    heighten(sheet, row, 6)
    row += 1
    below = put_row(
        sheet, row, columns, [figure.overall(content.profile.overall) for figure in figures], LOOK
    )
    for number in range(1, len(figures) + 1):
        cell = sheet.cell(row, number)
        looks.fill(cell, LOOK.band)
        looks.write_in(cell, LOOK.quiet, italic=True)
    return below
