"""What is added within a part of a plan, and a part taken out, which can be undone."""

import streamlit as st

from arusha.access.gate import Here
from arusha.plans import service
from arusha.plans.editing import fresh, kinds_within
from arusha.plans.lifecycle import new_id
from arusha.plans.model import AnyPart, Plan
from arusha.plans.pages import refusing
from arusha.plans.pages.places import HEAD
from arusha.plans.rules import Changes
from arusha.plans.wording import titled
from arusha.ui.parts.markup import md
from questionnaires.problems import Refused

PAGE = "plans/pages/plan.py"
REMOVED = "plan_removed"  # the part taken out last, so that it can be put back: plan, id, what it is called


def add(here: Here, plan: Plan, part: AnyPart | None) -> None:
    """Ask for the title of a new part within this one, or within the plan, and add it."""
    t = here.t
    labels = {
        "goal": t("Add a goal"),
        "outcome": t("Add an outcome"),
        "output": t("Add an output"),
        "activity": t("Add an activity"),
        "indicator": t("Add an indicator"),
    }
    kinds = kinds_within(part)
    if not kinds:
        return
    within = part.id if part else ""
    with st.expander(
        labels[kinds[0]] + "…" if len(kinds) == 1 else t("Add within it…"), key=f"add_{within or HEAD}"
    ):
        key = f"new_part_{within or HEAD}"
        title = st.text_input(t("Title of the new part"), key=f"{key}_title")
        with st.container(horizontal=True):
            for kind in kinds:
                if st.button(labels[kind], key=f"{key}_{kind}", icon=":material/add:"):
                    _add(here, plan, kind, within, title)


def _add(here: Here, plan: Plan, kind: str, within: str, title: str) -> None:
    if not title.strip():
        st.error(here.t("Write the title first."), icon=":material/block:")
        return
    try:
        part = fresh(plan, kind, within, title, new_id)
        service.change(here.actor, here.store, plan.id, Changes(parts=(part,)))
    except Refused as refused:
        refusing.refused(here, refused)
        return
    st.switch_page(PAGE, query_params=here.at(factor="") | {"part": part.id})


def remove(here: Here, plan: Plan, part: AnyPart) -> None:
    """Offer to take the part out with everything within it."""
    t = here.t
    several = len(tuple(plan.under(part.id))) - 1
    label = t("Remove")
    if several:
        label = t.many(
            "Remove it and {count} part within it", "Remove it and {count} parts within it", several
        )
    if st.button(label, key=f"remove_{part.id}", icon=":material/delete:"):
        base = {part.id: plan.revisions.get(part.id, 0)}
        try:
            service.change(here.actor, here.store, plan.id, Changes(removed=(part.id,), base=base))
        except Refused as refused:
            refusing.refused(here, refused)
            return
        st.session_state[REMOVED] = (plan.id, part.id, titled(t, part))
        above = {"part": part.within} if part.within else {}
        st.switch_page(PAGE, query_params=here.at(factor="") | above)


def undo(here: Here, plan: Plan) -> None:
    """Offer to put back the part that was taken out last."""
    t = here.t
    whose, part, title = st.session_state.get(REMOVED, ("", "", ""))
    if whose != plan.id:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="removed"):
        st.markdown(md(t("Removed: {title}", title=title)))
        if st.button(t("Put it back"), key="put_back", icon=":material/undo:"):
            try:
                service.restore(here.actor, here.store, plan.id, part)
            except Refused as refused:
                refusing.refused(here, refused)
                return
            del st.session_state[REMOVED]
            st.switch_page(PAGE, query_params=here.at(factor="") | {"part": part})
