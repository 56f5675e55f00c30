"""Databases that are made at the same moment in one program are whole, each of them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from arusha.store import open_store
from tests.durability import books
from tests.durability.conftest import opened


def made(file: Path) -> list[str]:
    """Make a database and open a round in it; return what its books do not agree on."""
    with closing(open_store(f"sqlite:///{file}")) as store:
        opened(store, file.stem.upper()[:2])
        return books.disagreements(store)


def test_two_databases_made_at_once_are_both_whole(tmp_path: Path, home: Path) -> None:
    assert home
    for number in range(3):
        files = [tmp_path / f"{code}{number}.sqlite" for code in ("xa", "xb")]
        with ThreadPoolExecutor(len(files)) as pool:
            assert list(pool.map(made, files)) == [[], []]
        assert all(books.is_whole(str(file)) for file in files)


def test_one_database_opened_by_several_at_once_is_made_once(tmp_path: Path, home: Path) -> None:
    assert home
    url = f"sqlite:///{tmp_path / 'one.sqlite'}"
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(open_store, [url] * 4):
            assert books.disagreements(store) == []
            store.close()
