"""How long sessions and invitations hold, at every moment, also when the clock is set back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.access.people.lifetimes import ASIDE, IDLE, INVITATION, LONGEST, holds, is_due, is_live
from tests.access.people import MINUTE, NOW, SECOND

moments = st.integers(-200_000, 200_000).map(lambda seconds: NOW + seconds * SECOND)
END = NOW + LONGEST


def test_the_limits_are_what_people_are_told() -> None:
    assert (30 * MINUTE, timedelta(hours=12)) == (IDLE, LONGEST)
    assert timedelta(hours=72) == INVITATION


@pytest.mark.parametrize(
    ("seen", "at", "live"),
    [
        (NOW, NOW, True),
        (NOW, NOW + IDLE - SECOND, True),
        (NOW, NOW + IDLE, False),
        (END - MINUTE, END - SECOND, True),
        (END - MINUTE, END, False),
        (NOW, NOW - ASIDE, True),
        (NOW, NOW - ASIDE - SECOND, False),
        (NOW + 60 * MINUTE, NOW + 30 * MINUTE, False),
    ],
)
def test_a_session_is_live_within_its_limits_only(seen: datetime, at: datetime, live: bool) -> None:
    assert is_live(NOW, seen, END, None, at) is live


@given(moments, moments, moments)
def test_a_revoked_session_is_never_live(seen: datetime, revoked: datetime, at: datetime) -> None:
    assert not is_live(NOW, seen, END, revoked, at)


@given(moments, moments)
def test_no_moment_outside_the_limits_is_live(seen: datetime, at: datetime) -> None:
    if is_live(NOW, seen, END, None, at):
        assert NOW - ASIDE <= at < END
        assert -ASIDE <= at - seen < IDLE


@given(st.lists(st.integers(-90_000, 90_000), max_size=30))
def test_a_clock_that_jumps_lengthens_no_session_by_more_than_clocks_may_differ(jumps: list[int]) -> None:
    """Used at whatever moments a clock shows, none of them is ever outside of the session's own time."""
    seen, at = NOW, NOW
    for jump in jumps:
        at += jump * SECOND
        if is_live(NOW, seen, END, None, at):
            assert NOW - ASIDE <= at < END
            seen = max(seen, at)


@given(moments, st.integers(1, 10**6), moments)
def test_a_span_holds_from_its_beginning_to_its_end(begun: datetime, lasts: int, at: datetime) -> None:
    ends = begun + lasts * SECOND
    assert holds(begun, ends, begun)
    assert not holds(begun, ends, ends)
    assert holds(begun, ends, at) is (begun - ASIDE <= at < ends)


@pytest.mark.parametrize(("passed", "due"), [(0, False), (59, False), (60, True), (-3600, False)])
def test_that_a_session_is_in_use_is_noted_once_a_minute(passed: int, due: bool) -> None:
    assert is_due(NOW, NOW + passed * SECOND) is due
