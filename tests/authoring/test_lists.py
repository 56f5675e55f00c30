"""A list in one cell comes back as it was, and a slip in it is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.authoring.lists import joined, split
from arusha.authoring.spots import Spot, path_of, together

NAMES = st.text(min_size=1) | st.text(st.sampled_from(' ,"\n\ra='), min_size=1)


@given(st.lists(NAMES))
def test_any_names_come_back_as_they_were(names: list[str]) -> None:
    assert split(joined(names)) == tuple(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a", ("a",)),
        (" a ,b,  c ", ("a", "b", "c")),
        ('"a, b", c', ("a, b", "c")),
        ('" a "', (" a ",)),
        ('"say ""no"""', ('say "no"',)),
        ("", ()),
        ("  ", ()),
        ("a\nb", ("a\nb",)),
    ],
)
def test_a_list_is_read_as_people_write_it(text: str, names: tuple[str, ...]) -> None:
    assert split(text) == names


@pytest.mark.parametrize("text", ["a,,b", "a,", ",", '"a', 'a"b', '"a"b', '""'])
def test_a_slip_is_noticed(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize(
    ("part", "item", "path"),
    [
        ("title", "", ("title",)),
        ("scales.s", "a", ("scales", "s", "a")),
        ("drivers", '"a, b"', ("drivers", "a, b")),
        ("factors.f", "short", ("factors", "f", "short")),
        ("practices.f.p", "steps.a", ("practices", "f.p", "steps", "a")),
        ("practices.f.p", "measures.m.unit", ("practices", "f.p", "measures", "m", "unit")),
        ("practices.f.p", "evidence.2", ("practices", "f.p", "evidence", "2")),
        ("unchanged", "1", ("unchanged", "1")),
    ],
)
def test_a_place_leads_to_its_keys(part: str, item: str, path: tuple[str, ...]) -> None:
    assert path_of(Spot(part, item)) == path


@pytest.mark.parametrize(
    ("part", "item"),
    [
        ("", ""),
        ("title", "x"),
        ("scales", "a"),
        ("scales.s", ""),
        ("drivers", ""),
        ("drivers", "a, b"),
        ("drivers.x", "a"),
        ("factors.f", "weight"),
        ("practices.f.p", "evidence.0"),
        ("practices.f.p", "measures.m"),
        ("practices.f.p", "question.x"),
        ("practices", "question"),
        ("unchanged", "one"),
        ("other", "a"),
    ],
)
def test_a_place_that_the_format_does_not_have_leads_nowhere(part: str, item: str) -> None:
    assert path_of(Spot(part, item)) is None


def test_places_that_only_one_language_has_stand_behind_the_one_before() -> None:
    a, b, c, d = (Spot("x", letter) for letter in "abcd")
    assert together([a, c], [a, b, c, d]) == [a, b, c, d]
    assert together([a, b], [c, b]) == [c, a, b]
    assert together([a, b], []) == [a, b]
