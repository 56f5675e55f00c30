"""The lines of a small chart: within the picture, few, and only what there is."""

import re

from hypothesis import given
from hypothesis import strategies as st

from arusha.ui.parts.paths import HIGH, WIDE, SmallPath, lines

SHARES = st.floats(0, 1)
SPOTS = st.lists(st.tuples(SHARES, SHARES), max_size=30)


def a_path(**said: object) -> SmallPath:
    empty = {"targets": (), "actuals": (), "fan": None, "breaks": (), "first": "2020", "last": "2025"}
    return SmallPath(**{**empty, "said": "", **said})


@given(SPOTS, SPOTS, st.none() | st.tuples(*[st.tuples(SHARES, SHARES)] * 3), st.lists(SHARES, max_size=3))
def test_everything_lies_within_the_picture(targets, actuals, fan, breaks) -> None:
    for _, drawn in lines(a_path(targets=targets, actuals=actuals, fan=fan, breaks=breaks)):
        for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", drawn):
            assert 0 <= float(x) <= WIDE
            assert 0 <= float(y) <= HIGH


def test_one_actual_is_a_dot_and_no_line() -> None:
    assert [kind for kind, _ in lines(a_path(actuals=[(0.5, 0.5)]))] == ["dots"]


def test_higher_values_lie_higher() -> None:
    drawn = dict(lines(a_path(actuals=[(0, 0), (1, 1)])))["actual"]
    low, high = (float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", drawn))
    assert high < low


def test_a_path_without_anything_draws_nothing() -> None:
    assert lines(a_path()) == []


def test_actuals_lie_before_the_targets_and_those_before_the_forecast() -> None:
    spots = [(0.0, 0.0), (1.0, 1.0)]
    path = a_path(targets=spots, actuals=spots, fan=((0, 0), (1, 0.5), (1, 1)), breaks=[0.5])
    assert [kind for kind, _ in lines(path)] == ["break", "fan", "target", "actual", "dots"]
