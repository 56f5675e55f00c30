"""Whether what is planned can be done: by whom, when, with what money."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from arusha.plans.model import BudgetLine, Milestone
from tests.plans.building import (
    spent,
    status,
)
from tests.plans.sound import a_sound_plan, found, link, only, several, sound


def test_an_activity_needs_somebody_responsible() -> None:
    plan = a_sound_plan(sound(responsible=""))
    assert found(plan, "without_owner") == only(
        "1.1 Activity activity01: Nobody is responsible for the activity. "
        "Name one person or office that answers for it."
    )
    assert found(replace(plan, updates=(*plan.updates, status("done"))), "without_owner") == []


@pytest.mark.parametrize("missing", ["start", "end"])
def test_an_activity_needs_both_dates(missing: str) -> None:
    assert found(a_sound_plan(sound(**{missing: None})), "undated") == only(
        "1.1 Activity activity01: The activity does not say when it begins and when it ends. "
        "Give it both dates."
    )


@pytest.mark.parametrize(
    "outside",
    [
        {"start": date(2019, 12, 31)},
        {"end": date(2026, 1, 1)},
        {"links": (link(by=date(2026, 1, 1)),)},
        {"milestones": (Milestone(id="stone01", title="Order signed", due=date(2026, 1, 1)),)},
    ],
)
def test_every_day_of_an_activity_lies_within_the_plan(outside: dict[str, Any]) -> None:
    (line,) = found(a_sound_plan(sound(**outside)), "outside_plan")
    assert line.startswith("1.1 Activity activity01: The date ")
    assert line.endswith(
        " lies outside of the plan, which runs from 2020-01-01 to 2025-12-31. "
        "Correct the date, or the dates of the plan."
    )


def test_the_first_and_the_last_day_lie_within_the_plan() -> None:
    whole = sound(start=date(2020, 1, 1), end=date(2025, 12, 31))
    assert found(a_sound_plan(whole), "outside_plan") == []


def test_nothing_begins_before_the_approval() -> None:
    early = a_sound_plan(state="approved", approved=date(2021, 2, 2))
    assert found(early, "before_approval") == only(
        "1.1 Activity activity01: The activity begins on 2021-02-01, before the plan was approved on "
        "2021-02-02. Correct the date, or let it begin after the approval."
    )
    assert found(a_sound_plan(state="approved", approved=date(2021, 2, 1)), "before_approval") == []
    assert found(replace(early, version=2), "before_approval") == []


def test_more_than_half_on_the_last_day_of_the_year_is_no_planning() -> None:
    year_end, autumn = several(2, end=date(2021, 12, 31)), sound()
    plan = a_sound_plan(autumn, *year_end)
    assert found(plan, "all_on_last_day") == only(
        "Integrity plan: 2 of 3 activities end on 31 December or on the last day of the plan. "
        "Give each activity the day on which it can really be done."
    )
    half = a_sound_plan(autumn, sound(id="second01"), *year_end)
    assert found(half, "all_on_last_day") == []


def test_the_last_day_of_the_plan_counts_as_such_too_and_two_ends_say_nothing() -> None:
    ends: dict[str, Any] = {"end": date(2025, 6, 30)}
    plan = a_sound_plan(sound(**ends), *several(2, **ends), **ends)
    assert len(found(plan, "all_on_last_day")) == 1
    assert found(a_sound_plan(sound(**ends), *several(1, **ends), **ends), "all_on_last_day") == []


def test_an_activity_past_its_end_is_late_until_it_is_done_or_dropped() -> None:
    plan = a_sound_plan(sound(end=date(2021, 9, 14)))
    assert found(plan, "late") == only(
        "1.1 Activity activity01: The activity was to end on 2021-09-14 and is not done. "
        "Enter that it is done, or plan a new date."
    )
    assert found(plan, "late", today=date(2021, 9, 14)) == []
    for choice, is_late in {"done": False, "dropped": False, "paused": True, "ongoing": True}.items():
        told = replace(plan, updates=(*plan.updates, status(choice, text="Said")))
        assert bool(found(told, "late")) is is_late
    still_to_come = replace(plan, updates=(*plan.updates, status("done", date(2035, 1, 1))))
    assert len(found(still_to_come, "late")) == 1


@pytest.mark.parametrize("choice", ["paused", "dropped"])
def test_who_stops_an_activity_says_why(choice: str) -> None:
    plan = a_sound_plan(updates=[status(choice)])
    assert found(plan, "stopped_without_reason") == only(
        f"1.1 Activity activity01: The activity was {choice} on 2021-06-30, and nothing says why. "
        "Enter the status again, and write the reason."
    )
    assert found(a_sound_plan(updates=[status(choice, text="No money")]), "stopped_without_reason") == []
    going_again = a_sound_plan(updates=[status(choice), status("ongoing", date(2021, 8, 1))])
    assert found(going_again, "stopped_without_reason") == []


def test_a_line_with_more_spent_than_it_holds_is_told_with_both_sums() -> None:
    money = sound(budget=(BudgetLine(id="line0001", title="Travel", amount=100.0),))
    plan = a_sound_plan(money, figures=[spent("2020", 60.0, "line0001"), spent("2021", 40.5, "line0001")])
    assert found(plan, "overspent") == only(
        "1.1 Activity activity01: On the budget line “Travel”, 100.5 was spent of 100. "
        "Correct the spending, or raise the amount in a revised plan."
    )
    cents = sound(budget=(BudgetLine(id="line0001", title="Travel", amount=0.3),))
    whole = [spent("2021", 0.1, "line0001"), spent("2020", 0.2, "line0001")]  # in binary a little above 0.3
    to_the_cent = a_sound_plan(cents, figures=whole)
    assert found(to_the_cent, "overspent") == []


def test_what_was_restated_counts_once() -> None:
    money = sound(budget=(BudgetLine(id="line0001", title="Travel", amount=100.0),))
    restated = [spent("2020", 900.0, "line0001"), spent("2020", 90.0, "line0001", reason="A typing error")]
    assert found(a_sound_plan(money, figures=restated), "overspent") == []
