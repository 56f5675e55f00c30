"""Answers and moments in words, the same on every page."""

from datetime import datetime

from arusha.assessments.frames import Progress
from arusha.i18n import Translator
from arusha.store.clock import now
from questionnaires.model import Questionnaire
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


def standing_in_words(t: Translator, standing: str) -> str:
    """Return how a practice stands that carries something of an earlier round; '' when it does not."""
    return {"to_confirm": t("to confirm"), "undetermined": t("undetermined")}.get(standing, "")


def when(t: Translator, moment: datetime) -> str:
    """Return the time of day for a moment of today, day and time for any other."""
    return t.time(moment) if t.date(now()) == t.date(moment) else t.moment(moment)


def progress_in_words(t: Translator, progress: Progress) -> str:
    """Return how far a factor is."""
    return t("{settled} of {total} settled", settled=progress.settled, total=progress.total)
