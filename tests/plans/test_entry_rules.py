"""What figures and updates must be to be kept: each fault is seen, said with place and remedy, and absent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from arusha.plans import entry_rules
from arusha.plans.model import MOST_ENTRIES, AnyPart, BudgetLine, Figure, Update
from arusha.plans.rules import Changes, after
from tests.plans.building import (
    a_plan,
    activity,
    actual,
    baseline,
    goal,
    indicator,
    override,
    spent,
    status,
    target,
    update,
)

LINE = BudgetLine(id="line001", title="Training", amount=100.0)
LONG_AGO = date(1066, 10, 14)
UNKNOWN: Any = "guess"


def of_entries(
    *entries: Figure | Update, parts: Iterable[AnyPart] = (), figures: Iterable[Figure] = ()
) -> list[str]:
    """Return what is said against entries in a plan with one indicator, which has ``figures`` already."""
    before = a_plan(goal(), *(parts or (indicator(), activity(budget=(LINE,)))), figures=figures)
    changes = Changes(
        figures=tuple(one for one in entries if isinstance(one, Figure)),
        updates=tuple(one for one in entries if isinstance(one, Update)),
    )
    return [str(one) for one in entry_rules.faults_of_entries(before, after(before, changes), changes)]


# --- figures


def test_a_baseline_a_target_and_an_actual_are_right() -> None:
    assert of_entries(baseline(10), target("2021", 12), actual("2020", 11), spent("2020", 5, "line001")) == []


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (spent("2020", 5, "line999"), "There is no such budget line in this plan. Choose one of its lines."),
        (spent("2020", -1, "line001"), "Spending cannot be below zero. Give what was spent."),
        (actual("2020", 5, "nothing"), "There is no such indicator in this plan. Choose one of its"),
        (actual("2020", 5, "goal01"), "There is no such indicator in this plan."),
        (actual("2020", float("nan")), "This is not a number that can be kept. Give a number."),
        (actual("2020", float("inf")), "This is not a number that can be kept. Give a number."),
        (spent("2020", float("nan"), "line001"), "This is not a number that can be kept. Give a number."),
        (spent("2020", 1e16, "line001"), "This is not a number that can be kept. Give a number."),
        (target("2020", 5, source=" "), "Nothing says where the value will be read. Name the source"),
        (baseline(5, source=""), "Nothing says where the value will be read."),
        (actual("2020", 5, on=LONG_AGO), "1066-10-14 is no day a plan can speak of. Correct the date."),
        (replace(baseline(5), period="2020"), "A baseline belongs to no period. Leave the period out."),
        (replace(actual("2020", 5), period="20"), "20 is no period. Write it like 2026, 2026-H1 or 2026-Q3."),
        (replace(actual("2020", 5), period="\x1b[2J"), "�[2J is no period."),
        (actual("2020-Q1", 5), "The indicator is not followed in such periods. Give a value for each year."),
        (actual("2019", 5), "2019 lies outside of the plan. Choose a period of the plan."),
        (actual("2026", 5), "2026 lies outside of the plan."),
        (replace(actual("2020", 5), kind=UNKNOWN), "guess is no kind of figure. Use one of: baseline"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(figure: Figure, expected: str) -> None:
    (problem,) = of_entries(figure)
    assert expected in problem


def test_a_figure_is_named_by_its_subject_kind_and_period() -> None:
    (problem,) = of_entries(actual("2019", 5))
    assert problem.startswith("Indicator indicator01 · actual 2019: ")


def test_a_value_is_given_once_at_a_time() -> None:
    (problem,) = of_entries(actual("2020", 5), actual("2020", 5))
    assert problem.endswith("The actual of 2020 is given twice. Give it once.")


def test_a_percentage_lies_between_0_and_100() -> None:
    share = indicator(unit="%")
    assert of_entries(actual("2020", 0), actual("2021", 100), parts=(share,)) == []
    for value in (-0.1, 100.5):
        (problem,) = of_entries(actual("2020", value), parts=(share,))
        assert f"{value:g} is not between 0 and 100 %. Give a percentage." in problem
    assert of_entries(actual("2020", 100.5)) == []


def test_nothing_is_planned_without_a_unit() -> None:
    without = indicator(unit="")
    assert of_entries(actual("2020", 1), parts=(without,)) == []
    (problem,) = of_entries(target("2020", 1), parts=(without,))
    assert "has no unit, so no value of it can be planned. Give the indicator a unit first." in problem


@pytest.mark.parametrize(("direction", "against"), [("up", 9), ("down", 11)])
def test_a_target_does_not_go_against_the_direction(direction: Any, against: float) -> None:
    parts = (indicator(direction=direction),)
    (problem,) = of_entries(baseline(10), target("2021", against), parts=parts)
    assert f"The target {against} goes against the direction of the indicator: it began at 10." in problem
    assert of_entries(baseline(10), target("2021", 10), parts=parts) == []
    assert of_entries(baseline(10), target("2021", 20 - against), parts=parts) == []


def test_a_sum_and_an_ambiguous_indicator_have_no_wrong_side() -> None:
    assert of_entries(baseline(10), target("2021", 3), parts=(indicator(cumulative=True),)) == []
    assert of_entries(baseline(10), target("2021", 3), parts=(indicator(direction="ambiguous"),)) == []


def test_another_value_in_the_place_of_one_needs_a_reason() -> None:
    known = (baseline(10), actual("2020", 5))
    assert of_entries(actual("2020", 5), baseline(10), figures=known) == []
    assert of_entries(actual("2020", 6, reason="Counted again"), figures=known) == []
    for other in (actual("2020", 6), baseline(11), actual("2020", None, reason=" ")):
        (problem,) = of_entries(other, figures=known)
        assert "It takes the place of another value, and nothing says why." in problem
        assert "Give a reason; both values are kept." in problem


def test_a_value_that_was_taken_back_is_given_anew_without_a_reason() -> None:
    known = (actual("2020", 5), actual("2020", None, reason="Wrong register"))
    assert of_entries(actual("2020", 6), figures=known) == []


def test_periods_of_a_fiscal_year_are_those_of_the_plan() -> None:
    plan = a_plan(goal(), indicator(), start=date(2021, 4, 1), end=date(2022, 3, 31), fiscal_start=4)
    for key, right in (("2020", False), ("2021", True), ("2022", False)):
        changes = Changes(figures=(actual(key, 5, fiscal_start=4),))
        assert (entry_rules.faults_of_entries(plan, after(plan, changes), changes) == []) is right


# --- updates


def test_what_happened_is_told_of_any_part_and_of_the_plan() -> None:
    told = (status("done"), update("reached", "Half.", of="goal01"), update("learned", "Ask first."))
    assert of_entries(*told, override("on_track", of="goal01"), override("", "Lifted.", of="goal01")) == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (status("done", of="nothing"), "nothing: There is no such part in this plan. Choose one of its"),
        (
            status("finished"),
            "finished cannot be chosen here. Use one of: planned, initiated, ongoing, done, paused, dropped.",
        ),
        (status(""), "cannot be chosen here."),
        (status("done", of="goal01"), "Goal goal01: Only an activity has a status. Choose an activity."),
        (override("good"), "good cannot be chosen here. Use one of: on_track, at_risk, off_track, no_data."),
        (
            override("on_track", " "),
            "plan: The entry says nothing. Write what is to be kept; an override needs",
        ),
        (update("reached", "", of="goal01"), "Goal goal01: The entry says nothing."),
        (update("next", "\n"), "plan: The entry says nothing."),
        (status("done", on=LONG_AGO), "1066-10-14 is no day a plan can speak of. Correct the date."),
        (update("rumour", "They say so."), "plan: rumour is no kind of entry. Use one of: status, progress"),
    ],
)
def test_an_update_that_cannot_be_is_refused(entry: Update, expected: str) -> None:
    (problem,) = of_entries(entry)
    assert expected in problem


# --- entries of every kind


@pytest.mark.parametrize("name", ["source", "note", "evidence", "reason"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\0", "The text holds a character that no file or database can keep. Type the text again."),
        ("\ud800", "The text holds a character that no file or database can keep."),
        ("x" * 10_001, "The text has 10001 characters; at most 10000 are kept. Shorten it."),
    ],
)
def test_texts_of_a_figure_are_such_as_can_be_kept(name: str, text: str, expected: str) -> None:
    told: dict[str, Any] = {name: text}
    (problem,) = of_entries(replace(actual("2020", 5), **told))
    assert problem.startswith("Indicator indicator01 · actual 2020: ")
    assert expected in problem


def test_the_text_of_an_update_is_one_that_can_be_kept() -> None:
    (problem,) = of_entries(update("learned", "nothing\0"))
    assert problem == (
        "plan: The text holds a character that no file or database can keep. Type the text again."
    )
    (problem,) = of_entries(status("done", text="x" * 10_001))
    assert problem.startswith("Activity activity01: The text has 10001 characters")


def test_a_plan_keeps_so_many_entries_and_no_more() -> None:
    many = tuple(status("ongoing") for _ in range(MOST_ENTRIES))
    before = a_plan(goal(), activity(), updates=many)
    changes = Changes(updates=(status("done"),))
    (problem,) = map(str, entry_rules.faults_of_entries(before, after(before, changes), changes))
    assert problem == "plan: A plan keeps at most 20000 entries. Begin another plan."


def test_every_fault_is_said_at_once() -> None:
    problems = of_entries(
        actual("2019", 5), actual("2020-Q1", 5), status("finished"), override("on_track", "")
    )
    assert len(problems) == 4
