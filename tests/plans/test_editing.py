"""A plan edited part by part: numbers, places, and fields that cannot be kept."""

from datetime import date
from typing import Any

import pytest

from arusha.plans.editing import fresh, kinds_within, next_number, places_for, with_field
from arusha.plans.model import ABOVE, KINDS, Activity
from arusha.plans.rules import Changes, after, faults_of_parts
from questionnaires.problems import Refused
from tests.plans.building import a_plan, activity, goal, header, indicator, outcome, output

PLAN = a_plan(
    goal(number="1"),
    goal("goal02", number="4"),
    outcome(),
    output(within="outcome01"),
    activity(within="output01", number="1.1"),
    activity("activity02", number="1.9"),
    indicator(within="activity01"),
)


@pytest.mark.parametrize(
    ("kind", "within", "number"),
    [
        ("goal", "", "5"),
        ("activity", "output01", "1.10"),
        ("activity", "goal02", "4.1"),
        ("outcome", "goal01", ""),
        ("output", "goal01", ""),
        ("indicator", "goal01", ""),
    ],
)
def test_a_new_part_has_the_next_number_of_its_goal(kind: str, within: str, number: str) -> None:
    assert next_number(PLAN, kind, within) == number


def test_the_first_goal_is_number_one_and_a_goal_without_number_gives_none() -> None:
    assert next_number(a_plan(activity(within="")), "goal", "") == "1"
    assert next_number(a_plan(goal()), "activity", "goal01") == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_fresh_part_may_stand_where_it_is_put(kind: str) -> None:
    within = "" if kind == "goal" else "goal01"
    part = fresh(PLAN, kind, within, " A title ", lambda: "pnew001")
    assert (part.id, part.kind, part.within, part.title) == ("pnew001", kind, within, "A title")
    assert faults_of_parts(after(PLAN, Changes(parts=(part,))), None) == []


def test_places_are_those_the_kind_may_stand_within_and_never_inside_of_itself() -> None:
    for part in PLAN.parts:
        places = places_for(PLAN, part)
        assert {one.kind for one in places} <= set(ABOVE[part.kind])
        assert not {one.id for one in places} & {one.id for one in PLAN.under(part.id)}
    assert [one.id for one in places_for(PLAN, PLAN.by_id["output01"])] == ["goal01", "goal02", "outcome01"]


def test_within_each_kind_exactly_those_may_be_added_that_may_stand_there() -> None:
    assert kinds_within(None) == ("goal",)
    assert kinds_within(goal()) == ("outcome", "output", "activity", "indicator")
    assert kinds_within(activity()) == ("indicator",)
    assert kinds_within(indicator()) == ()


def test_one_field_is_changed_and_nothing_else() -> None:
    before = activity(start=date(2024, 1, 1), stakeholders="Brokers")
    now = with_field(before, "title", "  Another ")
    assert isinstance(now, Activity)
    assert now == before.model_copy(update={"title": "Another"})


@pytest.mark.parametrize(
    ("value", "name", "given", "said"),
    [
        (activity(), "title", "x" * 2_001, "The text is longer than 2000 characters. Shorten it."),
        (activity(), "number", "1" * 21, "The text is longer than 20 characters. Shorten it."),
        (
            activity(),
            "title",
            "a\x07",
            "The text holds a character that cannot be written. Type the text again.",
        ),
        (header(), "most_at_once", 0, "The number is too small or too large. Give another number."),
        (header(), "most_at_once", 100, "The number is too small or too large. Give another number."),
        (header(), "currency", "euro", "This cannot be kept here. Give another value."),
        (activity(), "start", "soon", "This cannot be kept here. Give another value."),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(value: Any, name: str, given: object, said: str) -> None:
    with pytest.raises(Refused) as refused:
        with_field(value, name, given)
    assert [str(one) for one in refused.value.problems] == [f"{name}: {said}"]
