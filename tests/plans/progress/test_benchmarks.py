"""A benchmark is judged by its period's target and actual, or by running totals, as of a day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.plans.progress.benchmarks import (
    benchmarks,
    due,
    final_target,
    last_moved,
    latest,
    months_still,
    readings,
    share_of_way,
    whole_months,
)
from tests.plans.building import a_plan, actual, baseline, goal, indicator, target

YEARS = [f"{year}" for year in range(2020, 2026)]
AFTER = date(2026, 3, 1)
VALUES = st.lists(st.none() | st.integers(-50, 50), min_size=6, max_size=6)
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def planned(direction="up", **said):
    """Return a plan of one indicator, and the indicator."""
    figures = said.pop("figures", ())
    one = indicator(direction=direction, **said)
    return a_plan(goal(), one, figures=figures), one


def entered(targets, actuals, begin=0):
    """Return the figures of the six years, where there are any, after a baseline."""
    return [
        baseline(begin),
        *(target(key, value) for key, value in zip(YEARS, targets, strict=True) if value is not None),
        *(actual(key, value) for key, value in zip(YEARS, actuals, strict=True) if value is not None),
    ]


@given(VALUES, VALUES, DAYS)
def test_the_running_totals_are_the_sums_of_what_each_period_added(targets, actuals, today):
    plan, one = planned(cumulative=True, figures=entered(targets, actuals))
    known = [
        value if value is not None and date(int(key), 12, 31) <= today else 0
        for key, value in zip(YEARS, actuals, strict=True)
    ]
    sums = dict(
        zip(
            YEARS,
            zip(accumulate(value or 0 for value in targets), accumulate(known), strict=True),
            strict=True,
        )
    )
    for found in benchmarks(plan, one, today):
        assert found.planned == (sums[found.period.key][0] if found.target else None)
        if found.actual:
            assert found.reached == sums[found.period.key][1]


@given(VALUES, VALUES, DAYS)
def test_mirrored_directions_have_the_same_verdicts_and_the_same_way(targets, actuals, today):
    plan, up = planned("up", figures=entered(targets, actuals, 3))
    turned = [replace(figure, value=-(figure.value or 0)) for figure in plan.figures]
    mirror, down = planned("down", figures=turned)
    for one, other in zip(benchmarks(plan, up, today), benchmarks(mirror, down, today), strict=True):
        assert one.verdict == other.verdict
        way = share_of_way(plan, up, one.planned, one.reached)
        assert way == share_of_way(mirror, down, other.planned, other.reached)
        assert way is None or 0 <= way <= 1
    assert last_moved(plan, up, today) == last_moved(mirror, down, today)


@given(VALUES, VALUES, st.booleans(), DAYS, st.randoms(use_true_random=False))
def test_the_order_in_which_places_are_entered_does_not_matter(targets, actuals, cumulative, today, chance):
    figures = entered(targets, actuals)
    shuffled = chance.sample(figures, len(figures))
    plan, one = planned(cumulative=cumulative, figures=figures)
    other, _ = planned(cumulative=cumulative, figures=shuffled)
    assert verdicts(plan, one, today) == verdicts(other, one, today)


@given(VALUES, VALUES, st.booleans(), st.sampled_from(["up", "down", "ambiguous"]), DAYS)
def test_what_was_read_later_plays_no_part_on_an_earlier_day(targets, actuals, cumulative, direction, today):
    figures = entered(targets, actuals)
    known = [figure for figure in figures if figure.kind != "actual" or figure.on <= today]
    plan, one = planned(direction, cumulative=cumulative, figures=figures)
    other, _ = planned(direction, cumulative=cumulative, figures=known)
    assert verdicts(plan, one, today) == verdicts(other, one, today)
    assert months_still(plan, one, today) == months_still(other, one, today)


@given(VALUES, VALUES, st.booleans(), st.sampled_from(["up", "down", "ambiguous"]), DAYS)
def test_a_verdict_fits_what_it_is_said_of(targets, actuals, cumulative, direction, today):
    plan, one = planned(direction, cumulative=cumulative, figures=entered(targets, actuals))
    for found in benchmarks(plan, one, today):
        assert found.is_due == (found.target is not None and found.target.on <= today)
        assert found.verdict not in ("met", "missed", "late") or found.is_due
        assert found.verdict not in ("ahead", "open") or not found.is_due or found.target is None
        assert found.verdict != "late" or found.actual is None or found.at_least
        assert direction != "ambiguous" or found.verdict in ("read_with_care", "late", "open")


def verdicts(plan, one, today):
    return [(b.period.key, b.planned, b.reached, b.verdict, b.at_least) for b in benchmarks(plan, one, today)]


def test_of_several_entries_for_a_place_the_newest_counts():
    figures = [target("2021", 10), actual("2021", 4), actual("2021", 12, reason="Counted again")]
    plan, one = planned(figures=figures)
    [found] = benchmarks(plan, one, AFTER)
    assert (found.reached, found.verdict) == (12, "met")


def test_an_entry_that_was_taken_back_is_not_there():
    plan, one = planned(
        figures=[target("2021", 10), actual("2021", 12), actual("2021", None, reason="Wrong")]
    )
    [found] = benchmarks(plan, one, AFTER)
    assert (found.reached, found.verdict) == (None, "late")


def test_a_target_is_due_on_its_day_and_not_before():
    plan, one = planned(figures=[target("2021", 10)])
    day = date(2021, 12, 31)
    assert due(plan, one, day - timedelta(days=1)) == ()
    assert [found.verdict for found in due(plan, one, day)] == ["late"]


def test_an_actual_is_known_from_its_day_on():
    plan, one = planned(figures=[target("2021", 10), actual("2021", 10, on=date(2022, 1, 20))])
    assert benchmarks(plan, one, date(2022, 1, 20))[0].verdict == "met"
    assert benchmarks(plan, one, date(2022, 1, 19))[0].verdict == "late"


def test_an_entry_of_another_kind_of_period_or_outside_the_plan_is_passed_over():
    plan, one = planned(every="year", figures=[target("2021-Q1", 10), actual("2030", 3), target("2022", 5)])
    assert [found.period.key for found in benchmarks(plan, one, AFTER)] == ["2022"]


def test_the_newest_actual_and_the_last_target_are_found():
    figures = [target("2021", 10), target("2025", 30), actual("2021", 1), actual("2022", 2)]
    plan, one = planned(figures=figures)
    assert latest(plan, one, AFTER).period.key == "2022"
    assert latest(plan, one, date(2022, 6, 1)).period.key == "2021"
    assert latest(plan, one, date(2021, 6, 1)) is None
    assert final_target(plan, one).planned == 30


def test_without_targets_there_is_no_final_target():
    plan, one = planned(figures=[actual("2021", 10)])
    assert final_target(plan, one) is None
    assert [found.verdict for found in benchmarks(plan, one, AFTER)] == ["open"]


def test_eight_tenths_in_two_parts_are_met():
    figures = [target("2022", 0.8), actual("2021", 0.7), actual("2022", 0.1)]
    assert 0.7 + 0.1 < 0.8
    plan, one = planned(cumulative=True, figures=figures)
    assert benchmarks(plan, one, AFTER)[-1].verdict == "met"


def test_an_indicator_has_moved_when_a_reading_differs_by_more_than_a_hundredth_of_the_way():
    rest = [target("2025", 200), actual("2021", 49), actual("2022", 50), actual("2023", 51)]
    plan, one = planned(figures=[baseline(0), *rest])
    assert last_moved(plan, one, AFTER) == date(2021, 12, 31)  # 2 of 200 are one hundredth
    moved, _ = planned(figures=[baseline(0.1), *rest])
    assert last_moved(moved, one, AFTER) == date(2022, 12, 31)


def test_slow_change_is_movement_when_it_adds_up():
    creeping = [
        actual(key, value) for key, value in zip(YEARS, (10, 10.9, 11.8, 12.7, 13.6, 14.5), strict=True)
    ]
    plan, one = planned(figures=[baseline(0), target("2025", 100), *creeping])
    assert last_moved(plan, one, AFTER) == date(2024, 12, 31)


def test_without_readings_nothing_is_said_of_movement():
    plan, one = planned(figures=[baseline(0), target("2025", 100)])
    assert last_moved(plan, one, AFTER) is None
    assert months_still(plan, one, AFTER) == 0


def test_one_that_never_left_its_baseline_has_not_moved_since_then():
    plan, one = planned(figures=[baseline(10), target("2025", 100), actual("2022", 10)])
    assert last_moved(plan, one, AFTER) == date(2019, 12, 31)
    assert months_still(plan, one, AFTER) == 36


def test_what_nobody_has_measured_has_not_stood_still():
    plan, one = planned(figures=[baseline(10), target("2025", 100), actual("2021", 20)])
    assert months_still(plan, one, AFTER) == 0


def test_what_has_not_moved_has_not_moved_since_the_first_of_its_days():
    days = [actual("2021", 10, on=date(2022, 3, 1)), actual("2022", 10, on=date(2022, 2, 1))]
    plan, one = planned(figures=[baseline(0), target("2025", 100), *days])
    assert last_moved(plan, one, AFTER) == date(2022, 2, 1)


def test_without_a_way_any_change_is_movement():
    plan, one = planned(figures=[actual("2021", 10), actual("2022", 10), actual("2023", 10.001)])
    assert last_moved(plan, one, AFTER) == date(2023, 12, 31)
    assert months_still(plan, one, date(2023, 1, 1)) == 12


def test_a_sum_begins_with_nothing_on_the_first_day_of_the_plan():
    plan, one = planned(cumulative=True, figures=[baseline(99), actual("2020", 5), actual("2022", 7)])
    days = [date(2020, 1, 1), date(2020, 12, 31), date(2022, 12, 31)]
    assert readings(plan, one, AFTER) == list(zip(days, (0, 5, 12), strict=True))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2022, 12, 31), date(2023, 12, 31), 12),
        (date(2022, 12, 31), date(2023, 12, 30), 11),
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2023, 5, 10), date(2023, 6, 9), 0),
        (date(2023, 5, 10), date(2023, 5, 10), 0),
    ],
)
def test_months_are_whole_months(start, end, months):
    assert whole_months(start, end) == months
