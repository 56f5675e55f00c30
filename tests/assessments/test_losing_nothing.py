"""Nothing acknowledged is lost: writers at once, a fault at every statement, a process that is killed."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.assessments.rules import Given, Met
from arusha.store import Store
from questionnaires.problems import Refused
from scoring.answers import Answer
from tests.assessments.rounds import (
    FIRST,
    SECOND,
    STEPS,
    everything,
    failing_everywhere,
    fault_at,
    met,
    opened,
    saved,
    signed,
    whole,
)

THREADS, SAVES, KILLS = 8, 50, 20


def kept(store: Store, round_id: str) -> list[str]:
    """Return every note there ever was of the first practice, in its history or beside the answer."""
    past = [one.answer.note for one in service.history(LOCAL, store, round_id, FIRST)]
    waiting = service.sheet(LOCAL, store, round_id).met.get(FIRST, ())
    return [*past, *(one.change["note"] for one in waiting)]


# --- writers at once


def test_of_writers_at_once_no_acknowledged_text_is_lost(store: Store) -> None:
    round_id = opened(store)

    def write(writer: int) -> list[tuple[str, bool]]:
        acknowledged, base = [], 0
        for number in range(SAVES):
            text = f"{writer}:{number}"
            done = saved(store, round_id, {"note": text}, base, save_id=text)
            base = done.version if isinstance(done, Given) else done.base_version
            if number % 5 == writer % 5:  # now and then a writer looks what is there
                base = service.sheet(LOCAL, store, round_id).given[FIRST].version
            acknowledged.append((text, isinstance(done, Met)))
        return acknowledged

    with ThreadPoolExecutor(THREADS) as pool:
        said = [one for part in pool.map(write, range(THREADS)) for one in part]
    assert sorted(kept(store, round_id)) == sorted(text for text, _ in said)
    assert len(said) == THREADS * SAVES
    waiting = service.sheet(LOCAL, store, round_id).met.get(FIRST, ())
    assert {one.save_id for one in waiting} == {text for text, has_met in said if has_met}
    versions = [one.version for one in service.history(LOCAL, store, round_id, FIRST)]
    assert versions == list(range(len(versions), 0, -1))
    assert service.verify(LOCAL, store, round_id) == []


def test_the_same_save_sent_by_many_at_once_counts_once(store: Store) -> None:
    round_id = opened(store)
    with ThreadPoolExecutor(THREADS) as pool:
        said = list(pool.map(lambda _: saved(store, round_id, {"note": "x"}, 0, save_id="one"), range(16)))
    assert len(set(map(repr, said))) == 1
    assert kept(store, round_id) == ["x"]


def test_only_one_of_many_signs_settles_and_reopens(store: Store) -> None:
    round_id, other = opened(store, whole()), opened(store, code="UG")
    save_id = met(store, other)
    for act in (
        lambda number: service.sign(LOCAL, store, round_id, f"Director {number}"),
        lambda number: service.settle(LOCAL, store, save_id, ("mine", "theirs", "both")[number % 3]),
        lambda number: service.reopen(LOCAL, store, round_id, f"reason {number}"),
    ):
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(is_done, [act] * 4, range(4))) == 1
    assert len(service.signatures(LOCAL, store, round_id)) == 1
    assert service.find(LOCAL, store, round_id).revision == 2


def is_done(act: Any, *arguments: Any) -> bool:
    """Return whether an act was done and not refused."""
    try:
        act(*arguments)
    except Refused:
        return False
    return True


def test_whoever_saves_while_another_signs_is_either_signed_or_refused(store: Store) -> None:
    round_id = opened(store, whole())

    def save(number: int) -> str:
        text = f"note {number}"
        return text if is_done(saved, store, round_id, {"note": text}) else ""

    with ThreadPoolExecutor(4) as pool:
        saves = [pool.submit(save, number) for number in range(12)]
        signing = pool.submit(is_done, service.sign, LOCAL, store, round_id, "A. Director")
        acknowledged = {one.result() for one in saves} - {""}
        is_signed = signing.result()
    assert acknowledged <= set(kept(store, round_id))
    assert service.find(LOCAL, store, round_id).signed == is_signed
    assert service.verify(LOCAL, store, round_id) == []


# --- a fault at every statement


def first_save(store: Store) -> Any:
    round_id = opened(store)
    return lambda: saved(store, round_id, {"step": STEPS[1], "note": "x"}, 0, save_id="one")


def later_save(store: Store) -> Any:
    round_id = opened(store, [Answer(FIRST, STEPS[0])])
    return lambda: saved(store, round_id, {"step": STEPS[1]}, 1, save_id="one")


def save_that_meets(store: Store) -> Any:
    round_id = opened(store, [Answer(FIRST, STEPS[0])])
    return lambda: saved(store, round_id, {"step": STEPS[1]}, 0, save_id="one")


def file(store: Store) -> Any:
    round_id = opened(store, [Answer(FIRST, STEPS[0]), Answer(SECOND, STEPS[0])])
    return lambda: service.import_answers(LOCAL, store, round_id, whole())


def decision(store: Store) -> Any:
    save_id = met(store, opened(store))
    return lambda: service.settle(LOCAL, store, save_id, "both")


def signature(store: Store) -> Any:
    round_id = opened(store, whole())
    return lambda: service.sign(LOCAL, store, round_id, "A. Director")


def reopening(store: Store) -> Any:
    round_id = signed(store)
    return lambda: service.reopen(LOCAL, store, round_id, "A late survey.")


def new_round(store: Store) -> Any:
    return lambda: opened(store)


ACTS = (first_save, later_save, save_that_meets, file, decision, signature, reopening, new_round)


@pytest.mark.parametrize("prepared", ACTS, ids=lambda act: act.__name__)
def test_a_fault_at_any_statement_leaves_the_database_as_it_was(store: Store, prepared: Any) -> None:
    act = prepared(store)
    before = everything(store)
    assert failing_everywhere(store, act) >= 4  # to begin, to look, to write, to commit
    assert everything(store) != before


def test_the_harness_finds_what_is_done_in_two_transactions(store: Store) -> None:
    numbers = count()

    def two() -> None:
        service.open_round(LOCAL, store, "KE", "arusha_2026", 2000 + next(numbers))
        service.open_round(LOCAL, store, "UG", "arusha_2026", 2000 + next(numbers))

    with pytest.raises(AssertionError, match="left something behind"):
        failing_everywhere(store, two)


def test_the_same_save_after_a_fault_counts_once(store: Store) -> None:
    round_id = opened(store)
    for number in range(20):
        try:
            with fault_at(number):
                saved(store, round_id, {"note": "x"}, 0, save_id="one")
        except Exception:  # noqa: S112 - whatever it was, the person tries again
            continue
    assert kept(store, round_id) == ["x"]


# --- a process that is killed

SAVER = """
import os, signal, sys, time
from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import open_store
url, round_id, practice, kills = sys.argv[1:]


