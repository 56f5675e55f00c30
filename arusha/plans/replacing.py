"""An indicator revised in its words, or another put in its place: never without a reason."""

from dataclasses import dataclass
from datetime import date

from arusha.plans.editing import with_field
from arusha.plans.model import AnyPart, Direction, Indicator
from questionnaires.problems import N_, refuse

WORDS = ("title", "unit", "direction", "source", "verification")


@dataclass(frozen=True)
class Wanted:
    """What the indicator is to be, or the one in its place, and why; ``ended`` is the old one's last day."""

    title: str
    unit: str
    direction: Direction
    source: str
    verification: str
    reason: str
    ended: date


def revised(one: Indicator, wanted: Wanted) -> tuple[AnyPart, ...]:
    """Return the indicator in other words, with its figures; raise ``Refused`` without a reason."""
    _require_reason(one, wanted)
    return (_worded(one, wanted),)


def replaced(one: Indicator, wanted: Wanted, new: str) -> tuple[AnyPart, ...]:
    """Return the old indicator with its last day, and the one in its place, which has no figures yet.

    Raises ``Refused`` without a reason.
    """
    _require_reason(one, wanted)
    ended = with_field(with_field(one, "ended", wanted.ended), "ended_because", wanted.reason)
    return ended, with_field(with_field(_worded(one, wanted), "id", new), "replaces", one.id)


def _worded(one: Indicator, wanted: Wanted) -> Indicator:
    for name in WORDS:
        one = with_field(one, name, getattr(wanted, name))
    return one


def _require_reason(one: Indicator, wanted: Wanted) -> None:
    if not wanted.reason.strip():
        fault = N_("Nothing says why the indicator is changed.")
        raise refuse(one.title or one.id, fault, N_("Give the reason; both versions are kept."))
