"""One practice by itself, as a link leads to it, with the way back to what was found."""

from arusha.access.gate import Here
from arusha.reference.content import Content
from arusha.reference.pages import cards
from arusha.reference.pages.address import link
from arusha.reference.rules import Filter
from arusha.ui.parts.markup import show, tag, text
from questionnaires.model import Practice


def draw(here: Here, content: Content, wanted: Filter, practice: Practice) -> None:
    """Show the practice, and beside it the ones before and after in the questionnaire's order."""
    t, factor = content.t, content.questionnaire.factor_of[practice.id]
    back = tag("a", text(t("Back to the list")), href=link(here, wanted), target="_self", class_="go")
    read = tag("a", text(content.name(factor)), href=_factor(here, factor.id), target="_self", class_="go")
    show(tag("p", back + " · " + read, class_="quiet"))
    question = tag(
        "span", text(content.of(practice).question), class_="question", role="heading", aria_level=2
    )
    head = tag("p", question + cards.marks(content, practice))
    foot = tag("p", tag("code", text(practice.id)), class_="quiet")
    show(tag("article", head + cards.body(content, practice) + foot, class_="practice", id=practice.id))
    show(
        tag(
            "nav",
            _neighbours(here, content, wanted, practice),
            class_="neighbours",
            aria_label=t("Neighbours"),
        )
    )


def _factor(here: Here, factor: str) -> str:
    return link(here, Filter(factor=factor))


def _neighbours(here: Here, content: Content, wanted: Filter, practice: Practice) -> str:
    t, practices = content.t, list(content.questionnaire.practices.values())
    place, links = practices.index(practice), []
    if place:
        before = practices[place - 1]
        links.append((before, t("Before: {question}", question=content.of(before).question)))
    if place + 1 < len(practices):
        after = practices[place + 1]
        links.append((after, t("Next: {question}", question=content.of(after).question)))
    return "".join(
        tag("a", text(said), href=link(here, wanted, one.id), target="_self", class_="go")
        for one, said in links
    )
