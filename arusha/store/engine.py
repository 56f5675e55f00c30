"""Open a database, bring it to this program's version, and hand out transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import Session

from arusha.store import schema
from arusha.store.address import MIGRATES, WRITES, engine_for, name_of
from arusha.store.faults import explain
from arusha.store.journal import let_readers_and_a_writer_work_at_once
from questionnaires.problems import Refused

READS: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},  # as SQLite reads
}


class Store:
    """A database at this program's version, and the two ways to use it.

    ``name`` is how a person knows it; ``came_from`` the version it had when it was opened, '' for a new one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**READS[engine.dialect.name])
        self._writer = engine.execution_options(**{WRITES: True})
        self.name = name_of(engine)
        self.came_from = ""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database and whose changes are never kept."""
        with self._told(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that holds the write lock; it commits at the end or changes nothing."""
        with self._told(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def bring_up_to_date(self) -> None:
        """Migrate the database when it is older than the program; raise ``Refused`` when it is not ours."""
        with self.reading() as session:
            self.came_from = schema.version_of(self.name, session.connection())
        if self.came_from != schema.HEAD:
            self._migrate()
        with self._told():
            let_readers_and_a_writer_work_at_once(self._engine)

    def _migrate(self) -> None:
        migrator = self._writer.execution_options(**{MIGRATES: True})
        with self._told(), migrator.begin() as connection:
            schema.migrate(self.name, connection)
        self.close()  # the connection that migrated did not watch over foreign keys

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn a database's own error into a refusal that a person can act on."""
        try:
            yield
        except (DBAPIError, NoConnectionLeft) as error:
            told = explain(self.name, error)
            if told is None:
                raise
            raise Refused([told]) from error


def open_store(url: str) -> Store:
    """Open the database, migrating it when it is older than the program.

    Raises ``Refused`` when it cannot be opened, is not ours, or is newer than the program; a database
    that is refused is left as it was.
    """
    store = Store(engine_for(url))
    try:
        store.bring_up_to_date()
    except BaseException:
        store.close()
        raise
    return store
