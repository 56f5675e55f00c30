"""Which round the gaps are looked at in: the one in the address, the plan's own, or one that is chosen."""

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.assessments import service as assessments
from arusha.assessments.rules import Round
from arusha.members import service as members
from arusha.plans import service
from arusha.plans.pages.chosen import round_of


def answered(here: Here) -> str:
    """Return the round's id; say that there is none and stop."""
    t = here.t
    rounds = [one for one in here(assessments.rounds) if here.may(Permission.PLAN_WRITE, _whose(one))]
    administration, wanted = "", round_of(here)
    if here.plan_id:
        plan = here(service.find, here.plan_id)
        administration, wanted = plan.administration, plan.header.round_id or wanted
        rounds = [one for one in rounds if one.administration == administration]
    ids = [one.id for one in rounds]
    if not ids:
        st.info(t("There is no round yet whose gaps could be looked at."), icon=":material/edit_note:")
        if here.may(Permission.ROUND_OPEN) and st.button(t("Start a round"), type="primary"):
            st.switch_page("assessments/pages/start.py")
        st.stop()
    names = {one.id: _name(here, one) for one in rounds}
    index = ids.index(wanted) if wanted in ids else 0
    chosen = st.selectbox(
        t("Round"), ids, index, format_func=names.__getitem__, key=f"gaps_of_{here.plan_id}"
    )
    return str(chosen)


def _whose(round_: Round) -> Subject:
    return Subject(round_.administration)


def _name(here: Here, round_: Round) -> str:
    administration = here(members.find, round_.administration)
    name = administration.name(here.t) if administration else round_.administration
    return f"{name} · {round_.year}"
