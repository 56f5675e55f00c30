"""A database is opened when it is ours; whatever else it is, it is refused and left as it was."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.members import service as members
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from tests.conftest import impatient

NOBODY = 65534


def refusal(url: str) -> str:
    """Return what is said when this database is refused."""
    with pytest.raises(Refused) as refused:
        open_store(url).close()
    assert len(refused.value.problems) == 1
    return str(refused.value)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@contextmanager
def an_ordinary_user() -> Iterator[None]:
    """Give up root's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """Return a folder that every user may read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


@pytest.mark.parametrize("use", [Store.reading, Store.writing])
def test_sqlite_logs_ahead_syncs_each_commit_and_watches_over_foreign_keys(sqlite_url: str, use) -> None:  # type: ignore[no-untyped-def]
    with closing(open_store(sqlite_url)) as store, use(store, LOCAL) as session:
        told = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 10_000,
    }


def test_the_wait_for_a_lock_can_be_set_in_the_url(sqlite_url: str) -> None:
    with closing(open_store(f"{sqlite_url}?timeout=0.25")) as store, store.reading(LOCAL) as session:
        assert session.scalar(text("PRAGMA busy_timeout")) == 250


def test_a_file_that_lost_its_log_mode_gets_it_back(sqlite_url: str, tmp_path: Path) -> None:
    open_store(sqlite_url).close()
    with closing(sqlite3.connect(tmp_path / "arusha.sqlite")) as other:
        other.execute("PRAGMA journal_mode=DELETE")
    with closing(open_store(sqlite_url)) as store, store.reading(LOCAL) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"


@pytest.mark.parametrize(
    "garbage", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096, b"PK\3\4" * 300]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(
    garbage: bytes, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "arusha.sqlite").write_bytes(garbage)
    assert "not a database of this program, or it is damaged" in refusal(sqlite_url)
    assert everything_in(tmp_path) == {"arusha.sqlite": garbage}


def test_a_database_cut_off_in_the_middle_is_refused_and_left_as_it_was(
    sqlite_url: str, tmp_path: Path
) -> None:
    open_store(sqlite_url).close()
    file = tmp_path / "arusha.sqlite"
    file.write_bytes(file.read_bytes()[:6000])
    before = everything_in(tmp_path)
    assert "not a database of this program, or it is damaged" in refusal(sqlite_url)
    assert everything_in(tmp_path)["arusha.sqlite"] == before["arusha.sqlite"]


def test_an_empty_file_becomes_a_database(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "arusha.sqlite").touch()
    with closing(open_store(sqlite_url)) as store:
        assert store.came_from == ""
        assert service.rounds(LOCAL, store) == ()


def test_another_program_s_file_is_refused_and_not_a_byte_of_it_changes(
    sqlite_url: str, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "arusha.sqlite")) as other:
        other.execute("CREATE TABLE invoices (number)")
        other.commit()
    before = everything_in(tmp_path)
    assert "holds tables of another program: invoices" in refusal(sqlite_url)
    assert everything_in(tmp_path) == before


def test_another_program_s_tables_on_a_server_are_refused(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (number int)"))
    assert "holds tables of another program: invoices" in refusal(postgresql_url)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) == 1
    engine.dispose()


def set_version(url: str, version: str) -> None:
    with closing(open_store(url)) as store, store.writing(LOCAL) as session:
        session.execute(text("UPDATE arusha_version SET version_num = :version"), {"version": version})


def test_a_newer_database_is_refused(database_url: str) -> None:
    set_version(database_url, "9999")
    assert "is of version 9999, newer than this program" in refusal(database_url)


def test_a_newer_file_is_left_as_it_was(sqlite_url: str, tmp_path: Path) -> None:
    set_version(sqlite_url, "9999")
    before = everything_in(tmp_path)
    refusal(sqlite_url)
    assert everything_in(tmp_path) == before


def test_a_version_that_never_was_is_refused(database_url: str) -> None:
    set_version(database_url, "0000")
    assert "of version 0000, which this program never had" in refusal(database_url)


def test_a_database_that_lost_a_table_is_told_as_damaged(store: Store) -> None:
    with store.writing(LOCAL) as session:
        session.execute(text("DROP TABLE visits"))
    with pytest.raises(Refused, match="or it is damaged"):
        service.last_visit(LOCAL, store)


