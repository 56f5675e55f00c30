"""Sharing: what of a round is open to whom; the head decides, sees it first as others will, and withdraws."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission, Subject
from arusha.assessments import disclosure
from arusha.assessments.consent import Standing
from arusha.assessments.pages import deciding, shared_so_far
from arusha.ui.parts.markup import show, tag, text

here = gate.open(Permission.PROFILE_READ)
t = here.t
standing: Standing = here(disclosure.standing, here.round_id)
decides = here.may(Permission.DISCLOSURE_DECIDE, Subject(standing.round.administration))
st.title(t("Sharing"))
lead = t(
    "A round is national until its head decides otherwise. What is shared is a signed revision: it stays as "
    "it was signed, and each factor is shared for itself."
)
show(tag("p", text(lead), class_="lead"))
deciding.told(here)
shared_so_far.state(here, standing)
if not decides:
    st.caption(t("The head of the administration decides who may see this round."))
elif not standing.revision:
    deciding.sign_first(here, standing)
else:
    deciding.draw(here, standing)
if decides and standing.shared:
    shared_so_far.withdraw(here, standing)
shared_so_far.history(here, standing)
