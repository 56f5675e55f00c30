"""A migration happens as a whole or not at all, and the migrations make exactly what the models describe."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Inspector, inspect, text

import arusha
from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Base, Store, open_store, schema
from questionnaires.problems import Refused
from scoring.answers import Answer

HOUSE = Path(arusha.__file__).parent
for found in sorted(HOUSE.glob("*/records.py")):
    import_module(f"arusha.{found.parent.name}.records")

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    op.create_table("stamps", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO stamps VALUES (1)")
    op.execute("DELETE FROM answers")
    {then}
"""


@pytest.fixture
def upgrade_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Let the program have one more migration, which ends with these words of Python."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "HEAD", "0005")

    def write(then: str) -> Path:
        (folder / "versions" / "0005_stamps.py").write_text(NEXT.format(then=then))
        shutil.rmtree(folder / "versions" / "__pycache__", ignore_errors=True)
        return folder

    return write


def with_an_answer(url: str) -> str:
    """Make a database of the present version with one answer; return the round's id."""
    with closing(open_store(url)) as store:
        round_ = service.open_round(LOCAL, store, "KE", "arusha_2026", 2026)
        practice = next(iter(service.sheet(LOCAL, store, round_.id).questionnaire.practices))
        service.import_answers(LOCAL, store, round_.id, [Answer(practice, note="kept")])
    return round_.id


def tables_and_version(url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], str, int]:
    """Return what the program before the upgrade finds."""
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0004")
        with closing(open_store(url)) as store, store.reading(LOCAL) as session:
            tables = inspect(session.connection()).get_table_names()
            return sorted(tables), store.came_from, session.scalar(text("SELECT count(*) FROM answers")) or 0


