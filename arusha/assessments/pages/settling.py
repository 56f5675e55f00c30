"""Two changes of one answer met: both are shown, a person decides, and nothing is thrown away."""

from collections.abc import Sequence

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments import rules, service
from arusha.assessments.pages.saving import name_of
from arusha.assessments.rules import Met
from arusha.assessments.wording import position_in_words
from arusha.ui.parts import notices
from arusha.ui.parts.markup import md
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from scoring.answers import Answer


def draw(here: Here, questionnaire: Questionnaire, answer: Answer, waiting: Sequence[Met]) -> None:
    """Show each change that met another beside the answer as it stands."""
    for met in waiting:
        with st.container(border=True, key=name_of(f"met-{met.save_id[:8]}", met.practice)):
            _one(here, questionnaire, answer, met)


def _one(here: Here, questionnaire: Questionnaire, answer: Answer, met: Met) -> None:
    t = here.t
    st.markdown(f":orange[**{md(t('Changed elsewhere while you wrote. Both are kept; please choose.'))}**]")
    theirs, mine = st.columns(2)
    with theirs:
        st.caption(t("What is saved now"))
        _content(here, questionnaire, answer)
    with mine:
        st.caption(t("What you wrote, {time}", time=t.time(met.changed_at)))
        _content(here, questionnaire, rules.changed(answer, met.change))
    if not here.may(Permission.ANSWER_WRITE):
        return
    with st.container(horizontal=True):
        _choice(here, met, "theirs", t("Keep what is saved"))
        _choice(here, met, "mine", t("Use what I wrote"))
        if "note" in met.change and answer.note:
            _choice(here, met, "both", t("Keep both notes"))


def _content(here: Here, questionnaire: Questionnaire, answer: Answer) -> None:
    st.markdown(f"**{md(position_in_words(here.t, questionnaire, answer))}**")
    st.text(answer.note or "–")


def _choice(here: Here, met: Met, choice: str, label: str) -> None:
    key = name_of(f"{choice}-{met.save_id[:8]}", met.practice)
    st.button(label, key=key, on_click=_settle, args=(here, met, choice))


def _settle(here: Here, met: Met, choice: str) -> None:
    try:
        service.settle(here.actor, here.store, met.save_id, choice)
    except Refused as refused:
        notices.refused(here.t, refused)
