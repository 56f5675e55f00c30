"""The forecast is the Theil-Sen line through the actuals, with Sen's bounds, and needs enough of them."""

import random
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.plans.progress.forecasting import are_enough, forecast, theil_sen
from tests.plans.building import a_plan, actual, baseline, goal, indicator, target

AFTER = date(2024, 2, 1)
LEVELS = st.lists(st.integers(-1000, 1000), min_size=4, max_size=24)


def ahead(values, years=(2020, 2021, 2022, 2023), today=AFTER, figures=(), **said):
    """Return the forecast of an indicator with these yearly actuals."""
    one = indicator(**said)
    read = [actual(f"{year}", value) for year, value in zip(years, values, strict=True)]
    return forecast(a_plan(goal(), one, figures=[*figures, *read]), one, today)


def by_hand(points):
    """Return slope, its bounds, median place and level there, worked out with numpy in another way."""
    x, y = np.array(points, dtype=float).T
    first, second = np.triu_indices(len(x), 1)
    slopes = np.sort((y[second] - y[first]) / (x[second] - x[first]))
    slope = np.median(slopes)
    n = len(x)
    c = 1.2815515655446004 * np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = max(int(np.floor((len(slopes) - c) / 2)), 1)
    high = min(int(np.ceil((len(slopes) + c) / 2)) + 1, len(slopes))
    start = np.median(y - slope * x)
    return slope, slopes[low - 1], slopes[high - 1], np.median(x), start + slope * np.median(x)


@given(LEVELS)
def test_the_line_is_the_one_that_another_way_of_working_it_out_gives(levels):
    points = [(90 * place, level) for place, level in enumerate(levels)]
    line = theil_sen(points)
    found = (line.slope, line.lowest, line.highest, line.at, line.level)
    assert found == pytest.approx(by_hand(points), abs=1e-9)


@given(LEVELS)
def test_a_forecast_lies_within_its_interval(levels):
    line = theil_sen([(90 * place, level) for place, level in enumerate(levels)])
    value, low, high = line.on(90 * len(levels) + 365)
    assert low <= value + 1e-9
    assert value <= high + 1e-9


@given(LEVELS)
def test_a_mirrored_series_has_the_mirrored_forecast(levels):
    points = [(90 * place, level) for place, level in enumerate(levels)]
    value, low, high = theil_sen(points).on(3000)
    other, least, most = theil_sen([(x, -y) for x, y in points]).on(3000)
    assert (value, low, high) == pytest.approx((-other, -most, -least), abs=1e-6)


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(4, 20))
def test_a_straight_line_is_continued_exactly(start, slope, number):
    line = theil_sen([(x, start + slope * x) for x in range(number)])
    assert line.on(40) == pytest.approx((start + 40 * slope,) * 3)


def test_one_odd_value_does_not_carry_the_line_away():
    straight = [(x, 2.0 * x) for x in range(10)]
    odd = [*straight[:6], (6, 500.0), *straight[7:]]
    assert theil_sen(odd).slope == theil_sen(straight).slope == 2


def test_points_of_one_day_have_no_slope_between_them_and_widen_nothing():
    points = [(0, 1.0), (0, 2.0), (365, 3.0), (365, 5.0), (730, 6.0)]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2) if a[0] != b[0]]
    line = theil_sen(points)
    assert min(slopes) <= line.lowest <= line.slope <= line.highest <= max(slopes)
    assert line.slope == sorted(slopes)[3] / 2 + sorted(slopes)[4] / 2


def test_ties_between_days_narrow_the_bounds_as_sen_says():
    points = [(0, level) for level in (0.0, 1, 2, 3)] + [(100, level) for level in (10.0, 20, 40, 80)]
    slopes = sorted((b[1] - a[1]) / 100 for a in points[:4] for b in points[4:])
    line = theil_sen(points)  # C is 8.9 of 16 slopes; 10.4 if the ties were passed over
    assert (line.lowest, line.highest) == (slopes[2], slopes[13])


