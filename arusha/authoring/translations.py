"""Which source text each translation was made from, so that a changed source shows what is stale.

What is remembered are hashes and no words. Beside the questionnaire they stand in ``translated.toml``, one
line a text: the hash of the source it was translated from, and the hash of the translation. When the
source has another hash now, the translation is stale, unless it has been changed since as well.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from arusha.authoring.spots import UNCHANGED, Spot, texts_of
from questionnaires.files import is_at, read_toml
from questionnaires.model import Questionnaire
from questionnaires.problems import Problem, Refused
from questionnaires.writing import quoted

FILE = "translated.toml"
LENGTH = 12  # hexadecimal digits; two of a few thousand texts share them once in a hundred million times
NOTE = "# Which text each translation was made from, as hashes; written by questionnaire read."


class Made(NamedTuple):
    """A translation as it was made: the hash of its source then, and its own."""

    source: str
    text: str


Record = Mapping[str, Mapping[str, Made]]
"""Language -> place -> how the translation was made."""

NONE: Record = {}


def mark(text: str) -> str:
    """Return the short hash of a text."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:LENGTH]


def source_of(record: Record, language: str, spot: Spot, source: str, text: str) -> str:
    """Return the hash of the source that a translation was made from.

    A translation that nothing is remembered of, or that was changed since, is taken as made from ``source``.
    """
    made = record.get(language, {}).get(str(spot))
    return mark(source) if made is None or made.text != mark(text) else made.source


def record_of(questionnaire: Questionnaire, known: Record = NONE) -> Record:
    """Return the record of a whole questionnaire, with what is known of it."""
    structure = questionnaire.structure
    sources = texts_of(structure, questionnaire.languages[structure.default_language])
    record: dict[str, dict[str, Made]] = {}
    for language, words in questionnaire.languages.items():
        if language != structure.default_language:
            texts = texts_of(structure, words)
            record[language] = {
                str(spot): Made(source_of(known, language, spot, sources.get(spot, ""), text), mark(text))
                for spot, text in texts.items()
                if text and spot.part != UNCHANGED
            }
    return record


def as_toml(record: Record) -> str:
    """Return the content of ``translated.toml``."""
    blocks = [NOTE]
    for language, made in record.items():
        lines = [f"{quoted(spot)} = [{quoted(one.source)}, {quoted(one.text)}]" for spot, one in made.items()]
        blocks.append("\n".join([f"[{language}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def read_record(directory: Path) -> Record:
    """Return what is remembered beside a questionnaire; nothing when there is no file. Raises ``Refused``."""
    if not is_at(directory / FILE):
        return NONE
    raw = read_toml(directory / FILE)
    if isinstance(raw, Problem):
        raise Refused([raw])
    return {language: dict(_made(table)) for language, table in raw.items() if isinstance(table, dict)}


def _made(table: Mapping[str, Any]) -> Iterator[tuple[str, Made]]:
    for spot, pair in table.items():
        match pair:
            case [str(source), str(text)]:
                yield spot, Made(source, text)
