"""``doctor``: what is unsafe is named, what is safe is left alone, and nothing at all is changed."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner, Result

from arusha import settings
from arusha.__main__ import app
from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.people import accounts, invitations
from arusha.access.proof import anchors
from arusha.access.rules import LOCAL
from arusha.store import Store, keys, open_store
from arusha.store.clock import now
from arusha.store.inspecting import open_to_look
from questionnaires.problems import Refused
from tests.store.guarded import app_role, owning

PASSWORD = "seven grey herons over Lamu"


@pytest.fixture(autouse=True)
def nothing_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("STREAMLIT_")]:
        monkeypatch.delenv(name)


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["doctor", *arguments])


def said() -> list[str]:
    """Return what the doctor names, which has to be named as JSON too."""
    plain, as_json = doctor(), doctor("--json")
    lines = plain.stderr.splitlines()
    listed = json.loads(as_json.stdout)["problems"]
    assert plain.exit_code == as_json.exit_code == bool(lines), plain.output
    assert [f"{one['place']}: {one['fault']} {one['remedy']}" for one in listed] == lines
    return lines


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(open_store(settings.read().database_url)) as made:
        yield made


@pytest.fixture
def server(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return the database of a server that is as safe as can be."""
    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setenv("ARUSHA_SECOND_STEP", "required")
    monkeypatch.setenv("ARUSHA_ORIGIN", "https://integrity.example.org")
    accounts.add(LOCAL, store, "Ada", "system", password=PASSWORD)
    _give_second_step("Ada")
    return store


def _give_second_step(name: str) -> None:
    execute("UPDATE accounts SET secret = 'wrapped' WHERE name = ?", name)
    keys.key(settings.read().keys, "codes")


