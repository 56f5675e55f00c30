"""Whatever stands in the files, reading ends in a questionnaire or in a refusal that can be shown."""

import json
import random
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.loading import read
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from tests.questionnaires.small import STRUCTURE, TEXT, written

HUGE = 1 << 70  # written with thousands of digits
OFTEN = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(HUGE),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["", "id", "care", "care.lock", "yes", "yes_no", "not_applicable", "../x", "{0}", "{name}"]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.one_of(st.integers(), st.text(max_size=5), st.just({})), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)
FILES = ("structure", "text")
MESSAGES_OF_PYDANTIC = ("Input should", "valid tuple", "after validation", "Field required", "pydantic")


def toml(value: Any) -> str:
    """Return a value as TOML on one line."""
    match value:
        case bool() | int() | float():
            return f"0x{'f' * 5000}" if value == HUGE else repr(value).lower()
        case str():
            clean = value.encode("utf-8", "replace").decode()
            return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return f"[{', '.join(toml(one) for one in value)}]"
        case dict():
            return "{" + ", ".join(f"{toml(key)} = {toml(one)}" for key, one in value.items()) + "}"
    return '""'


def document(raw: dict[str, Any]) -> str:
    return "\n".join(f"{toml(key)} = {toml(value)}" for key, value in raw.items())


def nodes(raw: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a document as its container and key."""
    for key in list(raw) if isinstance(raw, dict) else range(len(raw)) if isinstance(raw, list) else ():
        yield raw, key
        yield from nodes(raw[key])


def delete(container: Any, key: Any, _value: Any) -> None:
    del container[key]


def replace(container: Any, key: Any, value: Any) -> None:
    container[key] = value


def double(container: Any, key: Any, value: Any) -> None:
    if isinstance(container, list):
        container.append(container[key])
    else:
        container[f"{key}{value}"[:40]] = container[key]


def rename(container: Any, key: Any, value: Any) -> None:
    if isinstance(container, dict):
        container[str(value)[:40]] = container.pop(key)


CHANGES: tuple[Callable[[Any, Any, Any], None], ...] = (delete, replace, double, rename)


def outcome(structure: str | bytes, text: str | bytes) -> Questionnaire | Refused:
    """Read the two files; anything but a questionnaire or a refusal fails the test."""
    with tempfile.TemporaryDirectory() as at:
        try:
            return read(written(Path(at), structure, en=text))
        except Refused as refused:
            return refused


def require_showable(found: Questionnaire | Refused) -> None:
    if isinstance(found, Questionnaire):
        words = found.words("")
        for practice in found.practices.values():
            said = words.practices[practice.id]
            assert set(said.steps) == set(found.scale_of(practice).numbers)
            assert set(said.measures) == {measure.id for measure in practice.measures}
            assert all(words.drivers[driver] for driver in practice.drivers)
        return
    assert found.problems
    for problem in found.problems:
        assert str(problem).isprintable()
        assert not [leak for leak in MESSAGES_OF_PYDANTIC if leak in str(problem)]


@OFTEN
@given(
    seed=st.integers(0, 2**32),
    values=st.lists(ODD_VALUES, min_size=1, max_size=6),
    which=st.sampled_from(FILES),
)
def test_a_document_with_nodes_deleted_replaced_doubled_or_renamed_is_read_or_refused(
    seed: int, values: list[Any], which: str
) -> None:
    chance = random.Random(seed)
    raw = tomllib.loads(STRUCTURE if which == "structure" else TEXT)
    for value in values:
        places = list(nodes(raw))
        if places:
            chance.choice(CHANGES)(*chance.choice(places), value)
    changed = document(raw)
    require_showable(outcome(changed, TEXT) if which == "structure" else outcome(STRUCTURE, changed))


@OFTEN
@given(seed=st.integers(0, 2**32), count=st.integers(1, 4), which=st.sampled_from(FILES))
def test_a_file_with_lines_deleted_doubled_or_swapped_is_read_or_refused(
    seed: int, count: int, which: str
) -> None:
    chance = random.Random(seed)
    lines = (STRUCTURE if which == "structure" else TEXT).splitlines()
    for _ in range(count):
        here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(3):
            case 0:
                del lines[here]
            case 1:
                lines.insert(there, lines[here])
            case _:
                lines[here], lines[there] = lines[there], lines[here]
    changed = "\n".join(lines)
    require_showable(outcome(changed, TEXT) if which == "structure" else outcome(STRUCTURE, changed))


@OFTEN
@given(content=st.binary(max_size=300), at=st.integers(0, len(STRUCTURE)))
def test_random_bytes_in_a_file_are_read_or_refused(content: bytes, at: int) -> None:
    raw = STRUCTURE.encode()
    require_showable(outcome(raw[:at] + content + raw[at:], TEXT))
    require_showable(outcome(content, content))


@pytest.mark.parametrize("which", FILES)
def test_one_deleted_node_gives_few_messages(which: str) -> None:
    source = STRUCTURE if which == "structure" else TEXT
    for number in range(len(list(nodes(tomllib.loads(source))))):
        raw = tomllib.loads(source)
        delete(*list(nodes(raw))[number], None)
        changed = document(raw)
        found = outcome(changed, TEXT) if which == "structure" else outcome(STRUCTURE, changed)
        require_showable(found)
        assert isinstance(found, Questionnaire) or len(found.problems) <= 4, str(found)
