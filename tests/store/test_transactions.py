"""A transaction is kept as a whole or not at all, and writers wait for each other on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.assessments.records import RoundRecord
from arusha.members import service as members
from arusha.store import Store, open_store
from questionnaires.problems import Refused


def codes(store: Store) -> list[str]:
    return [one.code for one in members.registered(LOCAL, store)]


def test_what_fails_in_the_middle_changes_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing(LOCAL) as session:
            members.ensure(session, "KE")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        fail()
    assert codes(store) == []


def test_what_a_reader_changes_is_never_kept(store: Store) -> None:
    with suppress(Refused), store.reading(LOCAL) as session:  # PostgreSQL does not even let it try
        members.ensure(session, "KE")
        session.flush()
    assert codes(store) == []


def test_a_reader_sees_one_moment_of_the_database(store: Store, database_url: str) -> None:
    with closing(open_store(database_url)) as other, store.reading(LOCAL) as session:
        count = text("SELECT count(*) FROM administrations")
        before = session.scalar(count)
        members.register(LOCAL, other, "KE")
        assert (before, session.scalar(count)) == (0, 0)
    assert codes(store) == ["KE"]


def test_a_row_that_points_to_nothing_is_not_kept(store: Store) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    lost = RoundRecord(id="x", administration="KE", edition="e", year=2026, state="open", revision=1,
                       opened_at=moment, touched_at=moment)  # fmt: skip
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.writing(LOCAL) as session:
        session.add(lost)
    assert service.rounds(LOCAL, store) == ()


def test_a_moment_comes_back_in_utc_whatever_zone_it_was_given_in(store: Store) -> None:
    given = datetime(2026, 3, 1, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
    service.open_round(LOCAL, store, "KE", "arusha_2026", 2026, at=given)
    kept = service.rounds(LOCAL, store)[0].opened_at
    assert kept == given
    assert kept.utcoffset() == timedelta(0)


@pytest.fixture
def stores(database_url: str) -> Iterator[list[Store]]:
    """Return several stores on one database, as several processes have them."""
    opened = [open_store(database_url) for _ in range(4)]
    yield opened
    for one in opened:
        one.close()


def test_writers_at_once_wait_for_each_other_and_lose_nothing(stores: list[Store]) -> None:
    round_ = service.open_round(LOCAL, stores[0], "KE", "arusha_2026", 2026)
    practice = next(iter(service.sheet(LOCAL, stores[0], round_.id).questionnaire.practices))

    def write(number: int) -> None:
        store = stores[number % len(stores)]
        given = service.sheet(LOCAL, store, round_.id).given.get(practice)
        seen = given.version if given else 0
        service.save_answer(LOCAL, store, round_.id, practice, {"note": f"note {number}"}, seen)

    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(write, range(12)))
    kept = [given.answer.note for given in service.history(LOCAL, stores[0], round_.id, practice)]
    waiting = service.sheet(LOCAL, stores[0], round_.id).met.get(practice, ())
    waiting_notes = [met.change["note"] for met in waiting]
    assert sorted([*kept, *waiting_notes]) == sorted(f"note {number}" for number in range(12))


def test_a_round_opened_by_two_at_once_is_there_once(stores: list[Store]) -> None:
    def open_one(store: Store) -> str:
        try:
            return service.open_round(LOCAL, store, "KE", "arusha_2026", 2026).state
        except Refused as refused:
            return str(refused)

    with ThreadPoolExecutor(len(stores)) as pool:
        said = list(pool.map(open_one, stores))
    assert said.count("open") == 1
    assert sum("There is a round of this administration" in one for one in said) == len(stores) - 1
