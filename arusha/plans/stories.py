"""A plan with its whole past, as it is entered at once: its versions, and what was entered in between."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from arusha.plans.model import AnyPart, Figure, Header, Update
from arusha.plans.rules import Changes

MORNING = time(9, tzinfo=UTC)


@dataclass(frozen=True)
class Stage:
    """A version of a plan: what was added or changed for it and why, and who approved it when."""

    begun: date
    reason: str
    parts: tuple[AnyPart, ...]
    approved: date
    approved_by: str


@dataclass(frozen=True)
class Story:
    """A plan of the sample from its opening on; ``year`` is that of the round it answers, ``by`` who writes.

    Figures and updates are in the order they were entered; ``closed`` is None while it goes on.
    """

    administration: str
    year: int
    by: str
    header: Header
    stages: tuple[Stage, ...]
    figures: tuple[Figure, ...]
    updates: tuple[Update, ...]
    closed: date | None = None


def entered(story: Story, since: date, until: date) -> Changes:
    """Return the entries of a stretch of time, its last day left out."""
    return Changes(
        figures=tuple(one for one in story.figures if since <= when(one).date() < until),
        updates=tuple(one for one in story.updates if since <= when(one).date() < until),
    )


def batches(made: Changes) -> Iterator[Changes]:
    """Yield entries in as few changes as can be: a value that takes the place of another comes after it."""
    batch = Changes()
    for one in in_order(made):
        if isinstance(one, Update):
            batch = replace(batch, updates=(*batch.updates, one))
        elif one.place in {other.place for other in batch.figures}:
            yield batch
            batch = Changes(figures=(one,))
        else:
            batch = replace(batch, figures=(*batch.figures, one))
    if batch != Changes():
        yield batch


def in_order(made: Changes) -> list[Figure | Update]:
    """Return the entries by the moment they were entered at."""
    return sorted([*made.figures, *made.updates], key=when)


def when(one: Figure | Update) -> datetime:
    """Return the moment an entry was entered at."""
    return one.entered_at or moment(one.on)


def moment(day: date) -> datetime:
    """Return the moment of a day at which things were done."""
    return datetime.combine(day, MORNING)
