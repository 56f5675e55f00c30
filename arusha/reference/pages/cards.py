"""A practice as a card: the question, the steps side by side, what to show, all that is said of it."""

from collections.abc import Sequence

from arusha.reference.content import Content, Group, Line, StepText
from arusha.ui.parts.markup import tag, text
from arusha.ui.theme import step_colour
from questionnaires.model import Practice


def folded(content: Content, practice: Practice, link: str, *, is_open: bool) -> str:
    """Return a card whose question opens and shuts it; ``link`` leads to the practice alone."""
    question = tag(
        "span", text(content.of(practice).question), class_="question", role="heading", aria_level=3
    )
    head = tag("summary", question + marks(content, practice))
    alone = tag("a", text(content.t("Open this practice alone")), href=link, target="_self", class_="go")
    foot = tag("p", tag("code", text(practice.id)) + " · " + alone, class_="quiet")
    return tag(
        "details",
        head + body(content, practice) + foot,
        id=practice.id,
        class_="practice",
        open="open" if is_open else None,
    )


def row(content: Content, practice: Practice, link: str) -> str:
    """Return the question as a link to the practice."""
    question = tag("a", text(content.of(practice).question), href=link, target="_self", class_="go")
    return tag("li", question + marks(content, practice))


def marks(content: Content, practice: Practice) -> str:
    """Return what the practice is marked as, in words."""
    return "".join(" " + tag("span", text(mark), class_="badge") for mark in content.marks(practice))


def body(content: Content, practice: Practice) -> str:
    """Return everything a card holds below its question."""
    why = content.of(practice).why
    return (
        (tag("p", text(why), class_="why") if why else "")
        + _steps(content, content.steps(practice))
        + _evidence(content, content.groups(practice), len(content.steps(practice)))
        + _facts(content, practice)
        + _measures(content, practice)
    )


def _steps(content: Content, steps: Sequence[StepText]) -> str:
    cells = "".join(_step(content, step, len(steps)) for step in steps)
    return tag("ol", cells, class_="steps", style=f"--steps:{len(steps)}", aria_label=content.t("Steps"))


def _step(content: Content, step: StepText, count: int) -> str:
    name = tag("strong", text(step.label))
    colour = f"border-color:{step_colour(step.number, count)}"
    said = tag("div", name + tag("p", text(step.sentence)))
    return tag("li", said + _showing(content, step), style=colour)


def _showing(content: Content, step: StepText) -> str:
    if not step.showing:
        return ""
    label = tag("span", text(content.t("To show")), class_="label")
    return tag("div", label + tag("p", text(step.showing)), class_="showing")


def _evidence(content: Content, groups: Sequence[Group], count: int) -> str:
    """Return the lines of evidence, each group below the steps it counts for."""
    cells = "".join(_group(content, group) for group in groups)
    return tag("div", cells, class_="evidence", style=f"--steps:{count}")


def _group(content: Content, group: Group) -> str:
    label = tag("span", text(content.asked_for(group)), class_="label")
    lines = tag("ul", "".join(tag("li", _line(line)) for line in group.lines))
    place = f"grid-column:{group.numbers[0] + 1}/{group.numbers[-1] + 2}"
    return tag("div", label + lines, style=place)


def _line(line: Line) -> str:
    return (tag("b", text(line.kind)) + " " if line.kind else "") + text(line.said)


def _facts(content: Content, practice: Practice) -> str:
    facts = "".join(
        tag("dt", text(name)) + tag("dd", "<br>".join(text(line) for line in lines))
        for name, lines in content.facts(practice)
    )
    return tag("dl", facts, class_="facts")


def _measures(content: Content, practice: Practice) -> str:
    found = content.measures(practice)
    if not found:
        return ""
    items = "".join(
        tag(
            "li",
            tag("strong", text(words.name))
            + "".join(tag("span", text(s)) for s in content.about(one, words)),
        )
        for one, words in found
    )
    head = tag("span", text(content.t("Measures that would lift it by a step")), class_="label")
    return tag("div", head + tag("ul", items), class_="measures")
