"""What the links of a card open: not applicable, outside our powers, left open, the round before, history."""

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments import service
from arusha.assessments.comparing import Before
from arusha.assessments.pages import carried
from arusha.assessments.pages.saving import close_panel, name_of, save, tell
from arusha.assessments.rules import Change, Given
from arusha.assessments.views import Sheet
from arusha.assessments.wording import position_in_words
from arusha.ui.parts.markup import md
from questionnaires.model import Practice, Questionnaire
from scoring.answers import Answer


def draw(
    here: Here,
    questionnaire: Questionnaire,
    practice: Practice,
    answer: Answer,
    sheet: Sheet,
    previous: Before | None,
    panel: str,
) -> None:
    """Draw the panel that is open, if any."""
    before = previous.given(practice.id) if previous else None
    if panel == "not_applicable":
        _not_applicable(here, practice, answer)
    elif panel == "outside" and answer.step is not None:
        _outside(here, practice, answer)
    elif panel == "left_open" and answer.step is None:
        _left_open(here, practice, answer)
    elif panel == "before" and previous is not None and before is not None:
        _one(here, previous.sheet.questionnaire, before)
    elif panel == "carried" and sheet.receipt is not None:
        carried.rows(here, sheet.receipt, practice.id)
    elif panel == "history":
        for given in here(service.history, here.round_id, practice.id):
            _one(here, questionnaire, given)


def _not_applicable(here: Here, practice: Practice, answer: Answer) -> None:
    t = here.t
    why = t("It leaves the score and is counted openly: only for what cannot exist in this administration.")
    marked, back = {"not_applicable": True}, {"not_applicable": False, "reason": ""}
    label = t("Mark as not applicable")
    _reasoned(here, practice, why, label, answer.reason if answer.not_applicable else "", marked)
    if answer.not_applicable:
        _act(here, practice, t("Take back"), back)


def _outside(here: Here, practice: Practice, answer: Answer) -> None:
    t = here.t
    why = t("The remedy lies with another authority, as for pay scales or duty rates. The step still counts.")
    _reasoned(here, practice, why, t("Mark"), answer.reason if answer.outside else "", {"outside": True})
    if answer.outside:
        _act(here, practice, t("Take back"), {"outside": False, "reason": ""})


def _left_open(here: Here, practice: Practice, answer: Answer) -> None:
    t = here.t
    why = t("It cannot be answered in this round. With a reason, the round can be signed off all the same.")
    _reasoned(here, practice, why, t("Leave open"), answer.reason, {"step": None})
    if answer.reason:
        _act(here, practice, t("Take back"), {"step": None, "reason": ""})


def _reasoned(here: Here, practice: Practice, why: str, label: str, reason: str, change: Change) -> None:
    """Ask for the reason and save it with the change."""
    st.caption(why)
    key = name_of("reason", practice.id)
    st.text_area(here.t("Reason"), value=reason, key=key, height=90)
    st.button(label, key=name_of("mark", practice.id), on_click=_mark, args=(here, practice.id, change, key))


def _mark(here: Here, practice: str, change: Change, key: str) -> None:
    reason = str(st.session_state.get(key, "")).strip()
    if not reason:
        tell(here, practice, here.t("Write the reason first: a reviewer will ask for it."))
        return
    close_panel(here, practice)
    save(here, practice, {**change, "reason": reason})


def _act(here: Here, practice: Practice, label: str, change: Change) -> None:
    st.button(
        label, key=name_of("take-back", practice.id), on_click=_take_back, args=(here, practice.id, change)
    )


def _take_back(here: Here, practice: str, change: Change) -> None:
    close_panel(here, practice)
    save(here, practice, change)


def _one(here: Here, questionnaire: Questionnaire, given: Given) -> None:
    said = position_in_words(here.t, questionnaire, given.answer)
    st.markdown(f"**{md(said)}** · {md(here.t.moment(given.changed_at))}")
    for line in (given.answer.reason, given.answer.note):
        if line:
            st.text(line)