@pytest.mark.parametrize("place", ["file/x.sqlite", "file/deeper/x.sqlite"])
def test_a_folder_that_is_a_file_is_refused(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "The folder cannot be made" in refusal(f"sqlite:///{tmp_path / place}")


def test_a_folder_where_nothing_can_be_made_is_refused() -> None:
    assert "The folder cannot be made" in refusal("sqlite:////proc/arusha/x.sqlite")


def test_a_database_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be written or opened" in refusal(f"sqlite:///{tmp_path}")


def test_a_folder_that_may_only_be_read_is_refused(shared_folder: Path) -> None:
    shared_folder.chmod(0o555)
    with an_ordinary_user():
        assert "cannot be written or opened" in refusal(f"sqlite:///{shared_folder / 'x.sqlite'}")
    assert everything_in(shared_folder) == {}


def test_a_file_that_may_only_be_read_is_refused_and_left_as_it_was(shared_folder: Path) -> None:
    file = shared_folder / "x.sqlite"
    open_store(f"sqlite:///{file}").close()
    file.chmod(0o444)
    shared_folder.chmod(0o555)
    before = everything_in(shared_folder)
    with an_ordinary_user():
        assert "cannot be written or opened" in refusal(f"sqlite:///{file}")
    assert everything_in(shared_folder) == before


def test_a_file_locked_by_another_program_is_refused_after_the_wait(sqlite_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "arusha.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked by another program" in refusal(impatient(sqlite_url))


def test_while_another_writes_one_can_read_but_not_write(database_url: str) -> None:
    with closing(open_store(database_url)) as other, closing(open_store(impatient(database_url))) as store:
        with other.writing(LOCAL) as session:
            members.ensure(session, "KE")
            assert members.registered(LOCAL, store) == ()
            with pytest.raises(Refused, match="locked by another program"):
                members.register(LOCAL, store, "UG")
        assert [one.code for one in members.registered(LOCAL, store)] == ["KE"]


FILL = """
import resource, sys
from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import open_store
from questionnaires.problems import Refused
from scoring.answers import Answer
url, round_id, practice = sys.argv[1:]
store = open_store(url)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for number in range(100):
    try:
        service.import_answers(LOCAL, store, round_id, [Answer(practice, note=f"{number} " + "x" * 19_000)])
    except Refused as refused:
        print(number, refused)
        break
"""


def test_a_full_disk_is_told_and_what_was_saved_before_is_safe(sqlite_url: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        round_ = service.open_round(LOCAL, store, "KE", "arusha_2026", 2026)
        practice = next(iter(service.sheet(LOCAL, store, round_.id).questionnaire.practices))
        command = [sys.executable, "-c", FILL, sqlite_url, round_.id, practice]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        number, _, told = done.stdout.partition(" ")
        assert "The disk is full, or it cannot be written." in told
        kept = service.sheet(LOCAL, store, round_.id).answers[practice]
        assert kept.note.split()[0] == str(int(number) - 1)
        assert len(service.history(LOCAL, store, round_.id, practice)) == int(number) > 1
        with store.reading(LOCAL) as session:
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://user@host/name", "oracle://x", "sqlite://", "sqlite:///:memory:", "sqlite:///",
     "postgresql+asyncpg://host/name", "postgresql+psycopg://host:port/name", "sqlite:////tmp/x?timeout=soon",
     "postgresql+psycopg://127.0.0.1:1/name?colour=red"],
)  # fmt: skip
def test_a_url_of_no_use_is_refused(url: str) -> None:
    assert "The database URL cannot be used" in refusal(url)


def test_a_server_that_is_not_there_is_refused_without_showing_the_password() -> None:
    told = refusal("postgresql+psycopg://user:secret@127.0.0.1:1/name?password=secret")
    assert "The database server does not answer" in told
    assert "secret" not in told


@pytest.mark.parametrize("change", [{"database": "missing"}, {"username": "stranger"}])
def test_a_server_that_does_not_let_us_in_is_refused(postgresql_url: str, change: dict[str, str]) -> None:
    from sqlalchemy import make_url

    url = make_url(postgresql_url).set(**change).render_as_string(hide_password=False)  # type: ignore[arg-type]
    assert "does not let the program in" in refusal(url)
