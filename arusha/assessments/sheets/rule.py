"""The rule of the score in words, for those who read the computation."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments.sheets.content import Content
from arusha.exchange.tables import Column, put_line
from arusha.i18n import Translator
from arusha.ui.look import LOOK


def write(sheet: Worksheet, row: int, columns: Sequence[Column], content: Content) -> None:
    """Write the rule, a sentence a row, from ``row`` on."""
    title = content.t("The rule in words ({rule})", rule=content.profile.rule)
    row = put_line(sheet, row, title, columns, LOOK.ink, bold=True, fill=LOOK.band)
    for sentence in [*_of_a_factor(content.t), *_of_the_whole(content.t, content.top)]:
        row = put_line(sheet, row, sentence, columns, LOOK.ink)


def _of_a_factor(t: Translator) -> list[str]:
    return [
        t(
            "Value = sum of weight × step value ÷ sum of weights, over the answered practices; "
            "none when nothing is answered."
        ),
        t(
            "Lowest and highest = the same mean over all applicable practices, with every open one "
            "at the first or the last step of its scale: what the value could still become."
        ),
        t(
            "Answered = answered weight ÷ applicable weight. "
            "What is not applicable leaves every sum and is counted openly."
        ),
        t(
            "Level = the highest step that every key practice has reached and at which, or above which, "
            "lies at least 80 % of the applicable weight; an open practice counts as the first step. "
            "The first step's number is 0."
        ),
        t(
            "A step whose remedy lies outside Customs' own power counts like any other; "
            "the share of the gap that is marked so is told beside."
        ),
    ]


def _of_the_whole(t: Translator, top: int) -> list[str]:
    return [
        t(
            "Overall = mean of the factors that have a value, by the factors' weights. "
            "It is a convenience; the factors are the result."
        ),
        t(
            "Nothing is rounded on the way. What is displayed is the value times {top}, "
            "the number of the last step, rounded half up to one decimal.",
            top=top,
        ),
        t("The rule, its steps and its levels are this toolkit's own, not the WCO's."),
    ]
