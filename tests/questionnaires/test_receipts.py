"""The receipt is kept as it is, joins the notes, and says how a practice stands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.carrying import plan
from questionnaires.editions import Why
from questionnaires.model import Questionnaire
from questionnaires.receipts import Carried, EarlierAnswer, Proposal, notes, standing
from scoring.answers import Answer
from tests.questionnaires.following import FIRST, SECOND, UNHURRIED, lines_of_editions, rounds


def carried(practice: str, note: str, reason: str = "", proposed: Proposal | None = None) -> Carried:
    answer = EarlierAnswer("a.one", reason=reason, note=note)
    return Carried("a.one", practice, "copied", Why("Because of {name}.", {"name": "May"}), answer, proposed)


@UNHURRIED
@given(lines_of_editions(most=2), st.data())
def test_a_receipt_kept_as_json_is_read_back_the_same(
    line: tuple[Questionnaire, ...], data: st.DataObject
) -> None:
    old, new = line
    rows = plan(old, new, data.draw(rounds(old)))
    kept = json.dumps([row.as_dict() for row in rows])
    assert tuple(Carried.from_dict(row) for row in json.loads(kept)) == rows


def test_a_row_with_another_field_is_no_row_of_a_receipt() -> None:
    row = carried("a.two", "x").as_dict()
    with pytest.raises(ValueError, match="Carried: missing or unknown more"):
        Carried.from_dict(row | {"more": 1})
    with pytest.raises(ValueError, match="EarlierAnswer: missing or unknown note, step"):
        Carried.from_dict(
            row | {"answer": {k: v for k, v in row["answer"].items() if k not in ("note", "step")}}
        )


def test_why_is_a_sentence_with_its_values() -> None:
    assert str(carried("a.two", "").why) == "Because of May."


def test_a_text_stands_once_in_a_note() -> None:
    rows = [carried("a.two", "One."), carried("a.two", "Two.", "One."), carried("a.three", "One.")]
    assert notes(rows, 100) == {"a.two": "One.\n\nTwo.", "a.three": "One."}
    assert carried("a.two", "One.", "One.").note == "One."


def test_a_reason_that_is_proposed_is_not_a_note_as_well() -> None:
    assert carried("a.two", "One.", "Two.", Proposal("s1", outside=True, reason="Two.")).texts == ("One.",)


def test_a_text_too_long_for_the_note_stays_in_the_receipt_and_a_shorter_one_still_goes_on() -> None:
    rows = [carried("a.two", "x" * 8), carried("a.two", "y" * 8), carried("a.two", "z")]
    assert notes(rows, 11) == {"a.two": "x" * 8 + "\n\nz"}
    assert notes(rows, 7) == {"a.two": "z"}
    assert notes(rows[:1], 8) == {"a.two": "x" * 8}


def test_a_practice_stands_as_its_rows_say_until_a_person_has_settled_it() -> None:
    answers = [Answer(name, step) for name, step in (("care.lock", "half"), ("care.count", "most"))]
    answers += [
        Answer("care.keys", note="Ask again."),
        Answer("order.visitors", "yes"),
        Answer("care.alarm", "yes"),
    ]
    rows = plan(FIRST, SECOND, answers)
    found = {name: standing(name, rows, is_settled=False) for name in SECOND.practices}
    assert {name: one for name, one in found.items() if one} == {
        "care.lock": "to_confirm",
        "care.count": "to_confirm",
        "order.entry": "undetermined",
    }
    assert {standing(name, rows, is_settled=True) for name in SECOND.practices} == {""}


def test_an_amended_practice_is_undetermined_even_when_only_a_text_was_written() -> None:
    rows = plan(FIRST, SECOND, [Answer("order.waste", note="The bins are full.")])
    assert standing("order.disposal", rows, is_settled=False) == "undetermined"
