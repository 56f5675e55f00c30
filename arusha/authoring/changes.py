"""What a new reading of a questionnaire changes, in counts: entries of the structure, and texts."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from arusha.authoring.spots import texts_of
from arusha.i18n import Translator
from questionnaires.model import Questionnaire


class Counts(NamedTuple):
    """How many entries are new, gone, and changed."""

    new: int
    gone: int
    changed: int


def counted(before: Mapping[Any, object], after: Mapping[Any, object]) -> Counts:
    """Return what differs between two tables of entries."""
    both = before.keys() & after.keys()
    changed = sum(before[key] != after[key] for key in both)
    return Counts(len(after.keys() - both), len(before.keys() - both), changed)


def told(t: Translator, before: Questionnaire, after: Questionnaire) -> list[str]:
    """Return a line for each kind of entry that differs; one line when nothing does."""
    return [*_told(t, before, after)] or [t("Nothing has changed.")]


def _told(t: Translator, before: Questionnaire, after: Questionnaire) -> Iterator[str]:
    old, new = before.structure, after.structure
    counts = counted(before.practices, after.practices)
    if any(counts):
        yield t("Practices: {new} new, {gone} gone, {changed} changed.", **counts._asdict())
    counts = counted(_factors(before), _factors(after))
    if any(counts):
        yield t("Factors: {new} new, {gone} gone, {changed} changed.", **counts._asdict())
    counts = counted(old.scales, new.scales)
    if any(counts):
        yield t("Scales: {new} new, {gone} gone, {changed} changed.", **counts._asdict())
    settings = counted(_settings(before), _settings(after)).changed
    if settings:
        yield t.many("{count} setting changed.", "{count} settings changed.", settings)
    for language in dict.fromkeys([*before.languages, *after.languages]):
        counts = counted(_texts(before, language), _texts(after, language))
        if any(counts):
            said = counts._asdict()
            yield t(
                "Texts in {language}: {new} new, {gone} gone, {changed} changed.", language=language, **said
            )


def _factors(questionnaire: Questionnaire) -> dict[str, object]:
    return {one.id: (place, one.number, one.weight) for place, one in enumerate(questionnaire.factors)}


def _settings(questionnaire: Questionnaire) -> dict[str, object]:
    return questionnaire.structure.model_dump(exclude={"scales", "factors"})


def _texts(questionnaire: Questionnaire, language: str) -> Mapping[Any, str]:
    words = questionnaire.languages.get(language)
    texts = texts_of(questionnaire.structure, words) if words else {}
    return {spot: text for spot, text in texts.items() if text}
