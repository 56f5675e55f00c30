"""Bars of shares that add up: light enough to stand beside a chart without slowing the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.ui.parts.markup import show, tag, text
from arusha.ui.theme import ink_on

LEGIBLE = 8  # percent; a narrower part carries no figure


@dataclass(frozen=True)
class Part:
    """A part of a bar: its share in percent, what it says when pointed at, its colour (none: hatched)."""

    percent: float
    said: str
    colour: str = ""


def bars(rows: Sequence[tuple[str, Sequence[Part]]], label: str) -> None:
    """Show a bar a row, each under its short name; ``label`` says what they show."""
    content = "".join(_row(name, parts) for name, parts in rows)
    show(tag("div", content, class_="bars", role="img", aria_label=label))


def _row(name: str, parts: Sequence[Part]) -> str:
    cells = "".join(_part(part) for part in parts if part.percent > 0)
    return tag("span", text(name), class_="grid-number") + tag("div", cells, class_="stack")


def _part(part: Part) -> str:
    figure = f"{round(part.percent)}" if part.colour and part.percent >= LEGIBLE else ""
    fill = f"background:{part.colour};color:{ink_on(part.colour)};" if part.colour else ""
    kind = "share" if part.colour else "share share-open"
    return tag("span", figure, class_=kind, style=f"{fill}width:{part.percent:.3f}%", title=part.said)
