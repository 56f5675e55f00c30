"""Money that was planned, spent and remains: of a line, an activity and a funder."""

from datetime import date
from math import fsum

import pytest
from hypothesis import HealthCheck, given, settings

from arusha.plans.model import Activity, BudgetLine, Figure, Header, Plan
from arusha.plans.sheets.spending import Money, by_funder, planned_of, spent_by_line, spent_of
from tests.plans.generated import plans

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
HEAD = Header(title="x", start=date(2024, 1, 1), end=date(2026, 12, 31))
TRAINING = BudgetLine(id="l00001", title="Training", funder="State", amount=100.0)
TRAVEL = BudgetLine(id="l00002", title="Travel", amount=40.5)
ONE = Activity(id="p00001", title="One", budget=(TRAINING, TRAVEL))


def plan(*spent: tuple[str, str, float | None]) -> Plan:
    figures = [Figure(line, "spent", period, value, date(2024, 12, 31)) for line, period, value in spent]
    return Plan("xa", "XA", HEAD, (ONE,), tuple(figures))


def test_what_was_spent_adds_up_over_periods_and_a_restated_period_counts_once() -> None:
    kept = plan(("l00001", "2024", 30.0), ("l00001", "2025", 0.1), ("l00001", "2024", 20.0))
    assert spent_by_line(kept) == {"l00001": 20.1}
    assert spent_by_line(plan(("l00001", "2024", 30.0), ("l00001", "2024", None))) == {}


def test_an_activity_without_lines_has_no_plan_and_without_entries_no_spending() -> None:
    assert planned_of(Activity(id="p00002", title="Two")) is None
    assert planned_of(ONE) == 140.5
    assert spent_of({}, ONE) is None
    assert spent_of({"l00002": 4.0}, ONE) == 4.0


def test_a_funder_who_is_not_named_stands_last() -> None:
    assert by_funder(plan(), {"l00001": 60.0}) == {"State": Money(100.0, 60.0), "": Money(40.5, 0.0)}
    assert list(by_funder(plan(), {})) == ["State", ""]


@pytest.mark.parametrize(
    ("planned", "spent", "remaining", "share"),
    [
        (200.0, 50.0, 150.0, 0.25),
        (100.0, 130.0, -30.0, 1.3),
        (0.0, 5.0, -5.0, None),
        (5e-324, 5.0, -5.0, None),
    ],
)
def test_what_remains_may_be_below_zero_and_a_share_of_nothing_is_none(
    planned: float, spent: float, remaining: float, share: float | None
) -> None:
    money = Money(planned, spent)
    assert (money.remaining, money.share) == (remaining, share)


@SOME
@given(plans())
def test_the_funders_together_hold_the_money_of_all_lines(kept: Plan) -> None:
    spent = spent_by_line(kept)
    funders = by_funder(kept, spent)
    lines = [line for one in kept.activities for line in one.budget]
    assert fsum(money.planned for money in funders.values()) == pytest.approx(fsum(x.amount for x in lines))
    assert fsum(money.spent for money in funders.values()) == pytest.approx(fsum(spent.values()))
