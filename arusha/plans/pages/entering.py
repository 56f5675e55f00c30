"""Enter an actual, a target or the baseline of an indicator: Enter saves, a refusal keeps what was typed."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.plans import frames, service
from arusha.plans.model import Figure, FigureKind, Indicator, Plan
from arusha.plans.periods import Period, periods
from arusha.plans.rules import DAYS
from arusha.plans.wording import FIGURE_NAMES
from arusha.ui.parts import notices
from arusha.ui.parts.markup import show, tag, text
from questionnaires.problems import Refused

SAVED = "figure_saved"


def draw(here: Here, plan: Plan, one: Indicator, today: date) -> None:
    """Ask what is entered for which period, then its value; what was entered before stays."""
    t = here.t
    st.subheader(t("Enter a value"))
    kinds: list[FigureKind] = ["actual"]
    if plan.state == "draft" and here.may(Permission.PLAN_WRITE, Subject(plan.administration)):
        kinds += ["target", "baseline"]
    else:
        st.caption(t("Targets and the baseline can be changed while the plan is a draft."))
    with st.container(horizontal=True):
        kind = kinds[0]
        if len(kinds) > 1:
            names = {name: t(FIGURE_NAMES[name]) for name in kinds}
            kind = st.segmented_control(
                t("What"),
                kinds,
                default=kinds[0],
                required=True,
                format_func=names.__getitem__,
                key="figure_kind",
            )
        period = None if kind == "baseline" else _period(here, plan, one, today)
    _form(here, plan, one, kind, period, today)


def _period(here: Here, plan: Plan, one: Indicator, today: date) -> Period:
    head = plan.header
    every = {p.key: p for p in periods(one.every, head.start, head.end, head.fiscal_start)}
    waiting = frames.next_period(plan, one, today).key
    key = st.selectbox(
        here.t("Period"),
        list(every),
        index=list(every).index(waiting) if waiting in every else 0,
        format_func=lambda name: every[name].label,
        key=f"figure_period_{one.id}_{_count(plan, one)}",
        width=220,
    )
    return every[key]


def _count(plan: Plan, one: Indicator) -> int:
    """Return how many entries there are: a field belongs to one entry, the next begins empty."""
    return sum(figure.subject == one.id for figure in plan.figures)


def _form(
    here: Here, plan: Plan, one: Indicator, kind: FigureKind, period: Period | None, today: date
) -> None:
    """Ask for the value and where it comes from; a value that is there is replaced only with a reason."""
    t = here.t
    there = plan.figure(one.id, kind, period.key if period else "")
    name = f"{one.id}-{kind}-{period.key if period else ''}-{_count(plan, one)}"
    if there:
        said = t(
            "{value} is there already; a new value needs a reason, and both are kept.",
            value=t.number(there.value),
        )
        show(tag("p", text(said), class_="quiet"))
    with st.form(f"figure-{name}", enter_to_submit=True, border=True):
        first, second, third = st.columns([1, 1, 2])
        value = first.number_input(
            t("Value"), value=None, step=None, format="%g", placeholder=one.unit, key=f"value-{name}"
        )
        day = second.date_input(
            t("Day"),
            _day(plan, one, kind, period, today),
            min_value=DAYS[0],
            max_value=DAYS[1],
            format="YYYY-MM-DD",
            key=f"day-{name}",
        )
        source = third.text_input(t("Source"), there.source if there else one.source, key=f"source-{name}")
        note = st.text_input(t("Note or place of the evidence"), key=f"note-{name}")
        reason = st.text_input(t("Reason for the new value"), key=f"reason-{name}") if there else ""
        with st.container(horizontal=True):
            saves = st.form_submit_button(t("Save the value"), type="primary", key=f"save-{name}")
            takes = there and st.form_submit_button(t("Take it back"), key=f"take-back-{name}")
    given = Figure(one.id, kind, period.key if period else "", value, day, source, note, reason=reason)
    if takes:
        _enter(here, plan, Figure(one.id, kind, given.period, None, day, reason=reason))
    elif saves and value is None:
        st.error(t("The value is missing. Type a number."), icon=":material/block:")
    elif saves:
        _enter(here, plan, given)
    elif SAVED in st.session_state:
        st.success(st.session_state.pop(SAVED), icon=":material/check:")


def _day(plan: Plan, one: Indicator, kind: FigureKind, period: Period | None, today: date) -> date:
    """Return the day to propose: that of the value there, else its target's; an actual is never ahead."""
    there = plan.figure(one.id, kind, period.key if period else "")
    if there:
        return there.on
    if period is None:
        return min(today, plan.header.start)
    target = plan.figure(one.id, "target", period.key)
    day = target.on if target else min(period.end, plan.header.end)
    return min(day, today) if kind == "actual" else day


def _enter(here: Here, plan: Plan, figure: Figure) -> None:
    """Add the entry and draw the page anew; refused, it stays in its fields with the reason."""
    t = here.t
    try:
        service.enter(here.actor, here.store, plan.id, [figure])
    except Refused as refused:
        notices.refused(t, refused)
        return
    said: Mapping[bool, str] = {
        True: t("The value was taken back."),
        False: t("Saved: {value}.", value=t.number(figure.value)),
    }
    st.session_state[SAVED] = said[figure.value is None]
    st.rerun()
