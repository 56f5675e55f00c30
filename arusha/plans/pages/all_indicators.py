"""All indicators of a plan at once: what to look at, the two clocks, a row each, and those that ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import streamlit as st

from arusha.access import files
from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.plans import frames
from arusha.plans.model import Indicator, Plan
from arusha.plans.pages import indicator_rows, two_clocks
from arusha.plans.progress.telling import told
from arusha.plans.wording import said_of, titled
from arusha.ui.parts.markup import href, show, tag, text

T = TypeVar("T")
ALL = ""
NOW = 0


@dataclass(frozen=True)
class Wanted:
    """What to look at: one goal or all, as it stood at a year's end or today, of one owner or all."""

    goal: str
    today: date
    owner: str


def draw(here: Here, plan: Plan, today: date) -> None:
    """Show the page of all indicators."""
    t = here.t
    st.title(t("Benchmarks"))
    _lead(here, plan, today)
    wanted = _wanted(here, plan, today)
    two_clocks.draw(here, plan, wanted.goal, wanted.today)
    two_clocks.in_words(here, plan, wanted.goal, wanted.today)
    found = frames.chosen(plan, wanted.goal, wanted.owner)
    living = [one for one in found if not frames.has_ended(one, wanted.today)]
    if not found:
        st.info(_nothing(here, plan), icon=":material/straighten:")
    if living:
        rows = [frames.row_of(plan, one, wanted.today) for one in living]
        indicator_rows.draw(here, plan, rows)
    _ended(here, plan, [one for one in found if one not in living], wanted.today)


def _lead(here: Here, plan: Plan, today: date) -> None:
    t = here.t
    ended = sum(frames.has_ended(one, today) for one in plan.indicators)
    said = text(f"{plan.header.title} · {said_of(t, plan)}")
    if ended:
        counted = t.many(
            "{count} indicator was replaced or ended", "{count} indicators were replaced or ended", ended
        )
        why = tag("a", text(t("why")), href="#ended-indicators", target="_self")
        said += text(f" ({counted}, ") + why + text(")")
    show(tag("p", said, class_="lead"))


def _wanted(here: Here, plan: Plan, today: date) -> Wanted:
    """Ask what to look at, in one line where there is room."""
    t = here.t
    with st.container(horizontal=True, vertical_alignment="center", key="wanted"):
        goals = {ALL: t("Goal: all")} | {g.id: t("Goal: {name}", name=titled(t, g)) for g in plan.goals}
        goal = _choice(t("Goal"), goals, "goal", 420)
        ends = {year.year: year for year in frames.years(plan, today)}
        labels = {NOW: t("Year: now")} | {
            n: t("Year: {year}", year=ends[n].label) for n in sorted(ends, reverse=True)
        }
        year = _choice(t("Year"), labels, "year", 150)
        owners = sorted({frames.owner_of(plan, one) for one in plan.indicators} - {""})
        who = {ALL: t("Responsible: all")} | {one: t("Responsible: {name}", name=one) for one in owners}
        owner = _choice(t("Responsible"), who, "owner", 260)
        if here.may(Permission.PLAN_EXPORT):
            link = files.address("plan", plan.id, t, here.space)
            show(tag("a", text(t("Excel")), href=link, target="_self"))
    return Wanted(goal, min(today, ends[year].end) if year in ends else today, owner)


def _choice(label: str, names: Mapping[T, str], key: str, width: int) -> T:
    return st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=f"benchmarks_{key}",
        label_visibility="collapsed",
        width=width,
    )


def _nothing(here: Here, plan: Plan) -> str:
    t = here.t
    if plan.indicators:
        return t("No indicator is of this goal and of who is chosen.")
    return t("The plan has no indicator yet. Add one on the page Action plan.")


def _ended(here: Here, plan: Plan, ended: Sequence[Indicator], today: date) -> None:
    """Show what is not followed any more, why, and what took its place."""
    if not ended:
        return
    t = here.t
    st.subheader(t("Replaced or ended"), anchor="ended-indicators")
    items = "".join(tag("li", _gone(here, plan, one, today)) for one in ended)
    show(tag("ul", items))


def _gone(here: Here, plan: Plan, one: Indicator, today: date) -> str:
    t = here.t
    said = text(t("until {day}: {why}", day=t.day(one.ended), why=one.ended_because))
    after = [other for other in plan.indicators if other.replaces == one.id]
    if after:
        said += " " + text(t("In its place: {names}.", names=t.joined([titled(t, other) for other in after])))
    read = frames.row_of(plan, one, today).reading
    stood = tag("small", text(told(t, read.sentence, read.values)))
    link = tag("a", text(titled(t, one)), href=_to(here, one), target="_self", class_="go")
    return f"{link} {said} {stood}"


def _to(here: Here, one: Indicator) -> str:
    return href("benchmarks", here.at(factor="", indicator=one.id))
