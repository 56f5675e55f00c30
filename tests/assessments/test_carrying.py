"""Carrying a round over: proposals and never answers, every text kept, the earlier round untouched."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from arusha.access.rules import LOCAL, Actor, Permission, Reach
from arusha.assessments import ledger, service
from arusha.assessments.rules import Receipt
from arusha.assessments.views import Sheet
from arusha.members.reference import members
from arusha.store import Store
from questionnaires import carrying
from questionnaires.problems import Refused
from questionnaires.receipts import Carried, EarlierAnswer, Proposal
from scoring.answers import LONGEST_TEXT, Answer
from scoring.profile import score
from tests.assessments.lines import DOG, STRUCTURE, TEXT, national, save, settled
from tests.assessments.rounds import (
    DAY,
    EDITION,
    HALF,
    LATER,
    STEPS,
    everything,
    failing_everywhere,
    met,
    opened,
    refused,
    signed,
    whole,
)
from tests.questionnaires.following import FIRST, SECOND, rounds
from tests.questionnaires.small import changed

pytestmark = pytest.mark.usefixtures("small_editions")

KEYS = Answer("care.keys", "half", outside=True, reason="The landlord has them.", note="Since May.")
COUNTED = Answer("care.count", "most", note="Every month.")
SHELVES = Answer("order.shelves", "half", note="Row C has none.")
VISITORS = Answer("order.visitors", "yes", note="In the book.")
BADGES = Answer("order.badges", "no", note="Ordered.")
WASTE = Answer("order.waste", "half", note="The bins are full.")
ALARM = Answer("care.alarm", "yes", outside=True, reason="The police.", note="It rings.")
BRIEFING = Answer("order.briefing", not_applicable=True, reason="No staff.")
LOCK = Answer("care.lock", reason="Under audit.")
ALL = (KEYS, COUNTED, SHELVES, VISITORS, BADGES, WASTE, ALARM, BRIEFING, LOCK)


def earlier(store: Store, *answers: Answer, edition: str = "first", year: int = 2024) -> str:
    """Open the earlier round with answers; return its id."""
    return opened(store, answers, "KE", year, edition=edition)


def later(store: Store, *answers: Answer, edition: str = "second", year: int = 2026) -> str:
    """Open the later round with answers; return its id."""
    return opened(store, answers, "KE", year, edition=edition)


def sheet(store: Store, round_id: str) -> Sheet:
    return service.sheet(LOCAL, store, round_id)


def carried(store: Store, *answers: Answer, edition: str = "second") -> tuple[str, Receipt]:
    """Carry answers over into an empty later round; return its id and the receipt."""
    round_id = later(store, edition=edition)
    receipt = service.carry_over(LOCAL, store, round_id, earlier(store, *answers), at=LATER)
    return round_id, receipt


def rows_of(store: Store, round_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of a round, whatever it is that the round has given or been given."""
    tables = everything(store)
    ids = {"rounds", "answers", "answer_versions", "answer_conflicts", "signatures", "visits"}
    return {name: [row for row in tables[name] if round_id in row] for name in ids}


# --- what becomes of an answer

OUTCOMES: list[tuple[Answer, dict[str, tuple[str, Proposal | None, str, str]]]] = [
    (
        KEYS,
        {
            "care.key_register": (
                "copied",
                Proposal("half", outside=True, reason="The landlord has them."),
                "Since May.",
                "to_confirm",
            )
        },
    ),
    (BRIEFING, {"people.briefing": ("copied", Proposal(None, True, False, "No staff."), "", "to_confirm")}),
    (LOCK, {"care.lock": ("copied", None, "Under audit.", "")}),
    (Answer("care.lock", note="Ask the guard."), {"care.lock": ("copied", None, "Ask the guard.", "")}),
    (COUNTED, {"care.count": ("rescaled", Proposal("some"), "Every month.", "to_confirm")}),
    (
        SHELVES,
        {
            "order.shelf_plan": ("to_confirm", None, "Row C has none.", "undetermined"),
            "order.shelf_numbers": ("to_confirm", None, "Row C has none.", "undetermined"),
        },
    ),
    (VISITORS, {"order.entry": ("to_confirm", None, "In the book.", "undetermined")}),
    (WASTE, {"order.disposal": ("to_confirm", None, "The bins are full.", "undetermined")}),
    (ALARM, {"": ("dropped", None, "", "")}),
]


