"""Answer: one factor a page, a card a practice, every change written through at once."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.assessments.pages import card, saving
from arusha.assessments.pages.legs import factor_row
from arusha.assessments.views import Sheet
from arusha.ui.components.keys import keys
from arusha.ui.parts import notices
from arusha.ui.parts.markup import md, show, tag, text
from questionnaires.problems import Refused

here = gate.open(Permission.ANSWER_READ)
t = here.t
sheet: Sheet = here(service.sheet, here.round_id)
questionnaire = sheet.questionnaire
ids = [factor.id for factor in questionnaire.factors]
factor = questionnaire.factor(here.factor if here.factor in ids else ids[0])
words = questionnaire.words(t.language).factors[factor.id]
here(service.visit, here.round_id, factor.id)


st.title(md(f"{factor.number} · {words.name}"))
show(tag("p", text(words.asks), class_="lead"))
factor_row(here, sheet, factor.id)
if sheet.round.signed:
    st.info(
        t("This round is signed off: it can be read here, and changed after reopening it."),
        icon=":material/lock:",
    )
elif not here.may(Permission.ANSWER_WRITE):
    st.info(t("You can read the answers here; others write them."), icon=":material/visibility:")
else:
    st.caption(
        t(
            "Keys: Tab and arrows move, 1 to 5 choose a step, N (Alt+N while writing) goes to the next open "
            "practice."
        )
    )
if sheet.asked.problems:
    st.warning(t("The national practices cannot be asked before their files are mended."))
    notices.refused(t, Refused(sheet.asked.problems))
previous = here(service.before, sheet.round)
for practice in factor.practices:
    card.draw(here, questionnaire, practice, previous)
saving.watch(here, sheet, factor)
keys()
place = ids.index(factor.id)
with st.container(horizontal=True, horizontal_alignment="distribute"):
    if st.button(t("Back"), icon=":material/arrow_back:", disabled=not place):
        st.switch_page("assessments/pages/answer.py", query_params=here.at(factor=ids[place - 1]))
    if place + 1 < len(ids):
        if st.button(
            t("Next factor"), icon=":material/arrow_forward:", icon_position="right", type="primary"
        ):
            st.switch_page("assessments/pages/answer.py", query_params=here.at(factor=ids[place + 1]))
    elif here.may(Permission.PROFILE_READ) and st.button(t("Review and sign-off"), type="primary"):
        st.switch_page("assessments/pages/sign_off.py", query_params=here.at(factor=""))
