"""SQLite's write-ahead log: readers go on reading while one writes, and each commit is on the disk."""

from time import monotonic, sleep

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from arusha.store.address import UNBOUND


def let_readers_and_a_writer_work_at_once(engine: Engine) -> None:
    """Put an SQLite file into WAL mode, which it keeps; only ever a database that is ours.

    SQLite does not wait for another process that does the same, so it is tried again.
    """
    if engine.dialect.name == "sqlite":
        with engine.execution_options(**{UNBOUND: True}).connect() as connection:
            until = monotonic() + connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() / 1000
            while not _is_in_wal_mode(connection, last=monotonic() > until):
                sleep(0.05)


def _is_in_wal_mode(connection: Connection, *, last: bool) -> bool:
    """Try once; return False when another process is in the way, unless it was the last time."""
    try:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    except OperationalError as error:
        if last or not str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
            raise
        return False
    return True
