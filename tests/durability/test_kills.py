"""A process that is killed while it saves loses nothing that it acknowledged (SQLite)."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from arusha.store import open_store
from tests.durability import books
from tests.durability.books import Said
from tests.durability.conftest import opened

KILLS, AT_ONCE = 1_000, 2
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Killed:
    """What is left of a database whose writers were killed."""

    said: tuple[Said, ...]
    lost: tuple[Said, ...]
    disagreements: tuple[str, ...]
    versions: int
    is_whole: bool


def killed(folder: Path, kills: int, seed: int, writer: str = "whole") -> Killed:
    """Kill the writers of a new database so often; return what was acknowledged and what is there."""
    file = folder / f"{writer}{seed}.sqlite"
    url = f"sqlite:///{file}"
    store = open_store(url)
    round_id = opened(store)
    store.close()
    command = [sys.executable, "-m", "tests.durability.killed", url, round_id, str(kills), str(seed), writer]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    said = tuple(Said(*json.loads(line)) for line in done.stdout.splitlines())
    store = open_store(url)
    try:
        left = tuple(books.lost(store, round_id, said)), tuple(books.disagreements(store))
        return Killed(said, *left, books.counted(store, round_id)[0], books.is_whole(str(file)))
    finally:
        store.close()


def test_of_a_thousand_kills_none_loses_an_answer_or_its_record(home: Path, tmp_path: Path) -> None:
    assert home
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = list(pool.map(lambda seed: killed(tmp_path, KILLS // AT_ONCE, seed), range(AT_ONCE)))
    acknowledged, kept = (
        sum(found) for found in zip(*((len(r.said), r.versions) for r in runs), strict=True)
    )
    assert acknowledged > KILLS
    assert acknowledged < kept <= acknowledged + KILLS  # some were kept, and killed before they could say so
    assert [one for run in runs for one in run.lost] == []
    assert [fault for run in runs for fault in run.disagreements] == []
    assert all(run.is_whole for run in runs)


def test_the_harness_finds_an_answer_that_was_acknowledged_too_early(home: Path, tmp_path: Path) -> None:
    assert home
    assert killed(tmp_path, 40, seed=1, writer="early").lost


def test_the_harness_finds_an_answer_without_its_record(home: Path, tmp_path: Path) -> None:
    assert home
    found = killed(tmp_path, 40, seed=1, writer="in_two").disagreements
    assert found
    assert all("without trail: ('version'" in one for one in found), found
