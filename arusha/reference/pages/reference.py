"""Questionnaire: the whole of it to read, searched and filtered, and what to show for each step."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.reference import service
from arusha.reference.content import content_of
from arusha.reference.pages import address, alone, around, asking, listing
from arusha.reference.rules import practice_of
from arusha.ui.parts import notices
from questionnaires.problems import Refused

here = gate.open(Permission.QUESTIONNAIRE_READ)
t = here.t
st.title(t("Questionnaire"))
questionnaire = around.edition(here, here(service.editions))
content = content_of(t, questionnaire)
wanted = address.wanted(questionnaire)
practice = st.query_params.get(address.PRACTICE, "")
if practice:
    try:
        alone.draw(here, content, wanted, practice_of(questionnaire, practice))
        st.stop()
    except Refused as refused:
        notices.refused(t, refused)
around.lead(content)
around.downloads(content)
around.how_to_read(content)
asking.ask(content, wanted)
listing.results(here, content, wanted)
around.commitments(here, content)
