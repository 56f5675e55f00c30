"""People: the accounts of a server, and for who may: add, invite, change, disable."""

import streamlit as st

from arusha.access import gate
from arusha.access.pages import adding, changing, roster
from arusha.access.people import accounts
from arusha.access.rules import Permission
from arusha.ui.parts.markup import show, tag, text

here = gate.open(Permission.ACCOUNT_READ)
t = here.t
st.title(t("People"))
lead = t("Who may sign in, in which role. A person sees and does what their role allows, and nothing else.")
show(tag("p", text(lead), class_="lead"))
if here.may(Permission.ACCOUNT_CHANGE):
    adding.draw(here)
    changing.draw(here)
roster.draw(t, here(accounts.listed))  # after them: what was just added or changed is in it
