"""The plan check: gaps and measures meet, what is done is measured, and findings stand in order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.plans.checkup.checking import NAMES, RULES, check
from arusha.plans.model import AnyPart
from scoring.answers import Answer
from tests.plans.building import (
    a_plan,
    goal,
    indicator,
    outcome,
    output,
    status,
    update,
)
from tests.plans.making import EDITION
from tests.plans.sound import (
    ASKED,
    TODAY,
    a_sound_plan,
    found,
    given_steps,
    link,
    measured,
    only,
    said,
    several,
    sound,
)


def test_nothing_is_found_in_a_sound_plan() -> None:
    answers = given_steps("s1", "s4", "s1", "s2")
    assert check(a_sound_plan(), ASKED, answers, TODAY) == ()


def test_a_gap_without_a_measure_is_named_by_its_practice() -> None:
    assert found(a_sound_plan(), "gap_without_measure", given_steps("s1", "s1")) == only(
        "care.p2: The practice stands at “s1”, and no activity is to lift it. "
        "Choose one of its measures, or link an activity to it."
    )


@pytest.mark.parametrize(
    ("practice", "step", "is_gap"),
    [
        ("care.p2", "s1", True),
        ("care.p2", "s2", False),  # the middle of five steps
        ("care.p1", "s2", True),  # a key practice below the last step but one
        ("care.p1", "s3", False),
        ("care.p3", "s0", True),  # of two steps, the first
        ("care.p3", "s1", False),
        ("care.p4", "s0", True),  # a key practice of three steps
        ("care.p4", "s1", False),
    ],
)
def test_a_gap_is_a_step_below_the_middle_and_for_key_practices_below_the_last_but_one(
    practice: str, step: str, is_gap: bool
) -> None:
    plan = a_plan(goal())
    assert bool(found(plan, "gap_without_measure", {practice: Answer(practice, step)})) is is_gap


def test_a_link_to_the_present_step_or_of_a_dropped_activity_closes_no_gap() -> None:
    answers = given_steps("s1")
    at_the_step = a_sound_plan(sound(links=(link(step="s1"),)))
    dropped = a_sound_plan(updates=[status("dropped", text="No money")])
    assert len(found(at_the_step, "gap_without_measure", answers)) == 1
    assert len(found(dropped, "gap_without_measure", answers)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer("care.p1", "s0", outside=True, reason="Pay is set by law"),
        Answer("care.p1", not_applicable=True, reason="No such office"),
        Answer("care.p1"),
    ],
)
def test_what_customs_cannot_lift_or_did_not_answer_is_no_gap(answer: Answer) -> None:
    assert found(a_plan(goal()), "gap_without_measure", {"care.p1": answer}) == []


def test_gaps_and_steps_bear_the_words_of_the_language() -> None:
    practice = "leadership.example"
    answers = {practice: Answer(practice, "absent")}
    (english,) = check(a_plan(goal()), EDITION, answers, date(2020, 5, 1))
    (french,) = check(a_plan(goal()), EDITION, answers, date(2020, 5, 1), "fr")
    assert english.subject == french.subject == practice
    assert EDITION.words("en").practices[practice].question.startswith(english.place[:-1])
    assert EDITION.words("fr").practices[practice].question.startswith(french.place[:-1])
    assert (english.values["step"], french.values["step"]) == ("Absent", "Inexistant")


def test_without_a_questionnaire_or_answers_there_are_no_gaps() -> None:
    assert found(a_sound_plan(), "gap_without_measure", given_steps("s0", "s0"), asked=None) == []
    assert found(a_sound_plan(), "gap_without_measure") == []


def test_a_measure_without_a_link_closes_no_gap() -> None:
    assert found(a_sound_plan(sound(links=())), "measure_without_gap") == only(
        "1.1 Activity activity01: The activity is linked to no practice, so nothing says "
        "which gap it closes. "
        "Link it to the practice that it is to lift, or leave it out."
    )


def test_a_measure_for_a_step_that_is_reached_already_closes_no_gap() -> None:
    assert found(a_sound_plan(), "measure_without_gap", given_steps("s2")) == only(
        "1.1 Activity activity01: The practices it is linked to stand already at the steps it is to reach. "
        "Aim at a higher step, or leave it out."
    )
    assert found(a_sound_plan(), "measure_without_gap", given_steps("s1")) == []
    assert found(a_sound_plan(updates=[status("done")]), "measure_without_gap", given_steps("s2")) == []


def test_one_link_that_leads_further_is_enough() -> None:
    two = a_sound_plan(sound(links=(link(), link("care.p2", "s4"))))
    assert found(two, "measure_without_gap", given_steps("s2", "s2")) == []


def test_an_activity_needs_an_indicator_up_to_its_goal() -> None:
    lonely = a_sound_plan(goal("goal02"), measured(within="goal02"))
    assert found(lonely, "without_indicator") == only(
        "1.1 Activity activity01: No indicator measures the activity, nor any result above it. "
        "Give it an indicator, or give one to its output, outcome or goal."
    )


@pytest.mark.parametrize("above", ["activity01", "output01", "outcome01", "goal01"])
def test_an_indicator_of_any_result_above_measures_an_activity(above: str) -> None:
    chain = (outcome(), output(within="outcome01"), sound(within="output01"))
    plan = a_sound_plan(*chain, measured(within=above))
    assert found(plan, "without_indicator") == []


def test_an_indicator_that_has_ended_measures_nothing() -> None:
    given_up = measured(ended=date(2021, 9, 14), ended_because="Replaced")
    still_alive = measured(ended=TODAY, ended_because="Replaced")
    assert len(found(a_sound_plan(given_up), "without_indicator")) == 1
    assert found(a_sound_plan(still_alive), "without_indicator") == []


def test_an_indicator_needs_a_means_of_verification() -> None:
    assert found(a_sound_plan(measured(verification="")), "without_verification") == only(
        "1.1 Activity activity01: None of its indicators says where the evidence is. "
        "Write the means of verification of its indicator: a register, a report, a survey."
    )
    beside = indicator("indicator02", verification="Payroll")
    assert found(a_sound_plan(measured(verification=""), beside), "without_verification") == []


def test_each_goal_needs_a_line_for_the_last_year_that_is_over() -> None:
    plan = a_plan(goal(number="1"), updates=[update("reached", "Two posts", date(2020, 7, 1), "goal01")])
    assert found(plan, "goal_without_outcome", today=date(2022, 1, 1)) == only(
        "1 Goal goal01: Nothing says what was reached for the goal in 2021. "
        "Write one line on what came out of it in that year."
    )
    assert found(plan, "goal_without_outcome", today=date(2021, 12, 31)) == []
    assert found(plan, "goal_without_outcome", today=date(2020, 12, 31)) == []


def test_after_its_end_a_plan_needs_the_line_of_its_own_last_year() -> None:
    (line,) = found(a_plan(goal()), "goal_without_outcome", today=date(2031, 5, 1))
    assert "in 2025." in line


def test_a_fiscal_year_is_over_on_its_own_last_day() -> None:
    plan = a_plan(goal(), start=date(2020, 4, 1), fiscal_start=4)
    assert found(plan, "goal_without_outcome", today=date(2021, 3, 31)) == []
    (line,) = found(plan, "goal_without_outcome", today=date(2021, 4, 1))
    assert "in 2020/21." in line


def test_findings_stand_by_rule_and_then_in_the_order_of_the_plan() -> None:
    plan = a_sound_plan(sound(responsible="", links=()), *several(2, responsible="", links=()))
    rules = [one.rule for one in check(plan, ASKED, given_steps("s0"), TODAY)]
    assert rules == sorted(rules, key=list(NAMES).index)
    vague = indicator("indicator02", title="Progress made", unit="")
    mixed = a_plan(goal(), measured(unit="", title="Posts"), vague)
    told = [one.rule for one in check(mixed, None, None, date(2020, 5, 1))]
    assert told == ["vague_indicator", "no_unit", "no_baseline", "no_baseline", "no_target", "no_target"]
    owners = [one.subject for one in check(plan, ASKED, None, TODAY) if one.rule == "without_owner"]
    assert owners == [one.id for one in plan.activities]


def test_an_empty_plan_is_checked_too() -> None:
    assert check(replace(a_plan(), parts=()), None, None, TODAY) == ()
    assert check(replace(a_plan(), parts=()), ASKED, {}, date(2050, 1, 1)) == ()


def test_every_rule_has_a_name_and_every_name_a_rule() -> None:
    assert len(RULES) == 19
    assert len(NAMES) == 21  # two rules tell apart two things each


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_of_parts_elsewhere_changes_no_finding(data: st.DataObject) -> None:
    parts: list[AnyPart] = [
        goal(),
        sound(responsible=""),
        *several(3, links=()),
        measured(unit="", title="Progress made"),
    ]
    shuffled = data.draw(st.permutations(parts))
    first, second = (check(a_plan(*order), ASKED, given_steps("s0"), TODAY) for order in (parts, shuffled))
    assert sorted(map(said, first)) == sorted(map(said, second))
