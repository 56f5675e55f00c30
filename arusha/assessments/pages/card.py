"""A practice as a card: question, scale, what the steps mean, note, reasons, and the state of saving.

Each card is a fragment of its own. What is shown comes from the database at every run; the word
"saved" appears only when the database holds the answer.
"""

from functools import partial

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments import rules, service
from arusha.assessments.pages import settling
from arusha.assessments.pages.saving import key_of, name_of, outcome_of, save, save_note, shown_version
from arusha.assessments.pages.wording import position_in_words, when
from arusha.assessments.rules import Given
from arusha.assessments.views import Sheet
from arusha.ui.components.note import note
from arusha.ui.parts.markup import md, show, tag, text
from arusha.ui.parts.steps import StepWords, behind, chosen_sentence, side_by_side
from questionnaires.model import Practice, Questionnaire
from scoring.answers import Answer


def draw(here: Here, questionnaire: Questionnaire, practice: Practice, previous: Sheet | None) -> None:
    """Draw the card of a practice as the database has it now."""
    sheet: Sheet = here(service.sheet, here.round_id)
    given = sheet.given.get(practice.id)
    answer = given.answer if given else Answer(practice.id)
    locked = sheet.round.signed
    shown_version(here, practice.id, given.version if given else 0)
    words = questionnaire.words(here.t.language)
    with st.container(border=True, key=key_of(practice.id)):
        badge = f" :orange-badge[{md(here.t('key practice'))}]" if practice.key else ""
        st.markdown(f"#### {md(words.practices[practice.id].question)}{badge}")
        _scale(here, questionnaire, practice, answer, locked)
        _meanings(here, questionnaire, practice, answer)
        _note(here, practice, given, answer, locked)
        settling.draw(here, questionnaire, practice, answer, sheet.met.get(practice.id, ()))
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            if not locked:
                _not_applicable(here, practice, answer)
                _outside(here, practice, answer)
                _left_open(here, practice, answer)
            _before(here, questionnaire, practice, previous)
            _history(here, questionnaire, practice, given)
            _state(here, practice, given, answer)


def _scale(
    here: Here, questionnaire: Questionnaire, practice: Practice, answer: Answer, locked: bool
) -> None:
    words = questionnaire.words(here.t.language)
    names = words.scales[practice.scale]
    key = name_of("step", practice.id)
    if outcome_of(here, practice.id).kind != "refused":
        st.session_state[key] = answer.step
    st.segmented_control(
        words.practices[practice.id].question,
        [step.id for step in questionnaire.scale_of(practice).steps],
        format_func=lambda step: md(names[step]),
        key=key,
        on_change=lambda: save(here, practice.id, {"step": st.session_state[key]}),
        disabled=locked,
        label_visibility="collapsed",
    )


def _meanings(here: Here, questionnaire: Questionnaire, practice: Practice, answer: Answer) -> None:
    t, words = here.t, questionnaire.words(here.t.language)
    said, names = words.practices[practice.id], words.scales[practice.scale]
    steps = [step.id for step in questionnaire.scale_of(practice).steps]
    cells = [StepWords(names[step], said.steps[step], step == answer.step) for step in steps]
    why = tag("p", text(said.why)) if said.why else ""
    asked = "".join(tag("li", text(piece)) for piece in said.evidence)
    evidence = (
        tag("p", tag("strong", text(t("What a reviewer would ask to see")))) + tag("ul", asked)
        if asked
        else ""
    )
    knows = ", ".join(words.owner[owner] for owner in practice.owner)
    owner = tag("p", text(t("Who would know: {owners}", owners=knows))) if knows else ""
    chosen = chosen_sentence(said.steps[answer.step]) if answer.step else ""
    show(chosen + behind(t("What each step means"), why + side_by_side(cells) + evidence + owner))


def _note(here: Here, practice: Practice, given: Given | None, answer: Answer, locked: bool) -> None:
    key = name_of("note", practice.id)
    outcome = outcome_of(here, practice.id)
    note(
        here.t,
        key,
        text=answer.note,
        version=given.version if given else 0,
        draft=f"{here.space}:{here.round_id}:{practice.id}",
        settled=rules.is_settled(answer),
        disabled=locked,
        answered=outcome.save_id,
        outcome=outcome.kind,
        on_save=partial(save_note, here, practice.id, key),
    )


