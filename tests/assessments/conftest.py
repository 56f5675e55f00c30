"""One database of each kind for all tests of this folder, emptied before each: to make one takes longer.

No test of this folder reads the home of whoever runs it, where national practices may lie.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import delete, text

from arusha.access.rules import LOCAL
from arusha.store import Base, Store, open_store
from questionnaires import loading
from tests.assessments import lines
from tests.conftest import _on_server


@pytest.fixture(autouse=True)
def own_home(home: Path) -> Path:
    """Return an empty ARUSHA_HOME."""
    return home


@pytest.fixture(scope="module")
def small_editions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let the program come with the small editions of ``tests.assessments.lines`` for a whole module."""
    folder = tmp_path_factory.mktemp("editions")
    lines.write(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "HOME", folder)
        lines.forget()
        yield folder
    lines.forget()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """Return the databases made so far."""
    stores: dict[str, Store] = {}
    yield stores
    for store in stores.values():
        store.close()


def _url(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "sqlite":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("assessments")
        return f"sqlite:///{folder / 'arusha.sqlite'}"
    server, name = request.getfixturevalue("postgresql"), f"test_{uuid4().hex}"
    _on_server(server, f"CREATE DATABASE {name}")
    return str(server.get_uri(database=name, driver="psycopg"))


def _emptied(kind: str, request: pytest.FixtureRequest, made: dict[str, Store]) -> Store:
    if kind not in made:
        made[kind] = open_store(_url(kind, request))
    with made[kind].writing(LOCAL) as session:
        for table in reversed(Base.metadata.sorted_tables):
            if not table.name.startswith("trail"):
                session.execute(delete(table))
        for statement in NO_TRAIL[kind]:
            session.execute(text(statement))
    return made[kind]


NO_TRAIL = {
    "sqlite": (
        "DROP TRIGGER trail_DELETE",
        "DELETE FROM trail",
        "UPDATE trail_head SET seq = 0, mac = ''",
        (
            "CREATE TRIGGER trail_DELETE BEFORE DELETE ON trail "
            "BEGIN SELECT RAISE(ABORT, 'the trail is only ever added to'); END"
        ),
    ),
    "postgresql": (
        "ALTER TABLE trail DISABLE TRIGGER USER",
        "DELETE FROM trail",
        "ALTER TABLE trail ENABLE TRIGGER USER",
        "UPDATE trail_head SET seq = 0, mac = ''",
    ),
}
"""How a trail is emptied, which the program itself cannot: a round's id is never used again but in tests."""


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, made: dict[str, Store]) -> Store:
    """Return an empty store, once on SQLite and once on PostgreSQL."""
    return _emptied(request.param, request, made)


@pytest.fixture
def sqlite_store(request: pytest.FixtureRequest, made: dict[str, Store]) -> Store:
    """Return an empty store on SQLite."""
    return _emptied("sqlite", request, made)


@pytest.fixture
def url(store: Store) -> str:
    """Return the URL of the store, for another process."""
    return store._engine.url.render_as_string(hide_password=False)
