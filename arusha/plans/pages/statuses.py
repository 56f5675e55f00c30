"""What was entered about an activity: its status and what was spent, and the form for the next entry."""

from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.pages.names import names_of
from arusha.access.rules import Permission, Subject
from arusha.plans import service
from arusha.plans.model import STATUSES, Activity, Figure, Plan, Update
from arusha.plans.pages import refusing
from arusha.plans.pages.new_plan import day
from arusha.plans.periods import Period, period_of, periods
from arusha.plans.wording import STATUS_NAMES
from arusha.store.clock import now
from arusha.ui.parts.markup import md, show, tag, text
from questionnaires.problems import Refused

ENTERED = "plan_entered"  # how many entries were made here, so that the fields begin empty again


def may_enter(here: Here, plan: Plan) -> bool:
    """Return whether this person may enter what happened in this plan."""
    return plan.state != "closed" and here.may(Permission.PLAN_UPDATE, Subject(plan.administration))


def draw(here: Here, plan: Plan, activity: Activity) -> None:
    """Show the status, the form for the next entry, and the earlier ones, newest first."""
    t = here.t
    st.markdown(f"#### {md(t('Status'))}")
    status = t(STATUS_NAMES[plan.status(activity.id)])
    show(tag("p", text(t("Now: {status}", status=status)), class_="lead"))
    if may_enter(here, plan):
        _enter(here, plan, activity)
    entries = [one for kind in ("status", "progress") for one in plan.entries(activity.id, kind)]
    _listed(here, sorted(entries, key=lambda one: (one.on, one.number), reverse=True))


def _enter(here: Here, plan: Plan, activity: Activity) -> None:
    t, today = here.t, now().date()
    key = f"status_{activity.id}_{st.session_state.setdefault(ENTERED, 0)}"
    on, choice = st.columns([1, 2])
    with choice:
        status = st.segmented_control(
            t("Status of the activity"),
            STATUSES,
            default=plan.status(activity.id),
            format_func=lambda one: t(STATUS_NAMES[one]),
            key=f"{key}_choice",
            required=True,
            wrap=True,
        )
    with on:
        when = day(t("As of"), today, f"{key}_on")
    said = st.text_area(t("What happened"), key=f"{key}_text", height="content")
    if st.button(t("Enter the status"), key=f"{key}_enter", type="primary"):
        if when is None:
            st.error(t("Give the day."), icon=":material/block:")
            return
        _add(here, plan, Update(activity.id, "status", when, status, said))


def _add(here: Here, plan: Plan, *entries: Update | Figure) -> None:
    updates = [one for one in entries if isinstance(one, Update)]
    figures = [one for one in entries if isinstance(one, Figure)]
    try:
        service.enter(here.actor, here.store, plan.id, figures, updates)
    except Refused as refused:
        refusing.refused(here, refused)  # what was typed stays in the fields
        return
    st.session_state[ENTERED] += 1
    st.rerun()


def _listed(here: Here, entries: list[Update]) -> None:
    t, names = here.t, names_of(here)
    for one in entries:
        what = t(STATUS_NAMES.get(one.choice, "")) if one.choice in STATUSES else ""
        who = names.get(one.entered_by, one.entered_by)
        at = t.moment(one.entered_at) if one.entered_at else ""
        head = tag("strong", text(t.day(one.on))) + " " + text(what)
        made = tag("span", text(t("entered by {who}, {time}", who=who, time=at)), class_="quiet")
        show(tag("div", tag("p", f"{head} {made}") + tag("p", text(one.text)), class_="entry"))


def spending(here: Here, plan: Plan, activity: Activity) -> None:
    """Show what was spent of each budget line, and the form to enter it by year."""
    t = here.t
    if not activity.budget:
        return
    for line in activity.budget:
        spent = [one for one in plan.current.values() if one.subject == line.id and one.kind == "spent"]
        total = sum(one.value or 0.0 for one in spent)
        said = t("{line}: {spent} spent of {planned}.", line=line.title or line.funder, spent=t.number(total),
                 planned=t.number(line.amount))  # fmt: skip
        by_year = [f"{_label(plan, one.period)}: {t.number(one.value)}" for one in sorted(spent, key=_period)]
        show(tag("p", text(" ".join([said, " · ".join(by_year)]))))
    if may_enter(here, plan):
        with st.expander(t("Enter spending…"), key=f"spending_{activity.id}"):
            _spend(here, plan, activity)


def _period(figure: Figure) -> str:
    return figure.period


def _label(plan: Plan, key: str) -> str:
    return next((one.label for one in _years(plan) if one.key == key), key)


def _years(plan: Plan) -> tuple[Period, ...]:
    head = plan.header
    return periods("year", head.start, head.end, head.fiscal_start)


def _spend(here: Here, plan: Plan, activity: Activity) -> None:
    t, today = here.t, now().date()
    key = f"spent_{activity.id}_{st.session_state.setdefault(ENTERED, 0)}"
    lines = {line.id: line.title or line.funder or line.id for line in activity.budget}
    line = st.selectbox(t("Budget line"), list(lines), format_func=lines.__getitem__, key=f"{key}_line")
    years = {one.key: one.label for one in _years(plan)}
    current = period_of(today, "year", plan.header.fiscal_start).key
    index = list(years).index(current) if current in years else 0
    which, money, on = st.columns(3)
    year = which.selectbox(t("Year"), list(years), index, format_func=years.__getitem__, key=f"{key}_year")
    value = money.number_input(t("Spent"), min_value=0.0, value=None, format="%0.2f", key=f"{key}_value")
    with on:
        when: date | None = day(t("As of"), today, f"{key}_on")
    note = st.text_input(t("Note"), key=f"{key}_note")
    reason = ""
    if line and plan.figure(line, "spent", year):
        reason = st.text_input(t("Why it takes the place of the earlier value"), key=f"{key}_reason")
    if st.button(t("Enter the spending"), key=f"{key}_enter", type="primary"):
        if value is None or when is None:
            st.error(t("Give the amount and the day."), icon=":material/block:")
            return
        _add(here, plan, Figure(line, "spent", year, value, when, note=note, reason=reason))
