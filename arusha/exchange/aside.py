"""Reading a workbook aside, in a process of its own that may fail in any way without harm to this one.

The process gets the bytes of the file and gives back a ``transcript``; it knows neither the database nor
the environment. Whatever happens to it, the reader of the message gets one reason.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

from arusha.exchange import transcript
from arusha.exchange.found import Page
from arusha.exchange.limits import FEWER_SHEETS, NO_ROOM, damaged
from questionnaires.problems import N_, Refused, refuse

SECONDS = 16.0  # so that there is an answer within twenty, on a busy machine too
LONGEST = 64_000_000  # bytes of a transcript
AT_ONCE = threading.BoundedSemaphore(4)  # each may take a processor and a gigabyte
NEEDED = ("arusha", "openpyxl", "et_xmlfile")
UNUSED = ("numpy", "PIL", "lxml", "defusedxml")  # openpyxl does without them, and starts in half the time
START = (
    f"import sys; sys.modules.update(dict.fromkeys({UNUSED!r})); sys.path += sys.argv[1:];"
    " from arusha.exchange.child import main; main()"
)
PASSED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # what Python itself may need to start
UNSEEN = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows opens a window for it otherwise
Child = subprocess.Popen[bytes]
FAILED = 1  # how Python ends when it could not even begin


def read(data: bytes, name: str, seconds: float = SECONDS) -> dict[str, Page]:
    """Return the sheets of a workbook by name; raise ``Refused`` for whatever keeps them from being read."""
    with AT_ONCE:
        told = _told(data, name, seconds)
    try:
        return transcript.taken(told.splitlines(keepends=True))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(name) from error


def _told(data: bytes, name: str, seconds: float) -> bytes:
    try:
        child = begun()
    except OSError as error:
        raise _not_begun(name) from error
    clock = Clock(child, seconds)
    with child, clock:
        told = _exchanged(child, json.dumps({"name": name}).encode() + b"\n" + data)
    return judged(told, name, child.returncode, is_late=clock.rang)


def begun() -> Child:
    """Return the process, which waits for a workbook; raise ``OSError`` when it cannot be started."""
    command = [sys.executable, "-I", "-S", "-B", "-c", START, *rooms()]
    environment = {one: os.environ[one] for one in PASSED if one in os.environ}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 - the arguments are our own
        command, env=environment, stdin=pipe, stdout=pipe, stderr=nowhere, creationflags=UNSEEN
    )


def rooms() -> list[str]:
    """Return the folders that hold what the process imports, whatever this one was started with."""
    found = (find_spec(name) for name in NEEDED)
    return list(dict.fromkeys(str(Path(one.origin).parents[1]) for one in found if one and one.origin))


class Clock:
    """Ends a process when its time is over, and in any case when nobody listens to it any more."""

    def __init__(self, child: Child, seconds: float) -> None:
        self._child, self.rang = child, False
        self._timer = threading.Timer(seconds, self._ring)

    def _ring(self) -> None:
        self.rang = True
        self._child.kill()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._child.kill()


def _exchanged(child: Child, said: bytes) -> bytes:
    """Say everything, then listen to the end, or until it is more than a workbook can be."""
    if child.stdin is None or child.stdout is None:
        raise ValueError(child.pid)
    try:
        child.stdin.write(said)
        child.stdin.close()
    except OSError:  # it has ended already
        return b""
    return child.stdout.read(LONGEST)


def judged(told: bytes, name: str, ended: int, *, is_late: bool) -> bytes:
    """Return what a process told when it told all of it; raise ``Refused`` with the reason otherwise."""
    if transcript.is_whole(told):
        return told
    if is_late or ended == -getattr(signal, "SIGXCPU", 0):
        fault = N_("The workbook takes longer to read than one written by hand.")
        raise refuse(name, fault, FEWER_SHEETS)
    if ended == NO_ROOM:
        fault = N_("The workbook takes more memory to read than one written by hand.")
        raise refuse(name, fault, FEWER_SHEETS)
    raise _not_begun(name) if ended == FAILED else damaged(name)


def _not_begun(name: str) -> Refused:
    fault = N_("The program could not start the process that reads workbooks.")
    return refuse(name, fault, N_("Try again; if that does not help, tell the person who runs the program."))
