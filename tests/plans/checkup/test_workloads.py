"""Who carries too much at once, and which quarter."""

from dataclasses import replace
from datetime import date

import pytest

from arusha.plans.checkup.checking import overload
from tests.plans.building import (
    status,
)
from tests.plans.sound import TODAY, a_sound_plan, found, only, replaced, several, sound


def test_an_owner_with_too_much_at_once_is_named_with_the_month() -> None:
    later = sound(id="later001", start=date(2022, 4, 1), end=date(2022, 9, 30))
    plan = a_sound_plan(sound(), later, *several(2, start=date(2022, 5, 10), end=date(2022, 5, 31)))
    assert found(replace(plan, header=replaced(plan, most_at_once=2)), "overloaded_owner") == only(
        "Integrity plan: Training carries 3 activities at once in 2022-05; the plan allows 2. "
        "Give some of them to somebody else, or move them."
    )
    assert found(replace(plan, header=replaced(plan, most_at_once=3)), "overloaded_owner") == []


def test_one_after_the_other_is_not_at_once() -> None:
    first = sound(start=date(2022, 1, 1), end=date(2022, 5, 15))
    second = sound(id="second01", start=date(2022, 5, 16), end=date(2022, 8, 31))
    plan = a_sound_plan(first, second, most_at_once=1)
    assert found(plan, "overloaded_owner") == []
    same_day = second.model_copy(update={"start": date(2022, 5, 15)})
    assert len(found(a_sound_plan(first, same_day, most_at_once=1), "overloaded_owner")) == 1


@pytest.mark.parametrize("choice", ["done", "dropped", "paused"])
def test_what_does_not_run_loads_nobody(choice: str) -> None:
    parts = several(2, start=date(2022, 1, 1), end=date(2022, 5, 15))
    plan = a_sound_plan(sound(responsible="IT"), *parts, most_at_once=1, most_a_quarter=1)
    rested = replace(plan, updates=(*plan.updates, status(choice, of="several01", text="Said")))
    assert {one.rule for one in overload(plan, TODAY)} == {"overloaded_owner", "overloaded_quarter"}
    assert overload(rested, TODAY) == ()


def test_an_overload_that_is_past_is_not_told() -> None:
    parts = several(3, start=date(2021, 1, 1), end=date(2021, 6, 30))
    plan = a_sound_plan(*parts, most_at_once=2, most_a_quarter=2)
    assert len(overload(plan, date(2021, 6, 30))) == 2
    assert overload(plan, TODAY) == ()


def test_a_quarter_in_which_too_much_ends_is_named_as_fiscal_years_name_it() -> None:
    plan = a_sound_plan(*several(2, end=date(2022, 8, 31)), fiscal_start=7, most_a_quarter=1)
    assert found(plan, "overloaded_quarter") == only(
        "Integrity plan: 2 activities end in the quarter 2022/23-Q1; the plan allows 1. "
        "Spread their ends over more quarters."
    )
    assert found(replace(plan, header=replaced(plan, most_a_quarter=2)), "overloaded_quarter") == []
