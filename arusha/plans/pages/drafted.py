"""What the picked measures would make: goals, outputs, activities with dates, indicators; and writing it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments.views import Sheet
from arusha.plans import drafting, service
from arusha.plans.checkup.checking import overload
from arusha.plans.drafting import Suggestion
from arusha.plans.lifecycle import new_id
from arusha.plans.model import Activity, Header, Indicator, Plan
from arusha.plans.pages import new_plan, refusing
from arusha.plans.progress.telling import told
from arusha.plans.rules import Changes, after
from arusha.plans.wording import titled
from arusha.store.clock import now
from arusha.ui.parts.markup import show, tag, text
from questionnaires.problems import Refused

PAGE = "plans/pages/plan.py"
ANCHOR = "the-draft"


def count(here: Here, picks: Sequence[Suggestion]) -> None:
    """Say how many measures are picked, with the way to their draft."""
    t = here.t
    said = t.many("{count} measure is picked.", "{count} measures are picked.", len(picks))
    link = tag("a", text(t("See the draft")), href=f"#{ANCHOR}", target="_self") if picks else ""
    show(tag("p", f"{text(said)} {link}"))


def draw(here: Here, sheet: Sheet, plan: Plan | None, picks: Sequence[Suggestion]) -> None:
    """Show the draft of what is picked, and write it into the plan or into a new one."""
    t, today = here.t, now().date()
    st.subheader(t("The draft"), anchor=ANCHOR)
    if not picks:
        st.info(t("Pick a measure above: the draft appears here."), icon=":material/checklist:")
        return
    given = None if plan else new_plan.ask(here, "drafted")
    try:
        header = plan.header if plan else new_plan.header(given or {})
    except Refused as refused:
        refusing.refused(here, refused)
        return
    changes = drafting.draft(plan, header, picks, sheet.questionnaire, t.language, today, new_id)
    before = plan or Plan("", sheet.round.administration, header)
    drawn = after(before, changes)
    _preview(here, before, drawn)
    for finding in overload(drawn, today):
        said = told(t, finding.fault, finding.values), told(t, finding.remedy, finding.values)
        show(tag("div", tag("p", text(f"{finding.place}: {' '.join(said)}")), class_="said", role="note"))
    _write(here, sheet, plan, header, changes)


def _preview(here: Here, before: Plan, drawn: Plan) -> None:
    """Show the drafted parts under their goals; those of the plan itself are not repeated."""
    t = here.t
    new = [part for part in drawn.parts if part.id not in before.by_id]
    goals = [goal for goal in drawn.goals if any(drawn.goal_of(part.id) == goal for part in new)]
    for goal in goals:
        lines = [
            _line(here, drawn, part)
            for part in drawn.under(goal.id)
            if part in new and isinstance(part, Activity | Indicator)
        ]
        kind = t("new goal") if goal in new else t("goal of the plan")
        head = tag("p", tag("strong", text(titled(t, goal))) + " " + tag("span", text(kind), class_="quiet"))
        show(tag("div", head + tag("ul", "".join(lines)), class_="drafted"))
    if not new:
        st.caption(t("All that is picked is in the plan already."))


def _line(here: Here, drawn: Plan, part: Activity | Indicator) -> str:
    t = here.t
    if isinstance(part, Indicator):
        said = t("Indicator: {title} ({unit})", title=part.title, unit=part.unit)
        return tag("li", tag("span", text(said), class_="quiet"))
    dates = f"{t.day(part.start)} – {t.day(part.end)}" if part.start else t("no dates fit into the plan")
    output = drawn.above(part.id, "output")
    made = t("Output: {title}", title=output.title) if output else ""
    small = " · ".join(one for one in (dates, part.responsible, made) if one)
    return tag("li", text(titled(t, part)) + tag("div", text(small), class_="quiet"))


def _write(here: Here, sheet: Sheet, plan: Plan | None, header: Header, changes: Changes) -> None:
    t = here.t
    label = t("Write it into the plan") if plan else t("Begin the plan with it")
    if not st.button(label, type="primary", key="write_draft"):
        return
    try:
        if plan:
            written = service.change(here.actor, here.store, plan.id, changes)
        else:
            whole = header.model_copy(update={"round_id": sheet.round.id})
            code = sheet.round.administration
            written = service.open_plan(here.actor, here.store, code, whole, replace(changes, header=None))
    except Refused as refused:
        refusing.refused(here, refused)
        return
    st.switch_page(PAGE, query_params=here.at(plan=written.id, round=sheet.round.id, factor=""))