@pytest.mark.parametrize(("answer", "goes"), OUTCOMES)
def test_each_answer_goes_where_its_practice_went_and_is_proposed_or_not(
    store: Store, answer: Answer, goes: dict[str, tuple[str, Proposal | None, str, str]]
) -> None:
    round_id, receipt = carried(store, answer)
    assert {row.practice: (row.outcome, row.proposed) for row in receipt.rows} == {
        name: (outcome, proposed) for name, (outcome, proposed, _, _) in goes.items()
    }
    assert {row.answer for row in receipt.rows} == {EarlierAnswer(**vars(answer))}
    now = sheet(store, round_id)
    wanted = {name: Answer(name, note=note) for name, (_, _, note, _) in goes.items() if note}
    assert now.answers == wanted
    standings = {name: now.standing(name) for name in SECOND.practices if now.standing(name)}
    assert standings == {name: standing for name, (_, _, _, standing) in goes.items() if standing}


def test_what_is_carried_is_never_an_answer(store: Store) -> None:
    empty = sheet(store, later(store, year=2025)).profile
    round_id, receipt = carried(store, *ALL)
    assert sheet(store, round_id).profile == empty
    assert len(receipt.rows) == 10
    done = service.faults_against_signing(LOCAL, store, round_id, "A. Director")
    assert [fault.place for fault in done] == list(SECOND.practices)
    refused(store, "The practice is not answered.", service.sign, round_id, "A. Director")


def test_a_proposal_changes_no_figure_of_what_was_answered_already(store: Store) -> None:
    there = settled("second", "care.lock", "people.briefing")
    round_id = later(store, *there)
    before = service.profile(LOCAL, store, round_id).profile
    service.carry_over(LOCAL, store, round_id, earlier(store, *ALL))
    assert service.profile(LOCAL, store, round_id).profile == before


def test_confirming_a_proposal_makes_it_an_answer_and_it_waits_no_more(store: Store) -> None:
    round_id, receipt = carried(store, *ALL)
    proposed = {row.practice: row.proposed for row in receipt.rows if row.proposed}
    assert set(proposed) == {"care.key_register", "care.count", "people.briefing"}
    for practice, one in proposed.items():
        assert sheet(store, round_id).standing(practice) == "to_confirm"
        kind = {"not_applicable": True} if one.not_applicable else {"step": one.step}
        save(store, round_id, practice, outside=one.outside, reason=one.reason, **kind)
        assert sheet(store, round_id).standing(practice) == ""
    now = sheet(store, round_id).answers
    assert now["care.key_register"] == replace(KEYS, practice="care.key_register")
    assert now["people.briefing"] == replace(BRIEFING, practice="people.briefing")
    assert sheet(store, round_id).profile.factors[0].answered == 2


def test_whatever_settles_a_practice_ends_its_waiting_and_taking_it_back_begins_it_again(
    store: Store,
) -> None:
    round_id, _ = carried(store, KEYS, SHELVES)
    save(store, round_id, "care.key_register", reason="Nobody has looked yet.")
    save(store, round_id, "order.shelf_plan", step="all")
    now = sheet(store, round_id)
    assert (now.standing("care.key_register"), now.standing("order.shelf_plan")) == ("", "")
    assert now.standing("order.shelf_numbers") == "undetermined"
    save(store, round_id, "care.key_register", reason="")
    assert sheet(store, round_id).standing("care.key_register") == "to_confirm"


def test_without_a_receipt_nothing_waits_to_be_confirmed(store: Store) -> None:
    now = sheet(store, later(store))
    assert now.receipt is None
    assert {now.standing(name) for name in SECOND.practices} == {""}


# --- between editions and forms


