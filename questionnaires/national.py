"""National practices: what an administration adds to an edition for itself; asked with it, never scored."""

from collections.abc import Iterator

from questionnaires.model import ID, PRACTICE_ID, Factor, LanguageWords, Practice, Questionnaire, Structure
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.shapes import NO_GAPS, Gaps

WORDS = ("scales", "meanings", "practices", "drivers", "owner", "evidence")


def extended(base: Questionnaire, addition: Questionnaire) -> Questionnaire:
    """Return an edition with the national practices at the end of their factors, each marked as national.

    A language that the addition does not have shows them in its default language. The addition has to
    obey ``faults`` against this edition.
    """
    added = {factor.id: factor.practices for factor in addition.factors}
    factors = tuple(_longer(factor, added.get(factor.id, ())) for factor in base.factors)
    scales = addition.structure.scales | base.structure.scales
    structure = base.structure.model_copy(update={"factors": factors, "scales": scales})
    languages = {tag: _joined(words, addition.words(tag)) for tag, words in base.languages.items()}
    return Questionnaire(structure=structure, languages=languages)


def without_national(questionnaire: Questionnaire) -> Questionnaire:
    """Return what is scored and compared: the questionnaire without its national practices."""
    if not any(practice.national for practice in questionnaire.practices.values()):
        return questionnaire
    factors = tuple(kept for factor in questionnaire.factors if (kept := _edition_s(factor)).practices)
    structure = questionnaire.structure.model_copy(update={"factors": factors})
    return Questionnaire(structure=structure, languages=questionnaire.languages)


def _edition_s(factor: Factor) -> Factor:
    kept = tuple(practice for practice in factor.practices if not practice.national)
    return factor.model_copy(update={"practices": kept})


def _longer(factor: Factor, added: tuple[Practice, ...]) -> Factor:
    national = [practice.model_copy(update={"national": True}) for practice in added]
    return factor.model_copy(update={"practices": (*factor.practices, *national)})


def _joined(words: LanguageWords, added: LanguageWords) -> LanguageWords:
    return words.model_copy(update={name: getattr(added, name) | getattr(words, name) for name in WORDS})


def faults(at: str, base: Structure, addition: Structure, gaps: Gaps = NO_GAPS) -> Iterator[Problem]:
    """Yield what stands against adding these practices to an edition; ``gaps`` is told of elsewhere."""
    if not addition.administration and not gaps.has("administration"):
        fault = N_("It is not said whose practices these are.")
        yield Problem(at, fault, N_('Write the administration\'s two letters, as in administration = "XA".'))
    numbers = {factor.id: factor.number for factor in base.factors}
    for factor in [one for one in addition.factors if ID.fullmatch(one.id)]:
        yield from _faults_of_factor(at, factor, numbers)
    yield from _faults_of_scales(at, base, addition)
    taken = {practice.id for practice in base.practices}
    for practice in [one for one in addition.practices if PRACTICE_ID.fullmatch(one.id)]:
        yield from _faults_of_practice(at, practice, addition.administration.lower(), taken)


def _faults_of_factor(at: str, factor: Factor, numbers: dict[str, int]) -> Iterator[Problem]:
    if factor.id not in numbers:
        values = {"name": printable(factor.id), "meant": near(factor.id, numbers)}
        values["known"] = ", ".join(numbers)
        remedy = N_("Did you mean {meant}?") if values["meant"] else N_("Use one of: {known}.")
        yield Problem(at, N_("The edition has no factor {name}."), remedy, values)
    elif factor.number != numbers[factor.id]:
        number = {"name": factor.id, "number": factor.number, "wanted": numbers[factor.id]}
        fault = N_("The factor {name} has the number {number}; in the edition it is {wanted}.")
        yield Problem(f"{at} · {factor.id}", fault, N_("Write number = {wanted}."), number)


def _faults_of_scales(at: str, base: Structure, addition: Structure) -> Iterator[Problem]:
    for name, scale in addition.scales.items():
        if name in base.scales and base.scales[name] != scale:
            fault = N_("The scale {name} has other steps than in the edition.")
            yield Problem(
                f"{at} · scales", fault, N_("Copy its steps, or give it another id."), {"name": name}
            )


def _faults_of_practice(at: str, practice: Practice, prefix: str, taken: set[str]) -> Iterator[Problem]:
    place = f"{at} · {printable(practice.id)}"
    name = practice.id.partition(".")[2]
    if prefix and not name.startswith(f"{prefix}_"):
        fault = N_(
            "The name of a national practice begins with its administration, so that no edition takes it."
        )
        values = {"wanted": f"{practice.id.partition('.')[0]}.{prefix}_{name}"}
        yield Problem(place, fault, N_("Call it {wanted}."), values)
    elif practice.id in taken:
        fault = N_("The edition has a practice of this id.")
        yield Problem(place, fault, N_("Give the national one another id."))
    for key in ("key", "core"):
        if getattr(practice, key):
            fault = N_("A national practice cannot be marked as {key}: it is never scored.")
            yield Problem(place, fault, N_("Take the mark away."), {"key": key})
