"""What is due in a plan, as a short list for Home; nothing when nothing is due."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.plans import service
from arusha.plans.model import Indicator, Plan
from arusha.plans.pages.chosen import newest
from arusha.plans.progress.upcoming import Due, upcoming
from arusha.plans.wording import titled
from arusha.ui.parts.markup import href, show, tag, text

MOST = 6


def draw(here: Here, code: str, today: date) -> None:
    """Show what is due in the newest plan of an administration."""
    if not here.may(Permission.PLAN_READ, Subject(code)):
        return
    plan_id = newest([one for one in here(service.plans) if one.state == "approved"], code)
    if not plan_id:
        return
    plan: Plan = here(service.find, plan_id)
    found = upcoming(plan, today)
    if found:
        _listed(here, plan, found)


def _listed(here: Here, plan: Plan, found: Sequence[Due]) -> None:
    t = here.t
    st.subheader(t("Due in the action plan"))
    items = "".join(tag("li", _item(here, plan, one)) for one in found[:MOST])
    show(tag("ul", items, class_="due"))
    if len(found) > MOST:
        more = t.many("{count} more in the plan", "{count} more in the plan", len(found) - MOST)
        link = tag("a", text(more), href=_to(here, "plan", plan), target="_self", class_="go")
        show(tag("p", link))


def _item(here: Here, plan: Plan, one: Due) -> str:
    t, part = here.t, one.part
    day = t.day(one.on)
    if isinstance(part, Indicator):
        to = _to(here, "benchmarks", plan, indicator=part.id)
        said = t("value of {period} missing since {day}", period=one.period, day=day)
        soon = t("value of {period} due on {day}", period=one.period, day=day)
    else:
        to = _to(here, "plan", plan, part=part.id)
        said, soon = t("was to end on {day}", day=day), t("ends on {day}", day=day)
    link = tag("a", text(titled(t, part)), href=to, target="_self", class_="go")
    return link + tag("span", text(said if one.is_late else soon), class_="late" if one.is_late else "quiet")


def _to(here: Here, page: str, plan: Plan, **where: str) -> str:
    return href(page, here.at(plan=plan.id, factor="", **where))
