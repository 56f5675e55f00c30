"""Home: where the round stands and the next step as one button; on a new computer, the two ways in."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.across.pages import overview
from arusha.assessments import service
from arusha.plans.pages import due
from arusha.store.clock import now

here = gate.open(Permission.PREFERENCE_SET)
if not here.may(Permission.ROUND_READ):
    overview.elsewhere(here)
rounds = here(service.rounds)
if here.in_sample:
    overview.sample(here, rounds)
elif not rounds:
    overview.first_run(here)
else:
    visited = here(service.last_visit)
    current = here.round_id or (visited[0] if visited else rounds[0].id)
    sheet = here(service.sheet, current)
    overview.current_round(here, sheet, visited)
    due.draw(here, sheet.round.administration, now().date())
    st.divider()
    overview.all_rounds(here, rounds)
