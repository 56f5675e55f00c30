"""Each layer alone keeps every foreign row away: the program's own scope, and PostgreSQL's row security.

The decisions stay as they are, as they do in the program; beside the services, every table is asked directly.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Table, delete, func, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from arusha.access.roles import NATIONAL, Role
from arusha.access.rules import LOCAL, Actor
from arusha.store.base import Base, tables
from arusha.store.statements import OutOfScope
from questionnaires.problems import Refused
from tests.access.matrix import TABLE
from tests.access.matrix_asking import all_wrong, grouped, wrong
from tests.access.matrix_judging import COLUMNS, may_read
from tests.access.matrix_rehearsal import TRAIL, Rehearsal
from tests.access.matrix_world import World

TABLES = tuple(tables())
ROLES = pytest.mark.parametrize("role", Role)
LAYERS = ("sqlite", "postgresql", "scope alone", "row security alone")
REFUSED = (OutOfScope, Refused, DBAPIError, StaleDataError)
CHECKED = ("state", "form", "audience")  # which the database lets have a few values only
Row = Mapping[str, str]


@ROLES
@pytest.mark.parametrize("layered", ["scope alone", "row security alone"], indirect=True)
def test_one_layer_is_enough_for_what_the_matrix_says(role: Role, layered: tuple[Rehearsal, World]) -> None:
    rehearsal, world = layered
    found = all_wrong(rehearsal, world, role, thinned=True)
    assert not found, "\n".join(found)


@ROLES
@pytest.mark.parametrize("layered", LAYERS, indirect=True)
def test_whoever_asks_a_table_meets_exactly_their_rows(role: Role, layered: tuple[Rehearsal, World]) -> None:
    rehearsal, world = layered
    assert list(misread(rehearsal, world.actor(role))) == []


@ROLES
@pytest.mark.parametrize("layered", LAYERS, indirect=True)
def test_no_foreign_row_is_written(role: Role, layered: tuple[Rehearsal, World]) -> None:
    rehearsal, world = layered
    assert list(written(rehearsal, world.actor(role))) == []


@ROLES
def test_without_any_layer_foreign_rows_are_met_and_written(
    role: Role, unlayered: tuple[Rehearsal, World]
) -> None:
    """The harness itself: it finds what it looks for once nothing is in the way."""
    rehearsal, world = unlayered
    actor = world.actor(role)
    known = {table.name for table, _ in TABLES if foreign(rehearsal, actor, table)}
    assert {one.split(":")[0] for one in misread(rehearsal, actor)} == known
    done = [one.split(": ") for one in written(rehearsal, actor)]
    assert {table for table, _ in done} == known - TRAIL
    moves = ("moved", "moved as an object")  # which needs something of one's own to begin with
    assert {way for _, way in done} >= {way for way in WAYS if role in NATIONAL or way not in moves}


def test_without_any_layer_services_hand_out_foreign_rows(unlayered: tuple[Rehearsal, World]) -> None:
    rehearsal, world = unlayered
    lists = [one for one in grouped(Role.COORDINATOR) if TABLE["service"][one[0].what]["about"] == "oneself"]
    found = [one for cell, cells in lists for one in wrong(rehearsal, world, cell, cells)]
    assert {one.split()[1] for one in found} == {
        "assessments.service.rounds",
        "members.service.registered",
        "plans.service.plans",
        "access.trails.entries",
    }


def misread(rehearsal: Rehearsal, actor: Actor) -> Iterator[str]:
    """Yield what of each table a person meets and should not, or should and does not."""
    for table, mapped in TABLES:
        expected = {_key(table, row) for row in _rows(rehearsal, table) if may_read(actor, table.name, row)}
        with rehearsal.cell(), rehearsal.reading(actor) as session:
            met = {tuple(map(str, inspect(one).identity or ())) for one in session.scalars(select(mapped))}
            counted = session.scalar(select(func.count()).select_from(mapped))
        yield from (f"{table.name}: {key} is met" for key in met - expected)
        yield from (f"{table.name}: {key} is missing" for key in expected - met)
        if counted != len(expected):
            yield f"{table.name}: {counted} rows are counted, not {len(expected)}"


def foreign(rehearsal: Rehearsal, actor: Actor, table: Table) -> list[Row]:
    """Return the rows of a table that are nothing of a person's."""
    return [row for row in _rows(rehearsal, table) if not may_read(actor, table.name, row)]


def _rows(rehearsal: Rehearsal, table: Table) -> list[Row]:
    return [dict(zip(COLUMNS[table.name], row, strict=True)) for row in sorted(rehearsal.base[table.name])]


