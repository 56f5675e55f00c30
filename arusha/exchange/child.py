"""The process that reads one workbook from elsewhere and then ends: it can compute, and nothing else.

Its input is a line of JSON with the file's name and then the file; its output is a ``transcript``.
Memory, time and files are limited by the operating system where it knows such limits (not on Windows),
and everywhere by Python itself, which here opens no file, no socket and no other program.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType

from arusha.exchange import transcript
from arusha.exchange.limits import LARGEST, NO_ROOM
from arusha.exchange.parsing import parse
from questionnaires.problems import Refused

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

LIMITS = {
    "AS": 1_000_000_000,  # bytes of memory
    "CPU": 10,  # seconds of computing
    "NOFILE": 3,  # input, output and errors are open already; no file and no connection ever is
    "FSIZE": 0,
    "CORE": 0,
}
FORBIDDEN = ("open", "socket.", "subprocess.", "os.", "ctypes.", "shutil.", "urllib.")
CODECS = (
    "cp437",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "latin-1",
    "ascii",
)  # of names and parts, looked up later


def main() -> None:
    """Read a workbook from the input and tell what it holds."""
    name = json.loads(sys.stdin.buffer.readline())["name"]
    data = sys.stdin.buffer.read(LARGEST + 1)
    lock_in()
    try:
        sys.stdout.buffer.write(b"".join(_told(data, name)))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(NO_ROOM)  # there may be none left even to say so


def lock_in() -> None:
    """Give up for good whatever this process does not need to read the workbook that it has."""
    for codec in CODECS:
        "".encode(codec)
    _limit()
    sys.addaudithook(_refuse)


def _told(data: bytes, name: str) -> Iterator[bytes]:
    try:
        pages = parse(data, name)
    except Refused as refused:
        return transcript.of_refusal(refused)
    return transcript.of_pages(pages)


def _limit() -> None:
    if resource is None:
        return
    for name, most in LIMITS.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            # a system may know a limit and not let it be set, such as macOS that of memory
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most + 1))  # at the second one nobody is told why


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)
