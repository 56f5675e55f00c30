"""The first sheet: whose profile this is, the factors with their figures, and how to read them."""

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments import frames
from arusha.assessments.sheets import pictures
from arusha.assessments.sheets.content import LOOK, Content, exact
from arusha.exchange import look as looks
from arusha.exchange.cells import CHANGE, PERCENT, Number, Value, put
from arusha.exchange.sheets import Column, add_sheet, heighten, put_headings, put_line, put_row, set_widths
from arusha.ui.theme import ink_on, step_colour
from scoring.profile import FactorResult, Overall, shown


@dataclass(frozen=True)
class Figure:
    """A column of the table of factors: what it says of a factor, and of the whole."""

    column: Column
    of: Callable[[FactorResult], Value]
    overall: Callable[[Overall], Value] = lambda _whole: ""


def write(book: Workbook, content: Content) -> None:
    """Write the sheet, with the charts below the table."""
    sheet = add_sheet(book, content.t("Summary"), content.t.language, content.footer)
    figures = _figures(content)
    columns = [figure.column for figure in figures]
    set_widths(sheet, columns)
    row = _facts(sheet, _head(sheet, 1, columns, content), columns, content)
    first = put_headings(sheet, row + 1, columns, LOOK)
    row = _factors(sheet, first, figures, content)
    row = _overall(sheet, row, figures, content)
    row = _notes(sheet, row + 1, columns, content)
    row = _steps(sheet, row + 1, columns, content)
    if any(factor.answered for factor in content.profile.factors):
        pictures.write(sheet, row + 1, columns, first, content)


def _figures(content: Content) -> list[Figure]:
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
    """Return what the round before adds: its value, and how far the same practices moved."""
    t, previous = content.t, content.previous
    if previous is None:
        return []
    before = {factor.id: factor.value for factor in previous.factors}
    moved = {move.factor: move.change for move in frames.moves(content.profile, previous)}
    change = Column(t("Change, same practices"), 11, figures=True)
    return [
        Figure(
            Column(t("Value {year}", year=content.previous_year), 11, figures=True),
            lambda f: content.on_steps(before.get(f.id)),
            lambda _: content.on_steps(previous.overall.value),
        ),
        Figure(change, lambda f: _change(moved.get(f.id), content)),
    ]


def _change(change: float | None, content: Content) -> Number:
    if change is None:
        return Number(None, CHANGE)
    size = float(shown(abs(change), content.top + 1) or 0)
    return Number(size if change >= 0 else -size, CHANGE)


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


def _head(sheet: Worksheet, row: int, columns: list[Column], content: Content) -> int:
    t, year = content.t, content.exported.seen.round.year
    title = t("{administration}: integrity profile {year}", administration=content.administration, year=year)
    row = put_line(sheet, row, title, columns, LOOK.heading, size=18, bold=True)
    if content.fiction:
        row = put_line(sheet, row, content.fiction, columns, LOOK.on_heading, bold=True, fill=LOOK.warn)
    return row + 1


def _facts(sheet: Worksheet, row: int, columns: list[Column], content: Content) -> int:
    for label, said in _facts_of(content):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        cell = sheet.cell(row, 1)
        put(cell, label)
        looks.write_in(cell, LOOK.quiet)
        looks.place(cell, across="left", down="center")
        row = put_line(sheet, row, said, columns, LOOK.ink, first=3)
    return row


def _facts_of(content: Content) -> list[tuple[str, str]]:
    t, round_ = content.t, content.exported.seen.round
    code = content.exported.administration.code
    answered = sum(factor.answered for factor in content.profile.factors)
    applicable = sum(factor.applicable for factor in content.profile.factors)
    return [
        (t("Administration"), f"{content.administration} ({code})"),
        (t("Reference year"), str(round_.year)),
        (t("Edition"), f"{content.words.title} ({content.questionnaire.id})"),
        *_signing(content),
        (
            t("Answers"),
            t(
                "{answered} of {applicable} applicable practices answered.",
                answered=answered,
                applicable=applicable,
            ),
        ),
        (
            t("Steps and levels"),
            t("The steps and levels are this toolkit's own; the WCO has no maturity scale for integrity."),
        ),
    ]


