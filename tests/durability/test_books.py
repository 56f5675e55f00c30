"""The books tell of every deed that stands in the tables only, or in the trail only."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from arusha.store import open_store
from tests.assessments.rounds import PRACTICES
from tests.durability import books, editing, test_faults
from tests.durability.books import Said
from tests.durability.conftest import opened

FIRST = PRACTICES[0]
DAMAGE = {
    "DELETE FROM answer_versions WHERE version = 2": "without row: ('version'",
    "UPDATE answer_versions SET note = 'other' WHERE version = 2": "without trail: ('version'",
    "UPDATE answers SET note = 'other' WHERE version = 2": "astray",
    "UPDATE answers SET version = 1 WHERE version = 2": "astray",
    "DELETE FROM trail WHERE action = 'answer:save'": "without trail: ('version'",
    "DELETE FROM answer_conflicts": "without row: ('met'",
    "UPDATE answer_conflicts SET settled_as = 'theirs'": "without trail: ('settled'",
    "DELETE FROM signatures": "without row: ('signed'",
    "UPDATE signatures SET reopened_at = NULL": "without row: ('reopened'",
    "DELETE FROM carried WHERE number = 0": "without row: ('carried'",
    "DELETE FROM disclosures": "without row: ('shared'",
    "UPDATE disclosures SET withdrawn_at = NULL": "without trail: ('open'",
    "DELETE FROM accounts": "without row: ('account'",
    "UPDATE trail SET actor = 'other' WHERE seq = 2": "not what was sealed",
    "DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)": "The newest records are missing",
}

PREPARED = (
    test_faults.decision,
    test_faults.reopening,
    test_faults.carrying,
    test_faults.withdrawal,
    test_faults.account,
)


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    """Return a database in which everything that the books know of was done."""
    assert home
    file = tmp_path / "arusha.sqlite"
    with closing(open_store(f"sqlite:///{file}")) as store:
        for code, prepared in zip(("XA", "XB", "XC", "XD", "XE"), PREPARED, strict=True):
            prepared(store, code)()
        assert books.disagreements(store) == []
    return file


def told_after(damage: str, file: Path, copy: Path) -> list[str]:
    """Return what the books tell of a copy that somebody with the file in their hands has changed."""
    shutil.copy(file, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(damage).rowcount > 0, damage
    with closing(open_store(f"sqlite:///{copy}")) as store:
        return books.disagreements(store)


def test_whatever_is_changed_behind_the_books_is_told(file: Path, tmp_path: Path) -> None:
    told = {damage: told_after(damage, file, tmp_path / f"{n}.sqlite") for n, damage in enumerate(DAMAGE)}
    missed = {damage: found for damage, found in told.items() if not _says(found, DAMAGE[damage])}
    assert missed == {}


def _says(told: list[str], wanted: str) -> bool:
    return any(wanted in one for one in told)


def test_a_save_is_lost_when_not_all_of_it_is_kept(sqlite_url: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        round_id = opened(store)
        who, wanted = editing.person(1), Said("one", FIRST, -1, "note")
        kept = editing.properly(who, store, round_id, wanted, 0)
        beside = editing.properly(who, store, round_id, Said("two", FIRST, -1, "other"), 0)
        assert (kept.version, beside.version) == (1, 0)
        assert books.lost(store, round_id, [kept, beside, wanted]) == []
        wrong = [
            Said("one", FIRST, 2, "note"),
            Said("one", FIRST, 0, "note"),
            Said("one", FIRST, 1, "other"),
            Said("one", FIRST, 1, "note", "proven"),
            Said("one", PRACTICES[1], 1, "note"),
            Said("two", FIRST, 1, "other"),
            Said("none", FIRST, -1, "note"),
        ]
        assert books.lost(store, round_id, wrong) == wrong
