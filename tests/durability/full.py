"""A program that saves while the disk is full, and goes on when there is space again.

Run: ``python -m tests.durability.full FOLDER WAY OUT ROOM WRITER``. The database is in FOLDER, where a
ballast or a limit on the size of files leaves ROOM bytes; at the end a copy of it is put into OUT. Prints
what became of every save, as JSON. For the writers see ``killed``.
"""

import json
import os
import resource
import shutil
import signal
import sys
import traceback
from itertools import count
from pathlib import Path

from arusha.assessments import service
from arusha.store import Store, open_store
from arusha.store.faults import KNOWN
from questionnaires.problems import Refused
from scoring.answers import Answer
from tests.assessments.rounds import PRACTICES, STEPS
from tests.durability import killed
from tests.durability.books import Said
from tests.durability.conftest import opened
from tests.durability.killed import Save

TRIES, AFTERWARDS = 40, 20
SAID = next(known for known in KNOWN if "SQLITE_FULL" in known.codes).fault


class Limit:
    """A limit on the size of each file, as a quota is one."""

    def __init__(self, folder: Path, room: int) -> None:
        self._folder, self._room = folder, room
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def fill(self) -> None:
        """Leave little room."""
        largest = max(file.stat().st_size for file in self._folder.iterdir())
        self._set(largest + self._room)

    def free(self) -> None:
        """Leave room enough."""
        self._set(resource.RLIM_INFINITY)

    def _set(self, size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


class Ballast:
    """A file that takes all the room there is on a disk."""

    def __init__(self, folder: Path, room: int) -> None:
        self._file, self._room = folder / "ballast", room

    def fill(self) -> None:
        """Leave little room."""
        found = os.statvfs(self._file.parent)
        self._file.write_bytes(b"x" * (found.f_bavail * found.f_frsize - self._room))

    def free(self) -> None:
        """Leave room enough."""
        self._file.unlink()


WAYS: dict[str, type[Limit] | type[Ballast]] = {"limit": Limit, "ballast": Ballast}


class Saver:
    """Somebody who saves, and notes what they are told."""

    def __init__(self, store: Store, round_id: str, save: Save) -> None:
        self._store, self._round, self._save, self._numbers = store, round_id, save, count()
        self._versions: dict[str, int] = {}
        self.said: list[Said] = []
        self.refused: list[str] = []
        self.faults: list[str] = []

    def save(self) -> None:
        """Save an answer, of very different lengths."""
        number = next(self._numbers)
        practice, note = PRACTICES[number % 20], f"{number} {'x' * (number % 3 * 6_000)}"
        wanted = Said(f"save{number}", practice, self._versions.get(practice, 0) + 1, note)
        try:
            self._save(self._store, self._round, wanted, self._told)
        except Refused as refused:
            self.refused.append(refused.problems[0].fault)
        except Exception:  # the test wants to see it
            self.faults.append(traceback.format_exc())

    def _told(self, said: Said) -> None:
        self._versions[said.practice] = said.version
        self.said.append(said)

    def bring_a_file(self) -> None:
        """Bring the answers of a whole file, which need more room than there is."""
        answers = [Answer(practice, STEPS[0], note="y" * 3_000) for practice in PRACTICES[20:]]
        try:
            service.import_answers(killed.WHO, self._store, self._round, answers)
        except Refused as refused:
            self.refused.append(refused.problems[0].fault)


def main(folder: Path, way: str, out: Path, room: int, writer: str) -> None:
    """Save, fill the disk, save, make room, and save again: all with the one open database."""
    disk, file = WAYS[way](folder, room), folder / "arusha.sqlite"
    store = open_store(f"sqlite:///{file}")
    round_id = opened(store)
    saver = Saver(store, round_id, killed.WRITERS[writer])
    for _ in range(5):
        saver.save()
    disk.fill()
    saver.bring_a_file()
    for _ in range(TRIES):
        saver.save()
    refused = len(saver.refused)
    disk.free()
    for _ in range(AFTERWARDS):
        saver.save()
    again = AFTERWARDS - (len(saver.refused) - refused)
    store.close()
    shutil.copy(file, out)
    said = [(one.save_id, one.practice, one.version, one.note) for one in saver.said]
    told = {"round": round_id, "again": again, "said": said, "refused": saver.refused}
    print(json.dumps(told | {"faults": saver.faults}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
