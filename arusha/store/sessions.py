"""Sessions that meet only the rows of the person they are for, whatever is asked of them.

What a session may not do is our own mistake and raises ``OutOfScope``; what a person may not do is decided
before, by ``access.rules``.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, Delete, Insert, Table, Update, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from arusha.store.base import Base, tables
from arusha.store.rows import Named, Rows
from arusha.store.scope import Scope
from arusha.store.statements import OutOfScope, changed_by, is_plain, mapped_in, target_of

__all__ = ["OutOfScope", "ScopedSession", "prepare"]
BULK = "what is written in bulk is given to execute() with insert() or update() and parameters"


class ScopedSession(Session):
    """A session for one person; ``info["scope"]`` says which rows it meets."""

    def connection(self, *arguments: Any, **options: Any) -> Connection:
        """Return the connection, only to one who may see everything: there nothing is narrowed."""
        if not _is_open(self):
            raise OutOfScope("a connection would go around the scope")
        return super().connection(*arguments, **options)

    def bulk_save_objects(self, *_arguments: Any, **_options: Any) -> None:
        """Refuse: what is written like this goes around the scope, as do the two below."""
        raise OutOfScope(BULK)

    def bulk_insert_mappings(self, *_arguments: Any, **_options: Any) -> None:
        """Refuse."""
        raise OutOfScope(BULK)

    def bulk_update_mappings(self, *_arguments: Any, **_options: Any) -> None:
        """Refuse."""
        raise OutOfScope(BULK)


def prepare(session: Session, scope: Scope, *, narrowed: bool = True) -> None:
    """Bind a session to a scope; ``narrowed=False`` leaves all of it to the database's own rules."""
    session.info["scope"] = scope
    session.info["open"] = scope.everything or not narrowed
    session.info["sees"] = lambda name, key: _sees(session, name, key)


def _is_open(session: Session) -> bool:
    return bool(session.info.get("open"))


@event.listens_for(ScopedSession, "after_begin")
def _tell(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL for whom this transaction is; the claim ends with it."""
    if signed := session.info.get("context"):
        connection.exec_driver_sql("SELECT set_config('arusha.context', %s, true)", (signed(),))


@event.listens_for(ScopedSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    session = state.session
    if _is_open(session) or state.is_relationship_load or state.is_column_load:
        return
    met = frozenset(mapped_in(state.statement))
    if isinstance(state.statement, Insert):
        _require_insert(session, state.statement, state.parameters)
        return
    if isinstance(state.statement, Update):
        if state.parameters:
            _require_update(session, state.statement, state.parameters)
            return
        _require_unmoved(target_of(state.statement), changed_by(state.statement))
    if isinstance(state.statement, Delete):
        _require_right(_mapped(target_of(state.statement).name), "DELETE")
    state.statement = state.statement.options(*_criteria(session.info["scope"], met))


def _require_insert(session: Session, statement: Insert, given: Any) -> None:
    """Refuse to insert what is not wholly in the parameters, and rows of others."""
    if not given or not is_plain(statement):
        raise OutOfScope("a row to be written has to be given as parameters, and as nothing else")
    mapped = _mapped(target_of(statement).name)
    _require_right(mapped, "INSERT")
    for values in [given] if isinstance(given, Mapping) else given:
        _require(session, mapped.rows, values)


def _require_update(session: Session, statement: Update, given: Any) -> None:
    """Refuse to update rows of others by their keys; the keys have to say whose the rows are."""
    if isinstance(given, Mapping) or statement.whereclause is not None or changed_by(statement):
        raise OutOfScope("rows to be changed have to be given as a list of parameters, and as nothing else")
    table = target_of(statement)
    mapped = _mapped(table.name)
    keys = {column.key for column in table.primary_key}
    for values in given:
        _require_unmoved(table, set(values) - keys)
        _require(session, mapped.rows, values)


def _require_unmoved(table: Table, changed: set[str]) -> None:
    mapped = _mapped(table.name)
    _require_right(mapped, "UPDATE")
    if moved := set(mapped.rows.fixed) & changed:
        raise OutOfScope(f"{', '.join(sorted(moved))} of a row is never changed")


def _require_right(mapped: type[Base], command: str) -> None:
    if command not in mapped.rows.commands:
        raise OutOfScope(f"{command} is not for rows of {mapped.__tablename__}")


def _mapped(name: str) -> type[Base]:
    return next(mapped for table, mapped in tables() if table.name == name)


def _require(session: Session, rows: Rows, values: Mapping[str, Any]) -> None:
    if not rows.allows(values, session.info["scope"], session):
        raise OutOfScope("the row belongs to somebody else")


@event.listens_for(ScopedSession, "before_flush")
def _check(session: Session, _context: UOWTransaction, _instances: Sequence[object] | None) -> None:
    if _is_open(session):
        return
    for record in session.new:
        _require_right(type(record), "INSERT")
        _require(session, type(record).rows, _values(record))
    for record in session.dirty:
        _require_unmoved(cast("Table", type(record).__table__), _changes(record))
        _require(session, type(record).rows, _values(record))
    for record in session.deleted:
        _require_right(type(record), "DELETE")
        _require(session, type(record).rows, _values(record))


@event.listens_for(ScopedSession, "detached_to_persistent")
def _refuse_kept(session: Session, record: object) -> None:
    """Refuse a record that this session did not read: nothing says whose it is but itself."""
    if not _is_open(session):
        raise OutOfScope(f"a {type(record).__name__} was not read in this session")


def _changes(record: object) -> set[str]:
    state = inspect(record)
    assert state is not None  # noqa: S101 - it is mapped
    return {one.key for one in state.attrs if one.history.has_changes()}


def _values(record: object) -> dict[str, Any]:
    return {column.key: getattr(record, column.key) for column in inspect(record).mapper.column_attrs}


def _sees(session: Session, name: str, key: object) -> bool:
    """Return whether a row is within the scope: about to be added, met already, or looked up now."""
    mapped = _mapped(name)
    if any(
        type(one) is mapped and inspect(one).mapper.primary_key_from_instance(one)[0] == key
        for one in session.new
    ):
        return True  # it is checked with the rest
    with session.no_autoflush:
        return session.get(mapped, key) is not None


@lru_cache(maxsize=4096)
def _criteria(scope: Scope, met: frozenset[type[Base]]) -> tuple[ORMOption, ...]:
    """Return what narrows the tables that a statement meets."""
    who = Named(scope)
    return tuple(
        with_loader_criteria(mapped, mapped.rows.read(table, who), include_aliases=True)
        for table, mapped in tables()
        if mapped in met
    )
