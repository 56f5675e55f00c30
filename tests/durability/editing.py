"""People who edit the same answers at once, each from what they saw last, which is often not the newest.

Run: ``python -m tests.durability.editing URL ROUND PEOPLE SAVES`` to let each person be a process. Prints
each acknowledgement as a line: save id, practice, version (0: kept beside the answer), note.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any, TypeVar

from arusha.access.rules import Actor
from arusha.assessments import service
from arusha.assessments.records import AnswerRecord, AnswerVersionRecord
from arusha.assessments.rules import Given
from arusha.store import Store, open_store
from arusha.store.clock import now
from questionnaires.problems import Refused
from tests.access.people import acting
from tests.assessments.rounds import PRACTICES
from tests.durability.books import Said

ASKED = PRACTICES[:3]
R = TypeVar("R")
PATIENCE = 60  # seconds that a person tries the same save again
Save = Callable[[Actor, Store, str, Said, int], Said]


def person(number: int) -> Actor:
    """Return one of the people who answer for the same administration, each with an id of their own."""
    return acting("coordinator", "XA", f"person{number}")


def properly(who: Actor, store: Store, round_id: str, wanted: Said, base: int) -> Said:
    """Save through the service, from the version that the person saw."""
    change = {"note": wanted.note}
    done: Any = service.save_answer(
        who, store, round_id, wanted.practice, change, base, save_id=wanted.save_id
    )
    if isinstance(done, Given):
        version = done.version if done.answer.note == wanted.note else -1  # saved before, and others since
        return Said(wanted.save_id, wanted.practice, version, wanted.note)
    return Said(wanted.save_id, wanted.practice, 0, wanted.note)


def overwriting(who: Actor, store: Store, round_id: str, wanted: Said, base: int) -> Said:
    """Save over whatever is there, as a program without versions does that reads first and writes then."""
    time.sleep(0.001)
    values = {"round_id": round_id, "practice": wanted.practice, "note": wanted.note, "version": base + 1}
    values |= {"changed_at": now(), "changed_by": who.id, "reason": "", "not_applicable": False}
    with store.writing(who) as session:
        session.merge(AnswerRecord(**values))
        session.merge(AnswerVersionRecord(**values, save_id=wanted.save_id))
    return Said(wanted.save_id, wanted.practice, base + 1, wanted.note)


def edit(
    who: Actor, store: Store, round_id: str, save: Save = properly, patience: float = PATIENCE
) -> Iterator[Said]:
    """Save for ever; yield each save once it is acknowledged. Now and then the person looks what is there."""
    random, seen, number = Random(who.id), dict.fromkeys(ASKED, 0), 0
    while True:
        number += 1
        if random.random() < 0.3:
            seen |= patiently(partial(_versions, who, store, round_id), patience)
        practice, save_id = random.choice(ASKED), f"{who.id}.{number}"
        wanted, base = Said(save_id, practice, -1, f"note {save_id}"), seen[practice]
        done = patiently(partial(save, who, store, round_id, wanted, base), patience)
        seen[practice] = max(done.version, base)
        yield done


def _versions(who: Actor, store: Store, round_id: str) -> dict[str, int]:
    given = service.sheet(who, store, round_id).given
    return {practice: given[practice].version for practice in ASKED if practice in given}


def patiently(act: Callable[[], R], patience: float) -> R:
    """Do it again while it is refused; whatever is no refusal is our own mistake, and is raised."""
    until = time.monotonic() + patience
    while True:
        try:
            return act()
        except Refused:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def main(url: str, round_id: str, people: int, saves: int) -> None:
    """Fork a process for each person, and wait for all of them."""
    children = []
    for number in range(people):
        child = os.fork()
        if not child:
            _one(url, round_id, number, saves)
        children.append(child)
    sys.exit(any(os.waitpid(child, 0)[1] for child in children))


def _one(url: str, round_id: str, number: int, saves: int) -> None:
    failed = 1
    try:
        store = open_store(url)
        for _, said in zip(range(saves), edit(person(number), store, round_id), strict=False):
            line = json.dumps([said.save_id, said.practice, said.version, said.note])
            os.write(sys.stdout.fileno(), line.encode() + b"\n")
        failed = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(failed)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