def test_in_the_same_edition_every_answer_is_proposed_as_it_was(store: Store) -> None:
    round_id, receipt = carried(store, *ALL, edition="first")
    assert {row.outcome for row in receipt.rows} == {"copied"}
    assert all(row.earlier == row.practice for row in receipt.rows)
    waiting = [name for name in FIRST.practices if sheet(store, round_id).standing(name) == "to_confirm"]
    assert waiting == [name for name in FIRST.practices if name != "care.lock"]


def test_over_an_edition_on_the_way_each_answer_goes_as_far_as_its_practice(store: Store) -> None:
    _, receipt = carried(store, KEYS, ALARM, SHELVES, edition="third")
    assert Counter((row.practice, row.outcome) for row in receipt.rows) == {
        ("care.key_register", "copied"): 1,
        ("order.shelf_plan", "to_confirm"): 1,
        ("order.shelf_numbers", "to_confirm"): 1,
        ("", "dropped"): 1,
    }


CORE = [name for name, practice in EDITION.practices.items() if practice.core]


@pytest.mark.parametrize(("then", "now"), [("short", "whole"), ("whole", "short")])
def test_between_the_forms_the_core_practices_go_over(store: Store, then: str, now: str) -> None:
    asked = CORE if then == "short" else list(EDITION.practices)
    answers = [Answer(name, STEPS[at % 5], note=f"note {at}") for at, name in enumerate(asked)]
    source = opened(store, answers, year=2024, form=then)
    round_id = opened(store, form=now)
    receipt = service.carry_over(LOCAL, store, round_id, source)
    outcomes = Counter(row.outcome for row in receipt.rows)
    assert outcomes == Counter(["copied"] * 40 + ["dropped"] * (len(asked) - 40))
    assert {row.practice for row in receipt.rows} - {""} == set(CORE)
    assert sheet(store, round_id).answers == {
        answer.practice: Answer(answer.practice, note=answer.note)
        for answer in answers
        if answer.practice in CORE
    }


def test_national_practices_go_over_by_their_id(store: Store) -> None:
    national()
    source = earlier(store, Answer(DOG, "yes", note="It is old."))
    round_id = later(store, edition="first")
    (row,) = service.carry_over(LOCAL, store, round_id, source).rows
    assert (row.practice, row.outcome, row.proposed) == (DOG, "copied", Proposal("yes"))
    assert sheet(store, round_id).standing(DOG) == "to_confirm"


def test_a_signed_round_is_carried_over_as_well_as_an_open_one(store: Store) -> None:
    source = earlier(store, *settled("first"))
    service.sign(LOCAL, store, source, "A. Director")
    before = rows_of(store, source)
    receipt = service.carry_over(LOCAL, store, later(store), source)
    assert {row.outcome for row in receipt.rows} == {"copied", "rescaled", "to_confirm", "dropped"}
    assert rows_of(store, source) == before
    assert service.verify(LOCAL, store, source) == []


# --- what is left alone


def test_the_earlier_round_stays_as_it_is_to_the_last_cell(store: Store) -> None:
    source = earlier(store, *ALL)
    service.visit(LOCAL, store, source, "care", at=DAY)
    before, seen = rows_of(store, source), sheet(store, source)
    service.carry_over(LOCAL, store, later(store), source, at=LATER)
    assert rows_of(store, source) == before
    assert sheet(store, source) == seen


def test_what_was_written_in_the_later_round_already_stays(store: Store) -> None:
    there = [
        Answer("care.key_register", "all", note="Counted today."),
        Answer("order.shelf_plan", note="New shelves."),
        Answer("care.count", "all"),
    ]
    round_id = later(store, *there)
    service.carry_over(LOCAL, store, round_id, earlier(store, *ALL), at=LATER)
    now = sheet(store, round_id)
    assert {name: now.answers[name] for name in ("care.key_register", "order.shelf_plan", "care.count")} == {
        answer.practice: answer for answer in there
    }
    assert now.answers["order.shelf_numbers"].note == "Row C has none."
    assert now.standing("care.key_register") == ""
    assert now.standing("order.shelf_plan") == "undetermined"


def test_a_change_that_waits_for_a_decision_goes_on_waiting(store: Store) -> None:
    source = opened(store, [Answer(CORE[0], STEPS[1])], year=2024, form="short")
    round_id = opened(store, form="short")
    save_id = met(store, round_id)
    before = sheet(store, round_id).met
    service.carry_over(LOCAL, store, round_id, source)
    assert sheet(store, round_id).met == before
    service.settle(LOCAL, store, save_id, "mine")


