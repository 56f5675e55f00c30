"""A practice as a card: question, scale, what the steps mean, note, and the state of saving.

The part that changes is a fragment of its own, with few elements, so that a click draws little anew.
What is shown comes from the database at every run; the word "saved" appears only when it is there.
"""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import LOCAL
from arusha.assessments import frames, rules, service
from arusha.assessments.comparing import Before
from arusha.assessments.pages import panels, settling
from arusha.assessments.pages.saving import (
    is_locked,
    key_of,
    name_of,
    outcome_of,
    panel_of,
    save,
    save_note,
    shown_version,
    toggle_panel,
)
from arusha.assessments.pages.wording import progress_in_words, when
from arusha.assessments.rules import Given
from arusha.assessments.views import Sheet
from arusha.assessments.wording import position_in_words, position_in_year
from arusha.ui.components.foot import Link, Meanings, Note, foot, opened
from arusha.ui.parts.markup import md, show, tag, text
from questionnaires.model import Practice, Questionnaire
from scoring.answers import Answer


def draw(here: Here, questionnaire: Questionnaire, practice: Practice, previous: Before | None) -> None:
    """Draw the card of a practice; what changes in it is a fragment."""
    with st.container(border=True, key=key_of(practice.id)):
        st.fragment(_answer, key=key_of(practice.id))(here, questionnaire, practice, previous)


def _answer(here: Here, questionnaire: Questionnaire, practice: Practice, previous: Before | None) -> None:
    sheet: Sheet = here(service.sheet, here.round_id)
    given = sheet.given.get(practice.id)
    answer = sheet.answers.get(practice.id, Answer(practice.id))
    shown_version(here, practice.id, given.version if given else 0)
    locked = is_locked(here, sheet)
    _scale(here, questionnaire, practice, answer, locked)
    _standing(here, sheet, practice, given, answer)
    before = previous.given(practice.id) if previous else None
    links = [] if locked else [*_moves(here, answer)]
    if sheet.receipt and practice.id in sheet.receipt.by_practice:
        links.append(("carried", here.t("From {year}", year=sheet.receipt.source.year)))
    elif previous and before and rules.is_settled(before.answer):
        then = previous.sheet.questionnaire
        links.append(("before", position_in_year(here.t, previous.round.year, then, before.answer)))
    if given and given.version > 1:
        links.append(("history", here.t("History")))
    _foot(here, sheet, practice, links)
    settling.draw(here, questionnaire, answer, sheet.met.get(practice.id, ()))
    panels.draw(here, questionnaire, practice, answer, sheet, previous, panel_of(here, practice.id))


def _scale(
    here: Here, questionnaire: Questionnaire, practice: Practice, answer: Answer, locked: bool
) -> None:
    words = questionnaire.words(here.t.language)
    names = words.scales[practice.scale]
    badge = f" :orange-badge[{md(here.t('key practice'))}]" if practice.key else ""
    badge = f" :gray-badge[{md(here.t('national practice'))}]" if practice.national else badge
    key = name_of("step", practice.id)
    stale = st.session_state.get(key) != answer.step or key not in st.session_state
    if stale and not outcome_of(here, practice.id).change:
        st.session_state[key] = answer.step  # only when it differs: setting it makes the browser draw twice
    st.segmented_control(
        f"{md(words.practices[practice.id].question)}{badge}",
        [step.id for step in questionnaire.scale_of(practice).steps],
        format_func=lambda step: md(names[step]),
        key=key,
        on_change=lambda: save(here, practice.id, {"step": st.session_state[key]}),
        disabled=locked,
    )


def _standing(here: Here, sheet: Sheet, practice: Practice, given: Given | None, answer: Answer) -> None:
    """Show the sentence of the chosen step and the state of saving."""
    outcome = outcome_of(here, practice.id)
    kind, said = _state(here, given, answer, outcome.kind, outcome.said)
    if kind == "open" and (standing := sheet.standing(practice.id)):
        kind, said = _carried(here, sheet, practice.id, standing)
    steps = sheet.questionnaire.words(here.t.language).practices[practice.id].steps
    chosen = tag("p", text(steps[answer.step]), class_="chosen") if answer.step else ""
    show(
        tag("div", chosen + tag("span", text(said), class_=f"state {kind}", role="status"), class_="standing")
    )


