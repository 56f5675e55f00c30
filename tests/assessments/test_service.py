"""What a person can do with rounds: saves that meet, limits, files of answers, signing and reopening."""

from typing import Any

import pytest

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.assessments.rules import Given, Met
from arusha.store import Store
from scoring.answers import Answer
from tests.assessments.rounds import (
    DAY,
    EDITION,
    FIRST,
    HALF,
    LATER,
    PRACTICES,
    SECOND,
    STEPS,
    everything,
    met,
    opened,
    refused,
    saved,
    signed,
    signed_twice,
    whole,
)


def answer(store: Store, round_id: str) -> Answer:
    return service.sheet(LOCAL, store, round_id).answers[FIRST]


def notes_ever(store: Store, round_id: str) -> set[str]:
    return {one.answer.note for one in service.history(LOCAL, store, round_id, FIRST)}


# --- saves that meet


def test_a_note_and_a_step_given_at_once_are_both_saved(store: Store) -> None:
    round_id = opened(store)
    assert isinstance(saved(store, round_id, {"note": "mine"}, 0), Given)
    assert isinstance(saved(store, round_id, {"step": STEPS[2]}, 0), Given)
    assert answer(store, round_id) == Answer(FIRST, STEPS[2], note="mine")
    assert service.sheet(LOCAL, store, round_id).met == {}


def test_of_two_notes_at_once_the_second_is_kept_beside_the_first(store: Store) -> None:
    round_id = opened(store)
    saved(store, round_id, {"note": "theirs"}, 0)
    second = saved(store, round_id, {"note": "mine"}, 0, save_id="second")
    assert isinstance(second, Met)
    assert answer(store, round_id).note == "theirs"
    assert service.sheet(LOCAL, store, round_id).met == {FIRST: (second,)}
    assert second.change == {"note": "mine"}


@pytest.mark.parametrize(
    ("choice", "step", "note"),
    [("theirs", STEPS[1], "theirs"), ("mine", STEPS[3], "mine"), ("both", STEPS[3], "theirs\n\nmine")],
)
def test_a_decision_settles_two_changes_and_forgets_neither(
    store: Store, choice: str, step: str, note: str
) -> None:
    round_id = opened(store)
    save_id = met(store, round_id)
    service.settle(LOCAL, store, save_id, choice, at=LATER)
    assert answer(store, round_id) == Answer(FIRST, step, note=note)
    assert service.sheet(LOCAL, store, round_id).met == {}
    assert "theirs" in notes_ever(store, round_id)
    kept = everything(store)["answer_conflicts"]
    assert len(kept) == 1
    assert "mine" in str(kept)
    assert choice in kept[0]


def test_a_decision_is_made_once_and_only_as_offered(store: Store) -> None:
    round_id = opened(store)
    save_id = met(store, round_id)
    refused(store, "theirs, mine, both", service.settle, save_id, "neither")
    service.settle(LOCAL, store, save_id, "mine")
    refused(store, "decided already", service.settle, save_id, "theirs")
    for unknown in ("unknown", "\0", HALF, ""):
        refused(store, "decided already", service.settle, unknown, "mine")


def test_a_decision_that_would_be_no_possible_answer_is_refused_and_waits(store: Store) -> None:
    round_id = opened(store, [Answer(FIRST, STEPS[1])])
    saved(store, round_id, {"outside": True, "reason": "law"}, 1)
    saved(store, round_id, {"step": None}, 2)
    assert isinstance(saved(store, round_id, {"outside": True, "reason": "pay"}, 1, save_id="second"), Met)
    refused(store, "no step is given", service.settle, "second", "mine")
    assert FIRST in service.sheet(LOCAL, store, round_id).met
    service.settle(LOCAL, store, "second", "theirs")


def test_both_notes_together_may_not_be_too_long(store: Store) -> None:
    round_id = opened(store)
    saved(store, round_id, {"note": "x" * 15_000}, 0)
    saved(store, round_id, {"note": "y" * 15_000}, 0, save_id="second")
    refused(store, "at most 20000 are kept", service.settle, "second", "both")