@given(st.permutations([10, 30, 48, 71]), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(values, chance):
    one = indicator()
    read = [actual(f"{2020 + place}", value) for place, value in enumerate(values)]
    plan = a_plan(goal(), one, figures=read)
    other = a_plan(goal(), one, figures=chance.sample(read, 4))
    assert forecast(plan, one, AFTER) == forecast(other, one, AFTER)


def test_three_actuals_are_too_few():
    assert ahead([1, 2, 3], (2020, 2021, 2022)) is None
    assert ahead([1, 2, 3, 4]).points == 4


def test_the_baseline_is_not_one_of_the_points():
    assert ahead([1, 2, 3], (2020, 2021, 2022), figures=[baseline(0)]) is None
    assert ahead([1, 2, 3, 4], figures=[baseline(700)]) == ahead([1, 2, 3, 4])


def test_actuals_that_are_not_known_yet_play_no_part():
    assert ahead([1, 2, 3, 4], today=date(2023, 12, 30)) is None


def test_twelve_months_are_enough_and_eleven_are_not():
    days = [date(2022, 12, 31), date(2023, 3, 31), date(2023, 6, 30), date(2023, 12, 31)]
    assert are_enough([(day, 1.0) for day in days])
    assert not are_enough([(day, 1.0) for day in (*days[:3], date(2023, 12, 30))])


def test_two_days_are_not_enough_however_many_values():
    assert not are_enough([(day, 1.0) for day in [date(2020, 1, 1), date(2022, 1, 1)] for _ in range(3)])


def test_an_indicator_that_has_ended_goes_nowhere():
    ended = {"ended": date(2024, 1, 31), "ended_because": "Replaced"}
    assert ahead([1, 2, 3, 4], **ended) is None
    assert ahead([1, 2, 3, 4], **{**ended, "ended": AFTER}) is not None


def test_at_the_end_of_the_plan_nothing_is_left_to_forecast():
    years = tuple(range(2020, 2026))
    assert ahead([1, 2, 3, 4, 5, 6], years, today=date(2026, 2, 1)) is None


@given(st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_a_percentage_stays_a_percentage(values):
    found = ahead(values, unit="%")
    assert 0 <= found.low <= found.value <= found.high <= 100


@given(st.lists(st.integers(0, 100), min_size=4, max_size=4), st.sampled_from(["posts", "%"]))
def test_a_sum_never_falls_below_what_is_reached(values, unit):
    found = ahead(values, cumulative=True, unit=unit)
    assert sum(values) <= found.low <= found.value <= found.high


def test_nothing_falls_below_zero_that_never_was_and_is_not_meant_to_be():
    assert ahead([90, 60, 30, 5]).low == 0
    assert ahead([90, 60, 30, -1]).low < 0
    assert ahead([90, 60, 30, 5], figures=[target("2025", -20)]).low < 0


def test_the_forecast_is_for_the_end_of_the_plan():
    assert ahead([1, 2, 3, 4]).on == date(2025, 12, 31)


def test_a_target_changes_no_forecast():
    assert ahead([1, 5, 3, 4], figures=[target("2025", 900)]) == ahead([1, 5, 3, 4])


def test_the_interval_holds_the_true_level_at_least_four_times_in_five():
    chance, held, rounds = random.Random(1968), 0, 400
    for _ in range(rounds):
        points = [(365 * year, 10 * year + chance.gauss(0, 5)) for year in range(6)]
        _, low, high = theil_sen(points).on(365 * 7)
        held += low <= 70 <= high
    assert held >= 0.8 * rounds


def test_the_interval_is_wider_where_the_values_scatter_more():
    even, uneven = ahead([10, 20, 30, 40]), ahead([10, 28, 22, 40])
    assert even.high - even.low < uneven.high - uneven.low


def test_a_value_that_was_corrected_counts_as_corrected():
    one = indicator()
    read = [actual(f"{2020 + place}", value) for place, value in enumerate((1, 2, 3, 90))]
    plan = a_plan(goal(), one, figures=[*read, actual("2023", 4, reason="A slip")])
    assert forecast(plan, one, AFTER) == ahead([1, 2, 3, 4])
