"""What a tracking table would do with the plan, value by value, and the decisions it needs."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.exchange.reading import Page
from arusha.plans.model import Figure, Plan
from arusha.plans.pages import refusing
from arusha.plans.periods import period
from arusha.plans.rules import Changes
from arusha.plans.sheets import taken_tracking as sheet
from arusha.plans.tables import comparing
from arusha.plans.tables.comparing import Compared
from arusha.plans.tables.tracking import STATES, Row
from arusha.plans.wording import titled
from arusha.ui.parts.markup import md, show, tag, text
from arusha.ui.parts.table import table
from questionnaires.problems import Refused


def look(here: Here, plan: Plan, pages: Mapping[str, Page], name: str, today: date) -> Changes | None:
    """Show what the table would do; return its changes when nothing stands against them."""
    t = here.t
    compared = comparing.compare(plan, sheet.taken(pages, name, plan), today)
    counted = [f"{t(said)}: {t.number(compared.count(state))}" for state, said in STATES.items()]
    st.markdown(md(" · ".join(counted)))
    decided = _decisions(here, plan, compared)
    _rows(here, plan, compared)
    for notice in compared.notices:
        show(tag("p", text(f"{notice.place}: {t.problem(notice)}"), class_="quiet"))
    try:
        changes = comparing.take(compared, decided)
    except Refused as refused:
        refusing.refused(here, refused)
        return None
    if not changes.figures:
        st.info(t("The table says what the plan says: nothing would change."), icon=":material/check:")
        return None
    return changes


def _decisions(here: Here, plan: Plan, compared: Compared) -> dict[str, str]:
    """Ask which value stays where both were changed; return the row's name -> "mine" or "theirs"."""
    t, decided = here.t, {}
    for row in compared.rows:
        if row.state != "both":
            continue
        label = t(
            "Row {row}, {indicator}, {period}: which value stays?",
            row=row.row,
            indicator=_name(here, plan, row),
            period=period(row.period, plan.header.fiscal_start).label,
        )
        mine = t("the table's: {value}", value=_value(here, row.mine))
        theirs = t("the one here: {value}", value=_value(here, row.theirs))
        names = {"": t("to be decided"), "mine": mine, "theirs": theirs}
        key = f"keep_{plan.id}_{row.name}"
        chosen = st.selectbox(md(label), list(names), format_func=names.__getitem__, key=key)
        if chosen:
            decided[row.name] = chosen
    return decided


def _rows(here: Here, plan: Plan, compared: Compared) -> None:
    t = here.t
    kinds = {"target": t("target"), "actual": t("actual")}
    heads = [t("Row"), t("Indicator"), t("Period"), t("Kind"), t("In the table"), t("Here"), t("State")]
    rows = [
        [
            str(row.row),
            _name(here, plan, row),
            period(row.period, plan.header.fiscal_start).label,
            kinds[row.kind],
            _value(here, row.mine),
            _value(here, row.theirs),
            t(STATES[row.state]),
        ]
        for row in compared.rows
        if row.state != "same"
    ]
    if rows:
        table(heads, rows, stacked=True)


def _name(here: Here, plan: Plan, row: Row) -> str:
    return titled(here.t, plan.by_id[row.indicator])


def _value(here: Here, figure: Figure | None) -> str:
    return "–" if figure is None else here.t.number(figure.value)
