"""The fields of a plan that is to be begun, and the header they make."""

from datetime import date
from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.plans.editing import with_field
from arusha.plans.model import Header
from arusha.plans.rules import DAYS
from arusha.plans.wording import MONTH_NAMES
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, Refused

YEARS = 3  # how long a plan is proposed to run


def ask(here: Here, key: str) -> dict[str, Any]:
    """Draw the fields; return field of the header -> what was given."""
    t, year = here.t, now().year
    given: dict[str, Any] = {"title": st.text_input(t("Title of the plan"), key=f"{key}_title")}
    hint = t("For example A-CIP bilateral, or a national programme.")
    given["programme"] = st.text_input(t("Programme"), key=f"{key}_programme", help=hint)
    start, end = st.columns(2)
    with start:
        given["start"] = day(t("First day"), date(year, 1, 1), f"{key}_start")
    with end:
        given["end"] = day(t("Last day"), date(year + YEARS - 1, 12, 31), f"{key}_end")
    hint = t("The office that answers for the plan as a whole.")
    given["owner"] = st.text_input(t("Responsible"), key=f"{key}_owner", help=hint)
    given["fiscal_start"] = st.selectbox(
        t("Its years begin in"),
        list(MONTH_NAMES),
        format_func=lambda m: t(MONTH_NAMES[m]),
        key=f"{key}_fiscal",
    )
    return given


def day(label: str, proposed: date | None, key: str, help: str | None = None) -> date | None:  # noqa: A002
    """Draw a field for a day, typed or chosen, and return it."""
    found: date | None = st.date_input(
        label, proposed, min_value=DAYS[0], max_value=DAYS[1], format="YYYY-MM-DD", key=key, help=help
    )
    return found


def header(given: dict[str, Any]) -> Header:
    """Return the header; raise ``Refused`` with every fault of a field."""
    problems = [
        Problem(name, N_("The date is missing."), N_("Give it."))
        for name in ("start", "end")
        if given[name] is None
    ]
    made = Header(title="", start=given["start"] or DAYS[0], end=given["end"] or DAYS[1])
    for name in ("title", "programme", "owner", "fiscal_start"):
        try:
            made = with_field(made, name, given[name])
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return made
