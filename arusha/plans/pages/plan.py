"""Action plan: the plan with its two clocks and its measures, or the page of one part of it."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.plans.pages import checks, deciding, exchanging, head, moving, overview, part, versions
from arusha.plans.pages.asked import basis
from arusha.plans.pages.chosen import chosen
from arusha.plans.pages.places import HEAD
from arusha.store.clock import now
from arusha.ui.parts.markup import md

here = gate.open(Permission.PLAN_READ)
here, plan = chosen(here)
t, today = here.t, now().date()
asked = basis(here, plan)
wanted = st.query_params.get("part", "")

st.title(md(plan.header.title))
head.line(here, plan)
moving.undo(here, plan)
if wanted == HEAD:
    head.fields(here, plan)
elif wanted in plan.by_id:
    part.draw(here, plan, plan.by_id[wanted], asked, today)
else:
    if wanted:
        st.info(t("The part in the address is not in this plan any more."), icon=":material/info:")
    overview.draw(here, plan, asked, today)
    checks.draw(here, plan, asked, today)
    exchanging.draw(here, plan, today)
    deciding.draw(here, plan, today)
    versions.of_plan(here, plan)
    head.others(here, plan)
