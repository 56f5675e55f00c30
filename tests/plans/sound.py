"""A plan in which the check finds nothing, its parts to be spoilt one at a time, and what is found then."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from arusha.plans.checkup.checking import NAMES, Finding, check
from arusha.plans.model import Activity, Indicator, Link, Plan
from scoring.answers import Answer
from tests.plans.building import (
    a_plan,
    activity,
    baseline,
    goal,
    indicator,
    target,
    update,
)
from tests.scoring.building import Asked, built

TODAY = date(2021, 9, 15)


ASKED = built(
    {"care": [Asked(key=True), Asked(), Asked(values=(0.0, 1.0)), Asked(key=True, values=(0.0, 0.5, 1.0))]}
)


def given_steps(*steps: str | None, **said: Any) -> dict[str, Answer]:
    """Return answers to the practices in order."""
    named = [f"care.p{number}" for number in range(1, len(steps) + 1)]
    return {name: Answer(name, step, **said) for name, step in zip(named, steps, strict=True)}


def link(practice: str = "care.p1", step: str = "s2", by: date = date(2022, 3, 31)) -> Link:
    return Link(practice=practice, step=step, by=by)


def sound(**said: Any) -> Activity:
    """Return an activity in which no rule finds anything while ``measured`` stands beside it."""
    whole = {
        "number": "1.1",
        "responsible": "Training",
        "start": date(2021, 2, 1),
        "end": date(2021, 11, 30),
        "links": (link(),),
    }
    return activity(**{**whole, **said})


def measured(**said: Any) -> Indicator:
    return indicator(**{"verification": "The register of posts", **said})


def a_sound_plan(*parts: Any, figures: Iterable[Any] = (), updates: Iterable[Any] = (), **said: Any) -> Plan:
    """Return a plan in which the check finds nothing, with these parts in place of the sound ones."""
    held = {part.id: part for part in (goal(number="1"), sound(), measured())}
    held |= {part.id: part for part in parts}
    return a_plan(
        *held.values(),
        figures=(baseline(3.0), target("2021", 9.0), *figures),
        updates=(update("reached", "Five posts", date(2020, 12, 1), "goal01"), *updates),
        **{"owners": ("Training", "IT"), **said},
    )


def found(plan: Plan, rule: str, answers: Any = None, today: date = TODAY, asked: Any = ASKED) -> list[str]:
    """Return what one rule says, a line for each finding: its place, fault and remedy."""
    assert rule in NAMES
    return [said(one) for one in check(plan, asked, answers, today) if one.rule == rule]


def said(finding: Finding) -> str:
    fault, remedy = (text.format_map(finding.values) for text in (finding.fault, finding.remedy))
    return f"{finding.place}: {fault} {remedy}"


def only(line: str) -> list[str]:
    """Return what is found when it is this one line."""
    return [line]


def several(count: int, **said: Any) -> list[Activity]:
    return [sound(id=f"several{number:02d}", **said) for number in range(count)]


def replaced(plan: Plan, **said: Any) -> Any:
    return plan.header.model_copy(update=said)
