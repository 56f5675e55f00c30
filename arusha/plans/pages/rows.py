"""The lists of an activity that are written row by row: milestones, budget lines, support asked for."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.plans.editing import with_field
from arusha.plans.lifecycle import new_id
from arusha.plans.model import Activity, BudgetLine, Milestone, Plan, Support
from arusha.plans.pages import fields, saving
from arusha.plans.pages.saving import Field
from arusha.plans.wording import SUPPORT_NAMES
from arusha.ui.parts.markup import md
from questionnaires.model import Frozen


def milestones(here: Here, plan: Plan, activity: Activity) -> None:
    """Draw the milestones, each with its day and the day it was reached."""
    t = here.t
    st.markdown(f"#### {md(t('Milestones'))}")
    for number, one in enumerate(activity.milestones):
        what, due, reached, away = st.columns([5, 2, 2, 1])
        place = Row(here, plan, activity, "milestones", number)
        with what:
            fields.line(here, place.field("title"), t("Milestone"), one.title, read=place.read("title"))
        with due:
            fields.day(here, place.field("due"), t("Due"), one.due, read=place.read("due"))
        with reached:
            fields.day(here, place.field("reached"), t("Reached"), one.reached, read=place.read("reached"))
        with away:
            place.remove()
    blank = Milestone(id=new_id(), title="", due=_proposed(plan, activity))
    _add(here, plan, activity, "milestones", t("Add a milestone"), blank)


def budget(here: Here, plan: Plan, activity: Activity) -> None:
    """Draw the budget lines."""
    t = here.t
    st.markdown(f"#### {md(t('Budget'))}")
    for number, one in enumerate(activity.budget):
        what, funder, money, away = st.columns([4, 3, 2, 1])
        place = Row(here, plan, activity, "budget", number)
        with what:
            fields.line(here, place.field("title"), t("Budget line"), one.title, read=place.read("title"))
        with funder:
            fields.line(here, place.field("funder"), t("Funder"), one.funder, read=place.read("funder"))
        with money:
            label = (
                t("Amount, {currency}", currency=plan.header.currency)
                if plan.header.currency
                else t("Amount")
            )
            fields.amount(here, place.field("amount"), label, one.amount, read=place.read("amount"))
        with away:
            place.remove()
    _add(here, plan, activity, "budget", t("Add a budget line"), BudgetLine(id=new_id(), title=""))


def support(here: Here, plan: Plan, activity: Activity) -> None:
    """Draw the support that is asked for."""
    t = here.t
    st.markdown(f"#### {md(t('Support asked for'))}")
    kinds = {kind: t(name) for kind, name in SUPPORT_NAMES.items()}
    for number, one in enumerate(activity.support):
        kind, whom, what, away = st.columns([2, 3, 4, 1])
        place = Row(here, plan, activity, "support", number)
        with kind:
            fields.choice(here, place.field("kind"), t("Kind"), one.kind, kinds, read=place.read("kind"))
        with whom:
            fields.line(here, place.field("whom"), t("From whom"), one.whom, read=place.read("whom"))
        with what:
            fields.line(here, place.field("title"), t("What"), one.title, read=place.read("title"))
        with away:
            place.remove()
    _add(here, plan, activity, "support", t("Ask for support"), Support(kind="expert"))


class Row:
    """A row of a list of an activity, by its place in the list."""

    def __init__(self, here: Here, plan: Plan, activity: Activity, name: str, number: int) -> None:
        self.here, self.plan, self.activity, self.name, self.number = here, plan, activity, name, number

    def field(self, own: str) -> Field:
        """Return the field of one of the row's own fields."""
        return Field(self.plan.id, self.activity.id, self.name, f"{self._mark}-{own}")

    @property
    def _mark(self) -> str:
        row = getattr(self.activity, self.name)[self.number]
        return str(getattr(row, "id", self.number))

    def read(self, own: str) -> Callable[[Any, Any], Any]:
        """Return what makes the whole list of what was given for one field of this row."""

        def made(there: Any, given: Any) -> tuple[Frozen, ...]:
            rows = getattr(there, self.name)
            return tuple(
                with_field(row, own, given) if number == self.number else row
                for number, row in enumerate(rows)
            )

        return made

    def remove(self) -> None:
        """Draw the button that takes the row out."""
        t = self.here.t
        field = self.field("take-away")
        label = t("Remove")
        st.button(
            label, key=field.key, icon=":material/close:", type="tertiary", on_click=self._gone, args=(field,)
        )
        fields.state(self.here, field, "", lambda there, _given: getattr(there, self.name))

    def _gone(self, field: Field) -> None:
        def left(there: Any) -> Sequence[Frozen]:
            rows = getattr(there, self.name)
            return tuple(row for number, row in enumerate(rows) if number != self.number)

        saving.save(self.here, field, left)


def _add(here: Here, plan: Plan, activity: Activity, name: str, label: str, blank: Frozen) -> None:
    field = Field(plan.id, activity.id, name, "add")
    st.button(
        label,
        key=field.key,
        icon=":material/add:",
        type="tertiary",
        on_click=saving.save,
        args=(here, field, lambda there: (*getattr(there, name), blank)),
    )
    if saving.is_refused(field):
        fields.state(here, field, "", lambda there, _given: getattr(there, name))


def _proposed(plan: Plan, activity: Activity) -> date:
    return activity.end or plan.header.end
