"""When the disk is full each save that fails says so, none is half written, and no restart is needed."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from arusha.store import open_store
from tests.durability import books, full
from tests.durability.books import Said

ROOM = 100_000  # bytes that are left
ROOT = Path(__file__).parents[2]
OWN_DISK = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=2m none "$0" && exec "$@"']


def run(folder: Path, way: str, *before: str, room: int = ROOM, writer: str = "whole") -> dict[str, Any]:
    """Run the program that saves; return what it tells."""
    command = [*before, sys.executable, "-m", "tests.durability.full", str(folder), way]
    command += [str(folder.parent), str(room), writer]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def hold(told: dict[str, Any], copy: Path) -> None:
    """Hold what was told, and the database as it is afterwards, to what is promised."""
    said = [Said(*one) for one in told["said"]]
    assert told["faults"] == []
    assert len(told["refused"]) > full.TRIES / 4
    assert set(told["refused"]) == {full.SAID}
    assert told["again"] == full.AFTERWARDS
    assert books.is_whole(str(copy))
    with closing(open_store(f"sqlite:///{copy}")) as store:
        assert books.lost(store, told["round"], said) == []
        assert books.counted(store, told["round"]) == (len(said), 0)  # of what was refused nothing is there
        assert books.disagreements(store) == []


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    """Return an empty folder beside the one of the program's secrets."""
    home.mkdir()
    made = tmp_path / "disk"
    made.mkdir()
    return made


def test_files_that_may_not_grow_are_told_of_and_leave_nothing_half_written(folder: Path) -> None:
    hold(run(folder, "limit"), folder.parent / "arusha.sqlite")


def can_mount(folder: Path) -> bool:
    """Return whether a test may have a disk of its own: as root, where the machine allows it."""
    if os.geteuid():
        return False
    tried = [*OWN_DISK, str(folder), "true"]
    return not subprocess.run(tried, capture_output=True, check=False).returncode


def test_a_full_disk_is_told_of_and_leaves_nothing_half_written(folder: Path) -> None:
    if not can_mount(folder):
        pytest.skip("no disk of its own can be mounted here; the limit on files stands for it")
    hold(run(folder, "ballast", *OWN_DISK, str(folder)), folder.parent / "arusha.sqlite")


def test_the_harness_finds_what_is_half_written(folder: Path) -> None:
    def halves(room: int) -> list[str]:
        for file in folder.iterdir():
            file.unlink()
        run(folder, "limit", room=room, writer="in_two")
        with closing(open_store(f"sqlite:///{folder.parent / 'arusha.sqlite'}")) as store:
            return books.disagreements(store)

    assert any(halves(ROOM + more) for more in range(0, 40_000, 4_096))
