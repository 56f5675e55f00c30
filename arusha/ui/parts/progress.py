"""The factors as a row of progress, each a link to its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.ui.parts.markup import show, tag, text


@dataclass(frozen=True)
class Leg:
    """One factor in the row: what it is called, how far it is (0..1), where it leads."""

    number: int
    label: str
    share: float
    said: str
    link: str
    current: bool = False


def progress_row(legs: Sequence[Leg], label: str) -> None:
    """Show the row; ``label`` names it for a screen reader."""
    show(tag("nav", "".join(_leg(leg) for leg in legs), class_="legs", aria_label=label))


def _leg(leg: Leg) -> str:
    done = tag("span", class_="leg-done", style=f"width:{round(leg.share * 100)}%")
    content = tag("span", done, class_="leg-bar") + tag(
        "span", text(f"{leg.number} {leg.label}"), class_="leg-name"
    )
    return tag(
        "a",
        content,
        href=leg.link,
        target="_self",
        class_="leg go" + (" leg-current" if leg.current else ""),
        title=leg.said,
        aria_label=f"{leg.number} {leg.label}: {leg.said}",
        aria_current="page" if leg.current else None,
    )
