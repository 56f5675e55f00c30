"""Rounds in every state for the tests of assessments, and a whole database as plain values."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Base, Store
from questionnaires import loading
from questionnaires.problems import Refused
from scoring.answers import Answer

EDITION = loading.edition("arusha_2026")
PRACTICES = tuple(EDITION.practices)
FIRST, SECOND = PRACTICES[:2]
STEPS = tuple(step.id for step in EDITION.scale_of(EDITION.practices[FIRST]).steps)
DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = DAY + timedelta(days=1)
HALF = "\ud800"  # half of a character, which no UTF-8 has


def whole(**more: Any) -> list[Answer]:
    """Return an answer to every practice, each state among them."""
    steps = [Answer(name, STEPS[at % len(STEPS)], **more) for at, name in enumerate(PRACTICES)]
    steps[2] = Answer(PRACTICES[2], not_applicable=True, reason="There is no port.")
    steps[3] = Answer(PRACTICES[3], reason="The audit is under way.")
    steps[4] = Answer(PRACTICES[4], STEPS[1], outside=True, reason="The ministry sets pay.")
    return steps


def opened(
    store: Store,
    answers: Iterable[Answer] = (),
    code: str = "KE",
    year: int = 2026,
    *,
    edition: str = EDITION.id,
    form: str = "whole",
) -> str:
    """Open a round with answers; return its id."""
    round_ = service.open_round(LOCAL, store, code, edition, year, form=form, at=DAY)
    if answers := list(answers):
        service.import_answers(LOCAL, store, round_.id, answers, at=DAY)
    return round_.id


def signed(store: Store, code: str = "KE", year: int = 2026) -> str:
    """Return the id of a signed round."""
    round_id = opened(store, whole(), code, year)
    service.sign(LOCAL, store, round_id, "A. Director", at=DAY)
    return round_id


def signed_twice(store: Store) -> str:
    """Return the id of a round that was signed, reopened, changed and signed again."""
    round_id = signed(store)
    service.reopen(LOCAL, store, round_id, "A late survey.", at=LATER)
    saved(store, round_id, {"note": "What the survey says."})
    service.sign(LOCAL, store, round_id, "B. Director", at=LATER)
    return round_id


def version(store: Store, round_id: str, practice: str = FIRST) -> int:
    """Return the present version of an answer."""
    given = service.sheet(LOCAL, store, round_id).given.get(practice)
    return given.version if given else 0


def saved(store: Store, round_id: str, change: dict[str, Any], base: int | None = None, **more: Any) -> Any:
    """Save a change of the first practice, as seen now or as it was in a version."""
    base = version(store, round_id) if base is None else base
    return service.save_answer(LOCAL, store, round_id, FIRST, change, base, **more)


def met(store: Store, round_id: str) -> str:
    """Let two people set the step and the note of the first practice; return the save id of the second."""
    base = version(store, round_id)
    saved(store, round_id, {"step": STEPS[1], "note": "theirs"}, base, at=DAY)
    saved(store, round_id, {"step": STEPS[3], "note": "mine"}, base, save_id="second", at=LATER)
    return "second"


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the trail, which tells of refusals too."""
    tables = [table for table in Base.metadata.sorted_tables if not table.name.startswith("trail")]
    with store.reading(LOCAL) as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in tables
        }


def refused(store: Store, said: str, act: Callable[..., Any], *arguments: Any, **more: Any) -> None:
    """Hold a refusal to what each one is: it says why, and nothing has changed."""
    before = everything(store)
    with pytest.raises(Refused) as told:
        act(LOCAL, store, *arguments, **more)
    assert said in str(told.value), str(told.value)
    assert everything(store) == before


class Injected(Exception):  # noqa: N818 - what a test put in
    """A fault that a test put in."""


@contextmanager
def fault_at(number: int) -> Iterator[None]:
    """Let the statement of this number fail, counted from 0, and the commit when there are fewer."""
    seen = count()

    def fail(*_: Any) -> None:
        if next(seen) == number:
            raise Injected

    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, fail)
    try:
        yield
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(Engine, name, fail)


def failing_everywhere(store: Store, act: Callable[[], object]) -> int:
    """Let each statement of an act fail in turn, then let it pass; return how many failed.

    After each failure the database is as it was before.
    """
    before = everything(store)
    for number in count():
        try:
            with fault_at(number):
                act()
        except Injected:
            assert everything(store) == before, f"statement {number} left something behind"
        else:
            return number
    raise AssertionError
