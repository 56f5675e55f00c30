"""Open a database only to look at it: it is neither made, nor migrated, nor changed."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError

from arusha.store import keys, schema
from arusha.store.address import engine_for, useless
from arusha.store.clock import now
from arusha.store.engine import Store
from questionnaires.problems import N_, Refused, refuse

READ_ONLY = "-c default_transaction_read_only=on"
FULL = 2  # SQLite's number for synchronous=FULL
WAL_AT, WAL = 18, b"\2\2"  # in the head of an SQLite file: which versions may write and read it


@dataclass(frozen=True)
class Facts:
    """What a database says of itself: its version, its clock, and how surely SQLite keeps what is written."""

    version: str
    clock: datetime
    synchronous: int = FULL


def open_to_look(url: str) -> Store:
    """Open a database as it is; raise ``Refused`` when there is none, or none that could be opened."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Refused([useless(error)]) from error
    if parsed.get_backend_name() == "postgresql":
        return Store(engine_for(_read_only(parsed)))
    if parsed.get_backend_name() == "sqlite" and parsed.database and not Path(parsed.database).is_file():
        fault = N_("There is no database here yet.")
        remedy = N_("Make one with the command upgrade, or set ARUSHA_HOME or ARUSHA_DATABASE_URL.")
        raise refuse(parsed.database, fault, remedy)
    engine = engine_for(url)
    event.listen(engine, "do_connect", _only_look, insert=True)
    return Store(engine)


def file_of(url: str) -> Path | None:
    """Return the file of an SQLite database, None for any other."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _read_only(url: URL) -> str:
    asked = url.query.get("options", "")
    options = f"{asked if isinstance(asked, str) else ' '.join(asked)} {READ_ONLY}".strip()
    return url.update_query_dict({"options": options}).render_as_string(hide_password=False)


def _only_look(_dialect: Any, _entry: Any, arguments: Any, options: dict[str, Any]) -> sqlite3.Connection:
    """Connect without the right to write; where nobody writes, without leaving files beside it either."""
    file = Path(arguments[0]).absolute()
    log = file.with_name(f"{file.name}-wal")
    in_use = log.exists() and log.stat().st_size > 0
    how = "mode=ro" if in_use else "mode=ro&immutable=1"
    looking: sqlite3.Connection = sqlite3.connect(f"file:{quote(str(file))}?{how}", uri=True, **options)
    return looking


def facts_of(store: Store) -> Facts:
    """Return what a database says of itself; raise ``Refused`` when it is not ours, or newer."""
    with store.looking() as connection:
        version = schema.version_of(store.name, connection)
        if store.dialect == "postgresql":
            clock: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
            return Facts(version, clock)
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
        return Facts(version, now(), synchronous)


class Secret(StrEnum):
    """How the file of a secret is."""

    WHOLE = "whole"
    MISSING = "missing"
    ILLEGIBLE = "illegible"


def secret_in(folder: Path, name: str) -> Secret:
    """Return how the file of a secret is; it is never made."""
    try:
        found = bytes.fromhex((folder / name).read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return Secret.MISSING
    except (OSError, ValueError):
        return Secret.ILLEGIBLE
    return Secret.WHOLE if len(found) == keys.BYTES else Secret.ILLEGIBLE


def has_write_ahead_log(file: Path) -> bool:
    """Return whether an SQLite file is in WAL mode.

    Never asked where the database is in use: to close the file would give this process's locks on it away.
    """
    with file.open("rb") as source:
        return source.read(len(WAL) + WAL_AT)[WAL_AT:] == WAL
