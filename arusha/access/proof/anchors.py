"""Anchors: the newest link of the trail, written outside of the database at every sign-off.

Whoever cuts the newest records off the trail, and its head with them, leaves a chain that holds; an anchor
says how far it had reached. Best kept on another medium.
"""

import errno
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from arusha.access.records import TrailRecord
from questionnaires.problems import N_, Problem, Refused, refuse

LONGEST = 2_000  # bytes of a line; the longest the program writes has about 600
FLAGS = os.O_CREAT | os.O_RDWR | os.O_APPEND


@dataclass(frozen=True)
class Anchor:
    """A record of the trail by number and seal; when and what was signed off, and the hash of that."""

    seq: int
    seal: str
    at: datetime
    what: str
    signed_hash: str


@dataclass(frozen=True)
class Anchors:
    """What a file of anchors holds, and every line of it that is none."""

    anchors: tuple[Anchor, ...]
    problems: tuple[Problem, ...]


def of(record: TrailRecord, signed_hash: str) -> Anchor:
    """Return the anchor of a record that was just written, before its transaction ends."""
    return Anchor(record.seq, record.mac, record.at, record.object, signed_hash)


def write(file: Path, anchor: Anchor, key: bytes) -> None:
    """Add an anchor to the file as one line, and be sure that it is on the disk.

    It is called when the sign-off is committed; raises ``Refused`` when it cannot be written, and the
    sign-off stays.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _append(file, _line(anchor, key).encode() + b"\n")
    except OSError as error:
        fault = N_("The anchor of the sign-off cannot be written: {why}.")
        remedy = N_(
            "The sign-off is kept. Make it possible to write this file; the next one adds its anchor."
        )
        raise refuse(str(file), fault, remedy, why=error.strerror or str(error)) from error


def _append(file: Path, line: bytes) -> None:
    handle = os.open(file, FLAGS, 0o600)
    try:
        data = (b"" if _ends_with_a_line(handle) else b"\n") + line
        if os.write(handle, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_with_a_line(handle: int) -> bool:
    """Return whether a new line may follow; a crash or a full disk may have left half of one."""
    size = os.fstat(handle).st_size
    if not size:
        return True
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"


def read(file: Path, key: bytes) -> Anchors:
    """Return what a file holds; a file that is not there raises ``OSError``, a faulty line is told."""
    anchors, problems = [], []
    for number, line in enumerate(_lines(file), 1):
        anchor = _anchor(line, key)
        if anchor is not None:
            anchors.append(anchor)
        else:
            fault = N_("This line is not an anchor as the program writes it.")
            remedy = N_("Put back the file from a copy, and find out who could write to it.")
            problems.append(Problem(f"{file}:{number}", fault, remedy))
    return Anchors(tuple(anchors), tuple(problems))


def _lines(file: Path) -> Iterator[bytes]:
    """Yield the lines without their ends, each at most so long that it is still seen to be too long."""
    with file.open("rb") as source:
        while line := source.readline(LONGEST):
            yield line.removesuffix(b"\n")


def _anchor(line: bytes, key: bytes) -> Anchor | None:
    """Return what a line says, None unless it is, byte for byte, what the program writes for that."""
    try:
        said = json.loads(line)
        moment = datetime.fromisoformat(said["at"])
        anchor = Anchor(said["seq"], said["seal"], moment, said["what"], said["signed_hash"])
        return anchor if hmac.compare_digest(_line(anchor, key).encode(), line) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _line(anchor: Anchor, key: bytes) -> str:
    said: dict[str, object] = {
        "seq": anchor.seq,
        "seal": anchor.seal,
        "at": anchor.at.isoformat(),
        "what": anchor.what,
        "signed_hash": anchor.signed_hash,
    }
    mac = hmac.new(key, b"anchor " + json.dumps(said).encode(), sha256).hexdigest()
    return json.dumps(said | {"mac": mac})


def kept(file: Path, key: bytes) -> Anchors:
    """Return what a file holds as ``read`` does; nothing when nothing was signed off yet."""
    try:
        return read(file, key)
    except FileNotFoundError:
        return Anchors((), ())
    except OSError as error:
        fault = N_("The anchors cannot be read: {why}.")
        remedy = N_("Check the file and the right to read it, then try again.")
        values = {"why": error.strerror or str(error)}
        raise Refused([Problem(str(file), fault, remedy, values)]) from error
