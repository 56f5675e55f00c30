"""What a part was before, and the approved versions of a plan: who, when, why."""

from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.pages.names import names_of
from arusha.plans import service
from arusha.plans.model import AnyPart, Plan
from arusha.plans.pages.specs import shown, specs
from arusha.plans.service import PartVersion
from arusha.ui.parts.markup import show, tag, text
from arusha.ui.parts.table import table


def of_part(here: Here, plan: Plan, part: AnyPart, today: date) -> None:
    """Show every version of a part, newest first, with what changed in each."""
    t = here.t
    with st.expander(t("History"), key=f"history_{part.id}", on_change="rerun") as opened:
        if not opened.open:
            return
        found = here(service.history, plan.id, part.id)
        names = names_of(here)
        for newer, older in zip(found, [*found[1:], None], strict=True):
            who = names.get(newer.changed_by, newer.changed_by)
            head = t(
                "Version {number}, {when}, {who}",
                number=newer.version,
                when=t.moment(newer.changed_at),
                who=who,
            )
            said = [tag("p", tag("strong", text(head)))]
            if newer.reason:
                said.append(tag("p", text(newer.reason)))
            said += [tag("p", text(one), class_="quiet") for one in _changed(here, plan, newer, older)]
            show(tag("div", "".join(said), class_="entry"))


def _changed(here: Here, plan: Plan, newer: PartVersion, older: PartVersion | None) -> list[str]:
    """Return what a version changed, field by field."""
    t = here.t
    if newer.removed:
        return [t("It was removed.")]
    if older is None:
        return [t("It was added.")]
    if older.removed:
        return [t("It was put back.")]
    found = []
    for spec in specs(t, plan, newer.part):
        before, now = (getattr(one.part, spec.name) for one in (older, newer))
        if before != now:
            said = {
                "field": spec.label,
                "before": shown(t, spec, before) or "–",
                "now": shown(t, spec, now) or "–",
            }
            found.append(t("{field}: {before} → {now}", **said))
    listed = {
        "milestones": t("The milestones were changed."),
        "budget": t("The budget was changed."),
        "support": t("The support asked for was changed."),
        "links": t("The practices it is to lift were changed."),
    }
    for name, sentence in listed.items():
        if getattr(older.part, name, None) != getattr(newer.part, name, None):
            found.append(sentence)
    return found or [t("It was kept as it was.")]


def of_plan(here: Here, plan: Plan) -> None:
    """Show the approved versions of a plan, newest first."""
    t = here.t
    found = here(service.versions, plan.id)
    if not found:
        return
    heads = [t("Version"), t("Approved"), t("By"), t("Why the next was begun")]
    rows = [[t.number(one.number), t.day(one.approved), one.approved_by, one.reason or "–"] for one in found]
    st.subheader(t("Approved versions"))
    table(heads, rows, stacked=True)
