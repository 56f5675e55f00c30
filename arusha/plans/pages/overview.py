"""The plan at a glance: both clocks, and its measures as a table, on a line of time, or as a chain."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.plans.measures import Measure, Wanted, matching, measures, owners_of
from arusha.plans.model import STATUSES, Plan
from arusha.plans.pages import chain, head, moving, timeline, two_clocks
from arusha.plans.pages.asked import Basis
from arusha.plans.pages.listed import by_goal
from arusha.plans.pages.part import may_write
from arusha.plans.wording import STATUS_NAMES
from arusha.ui.parts.markup import show, tag

VIEWS = ("table", "timeline", "chain")


def draw(here: Here, plan: Plan, basis: Basis, today: date) -> None:
    """Draw the clocks and the chosen view of the measures."""
    t = here.t
    two_clocks.draw(here, plan, "", today)
    two_clocks.in_words(here, plan, "", today)
    show(tag("p", head.link(here, plan)))
    rows = measures(plan, basis.questionnaire, today)
    if not plan.parts:
        st.info(
            t("The plan is empty. Begin with a goal, or with the gaps of a round."), icon=":material/flag:"
        )
    else:
        _measures(here, plan, basis, rows, today)
    if may_write(here, plan):
        moving.add(here, plan, None)
        if st.button(t("Add measures from the gaps of a round…"), icon=":material/trending_up:"):
            st.switch_page("plans/pages/gaps.py", query_params=here.at(factor=""))


def _measures(here: Here, plan: Plan, basis: Basis, rows: Sequence[Measure], today: date) -> None:
    t = here.t
    names = {"table": t("Measures"), "timeline": t("Timeline"), "chain": t("Results chain")}
    view = st.segmented_control(
        t("View"),
        VIEWS,
        default="table",
        format_func=names.__getitem__,
        key="plan_view",
        required=True,
        label_visibility="collapsed",
    )
    if view == "chain":
        chain.draw(here, plan, today)
        return
    found = matching(rows, _wanted(here, plan, basis, rows))
    if len(found) < len(rows):
        st.caption(t("{count} of {all} measures", count=t.number(len(found)), all=t.number(len(rows))))
    if not found:
        st.info(t("No measure fits this choice."), icon=":material/filter_alt:")
    elif view == "timeline":
        timeline.draw(here, plan, found, today)
    else:
        by_goal(here, plan, basis, found, today)


def _wanted(here: Here, plan: Plan, basis: Basis, rows: Sequence[Measure]) -> Wanted:
    """Ask which measures to show."""
    t = here.t
    words = basis.questionnaire.words(here.t.language).factors
    there = {factor for row in rows for factor in row.factors}
    factors = {one.id: f"{one.number} · {words[one.id].name}" for one in basis.questionnaire.factors}
    statuses = {"late": t("late")} | {one: t(STATUS_NAMES[one]) for one in STATUSES}
    funders = dict.fromkeys(funder for row in rows for funder in row.funders)
    columns = st.columns([3, 3, 2, 3, 3])
    choices = [
        ("factor", t("Factor"), {one: name for one, name in factors.items() if one in there}),
        ("owner", t("Responsible"), {one: one for one in owners_of(plan)}),
        ("status", t("Status"), statuses),
        ("funder", t("Funder"), {one: one for one in funders}),
    ]
    found = {}
    for column, (name, label, names) in zip(columns, choices, strict=False):
        with column:
            found[name] = _choice(label, {"": t("all")} | names, f"only_{name}")
    with columns[-1]:
        found["words"] = st.text_input(t("Search"), key="only_words")
    return Wanted(**found)


def _choice(label: str, names: dict[str, str], key: str) -> str:
    return str(st.selectbox(label, list(names), format_func=names.__getitem__, key=key))
