"""An indicator that has figures is redefined only with a reason, and keeps the periods it is followed in."""

from dataclasses import replace
from datetime import date

import pytest

from arusha.plans.model import Figure, Goal, Header, Indicator, Plan
from arusha.plans.revision_rules import faults_of_frame, faults_of_revisions
from arusha.plans.rules import Changes

START = date(2024, 1, 1)
ONE = Indicator(id="pindicator", within="pgoal1", number="1", title="Posts rotated", unit="%")
PLAN = Plan(
    "xa2024-plan",
    "XA",
    Header(title="Plan", start=START, end=date(2026, 12, 31)),
    (Goal(id="pgoal1", title="Goal"), ONE),
    (Figure(ONE.id, "actual", "2024", 10.0, START),),
)


def said(plan: Plan, reason: str = "", **changed: object) -> list[str]:
    changes = Changes(parts=(ONE.model_copy(update=changed),), reason=reason)
    return [str(problem) for problem in faults_of_revisions(plan, changes)]


@pytest.mark.parametrize(
    "changed", [{"title": "Posts held"}, {"unit": "number"}, {"direction": "down"}, {"cumulative": True}]
)
def test_what_its_figures_mean_is_changed_only_with_a_reason(changed: dict[str, object]) -> None:
    (fault,) = said(PLAN, **changed)
    assert fault.startswith("1 Posts rotated: The indicator has figures already, and nothing says why")
    assert said(PLAN, "The register was replaced.", **changed) == []


def test_before_its_first_figure_everything_may_be_changed() -> None:
    assert said(replace(PLAN, figures=()), unit="number", every="quarter") == []


def test_other_fields_need_no_reason() -> None:
    assert said(PLAN, owner="Registry", verification="Register") == []


def test_its_periods_stay_even_with_a_reason() -> None:
    (fault,) = said(PLAN, "We want quarters.", every="quarter")
    assert "Its figures are of other periods" in fault


def test_a_baseline_alone_binds_no_period() -> None:
    only = replace(PLAN, figures=(Figure(ONE.id, "baseline", "", 10.0, START),))
    assert said(only, every="quarter") == []


def test_a_part_that_is_new_or_no_indicator_is_left_to_other_rules() -> None:
    assert faults_of_revisions(PLAN, Changes(parts=(Goal(id="pgoal1", title="Other"),))) == []


def test_its_unit_is_not_taken_away_while_something_is_planned_in_it() -> None:
    for kind, period in (("baseline", ""), ("target", "2024")):
        planned = replace(PLAN, figures=(Figure(ONE.id, kind, period, 10.0, START, "Register"),))
        (fault,) = said(planned, "It was wrong.", unit="")
        assert fault.startswith("1 Posts rotated: The indicator has no unit")
        assert said(planned, "It was wrong.", unit="number") == []
    assert said(PLAN, "It was wrong.", unit="") == []


def framed(**changed: object) -> list[str]:
    return [str(one) for one in faults_of_frame(PLAN, PLAN.header.model_copy(update=changed))]


def test_years_keep_their_first_month_once_there_are_figures() -> None:
    (fault,) = framed(fiscal_start=7)
    assert fault.startswith("plan: The plan has figures by period, which would be of other months then.")
    assert (
        faults_of_frame(replace(PLAN, figures=()), PLAN.header.model_copy(update={"fiscal_start": 7})) == []
    )


def test_no_figure_falls_out_of_the_dates_of_a_plan() -> None:
    (fault,) = framed(start=date(2025, 1, 1))
    assert fault.startswith("plan: Figures of 2024 would lie outside of the plan.")
    assert framed(start=date(2024, 12, 31), end=date(2030, 1, 1)) == []
    assert framed(title="Another title") == []
    assert faults_of_frame(PLAN, None) == []
