"""What a statement meets: mapped tables, which a session can narrow, or anything else, which it cannot.

SQLAlchemy narrows what is asked of a mapped class, in whatever subquery it stands. It leaves alone a table or
a column taken from ``__table__`` and every piece of SQL written as text, so a statement with one is refused.
"""

from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Delete, Insert, Table, Update
from sqlalchemy.orm import Mapper
from sqlalchemy.sql.elements import ColumnClause, TextClause
from sqlalchemy.sql.selectable import SelectBase, TableClause
from sqlalchemy.sql.visitors import HasTraverseInternals

FROM = ("_raw_columns", "_from_obj", "_setup_joins", "table")  # where a query takes its rows from
ADDED = ("_prefixes", "_suffixes", "_hints", "_statement_hints")  # SQL as text, beside its elements


class OutOfScope(Exception):  # noqa: N818 - what a session refuses
    """A statement or a row that this session is not for."""


def mapped_in(statement: Any) -> set[type]:
    """Return every mapped class a statement meets; raise ``OutOfScope`` when it meets anything else."""
    met: set[type] = set()
    waiting = [statement]
    for query in waiting:  # grows while it is walked through
        narrowed = set(_narrowed_by(query))
        for element in _of_one_query(query, waiting):
            if mapper := _mapper_of(element):
                met.add(mapper.class_)
            elif _is_raw(element, narrowed):
                raise OutOfScope(f"{str(element)[:40]} is not asked of a mapped class and cannot be narrowed")
    if not met:
        raise OutOfScope("a statement without a mapped table cannot be narrowed")
    return met


def target_of(statement: Insert | Update | Delete) -> Table:
    """Return the table that a statement writes to."""
    return cast("Table", _mapper_of(statement.table).local_table)  # type: ignore[union-attr]  # always one


def changed_by(statement: Update) -> set[str]:
    """Return the columns that a statement gives a value, whatever the value is."""
    return {str(getattr(column, "key", column)) for column in statement._values or ()}


def is_plain(statement: Insert) -> bool:
    """Return whether what is written stands in the parameters alone: no values, query or upsert beside."""
    more = (statement._values, statement._multi_values, statement._post_values_clause)
    return statement.select is None and not any(one is not None and one != () for one in more)


def _narrowed_by(query: Any) -> Iterator[Any]:
    """Yield the tables a query takes from mapped classes; SQLAlchemy itself then uses their bare columns."""
    parts = [part for name in FROM for part in _listed(getattr(query, name, ()))]
    for part in parts:
        for element in _of_one_query(part, []):
            entity = _entity_of(element)
            if entity is not None and not entity.is_aliased_class:
                yield entity.mapper.local_table


def _listed(part: Any) -> list[Any]:
    if not isinstance(part, list | tuple):
        return [part]
    return [one[0] if isinstance(one, tuple) else one for one in part]  # a join begins with what is joined


def _of_one_query(start: Any, further: list[Any]) -> Iterator[Any]:
    """Yield the elements of a query; the queries within it go to ``further``."""
    waiting, seen = [start], set()
    while waiting:
        element = waiting.pop()
        if id(element) in seen:
            continue
        seen.add(id(element))
        if isinstance(element, SelectBase) and element is not start:
            further.append(element)
            continue
        yield element
        waiting.extend(_within(element))


def _within(element: Any) -> Iterator[Any]:
    """Yield the parts of an element; of what is asked of a mapped class, only what it is an alias of."""
    entity = _entity_of(element)
    if entity is None:
        if isinstance(element, HasTraverseInternals) and not _is_bare(element):
            yield from HasTraverseInternals.get_children(element)
        return
    beneath = getattr(entity.selectable, "element", None) if entity.is_aliased_class else None
    if beneath is not None and beneath is not entity.mapper.local_table:
        yield beneath


def _entity_of(element: Any) -> Any:
    return getattr(element, "_annotations", {}).get("parententity")


def _mapper_of(element: Any) -> Mapper[Any] | None:
    entity = _entity_of(element)
    return cast("Mapper[Any]", entity.mapper) if entity is not None else None


def _is_bare(element: Any) -> bool:
    """Return whether this is a column taken from a table itself."""
    return isinstance(element, ColumnClause) and isinstance(element.table, TableClause)


def _is_raw(element: Any, narrowed: set[Any]) -> bool:
    if _is_bare(element):
        return element.table not in narrowed
    if isinstance(element, ColumnClause) and element.is_literal:
        return str(element.name) != "*"  # of a count
    return isinstance(element, TextClause | TableClause) or any(getattr(element, one, ()) for one in ADDED)
