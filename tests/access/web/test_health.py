"""Does the process live, and may people be sent to it: yes, or no with the names of what fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from arusha import settings
from arusha.access.checkup import readiness, surroundings
from arusha.access.people import accounts
from arusha.access.rules import LOCAL
from arusha.access.web import health
from arusha.store import Store, open_store
from arusha.store.opened import opened
from questionnaires.problems import refuse
from tests.access.web.foreign import running
from tests.browsing import Server
from tests.store.guarded import owning


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """Return the database of a server, in which something was done."""
    made = opened(settings.read().database_url)
    accounts.add(LOCAL, made, "Ada", "system")
    yield made
    made.close()
    opened.cache_clear()


def failed(store: Store) -> tuple[str, ...]:
    return readiness.failed(lambda: store, settings.read())


def execute(home: Path, *statements: str) -> None:
    """Change the database as another program would."""
    with closing(sqlite3.connect(home / "arusha.sqlite", isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def test_a_server_that_works_is_ready(store: Store) -> None:
    assert failed(store) == ()


def test_a_server_in_which_nothing_was_done_yet_is_ready(home: Path) -> None:
    with closing(open_store(settings.read().database_url)) as store:
        assert failed(store) == ()
    assert not (home / "keys" / "trail").exists()


@pytest.mark.parametrize(
    ("statements", "names"),
    [
        (["UPDATE arusha_version SET version_num = '0001'"], ("version",)),
        (["UPDATE arusha_version SET version_num = '9999'"], ("database",)),
        (["DROP TABLE arusha_version"], ("database",)),
        (["UPDATE trail_head SET mac = 'x'"], ("trail",)),
        (["UPDATE trail_head SET seq = 99"], ("trail",)),
        (["DROP TRIGGER trail_DELETE", "DELETE FROM trail"], ("trail",)),
        (["DROP TRIGGER trail_UPDATE", "UPDATE trail SET mac = CAST(x'ff' AS TEXT)"], ("trail",)),
        (["DROP TABLE trail"], ("trail",)),
    ],
)
def test_a_database_that_is_not_as_it_was_is_named(
    statements: list[str], names: tuple[str, ...], store: Store, home: Path
) -> None:
    execute(home, *statements)
    assert failed(store) == names


def test_a_database_that_cannot_be_opened_is_named() -> None:
    def away() -> Store:
        raise refuse("x", "It is away.", "Wait.")

    assert readiness.failed(away, settings.read()) == ("database",)


@pytest.mark.parametrize("name", ["trail", "codes", "rows"])
def test_a_spoilt_secret_is_named(name: str, store: Store, home: Path) -> None:
    (home / "keys" / name).write_text("spoilt")
    assert failed(store) == ("keys",)


def test_a_missing_secret_of_the_trail_is_named_and_one_that_was_never_used_is_not(
    store: Store, home: Path
) -> None:
    assert not (home / "keys" / "codes").exists()
    assert failed(store) == ()
    (home / "keys" / "trail").unlink()
    assert failed(store) == ("keys",)
    assert not (home / "keys" / "trail").exists()


def test_a_full_disk_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LEAST", 2**62)
    assert failed(store) == ("disk",)
    assert surroundings.disk_of(settings.read()) == settings.read().home


def test_a_guarded_postgresql_is_ready_and_one_without_its_guard_is_not(guarded_url: str) -> None:
    with closing(open_store(guarded_url)) as store:
        assert failed(store) == ()
        with owning(guarded_url) as owner, owner.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE rounds DISABLE ROW LEVEL SECURITY")
        assert failed(store) == ("guard",)


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with running(Starlette(routes=health.ROUTES)) as found:
        yield found


def test_whoever_asks_is_told_names_only(
    address: str, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KEPT", 0.01)
    answer = httpx.get(f"{address}/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "failed": []})
    execute(home, "UPDATE trail_head SET mac = 'x'")
    (home / "keys" / "trail").write_text("spoilt")
    answer = httpx.get(f"{address}/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "failed": ["trail", "keys"]})
    assert answer.headers["cache-control"] == "no-store"
    assert httpx.get(f"{address}/healthz").text == "ok"
    assert httpx.post(f"{address}/readyz").status_code == 405


def test_many_questions_are_answered_from_one_look(
    address: str, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KEPT", 3600)
    assert httpx.get(f"{address}/readyz").status_code == 200
    execute(home, "DROP TABLE trail")
    assert httpx.get(f"{address}/readyz").status_code == 200


def test_a_real_server_lives_and_is_ready_whatever_name_it_is_asked_by(tmp_path: Path) -> None:
    with Server(home=tmp_path / "home", ARUSHA_MODE="server", ARUSHA_ORIGIN="https://a.example") as server:
        for host in ("a.example", "10.0.0.7:8501"):
            alive = httpx.get(f"{server.url}/healthz", headers={"host": host})
            ready = httpx.get(f"{server.url}/readyz", headers={"host": host})
            assert (alive.status_code, alive.text) == (200, "ok")
            assert (ready.status_code, ready.json()) == (200, {"ready": True, "failed": []})
