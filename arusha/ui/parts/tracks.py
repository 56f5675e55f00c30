"""The ladder for narrow screens: a row a factor: its range, its dot, the round before, what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.ui.parts.markup import show, tag, text


@dataclass(frozen=True)
class Track:
    """One row; every place is a share of 0..1 of the track, or None when there is nothing to show."""

    name: str
    figure: str
    value: float | None
    low: float | None
    high: float | None
    before: float | None
    planned: float | None = None


def tracks(rows: Sequence[Track], steps: Sequence[tuple[str, float]]) -> None:
    """Show the rows under the names of the steps, which stand at their values."""
    ticks = "".join(tag("span", text(name), style=_at(value)) for name, value in steps)
    shown = tag("div", ticks, class_="track-steps", aria_hidden="true") + "".join(
        _row(row, steps) for row in rows
    )
    show(tag("div", shown, class_="tracks"))


def _row(row: Track, steps: Sequence[tuple[str, float]]) -> str:
    lines = "".join(tag("span", "", class_="track-line", style=_at(value)) for _, value in steps)
    marks = ""
    if row.low is not None and row.high is not None and row.high > row.low:
        width = f"left:{row.low:.4%};width:{row.high - row.low:.4%}"
        marks += tag("span", "", class_="track-range", style=width)
    if row.planned is not None and row.value is not None and row.planned > row.value:
        width = f"left:{row.value:.4%};width:{row.planned - row.value:.4%}"
        marks += tag("span", "", class_="track-range", style=width)
        marks += tag("span", "", class_="track-planned", style=_at(row.planned))
    if row.before is not None:
        marks += tag("span", "", class_="track-ring", style=_at(row.before))
    if row.value is not None:
        marks += tag("span", "", class_="track-dot", style=_at(row.value))
    head = tag("div", text(row.name) + " " + tag("strong", text(row.figure)), class_="track-name")
    return head + tag("div", lines + marks, class_="track", aria_hidden="true")


def _at(share: float) -> str:
    return f"left:{share:.4%}"
