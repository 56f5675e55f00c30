"""The steps of a scale side by side, one click away."""

from collections.abc import Sequence

from arusha.ui.parts.markup import tag, text
from arusha.ui.theme import step_colour


def side_by_side(steps: Sequence[tuple[str, str]]) -> str:
    """Return every step, name and sentence, as markup, in order."""
    cells = []
    for number, (name, sentence) in enumerate(steps):
        bar = tag("span", class_="step-bar", style=f"background:{step_colour(number, len(steps))}")
        cells.append(tag("div", bar + tag("strong", text(name)) + tag("span", text(sentence)), class_="step"))
    return tag("div", "".join(cells), class_="steps")


def behind(summary: str, content: str, *, opened: bool = False) -> str:
    """Return content one click away, as markup that opens without asking the server."""
    return tag(
        "details", tag("summary", text(summary)) + content, class_="behind", open="open" if opened else None
    )
