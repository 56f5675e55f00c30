"""Eight people edit the same answers at once, and nothing that one of them wrote goes silently."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Store
from tests.durability import books, editing
from tests.durability.books import Said
from tests.durability.conftest import opened

PEOPLE, SAVES, SAVES_OF_A_PROCESS = 8, 125, 15
ROOT = Path(__file__).parents[2]


def edited(store: Store, round_id: str, save: editing.Save, saves: int = SAVES) -> list[Said]:
    """Let everyone edit in a thread of their own; return what was acknowledged."""

    def one(number: int) -> list[Said]:
        return list(islice(editing.edit(editing.person(number), store, round_id, save), saves))

    with ThreadPoolExecutor(PEOPLE) as pool:
        return [said for part in pool.map(one, range(PEOPLE)) for said in part]


def test_of_a_thousand_saves_by_eight_people_none_goes_silently(served: Store) -> None:
    round_id = opened(served)
    said = edited(served, round_id, editing.properly)
    assert len({one.save_id for one in said}) == PEOPLE * SAVES
    assert books.lost(served, round_id, said) == []
    versions, beside = books.counted(served, round_id)
    assert (versions, beside) == (
        sum(one.version != 0 for one in said),
        sum(one.version == 0 for one in said),
    )
    assert min(versions, beside) > 100  # many met, and many did not
    assert books.disagreements(served) == []
    assert service.verify(LOCAL, served, round_id) == []


def test_what_met_is_all_in_the_history_once_somebody_has_decided(served: Store) -> None:
    round_id = opened(served)
    said = edited(served, round_id, editing.properly, 10)
    for waiting in service.sheet(LOCAL, served, round_id).met.values():
        for met in waiting:
            service.settle(editing.person(1), served, met.save_id, "both")
    past = [one for practice in editing.ASKED for one in service.history(LOCAL, served, round_id, practice)]
    texts = "\n".join(one.answer.note for one in past).splitlines()
    assert {one.note for one in said} <= set(texts)
    assert books.disagreements(served) == []


def test_the_harness_finds_what_was_overwritten(served: Store) -> None:
    round_id = opened(served)
    said = edited(served, round_id, editing.overwriting, 10)
    assert books.lost(served, round_id, said)


def test_people_in_processes_of_their_own_lose_nothing_either(served: Store, served_url: str) -> None:
    round_id = opened(served)
    command = [sys.executable, "-m", "tests.durability.editing", served_url, round_id]
    command += [str(PEOPLE), str(SAVES_OF_A_PROCESS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    said = [Said(*json.loads(line)) for line in done.stdout.splitlines()]
    assert len({one.save_id for one in said}) == PEOPLE * SAVES_OF_A_PROCESS
    assert books.lost(served, round_id, said) == []
    assert sum(books.counted(served, round_id)) == len(said)
    assert books.disagreements(served) == []
