"""The steps of a scale: the sentence of the chosen one, and all of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.ui.parts.markup import show, tag, text
from arusha.ui.theme import step_colour


@dataclass(frozen=True)
class StepWords:
    """One step as a reader sees it."""

    name: str
    sentence: str
    chosen: bool = False


def chosen_sentence(sentence: str) -> str:
    """Return the sentence of the chosen step as markup."""
    return tag("p", text(sentence), class_="chosen")


def side_by_side(steps: Sequence[StepWords]) -> str:
    """Return every step with its sentence as markup, in order, the chosen one set off."""
    cells = []
    for number, step in enumerate(steps):
        head = tag("strong", text(step.name))
        bar = tag("span", class_="step-bar", style=f"background:{step_colour(number, len(steps))}")
        kind = "step step-chosen" if step.chosen else "step"
        cells.append(tag("div", bar + head + tag("span", text(step.sentence)), class_=kind))
    return tag("div", "".join(cells), class_="steps")


def behind(summary: str, content: str, *, opened: bool = False) -> str:
    """Return content one click away, as markup that opens without asking the server."""
    return tag(
        "details", tag("summary", text(summary)) + content, class_="behind", open="open" if opened else None
    )


def show_steps(markup: str) -> None:
    """Show markup of this module."""
    show(markup)
