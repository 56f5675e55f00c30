"""What is due: late and soon, of activities and of values, and nothing else."""

from datetime import date, timedelta

import pytest

from arusha.plans.progress.upcoming import SOON_DONE, SOON_MEASURED, upcoming
from tests.plans.building import a_plan, activity, actual, goal, indicator, status, target

TODAY = date(2023, 3, 1)


def of(*parts, figures=(), updates=()):
    plan = a_plan(goal(), *parts, figures=figures, updates=updates)
    return [(one.part.id, one.is_late, one.period) for one in upcoming(plan, TODAY)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (-1, [("activity01", True, "")]),
        (0, [("activity01", False, "")]),
        (SOON_DONE.days, [("activity01", False, "")]),
        (SOON_DONE.days + 1, []),
    ],
)
def test_an_activity_is_due_from_thirty_days_before_its_end(days: int, found: list) -> None:
    assert of(activity(end=TODAY + timedelta(days=days))) == found


@pytest.mark.parametrize("choice", ["done", "dropped", "paused"])
def test_an_activity_that_is_over_or_rests_is_not_due(choice: str) -> None:
    assert of(activity(end=date(2022, 1, 1)), updates=[status(choice, date(2022, 1, 2))]) == []


def test_an_activity_without_an_end_is_never_due() -> None:
    assert of(activity()) == []


def test_of_an_indicator_the_oldest_missing_value_is_due() -> None:
    figures = [target("2020", 1), actual("2020", 1), target("2021", 2), target("2022", 3)]
    assert of(indicator(), figures=figures) == [("indicator01", True, "2021")]


@pytest.mark.parametrize(("days", "count"), [(1, 1), (SOON_MEASURED.days, 1), (SOON_MEASURED.days + 1, 0)])
def test_a_target_is_due_from_ninety_days_before_its_day(days: int, count: int) -> None:
    figures = [target("2023", 1, on=TODAY + timedelta(days=days))]
    assert len(of(indicator(), figures=figures)) == count


def test_a_value_that_is_there_is_not_due() -> None:
    figures = [target("2022", 1), actual("2022", 0)]
    assert of(indicator(), figures=figures) == []


def test_an_indicator_that_ended_waits_for_nothing() -> None:
    one = indicator(ended=date(2023, 1, 31), ended_because="Replaced.")
    assert of(one, figures=[target("2022", 1)]) == []


def test_the_longest_overdue_comes_first() -> None:
    found = of(activity(end=date(2022, 6, 1)), indicator(), figures=[target("2021", 1)])
    assert [name for name, _, _ in found] == ["indicator01", "activity01"]
