"""From gap to measure: the weak practices of a round, measures that would lift them, a drafted plan."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.assessments import service as assessments
from arusha.assessments.views import Sheet
from arusha.plans import drafting
from arusha.plans.pages import drafted, picking
from arusha.plans.pages.answered import answered
from arusha.ui.parts.markup import show, tag, text

here = gate.open(Permission.PLAN_WRITE)
t = here.t
st.title(t("From gap to measure"))
lead = t(
    "The weak practices of the round, weakest first, each with the questionnaire's own measures that would "
    "lift it by one step. Pick some; the plan is drafted from them, and you change it as you need."
)
show(tag("p", text(lead), class_="lead"))
round_id = answered(here)
sheet: Sheet = here(assessments.sheet, round_id)
found = drafting.suggestions(sheet.questionnaire, sheet.answers, t.language)
if not found:
    st.info(t("No practice of the round is weak, or none is answered yet."), icon=":material/check_circle:")
    st.stop()
plan = picking.plan_of(here, sheet)
counted = st.container()
picks = picking.draw(here, sheet, plan, found)
with counted:
    drafted.count(here, picks)
drafted.draw(here, sheet, plan, picks)
