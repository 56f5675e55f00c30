"""A step of another scale is proposed so that a change of form lifts nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.model import Scale
from questionnaires.rescaling import EQUAL, FIRST, LOWER, mapped
from tests.questionnaires.following import scale

FIVE = scale([0.0, 0.25, 0.5, 0.75, 1.0])
scales = st.lists(
    st.floats(0, 1) | st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=2, max_size=6, unique=True
)
SCALES = scales.map(sorted).map(scale)


@pytest.mark.parametrize(
    ("step", "values", "expected"),
    [
        ("s0", [0.0, 0.5, 1.0], ("s0", EQUAL)),
        ("s1", [0.0, 0.5, 1.0], ("s0", LOWER)),
        ("s2", [0.0, 0.5, 1.0], ("s1", EQUAL)),
        ("s3", [0.0, 0.5, 1.0], ("s1", LOWER)),
        ("s4", [0.0, 0.5, 1.0], ("s2", EQUAL)),
        ("s4", [0.0, 0.5, 0.9], ("s2", LOWER)),
        ("s0", [0.1, 0.5, 1.0], ("s0", FIRST)),
        ("s1", [0.4, 0.5, 1.0], ("s0", FIRST)),
    ],
)
def test_a_step_goes_to_its_equal_or_to_the_next_lower(
    step: str, values: list[float], expected: tuple[str, str]
) -> None:
    assert mapped(step, FIVE, scale(values)) == expected


def test_the_first_step_goes_to_the_first_even_where_others_lie_below_it() -> None:
    assert mapped("s0", scale([0.3, 1.0]), FIVE) == ("s0", FIRST)


def test_the_last_step_is_not_lifted_to_a_last_that_is_worth_more() -> None:
    assert mapped("s1", scale([0.0, 0.8]), FIVE) == ("s3", LOWER)


def value(on: Scale, step: str) -> float:
    return on.steps[on.numbers[step]].value


@given(SCALES, SCALES)
def test_nobody_is_lifted_unless_the_new_scale_begins_higher(old: Scale, new: Scale) -> None:
    for step in old.numbers:
        found, _ = mapped(step, old, new)
        assert value(new, found) <= max(value(old, step), new.steps[0].value)


@given(SCALES, SCALES)
def test_the_order_of_steps_stays(old: Scale, new: Scale) -> None:
    found = [new.numbers[mapped(step, old, new)[0]] for step in old.numbers]
    assert found == sorted(found)


@given(SCALES)
def test_a_scale_with_the_same_values_changes_nothing(old: Scale) -> None:
    assert [mapped(step, old, old) for step in old.numbers] == [(step, EQUAL) for step in old.numbers]


@given(st.lists(st.floats(0.1, 0.8), max_size=4, unique=True).map(sorted), SCALES)
def test_between_scales_of_the_same_ends_first_goes_to_first_and_last_to_last(
    inner: list[float], old: Scale
) -> None:
    low, high = old.steps[0].value, old.steps[-1].value
    new = scale([low, *(value for value in inner if low < value < high), high])
    assert mapped(old.steps[0].id, old, new) == (new.steps[0].id, EQUAL)
    assert mapped(old.steps[-1].id, old, new) == (new.steps[-1].id, EQUAL)
