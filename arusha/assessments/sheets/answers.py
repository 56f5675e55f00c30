"""The answers, one sheet a factor: each practice with its step, what the step means, reason and note."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments.sheets.content import Content
from arusha.exchange import look as looks
from arusha.exchange.cells import Value
from arusha.exchange.sheets import add_sheet, freeze_below
from arusha.exchange.tables import Column, put_headings, put_line, put_row, set_widths
from arusha.ui.look import LOOK
from arusha.ui.theme import ink_on, step_colour
from scoring.answers import Answer
from scoring.profile import FactorResult, PracticeTrace

STEP = 4  # the column that is coloured


def write(book: Workbook, content: Content) -> None:
    """Write one sheet for each factor."""
    for factor in content.profile.factors:
        sheet = add_sheet(book, content.short(factor), content.t.language, content.footer)
        _factor(sheet, factor, content)


def _factor(sheet: Worksheet, factor: FactorResult, content: Content) -> None:
    columns = _columns(content)
    set_widths(sheet, columns)
    row = _head(sheet, factor, columns, content)
    below = put_headings(sheet, row, columns, LOOK)
    freeze_below(sheet, row, 1)
    for trace in factor.practices:
        start = below
        said = content.t("(continued from the row above)")
        below = put_row(sheet, start, columns, _row(trace, content), LOOK, continued=said)
        _colour(sheet, start, trace, content)
    _national(sheet, below, factor, columns, content)


def _national(
    sheet: Worksheet, row: int, factor: FactorResult, columns: list[Column], content: Content
) -> None:
    """Write the administration's own practices of the factor below those that are scored."""
    own = [one.id for one in content.questionnaire.factor(factor.id).practices if one.national]
    asked = content.questionnaire.practices
    gone = [name for name in content.exported.seen.answers if name not in asked]
    own += [name for name in gone if name.startswith(f"{factor.id}.")]
    if not own:
        return
    said = content.t("National practices: asked by this administration only, and in no figure.")
    row = put_line(sheet, row + 1, said, columns, LOOK.quiet)
    continued = content.t("(continued from the row above)")
    for practice in own:
        row = put_row(sheet, row, columns, _own_row(practice, content), LOOK, continued=continued)


def _own_row(practice: str, content: Content) -> list[Value]:
    t, words = content.t, content.words
    answer = content.exported.seen.answers.get(practice, Answer(practice))
    asked, said = content.questionnaire.practices.get(practice), words.practices.get(practice)
    names, step = words.scales[asked.scale] if asked else {}, answer.step or ""
    return [
        said.question if said else "",
        practice,
        "",
        names.get(step, step),  # the id of what is not asked, or not a step, any more
        said.steps.get(step, "") if said else "",
        content.yes(answer.outside),
        answer.reason,
        answer.note,
        t("Not applicable") if answer.not_applicable else t("Answered") if answer.step else t("Open"),
    ]


def _head(sheet: Worksheet, factor: FactorResult, columns: list[Column], content: Content) -> int:
    words = content.words.factors[factor.id]
    title = f"{content.number(factor)}. {words.name}"
    row = put_line(sheet, 1, title, columns, LOOK.heading, size=16, bold=True)
    if content.fiction:
        row = put_line(sheet, row, content.fiction, columns, LOOK.on_heading, bold=True, fill=LOOK.warn)
    if words.asks:
        row = put_line(sheet, row, words.asks, columns, LOOK.quiet)
    return row + 1


def _columns(content: Content) -> list[Column]:
    t = content.t
    return [
        Column(t("Practice"), 44),
        Column(t("Id"), 29),
        Column(t("Key"), 7, figures=True),
        Column(t("Step"), 14, figures=True),
        Column(t("What the step means"), 44),
        Column(t("Outside Customs"), 11, figures=True),
        Column(t("Reason"), 34),
        Column(t("Note"), 44),
        Column(t("State"), 15),
    ]


def _row(trace: PracticeTrace, content: Content) -> list[Value]:
    words = content.words.practices[trace.id]
    answer = content.exported.seen.answers.get(trace.id, Answer(trace.id))
    meaning = words.steps[trace.step] if trace.step is not None else ""
    return [
        words.question,
        trace.id,
        content.yes(trace.key),
        content.step_name(trace),
        meaning,
        content.yes(trace.outside),
        answer.reason,
        answer.note,
        content.state(trace),
    ]


def _colour(sheet: Worksheet, row: int, trace: PracticeTrace, content: Content) -> None:
    if trace.step is None or trace.number is None:
        return
    scale = content.questionnaire.scale_of(content.questionnaire.practices[trace.id])
    colour = step_colour(trace.number, len(scale.steps))
    looks.fill(sheet.cell(row, STEP), colour)
    looks.write_in(sheet.cell(row, STEP), ink_on(colour), bold=True)