# --- a second time


def test_a_second_time_changes_nothing_and_gives_the_same_receipt(store: Store) -> None:
    round_id = later(store)
    source = earlier(store, *ALL)
    first = service.carry_over(LOCAL, store, round_id, source, at=DAY)
    before = everything(store)
    assert service.carry_over(LOCAL, store, round_id, source, at=LATER) == first
    save(store, source, "care.lock", step="all")
    rows = everything(store)
    assert service.carry_over(LOCAL, store, round_id, source, at=LATER).rows == first.rows
    assert everything(store) == rows
    assert rows["carried"] == before["carried"]


def test_a_note_that_was_changed_or_taken_away_is_not_brought_back(store: Store) -> None:
    round_id, receipt = carried(store, *ALL)
    save(store, round_id, "care.key_register", note="Counted today.")
    save(store, round_id, "order.disposal", note="")
    before = everything(store)
    service.carry_over(LOCAL, store, round_id, receipt.source.id)
    assert everything(store) == before


def test_answers_of_a_second_round_are_refused(store: Store) -> None:
    round_id, receipt = carried(store, *ALL)
    another = earlier(store, KEYS, year=2022)
    said = (
        f"{round_id}: The answers of the round {receipt.source.id} were carried over already. "
        "Confirm those, or answer anew."
    )
    refused(store, said, service.carry_over, round_id, another)


# --- the receipt


def test_the_receipt_is_read_as_it_was_given(store: Store) -> None:
    round_id, receipt = carried(store, *ALL)
    assert sheet(store, round_id).receipt == receipt
    assert (receipt.source.year, receipt.at, receipt.by) == (2024, LATER, "local")
    assert [row.as_dict() for row in sheet(store, round_id).receipt.rows] == [  # type: ignore[union-attr]
        row.as_dict() for row in receipt.rows
    ]
    assert receipt.by_practice["order.entry"] == tuple(r for r in receipt.rows if r.practice == "order.entry")


def test_the_plan_is_the_receipt_and_changes_nothing(store: Store) -> None:
    round_id, source = later(store), earlier(store, *ALL)
    before = everything(store)
    plan = service.carry_plan(LOCAL, store, round_id, source)
    assert everything(store) == before
    assert service.carry_over(LOCAL, store, round_id, source).rows == plan
    assert plan == carrying.plan(FIRST, SECOND, ALL)


def test_the_receipt_bears_who_carried_over_and_when_and_so_does_the_history(store: Store) -> None:
    clerk = Actor(
        "clerk",
        dict.fromkeys(frozenset({Permission.ANSWER_READ, Permission.ANSWER_WRITE}), Reach.ANYWHERE),
        role="local",
    )
    round_id, source = later(store), earlier(store, *ALL)
    receipt = service.carry_over(clerk, store, round_id, source, at=LATER)
    assert (receipt.at, receipt.by) == (LATER, "clerk")
    assert service.find(LOCAL, store, round_id).touched_at == LATER
    (only,) = service.history(LOCAL, store, round_id, "care.key_register")
    assert (only.version, only.changed_at, only.changed_by) == (1, LATER, "clerk")
    assert only.answer == Answer("care.key_register", note="Since May.")
    assert service.history(LOCAL, store, round_id, "care.camera") == ()
    save(store, round_id, "care.key_register", step="half")
    assert [one.version for one in service.history(LOCAL, store, round_id, "care.key_register")] == [2, 1]
    assert service.verify(LOCAL, store, round_id) == []


def test_a_receipt_survives_signing_and_reopening(store: Store) -> None:
    round_id, receipt = carried(store, *ALL)
    service.import_answers(LOCAL, store, round_id, settled("second"))
    service.sign(LOCAL, store, round_id, "A. Director")
    assert sheet(store, round_id).receipt == receipt
    service.reopen(LOCAL, store, round_id, "A late survey.")
    assert sheet(store, round_id).receipt == receipt
    assert service.verify(LOCAL, store, round_id) == []


