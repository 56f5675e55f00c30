"""The sample comes in whole: quickly, after an interruption, and when two load it at once."""

import csv
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from arusha.access.rules import LOCAL
from arusha.assessments import sample, service
from arusha.assessments.rules import Entry
from arusha.assessments.views import Seen
from arusha.members import service as members
from arusha.store import Store, open_store
from questionnaires.forms import in_form
from questionnaires.problems import Refused
from scoring.answers import Answer
from scoring.profile import score
from tests.assessments.rounds import EDITION, Injected, everything, failing_everywhere, fault_at

ENTRIES = tuple(sample.read())


def is_whole(store: Store) -> None:
    """Hold the database to the files: every round with its answers, its state and a signature that holds."""
    rounds = {(one.administration, one.year): one for one in service.rounds(LOCAL, store)}
    assert len(rounds) == len(ENTRIES) == 48
    for entry in ENTRIES:
        round_ = rounds[entry.administration, entry.year]
        sheet = service.sheet(LOCAL, store, round_.id)
        given = {answer.practice: answer for answer in entry.answers if answer != replace(answer, step=None)}
        assert {name: sheet.answers[name] for name in given} == given
        assert round_.signed == bool(entry.signed_by)
        assert {one.version for one in sheet.given.values()} == {1}


def test_the_files_say_what_comes_in() -> None:
    with (sample.HOME / "rounds.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert {(e.administration, str(e.year), e.signed_by) for e in ENTRIES} == {
        (row["administration"], row["year"], row["signed_by"]) for row in rows
    }
    assert [(e.administration, e.year) for e in ENTRIES] == sorted(
        (e.administration, e.year) for e in ENTRIES
    )
    assert {(e.administration, str(e.year)): e.form for e in ENTRIES} == {
        (row["administration"], row["year"]): row["form"] for row in rows
    }
    assert set(sample.stories()) == {entry.administration for entry in ENTRIES}


def test_the_sample_comes_in_whole_and_only_once(store: Store) -> None:
    assert sample.load(LOCAL, store) == 48
    is_whole(store)
    before = everything(store)
    assert sample.load(LOCAL, store) == 0
    assert everything(store) == before


def scored(seen: Seen) -> list[Answer]:
    """Return the answers to the edition's own practices, which the national ones stand beside."""
    return [answer for name, answer in seen.answers.items() if name in EDITION.practices]


def test_every_signature_of_the_sample_holds_and_bears_its_moment(store: Store) -> None:
    sample.load(LOCAL, store)
    for round_ in service.rounds(LOCAL, store):
        assert service.verify(LOCAL, store, round_.id) == []
        seen = service.profile(LOCAL, store, round_.id)
        assert seen.questionnaire.id == EDITION.id
        assert seen.profile == score(in_form(EDITION, round_.form), scored(seen))
        assert (seen.signature is not None) == round_.signed
        if seen.signature is not None:
            assert (
                seen.signature.signed_at == datetime(round_.year, 11, 12, 9, tzinfo=UTC) == round_.touched_at
            )
    assert all(one.fictional for one in members.registered(LOCAL, store))


def test_the_sample_is_there_in_a_moment(sqlite_store: Store) -> None:
    begun = time.perf_counter()
    sample.load(LOCAL, sqlite_store)
    assert time.perf_counter() - begun < 5  # half a second on an idle machine


@pytest.mark.parametrize("number", [3, 100, 10_000])
def test_an_interrupted_load_leaves_nothing_and_the_next_one_completes(store: Store, number: int) -> None:
    with suppress(Injected), fault_at(number):
        sample.load(LOCAL, store)
    assert len(service.rounds(LOCAL, store)) in (0, 48)
    sample.load(LOCAL, store)
    is_whole(store)


def test_a_load_completes_what_another_began(store: Store) -> None:
    service.enter_rounds(LOCAL, store, ENTRIES[5:20])
    assert sample.load(LOCAL, store) == 48 - 15
    is_whole(store)


def test_what_a_person_did_in_the_sample_stays(store: Store) -> None:
    service.enter_rounds(LOCAL, store, ENTRIES[:1])
    round_id = service.rounds(LOCAL, store)[0].id
    service.reopen(LOCAL, store, round_id, "to look around")
    before = service.sheet(LOCAL, store, round_id)
    sample.load(LOCAL, store)
    assert service.sheet(LOCAL, store, round_id) == before


@pytest.fixture
def stores(sqlite_url: str) -> Iterator[list[Store]]:
    """Return several stores on one new database, as several processes have them."""
    opened = [open_store(sqlite_url) for _ in range(3)]
    yield opened
    for one in opened:
        one.close()


def test_several_loads_at_once_all_end_well_with_one_whole_sample(stores: list[Store]) -> None:
    with ThreadPoolExecutor(len(stores)) as pool:
        came_in = list(pool.map(lambda one: sample.load(LOCAL, one), stores))
    assert sorted(came_in) == [0, 0, 48]
    is_whole(stores[0])


def test_several_loads_at_once_all_end_well_on_a_server_too(postgresql_url: str) -> None:
    with closing(open_store(postgresql_url)) as store, ThreadPoolExecutor(3) as pool:
        came_in = list(pool.map(lambda _: sample.load(LOCAL, store), range(3)))
        assert sorted(came_in) == [0, 0, 48]
        is_whole(store)


def test_entering_rounds_fails_as_a_whole_at_every_statement(store: Store) -> None:
    entries = [replace(one, answers=one.answers[:40]) for one in ENTRIES[:2]]
    assert failing_everywhere(store, lambda: service.enter_rounds(LOCAL, store, entries)) > 10


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (replace(ENTRIES[1], edition="arusha_2062"), "Did you mean arusha_2026?"),
        (replace(ENTRIES[1], year=1800), "from 1990 to 2100"),
        (replace(ENTRIES[1], answers=ENTRIES[1].answers[1:]), "The practice is not answered."),
        (replace(ENTRIES[1], answers=ENTRIES[1].answers * 2), "answered twice"),
        (replace(ENTRIES[1], signed_by="x" * 201), "at most 200"),
        (replace(ENTRIES[4], administration="QQ"), "not the code of a WCO Member"),
        (replace(ENTRIES[4], name="\0"), "can keep"),
    ],
)
def test_rounds_with_a_fault_come_in_not_at_all(store: Store, faulty: Entry, said: str) -> None:
    before = everything(store)
    with pytest.raises(Refused) as refused:
        service.enter_rounds(LOCAL, store, [ENTRIES[0], faulty])
    assert said in str(refused.value)
    assert everything(store) == before


def test_a_round_that_is_there_is_not_entered_again(store: Store) -> None:
    assert service.enter_rounds(LOCAL, store, [ENTRIES[0], ENTRIES[0]]) == 1
    assert len(service.rounds(LOCAL, store)) == 1
