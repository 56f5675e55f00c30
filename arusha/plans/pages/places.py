"""Links to places in a plan: its pages and its parts."""

from arusha.access.gate import Here
from arusha.plans.model import AnyPart
from arusha.plans.wording import titled
from arusha.ui.parts.markup import href, tag, text

HEAD = "head"
"""What the address says for the head of a plan; no part has so short an id."""


def link_to(here: Here, page: str, label: str, **query: str) -> str:
    """Return a link to a page of this plan as markup."""
    return tag("a", text(label), href=href(page, here.at(factor="") | query), target="_self", class_="go")


def part_link(here: Here, part: AnyPart) -> str:
    """Return a link to a part of this plan as markup."""
    return link_to(here, "plan", titled(here.t, part), part=part.id)
