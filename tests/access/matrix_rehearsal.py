"""A store on which a service is rehearsed: what it did is looked at, then all of it is taken back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from arusha.store import Store, row_security
from arusha.store.address import engine_for
from arusha.store.base import tables
from arusha.store.scope import Person, Scope
from arusha.store.sessions import ScopedSession, prepare

CHANGES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
TRAIL = {"trail", "trail_head"}
ONLY_ADDED = "trail was changed or cut"
Dump = dict[str, set[tuple[Any, ...]]]


class Rehearsal(Store):
    """A store whose transactions all happen within one that is taken back at the end of a cell.

    What was changed is read before that, past every rule about rows.
    """

    def __init__(self, url: str, store: Store, *, narrowed: bool = True) -> None:
        super().__init__(engine_for(url), store.keys, narrowed=narrowed)
        self.empty_round = ""
        self._on: Connection | None = None
        self._touched: set[str] = set()
        event.listen(self._engine, "after_cursor_execute", self._note)
        with self._writer.connect() as connection, connection.begin():
            self.base = self._dump(connection)

    def _note(self, _on: Any, cursor: Any, statement: str, *_more: Any) -> None:
        if (found := CHANGES.match(statement)) and cursor.rowcount != 0:
            is_spoilt = found[2] == "trail" and not found[1].upper().startswith("INSERT")
            self._touched.add(ONLY_ADDED if is_spoilt else found[2])

    def _session(self, engine: Engine, by: Person) -> ScopedSession:
        if self._on is None:
            return super()._session(engine, by)
        session = ScopedSession(self._on, expire_on_commit=False, join_transaction_mode="create_savepoint")
        prepare(session, by.scope, narrowed=self._narrowed)
        session.info["person"], session.info["key"] = by, self.key
        if self.dialect == "postgresql":
            session.info["context"] = row_security.signed(by.scope, self.key("rows"))
        return session

    @contextmanager
    def cell(self) -> Iterator[Dump]:
        """Give what becomes the rows that were added, changed or removed, as they were and as they are."""
        changed: Dump = {}
        self._touched = set()
        with self._writer.connect() as connection:
            around = connection.begin()
            self._on = connection
            try:
                yield changed
                if self._touched:
                    changed |= self._changed(connection)
            finally:
                self._on = None
                around.rollback()

    def _changed(self, connection: Connection) -> Dump:
        """Return what is not as it was; of the trail, which only grows, no more than that."""
        found: Dump = {name: set() for name in self._touched & {*TRAIL, ONLY_ADDED}}
        now = self._dump(connection, self._touched - found.keys())
        return found | {name: changed for name, rows in now.items() if (changed := rows ^ self.base[name])}

    def _dump(self, connection: Connection, names: set[str] | None = None) -> Dump:
        if names is not None and not names:
            return {}
        if self.dialect == "postgresql":
            said = row_security.signed(Scope("test", everything=True), self.key("rows"))()
            row_security.tell(connection, said)
        wanted = [table for table, _ in tables() if names is None or table.name in names]
        return {table.name: set(_rows(connection, table.name)) for table in wanted}


def _rows(connection: Connection, name: str) -> Iterator[tuple[str, ...]]:
    for row in connection.exec_driver_sql(f"SELECT * FROM {name}"):  # noqa: S608 - a table of our own
        yield tuple(map(str, row))
