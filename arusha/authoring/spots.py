"""Where each text of a language stands: its part and its item, named as the format names its keys.

``("practices.care.lock", "steps.all")`` is what the step *all* looks like for the practice ``care.lock``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from arusha.authoring.lists import joined, split
from questionnaires.model import LanguageWords, Practice, Structure

SCALES = ("scales", "meanings")
KINDS = ("drivers", "owner", "evidence")
FACTOR = ("name", "short", "asks")
MEASURE = ("name", "output", "indicator", "unit")
UNCHANGED = "unchanged"
NUMBERED = re.compile(r"[1-9][0-9]{0,3}")


class Spot(NamedTuple):
    """The place of one text: which part of the questionnaire, and which item of it."""

    part: str
    item: str

    def __str__(self) -> str:
        return f"{self.part} · {self.item}" if self.item else self.part


TITLE = Spot("title", "")


def texts_of(structure: Structure, words: LanguageWords) -> dict[Spot, str]:
    """Return every text of a language by its place, in the order of the structure."""
    return dict(_texts(structure, words))


def _texts(structure: Structure, words: LanguageWords) -> Iterator[tuple[Spot, str]]:
    yield TITLE, words.title
    for table in SCALES:
        for scale_id, scale in structure.scales.items():
            named = getattr(words, table).get(scale_id, {})
            yield from (
                (Spot(f"{table}.{scale_id}", s.id), named[s.id]) for s in scale.steps if s.id in named
            )
    for kind in KINDS:
        yield from ((Spot(kind, joined([name])), text) for name, text in getattr(words, kind).items())
    for factor in structure.factors:
        said = words.factors[factor.id]
        yield from ((Spot(f"factors.{factor.id}", item), getattr(said, item)) for item in FACTOR)
        for practice in factor.practices:
            for item, text in _of_practice(structure, practice, words):
                yield Spot(f"practices.{practice.id}", item), text
    yield from ((Spot(UNCHANGED, str(number)), text) for number, text in enumerate(words.unchanged, 1))


def _of_practice(structure: Structure, practice: Practice, words: LanguageWords) -> Iterator[tuple[str, str]]:
    said = words.practices[practice.id]
    yield "question", said.question
    yield "why", said.why
    yield from ((f"steps.{step.id}", said.steps[step.id]) for step in structure.scales[practice.scale].steps)
    yield from ((f"evidence.{number}", text) for number, text in enumerate(said.evidence, 1))
    for measure in practice.measures:
        told = said.measures[measure.id]
        yield from ((f"measures.{measure.id}.{item}", getattr(told, item)) for item in MEASURE)


def together(first: Iterable[Spot], more: Iterable[Spot]) -> list[Spot]:
    """Return the first places with those of ``more`` that they lack, each behind the one before it there."""
    places = list(first)
    known, before = set(places), -1
    for spot in more:
        if spot not in known:
            places.insert(before + 1, spot)
            known.add(spot)
        before = places.index(spot, 0)
    return places


def path_of(spot: Spot) -> tuple[str, ...] | None:
    """Return the keys that lead to a text in ``text.LANGUAGE.toml``; None for a place the format lacks."""
    table, _, name = spot.part.partition(".")
    kind, _, rest = spot.item.partition(".")
    match table:
        case "title" if not name and not spot.item:
            return ("title",)
        case "drivers" | "owner" | "evidence" if not name and len(split(spot.item) or ()) == 1:
            return table, *(split(spot.item) or ())
        case "scales" | "meanings" | "factors" if name and (spot.item in FACTOR or table in SCALES):
            return (table, name, spot.item) if spot.item else None
        case "unchanged" if not name and NUMBERED.fullmatch(spot.item):
            return table, spot.item
        case "practices" if name:
            return _path_in_practice(name, kind, rest)
    return None


def _path_in_practice(practice: str, kind: str, rest: str) -> tuple[str, ...] | None:
    measure, _, item = rest.partition(".")
    match kind:
        case "question" | "why" if not rest:
            return "practices", practice, kind
        case "steps" if rest:
            return "practices", practice, kind, rest
        case "evidence" if NUMBERED.fullmatch(rest):
            return "practices", practice, kind, rest
        case "measures" if measure and item in MEASURE:
            return "practices", practice, kind, measure, item
    return None


def is_line(spot: Spot) -> bool:
    """Return whether a text is one of a list, which may be shorter in another language."""
    return spot.part == UNCHANGED or (
        spot.part.startswith("practices.") and spot.item.startswith("evidence.")
    )


def required(structure: Structure) -> frozenset[Spot]:
    """Return the places that no language may leave empty."""
    return frozenset(_required(structure))


def _required(structure: Structure) -> Iterator[Spot]:
    yield TITLE
    for scale_id, scale in structure.scales.items():
        yield from (Spot(f"scales.{scale_id}", step.id) for step in scale.steps)
    yield from (Spot(f"factors.{factor.id}", "name") for factor in structure.factors)
    for practice in structure.practices:
        part = f"practices.{practice.id}"
        scale_of = structure.scales.get(practice.scale)
        yield Spot(part, "question")
        yield from (Spot(part, f"steps.{step.id}") for step in (scale_of.steps if scale_of else ()))
        for measure in practice.measures:
            yield from (Spot(part, f"measures.{measure.id}.{item}") for item in MEASURE)


def raw_of(texts: Mapping[Spot, str]) -> dict[str, Any]:
    """Return texts as the content of a ``text.LANGUAGE.toml``; each place must have a path."""
    raw: dict[str, Any] = {"scales": {}, "factors": {}, "practices": {}}
    lists: dict[tuple[str, ...], dict[int, str]] = {}
    for spot, text in texts.items():
        path = path_of(spot) or ()
        if is_line(spot):
            lists.setdefault(path[:-1], {})[int(path[-1])] = text
        else:
            _put(raw, path, text)
    for path, lines in lists.items():
        _put(raw, path, [lines[number] for number in sorted(lines)])
    for practice in raw["practices"].values():
        practice.setdefault("steps", {})
        practice.setdefault("evidence", [])
    return raw


def _put(raw: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    *above, key = path
    for step in above:
        raw = raw.setdefault(step, {})
    raw[key] = value
