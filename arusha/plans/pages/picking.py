"""Picking measures: each weak practice with its question, its steps, and a box for each suggested measure."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments.views import Sheet
from arusha.plans import service
from arusha.plans.drafting import Suggestion, is_taken
from arusha.plans.model import Plan
from arusha.plans.pages.links import name_of, steps_of
from arusha.plans.wording import DIRECTION_NAMES
from arusha.ui.parts.markup import md, show, tag, text

AT_ONCE = 6  # practices that are shown before more is asked for


def plan_of(here: Here, sheet: Sheet) -> Plan | None:
    """Ask which plan the measures go into: a new one (None), or a draft of the administration."""
    t = here.t
    drafts = [
        one
        for one in here(service.plans)
        if one.administration == sheet.round.administration and one.state == "draft"
    ]
    if not drafts:
        return None
    names = {one.id: one.header.title for one in drafts} | {"": t("a new plan")}
    ids = list(names)
    index = ids.index(here.plan_id) if here.plan_id in ids else 0
    label, key = t("The measures go into"), f"gaps_into_{sheet.round.administration}"
    into = st.selectbox(label, ids, index, format_func=names.__getitem__, key=key)
    return here(service.find, into) if into else None


def draw(here: Here, sheet: Sheet, plan: Plan | None, found: Sequence[Suggestion]) -> list[Suggestion]:
    """Draw the weak practices of a factor, or of all; return what is picked."""
    t = here.t
    words = sheet.questionnaire.words(t.language).factors
    factors = {one.id: f"{one.number} · {words[one.id].name}" for one in sheet.questionnaire.factors}
    there = [one for one in factors if one in {pick.factor for pick in found}]
    only = st.selectbox(
        t("Factor"),
        ["", *there],
        format_func=lambda one: factors[one] if one else t("all factors"),
        key=f"gaps_factor_{sheet.round.id}",
    )
    shown = [pick for pick in found if not only or pick.factor == only]
    practices = [list(several) for _, several in groupby(shown, key=lambda one: one.practice)]
    most = st.session_state.setdefault(f"gaps_most_{sheet.round.id}", AT_ONCE)
    for several in practices[:most]:
        _practice(here, sheet, plan, several)
    if len(practices) > most:
        label = t("Show more weak practices ({count} left)", count=t.number(len(practices) - most))
        if st.button(label):
            st.session_state[f"gaps_most_{sheet.round.id}"] = most + AT_ONCE
            st.rerun()
    return [pick for pick in found if st.session_state.get(_picked(sheet, pick))]


def _practice(here: Here, sheet: Sheet, plan: Plan | None, several: Sequence[Suggestion]) -> None:
    """Draw a weak practice as a card."""
    t, first = here.t, several[0]
    asked = sheet.questionnaire
    names = steps_of(here, asked, first.practice)
    said = asked.words(t.language).practices[first.practice].steps
    key = " · " + t("key practice") if asked.practices[first.practice].key else ""
    with st.container(border=True):
        show(tag("p", tag("strong", text(name_of(here, asked, first.practice))) + text(key)))
        rows = [
            (t("Now: {step}", step=names[first.step_now]), said[first.step_now]) if first.step_now else None,
            (t("Next: {step}", step=names[first.next_step]), said[first.next_step]),
        ]
        cells = "".join(tag("div", tag("strong", text(one[0])) + text(one[1])) for one in rows if one)
        show(tag("div", cells, class_="now-next"))
        for pick in several:
            _measure(here, sheet, plan, pick)


def _measure(here: Here, sheet: Sheet, plan: Plan | None, pick: Suggestion) -> None:
    t = here.t
    taken = plan is not None and is_taken(plan, pick)
    label = t("{title} (in the plan already)", title=pick.title) if taken else pick.title
    key = _picked(sheet, pick)
    if taken:
        st.checkbox(md(label), value=True, disabled=True, key=f"taken-{key}")
    else:
        st.checkbox(md(label), key=key, persist_state="page")
    months = t.many("about {count} month", "about {count} months", pick.months)
    direction = t(DIRECTION_NAMES[pick.direction])
    about = t(
        "First output: {output}. Indicator: {indicator} ({unit}; {direction}). {months}.",
        output=pick.output,
        indicator=pick.indicator,
        unit=pick.unit,
        direction=direction,
        months=months[:1].upper() + months[1:],
    )
    show(tag("p", text(about), class_="quiet measure-about"))


def _picked(sheet: Sheet, pick: Suggestion) -> str:
    return f"pick-{sheet.round.id}-{pick.practice}-{pick.measure}".replace("_", "-").replace(".", "--")
