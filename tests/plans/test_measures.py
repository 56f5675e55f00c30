"""The measures of a plan as rows: what each says, which are shown, and their bars on the line of time."""

from dataclasses import replace
from datetime import date

import pytest

from arusha.plans.measures import Wanted, bars, matching, measures, owners_of
from arusha.plans.model import BudgetLine, Link, Milestone, Support
from tests.furnishing import EDITION, PRACTICES
from tests.plans.building import a_plan, activity, goal, output, status

TODAY = date(2023, 5, 1)
LAST = PRACTICES[-1]
PLAN = a_plan(
    goal(),
    goal("goal02"),
    output(within="goal02"),
    activity(
        within="output01",
        number="2.1",
        title="Rotate posts",
        responsible="Personnel",
        end=date(2023, 4, 30),
        links=(
            Link(practice=PRACTICES[0], step="partly", by=TODAY),
            Link(practice=LAST, step="partly", by=TODAY),
            Link(practice=PRACTICES[0], step="proven", by=TODAY),
            Link(practice="long.gone", step="partly", by=TODAY),
        ),
        milestones=(
            Milestone(id="pmile1", title="Second", due=date(2023, 9, 1)),
            Milestone(id="pmile2", title="First", due=date(2023, 6, 1)),
            Milestone(id="pmile3", title="Reached", due=date(2023, 1, 1), reached=date(2023, 2, 1)),
        ),
        budget=(
            BudgetLine(id="pline1", title="Moves", funder="Donor A"),
            BudgetLine(id="pline2", funder="Donor B", title=""),
            BudgetLine(id="pline3", funder="Donor A", title=""),
        ),
        support=(Support(kind="expert", title="A human resources adviser"),),
    ),
    activity("activity02", title="Publish fees", responsible="Press", start=date(2023, 1, 1), end=TODAY),
    activity("activity03", title="Old work", end=date(2022, 1, 1)),
    activity("activity04", title="Given up", end=date(2022, 1, 1)),
    updates=(status("done", of="activity03"), status("dropped", of="activity04")),
    owner="Head office",
    owners=("Personnel", "Press", "Head office"),
)
ROWS = measures(PLAN, EDITION, TODAY)


def ids(wanted: Wanted) -> list[str]:
    return [row.activity.id for row in matching(ROWS, wanted)]


def test_measures_stand_goal_by_goal() -> None:
    assert [row.activity.id for row in ROWS] == ["activity02", "activity03", "activity04", "activity01"]
    assert [row.goal.id if row.goal else "" for row in ROWS] == ["goal01", "goal01", "goal01", "goal02"]


def test_a_row_says_factors_funders_and_the_next_milestone_each_once() -> None:
    row = ROWS[-1]
    assert row.factors == ("leadership", EDITION.factor_of[LAST].id)
    assert row.funders == ("Donor A", "Donor B")
    assert row.milestone is not None
    assert row.milestone.title == "First"


def test_late_is_what_should_be_over_and_is_neither_done_nor_dropped() -> None:
    assert {row.activity.id for row in ROWS if row.late} == {"activity01"}
    assert "activity02" in {row.activity.id for row in measures(PLAN, EDITION, date(2023, 5, 2)) if row.late}


def test_a_status_of_a_later_day_does_not_count_yet() -> None:
    later = status("done", date(2023, 6, 1), of="activity01")
    plan = replace(PLAN, updates=(*PLAN.updates, later))
    then, now = (measures(plan, EDITION, day)[-1] for day in (TODAY, date(2023, 6, 1)))
    assert (then.status, then.late) == ("planned", True)
    assert (now.status, now.late) == ("done", False)


def test_without_a_questionnaire_no_factor_is_known() -> None:
    assert measures(PLAN, None, TODAY)[-1].factors == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["activity02", "activity03", "activity04", "activity01"]),
        (Wanted(factor="leadership"), ["activity01"]),
        (Wanted(owner="Press"), ["activity02"]),
        (Wanted(status="done"), ["activity03"]),
        (Wanted(status="planned"), ["activity02", "activity01"]),
        (Wanted(status="late"), ["activity01"]),
        (Wanted(funder="Donor B"), ["activity01"]),
        (Wanted(words="posts ROTATE"), ["activity01"]),
        (Wanted(words="adviser"), ["activity01"]),
        (Wanted(words="second"), ["activity01"]),
        (Wanted(words="donor a"), ["activity01"]),
        (Wanted(words="rotate fees"), []),
        (Wanted(owner="Press", status="done"), []),
    ],
)
def test_only_what_fits_everything_is_shown(wanted: Wanted, found: list[str]) -> None:
    assert ids(wanted) == found


def test_only_measures_with_both_dates_have_a_bar() -> None:
    (bar,) = bars(ROWS)
    assert (bar.label, bar.start, bar.end) == ("Publish fees", date(2023, 1, 1), TODAY)


def test_the_owners_of_a_plan_stand_each_once_its_own_first() -> None:
    assert owners_of(PLAN) == ("Head office", "Personnel", "Press")
