"""The results chain: every part of the plan under what it stands within, each a link to its page."""

from datetime import date

from arusha.access.gate import Here
from arusha.plans.model import Activity, AnyPart, Goal, Indicator, Plan
from arusha.plans.pages.places import part_link
from arusha.plans.progress import standings
from arusha.plans.wording import KIND_NAMES, STATUS_NAMES
from arusha.ui.parts.markup import show, tag, text


def draw(here: Here, plan: Plan, today: date) -> None:
    """Show the whole tree."""
    show(tag("div", _inside(here, plan, "", today), class_="chain"))


def _inside(here: Here, plan: Plan, above: str, today: date) -> str:
    lines = "".join(
        tag(
            "li",
            _line(here, plan, part, today) + _inside(here, plan, part.id, today),
            class_=f"is-{part.kind}",
        )
        for part in plan.inside.get(above, ())
    )
    return tag("ul", lines) if lines else ""


def _line(here: Here, plan: Plan, part: AnyPart, today: date) -> str:
    t = here.t
    kind = tag("span", text(t(KIND_NAMES[part.kind])), class_="quiet")
    said = ""
    if isinstance(part, Activity):
        said = t(STATUS_NAMES[plan.status(part.id)])
    elif isinstance(part, Goal):
        reading = standings.of_goal(plan, part, today)
        said = t(reading.name)
    elif isinstance(part, Indicator):
        reading = standings.of_indicator(plan, part, today)
        said = t(reading.name)
    state = tag("span", text(said), class_="quiet") if said else ""
    return f"{kind} {part_link(here, part)} {state}"
