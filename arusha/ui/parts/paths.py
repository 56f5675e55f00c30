"""The lines of a small chart: the path of targets, what was reached, and where that leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE, HIGH, ABOVE, BESIDE, BELOW = 230, 56, 5, 6, 15  # pixels: the picture, and the room around its lines
Spot = tuple[float, float]
"""A place of 0..1 from the left, and of 0..1 from below."""


@dataclass(frozen=True)
class SmallPath:
    """What is drawn; ``fan`` runs from a spot to the lowest and the highest place at the right end.

    ``breaks`` are places from the left where what is measured changed; ``first`` and ``last`` name the ends.
    """

    targets: Sequence[Spot]
    actuals: Sequence[Spot]
    fan: tuple[Spot, Spot, Spot] | None
    breaks: Sequence[float]
    first: str
    last: str
    said: str


def lines(path: SmallPath) -> list[tuple[str, str]]:
    """Return the lines as (kind, path data of SVG), the hindmost first: few, since a page holds hundreds."""
    found = [("break", _broken(place)) for place in path.breaks]
    if path.fan:
        found.append(("fan", _line(path.fan) + "Z"))
    if len(path.targets) > 1:
        found.append(("target", _line(path.targets)))
    if len(path.actuals) > 1:
        found.append(("actual", _line(path.actuals)))
    if path.actuals:
        found.append(("dots", _dots(path.actuals)))
    return found


def _line(spots: Iterable[Spot]) -> str:
    return "M" + "L".join(_at(spot) for spot in spots)


def _dots(spots: Iterable[Spot]) -> str:
    """Return lines of no length, which round ends make into dots: one element for all."""
    return "".join(f"M{_at(spot)}h0" for spot in spots)


def _broken(place: float) -> str:
    x = _at((place, 0)).split(" ")[0]
    return f"M{x} {ABOVE}V{HIGH - BELOW}"


def _at(spot: Spot) -> str:
    x = BESIDE + spot[0] * (WIDE - 2 * BESIDE)
    y = ABOVE + (1 - spot[1]) * (HIGH - ABOVE - BELOW)
    return f"{x:.1f} {y:.1f}"
