"""Progress: the annual report of a plan, to be read, completed in its place, and printed."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.plans import frames
from arusha.plans.pages import annual, two_clocks
from arusha.plans.pages.chosen import chosen
from arusha.plans.progress.reporting import last_day, of_goals
from arusha.store.clock import now
from arusha.ui.parts.markup import md

here = gate.open(Permission.PLAN_READ)
here, plan = chosen(here)
t, today = here.t, now().date()
years = {year.year: year for year in reversed(frames.years(plan, today))}
head = st.container()
wanted = st.segmented_control(
    t("Year"),
    list(years),
    default=next(iter(years)),
    required=True,
    format_func=lambda number: years[number].label,
    key="progress_year",
)
year = years[wanted]
day = last_day(year, today)
with head:
    st.title(md(t("Progress in {year}", year=year.label)))
    annual.lead(here, plan)
two_clocks.draw(here, plan, "", day)
two_clocks.in_words(here, plan, "", day)
annual.standing(here, plan, day)
for one in of_goals(plan, year, today):
    annual.goal(here, plan, one, year, day)
annual.whole(here, plan, year, day)
annual.projected(here, plan, today)
annual.take_away(here, plan)
