"""Where an administration stands below what is asked: the weak practices, and the step that comes next."""

from collections.abc import Mapping

from questionnaires.model import Practice, Questionnaire, Scale
from scoring.answers import Answer


def number_of(questionnaire: Questionnaire, answer: Answer | None) -> int | None:
    """Return the number of the step an answer gives, counted from 0; None when it gives none."""
    practice = questionnaire.practices.get(answer.practice) if answer else None
    if answer is None or practice is None or answer.state != "answered":
        return None
    return questionnaire.scale_of(practice).numbers.get(str(answer.step))


def is_weak(practice: Practice, scale: Scale, number: int) -> bool:
    """Return whether a practice at this step needs a measure.

    Any does below the middle of its scale; a key practice, which holds its factor's level down, already
    below the last step but one. The rule is the toolkit's own.
    """
    last = len(scale.steps) - 1
    return number < last / 2 or (practice.key and number < last - 1)


def weak(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, int]:
    """Return each weak practice with the number of its present step, in the questionnaire's order.

    A practice whose remedy lies outside Customs' own power is left out: no measure of Customs lifts it.
    """
    found = {}
    for practice in questionnaire.practices.values():
        answer = answers.get(practice.id)
        number = number_of(questionnaire, answer)
        if answer is None or number is None or answer.outside:
            continue
        if is_weak(practice, questionnaire.scale_of(practice), number):
            found[practice.id] = number
    return found
