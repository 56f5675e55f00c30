"""Profile: what ten factors look like, from the picture to every number behind it."""

from dataclasses import replace

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.assessments.pages import breakdown, computed, export, portrait, revisions
from arusha.plans.pages import projection
from arusha.store.clock import now

here = gate.open(Permission.PROFILE_READ)
t = here.t
round_ = here(service.find, here.round_id)
revision = revisions.choose(here, round_)
seen = here(service.profile, here.round_id, revision)
before = here(service.before, replace(round_, form=seen.form))
reading = portrait.reading_of(here, seen, before)

st.title(t("Maturity profile {year}", year=round_.year))
portrait.lead(here, seen)
if seen.profile.overall.value is None:
    portrait.nothing_yet(here, seen)
    st.stop()
portrait.in_words(here, seen, before, reading)
portrait.charts(here, seen, before, reading)
computed.draw(here, seen, reading)
left, right = st.columns(2, gap="large")
with left:
    breakdown.paper(here, seen, reading)
with right:
    breakdown.practices(here, seen, reading)
breakdown.national(here, seen)
portrait.outside(here, seen)
projection.of_round(here, seen, now().date())
export.draw(here, seen)
