"""Carrying a round over: what is proposed and why, that no text is lost, and that twice is the same."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import carrying, rescaling
from questionnaires.carrying import plan
from questionnaires.editions import comparability
from questionnaires.forms import in_form
from questionnaires.loading import edition as ours
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from questionnaires.receipts import OUTCOMES, Carried, EarlierAnswer, Proposal, notes
from scoring.answers import LONGEST_TEXT, Answer
from tests.questionnaires.following import (
    FIRST,
    SECOND,
    UNHURRIED,
    edition,
    lines_of_editions,
    practice,
    rounds,
)

Carrying = tuple[Questionnaire, Questionnaire, tuple[Questionnaire, ...], tuple[Answer, ...]]


@st.composite
def carryings(draw: st.DrawFn) -> Carrying:
    """Draw a round, the edition it answers, a later one, and those between."""
    first, *between, last = draw(lines_of_editions(most=3))
    return first, last, tuple(between), draw(rounds(first))


def row_of(answer: Answer) -> Carried:
    """Return the only row of a receipt of one answer."""
    (row,) = plan(FIRST, SECOND, [answer])
    return row


def test_the_same_on_the_same_scale_is_proposed_as_it_was() -> None:
    answer = Answer("care.keys", "half", outside=True, reason="The landlord has them.", note="Since May.")
    row = row_of(answer)
    assert (row.earlier, row.practice, row.outcome) == ("care.keys", "care.key_register", "copied")
    assert row.proposed == Proposal("half", outside=True, reason="The landlord has them.")
    assert row.answer == EarlierAnswer(
        "care.keys", "half", False, True, "The landlord has them.", "Since May."
    )
    assert (row.note, str(row.why)) == ("Since May.", carrying.COPIED)


def test_not_applicable_is_proposed_with_its_reason() -> None:
    row = row_of(Answer("care.keys", not_applicable=True, reason="No keys."))
    assert (row.outcome, row.proposed) == ("copied", Proposal(not_applicable=True, reason="No keys."))
    assert (row.note, str(row.why)) == ("", carrying.COPIED)


def test_not_applicable_needs_no_step_of_the_other_scale() -> None:
    row = row_of(Answer("care.count", not_applicable=True, reason="No stock."))
    assert (row.outcome, row.proposed) == ("copied", Proposal(not_applicable=True, reason="No stock."))
    assert str(row.why) == carrying.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("step", "proposed", "why"),
    [("none", "none", rescaling.EQUAL), ("half", "some", rescaling.EQUAL), ("most", "some", rescaling.LOWER)],
)
def test_on_another_scale_a_step_of_it_is_proposed_and_said_why(step: str, proposed: str, why: str) -> None:
    row = row_of(Answer("care.count", step, outside=True, reason="The auditor counts."))
    assert (row.outcome, str(row.why)) == ("rescaled", why)
    assert row.proposed == Proposal(proposed, outside=True, reason="The auditor counts.")
    assert row.answer.step == step


def test_left_open_with_a_reason_proposes_nothing_and_the_reason_becomes_a_note() -> None:
    row = row_of(Answer("care.keys", reason="Under audit.", note="Ask again."))
    assert (row.outcome, row.proposed, str(row.why)) == ("copied", None, carrying.TEXT_ONLY)
    assert row.texts == ("Ask again.", "Under audit.")
    assert row.note == "Ask again.\n\nUnder audit."


def test_an_amended_practice_is_asked_anew_with_the_earlier_answer_beside_it() -> None:
    amended = edition("later", "first", [practice("care.lock", "indirect", "care.lock")])
    (row,) = plan(FIRST, amended, [Answer("care.lock", "half", outside=True, reason="The landlord.")])
    assert (row.outcome, row.proposed, str(row.why)) == ("to_confirm", None, carrying.AMENDED)
    assert (row.answer.step, row.note) == ("half", "The landlord.")


def test_of_a_subject_only_the_texts_go_on() -> None:
    row = row_of(Answer("order.waste", "half", note="The bins are full."))
    assert (row.outcome, row.proposed, str(row.why)) == ("to_confirm", None, carrying.SUBJECT)
    assert (row.practice, row.note) == ("order.disposal", "The bins are full.")


def test_what_was_split_goes_to_each_part() -> None:
    rows = plan(FIRST, SECOND, [Answer("order.shelves", "half", note="Row C has none.")])
    assert [row.practice for row in rows] == ["order.shelf_plan", "order.shelf_numbers"]
    for row in rows:
        assert (row.outcome, row.proposed, str(row.why)) == ("to_confirm", None, carrying.SPLIT)
    assert set(notes(rows, LONGEST_TEXT).values()) == {"Row C has none."}


def test_what_was_merged_has_the_texts_of_all_in_the_order_of_the_earlier_edition() -> None:
    answers = [
        Answer("order.badges", "no", note="Ordered."),
        Answer("order.visitors", "yes", note="Since May."),
    ]
    rows = plan(FIRST, SECOND, answers)
    assert [row.earlier for row in rows] == ["order.visitors", "order.badges"]
    assert {str(row.why) for row in rows} == {carrying.MERGED}
    assert notes(rows, LONGEST_TEXT) == {"order.entry": "Since May.\n\nOrdered."}


def test_what_is_dropped_stays_in_the_receipt_whole() -> None:
    answer = Answer("care.alarm", "yes", outside=True, reason="The police.", note="It rings.")
    row = row_of(answer)
    assert (row.practice, row.outcome, row.proposed) == ("", "dropped", None)
    assert (row.answer.reason, row.answer.note, row.note) == ("The police.", "It rings.", "")
    assert str(row.why) == carrying.DROPPED


def test_an_answer_that_holds_nothing_has_no_row() -> None:
    assert plan(FIRST, SECOND, [Answer("care.lock"), Answer("care.keys", note=" \n", reason=" ")]) == ()


def test_answers_may_come_by_practice() -> None:
    answer = Answer("care.lock", "half")
    assert plan(FIRST, SECOND, {"care.lock": answer}) == plan(FIRST, SECOND, [answer])


def test_a_whole_round_of_our_own_edition_goes_over_into_its_short_form() -> None:
    whole = ours("arusha_2026")
    short = in_form(whole, "short")
    rows = plan(whole, short, [Answer(name, "partly") for name in whole.practices])
    assert Counter(row.outcome for row in rows) == {
        "copied": len(short.practices),
        "dropped": len(whole.practices) - len(short.practices),
    }


def test_answers_do_not_go_back_to_an_earlier_edition() -> None:
    with pytest.raises(Refused) as refused:
        plan(SECOND, FIRST, [])
    assert str(refused.value) == (
        "first: The edition first is older than second, which was answered. "
        "Carry answers over to a later edition."
    )


def test_every_fault_of_the_answers_is_told_at_once() -> None:
    answers = [
        Answer("care.lokc", "half"),
        Answer("zzz.q", "half"),
        Answer("care.lock", "halb"),
        Answer("care.keys"),
        Answer("care.keys", "half"),
    ]
    with pytest.raises(Refused) as refused:
        plan(FIRST, SECOND, answers)
    assert [str(problem) for problem in refused.value.problems] == [
        "care.lokc: The questionnaire first has no practice “care.lokc”. Did you mean “care.lock”?",
        "zzz.q: The questionnaire first has no practice “zzz.q”. Use a practice id of this questionnaire.",
        (
            "care.lock: “halb” is not an answer to care.lock. "
            "Allowed: none, little, half, most, all, not_applicable or nothing."
        ),
        "care.keys: The practice is answered twice. Keep one of the two answers.",
    ]


@UNHURRIED
@given(carryings())
def test_no_text_that_a_person_wrote_is_lost(carrying_: Carrying) -> None:
    old, new, between, answers = carrying_
    rows = plan(old, new, answers, between)
    carried = notes(rows, LONGEST_TEXT)
    for answer in answers:
        here = [row for row in rows if row.earlier == answer.practice]
        for text in filter(str.strip, (answer.note, answer.reason)):
            assert here
            assert all(text in (row.answer.note, row.answer.reason) for row in here)
            for row in (row for row in here if row.practice):
                proposed = row.proposed.reason if row.proposed else ""
                assert text == proposed or text in carried[row.practice]


@UNHURRIED
@given(carryings())
def test_every_answer_goes_to_every_practice_that_follows_it_once(carrying_: Carrying) -> None:
    old, new, between, answers = carrying_
    holding = {a.practice for a in answers if a.state != "unanswered" or a.note.strip()}
    lines = [line for line in comparability(old, new, between) if line.earlier in holding]
    rows = plan(old, new, answers, between)
    assert [(row.earlier, row.practice) for row in rows] == [(line.earlier, line.practice) for line in lines]
    assert {row.answer.practice for row in rows} == holding


@UNHURRIED
@given(carryings(), st.randoms())
def test_carrying_over_is_repeatable_in_whatever_order_the_answers_come(carrying_: Carrying, random) -> None:  # type: ignore[no-untyped-def]
    old, new, between, answers = carrying_
    mixed = list(answers)
    random.shuffle(mixed)
    assert plan(old, new, answers, between) == plan(old, new, mixed, between)


@UNHURRIED
@given(carryings())
def test_only_the_same_is_proposed_and_only_what_the_new_practice_allows(carrying_: Carrying) -> None:
    old, new, between, answers = carrying_
    lines = {(line.earlier, line.practice): line for line in comparability(old, new, between)}
    for row in plan(old, new, answers, between):
        line = lines[row.earlier, row.practice]
        assert row.outcome in OUTCOMES
        assert (row.outcome == "dropped") == (line.class_ == "dropped")
        assert (row.outcome == "to_confirm") == (line.class_ in ("indirect", "subject"))
        assert (row.outcome == "rescaled") == (
            line.class_ == "same" and line.is_rescaled and row.answer.step is not None
        )
        if row.proposed is not None:
            assert line.class_ == "same"
            assert row.proposed.not_applicable == row.answer.not_applicable
            steps = new.scale_of(new.practices[row.practice]).numbers
            assert row.proposed.step in steps or row.proposed.not_applicable


@UNHURRIED
@given(carryings())
def test_confirmed_as_proposed_and_carried_on_in_the_same_edition_nothing_changes(
    carrying_: Carrying,
) -> None:
    old, new, between, answers = carrying_
    rows = plan(old, new, answers, between)
    noted = notes(rows, LONGEST_TEXT)
    proposed = {row.practice: row.proposed for row in rows if row.proposed}
    confirmed = [
        Answer(name, p.step, p.not_applicable, p.outside, p.reason, noted.get(name, ""))
        for name, p in proposed.items()
    ]
    again = plan(new, new, confirmed)
    assert {row.practice: row.proposed for row in again} == proposed
    assert {row.outcome for row in again} <= {"copied"}
    assert notes(again, LONGEST_TEXT) == {name: text for name, text in noted.items() if name in proposed}
