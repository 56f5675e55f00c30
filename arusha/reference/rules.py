"""What is found in a questionnaire, what it covers, and for which steps evidence counts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from questionnaires.model import Factor, LanguageWords, Practice, PracticeWords, Questionnaire, Scale
from questionnaires.problems import N_, Refused, near, printable, refuse

PAPER = frozenset({"order", "agreement", "material"})
"""Kinds of evidence that show what is laid down; any other shows what is done, and with what result."""

STEPS = ("absent", "designed", "partly", "throughout", "proven")
ON_PAPER, IN_USE = ("designed",), ("partly", "throughout", "proven")

_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
_ALIKE = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'"})


@dataclass(frozen=True)
class Filter:
    """What a reader looks for; what is empty does not restrict."""

    factor: str = ""
    driver: str = ""
    owner: str = ""
    evidence: str = ""
    power: str = ""
    key: bool = False
    core: bool = False
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether everything is found."""
        return self == Filter()


@dataclass(frozen=True)
class Served:
    """The practices that serve a commitment: those that name it first, and those that also serve it."""

    first: tuple[Practice, ...]
    also: tuple[Practice, ...]


def practice_of(questionnaire: Questionnaire, practice_id: str) -> Practice:
    """Return the practice with this id; raise ``Refused`` with the near id when there is none."""
    if practice_id in questionnaire.practices:
        return questionnaire.practices[practice_id]
    fault = N_("The questionnaire has no practice with this id.")
    remedy = N_("Search for a word of its question.")
    raise _unknown(practice_id, questionnaire.practices, fault, remedy)


def factor_of(questionnaire: Questionnaire, factor_id: str) -> Factor:
    """Return the factor with this id; raise ``Refused`` with the near id when there is none."""
    known = {factor.id: factor for factor in questionnaire.factors}
    if factor_id in known:
        return known[factor_id]
    raise _unknown(
        factor_id, known, N_("The questionnaire has no factor with this id."), N_("Use one of: {known}.")
    )


def language_of(questionnaire: Questionnaire, language: str) -> str:
    """Return the language; raise ``Refused`` with the near one when there are no words in it."""
    if language in questionnaire.languages:
        return language
    fault = N_("The questionnaire is not offered in this language.")
    raise _unknown(language, questionnaire.languages, fault, N_("Use one of: {known}."))


def _unknown(name: str, known: Iterable[str], fault: str, remedy: str) -> Refused:
    names = list(known)
    meant = near(name, names)
    remedy = N_("Did you mean {meant}?") if meant else remedy
    return refuse(printable(name), fault, remedy, meant=meant, known=", ".join(names))


def found(questionnaire: Questionnaire, language: str, wanted: Filter) -> tuple[Practice, ...]:
    """Return the practices a filter finds, in the questionnaire's order.

    Every word of ``wanted.words`` must occur somewhere in the practice's text of the language or in its id,
    whatever its capitals and accents.
    """
    said, needles = questionnaire.words(language), folded(wanted.words).split()
    return tuple(
        practice
        for practice in questionnaire.practices.values()
        if _fits(questionnaire, practice, wanted) and (not needles or _says(said, practice, needles))
    )


def _fits(questionnaire: Questionnaire, practice: Practice, wanted: Filter) -> bool:
    return (
        wanted.factor in ("", questionnaire.factor_of[practice.id].id)
        and wanted.power in ("", practice.power)
        and (not wanted.driver or wanted.driver in practice.drivers)
        and (not wanted.owner or wanted.owner in practice.owner)
        and (not wanted.evidence or wanted.evidence in practice.evidence)
        and (practice.key or not wanted.key)
        and (practice.core or not wanted.core)
    )


def _says(said: LanguageWords, practice: Practice, needles: Sequence[str]) -> bool:
    hay = folded(" ".join((practice.id, *_texts(said.practices[practice.id]))))
    return all(needle in hay for needle in needles)


def _texts(words: PracticeWords) -> Iterable[str]:
    yield from (words.question, words.why, *words.steps.values(), *words.evidence)
    for measure in words.measures.values():
        yield from (measure.name, measure.output, measure.indicator, measure.unit)


def folded(text: str) -> str:
    """Return text as it is compared: without capitals, accents and kinds of apostrophe."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _MARKS.sub("", plain).translate(_ALIKE)


def counts(questionnaire: Questionnaire, practices: Iterable[Practice]) -> dict[str, int]:
    """Return factor id -> how many of the practices are in it, every factor in order."""
    of = Counter(questionnaire.factor_of[practice.id].id for practice in practices)
    return {factor.id: of[factor.id] for factor in questionnaire.factors}


def coverage(questionnaire: Questionnaire, known: Iterable[str] = ()) -> dict[str, Served]:
    """Return commitment -> the practices that serve it, by number.

    ``known`` commitments are there too when none serves them, unless the questionnaire names no commitment
    at all: then there is nothing to cover.
    """
    practices = tuple(questionnaire.practices.values())
    named = {commitment for practice in practices for commitment in practice.commitments}
    return {
        commitment: Served(
            tuple(p for p in practices if p.commitments[:1] == (commitment,)),
            tuple(p for p in practices if commitment in p.commitments[1:]),
        )
        for commitment in sorted(named | set(known) if named else (), key=_by_number)
    }


def _by_number(commitment: str) -> tuple[tuple[int, ...], str]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", commitment)), commitment


def is_ours(scale: Scale) -> bool:
    """Return whether a scale has our five steps, for which it can be said what to show."""
    return tuple(step.id for step in scale.steps) == STEPS


def groups(practice: Practice, scale: Scale) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Return for which steps a line of evidence counts first: step ids -> numbers (from 0) of the lines.

    Paper counts from the step of what is laid down; traces and results count for all steps above it, since
    these differ in how far the evidence reaches and not in its kind. Empty when nothing can be said: for
    another scale than ours, or a practice without kinds of evidence.
    """
    if not practice.evidence or not is_ours(scale):
        return {}
    paper = [number for number, kind in enumerate(practice.evidence) if kind in PAPER]
    used = [number for number, kind in enumerate(practice.evidence) if kind not in PAPER]
    return {steps: tuple(lines) for steps, lines in ((ON_PAPER, paper), (IN_USE, used)) if lines}
