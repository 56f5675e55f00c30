"""Questionnaire -> TOML: the texts of ``structure.toml`` and ``text.LANGUAGE.toml``, laid out as ours are.

What is written is read again as an equal questionnaire (``loading.read``). Notes behind ``#`` that a
person put into a file are not part of a questionnaire, so they are not written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from questionnaires.files import LONGEST
from questionnaires.model import (
    Factor,
    FactorWords,
    Follows,
    LanguageWords,
    MeasureWords,
    Practice,
    PracticeWords,
    Questionnaire,
    Scale,
    Structure,
)

BARE = re.compile(r"[A-Za-z0-9_-]+")
ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
ON_A_LINE = LONGEST // 8  # characters of one text on one line; escaped they are up to six times as many
STRUCTURE_NOTE = (
    "# Structure of the edition: ids for ever, no words. Every key is described in questionnaires/README.md."
)
TEXT_NOTE = "# Words of the edition, found through the ids of structure.toml."
LISTS = ("commitments", "drivers", "owner", "evidence")


def files(questionnaire: Questionnaire) -> dict[str, str]:
    """Return file name -> content for a questionnaire's directory."""
    texts = {f"text.{tag}.toml": text_toml(words) for tag, words in questionnaire.languages.items()}
    return {"structure.toml": structure_toml(questionnaire.structure), **texts}


def structure_toml(structure: Structure) -> str:
    """Return the content of ``structure.toml``."""
    head = [STRUCTURE_NOTE, f"id = {quoted(structure.id)}", f"follows = {quoted(structure.follows)}"]
    for key in ("extends", "administration"):
        if getattr(structure, key):
            head.append(f"{key} = {quoted(getattr(structure, key))}")
    if structure.since:
        head.append(f"since = {structure.since}")
    head.append(f"default_language = {quoted(structure.default_language)}")
    scales = [_scale(name, scale) for name, scale in structure.scales.items()]
    factors = [block for factor in structure.factors for block in _factor(factor)]
    return _file([head, *scales, *factors])


def _scale(name: str, scale: Scale) -> list[str]:
    steps = [f"  {{ id = {quoted(step.id)}, value = {step.value!r} }}," for step in scale.steps]
    return [f"[scales.{key(name)}]", "steps = [", *steps, "]"]


def _factor(factor: Factor) -> Iterator[list[str]]:
    yield [
        "[[factors]]",
        f"id = {quoted(factor.id)}",
        f"number = {factor.number}",
        f"weight = {factor.weight!r}",
    ]
    for practice in factor.practices:
        yield [f"  {line}" for line in _practice(practice)]


def _practice(practice: Practice) -> Iterator[str]:
    yield "[[factors.practices]]"
    yield f"id = {quoted(practice.id)}"
    yield f"scale = {quoted(practice.scale)}"
    yield f"weight = {practice.weight!r}"
    yield f"key = {_truth(practice.key)}"
    if practice.follows:
        yield f"follows = {_follows(practice.follows)}"
    yield f"core = {_truth(practice.core)}"
    if practice.national:
        yield "national = true"
    yield from _lists(practice, LISTS)
    yield f"power = {quoted(practice.power)}"
    yield from _lists(practice, ["references"])
    if practice.measures:
        yield "measures = ["
        for measure in practice.measures:
            direction = quoted(measure.direction)
            yield f"  {{ id = {quoted(measure.id)}, months = {measure.months}, direction = {direction} }},"
        yield "]"


def _lists(practice: Practice, keys: Iterable[str]) -> Iterator[str]:
    for name in keys:
        if getattr(practice, name):
            yield f"{name} = {_list(getattr(practice, name))}"


def _follows(follows: Follows) -> str:
    merged = f", with = {_list(follows.with_)}" if follows.with_ else ""
    return f"{{ id = {quoted(follows.id)}, class = {quoted(follows.class_)}{merged} }}"


def text_toml(words: LanguageWords) -> str:
    """Return the content of one ``text.LANGUAGE.toml``."""
    head = [TEXT_NOTE, f"title = {quoted(words.title)}"]
    if words.unchanged:
        head += _long_list("unchanged", words.unchanged)
    blocks = [head]
    for table in ("scales", "meanings"):
        blocks += [_table(f"{table}.{key(name)}", named) for name, named in getattr(words, table).items()]
    blocks += [_table(name, getattr(words, name)) for name in LISTS[1:] if getattr(words, name)]
    return _file([*blocks, *_factors_with_practices(words), *_empty_tables(words)])


def _factors_with_practices(words: LanguageWords) -> Iterator[list[str]]:
    """Yield the words of each factor with those of its practices behind them, as they are answered."""
    left = dict(words.practices)
    for factor, said in words.factors.items():
        yield _factor_words(factor, said)
        for practice in [one for one in left if one.startswith(f"{factor}.")]:
            yield from _practice_words(practice, left.pop(practice))
    for practice, of_no_factor in left.items():
        yield from _practice_words(practice, of_no_factor)


def _empty_tables(words: LanguageWords) -> list[list[str]]:
    """Return the tables that the format requires although there is nothing in them."""
    return [[f"[{table}]"] for table in ("scales", "factors", "practices") if not getattr(words, table)]


def _table(name: str, entries: Mapping[str, str]) -> list[str]:
    return [f"[{name}]", *(f"{key(one)} = {quoted(text)}" for one, text in entries.items())]


def _factor_words(name: str, said: FactorWords) -> list[str]:
    return _table(f"factors.{key(name)}", _given({"name": said.name, "short": said.short, "asks": said.asks}))


def _practice_words(name: str, said: PracticeWords) -> Iterator[list[str]]:
    table = f"practices.{key(name)}"
    steps = [f"steps.{key(step)} = {quoted(text)}" for step, text in said.steps.items()] or ["steps = {}"]
    opening = _table(table, _given({"question": said.question, "why": said.why}))
    yield [*opening, *steps, *_long_list("evidence", said.evidence)]
    for measure, words in said.measures.items():
        yield _table(f"{table}.measures.{key(measure)}", _measure_words(words))


def _measure_words(said: MeasureWords) -> dict[str, str]:
    return {"name": said.name, "output": said.output, "indicator": said.indicator, "unit": said.unit}


def _given(entries: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in entries.items() if text}


def _long_list(name: str, texts: Sequence[str]) -> list[str]:
    return [f"{name} = [", *(f"  {quoted(text)}," for text in texts), "]"] if texts else [f"{name} = []"]


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(quoted(text) for text in texts)}]"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def key(name: str) -> str:
    """Return a key, in quotation marks when it has other signs than a-z, 0-9, _ and -."""
    return name if BARE.fullmatch(name) else _on_one_line(name)


def quoted(text: str) -> str:
    """Return a text as TOML; a very long one on several lines, since a file's lines have a limit."""
    if len(text) <= ON_A_LINE:
        return _on_one_line(text)
    parts = [text[start : start + ON_A_LINE] for start in range(0, len(text), ON_A_LINE)]
    return '"""\\\n' + "\\\n".join(_continued(part) for part in parts) + '"""'


def _continued(part: str) -> str:
    """Return part of a text on a line of its own, where TOML would drop the spaces it begins with."""
    escaped = _escaped(part)
    return escaped if not escaped.startswith(" ") else f"\\u0020{escaped[1:]}"


def _on_one_line(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return ESCAPED.sub(lambda found: SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}", text)


def _file(blocks: Iterable[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"
