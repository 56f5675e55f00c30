"""What was found, one piece of markup a factor: whole cards when they are few, else questions as links."""

from collections.abc import Sequence

from arusha.access.gate import Here
from arusha.reference.content import Content
from arusha.reference.pages import cards
from arusha.reference.pages.address import link
from arusha.reference.rules import Filter, found
from arusha.ui.parts.markup import show, tag, text
from questionnaires.model import Factor, Practice

WHOLE = 20  # practices whose whole text is sent at once; more would make the page slow on a thin line
OPEN = 2


def results(here: Here, content: Content, wanted: Filter) -> None:
    """Show how many practices were found, and which."""
    practices = found(content.questionnaire, content.language, wanted)
    _count(here, content, practices, wanted)
    for factor in content.questionnaire.factors:
        inside = [practice for practice in factor.practices if practice in practices]
        if inside:
            _factor(here, content, wanted, factor, inside, len(practices))


def _count(here: Here, content: Content, practices: Sequence[Practice], wanted: Filter) -> None:
    t, clear = content.t, ""
    said = t.many("{count} practice found.", "{count} practices found.", len(practices))
    if wanted.is_empty:
        said = t.many("{count} practice in all.", "{count} practices in all.", len(practices))
    elif not practices:
        said = t("No practice fits. Use fewer words or fewer filters.")
    if not wanted.is_empty:
        label = text(t("Clear search and filters"))
        clear = tag("a", label, href=link(here, Filter()), target="_self", class_="go")
    show(tag("p", tag("span", text(said), role="status") + " " + clear, class_="found"))


def _factor(
    here: Here, content: Content, wanted: Filter, factor: Factor, inside: Sequence[Practice], total: int
) -> None:
    if total <= WHOLE:
        shown = "".join(
            cards.folded(content, one, link(here, wanted, one.id), is_open=total <= OPEN) for one in inside
        )
        head = _name(content, factor) + (_asks(content, factor) if wanted.factor else "")
        show(tag("section", head + shown, class_="factor", aria_label=content.name(factor)))
    else:
        show(_index(here, content, wanted, factor, inside))


def _name(content: Content, factor: Factor) -> str:
    return tag("span", text(content.name(factor)), class_="name", role="heading", aria_level=2)


def _asks(content: Content, factor: Factor) -> str:
    asks = content.words.factors[factor.id].asks
    return tag("p", text(asks), class_="quiet") if asks else ""


def _index(here: Here, content: Content, wanted: Filter, factor: Factor, inside: Sequence[Practice]) -> str:
    t = content.t
    name = _name(content, factor)
    count = tag("span", text(t.many("{count} practice", "{count} practices", len(inside))), class_="quiet")
    rows = "".join(cards.row(content, one, link(here, wanted, one.id)) for one in inside)
    read = text(t("Read the whole factor"))
    whole = tag("a", read, href=link(here, wanted, factor=factor.id), target="_self", class_="go")
    return tag(
        "details",
        tag("summary", name + " " + count) + _asks(content, factor) + tag("ul", rows) + tag("p", whole),
        class_="factor",
        open=None if wanted.is_empty else "open",
    )