def test_a_text_too_long_to_join_another_is_in_the_receipt(store: Store) -> None:
    long = [Answer("order.visitors", "yes", note="v" * 15_000), Answer("order.badges", note="b" * 15_000)]
    round_id, receipt = carried(store, *long)
    assert sheet(store, round_id).answers["order.entry"].note == "v" * 15_000
    assert [row.answer.note for row in receipt.rows] == ["v" * 15_000, "b" * 15_000]
    assert sheet(store, round_id).receipt == receipt


texts = st.sampled_from(
    ["", "", " ", "Since May.", "=1+1", "Zoë 中文 🙂\u202e", "one\r\ntwo\u2028", "x" * 19_000]
)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Answer, ...]:
    """Draw a round of the first edition as the program keeps it: some answers need a reason."""
    given = []
    for answer in draw(rounds(FIRST)):
        reason = draw(texts)
        if (answer.not_applicable or answer.outside) and not reason.strip():
            reason = "Because."
        given.append(replace(answer, reason=reason, note=draw(texts)))
    return tuple(given)


NUMBERS = count()


def written(answers: Mapping[str, Answer]) -> set[str]:
    """Return every text that says something."""
    return {text for one in answers.values() for text in (one.reason, one.note) if text.strip()}


def test_every_text_of_the_earlier_round_is_in_the_later_one_s_notes_or_in_the_receipt(
    store: Store,
) -> None:
    codes = sorted(members())

    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(answered(), st.sampled_from(["first", "second", "third"]))
    @example(ALL, "second")
    def try_one(answers: tuple[Answer, ...], edition: str) -> None:
        number = next(NUMBERS)
        code, year = codes[number % len(codes)], 2000 + number // len(codes)
        source = opened(store, answers, code, year, edition="first")
        round_id = opened(store, code=code, year=year + 50, edition=edition)
        before = sheet(store, source)
        if not any(a.step or a.not_applicable or a.reason.strip() or a.note.strip() for a in answers):
            refused(store, "Nothing was answered in this round.", service.carry_over, round_id, source)
            return
        receipt = service.carry_over(LOCAL, store, round_id, source)
        now = sheet(store, round_id)
        kept = {text for row in receipt.rows for text in (row.answer.reason, row.answer.note)}
        proposed = {row.proposed.reason for row in receipt.rows if row.proposed}
        assert written(before.answers) <= kept
        for row in receipt.rows:
            _goes_on_somewhere(row, now, proposed)
        assert all(one == Answer(one.practice, note=one.note) for one in now.answers.values())
        assert now.profile == score(now.questionnaire, [])
        assert sheet(store, source) == before
        assert now.receipt == receipt

    try_one()


def _goes_on_somewhere(row: Carried, now: Sheet, proposed: set[str]) -> None:
    """Hold a row to what a person finds: its texts in the note, or no room there; its reason proposed."""
    if not row.practice:
        return
    note = now.answers[row.practice].note if row.practice in now.answers else ""
    for text in row.texts:
        assert text in note or len(note) + len(text) + 2 > LONGEST_TEXT
    if row.proposed and row.answer.reason:
        assert row.answer.reason in proposed


# --- opened with it


def test_a_round_is_opened_with_what_an_earlier_one_proposes(store: Store) -> None:
    source = earlier(store, *ALL)
    before = rows_of(store, source)
    round_ = service.open_round(LOCAL, store, "KE", "second", 2026, carry_from=source, at=LATER)
    receipt = sheet(store, round_.id).receipt
    assert receipt is not None
    assert receipt.rows == carrying.plan(FIRST, SECOND, ALL)
    assert (receipt.at, receipt.source.id, round_.touched_at) == (LATER, source, LATER)
    assert rows_of(store, source) == before


def test_a_round_that_cannot_be_carried_into_is_not_opened_either(store: Store) -> None:
    source, empty = earlier(store, *ALL), earlier(store, year=2022)
    for edition, year, carry_from, said in (
        ("second", 2024, source, "The round is of 2024, which is not before 2024."),
        ("other", 2026, source, "does not follow first"),
        ("second", 2026, empty, "Nothing was answered in this round."),
        ("second", 2026, "nothing", "There is no round with this id."),
    ):
        refused(store, said, service.open_round, "KE", edition, year, carry_from=carry_from)
    said = "The round is of another administration."
    refused(store, said, service.open_round, "UG", "second", 2026, carry_from=source)