def test_several_changes_wait_in_the_order_they_were_made(store: Store) -> None:
    round_id = opened(store)
    for number in range(4):
        saved(store, round_id, {"note": f"note {number}"}, 0, at=DAY.replace(minute=number))
    waiting = service.sheet(LOCAL, store, round_id).met[FIRST]
    assert [one.change["note"] for one in waiting] == ["note 1", "note 2", "note 3"]


# --- the same save twice


def test_the_same_save_twice_counts_once(store: Store) -> None:
    round_id = opened(store)
    first = saved(store, round_id, {"note": "mine"}, 0, save_id="one")
    before = everything(store)
    assert saved(store, round_id, {"note": "mine"}, 0, save_id="one") == first
    assert everything(store) == before


def test_the_same_save_twice_counts_once_when_it_met_another(store: Store) -> None:
    round_id = opened(store)
    met(store, round_id)
    before = everything(store)
    again = saved(store, round_id, {"step": STEPS[3], "note": "mine"}, 0, save_id="second")
    assert isinstance(again, Met)
    assert again.change == {"step": STEPS[3], "note": "mine"}
    assert everything(store) == before


@pytest.mark.parametrize("choice", ["theirs", "mine", "both"])
def test_the_same_save_twice_counts_once_when_it_was_decided_in_between(store: Store, choice: str) -> None:
    round_id = opened(store)
    service.settle(LOCAL, store, met(store, round_id), choice)
    before = everything(store)
    again = saved(store, round_id, {"step": STEPS[3], "note": "mine"}, 0, save_id="second")
    assert isinstance(again, Given)
    assert again.answer == answer(store, round_id)
    assert everything(store) == before


def test_the_same_save_twice_is_no_error_when_the_round_was_signed_in_between(store: Store) -> None:
    round_id = opened(store, whole())
    first = saved(store, round_id, {"note": "mine"}, save_id="one")
    service.sign(LOCAL, store, round_id, "A. Director")
    assert saved(store, round_id, {"note": "mine"}, save_id="one") == first
    refused(store, "signed off", service.save_answer, round_id, FIRST, {"note": "new"}, 2, save_id="two")


def test_a_save_id_belongs_to_one_change_of_one_answer(store: Store) -> None:
    round_id, other = opened(store), opened(store, code="UG")
    saved(store, round_id, {"note": "mine"}, 0, save_id="one")
    met(store, round_id)
    for place, change in (
        ((other, FIRST), {"note": "mine"}),
        ((round_id, SECOND), {"note": "mine"}),
        ((round_id, FIRST), {"note": "another"}),
        ((round_id, FIRST), {"step": STEPS[4]}),
    ):
        for save_id in ("one", "second"):
            refused(store, "under this id", service.save_answer, *place, change, 0, save_id=save_id)


