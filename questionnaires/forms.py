"""The forms in which an edition can be answered: whole, or short with its core practices only."""

from collections.abc import Collection, Mapping
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
    return _with(questionnaire, factors)


def in_factors(questionnaire: Questionnaire, factors: Collection[str]) -> Questionnaire:
    """Return the questionnaire with some of its factors only: the same ids, scales and words."""
    return _with(questionnaire, tuple(factor for factor in questionnaire.factors if factor.id in factors))


def in_forms(questionnaire: Questionnaire, forms: Mapping[str, str]) -> Questionnaire:
    """Return the questionnaire with the factors of ``forms`` only, each as it is asked in its form.

    A factor that its form does not ask is left out.
    """
    asked = {form: in_form(questionnaire, form).factors for form in set(forms.values())}
    found = {(form, factor.id): factor for form, factors in asked.items() for factor in factors}
    places = [(forms[factor.id], factor.id) for factor in questionnaire.factors if factor.id in forms]
    return _with(questionnaire, tuple(found[place] for place in places if place in found))


def _with(questionnaire: Questionnaire, factors: tuple[Factor, ...]) -> Questionnaire:
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