def _not_applicable(here: Here, practice: Practice, answer: Answer) -> None:
    t = here.t
    with st.popover(t("Not applicable") if answer.not_applicable else t("Not applicable…"), type="tertiary"):
        st.write(
            t("The practice leaves the score and is counted openly. Only when it cannot exist here at all.")
        )
        reason = _reason(here, "na", practice, answer.reason if answer.not_applicable else "")
        change = {"not_applicable": True, "reason": reason}
        _act(here, "na", practice, t("Mark as not applicable"), change, needs=reason)
        if answer.not_applicable:
            _act(here, "na-off", practice, t("Take back"), {"not_applicable": False, "reason": ""})


def _outside(here: Here, practice: Practice, answer: Answer) -> None:
    t = here.t
    if answer.step is None:
        return
    with st.popover(t("Outside our powers") if answer.outside else t("Outside our powers…"), type="tertiary"):
        st.write(
            t(
                "The remedy lies with another authority, such as pay scales or duty rates. The step still counts."
            )
        )
        reason = _reason(here, "outside", practice, answer.reason if answer.outside else "")
        _act(here, "outside", practice, t("Mark"), {"outside": True, "reason": reason}, needs=reason)
        if answer.outside:
            _act(here, "outside-off", practice, t("Take back"), {"outside": False, "reason": ""})


def _left_open(here: Here, practice: Practice, answer: Answer) -> None:
    t = here.t
    if answer.step is not None or answer.not_applicable:
        return
    with st.popover(t("Left open") if answer.reason else t("Leave open…"), type="tertiary"):
        st.write(
            t("You cannot answer it in this round. With a reason, the round can be signed off all the same.")
        )
        reason = _reason(here, "open", practice, answer.reason)
        _act(here, "open", practice, t("Leave open"), {"step": None, "reason": reason}, needs=reason)
        if answer.reason:
            _act(here, "open-off", practice, t("Take back"), {"step": None, "reason": ""})


def _reason(here: Here, kind: str, practice: Practice, reason: str) -> str:
    key = name_of(f"{kind}-reason", practice.id)
    return st.text_area(here.t("Reason"), value=reason, key=key, height=90).strip()


def _act(
    here: Here, kind: str, practice: Practice, label: str, change: rules.Change, *, needs: str | None = None
) -> None:
    key = name_of(kind, practice.id)
    if needs == "":
        st.caption(here.t("Write the reason first."))
    st.button(label, key=key, disabled=needs == "", on_click=save, args=(here, practice.id, change))


def _before(here: Here, questionnaire: Questionnaire, practice: Practice, previous: Sheet | None) -> None:
    given = previous.given.get(practice.id) if previous else None
    if previous is None or given is None or not rules.is_settled(given.answer):
        return
    said = position_in_words(here.t, questionnaire, given.answer)
    with st.popover(f"{previous.round.year}: {md(said)}", type="tertiary"):
        st.write(here.t("What the round of {year} said:", year=previous.round.year))
        st.markdown(f"**{md(said)}**")
        for line in (given.answer.reason, given.answer.note):
            st.markdown(md(line))


def _history(here: Here, questionnaire: Questionnaire, practice: Practice, given: Given | None) -> None:
    if given is None or given.version < 2:
        return
    t, key = here.t, name_of("history", practice.id)
    with st.popover(t("History"), type="tertiary", key=key, on_change="rerun") as opened:
        if opened.open:
            settling.history(here, questionnaire, here(service.history, here.round_id, practice.id))


def _state(here: Here, practice: Practice, given: Given | None, answer: Answer) -> None:
    t, outcome = here.t, outcome_of(here, practice.id)
    if outcome.kind == "refused":
        show(tag("span", text(t("Not saved. {why}", why=outcome.said)), class_="saved-not", role="alert"))
        st.button(t("Try again"), key=name_of("retry", practice.id), on_click=outcome.again, args=(here,))
    elif given is None or not rules.is_settled(answer):
        saved = (
            t("Open; note saved {time}", time=t.time(given.changed_at))
            if given and answer.note
            else t("Open")
        )
        show(tag("span", text(saved), class_="saved-open", role="status"))
    else:
        said = t("Saved {time}", time=when(t, given.changed_at))
        show(tag("span", text(f"✓ {said}"), class_="saved", role="status"))
