"""What a database holds, table by table: how many rows and a hash of them all, in the order of their keys.

Cells are taken as they stand, also those that another program put there and that cannot be read.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from arusha.store.backup.manifest import Link, Table
from arusha.store.schema import VERSION_TABLE

POSTGRESQL = """
SELECT c.relname AS table, ARRAY(
    SELECT a.attname::text FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns, ARRAY(
    SELECT a.attname::text FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY a.attnum) AS keys
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""
SQLITE = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
VERSION = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 - a constant
HEAD = "SELECT seq, mac FROM trail_head WHERE id = 1"


@dataclass(frozen=True)
class Contents:
    """Every table, the trail's newest link, and the version the database says it is of."""

    tables: dict[str, Table]
    trail: Link
    version: str


def of_postgresql(connection: Connection) -> Contents:
    """Return what a PostgreSQL database holds; every row has to be open to the connection."""
    tables = {}
    for name, columns, keys in connection.exec_driver_sql(POSTGRESQL).all():
        chosen = ", ".join(f'"{column}"::text' for column in columns)
        order = ", ".join(f'"{column}"::text COLLATE "C"' for column in keys or columns)
        query = f'SELECT {chosen} FROM "{name}" ORDER BY {order}'  # noqa: S608 - names of the catalogue
        streamed = connection.execution_options(stream_results=True, yield_per=1000)
        tables[name] = _hashed(tuple(row) for row in streamed.exec_driver_sql(query))
    head = connection.exec_driver_sql(HEAD).first() if "trail_head" in tables else None
    version = connection.exec_driver_sql(VERSION).scalar()
    return Contents(tables, Link(*head) if head else Link(), str(version))


def of_sqlite(connection: sqlite3.Connection) -> Contents:
    """Return what an SQLite file holds."""
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    tables = {name: _table(connection, name) for (name,) in connection.execute(SQLITE).fetchall()}
    head = connection.execute(HEAD).fetchone() if "trail_head" in tables else None
    (version,) = connection.execute(VERSION).fetchone()
    return Contents(tables, Link(*head) if head else Link(), str(version))


def _table(connection: sqlite3.Connection, name: str) -> Table:
    about = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = [column[1] for column in about if column[5]] or [column[1] for column in about]
    order = ", ".join(f'"{key}"' for key in keys)
    query = f'SELECT * FROM "{name}" ORDER BY {order}'  # noqa: S608 - names of the catalogue
    return _hashed(connection.execute(query))


def _hashed(rows: Iterable[tuple[Any, ...]]) -> Table:
    count, hash_ = 0, sha256()
    for row in rows:
        count += 1
        hash_.update(json.dumps(list(_cells(row))).encode() + b"\n")
    return Table(count, hash_.hexdigest())


def _cells(row: tuple[Any, ...]) -> Iterator[Any]:
    for cell in row:
        yield {"bytes": cell.hex()} if isinstance(cell, bytes) else cell
