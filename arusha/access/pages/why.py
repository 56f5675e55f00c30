"""Why may I see this? What an account or a role may do and how far, and a decision with its reason."""

import streamlit as st

from arusha.access import gate
from arusha.access.pages import deciding, whom
from arusha.access.rules import Permission
from arusha.ui.parts.markup import show, tag, text

here = gate.open(Permission.ACCESS_EXPLAIN)
t = here.t
st.title(t("Why may I see this?"))
lead = t("What a person may do and how far, by the same rules that every page and every download asks.")
show(tag("p", text(lead), class_="lead"))
person = whom.ask(here)
if person is None:
    st.info(t("Choose an account or a role."), icon=":material/person_search:")
    st.stop()
deciding.draw(here, person)
deciding.everything(here, person)
