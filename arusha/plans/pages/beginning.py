"""Where there is no plan yet, or another is wanted: the plans there are, and the two ways to begin one."""

from collections.abc import Sequence

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.members import service as members
from arusha.members.reference import members as all_members
from arusha.plans import service
from arusha.plans.pages import new_plan, refusing
from arusha.plans.service import Listed
from arusha.plans.wording import STATE_NAMES
from arusha.ui.parts.markup import href, tag, text
from arusha.ui.parts.table import table
from questionnaires.problems import Refused

PAGES = "plans/pages/"


def without_a_plan(here: Here, code: str) -> None:
    """Say that there is no plan yet, of an administration or at all, and show what can be done."""
    t = here.t
    plans: Sequence[Listed] = here(service.plans)
    st.title(t("Action plan"))
    if plans and not code:
        st.info(t("Choose a plan."), icon=":material/list:")
    else:
        st.info(t("There is no action plan yet."), icon=":material/flag:")
    if plans:
        listed(here, plans)
    ways(here, code)


def ways(here: Here, code: str) -> None:
    """Offer the two ways to begin a plan, or say who begins one."""
    t = here.t
    if not here.may(Permission.PLAN_WRITE, Subject(code) if code else None):
        st.caption(t("The coordinator of your administration begins a plan. You will find it here."))
        return
    gaps, empty = st.columns(2, gap="medium")
    with gaps.container(border=True, height="stretch"):
        st.subheader(t("From the gaps of a round"))
        st.write(t("See the weak practices, pick measures that would lift them, and have the plan drafted."))
        if st.button(t("Look at the gaps"), type="primary"):
            st.switch_page(PAGES + "gaps.py", query_params=here.at(plan="", factor=""))
    with empty.container(border=True, height="stretch"):
        st.subheader(t("An empty plan"))
        st.write(t("Give it a title and its dates, and write the measures yourselves."))
        with st.expander(t("Begin an empty plan…"), key="empty_plan"):
            _ask(here, code)


def listed(here: Here, plans: Sequence[Listed]) -> None:
    """Show plans as a table, each with a link to it."""
    t = here.t
    heads = [t("Plan"), t("Administration"), t("Programme"), t("From"), t("To"), t("State")]
    names = {code: _name(here, code) for code in {plan.administration for plan in plans}}
    rows = [
        [
            _link(here, plan),
            text(names[plan.administration]),
            text(plan.header.programme),
            text(t.day(plan.header.start)),
            text(t.day(plan.header.end)),
            text(t("{state}, version {number}", state=_state(here, plan), number=plan.version)),
        ]
        for plan in plans
    ]
    table(heads, rows, links=True, stacked=True)


def _state(here: Here, plan: Listed) -> str:
    return next(here.t(name) for state, name in STATE_NAMES.items() if state == plan.state)


def _link(here: Here, plan: Listed) -> str:
    to = href("plan", here.at(plan=plan.id, factor=""))
    return tag("a", text(plan.header.title), href=to, target="_self", class_="go")


def _name(here: Here, code: str) -> str:
    administration = here(members.find, code)
    return administration.name(here.t) if administration else code


def _ask(here: Here, code: str) -> None:
    """Ask what is said of a plan as a whole, and open it."""
    t = here.t
    whose = _administration(here, code)
    given = new_plan.ask(here, "new")
    if st.button(t("Begin the plan"), type="primary", key="begin_plan"):
        if not whose:
            st.error(t("The administration is missing. Choose it from the list."), icon=":material/block:")
            return
        try:
            plan = service.open_plan(here.actor, here.store, whose, new_plan.header(given))
        except Refused as refused:
            refusing.refused(here, refused)
            return
        st.switch_page(PAGES + "plan.py", query_params=here.at(plan=plan.id, factor=""))


def _administration(here: Here, code: str) -> str:
    if code:
        return code
    known = here(members.registered)
    names = {one: _name(here, one) for one in {*(one.code for one in known), *all_members()}}
    codes = sorted(names, key=lambda one: names[one].casefold())
    label, hint = here.t("Administration"), here.t("Type the name of the country…")
    return (
        st.selectbox(
            label,
            codes,
            index=None,
            format_func=names.__getitem__,
            placeholder=hint,
            key="new_whose",
        )
        or ""
    )