def _key(table: Table, row: Row) -> tuple[str, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def written(rehearsal: Rehearsal, actor: Actor) -> Iterator[str]:
    """Yield every way in which a foreign row was added, changed or removed."""
    for table, mapped in [pair for pair in TABLES if pair[0].name not in TRAIL]:
        for row in foreign(rehearsal, actor, table)[:1]:
            yield from (
                f"{table.name}: {name}"
                for name in WAYS
                if _is_done(rehearsal, actor, name, table, mapped, row)
            )


def _is_done(
    rehearsal: Rehearsal, actor: Actor, name: str, table: Table, mapped: type[Base], row: Row
) -> bool:
    """Return whether a way of writing changed anything."""
    with rehearsal.cell() as changed:
        try:
            with rehearsal.writing(actor) as session:
                session.info["rehearsal"] = rehearsal
                WAYS[name](session, table, mapped, row)
        except REFUSED:
            pass
    return bool(changed)


def _this(table: Table, mapped: type[Base], row: Row) -> list[Any]:
    return [getattr(mapped, c.name) == _typed(c, row[c.name]) for c in table.primary_key]


def _typed(column: Any, said: str) -> Any:
    return int(said) if column.type.python_type is int else said


def _changed(table: Table, mapped: type[Base]) -> dict[str, Any]:
    """Return a column that may change, with a value for it."""
    free = [
        c
        for c in table.columns
        if not c.primary_key and c.name not in mapped.rows.fixed and not c.foreign_keys
    ]
    texts = [c for c in free if c.type.python_type is str and not c.unique and c.name not in CHECKED]
    return {texts[0].name: "1"} if texts else {free[0].name: 77}


def _change(session: Any, table: Table, mapped: type[Base], row: Row) -> None:
    session.execute(update(mapped).where(*_this(table, mapped, row)).values(_changed(table, mapped)))


def _remove(session: Any, table: Table, mapped: type[Base], row: Row) -> None:
    session.execute(delete(mapped).where(*_this(table, mapped, row)))


def _add(session: Any, table: Table, mapped: type[Base], row: Row) -> None:
    session.add(mapped(**_like(session, table, mapped, row)))


def _insert(session: Any, table: Table, mapped: type[Base], row: Row) -> None:
    session.execute(insert(mapped), [_like(session, table, mapped, row)])


def _like(session: Any, table: Table, mapped: type[Base], row: Row) -> dict[str, Any]:
    """Return the values of a further row beside this one, which is read past every rule."""
    rehearsal: Rehearsal = session.info["rehearsal"]
    with rehearsal.reading(LOCAL) as reading:
        found = reading.scalars(select(mapped).where(*_this(table, mapped, row))).one()
        values = {column.name: getattr(found, column.name) for column in table.columns}
    for column in [list(table.primary_key)[-1], *(c for c in table.columns if c.unique or c.name == "year")]:
        value = values[column.name]
        values[column.name] = value + 50 if isinstance(value, int) else f"{value[:-1]}~"
    return values


def _move(session: Any, table: Table, mapped: type[Base], row: Row) -> None:
    session.execute(
        update(mapped).where(*_own(session, table, mapped)).values(_elsewhere(session, mapped, row))
    )


def _move_object(session: Any, table: Table, mapped: type[Base], row: Row) -> None:
    record = session.scalars(select(mapped).where(*_own(session, table, mapped))).one()
    for name, value in _elsewhere(session, mapped, row).items():
        setattr(record, name, value)


def _own(session: Any, table: Table, mapped: type[Base]) -> list[Any]:
    """Return what finds one of the person's own rows; raise ``OutOfScope`` when there is none to move."""
    actor, rehearsal = session.info["person"], session.info["rehearsal"]
    own = [row for row in _rows(rehearsal, table) if _is_own(actor, table.name, row)]
    if not own or not mapped.rows.fixed:
        raise OutOfScope("there is nothing to move")
    return _this(table, mapped, own[0])


def _is_own(actor: Actor, name: str, row: Row) -> bool:
    whose = row.get("administration") or row.get("round_id", "")[:2].upper() or row.get("code")
    return may_read(actor, name, row) and (whose == "XA" or row.get("actor") == actor.id)


def _elsewhere(session: Any, mapped: type[Base], row: Row) -> dict[str, str]:
    """Return the columns that say whose a row is, as they are for somebody else."""
    empty = session.info["rehearsal"].empty_round
    return {name: empty if name == "round_id" else row[name] for name in mapped.rows.fixed}


WAYS: Mapping[str, Callable[..., None]] = {
    "changed": _change,
    "removed": _remove,
    "added": _add,
    "inserted": _insert,
    "moved": _move,
    "moved as an object": _move_object,
}
