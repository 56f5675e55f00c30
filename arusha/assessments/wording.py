"""The position of an answer, and where it goes when it is carried over, in words for pages and workbooks."""

from arusha.i18n import Translator
from questionnaires.model import Questionnaire
from questionnaires.receipts import Carried
from scoring.answers import Answer


def position_in_words(t: Translator, questionnaire: Questionnaire, answer: Answer) -> str:
    """Return the position of an answer in a word: the step's name, not applicable, left open, or open."""
    if answer.step:
        practice = questionnaire.practices.get(answer.practice)
        names = questionnaire.words(t.language).scales[practice.scale] if practice else {}
        return names.get(answer.step, answer.step)  # the id of what is not asked, or not a step, any more
    if answer.not_applicable:
        return t("Not applicable")
    return t("Left open") if answer.reason else t("Open")


def position_in_year(t: Translator, year: int, questionnaire: Questionnaire, answer: Answer) -> str:
    """Return the position that an answer of an earlier round has, with the year."""
    return t("{year}: {position}", year=year, position=position_in_words(t, questionnaire, answer))


def fate_in_words(t: Translator, row: Carried) -> str:
    """Return the words for where an answer goes; one that proposes nothing is not called a proposal."""
    return only_text(t) if row.outcome == "copied" and not row.proposed else outcome_in_words(t, row.outcome)


def only_text(t: Translator) -> str:
    """Return the words for an answer of which only the note or the reason goes on."""
    return t("Only the text goes on")


def outcome_in_words(t: Translator, outcome: str) -> str:
    """Return the words for one of ``receipts.OUTCOMES``."""
    return {
        "copied": t("Proposed again"),
        "rescaled": t("Proposed on the new scale"),
        "to_confirm": t("Undetermined"),
        "dropped": t("Not asked any more"),
    }[outcome]
