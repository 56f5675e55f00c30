"""Open a database, bring it to this program's version, and hand out transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import Session

from arusha import settings
from arusha.store import keys, row_security, row_security_check, schema
from arusha.store.address import MIGRATES, WRITES, engine_for, name_of
from arusha.store.faults import explain
from arusha.store.journal import let_readers_and_a_writer_work_at_once
from arusha.store.scope import Person
from arusha.store.sessions import OutOfScope, ScopedSession, prepare
from questionnaires.problems import Refused

READS: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},  # as SQLite reads
}


class Store:
    """A database at this program's version, and the two ways to use it, each for a person.

    ``name`` is how a person knows it; ``came_from`` the version it had when it was opened, '' for a new one;
    ``keys`` the folder of the program's own secrets. ``narrowed=False`` leaves it to the database alone whose
    rows a session meets, and is there to prove that PostgreSQL's own rules hold.
    """

    def __init__(self, engine: Engine, keys: Path | None = None, *, narrowed: bool = True) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**READS[engine.dialect.name])
        self._writer = engine.execution_options(**{WRITES: True})
        self._narrowed = narrowed
        self.keys = keys or settings.read().keys
        self.name = name_of(engine)
        self.came_from = ""
        self.is_sample = self.name == make_url(settings.read().sample_url).database

    @property
    def dialect(self) -> str:
        """Return which kind of database this is: "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    def key(self, name: str) -> bytes:
        """Return one of the program's own secrets, see ``store.keys``."""
        return keys.key(self.keys, name)

    @contextmanager
    def reading(self, by: Person) -> Iterator[Session]:
        """Give a session that sees one moment of the person's rows and whose changes are never kept."""
        with self._told(), self._session(self._reader, by) as session:
            yield session

    @contextmanager
    def writing(self, by: Person) -> Iterator[Session]:
        """Give a session that holds the write lock; it commits at the end or changes nothing."""
        with self._told(), self._session(self._writer, by) as session, session.begin():
            yield session

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Give a connection that only reads, for the store's own rooms; PostgreSQL shows it nobody's rows."""
        with self._told(), self._reader.connect() as connection:
            if self.dialect == "postgresql":
                row_security.tell(connection, "")
            yield connection

    def _session(self, engine: Engine, by: Person) -> ScopedSession:
        session, scope = ScopedSession(engine, expire_on_commit=False), by.scope
        if scope.sample and not self.is_sample:
            raise OutOfScope("a visitor of the sample sees the sample only")
        prepare(session, scope, narrowed=self._narrowed)
        session.info["person"], session.info["key"] = by, self.key
        if self.dialect == "postgresql":
            session.info["context"] = row_security.signed(scope, self.key("rows"))
        return session

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def bring_up_to_date(self, role: str = "") -> None:
        """Migrate the database when it is older than the program; raise ``Refused`` when it is not ours.

        ``role`` is the program's own on PostgreSQL, for which the owner puts up the guard over the rows in
        the same transaction.
        """
        with self._told(), self._reader.connect() as connection:
            self.came_from = schema.version_of(self.name, connection)
            if self.came_from != schema.HEAD:
                schema.require_owner(self.name, connection, self.came_from)
        if self.came_from != schema.HEAD or role:
            self._migrate(role)
        with self._told():
            let_readers_and_a_writer_work_at_once(self._engine)

    def _migrate(self, role: str) -> None:
        migrator = self._writer.execution_options(**{MIGRATES: True})
        with self._told(), migrator.begin() as connection:
            if role:
                row_security.found(connection, self.key("rows"))
            if self.dialect == "postgresql":
                row_security.open_everything(connection, self.key("rows"))
            schema.migrate(self.name, connection)
            if role:
                row_security.install(connection, role, self.key("rows"))
                row_security_check.refuse_faults(connection, role)
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


def open_store(url: str, *, narrowed: bool = True, role: str = "") -> Store:
    """Open the database, migrating it when it is older than the program; ``role`` see ``bring_up_to_date``.

    Raises ``Refused`` when it cannot be opened, is not ours, or is newer than the program; a database
    that is refused is left as it was.
    """
    store = Store(engine_for(url), narrowed=narrowed)
    try:
        store.bring_up_to_date(role)
    except BaseException:
        store.close()
        raise
    return store