# --- what is refused before the database sees it


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stpe": "x"}, "Did you mean step?"),
        ({"step": 3}, "of the kind int"),
        ({"step": "sometimes"}, "not an answer"),
        ({"step": ""}, "not an answer"),
        ({"outside": True, "reason": "law"}, "no step is given"),
        ({"not_applicable": True}, "without a reason"),
        ({"note": "x" * 20_001}, "at most 20000"),
        ({"reason": "\0"}, "can keep"),
        ({"note": HALF}, "can keep"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(store: Store, change: dict[str, Any], said: str) -> None:
    round_id = opened(store)
    refused(store, said, service.save_answer, round_id, FIRST, change, 0)


@pytest.mark.parametrize("change", [{"note": "x" * 20_001}, {"note": "\0"}, {"not_applicable": True}])
def test_an_answer_that_cannot_be_is_refused_also_when_it_meets_another(
    store: Store, change: dict[str, Any]
) -> None:
    round_id = opened(store, [Answer(FIRST, STEPS[0], note="theirs")])
    refused(store, "", service.save_answer, round_id, FIRST, change, 0)


@pytest.mark.parametrize("base", [-1, 2, 2**40, True, "0"])
def test_a_change_of_a_version_that_never_was_is_refused(store: Store, base: Any) -> None:
    round_id = opened(store, [Answer(FIRST, STEPS[0])])
    refused(store, "Reload the page", service.save_answer, round_id, FIRST, {"note": "x"}, base)


@pytest.mark.parametrize(
    ("save_id", "said"), [("x" * 65, "at most 64"), ("\0", "can keep"), (HALF, "can keep")]
)
def test_a_save_id_that_cannot_be_kept_is_refused(store: Store, save_id: str, said: str) -> None:
    round_id = opened(store)
    refused(store, said, service.save_answer, round_id, FIRST, {"note": "x"}, 0, save_id=save_id)
    assert isinstance(saved(store, round_id, {"note": "x"}, 0, save_id="x" * 64), Given)


@pytest.mark.parametrize("name", ["leadership.acountability", "", "\0", HALF, "x" * 5000])
def test_an_unknown_practice_is_refused_with_the_near_name(store: Store, name: str) -> None:
    round_id = opened(store)
    said = f"Did you mean “{FIRST}”?" if name.startswith("leader") else ""
    refused(store, said, service.save_answer, round_id, name, {"note": "x"}, 0)
    refused(store, said, service.import_answers, round_id, [Answer(name, note="x")])
    assert service.history(LOCAL, store, round_id, name) == ()


@pytest.mark.parametrize("round_id", ["nothing", "", "\0", HALF, "x" * 5000])
def test_a_round_that_is_not_there_is_refused_everywhere(store: Store, round_id: str) -> None:
    said = "There is no round with this id."
    act: Any
    for act in (service.find, service.sheet, service.profile, service.signatures, service.verify,
                service.exported, service.ask_whole, service.earlier_rounds):  # fmt: skip
        refused(store, said, act, round_id)
    for act, more in ((service.sign, "A. Director"), (service.reopen, "x"), (service.import_answers, []),
                      (service.history, FIRST), (service.visit, "leadership"),
                      (service.faults_against_signing, "x")):  # fmt: skip
        refused(store, said, act, round_id, more)
    refused(store, said, service.save_answer, round_id, FIRST, {"note": "x"}, 0)


@pytest.mark.parametrize(
    ("arguments", "more", "said"),
    [
        (("ke", EDITION.id, 2026), {}, "Did you mean KE?"),
        (("\0\0", EDITION.id, 2026), {}, "not the code of a WCO Member"),
        (("KE", "arusha_2062", 2026), {}, "Did you mean arusha_2026?"),
        (("KE", "\0", 2026), {}, "no questionnaire with this id"),
        (("KE", EDITION.id, 1989), {}, "from 1990 to 2100"),
        (("KE", EDITION.id, 2**40), {}, "from 1990 to 2100"),
        (("KE", EDITION.id, 2026), {"form": "long"}, "form: A round is answered whole or short, not long."),
        (("KE", EDITION.id, 2026), {"form": "\0"}, "Use one of: whole, short."),
        (("XA", EDITION.id, 2026), {"region": "europe", "name": "x" * 121}, "at most 120"),
        (("XA", EDITION.id, 2026), {"region": "nowhere", "name": "Aldoria"}, "WCO's regions"),
    ],
)
def test_a_round_that_cannot_be_is_not_opened(
    store: Store, arguments: tuple[Any, ...], more: dict[str, str], said: str
) -> None:
    refused(store, said, service.open_round, *arguments, **more)


def test_there_is_one_round_of_an_administration_edition_and_year(store: Store) -> None:
    round_id = opened(store)
    refused(store, f"already: {round_id}", service.open_round, "KE", EDITION.id, 2026)
    service.open_round(LOCAL, store, "KE", EDITION.id, 2027)
    assert [round_.year for round_ in service.rounds(LOCAL, store)] == [2027, 2026]


# --- saves without a change


def test_a_save_that_changes_nothing_makes_no_version(store: Store) -> None:
    round_id = opened(store, [Answer(FIRST, STEPS[0])])
    before = everything(store)
    assert saved(store, round_id, {"step": STEPS[0]}).version == 1
    untouched = service.save_answer(LOCAL, store, round_id, SECOND, {"note": ""}, 0)
    assert isinstance(untouched, Given)
    assert (untouched.answer, untouched.version) == (Answer(SECOND), 0)
    assert everything(store) == before


# --- history


def test_the_history_has_every_version_with_its_author_and_moment(store: Store) -> None:
    round_id = opened(store)
    for number in range(5):
        saved(store, round_id, {"note": f"note {number}"}, at=DAY.replace(minute=number))
    found = service.history(LOCAL, store, round_id, FIRST)
    assert [one.version for one in found] == [5, 4, 3, 2, 1]
    assert [one.answer.note for one in found] == [f"note {number}" for number in (4, 3, 2, 1, 0)]
    assert [one.changed_at.minute for one in found] == [4, 3, 2, 1, 0]
    assert {one.changed_by for one in found} == {"local"}
    assert found[0] == service.sheet(LOCAL, store, round_id).given[FIRST]


# --- files of answers


def test_a_file_changes_what_differs_and_the_history_keeps_what_was_there(store: Store) -> None:
    round_id = opened(store, [Answer(FIRST, STEPS[0], note="typed"), Answer(SECOND, STEPS[1])])
    file = [Answer(FIRST, STEPS[2]), Answer(SECOND, STEPS[1]), Answer(PRACTICES[2])]
    assert service.import_answers(LOCAL, store, round_id, file) == 1
    assert answer(store, round_id) == Answer(FIRST, STEPS[2])
    assert notes_ever(store, round_id) == {"typed", ""}
    assert len(service.history(LOCAL, store, round_id, SECOND)) == 1


def test_a_file_without_a_difference_does_not_touch_the_round(store: Store) -> None:
    round_id = opened(store, whole())
    before = everything(store)
    assert service.import_answers(LOCAL, store, round_id, whole(), at=LATER) == 0
    assert everything(store) == before


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (Answer(PRACTICES[-1], "sometimes"), "not an answer"),
        (Answer(PRACTICES[-1], not_applicable=True), "without a reason"),
        (Answer(PRACTICES[-1], STEPS[0], not_applicable=True, reason="x"), "not both"),
        (Answer(PRACTICES[-1], note="\0"), "can keep"),
        (Answer(PRACTICES[-1], note=HALF), "can keep"),
        (Answer(PRACTICES[-1], reason="x" * 20_001), "at most 20000"),
        (Answer(PRACTICES[-1], step=3), "of the kind int"),  # type: ignore[arg-type]
        (Answer(FIRST, STEPS[1]), "answered twice"),
        (Answer(FIRST, STEPS[0]), "answered twice"),
    ],
)
def test_a_file_with_a_fault_changes_nothing(store: Store, faulty: Answer, said: str) -> None:
    round_id = opened(store, [Answer(FIRST, STEPS[0])])
    file = [Answer(FIRST, STEPS[2]), Answer(SECOND, STEPS[2]), faulty]
    refused(store, said, service.import_answers, round_id, file)