def _signing(content: Content) -> list[tuple[str, str]]:
    t, seen = content.t, content.exported.seen
    signature = seen.signature
    if signature is None:
        said = t(
            "Not signed off: the figures follow the answers as they stood on {moment}.",
            moment=t.moment(seen.round.touched_at),
        )
        return [(t("Sign-off"), said)]
    said = t(
        "Signed off by {who} on {day}, revision {revision}.",
        who=signature.signed_by,
        day=t.date(signature.signed_at),
        revision=signature.revision,
    )
    lines = [(t("Sign-off"), said)]
    if signature.reopened_at is not None:
        again = t("Reopened on {day}: {why}", day=t.date(signature.reopened_at), why=signature.reopen_reason)
        lines.append(("", again))
    return [*lines, (t("Content hash (SHA-256)"), signature.content_hash)]


def _factors(sheet: Worksheet, row: int, figures: list[Figure], content: Content) -> int:
    columns = [figure.column for figure in figures]
    for factor in content.profile.factors:
        below = put_row(sheet, row, columns, [figure.of(factor) for figure in figures], LOOK)
        looks.write_in(sheet.cell(row, 3), LOOK.strong, bold=True)
        for number in range(len(figures) - 2, len(figures) + 1):
            looks.write_in(sheet.cell(row, number), LOOK.quiet)
        row = below
    return row


def _overall(sheet: Worksheet, row: int, figures: list[Figure], content: Content) -> int:
    """Write the overall figure apart from the ten: they are the result."""
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


def _notes(sheet: Worksheet, row: int, columns: list[Column], content: Content) -> int:
    for note in _notes_of(content):
        row = put_line(sheet, row, note, columns, LOOK.quiet, size=10)
    return row


def _notes_of(content: Content) -> list[str]:
    t = content.t
    notes = [
        t(
            "Value: weighted mean of the answered practices, on the steps 0 to {top}; at the right the same numbers "
            "unrounded, from 0 to 1. Lowest and highest possible: with every open practice at its first or last step.",
            top=content.top,
        ),
        t(
            "Level: the highest step that every key practice and at least 80 % of the weight have reached; "
            "an open practice counts as the first step."
        ),
        t(
            "Of the gap, outside Customs: the part of the distance to the highest step whose remedy lies "
            "outside Customs' own power."
        ),
        t(
            "The factors are the result; the overall figure is their weighted mean. "
            "An empty cell: there is nothing to compute the figure from."
        ),
    ]
    if content.previous is not None:
        notes.insert(
            2,
            t(
                "Change: over the practices answered in both rounds only, so it can differ from the "
                "difference of the two values."
            ),
        )
    if not any(factor.answered for factor in content.profile.factors):
        notes.insert(0, t("No practice is answered yet. The profile appears with the first answer."))
    return notes


def _steps(sheet: Worksheet, row: int, columns: list[Column], content: Content) -> int:
    """Write what the steps of the axis are called and mean."""
    names = content.words.scales[content.scale_id]
    meanings = content.words.meanings.get(content.scale_id, {})
    for number, step in enumerate(content.scale.steps):
        colour = step_colour(number, content.top + 1)
        cell = sheet.cell(row, 1)
        put(cell, content.place(step.value))
        looks.fill(cell, colour)
        looks.write_in(cell, ink_on(colour), bold=True)
        looks.place(cell, across="center", down="center")
        name = sheet.cell(row, 2)
        put(name, names[step.id])
        looks.write_in(name, LOOK.ink, bold=True)
        looks.place(name, across="left", down="center", indent=1)
        row = put_line(sheet, row, meanings.get(step.id, ""), columns, LOOK.ink, first=3)
    return row
