"""The first sheet: whose profile this is, the factors with their figures, and how to read them."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments.sheets import pictures
from arusha.assessments.sheets.content import Content
from arusha.assessments.sheets.factors import figures_of, put_factors, put_overall
from arusha.exchange import look as looks
from arusha.exchange.cells import put
from arusha.exchange.sheets import add_sheet
from arusha.exchange.tables import Column, put_headings, put_line, set_widths
from arusha.ui.look import LOOK
from arusha.ui.theme import ink_on, step_colour


def write(book: Workbook, content: Content) -> None:
    """Write the sheet, with the charts below the table."""
    sheet = add_sheet(book, content.t("Summary"), content.t.language, content.footer)
    figures = figures_of(content)
    columns = [figure.column for figure in figures]
    set_widths(sheet, columns)
    row = _facts(sheet, _head(sheet, 1, columns, content), columns, content)
    first = put_headings(sheet, row + 1, columns, LOOK)
    row = put_factors(sheet, first, figures, content)
    row = put_overall(sheet, row, figures, content)
    row = _notes(sheet, row + 1, columns, content)
    row = _steps(sheet, row + 1, columns, content)
    if any(factor.answered for factor in content.profile.factors):
        pictures.write(sheet, row + 1, columns, first, content)


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
        (t("Administration"), f"{content.administration}, {code}"),
        (t("Reference year"), str(round_.year)),
        (t("Edition"), _edition(content)),
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


def _edition(content: Content) -> str:
    named = {"title": content.words.title, "id": content.questionnaire.id}
    if content.exported.seen.form == "short":
        return content.t("{title} ({id}), short form", **named)
    return f"{content.words.title} ({content.questionnaire.id})"


def _signing(content: Content) -> list[tuple[str, str]]:
    t, seen = content.t, content.exported.seen
    signature = seen.signature
    if signature is None and seen.round.signed:
        moment, revision = t.date(seen.round.touched_at), seen.round.revision
        said = t(
            "Of what was signed off, the factors that were disclosed by {day}, revision {revision}. "
            "The overall figure is over these factors only.",
            day=moment,
            revision=revision,
        )
        return [(t("Disclosed"), said)]
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


def _notes(sheet: Worksheet, row: int, columns: list[Column], content: Content) -> int:
    for note in _notes_of(content):
        row = put_line(sheet, row, note, columns, LOOK.quiet, size=10)
    return row


def _notes_of(content: Content) -> list[str]:
    t = content.t
    notes = [
        t(
            "Value: weighted mean of the answered practices, on the steps 0 to {top}; "
            "at the right the same numbers unrounded, from 0 to 1. "
            "Lowest and highest possible: with every open practice at its first or last step.",
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
    if content.exported.before is not None:
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