def test_a_file_takes_over_an_answer_whose_changes_met_and_they_still_wait(store: Store) -> None:
    round_id = opened(store)
    met(store, round_id)
    service.import_answers(LOCAL, store, round_id, [Answer(FIRST, STEPS[0])])
    assert [one.save_id for one in service.sheet(LOCAL, store, round_id).met[FIRST]] == ["second"]


# --- signing and reopening


def test_signing_is_refused_with_everything_that_stands_against_it(store: Store) -> None:
    round_id = opened(store, whole()[2:])
    met(store, round_id)
    refused(store, f"{SECOND}: The practice is not answered.", service.sign, round_id, "A. Director")
    refused(store, f"{FIRST}: Two people changed this answer", service.sign, round_id, "A. Director")
    refused(store, "signed_by", service.sign, round_id, "\n")
    places = [one.place for one in service.faults_against_signing(LOCAL, store, round_id, "")]
    assert places == [SECOND, FIRST, "signed_by"]


@pytest.mark.parametrize(
    ("name", "said"), [("x" * 201, "at most 200"), ("A\0", "can keep"), (HALF, "can keep")]
)
def test_a_name_that_cannot_be_kept_does_not_sign(store: Store, name: str, said: str) -> None:
    refused(store, said, service.sign, opened(store, whole()), name)


@pytest.mark.parametrize("name", ["x" * 200, "  Zoë 中文 🙂\u202e "])
def test_any_other_name_signs_and_is_proved(store: Store, name: str) -> None:
    round_id = opened(store, whole())
    assert service.sign(LOCAL, store, round_id, name).signed_by == name.strip()
    assert service.verify(LOCAL, store, round_id) == []


