"""The practices that an activity is to lift: each with the step it is to reach and by which day."""

from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.plans.model import Activity, Link, Plan
from arusha.plans.pages import fields, saving
from arusha.plans.pages.asked import Basis
from arusha.plans.pages.rows import Row
from arusha.plans.pages.saving import Field
from arusha.ui.parts.markup import md
from questionnaires.model import Questionnaire


def draw(here: Here, plan: Plan, activity: Activity, basis: Basis) -> None:
    """Draw the links, and a choice that adds one."""
    t, asked = here.t, basis.questionnaire
    st.markdown(f"#### {md(t('Practices it is to lift'))}")
    for number, link in enumerate(activity.links):
        _link(here, plan, activity, basis, number, link)
    names = {one: name_of(here, asked, one) for one in asked.practices}
    linked = {link.practice for link in activity.links}
    field = Field(plan.id, activity.id, "links", "add")
    st.selectbox(
        t("Add a practice"),
        [one for one in names if one not in linked],
        index=None,
        format_func=names.__getitem__,
        placeholder=t("Type a word of its question…"),
        key=field.key,
        on_change=_add,
        args=(here, plan, activity, basis, field),
    )
    if saving.is_refused(field):
        fields.state(here, field, "", _as_it_is)


def _link(here: Here, plan: Plan, activity: Activity, basis: Basis, number: int, link: Link) -> None:
    t, asked = here.t, basis.questionnaire
    row = Row(here, plan, activity, "links", number)
    what, step, by, away = st.columns([5, 2, 2, 1])
    with what:
        st.markdown(md(name_of(here, asked, link.practice)))
        if said := stands(here, basis, link.practice):
            st.caption(md(said))
    with step:
        names = steps_of(here, asked, link.practice)
        fields.choice(here, row.field("step"), t("Step to reach"), link.step, names, read=row.read("step"))
    with by:
        fields.day(here, row.field("by"), t("By"), link.by, read=row.read("by"))
    with away:
        row.remove()


def name_of(here: Here, asked: Questionnaire, practice: str) -> str:
    """Return a practice as the number of its factor and its question; its id when it is not asked."""
    if practice not in asked.practices:
        return practice
    question = asked.words(here.t.language).practices[practice].question
    return f"{asked.factor_of[practice].number} · {question}"


def steps_of(here: Here, asked: Questionnaire, practice: str) -> dict[str, str]:
    """Return step -> its name, of a practice's scale."""
    if practice not in asked.practices:
        return {}
    return dict(asked.words(here.t.language).scales[asked.practices[practice].scale])


def stands(here: Here, basis: Basis, practice: str) -> str:
    """Return where a practice stood in the round, '' when that is not known."""
    answer = basis.answers.get(practice) if basis.answers else None
    if answer is None or not answer.step:
        return ""
    name = steps_of(here, basis.questionnaire, practice).get(answer.step, answer.step)
    return here.t("Answered in the round: {step}", step=name)


def _add(here: Here, plan: Plan, activity: Activity, basis: Basis, field: Field) -> None:
    practice = st.session_state[field.key]
    if practice is None:
        return
    link = Link(practice=practice, step=_next(basis, practice), by=activity.end or plan.header.end)

    def made(there: Any) -> tuple[Link, ...]:
        return (*(one for one in there.links if one.practice != practice), link)

    saving.save(here, field, made)
    st.session_state[field.key] = None


def _as_it_is(there: Any, _given: Any) -> Any:
    return there.links


def _next(basis: Basis, practice: str) -> str:
    """Return the step after the one that was answered, or the last of the scale."""
    asked = basis.questionnaire
    steps = [step.id for step in asked.scale_of(asked.practices[practice]).steps]
    answer = basis.answers.get(practice) if basis.answers else None
    now = answer.step if answer else None
    return steps[min(steps.index(now) + 1, len(steps) - 1)] if now in steps else steps[-1]
