"""Faults of a database's driver: one statement fails, before or after the database has done it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg

from arusha.store import Store

EXECUTES = ("do_execute", "do_executemany", "do_commit")
BEFORE, AFTER = "before", "after"
Fail = Callable[[Any], None]


def no_disk(_connection: Any) -> None:
    """Fail as SQLite does when the disk cannot be written."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_WRITE"
    raise error


def no_server(connection: Any) -> None:
    """Fail as PostgreSQL does when the connection is lost; it is lost for good."""
    connection.close()
    raise psycopg.OperationalError("server closed the connection unexpectedly")


FAULTS: dict[str, Fail] = {"sqlite": no_disk, "postgresql": no_server}


@contextmanager
def fault_at(store: Store, number: int, when: str) -> Iterator[Callable[[], int]]:
    """Let the statement of this number fail, counted from 1, commits too; give how many were made."""
    dialect, fail, numbers, made = store._engine.dialect, FAULTS[store.dialect], count(1), [0]

    def failing(usual: Callable[..., Any]) -> Callable[..., Any]:
        def run(target: Any, *more: Any) -> Any:
            made[0] = next(numbers)
            if made[0] != number:
                return usual(target, *more)
            if when == AFTER:
                usual(target, *more)
            return fail(getattr(target, "driver_connection", None) or target.connection)

        return run

    usual = {name: getattr(dialect, name) for name in EXECUTES}
    for name, one in usual.items():
        setattr(dialect, name, failing(one))
    try:
        yield lambda: made[0]
    finally:
        for name in usual:
            delattr(dialect, name)
