"""Small action plans built in a line, for tests of everything that reads a plan."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from arusha.plans.model import (
    Activity,
    AnyPart,
    Figure,
    Goal,
    Header,
    Indicator,
    Outcome,
    Output,
    Plan,
    Update,
)
from arusha.plans.periods import period

START, END = date(2020, 1, 1), date(2025, 12, 31)


def header(**said: Any) -> Header:
    """Return the head of a plan from 2020 to 2025."""
    return Header(**{"title": "Integrity plan", "start": START, "end": END, **said})


def a_plan(
    *parts: AnyPart,
    figures: Iterable[Figure] = (),
    updates: Iterable[Update] = (),
    id: str = "plan01",  # noqa: A002 - the plan's own word
    administration: str = "XA",
    state: Any = "draft",
    approved: date | None = None,
    **said: Any,
) -> Plan:
    """Return a plan of these parts with its entries numbered as they are given; ``said`` is of its header.

    Without parts it holds one goal, ``goal01``.
    """
    return Plan(
        id,
        administration,
        header(**said),
        parts or (goal(),),
        tuple(replace(one, number=number) for number, one in enumerate(figures, start=1)),
        tuple(replace(one, number=number) for number, one in enumerate(updates, start=1)),
        state=state,
        approved=approved,
    )


def goal(id: str = "goal01", **said: Any) -> Goal:  # noqa: A002
    return Goal(**{"id": id, "title": f"Goal {id}", **said})


def outcome(id: str = "outcome01", within: str = "goal01", **said: Any) -> Outcome:  # noqa: A002
    return Outcome(**{"id": id, "within": within, "title": f"Outcome {id}", **said})


def output(id: str = "output01", within: str = "goal01", **said: Any) -> Output:  # noqa: A002
    return Output(**{"id": id, "within": within, "title": f"Output {id}", **said})


def activity(id: str = "activity01", within: str = "goal01", **said: Any) -> Activity:  # noqa: A002
    return Activity(**{"id": id, "within": within, "title": f"Activity {id}", **said})


def indicator(id: str = "indicator01", within: str = "goal01", **said: Any) -> Indicator:  # noqa: A002
    """Return an indicator that should rise, followed each year, in "posts"."""
    return Indicator(**{"id": id, "within": within, "title": f"Indicator {id}", "unit": "posts", **said})


def baseline(
    value: float | None, on: date = date(2019, 12, 31), of: str = "indicator01", **said: Any
) -> Figure:
    return Figure(of, "baseline", "", value, on, **{"source": "Register", **said})


def target(
    key: str,
    value: float | None,
    of: str = "indicator01",
    on: date | None = None,
    fiscal_start: int = 1,
    **said: Any,
) -> Figure:
    """Return the target of a period, to be met by its last day unless another day is given."""
    day = on or period(key, fiscal_start).end
    return Figure(of, "target", key, value, day, **{"source": "Register", **said})


def actual(
    key: str,
    value: float | None,
    of: str = "indicator01",
    on: date | None = None,
    fiscal_start: int = 1,
    **said: Any,
) -> Figure:
    """Return the actual of a period, read on its last day unless another day is given."""
    day = on or period(key, fiscal_start).end
    return Figure(of, "actual", key, value, day, **{"source": "Register", **said})


def spent(key: str, value: float | None, of: str, on: date | None = None, **said: Any) -> Figure:
    """Return what was spent of a budget line in a period."""
    return Figure(of, "spent", key, value, on or period(key).end, **said)


def status(choice: str, on: date = date(2021, 6, 30), of: str = "activity01", **said: Any) -> Update:
    return Update(of, "status", on, choice, **said)


def override(
    choice: str, text: str = "Agreed with the donor", on: date = date(2021, 6, 30), of: str = ""
) -> Update:
    return Update(of, "override", on, choice, text)


def update(kind: Any, text: str, on: date = date(2021, 6, 30), of: str = "") -> Update:
    return Update(of, kind, on, "", text)
