"""What it costs that people sign in, see their own rows only, and leave a trail; as ratios to doing without.

Run: ``python -m tests.benchmarks.access``. Prints each ratio, beside its budget where it has one. Both sides
are measured in turn, so that a busy machine slows both.
"""

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import count
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from sqlalchemy import make_url, select
from streamlit.testing.v1 import AppTest

from arusha import settings
from arusha.access import gate, trail
from arusha.access.people import accounts, sessions
from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.assessments.records import AnswerRecord
from arusha.store import Store, open_store
from tests.access.people import acting, statements
from tests.assessments.rounds import PRACTICES, whole
from tests.benchmarks.generated import many_answers
from tests.conftest import postgresql
from tests.durability.conftest import opened
from tests.server import guarded_database
from tests.store.guarded import as_role
from tests.visiting import SHELL, went_wrong

ROWS, TURNS, RUNS, SAVES = 30_000, 40, 15, 120
PAGES = {
    "home": "across/pages/home.py",
    "answer": "assessments/pages/answer.py",
    "profile": "across/pages/profile.py",
}
Timed = Callable[[], object]


def main() -> int:
    """Measure, print, and return how many budgets were missed."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("ARUSHA_")]:
            environment.delenv(name)
        environment.setenv("ARUSHA_HOME", folder)
        with closing_server() as server:
            return sum([*reads(server), *pages(environment), *saves(server, Path(folder))])


@contextmanager
def closing_server() -> Iterator[Any]:
    """Give a PostgreSQL server for as long as it is measured."""
    yield from postgresql.__wrapped__()  # type: ignore[attr-defined]  # the fixture's own function


def in_turn(mine: Timed, floor: Timed, turns: int) -> tuple[float, float, float]:
    """Return the median seconds of both, and the median of their ratios."""
    both = [(_seconds(floor), _seconds(mine)) for _ in range(turns)][turns // 5 :]  # the first warm up
    return median(m for _, m in both), median(f for f, _ in both), median(m / f for f, m in both)


def _seconds(act: Timed) -> float:
    gc.collect()
    gc.disable()  # what one side leaves behind is not swept at the other's expense
    try:
        began = perf_counter()
        act()
        return perf_counter() - began
    finally:
        gc.enable()


def told(name: str, measured: tuple[float, float, float], budget: float = inf) -> bool:
    """Print a ratio, beside its budget if it has one; return whether that was missed."""
    mine, floor, ratio = measured
    verdict = "OVER" if ratio > budget else "within"
    beside = f" ({verdict} {budget})" if budget < inf else ""
    print(f"{name}: {mine * 1e3:.1f} ms / {floor * 1e3:.1f} ms = {ratio:.2f}{beside}", flush=True)
    return ratio > budget


# --- (a) row security


def reads(server: Any) -> Iterator[bool]:
    """Measure reading answers under row security, against the same reading by who is exempt from it."""
    with guarded_database(server) as url, ExitStack() as stack:
        exempt = as_role(url, "postgres")
        many_answers(make_url(exempt), ROWS)
        guarded, floor = (stack.enter_context(closing(open_store(one))) for one in (url, exempt))
        measured = in_turn(partial(read, guarded), partial(read, floor), TURNS)
        yield told(f"{ROWS:,} answers under row security", measured, 1.5)


def read(store: Store) -> None:
    """Read every answer of the own administration, which is half of those there are."""
    with store.reading(acting("coordinator", "XA")) as session:
        columns = (AnswerRecord.practice, AnswerRecord.step, AnswerRecord.note, AnswerRecord.version)
        found = session.execute(select(*columns)).all()
    assert len(found) == ROWS, len(found)


# --- (b) a page


class Tab:
    """A page as it is open in a browser, on one's own computer or on a server."""

    def __init__(
        self, environment: pytest.MonkeyPatch, mode: str, file: str, round_id: str, session: str
    ) -> None:
        self._environment, self._mode, self._round = environment, mode, round_id
        self._at = AppTest.from_file(SHELL, default_timeout=60)
        self._at.user = {gate.SESSION: session}
        self.run()
        self._at.switch_page(file)
        self.run()

    def run(self) -> None:
        """Run the page once more."""
        self._environment.setenv("ARUSHA_MODE", self._mode)
        self._at.query_params["round"] = self._round
        self._at.run()
        assert went_wrong(self._at) == []

    def queries(self) -> int:
        """Return how often a run asks the database."""
        with statements() as asked:
            self.run()
        return len(asked)


def pages(environment: pytest.MonkeyPatch) -> Iterator[bool]:
    """Measure pages on a server against the same pages on a computer of one's own, by queries and by time."""
    with closing(open_store(settings.read().database_url)) as store:
        round_id = opened(store)
        service.import_answers(LOCAL, store, round_id, whole())
        account = accounts.add(LOCAL, store, "Aya", "coordinator", administration="XA")
        session = sessions.enter(store, account.id, second_step=True).session
    for name, file in PAGES.items():
        alone, served = (Tab(environment, mode, file, round_id, session) for mode in ("local", "server"))
        asked, floor = served.queries(), alone.queries()
        verdict = "within" if asked <= floor + 1 else "OVER"
        print(
            f"queries of the {name} page: {asked} / {floor} = {asked - floor} more ({verdict} 1)", flush=True
        )
        yield asked > floor + 1
        yield told(f"a run of the {name} page on a server", in_turn(served.run, alone.run, RUNS))


# --- (c) a save


def saves(server: Any, folder: Path) -> Iterator[bool]:
    """Measure a save with its record in the trail, against the same save without one."""
    with guarded_database(server) as url:
        for kind, where in (("SQLite", f"sqlite:///{folder / 'saves.sqlite'}"), ("PostgreSQL", url)):
            with closing(open_store(where)) as store:
                saver = Saver(store, opened(store, "XA"))
                measured = in_turn(saver.save, saver.save_without_trail, SAVES)
                yield told(f"a save with its record in the trail, {kind}", measured)


class Saver:
    """Somebody who saves a note, again and again."""

    def __init__(self, store: Store, round_id: str) -> None:
        self._store, self._round, self._versions = store, round_id, count()
        self._who = acting("coordinator", "XA")

    def save(self) -> None:
        """Save as the program does."""
        change, base = {"note": uuid4().hex}, next(self._versions)
        done: Any = service.save_answer(self._who, self._store, self._round, PRACTICES[0], change, base)
        assert done.version == base + 1

    def save_without_trail(self) -> None:
        """Save with nothing told to the trail."""
        with patch.object(trail, "record"):
            self.save()


if __name__ == "__main__":
    sys.exit(main())
