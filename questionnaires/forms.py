"""The forms in which an edition can be answered: whole, or short with its core practices only."""

from typing import Literal

from questionnaires.model import Factor, LanguageWords, Questionnaire

Form = Literal["whole", "short"]
FORMS: tuple[Form, ...] = ("whole", "short")


def in_form(questionnaire: Questionnaire, form: str) -> Questionnaire:
    """Return the questionnaire as it is asked in a form: the same ids, scales and words, fewer practices.

    The short form asks the core practices; an edition without any is asked whole.
    """
    if form != "short" or not any(practice.core for practice in questionnaire.practices.values()):
        return questionnaire
    factors = tuple(kept for factor in questionnaire.factors if (kept := _core_of(factor)).practices)
    structure = questionnaire.structure.model_copy(update={"factors": factors})
    languages = {tag: _words_for(words, factors) for tag, words in questionnaire.languages.items()}
    return Questionnaire(structure=structure, languages=languages)


def _core_of(factor: Factor) -> Factor:
    core = tuple(practice for practice in factor.practices if practice.core)
    return factor.model_copy(update={"practices": core})


def _words_for(words: LanguageWords, factors: tuple[Factor, ...]) -> LanguageWords:
    """Leave away the words of what is not asked."""
    ids = [practice.id for factor in factors for practice in factor.practices]
    kept = {factor.id: words.factors[factor.id] for factor in factors}
    practices = {name: words.practices[name] for name in ids}
    return words.model_copy(update={"factors": kept, "practices": practices})
