"""Anchors are written outside, survive a crash, and every line that is not the program's own is told."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.access import trail
from arusha.access.proof import anchors
from arusha.access.proof.anchors import Anchor, Anchors
from arusha.store import Store
from questionnaires.problems import Refused
from tests.access.tampering import PEOPLE

ROOT = Path(__file__).parents[2]
KEY, OTHER = b"k" * 32, b"o" * 32
ANCHOR = Anchor(17, "0f" * 32, datetime(2026, 3, 1, 8, 30, tzinfo=UTC), "xa2026-abc", "ab" * 32)
FAULT = "This line is not an anchor as the program writes it."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "outside" / "anchors.jsonl"


def write(file: Path, *numbers: int) -> list[Anchor]:
    """Write an anchor for each number and return them."""
    made = [Anchor(n, f"{n:064x}", ANCHOR.at + timedelta(days=n), f"round-{n}", "") for n in numbers]
    for one in made:
        anchors.write(file, one, KEY)
    return made


def test_an_anchor_comes_back_as_it_was_written(file: Path) -> None:
    made = [ANCHOR, *write(file, 3, 4)]
    anchors.write(file, ANCHOR, KEY)
    assert anchors.read(file, KEY) == Anchors((*made[1:], ANCHOR), ())


@given(
    st.integers(1, 10**9),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - UTC is added
    st.text(max_size=200).filter(lambda said: not any("\ud800" <= sign <= "\udfff" for sign in said)),
)
def test_any_anchor_comes_back_as_it_was_written(seq: int, seal: str, at: datetime, what: str) -> None:
    anchor = Anchor(seq, seal, at, what, seal)
    line = anchors._line(anchor, KEY).encode()
    assert anchors._anchor(line, KEY) == anchor
    assert b"\n" not in line
    assert len(line) < anchors.LONGEST


def test_only_the_user_may_read_the_file_and_its_folder(file: Path) -> None:
    write(file, 1)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_file_that_is_there_keeps_its_rights_and_its_lines(file: Path) -> None:
    first = write(file, 1)
    file.chmod(0o640)
    data = file.read_bytes()
    second = write(file, 2)
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_bytes().startswith(data)
    assert anchors.read(file, KEY).anchors == (*first, *second)


@pytest.mark.parametrize("rest", [b"x", b'{"seq": 18, "se', b"\xff\x00", anchors._line(ANCHOR, KEY).encode()])
def test_half_a_line_that_a_crash_left_does_not_spoil_the_next(rest: bytes, file: Path) -> None:
    before = write(file, 1)
    with file.open("ab") as target:
        target.write(rest)
    after = write(file, 2)
    found = anchors.read(file, KEY)
    kept = (ANCHOR,) if rest.endswith(b"}") else ()
    assert found.anchors == (*before, *kept, *after)
    assert [one.place for one in found.problems] == ([] if kept else [f"{file}:2"])


def test_many_at_once_write_whole_lines(file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(file, number), range(1, 201)))
    found = anchors.read(file, KEY)
    assert found.problems == ()
    assert {one.seq for one in found.anchors} == set(range(1, 201))


def changed(line: bytes) -> Iterator[bytes]:
    """Yield a line with every byte of it changed, one at a time, by each of its bits."""
    for place, byte in enumerate(line):
        for bit in range(8):
            yield line[:place] + bytes([byte ^ (1 << bit)]) + line[place + 1 :]


def test_every_changed_byte_of_a_line_is_told(file: Path) -> None:
    line = anchors._line(ANCHOR, KEY).encode()
    assert anchors._anchor(line, KEY) == ANCHOR
    assert [other for other in changed(line) if anchors._anchor(other, KEY) is not None] == []


UNMARKED = {"seq": 1, "seal": "", "at": ANCHOR.at.isoformat(), "what": "", "signed_hash": ""}
SPOILT = {
    "empty": b"",
    "no json": b"hello",
    "no object": b"[1, 2]",
    "nothing in it": b"{}",
    "a number": b"7",
    "no text": b"\xff\xfe",
    "deep": b"[" * 1900,
    "without a mark": json.dumps(UNMARKED).encode(),
    "a time that is none": b'{"seq": 1, "seal": "", "at": "soon", "what": "", "signed_hash": "", "mac": ""}',
    "spaces more": anchors._line(ANCHOR, KEY).encode() + b" ",
    "another key": anchors._line(ANCHOR, OTHER).encode(),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_line_that_is_no_anchor_is_told_with_its_number(name: str, file: Path) -> None:
    before = write(file, 1)
    with file.open("ab") as target:
        target.write(SPOILT[name] + b"\n")
    after = write(file, 2)
    found = anchors.read(file, KEY)
    assert found.anchors == (*before, *after)
    assert [one.as_dict() for one in found.problems] == [
        {
            "place": f"{file}:2",
            "fault": FAULT,
            "remedy": "Put back the file from a copy, and find out who could write to it.",
        }
    ]


def test_a_line_without_an_end_is_read_piece_by_piece(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"x" * (3 * anchors.LONGEST + 5))
    found = anchors.read(file, KEY)
    assert found.anchors == ()
    assert len(found.problems) == 4


def test_the_record_of_a_sign_off_becomes_its_anchor(store: Store, file: Path) -> None:
    with store.writing(PEOPLE[0]) as session:
        record = trail.record(session, PEOPLE[0], "round:sign", "xa2026-abc", revision=2)
        anchor = anchors.of(record, "ab" * 32)
    anchors.write(file, anchor, store.key("trail"))
    assert (anchor.seq, anchor.what, anchor.signed_hash) == (1, "xa2026-abc", "ab" * 32)
    assert anchors.read(file, store.key("trail")).anchors == (anchor,)


def test_where_nothing_was_signed_off_there_is_nothing(file: Path) -> None:
    assert anchors.kept(file, KEY) == Anchors((), ())
    with pytest.raises(FileNotFoundError):
        anchors.read(file, KEY)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        anchors.kept(tmp_path, KEY)
    assert str(refused.value).startswith(f"{tmp_path}: The anchors cannot be read: Is a directory.")


def test_what_cannot_be_written_is_refused_and_says_that_the_sign_off_stays(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        anchors.write(tmp_path, ANCHOR, KEY)
    assert refused.value.problems[0].as_dict() == {
        "place": str(tmp_path),
        "fault": "The anchor of the sign-off cannot be written: Is a directory.",
        "remedy": "The sign-off is kept. Make it possible to write this file; the next one adds its anchor.",
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
def test_a_full_disk_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        anchors.write(Path(os.devnull).with_name("full"), ANCHOR, KEY)
    assert "No space left" in str(refused.value)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from arusha.access.proof import anchors
from questionnaires.problems import Refused
from tests.access.test_anchors import ANCHOR, KEY

file = Path(sys.argv[1])
anchors.write(file, ANCHOR, KEY)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + 50,) * 2)
try:
    anchors.write(file, ANCHOR, KEY)
except Refused as refused:
    sys.exit("No space left" in str(refused) and 7)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are needed")
def test_half_a_line_is_never_taken_for_a_written_one(file: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, str(file)], check=False, cwd=ROOT)
    assert done.returncode == 7
    after = write(file, 2)
    found = anchors.read(file, KEY)
    assert found.anchors == (ANCHOR, *after)
    assert [one.place for one in found.problems] == [f"{file}:2"]
