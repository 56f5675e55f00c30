"""A cell that another program changed is told once, in words, wherever a plan is read."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from itertools import product
from typing import Any

import pytest

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.plans.progress.benchmarks import benchmarks
from arusha.plans.progress.clocks import said
from arusha.plans.progress.standings import of_plan
from arusha.plans.records import (
    PlanFigureRecord,
    PlanPartRecord,
    PlanPartVersionRecord,
    PlanRecord,
    PlanUpdateRecord,
    PlanVersionRecord,
)
from arusha.plans.rules import Changes
from arusha.store import Store
from questionnaires.problems import Refused
from tests.plans.building import actual, goal, status, update
from tests.plans.kept import approved, opened

SAID = "The plan cannot be read. Put back a copy of the database."
TODAY = date(2026, 1, 1)
GARBAGE: tuple[Any, ...] = ("spoilt", b"\xff\xfe", "[]", "{}", "null", 10**30 * 1.0, "2024-99-99")
TABLES = (
    PlanRecord,
    PlanPartRecord,
    PlanFigureRecord,
    PlanUpdateRecord,
    PlanPartVersionRecord,
    PlanVersionRecord,
)
IDS = {"id", "plan_id", "administration"}  # whose rows they are; another id is another row, not a spoilt one
CELLS = [
    (table.__tablename__, column)
    for table in TABLES
    for column in table.__table__.columns.keys()  # noqa: SIM118 - a collection of columns, not a mapping
    if column not in IDS
]


@pytest.fixture
def plan(sqlite_store: Store) -> Plan:
    """Return a plan with a row in every table."""
    plan = approved(sqlite_store)
    told = [actual("2020", 11), actual("2021", 12)], [status("done"), update("learned", "Ask.")]
    service.enter(LOCAL, sqlite_store, plan.id, *told)
    service.revise(LOCAL, sqlite_store, plan.id, "Review")
    return service.change(LOCAL, sqlite_store, plan.id, Changes(parts=(goal(title="Better"),)))


def spoil(store: Store, table: str, column: str, cell: Any) -> bool:
    """Change the cells of a column past the program; return whether the database let it happen."""
    with closing(sqlite3.connect(store._engine.url.database or "")) as other:
        try:
            other.execute(f"UPDATE {table} SET {column} = ?", (cell,))  # noqa: S608 - names of our own
        except sqlite3.IntegrityError:
            return False
        other.commit()
    return True


def reads(store: Store, plan: Plan) -> Iterator[Callable[[], Any]]:
    """Yield every way a page reads a plan."""
    yield lambda: service.plans(LOCAL, store)
    yield lambda: service.find(LOCAL, store, plan.id)
    yield lambda: service.versions(LOCAL, store, plan.id)
    yield lambda: service.history(LOCAL, store, plan.id, "goal01")
    yield lambda: judged(service.find(LOCAL, store, plan.id))


def judged(plan: Plan) -> Any:
    """Return what is worked out of a plan."""
    paths = [benchmarks(plan, indicator, TODAY) for indicator in plan.indicators]
    statuses = [plan.status(activity.id) for activity in plan.activities]
    return paths, statuses, of_plan(plan, TODAY), said(plan, "", TODAY)


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_spoilt_cell_is_refused_in_words_or_does_no_harm(
    sqlite_store: Store, plan: Plan, table: str, column: str
) -> None:
    for cell in GARBAGE:
        if not spoil(sqlite_store, table, column, cell):
            continue
        for read in reads(sqlite_store, plan):
            try:
                read()
            except Refused as refused:
                (problem,) = refused.problems
                assert str(problem) in {f"{place}: {SAID}" for place in (plan.id, "plans")}


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("plans", "header", "{"),
        ("plans", "header", '{"title": 1}'),
        ("plans", "approved", "tomorrow"),
        ("plan_parts", "content", "{}"),
        ("plan_parts", "content", '{"kind": "wish", "id": "goal01"}'),
        ("plan_figures", "value", "many"),
        ("plan_figures", "period", "sometime"),
        ("plan_figures", "day", "yesterday"),
        ("plan_updates", "entered_at", "before"),
    ],
)
def test_a_plan_with_a_spoilt_cell_cannot_be_read_and_says_so(
    sqlite_store: Store, plan: Plan, table: str, column: str, cell: str
) -> None:
    assert spoil(sqlite_store, table, column, cell)
    with pytest.raises(Refused, match=re.escape(SAID)):
        service.find(LOCAL, sqlite_store, plan.id)


def test_another_plan_can_be_read_all_the_same(sqlite_store: Store) -> None:
    whole, spoilt = opened(sqlite_store), opened(sqlite_store, code="BE")
    with closing(sqlite3.connect(sqlite_store._engine.url.database or "")) as other:
        other.execute("UPDATE plan_parts SET content = '{}' WHERE plan_id = ?", (spoilt.id,))
        other.commit()
    assert service.find(LOCAL, sqlite_store, whole.id) == whole
    assert len(service.plans(LOCAL, sqlite_store)) == 2


def test_a_spoilt_cell_is_what_is_tried(sqlite_store: Store, plan: Plan) -> None:
    let = [cell for cell in product(CELLS, GARBAGE) if spoil(sqlite_store, *cell[0], cell[1])]
    assert len(let) > len(CELLS)