def save_for_ever(number, out):
    store = open_store(url)
    sheet = service.sheet(LOCAL, store, round_id)
    base = sheet.given[practice].version if practice in sheet.given else 0
    while True:
        number += 1
        base = service.save_answer(LOCAL, store, round_id, practice, {"note": str(number)}, base).version
        os.write(out, b"%d\\n" % number)


number = 0
for kill in range(int(kills)):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        save_for_ever(number, writing)
    os.close(writing)
    said = os.read(reading, 100)
    time.sleep(0.003 * (kill % 7))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65536):
        said += more
    os.close(reading)
    sys.stdout.buffer.write(said)
    number = int(said.split()[-1]) + 1000
"""


def test_what_a_killed_process_acknowledged_is_there(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARUSHA_KEYS", str(store.keys))  # by which the trail marks what was saved
    round_id = opened(store)
    command = [sys.executable, "-c", SAVER, url, round_id, FIRST, str(KILLS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    acknowledged = done.stdout.split()
    assert len(acknowledged) > KILLS
    found = kept(store, round_id)
    assert set(acknowledged) <= set(found)
    assert len(found) - len(acknowledged) <= KILLS  # kept, but killed before it could say so
    assert len(found) == len(set(found))
    assert service.verify(LOCAL, store, round_id) == []
