"""One decision with its reason, and the list of all that a person may do."""

import streamlit as st

from arusha.access.explaining import PERMISSIONS, explained
from arusha.access.gate import Here
from arusha.access.pages import places
from arusha.access.people.account_rules import REGIONS
from arusha.access.rules import Actor, Audience, Permission, Subject, decide
from arusha.ui.parts.markup import md
from arusha.ui.parts.table import table
from questionnaires.problems import N_

AUDIENCES = {
    Audience.NATIONAL: N_("Not shared"),
    Audience.REGION: N_("Shared with the regional office"),
    Audience.WCO: N_("Shared with WCO staff"),
    Audience.MEMBERS: N_("Shared with all Members, in aggregates"),
    Audience.PUBLIC: N_("Public"),
}


def draw(here: Here, person: Actor) -> None:
    """Ask what it is about and say whether the person may, with the reason they would be told."""
    t = here.t
    st.subheader(t("One decision"))
    names = {one.value: f"{t(PERMISSIONS[one])} ({one.value})" for one in PERMISSIONS}
    permission = Permission(st.selectbox(t("To do what"), names, format_func=lambda one: names.get(one, one)))
    subject = _subject(here) if st.checkbox(t("With something in particular")) else None
    decision = decide(person, permission, subject)
    reason = t(decision.reason, **decision.values)
    if decision.allowed:
        st.success(md(t("Allowed. The reason: {reason}", reason=reason)), icon=":material/check:")
    else:
        st.error(md(t("Refused. The reason: {reason}", reason=reason)), icon=":material/block:")


def _subject(here: Here) -> Subject:
    """Ask whose it is, which factor of it, and with whom it was shared."""
    t = here.t
    whose, region, factor, shared = st.columns(4)
    code = whose.text_input(t("Code of the administration"), key="why_whose").strip().upper()
    where = region.selectbox(
        t("Its region"),
        REGIONS,
        index=None,
        placeholder=t("None"),
        format_func=lambda one: places.region(t, one),
    )
    names = places.factors(t)
    which = factor.selectbox(
        t("Factor"), names, index=None, placeholder=t("All"), format_func=lambda one: names.get(one, one)
    )
    ways = {one.value: t(AUDIENCES[one]) for one in AUDIENCES}
    audience = shared.selectbox(t("Shared"), ways, format_func=lambda one: ways.get(one, one))
    return Subject(code, which or "", where or "", Audience(audience))


def everything(here: Here, person: Actor) -> None:
    """Show every permission with how far it goes."""
    t = here.t
    st.subheader(t("Everything, and how far"))
    heads = [t("To do what"), t("How far"), t("Permission")]
    codes = [places.administration(t, code) for code in sorted(person.assigned)]
    named = {
        "administration": places.administration(t, person.administration) or "–",
        "region": places.region(t, person.region) or "–",
        "factors": places.factors_in_words(t, person.factors) or "–",
        "assigned": t.joined(codes) or "–",
    }
    rows = [
        [t(PERMISSIONS[line.permission]), t(line.sentence, **named), line.permission.value]
        for line in explained(person)
    ]
    table(heads, rows, stacked=True)