def test_a_fault_while_a_round_is_opened_with_it_leaves_neither(store: Store) -> None:
    source = earlier(store, *ALL)

    def act() -> object:
        return service.open_round(LOCAL, store, "KE", "second", 2026, carry_from=source)

    assert failing_everywhere(store, act) > 10
    assert len(everything(store)["carried"]) == 10


@pytest.mark.parametrize("missing", [Permission.ROUND_OPEN, Permission.ANSWER_READ, Permission.ANSWER_WRITE])
def test_opening_a_round_with_it_needs_the_permissions_of_both(store: Store, missing: Permission) -> None:
    source = earlier(store, *ALL)
    clerk = Actor("clerk", dict.fromkeys(frozenset(Permission) - {missing}, Reach.ANYWHERE), role="local")
    before = everything(store)
    with pytest.raises(Refused, match=f"You do not hold the permission {missing}"):
        service.open_round(clerk, store, "KE", "second", 2026, carry_from=source)
    assert everything(store) == before


# --- what is refused


@pytest.mark.parametrize("act", [service.carry_over, service.carry_plan])
def test_only_an_earlier_round_of_the_same_administration_is_carried_over(store: Store, act: Any) -> None:
    round_id = later(store)
    uganda = opened(store, [KEYS], "UG", 2024, edition="first")
    remedy = "Choose an earlier round of the same administration."
    refused(store, f"{uganda}: The round is of another administration. {remedy}", act, round_id, uganda)
    for year in (2026, 2028):
        source = earlier(store, KEYS, year=year)
        said = f"{source}: The round is of {year}, which is not before 2026. {remedy}"
        refused(store, said, act, round_id, source)
    refused(store, "The round is of 2026, which is not before 2026.", act, round_id, round_id)


@pytest.mark.parametrize("act", [service.carry_over, service.carry_plan])
def test_only_editions_of_one_line_go_over_and_only_onwards(store: Store, act: Any) -> None:
    source = earlier(store, KEYS)
    said = "other: The edition other does not follow first, nor the other way round. "
    said += "Choose two editions of one line; other follows none."
    refused(store, said, act, later(store, edition="other"), source)
    back = earlier(store, Answer("care.camera", "all"), edition="second")
    said = "first: The edition first is older than second, which was answered. "
    said += "Carry answers over to a later edition."
    refused(store, said, act, later(store, edition="first"), back)


@pytest.mark.parametrize("act", [service.carry_over, service.carry_plan])
@pytest.mark.parametrize("name", ["nothing", "", "\0", HALF, "x" * 5000])
def test_a_round_that_is_not_there_is_neither_source_nor_target(store: Store, act: Any, name: str) -> None:
    round_id, source = later(store), earlier(store, KEYS)
    said = "There is no round with this id."
    refused(store, said, act, round_id, name)
    refused(store, said, act, name, source)
    near = source[:-1] + "_"
    refused(store, f"{near}: {said} Did you mean {source}?", act, round_id, near)


def test_nothing_is_carried_into_a_round_that_is_signed_off(store: Store) -> None:
    round_id, source = later(store, *settled("second")), earlier(store, *ALL)
    service.sign(LOCAL, store, round_id, "A. Director")
    said = f"{round_id}: The round is signed off and cannot be changed. Reopen it with a reason; "
    refused(store, said, service.carry_over, round_id, source)
    service.reopen(LOCAL, store, round_id, "To look at the earlier round.")
    assert service.carry_over(LOCAL, store, round_id, source).rows


@pytest.mark.parametrize("answers", [(), (Answer("care.lock", note="  "), Answer("care.keys", reason="\n"))])
def test_a_round_in_which_nothing_was_answered_is_not_carried_over(
    store: Store, answers: tuple[Answer, ...]
) -> None:
    round_id, source = later(store), earlier(store, *answers)
    said = f"{source}: Nothing was answered in this round. Choose another round, or begin without."
    refused(store, said, service.carry_over, round_id, source)
    assert service.carry_plan(LOCAL, store, round_id, source) == ()


