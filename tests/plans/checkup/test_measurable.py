"""Whether what is measured can be measured."""

from dataclasses import replace
from datetime import date

import pytest

from arusha.plans.checkup.checking import check
from tests.plans.building import (
    a_plan,
    actual,
    baseline,
    goal,
    indicator,
    target,
)
from tests.plans.sound import TODAY, a_sound_plan, found, measured, only


@pytest.mark.parametrize(
    "title",
    [
        "Improvement in advertising",
        "Increased awareness of officers",
        "Better relations with brokers",
        "Amélioration de l’accueil",
        "L’amélioration de l’accueil",
        "Renforcement des capacités",
    ],
)
def test_words_of_change_without_a_unit_cannot_be_measured(title: str) -> None:
    plan = a_sound_plan(measured(title=title, unit=""))
    assert found(plan, "vague_indicator") == only(
        f"{title}: It cannot be measured: the words name a direction, and there is no unit to count in. "
        "Say what is counted, and in which unit: the share of …, the number of …, days."
    )
    assert found(plan, "no_unit") == []
    assert found(a_sound_plan(measured(title=title, unit="%")), "vague_indicator") == []


def test_an_indicator_needs_a_unit() -> None:
    plan = a_sound_plan(measured(title="Officers trained", unit=""))
    assert found(plan, "no_unit") == only(
        "Officers trained: The indicator has no unit, so it cannot be measured. "
        "Give it a unit, such as %, days or number."
    )
    assert found(plan, "vague_indicator") == []


def test_a_level_needs_a_baseline_and_a_sum_does_not() -> None:
    bare = a_plan(goal(), measured())
    assert found(bare, "no_baseline") == only(
        "Indicator indicator01: The indicator has no baseline, so no change can be seen. "
        "Enter the value before the measure, with its day."
    )
    assert found(a_plan(goal(), measured(cumulative=True)), "no_baseline") == []
    assert found(a_sound_plan(figures=[baseline(None, reason="Wrong")]), "no_baseline") != []


def test_an_indicator_needs_a_target_unless_either_direction_can_be_good() -> None:
    bare = a_plan(goal(), measured())
    assert found(bare, "no_target") == only(
        "Indicator indicator01: The indicator has no target, so nobody can say whether it was met. "
        "Enter a target for at least one period."
    )
    assert found(a_plan(goal(), measured(direction="ambiguous")), "no_target") == []


def test_an_ambiguous_indicator_needs_one_to_be_read_beside_it() -> None:
    alone, other = measured(direction="ambiguous"), indicator("indicator02")
    assert found(a_plan(goal(), alone, other), "ambiguous_alone") == only(
        "Indicator indicator01: It may go up for good and for bad reasons, and nothing is read beside it. "
        "Name the indicator to be read beside it."
    )
    beside = alone.model_copy(update={"read_with": "indicator02"})
    assert found(a_plan(goal(), beside, other), "ambiguous_alone") == []


def test_indicators_that_have_ended_are_left_in_peace() -> None:
    gone = {"ended": date(2021, 6, 30), "ended_because": "Replaced", "unit": "", "direction": "ambiguous"}
    rules = {one.rule for one in check(a_plan(goal(), measured(**gone)), None, None, TODAY)}
    assert rules <= {"goal_without_outcome"}


def test_a_benchmark_past_its_day_needs_a_value() -> None:
    plan = a_sound_plan(figures=[target("2020", 5.0)])
    assert found(plan, "late_benchmark") == only(
        "Indicator indicator01: The target of 2020 was due on 2020-12-31, and no value is entered. "
        "Enter the value that was reached, with its source."
    )
    entered = replace(plan, figures=(*plan.figures, replace(actual("2020", 1.0), number=9)))
    assert found(entered, "late_benchmark") == []
    assert found(plan, "late_benchmark", today=date(2020, 12, 31)) == []


def test_a_benchmark_after_the_end_of_its_indicator_is_never_due() -> None:
    ended = measured(ended=date(2020, 6, 30), ended_because="Replaced")
    assert found(a_sound_plan(ended, figures=[target("2020", 5.0)]), "late_benchmark") == []
