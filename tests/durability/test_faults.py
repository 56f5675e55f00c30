"""A fault at any statement leaves the database as it was or as it is meant to be, never between the two."""

from collections.abc import Callable
from itertools import count

import pytest

from arusha.access.people import accounts
from arusha.access.rules import Actor, Audience
from arusha.assessments import disclosure, service
from arusha.assessments.consent import Choice
from arusha.store import Store
from questionnaires.problems import Refused
from scoring.answers import Answer
from tests.access.people import PASSWORD, acting, cheapen
from tests.assessments.rounds import FIRST, SECOND, STEPS, whole
from tests.durability import books
from tests.durability.conftest import opened
from tests.durability.faults import AFTER, BEFORE, fault_at

SAID = {"sqlite": "The disk is full, or it cannot be written.", "postgresql": "does not answer"}
Act = Callable[[], object]
Shape = dict[str, int]


def coordinator(code: str) -> Actor:
    """Return who answers for an administration."""
    return acting("coordinator", code, f"coordinator{code}")


def head(code: str) -> Actor:
    """Return who signs for an administration."""
    return acting("head", code, f"head{code}")


def answered(store: Store, code: str, year: int = 2026) -> str:
    """Open a round and answer all of it; return its id."""
    round_id = opened(store, code, year)
    service.import_answers(coordinator(code), store, round_id, whole())
    return round_id


def first_save(store: Store, code: str) -> Act:
    round_id, change = opened(store, code), {"step": STEPS[1], "note": "x"}
    return lambda: service.save_answer(coordinator(code), store, round_id, FIRST, change, 0, save_id=code)


def later_save(store: Store, code: str) -> Act:
    round_id, change = answered(store, code), {"note": "x"}
    return lambda: service.save_answer(coordinator(code), store, round_id, FIRST, change, 1, save_id=code)


def save_that_meets(store: Store, code: str) -> Act:
    round_id, change = answered(store, code), {"step": STEPS[3]}
    return lambda: service.save_answer(coordinator(code), store, round_id, FIRST, change, 0, save_id=code)


def decision(store: Store, code: str) -> Act:
    save_that_meets(store, code)()
    return lambda: service.settle(coordinator(code), store, code, "mine")


def file(store: Store, code: str) -> Act:
    round_id = opened(store, code)
    service.import_answers(coordinator(code), store, round_id, [Answer(SECOND, STEPS[0])])
    return lambda: service.import_answers(coordinator(code), store, round_id, whole())


def signature(store: Store, code: str) -> Act:
    round_id = answered(store, code)
    return lambda: service.sign(head(code), store, round_id, "A. Director")


def reopening(store: Store, code: str) -> Act:
    round_id = answered(store, code)
    service.sign(head(code), store, round_id, "A. Director")
    return lambda: service.reopen(head(code), store, round_id, "A late survey.")


def carrying(store: Store, code: str) -> Act:
    source = answered(store, code, 2024)
    later = {"note": "A note that comes along."}
    service.save_answer(coordinator(code), store, source, FIRST, later, 1)
    round_id = opened(store, code)
    return lambda: service.carry_over(coordinator(code), store, round_id, source)


def sharing(store: Store, code: str) -> Act:
    round_id = answered(store, code)
    service.sign(head(code), store, round_id, "A. Director")
    choices = {"leadership": Choice(Audience.WCO), "reform": Choice(Audience.PUBLIC, with_notes=True)}
    seen = disclosure.preview(head(code), store, round_id, choices).fingerprint
    return lambda: disclosure.decide(head(code), store, round_id, choices, expected=seen)


def withdrawal(store: Store, code: str) -> Act:
    sharing(store, code)()
    round_id = service.rounds(head(code), store)[0].id
    return lambda: disclosure.withdraw(head(code), store, round_id, ["leadership"])


def account(store: Store, code: str) -> Act:
    system, name = acting("system"), f"anna{code}"
    return lambda: accounts.add(system, store, name, "head", administration=code, password=PASSWORD)


ACTS = (
    *(first_save, later_save, save_that_meets, decision, file),
    *(signature, reopening, carrying, sharing, withdrawal, account),
)


def shape(store: Store) -> Shape:
    """Return how many rows each table has."""
    return {name: len(rows) for name, rows in books.everything(store).items()}


def grown(store: Store, act: Act) -> Shape:
    """Do something; return by how many rows each table grew."""
    before = shape(store)
    act()
    return {name: rows - before[name] for name, rows in shape(store).items()}


def refusal(act: Act) -> str:
    """Do something; return why it was refused, '' when it was done."""
    try:
        act()
    except Refused as refused:
        return str(refused)
    return ""


def failing_everywhere(store: Store, act: Act, growth: Shape, when: str) -> int:
    """Let each statement of an act fail in turn; return how many did, the last one being the commit.

    After each the database is as it was; after a fault behind the commit it is as it is meant to be.
    """
    before = books.everything(store)
    for number in count(1):
        with fault_at(store, number, when) as made:
            told = refusal(act)
        if not told:
            return made()
        assert SAID[store.dialect] in told
        if books.everything(store) != before:
            _require_done(store, before, growth, f"statement {number}")
            return number
    raise AssertionError


def _require_done(
    store: Store, before: dict[str, list[tuple[object, ...]]], growth: Shape, where: str
) -> None:
    after = {name: len(before[name]) + rows for name, rows in growth.items()}
    assert shape(store) == after, f"{where} left half of it behind"
    assert books.disagreements(store) == [], where


@pytest.mark.parametrize("prepared", ACTS, ids=lambda act: act.__name__)
def test_a_fault_at_any_statement_leaves_nothing_half_done(
    served: Store, prepared: Callable[[Store, str], Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    cheapen(monkeypatch)
    growth = grown(served, prepared(served, "XA"))
    assert growth["trail"] > 0
    for when, code in ((BEFORE, "XB"), (AFTER, "XC")):
        assert failing_everywhere(served, prepared(served, code), growth, when) > 5
    assert books.disagreements(served) == []


def test_the_harness_finds_what_is_done_in_two_transactions(served: Store) -> None:
    def in_two(code: str) -> Act:
        first, second = later_save(served, code), account(served, code)
        return lambda: (first(), second())

    growth = grown(served, in_two("XA"))
    with pytest.raises(AssertionError, match="left half of it behind"):
        failing_everywhere(served, in_two("XB"), growth, BEFORE)


def test_a_save_whose_answer_was_lost_is_told_of_when_it_is_sent_again(served: Store) -> None:
    act = first_save(served, "XA")
    before = books.everything(served)
    for number in count(1):
        with fault_at(served, number, AFTER), pytest.raises(Refused):
            act()
        if books.everything(served) != before:
            break
    after = books.everything(served)
    assert act().version == 1  # type: ignore[attr-defined]
    assert books.everything(served) == after
