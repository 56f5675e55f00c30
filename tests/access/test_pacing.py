"""How often signing in may fail, as pure rules: longer waits, a stop, so many a minute."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.access.people import pacing
from arusha.access.people.pacing import FREE, LONGEST_WAIT, MINUTE, STOPPED, Count, delay
from tests.access.people import NOW, SECOND

NOTHING = timedelta(0)
moments = st.integers(-200_000, 200_000).map(lambda seconds: NOW + seconds * SECOND)
counts = st.builds(Count, st.integers(0, 300), moments, moments)


def test_nobody_waits_before_the_fifth_failure_and_then_twice_as_long_each_time() -> None:
    waits = [delay(failures).total_seconds() for failures in range(18)]
    assert waits == [0] * 5 + [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


@given(st.integers(0, 10**6))
def test_no_delay_is_longer_than_a_quarter_of_an_hour_and_none_is_shorter_than_the_one_before(
    failures: int,
) -> None:
    assert NOTHING <= delay(failures) <= delay(failures + 1) <= LONGEST_WAIT


@given(counts, moments)
def test_waiting_ends_within_the_delay_whatever_the_clock_did(count: Count, at: datetime) -> None:
    assert NOTHING <= pacing.wait(count, at) <= delay(count.failures)
    set_back = pacing.as_of(count, at)
    assert pacing.wait(set_back, at + delay(count.failures)) == NOTHING


@given(counts, moments)
def test_one_more_is_always_one_more(count: Count, at: datetime) -> None:
    assert pacing.one_more(count, at).failures == count.failures + 1
    assert pacing.one_more(None, at).failures == 1


def test_an_account_stops_after_a_hundred_failures_and_not_before() -> None:
    count = pacing.one_more(None, NOW)
    while not pacing.is_stopped(count):
        count = pacing.one_more(count, NOW)
    assert count.failures == STOPPED == 100
    assert not pacing.is_stopped(None)


def test_whoever_guesses_without_rest_needs_most_of_a_day_for_a_hundred_tries() -> None:
    spent = sum((delay(failures) for failures in range(FREE, STOPPED)), NOTHING)
    assert timedelta(hours=20) < spent < timedelta(hours=24)


@given(st.lists(st.integers(0, 30), max_size=200), st.integers(1, 40))
def test_a_minute_never_takes_more_than_its_share(gaps: list[int], most: int) -> None:
    """Whatever the rhythm of attempts, none of the minutes that are counted has more than its share."""
    count, at, taken = None, NOW, 0
    for gap in gaps:
        at += gap * SECOND
        if pacing.is_full(count, most, at):
            assert taken == most
            continue
        fresh = count is None or pacing.is_over(count, at)
        taken = 1 if fresh else taken + 1
        count = pacing.one_more_this_minute(count, at)
        assert count.failures == taken <= most


@given(counts, moments, st.integers(1, 40))
def test_a_minute_later_there_is_room_again_and_at_once_when_the_clock_is_set_back(
    count: Count, at: datetime, most: int
) -> None:
    assert not pacing.is_full(count, most, count.since + MINUTE)
    assert not pacing.is_full(count, most, count.since - SECOND)
    assert not pacing.is_full(None, most, at)


@pytest.mark.parametrize(("passed", "full"), [(0, True), (59, True), (60, False)])
def test_a_full_minute_stays_full_until_it_is_over(passed: int, full: bool) -> None:
    assert pacing.is_full(Count(30, NOW, NOW), 30, NOW + passed * SECOND) is full
