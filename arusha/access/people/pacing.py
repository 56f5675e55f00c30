"""How often signing in may fail: pure rules over counts and moments.

An account waits longer and longer after ``FREE`` failures in a row, and stops after ``STOPPED`` (NIST SP
800-63B-4, 3.2.2: at most 100). A network and the whole server have so many failures a minute. An attempt is
counted before it is checked and given back when it succeeds, so that many at once gain nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FREE = 5
STOPPED = 100
LONGEST_WAIT = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
OF_A_NETWORK = 30  # failures a minute
OF_THE_SERVER = 600


@dataclass(frozen=True)
class Count:
    """Failures so far: of an account in a row, of a network or the server since a moment."""

    failures: int
    since: datetime
    last_at: datetime


def delay(failures: int) -> timedelta:
    """Return how long an account waits after so many failures in a row: 1, 2, 4 … s, at most 15 minutes."""
    if failures < FREE:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE, 20)), LONGEST_WAIT)


def is_stopped(count: Count | None) -> bool:
    """Return whether an account failed so often that only an invitation opens it again."""
    return count is not None and count.failures >= STOPPED


def wait(count: Count | None, at: datetime) -> timedelta:
    """Return how long an account still waits, never longer than its delay, whatever the clock did."""
    if count is None:
        return timedelta(0)
    passed = max(at - count.last_at, timedelta(0))
    return max(delay(count.failures) - passed, timedelta(0))


def is_full(count: Count | None, most: int, at: datetime) -> bool:
    """Return whether a network or the server has no attempt left in this minute."""
    return count is not None and not is_over(count, at) and count.failures >= most


def one_more(count: Count | None, at: datetime) -> Count:
    """Return the count of an account after one more attempt."""
    return Count(1, at, at) if count is None else replace(count, failures=count.failures + 1, last_at=at)


def one_more_this_minute(count: Count | None, at: datetime) -> Count:
    """Return the count of a network or the server after one more attempt."""
    return one_more(None if count is None or is_over(count, at) else count, at)


def as_of(count: Count, at: datetime) -> Count:
    """Return a count as if it had last failed now: for one from the future, once the clock was set back."""
    return replace(count, last_at=at)


def is_over(count: Count, at: datetime) -> bool:
    """Return whether the minute of a count has passed, or the clock was set back before it."""
    return not count.since <= at < count.since + MINUTE
