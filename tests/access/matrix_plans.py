"""The plans of the matrix: one for each round in a state, with a marked text wherever words are written.

A draft answers the open round, a closed plan the withdrawn one, and approved ones all the others.
"""

from datetime import date
from typing import TYPE_CHECKING

from arusha.access.roles import Role
from arusha.plans import service
from arusha.plans.model import Activity, Figure, Goal, Header, Indicator, Link, Update
from arusha.plans.rules import Changes
from tests.access.matrix import State

if TYPE_CHECKING:
    from tests.access.matrix_world import World

GOAL, ACTIVITY, INDICATOR, GONE = "pgoal11", "pactivity1", "pindicator1", "pgone111"
START, END, IN_BETWEEN = date(2024, 1, 1), date(2026, 12, 31), date(2024, 12, 31)


def words(code: str, kind: str) -> str:
    """Return a text that tells whose plan it is from, and which part of it."""
    return f"zz{code.lower()}zzplanzz{kind}zz"


def header(code: str, round_id: str = "") -> Header:
    return Header(
        title=words(code, "title"), start=START, end=END, owner=words(code, "owner"), round_id=round_id
    )


def fill(world: "World", code: str) -> None:
    """Write a plan for each of an administration's rounds in a state."""
    for state in State:
        _one(world, code, state, world.rounds[code, state])


def _one(world: "World", code: str, state: State, round_id: str) -> None:
    store, head = world.store, world.actor(Role.HEAD, code)
    coordinator = world.actor(Role.COORDINATOR, code)
    plan = service.open_plan(coordinator, store, code, header(code, round_id), first(code)).id
    world.plans[code, state] = plan
    service.change(coordinator, store, plan, Changes(removed=(GONE,), reason=words(code, "removing")))
    if state is State.OPEN:
        return
    service.approve(head, store, plan, words(code, "approver"), START)
    if state is State.SIGNED:
        service.revise(coordinator, store, plan, words(code, "revising"))
        service.approve(head, store, plan, words(code, "approver"), IN_BETWEEN)
    service.enter(coordinator, store, plan, [actual(code)], [update(code)])
    if state is State.WITHDRAWN:
        service.close(head, store, plan)


def first(code: str) -> Changes:
    """Return the first parts of a plan; one of them will be removed."""
    from tests.access.matrix_world import OWN_FACTOR, STEPS  # which fills the world with these plans

    link = Link(practice=f"{OWN_FACTOR}.one", step=STEPS[-1], by=END)
    parts = (
        Goal(id=GOAL, number="1", title=words(code, "goal"), impact=words(code, "impact")),
        Activity(id=ACTIVITY, within=GOAL, number="1.1", title=words(code, "activity"), links=(link,)),
        Activity(id=GONE, within=GOAL, number="1.2", title=words(code, "removed")),
        Indicator(id=INDICATOR, within=ACTIVITY, title=words(code, "indicator"), unit="%"),
    )
    baseline = Figure(INDICATOR, "baseline", "", 10, START, words(code, "source"))
    return Changes(parts=parts, figures=(baseline,))


def actual(code: str) -> Figure:
    """Return a value of the first year, marked in every text."""
    texts = (words(code, kind) for kind in ("source", "note", "evidence", "reason"))
    return Figure(INDICATOR, "actual", "2024", 12, IN_BETWEEN, *texts)


def update(code: str) -> Update:
    """Return an update of the activity, marked."""
    return Update(ACTIVITY, "status", IN_BETWEEN, "ongoing", words(code, "update"))
