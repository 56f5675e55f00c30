"""Periods follow one another without a gap, whatever month a fiscal year begins in."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.plans.periods import MONTHS, following, period, period_of, periods

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
EVERY = st.sampled_from(list(MONTHS))
BEGINS = st.integers(1, 12)


@given(DAYS, EVERY, BEGINS)
def test_a_day_lies_in_its_period(day, every, begins):
    found = period_of(day, every, begins)
    assert found.start <= day <= found.end


@given(DAYS, EVERY, BEGINS)
def test_the_next_period_begins_on_the_next_day(day, every, begins):
    one = period_of(day, every, begins)
    after = following(one, begins)
    assert after.start == one.end + timedelta(days=1)
    assert after.every == every


@given(DAYS, EVERY, BEGINS)
def test_a_key_leads_back_to_its_period(day, every, begins):
    one = period_of(day, every, begins)
    assert period(one.key, begins) == one


@given(DAYS, st.integers(0, 2000), EVERY, BEGINS)
def test_periods_tile_the_time_of_a_plan(start, length, every, begins):
    end = start + timedelta(days=length)
    found = periods(every, start, end, begins)
    assert found[0].start <= start <= found[0].end
    assert found[-1].start <= end <= found[-1].end
    for one, after in pairwise(found):
        assert after.start == one.end + timedelta(days=1)
    assert len({one.key for one in found}) == len(found)
    assert len({one.label for one in found}) == len(found)


@given(DAYS, BEGINS)
def test_a_fiscal_year_is_as_long_as_its_halves_and_its_quarters(day, begins):
    year = period_of(day, "year", begins)
    for every, number in (("half", 2), ("quarter", 4)):
        parts = periods(every, year.start, year.end, begins)
        assert len(parts) == number
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)
        assert [part.number for part in parts] == list(range(1, number + 1))
        assert {part.year for part in parts} == {year.year}
    assert year.year == year.start.year


@pytest.mark.parametrize(
    "key",
    [
        "",
        "24",
        "2024-H3",
        "2024-Q5",
        "2024-Q0",
        "2024-X1",
        "2024-h1",
        " 2024",
        "1899",
        "2201",
        "２０２４",
        "2024-Q１",
    ],
)
def test_what_is_no_period_is_refused(key):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - its text is the key
        period(key)
    assert str(refused.value) == key


def test_only_years_that_begin_late_name_two_calendar_years():
    assert period("2024-Q3").label == "2024-Q3"
    assert period("2024-Q3", 7).label == "2024/25-Q3"
    assert period("2099", 2).label == "2099/00"
