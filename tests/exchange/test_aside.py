"""The process that reads workbooks can do nothing else, and whatever happens to it ends in one sentence."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from arusha.exchange import aside, transcript
from arusha.exchange.aside import begun, judged, read
from arusha.exchange.found import Found, Kind
from arusha.exchange.limits import NO_ROOM
from questionnaires.problems import Refused
from tests.exchange.bombs import plain, roomy, slow

ROOT = Path(__file__).parents[2]
TRIES = """
import os, socket, subprocess, sys, urllib.request
from arusha.exchange import child
if sys.argv[1:]:
    child.lock_in()
for attempt in (
    lambda: open(__import__("os").devnull),
    lambda: open("left_behind", "w"),
    lambda: socket.socket(),
    lambda: subprocess.run([sys.executable, "-c", ""]),
    lambda: os.listdir("."),
    lambda: bytes(1_500_000_000),
):
    try:
        attempt()
        print("done")
    except (PermissionError, MemoryError) as error:
        print(type(error).__name__)
"""
LONGER = (
    "a.xlsx: The workbook takes longer to read than one written by hand. "
    "Keep only the sheets and rows that are asked for."
)
DAMAGED = (
    "a.xlsx: The workbook is damaged and cannot be read. "
    "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."
)
NOT_BEGUN = (
    "a.xlsx: The program could not start the process that reads workbooks. "
    "Try again; if that does not help, tell the person who runs the program."
)
MEMORY = (
    "a.xlsx: The workbook takes more memory to read than one written by hand. "
    "Keep only the sheets and rows that are asked for."
)
SMALL = "from arusha.exchange import child; child.LIMITS['AS'] = 150_000_000; child.main()"


def refusal(told: bytes, ended: int, *, is_late: bool = False) -> str:
    with pytest.raises(Refused) as refused:
        judged(told, "a.xlsx", ended, is_late=is_late)
    (problem,) = refused.value.problems
    return str(problem)


def tried(folder: Path, *locked: str) -> list[str]:
    command = [sys.executable, "-c", TRIES, *locked]
    environment = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_process_opens_nothing_starts_nothing_and_takes_no_gigabytes(tmp_path: Path) -> None:
    assert tried(tmp_path, "locked") == ["PermissionError"] * 5 + ["MemoryError"]
    assert list(tmp_path.iterdir()) == []
    assert tried(tmp_path) == ["done"] * 6


def test_the_process_knows_nothing_of_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_DATABASE_URL", "postgresql://a:secret@b/c")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "openpyxl.py").write_text("raise SystemExit(3)", encoding="ascii")
    with begun() as child:
        told = Path(f"/proc/{child.pid}/environ").read_bytes()
        open_files = os.listdir(f"/proc/{child.pid}/fd")  # noqa: PTH208 - names that come and go
        child.kill()
    assert b"secret" not in told
    assert b"PYTHONPATH" not in told
    assert len(open_files) < 10
    assert read(plain(), "a.xlsx")["Sheet"].at(1, 2) == Found(Kind.NUMBER, 1)


def test_a_reading_that_takes_too_long_is_ended() -> None:
    started = time.perf_counter()
    with pytest.raises(
        Refused, match=r"a\.xlsx: The workbook takes longer to read than one written by hand\."
    ):
        read(slow(), "a.xlsx", seconds=1.5)
    assert time.perf_counter() - started < 10


def test_a_reading_that_takes_too_much_room_is_refused() -> None:
    said = json.dumps({"name": "a.xlsx"}).encode() + b"\n" + roomy()
    done = subprocess.run(
        [sys.executable, "-c", SMALL],
        input=said,
        env={"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        check=False,
    )
    with pytest.raises(Refused, match="takes more memory to read than one written by hand"):
        transcript.taken(
            judged(done.stdout, "a.xlsx", done.returncode, is_late=False).splitlines(keepends=True)
        )


@pytest.mark.parametrize(
    ("told", "ended", "is_late", "sentence"),
    [
        (b"", -signal.SIGKILL, True, LONGER),
        (b"", -signal.SIGXCPU, False, LONGER),
        (b"", -signal.SIGSEGV, False, DAMAGED),
        (b"", -signal.SIGABRT, False, DAMAGED),
        (b'{"name": "Sheet", "cells": [', -signal.SIGKILL, False, DAMAGED),
        (b"", 0, False, DAMAGED),
        (b"", NO_ROOM, False, MEMORY),
        (b"", 1, False, NOT_BEGUN),
    ],
)
def test_however_the_process_ends_there_is_one_sentence(
    told: bytes, ended: int, is_late: bool, sentence: str
) -> None:
    assert refusal(told, ended, is_late=is_late) == sentence


def test_a_process_that_told_everything_is_believed_however_it_ended() -> None:
    assert judged(transcript.END, "a.xlsx", -signal.SIGKILL, is_late=True) == transcript.END


def test_without_a_process_to_start_there_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Refused) as refused:
        read(plain(), "a.xlsx")
    assert str(refused.value) == NOT_BEGUN


def test_what_the_process_imports_is_found_where_this_one_found_it() -> None:
    assert str(ROOT) in aside.rooms()
    assert all(Path(folder).is_dir() for folder in aside.rooms())


@pytest.mark.parametrize("name", ["é\n🙂.xlsx", "\udcff.xlsx", '"}', "a" * 100_000])
def test_a_name_of_any_letters_reaches_the_message(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read(b"no workbook", name)
    assert refused.value.problems[0].place == name
