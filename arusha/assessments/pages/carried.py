"""What was carried over from an earlier round, in words: in a card, and as a table."""

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments import asking
from arusha.assessments.pages.saving import close_panel, name_of, save
from arusha.assessments.rules import Change, Receipt, Round
from arusha.assessments.views import Sheet
from arusha.assessments.wording import (
    fate_in_words,
    only_text,
    outcome_in_words,
    position_in_words,
    position_in_year,
)
from arusha.ui.parts.markup import md
from arusha.ui.parts.table import table
from questionnaires.model import Questionnaire
from questionnaires.receipts import OUTCOMES, Carried, Proposal
from scoring.answers import Answer


def rows(here: Here, receipt: Receipt, practice: str) -> None:
    """Show in a card where its carried answers come from, and let a person confirm what is proposed."""
    earlier = asking.asked_in(receipt.source).questionnaire
    for row in receipt.by_practice.get(practice, ()):
        _earlier(here, earlier, receipt.source.year, row)
        st.caption(here.t(row.why.text, **row.why.values))
        if row.proposed and here.may(Permission.ANSWER_WRITE):
            st.button(
                here.t("It still holds"),
                key=name_of("confirm", practice),
                icon=":material/check:",
                on_click=_confirm,
                args=(here, practice, row.proposed),
            )


def _earlier(here: Here, earlier: Questionnaire, year: int, row: Carried) -> None:
    answer = answer_of(row)
    said = position_in_year(here.t, year, earlier, answer)
    st.markdown(f"**{md(said)}** · {md(question_of(here, earlier, row.earlier))}")
    words = earlier.words(here.t.language).practices.get(row.earlier)
    if answer.step and words and answer.step in words.steps:
        st.text(words.steps[answer.step])
    for line in (answer.reason, answer.note):
        if line:
            st.text(line)


def _confirm(here: Here, practice: str, proposed: Proposal) -> None:
    close_panel(here, practice)
    save(here, practice, change_of(proposed))


def change_of(proposed: Proposal) -> Change:
    """Return the change that confirms a proposal, with its reason and its mark."""
    change: dict[str, object] = {"outside": proposed.outside, "reason": proposed.reason}
    return change | ({"not_applicable": True} if proposed.not_applicable else {"step": proposed.step})


def answer_of(row: Carried) -> Answer:
    """Return the earlier answer of a row."""
    earlier = row.answer
    return Answer(
        row.earlier, earlier.step, earlier.not_applicable, earlier.outside, earlier.reason, earlier.note
    )


def question_of(here: Here, questionnaire: Questionnaire, practice: str) -> str:
    """Return a practice's question, or its id when it is not asked any more."""
    words = questionnaire.words(here.t.language).practices
    return words[practice].question if practice in words else practice


def as_table(here: Here, source: Round, target: Sheet, found: tuple[Carried, ...]) -> None:
    """Show how many answers go which way, and each row with what is proposed and why."""
    t = here.t
    fates = [fate_in_words(t, row) for row in found]
    heads = [*(outcome_in_words(t, outcome) for outcome in OUTCOMES), only_text(t)]
    table(heads, [[t.number(fates.count(head)) for head in heads]], stacked=True)
    earlier, now = asking.asked_in(source).questionnaire, target.questionnaire
    heads = [t("Practice"), str(source.year), t("What happens"), str(target.round.year)]
    shown = []
    for row in found:
        question = question_of(here, now if row.practice else earlier, row.practice or row.earlier)
        said = f"{fate_in_words(t, row)}. {t(row.why.text, **row.why.values)}"
        shown.append(
            [question, position_in_words(t, earlier, answer_of(row)), said, _proposed(here, now, row)]
        )
    table(heads, shown, stacked=True)


def _proposed(here: Here, now: Questionnaire, row: Carried) -> str:
    if not row.practice:
        return "–"
    if row.proposed is None:
        return here.t("Open")
    proposed = Answer(row.practice, row.proposed.step, row.proposed.not_applicable)
    return here.t("{position}, to confirm", position=position_in_words(here.t, now, proposed))
