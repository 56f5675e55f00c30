"""How long sessions and invitations last; a clock that is set back never makes them last longer."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
INVITATION = timedelta(hours=72)
SEEN_AGAIN = timedelta(minutes=1)  # how long a session is not written to, however busy it is
ASIDE = timedelta(minutes=5)  # how far the clocks of several servers may be apart
KEPT = timedelta(days=30)  # how long an ended session stays listed for its own account


def holds(begun: datetime, ends: datetime, at: datetime) -> bool:
    """Return whether a span holds at a moment; it does not at one clearly before it began."""
    return begun - ASIDE <= at < ends


def is_live(made: datetime, seen: datetime, ends: datetime, revoked: datetime | None, at: datetime) -> bool:
    """Return whether a session may still be used: not revoked, not too old, not idle for too long."""
    return revoked is None and holds(made, ends, at) and holds(seen, seen + IDLE, at)


def is_due(seen: datetime, at: datetime) -> bool:
    """Return whether it is time to note again that a session is in use."""
    return at - seen >= SEEN_AGAIN
