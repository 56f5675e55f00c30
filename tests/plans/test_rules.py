"""What the parts of a plan must be to be kept: each fault is seen, said with place and remedy, and absent."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.plans import rules
from arusha.plans.model import (
    Activity,
    AnyPart,
    BudgetLine,
    Link,
    Milestone,
)
from arusha.plans.rules import Changes, after
from questionnaires import loading
from questionnaires.problems import Problem
from tests.plans.building import (
    a_plan,
    activity,
    actual,
    baseline,
    goal,
    header,
    indicator,
    outcome,
    output,
    spent,
    status,
    target,
)

EDITION = loading.edition("arusha_2026")
PRACTICE = next(iter(EDITION.practices))
STEP = EDITION.scale_of(EDITION.practices[PRACTICE]).steps[1].id
LINE = BudgetLine(id="line001", title="Training", amount=100.0)
DAY = date(2021, 6, 30)
LONG_AGO = date(1066, 10, 14)


def said(problems: Iterable[Problem]) -> list[str]:
    """Return what a person reads."""
    return [str(problem) for problem in problems]


def of_parts(*parts: AnyPart, **more: Any) -> list[str]:
    """Return what is said against a plan of these parts, within one goal."""
    return said(rules.faults_of_parts(a_plan(goal(), *parts, **more), EDITION))


# --- the head


def test_a_plan_with_a_title_and_dates_in_order_is_right() -> None:
    assert rules.faults_of_header(header()) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"title": "  "}, "title: The plan has no title. Give it one."),
        (
            {"start": date(2026, 1, 1)},
            "plan: It ends on 2025-12-31, before it starts on 2026-01-01. Put the dates in order.",
        ),
        ({"start": LONG_AGO}, "plan: 1066-10-14 is no day a plan can speak of. Correct the date."),
        ({"end": date(2101, 1, 1)}, "plan: 2101-01-01 is no day a plan can speak of. Correct the date."),
    ],
)
def test_what_is_wrong_with_a_head_is_said(told: dict[str, Any], expected: str) -> None:
    assert said(rules.faults_of_header(header(**told))) == [expected]


# --- where a part stands


def test_a_whole_chain_and_one_with_levels_left_out_are_right() -> None:
    assert of_parts(outcome(), output(within="outcome01"), activity(within="output01")) == []
    assert of_parts(activity(), indicator(), indicator("indicator02", "activity01", title="Another")) == []


def test_a_goal_stands_within_nothing() -> None:
    inner = goal("goal02", within="goal01", number="2")
    assert of_parts(inner) == [
        "2 Goal goal02: A goal stands within nothing else. Leave out what it is within."
    ]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (activity(within=""), "Activity activity01: It stands within nothing, which is no part of this plan"),
        (activity(within="goal99"), "It stands within goal99"),
        (outcome(within="output01"), "It stands within output01"),
        (output(within="output01"), "It stands within output01"),
    ],
)
def test_a_part_stands_within_one_that_is_above_its_kind(part: AnyPart, expected: str) -> None:
    others = () if part.id == "output01" else (output(),)
    problems = of_parts(*others, part)
    assert len(problems) == 1
    assert expected in problems[0]
    assert "Put it within one of: " in problems[0]


def test_activities_hold_indicators_only() -> None:
    (problem,) = of_parts(activity(), activity("activity02", within="activity01"))
    assert problem.endswith("Put it within one of: output, outcome, goal.")


# --- activities


def test_an_activity_ends_after_it_starts() -> None:
    assert of_parts(activity(start=DAY, end=DAY)) == []
    (problem,) = of_parts(activity(start=DAY, end=date(2020, 1, 1), number="1.1"))
    assert problem == (
        "1.1 Activity activity01: It ends on 2020-01-01, before it starts on 2021-06-30. "
        "Put the dates in order."
    )


@pytest.mark.parametrize(
    "told",
    [
        {"start": LONG_AGO},
        {"end": date(2200, 1, 1)},
        {"milestones": (Milestone(id="stone01", title="Test", due=LONG_AGO),)},
        {"milestones": (Milestone(id="stone01", title="Test", due=DAY, reached=LONG_AGO),)},
        {"links": (Link(practice=PRACTICE, step=STEP, by=LONG_AGO),)},
    ],
)
def test_every_date_of_an_activity_is_one_a_plan_can_speak_of(told: dict[str, Any]) -> None:
    (problem,) = of_parts(activity(**told))
    assert "is no day a plan can speak of. Correct the date." in problem


def test_an_activity_comes_after_activities_of_the_plan() -> None:
    first = activity(number="1.1")
    assert of_parts(first, activity("activity02", after=("activity01",))) == []
    (problem,) = of_parts(first, indicator(), activity("activity02", after=("indicator01",)))
    assert "It comes after indicator01, which is no activity here. Use one of: 1.1, activity02." in problem


def test_the_near_name_of_an_activity_is_offered() -> None:
    (problem,) = of_parts(activity(), activity("activity02", after=("activty01",)))
    assert problem.endswith("Did you mean activity01?")


def test_a_link_points_to_a_practice_and_a_step_of_the_questionnaire() -> None:
    assert of_parts(activity(links=(Link(practice=PRACTICE, step=STEP, by=DAY),))) == []
    (problem,) = of_parts(activity(links=(Link(practice=PRACTICE + "x", step=STEP, by=DAY),)))
    assert f"There is no practice {PRACTICE}x in the questionnaire. Did you mean {PRACTICE}?" in problem
    (problem,) = of_parts(activity(links=(Link(practice=PRACTICE, step=STEP[:-1], by=DAY),)))
    assert f"The practice has no step {STEP[:-1]}. Did you mean {STEP}?" in problem


def test_links_are_not_looked_at_without_a_questionnaire() -> None:
    plan = a_plan(goal(), activity(links=(Link(practice="no.such", step="no", by=DAY),)))
    assert rules.faults_of_parts(plan, None) == []


@pytest.mark.parametrize(
    "told",
    [
        {"budget": (LINE, LINE)},
        {"milestones": (Milestone(id="line001", title="One", due=DAY),) * 2},
    ],
)
def test_a_line_or_a_milestone_stands_once_in_an_activity(told: dict[str, Any]) -> None:
    (problem,) = of_parts(activity(**told))
    assert problem == "Activity activity01: line001 stands in it twice. Leave one of them out."


def test_a_budget_line_belongs_to_one_activity() -> None:
    twice = (activity(budget=(LINE,)), activity("activity02", budget=(LINE,)))
    (problem,) = of_parts(*twice)
    assert problem == (
        "Activity activity02: line001 stands in another activity too, Activity activity01. "
        "Give each its own line."
    )


# --- indicators and owners


@pytest.mark.parametrize("name", ["replaces", "read_with"])
def test_an_indicator_points_to_another_indicator(name: str) -> None:
    other = indicator("indicator02")
    assert of_parts(indicator(**{name: "indicator02"}), other) == []
    for wrong in ("indicator01", "goal01", "nothing"):
        (problem,) = of_parts(indicator(**{name: wrong}), other)
        assert f"It points to {wrong}, which is no other indicator here." in problem


def test_an_indicator_that_has_ended_says_why() -> None:
    assert of_parts(indicator(ended=DAY, ended_because="Nobody reads it.")) == []
    (problem,) = of_parts(indicator(ended=DAY))
    assert "It has ended, and nothing says why. Say why it was given up or replaced." in problem


def test_an_indicator_does_not_end_on_a_day_no_plan_can_speak_of() -> None:
    (problem,) = of_parts(indicator(ended=LONG_AGO, ended_because="Nobody reads it."))
    assert "1066-10-14 is no day a plan can speak of. Correct the date." in problem


@pytest.mark.parametrize(
    "made",
    [
        lambda name: activity(responsible=name),
        lambda name: indicator(owner=name),
        lambda name: outcome(owner=name),
    ],
)
def test_who_answers_for_a_part_is_an_owner_of_the_plan(made: Any) -> None:
    for known in ("Training", "Head office", ""):
        assert of_parts(made(known), owner="Head office", owners=("Training",)) == []
    (problem,) = of_parts(made("Trainnig"), owner="Head office", owners=("Training",))
    assert "Trainnig is not among the owners of this plan. Did you mean Training?" in problem
    (problem,) = of_parts(made("Nobody"), owners=("Training",))
    assert "Use one of: Training." in problem


# --- the plan as a whole


def test_the_same_text_stands_once_within_a_part() -> None:
    twice = (activity(title="Train  all"), activity("activity02", title="train all", number="1.2"))
    (problem,) = of_parts(*twice)
    assert problem == (
        "1.2 train all: The same text stands here twice, also as Train  all. "
        "Remove one, or say how they differ."
    )
    elsewhere = activity("activity02", "goal02", title="train all")
    assert of_parts(activity(title="Train all"), goal("goal02"), elsewhere) == []
    assert of_parts(activity(title=""), activity("activity02", title="")) == []


def test_an_indicator_may_keep_the_words_of_the_one_it_takes_the_place_of() -> None:
    old = indicator(title="Cases closed", ended=date(2022, 12, 31), ended_because="Counted anew.")
    new = indicator("indicator02", title="Cases closed", unit="days", replaces=old.id)
    assert of_parts(old, new) == []
    (problem,) = of_parts(old.model_copy(update={"ended": None}), new)
    assert "The same text stands here twice" in problem


def test_activities_that_wait_for_one_another_are_named_once() -> None:
    circle = [
        activity("first01", number="1", after=("third01",), title="A"),
        activity("second1", number="2", after=("first01",), title="B"),
        activity("third01", number="3", after=("second1",), title="C"),
        activity("fourth1", number="4", after=("third01",), title="D"),
    ]
    (problem,) = of_parts(*circle)
    assert problem == (
        "1 A: Activities wait for one another in a circle: 1 A → 3 C → 2 B → 1 A. "
        "Leave out one of these dependencies."
    )
    assert of_parts(circle[1], circle[2], replace_after(circle[0])) == []


def replace_after(part: Activity) -> Activity:
    return part.model_copy(update={"after": ()})


def test_an_activity_does_not_wait_for_itself() -> None:
    (problem,) = of_parts(activity(after=("activity01",)))
    assert "Activity activity01 → Activity activity01" in problem


@given(st.data())
def test_a_circle_is_seen_exactly_when_no_order_of_the_work_exists(data: st.DataObject) -> None:
    ids = [f"activity{number:02d}" for number in range(6)]
    waits = {one: data.draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)) for one in ids}
    problems = of_parts(*(activity(one, after=tuple(waits[one])) for one in ids))
    done: set[str] = set()
    for _ in ids:
        done |= {one for one in ids if set(waits[one]) <= done}
    assert bool(problems) == (done != set(ids))


# --- changes


def test_changes_of_structure_are_those_of_parts_head_baselines_and_targets() -> None:
    for planned in (
        Changes(parts=(goal(),)),
        Changes(removed=("goal01",)),
        Changes(header=header()),
        Changes(figures=(baseline(1),)),
        Changes(figures=(actual("2020", 1), target("2020", 1))),
    ):
        assert planned.of_structure
    happened = Changes(figures=(actual("2020", 1), spent("2020", 1, "line001")), updates=(status("done"),))
    assert not happened.of_structure
    assert not Changes().of_structure


def test_after_changes_a_part_keeps_its_place_and_a_new_one_stands_last() -> None:
    plan = a_plan(goal(), activity(), indicator())
    new = activity("activity02")
    then = after(plan, Changes(parts=(new, activity(title="Other words"))))
    assert [part.id for part in then.parts] == ["goal01", "activity01", "indicator01", "activity02"]
    assert then.by_id["activity01"].title == "Other words"


def test_a_removed_part_goes_with_everything_within_it() -> None:
    plan = a_plan(goal(), output(), activity(within="output01"), goal("goal02"))
    then = after(plan, Changes(removed=("output01",)))
    assert [part.id for part in then.parts] == ["goal01", "goal02"]


def test_a_name_in_a_message_is_a_number_and_the_beginning_of_the_title() -> None:
    assert rules.name_of(activity(number="1.2", title="Train\nall")) == "1.2 Train�all"
    assert rules.name_of(activity(title="")) == "activity01"
    assert len(rules.name_of(activity(title="x" * 500))) == 60


def test_moves_lead_from_one_state_to_another() -> None:
    assert {state for pair in rules.MOVES.values() for state in pair} == {"draft", "approved", "closed"}