def test_a_signed_round_cannot_be_changed_by_anything_but_reopening(store: Store) -> None:
    round_id = opened(store, whole())
    waiting = opened(store, code="UG")
    save_id = met(store, waiting)
    service.sign(LOCAL, store, round_id, "A. Director")
    said = "signed off and cannot be changed"
    refused(store, said, service.save_answer, round_id, FIRST, {"note": "x"}, 1)
    refused(store, said, service.save_answer, round_id, FIRST, {"step": STEPS[0]}, 1)
    refused(store, said, service.import_answers, round_id, [Answer(FIRST, STEPS[1])])
    refused(store, said, service.import_answers, round_id, [])
    refused(store, said, service.sign, round_id, "B. Director")
    with store.writing(LOCAL) as session:  # as if the round had been signed behind the program's back
        from arusha.assessments.records import RoundRecord

        session.get_one(RoundRecord, waiting).state = "signed"
    refused(store, said, service.settle, save_id, "mine")


def test_reopening_makes_a_new_revision_and_what_was_signed_stays(store: Store) -> None:
    round_id = signed(store)
    first = service.profile(LOCAL, store, round_id)
    refused(store, "A reason is missing", service.reopen, round_id, " ")
    refused(store, "at most 20000", service.reopen, round_id, "x" * 20_001)
    refused(store, "can keep", service.reopen, round_id, "\0")
    round_ = service.reopen(LOCAL, store, round_id, " A late survey. ", at=LATER)
    assert (round_.state, round_.revision, round_.touched_at) == ("open", 2, LATER)
    refused(store, "not signed off", service.reopen, round_id, "again")
    saved(store, round_id, {"step": STEPS[4]})
    again = service.profile(LOCAL, store, round_id, 1)
    assert (again.profile, again.answers) == (first.profile, first.answers)
    assert again.signature is not None
    assert again.signature.reopen_reason == "A late survey."
    assert service.profile(LOCAL, store, round_id).profile != first.profile
    refused(store, "Revision 2 of this round was never signed", service.profile, round_id, 2)
    refused(store, "never signed", service.profile, round_id, -1)
    assert service.verify(LOCAL, store, round_id) == []


def test_each_revision_keeps_its_own_profile(store: Store) -> None:
    round_id = signed_twice(store)
    assert [one.revision for one in service.signatures(LOCAL, store, round_id)] == [2, 1]
    notes = [service.profile(LOCAL, store, round_id, revision).answers[FIRST].note for revision in (1, 2, 0)]
    assert notes == ["", "What the survey says.", "What the survey says."]
    assert service.verify(LOCAL, store, round_id) == []


# --- places and the round before


def test_a_person_finds_the_place_again_where_they_were_last(store: Store) -> None:
    assert service.last_visit(LOCAL, store) is None
    first, second = opened(store), opened(store, code="UG")
    service.visit(LOCAL, store, first, "leadership", at=DAY)
    service.visit(LOCAL, store, second, EDITION.factors[1].id, at=LATER)
    assert service.last_visit(LOCAL, store) == (second, EDITION.factors[1].id)
    service.visit(LOCAL, store, first, EDITION.factors[2].id, at=LATER.replace(hour=20))
    assert service.last_visit(LOCAL, store) == (first, EDITION.factors[2].id)
    for factor in ("nowhere", "\0", HALF):
        refused(store, "no factor", service.visit, first, factor)


def test_the_round_before_is_the_last_earlier_one_of_the_same_administration(store: Store) -> None:
    for code, year in (("KE", 2020), ("KE", 2024), ("UG", 2025), ("KE", 2028)):
        opened(store, code=code, year=year)
    now = service.find(LOCAL, store, opened(store))
    before = service.before(LOCAL, store, now)
    assert before is not None
    assert (before.round.administration, before.round.year) == ("KE", 2024)
    first = service.before(LOCAL, store, before.round)
    assert first is not None
    assert first.round.year == 2020
    assert service.before(LOCAL, store, first.round) is None
    assert service.earlier_rounds(LOCAL, store, now.id) == (before.round, first.round)
    assert service.earlier_rounds(LOCAL, store, first.round.id) == ()