def execute(statement: str, *values: object) -> None:
    """Change the database as another program would."""
    with closing(sqlite3.connect(settings.read().home / "arusha.sqlite")) as database:
        *before, last = statement.split("; ")
        for one in before:
            database.execute(one)
        database.execute(last, values)
        database.commit()


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Hold every file of a folder to what it was: names, bytes and rights."""
    before = _state(folder)
    yield
    assert _state(folder) == before


def _state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mode,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith("-shm")  # memory that readers share, and no data
    }


def test_a_new_home_is_safe(store: Store) -> None:
    assert said() == []
    assert doctor().stdout == "Nothing unsafe was found.\n"


def test_a_server_set_up_well_is_safe(server: Store) -> None:
    assert said() == []


def test_without_a_database_none_is_made(home: Path) -> None:
    assert [line for line in said() if not line.startswith("ARUSHA_")] == [
        (
            f"{home / 'arusha.sqlite'}: There is no database here yet. "
            "Make one with the command upgrade, or set ARUSHA_HOME or ARUSHA_DATABASE_URL."
        )
    ]
    assert not home.exists()


def test_a_closed_database_is_left_byte_for_byte(server: Store, home: Path) -> None:
    server.close()
    with closing(sqlite3.connect(home / "arusha.sqlite")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not (home / "arusha.sqlite-wal").exists()
    with unchanged(home):
        assert said() == []


def test_a_database_in_use_is_left_byte_for_byte_and_read_whole(server: Store, home: Path) -> None:
    with server.reading(DOOR):
        accounts.add(LOCAL, server, "Eve", "system", password=PASSWORD)  # stands in the log only
        assert (home / "arusha.sqlite-wal").stat().st_size > 0
        with unchanged(home):
            assert [line.partition(":")[0] for line in said()] == ["Eve"]


def test_what_a_crash_left_is_left_to_the_program(server: Store, home: Path, tmp_path: Path) -> None:
    with server.reading(DOOR):
        accounts.add(LOCAL, server, "Eve", "system", password=PASSWORD)
        copies = {name: (home / name).read_bytes() for name in ("arusha.sqlite", "arusha.sqlite-wal")}
    server.close()
    for name, content in copies.items():
        (home / name).write_bytes(content)
    (home / "arusha.sqlite-wal").chmod(0o600)
    with unchanged(home):
        assert [line.partition(":")[0] for line in said()] == ["Eve"]


def test_it_could_change_the_database_if_it_were_opened_otherwise(server: Store, home: Path) -> None:
    """The tests above can fail: to open it as the program does changes the files."""
    with server.reading(DOOR):
        accounts.add(LOCAL, server, "Eve", "system", password=PASSWORD)
        copies = {name: (home / name).read_bytes() for name in ("arusha.sqlite", "arusha.sqlite-wal")}
    server.close()
    for name, content in copies.items():
        (home / name).write_bytes(content)
    with pytest.raises(AssertionError), unchanged(home):
        open_store(settings.read().database_url).close()


def test_what_is_opened_to_be_looked_at_cannot_be_written(store: Store) -> None:
    looked = open_to_look(settings.read().database_url)
    with closing(looked), pytest.raises(Refused, match="cannot be written"):
        accounts.add(LOCAL, looked, "Eve", "system", password=PASSWORD)


def test_everything_that_is_unsafe_is_named_at_once(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add(LOCAL, store, "Ada", "system", password=PASSWORD)
    accounts.add(LOCAL, store, "Bob", "head", administration="XA")
    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setenv("ARUSHA_ORIGIN", "http://integrity.example.org")
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION", "false")
    home.chmod(0o755)
    (home / "arusha.sqlite").chmod(0o644)
    (home / "keys" / "trail").chmod(0o640)
    assert [line.partition(":")[0] for line in said()] == [
        "server.enableXsrfProtection",
        str(home / "arusha.sqlite"),
        str(home / "keys" / "trail"),
        str(home),
        "ARUSHA_ORIGIN",
        "ARUSHA_SECOND_STEP",
        "Ada",
        "Bob",
    ]


def test_keys_in_a_folder_where_everyone_may_write_are_named(
    server: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    settings.read().keys.rename(shared / "keys")
    monkeypatch.setenv("ARUSHA_KEYS", str(shared / "keys"))
    assert [line for line in said() if line.startswith(f"{shared}: Everyone on this computer can put")]


def test_the_secret_of_a_provider_and_the_anchors_are_files_to_guard(
    server: Store, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    for file in (secret, home / "anchors.jsonl"):
        file.write_text("")
        file.chmod(0o644)
    monkeypatch.setenv("ARUSHA_OIDC_ISSUER", "https://login.example")
    monkeypatch.setenv("ARUSHA_OIDC_CLIENT", "x")
    monkeypatch.setenv("ARUSHA_OIDC_SECRET_FILE", str(secret))
    assert {line.partition(":")[0] for line in said()} == {str(secret), str(home / "anchors.jsonl")}


def test_accounts_in_local_mode_are_named(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARUSHA_MODE")
    assert [line.partition(":")[0] for line in said()] == ["ARUSHA_MODE"]


def test_an_open_invitation_is_a_way_in_and_a_used_or_old_one_is_not(server: Store) -> None:
    accounts.add(LOCAL, server, "Bob", "head", administration="XA")
    assert [line.partition(":")[0] for line in said()] == ["Bob"]
    invitations.invite(LOCAL, server, "Bob")
    assert said() == []
    invitations.invite(LOCAL, server, "Bob", at=now() - timedelta(days=4))
    assert [line.partition(":")[0] for line in said()] == ["Bob"]


def test_a_disabled_account_is_left_out(server: Store) -> None:
    accounts.add(LOCAL, server, "Bob", "head", administration="XA")
    accounts.disable(LOCAL, server, "Bob")
    assert said() == []


def signed(store: Store) -> anchors.Anchor:
    with store.writing(LOCAL) as session:
        return anchors.of(trail.record(session, LOCAL, "round:sign", "r1"), "hash")


def test_the_newest_sign_off_needs_an_anchor(server: Store, home: Path) -> None:
    first = signed(server)
    assert [line.partition(":")[0] for line in said()] == [str(home / "anchors.jsonl")]
    anchors.write(settings.read().anchors, first, server.key("trail"))
    assert said() == []
    signed(server)
    assert ["newest sign-off has no anchor" in line for line in said()] == [True]


def test_a_spoilt_anchor_is_named(server: Store, home: Path) -> None:
    anchors.write(settings.read().anchors, signed(server), server.key("trail"))
    with (home / "anchors.jsonl").open("a") as file:
        file.write("nonsense\n")
    assert [line.partition(": ")[0] for line in said()] == [f"{home / 'anchors.jsonl'}:2"]


def test_a_missing_secret_is_named_and_not_made(server: Store, home: Path) -> None:
    for name in ("trail", "codes"):
        (home / "keys" / name).unlink()
    with unchanged(home / "keys"):
        assert [line.partition(":")[0] for line in said()] == [
            str(home / "keys" / "trail"),
            str(home / "keys" / "codes"),
        ]


@pytest.mark.parametrize("content", ["", "zz" * 32, "00" * 31])
def test_a_spoilt_secret_is_named(content: str, server: Store, home: Path) -> None:
    (home / "keys" / "networks").write_text(content)
    (home / "keys" / "networks").chmod(0o600)
    assert [line.partition(".")[0] for line in said()] == [
        f"{home / 'keys' / 'networks'}: This secret cannot be read, or it is not one"
    ]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE arusha_version SET version_num = '0001'", "is of version 0001, older than this program"),
        ("UPDATE arusha_version SET version_num = '9999'", "is of version 9999, newer than this program"),
        ("DROP TABLE arusha_version", "holds tables of another program"),
        ("UPDATE accounts SET name = x'fe'", "Accounts or the trail cannot be read"),
        ("UPDATE accounts SET role = CAST(x'ff' AS TEXT)", "Accounts or the trail cannot be read"),
        ("DROP TRIGGER trail_UPDATE; UPDATE trail SET at = 'soon'", "Accounts or the trail cannot be read"),
        ("PRAGMA journal_mode = DELETE", "has no write-ahead log"),
    ],
)
def test_a_database_that_is_not_as_it_should_be_is_named(statement: str, problem: str, server: Store) -> None:
    server.close()
    execute(statement)
    assert [line for line in said() if problem in line]


def test_a_trail_from_the_future_is_named(server: Store) -> None:
    with server.writing(LOCAL) as session:
        trail.record(session, LOCAL, "round:open", "r1", at=now() + timedelta(days=1))
    assert [line.partition(" is dated")[0] for line in said()] == ["trail: The newest record of the trail"]


def test_a_setting_that_is_not_known_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_HOEM", "x")
    done = doctor("--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["problems"][0]["place"] == "ARUSHA_HOEM"


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite://"])
def test_a_database_url_of_no_use_is_told_beside_the_rest(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_DATABASE_URL", url)
    assert ["The database URL cannot be used" in line for line in said()] == [True]


def test_a_database_server_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    keys.key(settings.read().keys, "rows")
    assert ["The database server does not answer" in line for line in said()] == [True]


def on_postgresql(url: str, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("ARUSHA_MODE", "server")
    patch.setenv("ARUSHA_SECOND_STEP", "required")
    patch.setenv("ARUSHA_DATABASE_URL", url)


def test_a_guarded_postgresql_is_safe(guarded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on_postgresql(guarded_url, monkeypatch)
    with closing(open_store(guarded_url)) as store:
        accounts.add(LOCAL, store, "Ada", "system", password=PASSWORD)
        invitations.bind(store, invitations.invite(LOCAL, store, "Ada").token, "https://login.example", "1")
    assert [line.partition(":")[0] for line in said()] == ["Ada"]  # a password alone


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "ALTER TABLE rounds DISABLE ROW LEVEL SECURITY",
            "rounds: Row security of this table is not enabled",
        ),
        (
            "ALTER TABLE rounds NO FORCE ROW LEVEL SECURITY",
            "rounds: Row security of this table is not enabled",
        ),
        ("CREATE POLICY wide ON rounds FOR ALL USING (true)", "rounds: The policy wide is for all commands"),
        ("GRANT UPDATE ON trail TO {role}", "may change or remove records of the trail"),
        ("GRANT DELETE ON trail TO {role}", "may change or remove records of the trail"),
        (
            "CREATE VIEW every AS SELECT * FROM rounds; GRANT SELECT ON every TO {role}",
            "every: This view shows rows as its owner sees them",
        ),
    ],
)
def test_a_hole_in_the_guard_is_named(
    statement: str, problem: str, guarded_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_postgresql(guarded_url, monkeypatch)
    assert not [line for line in said() if problem in line]
    with owning(guarded_url) as owner, owner.begin() as connection:
        connection.exec_driver_sql(statement.format(role=app_role(guarded_url)))
    assert [line for line in said() if problem in line]


def test_a_superuser_is_named(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(postgresql_url).close()
    on_postgresql(postgresql_url, monkeypatch)
    assert [line for line in said() if "The role is a superuser: it sees every row." in line]


def test_without_the_secret_that_postgresql_asks_for_nothing_is_read_and_none_is_made(
    guarded_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_postgresql(guarded_url, monkeypatch)
    settings.read().keys.joinpath("rows").unlink()
    assert [line.partition(".")[0] for line in said()] == [
        f"{home / 'keys' / 'rows'}: This secret is needed and is not there"
    ]
    assert not (home / "keys" / "rows").exists()


def test_postgresql_is_only_read(guarded_url: str) -> None:
    looked = open_to_look(guarded_url)
    with closing(looked), pytest.raises(Refused, match="cannot be written"):
        accounts.add(LOCAL, looked, "Eve", "system", password=PASSWORD)
    asked = make_url(guarded_url).set(drivername="postgresql")
    with psycopg.connect(asked.render_as_string(hide_password=False)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts").fetchone() == (0,)
