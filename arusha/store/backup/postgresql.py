"""A PostgreSQL database dumped at one moment, and restored into an empty one, or taken out again."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url

from arusha.store import row_security
from arusha.store.address import engine_for, name_of
from arusha.store.backup import contents, programs
from arusha.store.backup.contents import Contents
from arusha.store.engine import Store
from questionnaires.problems import N_, refuse

FILE = "database.dump"
KEYS = f"{row_security.SCHEMA}.keys"
DUMP = [
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    "--enable-row-security",
    f"--exclude-table-data={KEYS}",
]
RESTORE = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
PATIENT = ("SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0")
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
CLEAR = f"""
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP TABLE public.%%I CASCADE', name);
    END LOOP;
    DROP FUNCTION IF EXISTS public.trail_refuses();
    DROP SCHEMA IF EXISTS {row_security.SCHEMA} CASCADE;
END $$
"""  # noqa: S608 - a constant


def dump(store: Store, engine: Engine, target: Path) -> Contents:
    """Dump a database as it is at one moment, and return what it then holds."""
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    key = store.key("rows")
    with reader.connect() as connection:
        _open(connection, key)
        moment = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        target.touch(mode=0o600)
        arguments = [*DUMP, f"--snapshot={moment}", f"--file={target}"]
        programs.run("pg_dump", engine, arguments, row_security.everything(key))
        return contents.of_postgresql(connection)


def require_empty(url: str) -> None:
    """Raise ``Refused`` when a database has tables already."""
    with _engine(url) as engine, engine.connect() as connection:
        if connection.exec_driver_sql(TABLES).scalar_one():
            fault = N_("There is a database already, and a backup is never put over one.")
            remedy = N_("Make an empty database that the owner's role owns, and name it in both URLs.")
            raise refuse(name_of(engine), fault, remedy)


@contextmanager
def restored(url: str, unpacked: Path, secrets_: Path) -> Iterator[tuple[Store, Contents]]:
    """Give a store on a database made from a dump, and what it holds; an error empties the database again.

    No other role may enter the tables until the guard is put up for it.
    """
    require_empty(url)
    with _engine(url) as engine:
        try:
            _clear(engine)
            programs.run("pg_restore", engine, [*RESTORE, str(unpacked)])
            with closing(Store(engine, secrets_)) as store:
                yield store, _held(engine, store.key("rows"))
        except BaseException:
            _clear(engine)
            raise


@contextmanager
def scratch(url: str) -> Iterator[str]:
    """Give the URL of an empty database of its own, which is removed again; the role needs CREATEDB."""
    name = f"arusha_check_{secrets.token_hex(6)}"
    with _engine(url) as engine, closing(Store(engine)) as store, store.looking() as connection:
        may = connection.exec_driver_sql(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).scalar_one()
    if not may:
        fault = N_("The owner's role may not make the database that a backup is tried in.")
        remedy = N_("Give it CREATEDB, or let ARUSHA_OWNER_URL name a role that has it.")
        raise refuse("ARUSHA_OWNER_URL", fault, remedy)
    with _engine(url, autocommit=True) as engine, engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _held(engine: Engine, key: bytes) -> Contents:
    with engine.begin() as connection:
        _open(connection, key)
        guarded = f"SELECT to_regclass('{KEYS}') IS NOT NULL"
        if connection.exec_driver_sql(guarded).scalar_one():
            row_security.found(connection, key)  # the dump leaves the key out
        return contents.of_postgresql(connection)


def _open(connection: Connection, key: bytes) -> None:
    for statement in PATIENT:
        connection.exec_driver_sql(statement)
    row_security.open_everything(connection, key)


def _clear(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(CLEAR)


@contextmanager
def _engine(url: str, *, autocommit: bool = False) -> Iterator[Engine]:
    engine = engine_for(url)
    try:
        yield engine.execution_options(isolation_level="AUTOCOMMIT") if autocommit else engine
    finally:
        engine.dispose()