def test_the_newest_migration_is_the_version_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_the_migrations_make_what_the_models_describe(store: Store) -> None:
    with store.reading(LOCAL) as session:
        options = {"version_table": schema.VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(session.connection(), opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_constraints_bear_the_names_the_models_give_them(store: Store) -> None:
    with store.reading(LOCAL) as session:
        found = inspect(session.connection())
        for table in Base.metadata.tables.values():
            assert names_in(found, table.name) == {str(one.name) for one in table.constraints}


def names_in(found: Inspector, table: str) -> set[str]:
    several = [*found.get_check_constraints(table), *found.get_unique_constraints(table),
               *found.get_foreign_keys(table), found.get_pk_constraint(table)]  # fmt: skip
    return {str(one["name"]) for one in several}


def test_every_check_of_the_models_is_there(store: Store) -> None:
    with store.reading(LOCAL) as session:
        found = inspect(session.connection())
        for table in Base.metadata.tables.values():
            asked = [one for one in table.constraints if isinstance(one, CheckConstraint)]
            assert len(found.get_check_constraints(table.name)) == len(asked)


def test_opening_tells_the_version_a_database_came_from(database_url: str) -> None:
    with closing(open_store(database_url)) as new, closing(open_store(database_url)) as again:
        assert (new.came_from, again.came_from) == ("", schema.HEAD)


def test_a_migration_that_fails_leaves_the_database_as_it_was_and_can_be_repeated(
    database_url: str, upgrade_that: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0004")
        with_an_answer(database_url)
    found = tables_and_version(database_url, monkeypatch)
    upgrade_that("raise RuntimeError('power cut')")
    with pytest.raises(RuntimeError, match="power cut"):
        open_store(database_url)
    assert tables_and_version(database_url, monkeypatch) == found
    upgrade_that("pass")
    with closing(open_store(database_url)) as store, store.reading(LOCAL) as session:
        assert session.scalar(text("SELECT count(*) FROM stamps")) == 1
        assert store.came_from == "0004"


OPEN = """
import sys
from pathlib import Path
from arusha.store import open_store, schema
schema.MIGRATIONS, schema.HEAD = Path(sys.argv[2]), sys.argv[3]
import alembic.command, alembic.config
print("ready", flush=True)
sys.stdin.readline()
open_store(sys.argv[1]).close()
"""


def opener(url: str, folder: Path, head: str) -> subprocess.Popen[str]:
    """Return a process that is ready to open a database and waits for a line."""
    command = [sys.executable, "-c", OPEN, url, str(folder), head]
    pipes = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipes, stdout=pipes, stderr=pipes, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_process_that_dies_in_a_migration_leaves_the_database_as_it_was(
    database_url: str, upgrade_that: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0004")
        with_an_answer(database_url)
    found = tables_and_version(database_url, monkeypatch)
    process = opener(database_url, upgrade_that("import os; os._exit(9)"), "0005")
    process.communicate("\n")
    assert process.returncode == 9
    assert tables_and_version(database_url, monkeypatch) == found
    upgrade_that("pass")
    open_store(database_url).close()
    assert open_store(database_url).came_from == "0005"


def test_several_processes_may_make_the_database_at_once(database_url: str) -> None:
    processes = [opener(database_url, schema.MIGRATIONS, schema.HEAD) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    with closing(open_store(database_url)) as store:
        assert store.came_from == schema.HEAD


REBUILD = """with op.batch_alter_table("rounds") as rounds:  # SQLite can only make the table anew
        rounds.alter_column("edition", existing_type=sa.String(80), type_=sa.String(90))"""


def test_a_table_that_others_point_to_can_be_rebuilt(
    database_url: str, upgrade_that: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0004")
        round_id = with_an_answer(database_url)
    upgrade_that(REBUILD)
    with closing(open_store(database_url)) as store:
        assert service.find(LOCAL, store, round_id).administration == "KE"
        with store.reading(LOCAL) as session:
            assert session.scalar(text("SELECT count(*) FROM answer_versions")) == 1
            if database_url.startswith("sqlite"):
                assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_migration_that_would_leave_rows_astray_is_refused(
    sqlite_url: str, upgrade_that: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0004")
        with_an_answer(sqlite_url)
    found = tables_and_version(sqlite_url, monkeypatch)
    upgrade_that('op.execute("DELETE FROM rounds")')
    with pytest.raises(Refused, match="Rows of answer_versions point to rows that are not there"):
        open_store(sqlite_url)
    assert tables_and_version(sqlite_url, monkeypatch) == found


def test_rounds_of_the_first_version_are_called_short_and_lose_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The edition of version 0.1.0 was the forty practices that are its core today."""
    only_first = tmp_path / "first"
    shutil.copytree(schema.MIGRATIONS, only_first, ignore=shutil.ignore_patterns("000[2-9]*", "__pycache__"))
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0001")
        before.setattr(schema, "MIGRATIONS", only_first)
        with closing(open_store(database_url)) as store, store.writing(LOCAL) as session:
            for statement in FIRST_VERSION:
                session.execute(text(statement))
    with closing(open_store(database_url)) as store:
        assert store.came_from == "0001"
        sheet = service.sheet(LOCAL, store, "ke2025-aaaaaa")
        assert sheet.round.form == "short"
        assert len(sheet.questionnaire.practices) == 40
        assert sheet.answers["leadership.accountability"].note == "kept"


FIRST_VERSION = (
    "INSERT INTO administrations VALUES ('KE', 'east_southern_africa', '')",
    (
        "INSERT INTO rounds VALUES ('ke2025-aaaaaa', 'KE', 'arusha_2026', 2025, 'open', 1, "
        "'2025-03-01 09:00:00', '2025-03-01 09:00:00')"
    ),
    (
        "INSERT INTO answers VALUES ('ke2025-aaaaaa', 'leadership.accountability', 1, '2025-03-01 09:00:00', "
        "'local', 'partly', false, false, '', 'kept')"
    ),
    (
        "INSERT INTO answer_versions VALUES ('ke2025-aaaaaa', 'leadership.accountability', 1, 'a-save', "
        "'2025-03-01 09:00:00', 'local', 'partly', false, false, '', 'kept')"
    ),
)
