"""A database's URL -> an engine that opens it as this program needs it; every other URL is refused.

SQLite keeps foreign keys and ``synchronous=FULL`` on every connection. A writer takes the one write
lock of the database when it begins, on PostgreSQL an advisory one, so that two writers wait for each
other instead of failing half-way. How long they wait may be set in the URL: ``?timeout=SECONDS`` for
SQLite, ``?options=-c lock_timeout=TIME`` for PostgreSQL.
"""

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from questionnaires.problems import N_, Problem, Refused, refuse

BUSY_SECONDS = 10
CONNECT_SECONDS = 10
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
LIMITS = "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
LOCK = 0x41525553  # any number, the same in every program of this kind

WRITES = "arusha_writes"  # what a connection is for, as execution options
MIGRATES = "arusha_migrates"
UNBOUND = "arusha_unbound"  # outside of any transaction

MAKING = Lock()


def engine_for(url: str) -> Engine:
    """Return the engine of a database that need not exist yet; raise ``Refused`` for a URL of no use."""
    try:
        parsed = make_url(url)
        engine = _postgresql(parsed) if parsed.get_backend_name() == "postgresql" else _sqlite(parsed)
        engine.dialect.create_connect_args(engine.url)  # a faulty option would only show at the first use
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise Refused([useless(error)]) from error
    return engine


def useless(why: object) -> Problem:
    """Return the problem of a database URL that cannot be used."""
    fault = N_("The database URL cannot be used: {why}.")
    remedy = N_("Use sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME.")
    return Problem("ARUSHA_DATABASE_URL", fault, remedy, {"why": str(why).rstrip(".")})


def name_of(engine: Engine) -> str:
    """Return how a person knows the database: the file, or the server's URL without secrets."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.set(query={}).render_as_string(hide_password=True)


def _postgresql(url: URL) -> Engine:
    asked = url.query.get("options", "")
    limits = {"options": f"{LIMITS} {asked if isinstance(asked, str) else ' '.join(asked)}".strip()}
    if "connect_timeout" not in url.query:
        limits["connect_timeout"] = str(CONNECT_SECONDS)
    engine = create_engine(url, pool_pre_ping=True, connect_args=limits)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def _sqlite(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        raise ArgumentError(f"{url.get_backend_name()} is not a database this program works with")
    if url.database in (None, "", ":memory:"):
        raise ArgumentError("it names no file, and what is kept in memory only is lost")
    if "uri" in url.query:
        raise ArgumentError("uri is not an option here, name the file itself")
    waits = {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}
    engine = create_engine(url, connect_args=waits)
    _make_folder(Path(str(url.database)).absolute().parent)
    event.listen(engine, "do_connect", _make_file)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        fault = N_("The folder cannot be made: {why}.")
        remedy = N_("Choose another with ARUSHA_HOME, or ask for the right to write there.")
        raise refuse(str(folder), fault, remedy, why=error.strerror) from error


def _make_file(_dialect: Dialect, _entry: Any, arguments: list[Any], _options: dict[str, Any]) -> None:
    """Make a file that is not there yet readable for its user only; one that is there keeps its rights.

    Never opens a file that SQLite may have locked: to close it would give this process's locks away.
    """
    with MAKING, suppress(OSError):  # SQLite says better what is wrong
        os.close(os.open(os.path.realpath(arguments[0]), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we begin ourselves: the driver's own rules would split a migration
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(UNBOUND):
        return
    if options.get(MIGRATES):  # a table that is rebuilt is dropped in between; checked before the end
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN")
