"""What the reading process tells comes back as it was, and nothing of another shape is believed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.exchange import transcript
from arusha.exchange.found import Found, Kind, page
from questionnaires.problems import Problem, Refused

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
CELLS = st.one_of(
    TEXTS.map(lambda text: Found(Kind.TEXT, text)),
    st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)).map(
        lambda number: Found(Kind.NUMBER, number)
    ),
    st.booleans().map(lambda truth: Found(Kind.TRUTH, truth)),
    st.dates().map(lambda day: Found(Kind.DATE, day.isoformat())),
    st.sampled_from([Found(Kind.DATE), Found(Kind.FORMULA), Found(Kind.ERROR)]),
)
PLACES = st.tuples(st.integers(1, 20_000), st.integers(1, 60))
PAGES = st.dictionaries(TEXTS, st.tuples(st.dictionaries(PLACES, CELLS), st.lists(TEXTS)), max_size=4)
GOOD = {"name": "Sheet", "cells": [[1, 1, "text", "a"]], "merged": ["A1:B2"]}


@given(PAGES)
def test_sheets_come_back_as_they_were(drawn: dict[str, Any]) -> None:
    pages = {name: page(name, cells, tuple(merged)) for name, (cells, merged) in drawn.items()}
    told = list(transcript.of_pages(pages))
    assert transcript.is_whole(b"".join(told))
    back = transcript.taken(b"".join(told).splitlines(keepends=True))
    assert back == pages
    assert [type(found.value) for one in back.values() for found in one.cells.values()] == [
        type(found.value) for one in pages.values() for found in one.cells.values()
    ]


def test_a_refusal_comes_back_with_every_problem() -> None:
    problems = (
        Problem("a · b!C1", "{name} is wrong.", "Do {other}.", {"name": "é", "other": 3}),
        Problem("c", "d", "e"),
    )
    with pytest.raises(Refused) as refused:
        transcript.taken(transcript.of_refusal(Refused(problems)))
    assert refused.value.problems == problems


@pytest.mark.parametrize(
    "change",
    [
        {"name": 1},
        {"cells": [[1, 1, "text"]]},
        {"cells": [[1, 1, "text", 1]]},
        {"cells": [[1, 1, "text", None]]},
        {"cells": [[1, 1, "number", "1"]]},
        {"cells": [[1, 1, "number", True]]},
        {"cells": [[1, 1, "truth", 1]]},
        {"cells": [[1, 1, "date", 1]]},
        {"cells": [[1, 1, "formula", "=1"]]},
        {"cells": [[1, 1, "program", None]]},
        {"cells": [["A", 1, "text", "a"]]},
        {"cells": [[1.0, 1, "text", "a"]]},
        {"cells": 7},
        {"merged": [1]},
        {"refused": [["a", "b", "c", {"d": []}]]},
        {"refused": [[1, "b", "c", {}]]},
        {"refused": [["a", "b", "c"]]},
    ],
)
def test_another_shape_is_not_believed(change: dict[str, object]) -> None:
    assert transcript.taken([json.dumps(GOOD).encode()])["Sheet"].at(1, 1) == Found(Kind.TEXT, "a")
    with pytest.raises((ValueError, TypeError)):
        transcript.taken([json.dumps({**GOOD, **change}).encode()])


@pytest.mark.parametrize("line", [b"", b"{", b"7", b"[]", b'"name"', b"null", b"\xff"])
def test_what_is_no_line_of_it_is_not_believed(line: bytes) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        transcript.taken([line])
