"""Review and sign-off: what still stands against signing, the signature, and reopening."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.assessments.pages import review
from arusha.assessments.views import Sheet

here = gate.open(Permission.PROFILE_READ)
t = here.t
sheet: Sheet = here(service.sheet, here.round_id)
st.title(t("Review and sign-off"))
if sheet.round.signed:
    review.signed(here, sheet)
else:
    review.what_is_open(here, sheet)
    review.sign(here, sheet)
review.signatures(here, sheet)
