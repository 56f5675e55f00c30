"""Trail: who did what and when, and what was refused; and the proof that nothing of it was changed."""

import streamlit as st

from arusha.access import gate
from arusha.access.pages import filters, listing, proof
from arusha.access.pages.names import names_of
from arusha.access.proof import trails
from arusha.access.rules import Permission
from arusha.ui.parts.markup import show, tag, text

here = gate.open(Permission.TRAIL_READ)
t = here.t
st.title(t("Trail"))
lead = t(
    "Who did what and when, and what was refused. Records are only ever added, and each is sealed to the one "
    "before it."
)
show(tag("p", text(lead), class_="lead"))
if here.may(Permission.TRAIL_VERIFY):
    proof.draw(here)
names = names_of(here)
found = here(trails.entries, **filters.draw(here, names))
listing.draw(here, found, names)
filters.pages(here, found)
