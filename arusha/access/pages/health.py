"""Health: what the self-check of this server finds unsafe, each with its remedy."""

import streamlit as st

from arusha.access import gate
from arusha.access.checkup import health
from arusha.access.rules import Permission
from arusha.ui.parts import notices
from arusha.ui.parts.markup import show, tag, text
from arusha.version import VERSION
from questionnaires.problems import Refused

here = gate.open(Permission.HEALTH_READ)
t = here.t
st.title(t("Health"))
lead = t("What the self-check of this server finds. It only looks; version {version}.", version=VERSION)
show(tag("p", text(lead), class_="lead"))
found = here(health.faults)
if found:
    said = t.many("{count} thing is unsafe.", "{count} things are unsafe.", len(found))
    show(tag("p", text(said)))
    notices.refused(t, Refused(found))
else:
    st.success(t("Nothing unsafe was found."), icon=":material/verified:")
