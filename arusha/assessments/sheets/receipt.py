"""The receipt of carrying a round's answers over: where each earlier answer went, whole, and why."""

from dataclasses import asdict

from openpyxl import Workbook

from arusha.assessments import asking
from arusha.assessments.rules import Receipt, Round
from arusha.assessments.views import Sheet
from arusha.assessments.wording import fate_in_words, position_in_words
from arusha.exchange.cells import Value
from arusha.exchange.sheets import Footer, add_sheet, freeze_below
from arusha.exchange.tables import Column, put_headings, put_line, put_row, set_widths
from arusha.i18n import Translator
from arusha.ui.look import LOOK
from questionnaires.model import Questionnaire
from questionnaires.receipts import Carried
from scoring.answers import Answer


def write(book: Workbook, t: Translator, target: Sheet, receipt: Receipt) -> None:
    """Write the sheet; every text of an earlier answer is in it with all its characters."""
    about = t("{code}: {earlier} carried over to {year}", **_names(target.round, receipt.source))
    sheet = add_sheet(book, t("Carried over"), t.language, Footer(about))
    columns = _columns(t, receipt.source, target.round)
    set_widths(sheet, columns)
    row = put_line(sheet, 1, about, columns, LOOK.heading, size=16, bold=True)
    note = t(
        "Carried over on {moment}. Nothing of it counts before it is confirmed.", moment=t.moment(receipt.at)
    )
    row = put_line(sheet, row, note, columns, LOOK.quiet) + 1
    below = put_headings(sheet, row, columns, LOOK)
    freeze_below(sheet, row, 1)
    earlier = asking.asked_in(receipt.source).questionnaire
    for one in receipt.rows:
        values = _row(t, earlier, target.questionnaire, one)
        below = put_row(sheet, below, columns, values, LOOK, continued=t("(continued from the row above)"))


def _names(target: Round, source: Round) -> dict[str, object]:
    return {"code": target.administration, "earlier": source.year, "year": target.year}


def _columns(t: Translator, source: Round, target: Round) -> list[Column]:
    return [
        Column(t("Practice in {year}", year=source.year), 40),
        Column(t("Answer in {year}", year=source.year), 16),
        Column(t("Reason"), 30),
        Column(t("Note"), 40),
        Column(t("Outside Customs"), 10),
        Column(t("What happens"), 16),
        Column(t("Why"), 34),
        Column(t("Practice in {year}", year=target.year), 40),
        Column(t("Proposed"), 16),
    ]


def _row(t: Translator, earlier: Questionnaire, now: Questionnaire, row: Carried) -> list[Value]:
    proposed = row.proposed
    return [
        _practice(t, earlier, row.earlier),
        _position(t, earlier, Answer(**asdict(row.answer))),
        row.answer.reason,
        row.answer.note,
        t("yes") if row.answer.outside else "",
        fate_in_words(t, row),
        t(row.why.text, **row.why.values),
        _practice(t, now, row.practice),
        _position(t, now, Answer(row.practice, proposed.step, proposed.not_applicable)) if proposed else "",
    ]


def _practice(t: Translator, questionnaire: Questionnaire, practice: str) -> str:
    """Return question and id of a practice, the id alone when it is not asked any more."""
    if practice not in questionnaire.practices:
        return practice
    return f"{questionnaire.words(t.language).practices[practice].question} ({practice})"


def _position(t: Translator, questionnaire: Questionnaire, answer: Answer) -> str:
    """Return the step or "not applicable"; '' for an answer of which there is only a text."""
    has_one = answer.step is not None or answer.not_applicable
    return position_in_words(t, questionnaire, answer) if has_one else ""
