"""A program that forks a person who saves answers, and kills them in the middle of it, again and again.

Run: ``python -m tests.durability.killed URL ROUND KILLS SEED WRITER``. Prints each acknowledgement as a line:
save id, practice, version, note, step. The writers besides ``whole`` are faulty and there to be found out.
"""

import gc
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from math import inf
from random import Random
from typing import Any

from arusha.access import trail
from arusha.assessments import service
from arusha.store import Store, open_store
from tests.access.people import acting
from tests.assessments.rounds import PRACTICES, STEPS
from tests.durability.books import Said

WHO = acting("coordinator", "XA", "saver")
ASKED = PRACTICES[:20]
LENGTHS = (0, 40, 400, 2_000)  # characters; the acknowledgement stays below 4,096 bytes, see ``_told``
Tell = Callable[[Said], None]
Save = Callable[[Store, str, Said, Tell], None]


def whole(store: Store, round_id: str, wanted: Said, tell: Tell) -> None:
    """Save, then acknowledge: as the program does."""
    change = {"note": wanted.note} | ({"step": wanted.step} if wanted.step else {})
    base = wanted.version - 1
    done: Any = service.save_answer(
        WHO, store, round_id, wanted.practice, change, base, save_id=wanted.save_id
    )
    tell(Said(wanted.save_id, wanted.practice, done.version, done.answer.note, wanted.step))


def early(store: Store, round_id: str, wanted: Said, tell: Tell) -> None:
    """Acknowledge before the save is committed."""
    tell(wanted)
    whole(store, round_id, wanted, lambda _: None)


def in_two(store: Store, round_id: str, wanted: Said, tell: Tell) -> None:
    """Commit the answer first, and its record of the trail in a transaction of its own."""
    with _kept_back() as records:
        whole(store, round_id, wanted, lambda _: None)
    with store.writing(WHO) as session:
        for arguments, details in records:
            trail.record(session, *arguments, **details)
    tell(wanted)


WRITERS: dict[str, Save] = {"whole": whole, "early": early, "in_two": in_two}


@contextmanager
def _kept_back() -> Iterator[list[tuple[tuple[Any, ...], dict[str, Any]]]]:
    """Gather what goes into the trail instead of writing it."""
    records: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    usual = trail.record
    trail.record = lambda _session, *given, **details: records.append((given, details))  # type: ignore
    try:
        yield records
    finally:
        trail.record = usual


def save_for_ever(store: Store, round_id: str, save: Save, random: Random, life: str, tell: Tell) -> None:
    """Save answers of any length, to any practice, until somebody puts an end to it."""
    given = service.sheet(WHO, store, round_id).given
    versions = {practice: one.version for practice, one in given.items()}
    for number in count():
        practice, save_id = random.choice(ASKED), f"{life}.{number}"
        versions[practice] = versions.get(practice, 0) + 1
        note = f"{save_id} {'x' * random.choice(LENGTHS)}"
        step = random.choice((None, *STEPS))
        save(store, round_id, Said(save_id, practice, versions[practice], note, step), tell)


def _told(out: int, often: float = inf) -> Tell:
    """Return what writes acknowledgements, and ends after so many."""
    numbers = count(1)

    def tell(said: Said) -> None:
        line = json.dumps([said.save_id, said.practice, said.version, said.note, said.step])
        os.write(out, line.encode() + b"\n")  # less than PIPE_BUF: all of it or nothing
        if next(numbers) >= often:
            raise StopIteration

    return tell


class Killer:
    """Whoever kills: after a few acknowledgements, at any moment of the save that follows."""

    def __init__(self, store: Store, round_id: str, save: Save, random: Random) -> None:
        self._store, self._round, self._save = store, round_id, save
        self._random = random
        self._pace = 0.05  # seconds that a save takes, as it was seen last

    def kill(self, life: int) -> bytes:
        """Let a person live, and kill them; return what they acknowledged."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                self._live(str(life), writing)
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(1)  # nothing of the parent's is to run here
        os.close(writing)
        with os.fdopen(reading, "rb") as source:
            said = self._wait(source, self._random.randrange(4))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                sys.exit(f"life {life} ended by itself")
            return said + source.read()

    def _live(self, life: str, out: int) -> None:
        save_for_ever(self._store, self._round, self._save, Random(life), life, _told(out))

    def _wait(self, source: Any, often: int) -> bytes:
        said = source.readline() if often else b""
        began = time.monotonic()
        said += b"".join(source.readline() for _ in range(1, often))
        if often > 1:
            self._pace = (time.monotonic() - began) / (often - 1)
        time.sleep(self._random.uniform(0, 1.2 * self._pace))
        return said


def main(url: str, round_id: str, kills: int, seed: int, writer: str) -> None:
    """Kill as often as asked; the parent has everything loaded, and no connection while it forks."""
    store, random, save = open_store(url), Random(seed), WRITERS[writer]
    with suppress(StopIteration):  # a few saves, so that no life is spent on learning how
        save_for_ever(store, round_id, save, random, "begun", _told(sys.stdout.fileno(), 10))
    store.close()
    gc.freeze()
    killer = Killer(store, round_id, save, random)
    for life in range(kills):
        sys.stdout.buffer.write(killer.kill(life))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