def _carried(here: Here, sheet: Sheet, practice: str, standing: str) -> tuple[str, str]:
    """Say what an earlier round proposes, or that it does not tell any more."""
    t, receipt = here.t, sheet.receipt
    year = receipt.source.year if receipt else ""
    if standing == "undetermined":
        return "carried", t("Undetermined: the question changed since {year}", year=year)
    rows = receipt.by_practice[practice] if receipt else ()
    proposed = next(row.proposed for row in rows if row.proposed)
    answer = Answer(practice, proposed.step, proposed.not_applicable)
    said = position_in_words(t, sheet.questionnaire, answer)
    return "carried", t("To confirm: {position}, as in {year}", position=said, year=year)


def _meanings(here: Here, questionnaire: Questionnaire, practice: Practice, answer: Answer) -> Meanings:
    t, words = here.t, questionnaire.words(here.t.language)
    said, names = words.practices[practice.id], words.scales[practice.scale]
    steps = questionnaire.scale_of(practice).steps
    knows = t.joined([words.owner[owner] for owner in practice.owner])
    return Meanings(
        [(names[step.id], said.steps[step.id]) for step in steps],
        questionnaire.scale_of(practice).numbers.get(answer.step or ""),
        said.why,
        said.evidence,
        t("Who would know: {owners}", owners=knows) if knows else "",
    )


def _moves(here: Here, answer: Answer) -> Iterator[tuple[str, str]]:
    t = here.t
    yield "not_applicable", t("Not applicable") if answer.not_applicable else t("Not applicable…")
    if answer.step is not None:
        yield "outside", t("Outside our powers") if answer.outside else t("Outside our powers…")
    elif not answer.not_applicable:
        yield "left_open", t("Left open") if answer.reason else t("Leave open…")


def _foot(here: Here, sheet: Sheet, practice: Practice, links: list[tuple[str, str]]) -> None:
    key, outcome = name_of("foot", practice.id), outcome_of(here, practice.id)
    given = sheet.given.get(practice.id)
    answer, version = (given.answer, given.version) if given else (Answer(practice.id), 0)
    whose = "" if here.actor.id == LOCAL.id else f"{here.actor.id}:"  # a browser may be shared
    draft = f"{whose}{here.space}:{here.round_id}:{practice.id}"
    shown = panel_of(here, practice.id)
    foot(
        here.t,
        key,
        Note(answer.note, version, draft, is_locked(here, sheet), outcome.save_id, outcome.kind),
        [Link(name, label, name == shown) for name, label in links],
        meanings=_meanings(here, sheet.questionnaire, practice, answer),
        settled=rules.is_settled(answer),
        progress=_progress(here, sheet, practice),
        on_save=partial(save_note, here, practice.id, key),
        on_open=partial(_open, here, practice.id, key),
    )
    if outcome.change:
        label, retry = here.t("Try again"), name_of("retry", practice.id)
        st.button(label, key=retry, on_click=outcome.again, args=(here,))


def _progress(here: Here, sheet: Sheet, practice: Practice) -> tuple[float, str]:
    now = frames.progress_of(sheet.questionnaire.factor_of[practice.id], sheet.answers)
    return now.share, progress_in_words(here.t, now)


def _open(here: Here, practice: str, key: str) -> None:
    toggle_panel(here, practice, opened(key))


def _state(here: Here, given: Given | None, answer: Answer, outcome: str, why: str) -> tuple[str, str]:
    t = here.t
    if outcome == "refused":
        return "refused", t("Not saved. {why}", why=why)
    if given is None:
        return "open", t("Open")
    moment = when(t, given.changed_at)
    if not rules.is_settled(answer):
        return "open", t("Open; saved {time}", time=moment)
    return "saved", f"✓ {t('Saved {time}', time=moment)}"
