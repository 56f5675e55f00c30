"""A language that comes with the program is whole: no sentence lacks, none is too many, none is a copy."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from arusha.i18n import extraction, offered, own_name
from arusha.i18n.translator import CATALOGUES, SOURCE
from questionnaires.loading import edition, editions

TRANSLATED = [language for language in offered() if language != SOURCE]
UNCHANGED = "unchanged"  # the comment of a translation that is rightly the same


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def ids(catalog: Catalog) -> set[str | tuple[str, ...]]:
    return {message.id for message in catalog if message.id}


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each form of a sentence beside the English it stands for."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
        return
    one, several = message.id
    for number, said in enumerate(message.string):
        yield (one if number == 0 else several), said


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def faults_of(catalog: Catalog, language: str) -> Iterator[str]:
    """Yield what is wrong with a catalogue against the sentences of the program."""
    wanted = ids(extraction.gather())
    yield from (f"lacks {one!r}" for one in wanted - ids(catalog))
    yield from (f"too many: {one!r}" for one in ids(catalog) - wanted)
    for message in catalog:
        if message.id and message.id in wanted:
            yield from _faults_of(message, language)


def _faults_of(message: Message, language: str) -> Iterator[str]:
    forms = list(pairs(message))
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    if message.pluralizable and len(forms) != get_plural(language)[0]:
        yield f"plural forms: {message.id!r}"
    for english, said in forms:
        if not said.strip():
            yield f"empty: {message.id!r}"
        elif said == english and UNCHANGED not in message.user_comments and re.search("[a-z]{3}", english):
            yield f"copies the English: {message.id!r}"
    named = {name for english, _ in forms for name in placeholders(english)}
    for _, said in forms:
        if said and not placeholders(said) <= named:
            yield f"unknown placeholder: {message.id!r}"
    if isinstance(message.id, str) and forms[0][1] and placeholders(forms[0][1]) != named:
        yield f"lost a placeholder: {message.id!r}"


def test_french_is_spoken() -> None:
    assert "fr" in TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_is_whole_and_no_copy(language: str) -> None:
    assert sorted(faults_of(catalogue(language), language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_declared_copy_is_one(language: str) -> None:
    declared = [message for message in catalogue(language) if UNCHANGED in message.user_comments]
    assert [message.id for message in declared if all(a != b for a, b in pairs(message))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_edition_speaks_it_too(language: str) -> None:
    assert all(language in edition(name).languages for name in editions())


def test_a_gap_a_copy_and_a_stray_are_found() -> None:
    """The checks above can fail."""
    found = catalogue("fr")
    found.delete("Profile")
    found.add("Nothing says this.", "Rien ne le dit.")
    open_ = found.get("Open")
    moved = found.get("{answered} of {applicable} applicable practices answered.")
    assert open_ is not None
    assert moved is not None
    open_.string = "Open"
    moved.string = "{answered} sur {aplicable}"
    assert sorted({*faults_of(found, "fr")} - {*faults_of(catalogue("fr"), "fr")}) == [
        "copies the English: 'Open'",
        "lacks 'Profile'",
        "lost a placeholder: '{answered} of {applicable} applicable practices answered.'",
        "too many: 'Nothing says this.'",
        "unknown placeholder: '{answered} of {applicable} applicable practices answered.'",
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_its_signs_are_set_as_the_language_does(language: str) -> None:
    """French: a typographic apostrophe, and no break before a double sign."""
    said = [text for message in catalogue(language) if message.id for _, text in pairs(message)]
    assert [text for text in said if re.search(r"\w'\w", text)] == []
    assert [text for text in said if re.search(r"\w [;:?!»](\s|$)|« ", text)] == []


def test_a_language_is_called_by_its_own_name() -> None:
    assert [own_name(language) for language in ("en", "fr")] == ["English", "Français"]
