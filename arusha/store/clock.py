"""The one clock: services take a moment as an argument and ask here only when none is given."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