@pytest.mark.parametrize("act", [service.carry_over, service.carry_plan])
@pytest.mark.parametrize("faulty", ["first", "second"])
def test_while_national_practices_cannot_be_read_nothing_is_carried_over(
    store: Store, act: Any, faulty: str
) -> None:
    national()
    source = earlier(store, KEYS, Answer(DOG, "yes", note="It is old."))
    round_id = later(store)
    structure = changed(STRUCTURE, ('"first"', f'"{faulty}"'), ("number = 1", "number = 9"))
    folder = national(structure, TEXT, edition=faulty)
    said = f"{faulty}/structure.toml · care: The factor care has the number 9; in the edition it is 1."
    refused(store, said, act, round_id, source)
    for path in folder.iterdir():
        path.unlink()
    national()
    assert len(service.carry_over(LOCAL, store, round_id, source).rows) == 2


def test_whoever_may_not_write_carries_nothing_over(store: Store) -> None:
    reader = Actor("reader", dict.fromkeys(frozenset({Permission.ANSWER_READ}), Reach.ANYWHERE), role="local")
    round_id, source = later(store), earlier(store, *ALL)
    before = everything(store)
    assert len(service.carry_plan(reader, store, round_id, source)) == 10
    with pytest.raises(Refused, match=r"reader: You do not hold the permission answer:write"):
        service.carry_over(reader, store, round_id, source)
    assert everything(store) == before


# --- faults


def test_a_fault_at_any_statement_leaves_nothing_half_written(store: Store) -> None:
    round_id, source = later(store), earlier(store, *ALL)
    before = everything(store)
    assert failing_everywhere(store, lambda: service.carry_over(LOCAL, store, round_id, source)) > 10
    after = everything(store)
    assert len(after["carried"]) == 10
    assert len(after["answer_versions"]) > len(before["answer_versions"])


def test_a_fault_while_a_round_is_widened_leaves_it_short(store: Store) -> None:
    round_id = opened(store, form="short")
    assert failing_everywhere(store, lambda: service.ask_whole(LOCAL, store, round_id)) >= 3
    assert service.find(LOCAL, store, round_id).form == "whole"


def test_the_rows_of_a_receipt_hold_every_field_of_an_answer() -> None:
    assert (
        set(ledger.FIELDS)
        == set(vars(Answer("x"))) - {"practice"}
        == set(vars(EarlierAnswer("x"))) - {"practice"}
    )


def test_widening_completes_what_the_short_form_left_behind(store: Store) -> None:
    """Carried whole into short, a round that goes on whole proposes the rest as well."""
    earlier = opened(store, whole(note="kept"), year=2024)
    later = service.open_round(LOCAL, store, "KE", EDITION.id, 2026, form="short", at=DAY).id
    first = service.carry_over(LOCAL, store, later, earlier, at=DAY)
    service.ask_whole(LOCAL, store, later, at=LATER)
    sheet = service.sheet(LOCAL, store, later)
    assert sheet.receipt is not None
    assert sheet.receipt.rows[: len(first.rows)] == first.rows, "what was kept stays"
    assert {row.practice for row in sheet.receipt.rows} - {""} == set(EDITION.practices)
    notes = Counter(answer.note for answer in sheet.answers.values())
    assert notes == {"kept": len(EDITION.practices) - 3, "The audit is under way.": 1}
    assert service.carry_over(LOCAL, store, later, earlier).rows == sheet.receipt.rows


def test_a_plan_is_refused_where_carrying_would_be(store: Store) -> None:
    first, second = opened(store, whole(), year=2024), opened(store, whole(), year=2023)
    with pytest.raises(Refused, match="signed off"):
        service.carry_plan(LOCAL, store, signed(store), first)
    open_ = opened(store, year=2025)
    service.carry_over(LOCAL, store, open_, first)
    with pytest.raises(Refused, match="carried over already"):
        service.carry_plan(LOCAL, store, open_, second)
