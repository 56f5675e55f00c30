"""A plan edited part by part: new parts with the next number, one field changed, where a part may stand."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from arusha.plans.model import ABOVE, KINDS, LONGEST_TEXT, AnyPart, Plan
from questionnaires.model import Frozen
from questionnaires.problems import N_, Problem, Refused

Value = TypeVar("Value", bound=Frozen)
LAST_NUMBER = re.compile(r"(\d+)$")


def fresh(plan: Plan, kind: str, within: str, title: str, new_id: Callable[[], str]) -> AnyPart:
    """Return a new part with the next number; raise ``Refused`` when its title cannot be kept."""
    blank = KINDS[kind](id=new_id(), within=within, number=next_number(plan, kind, within))
    return with_field(blank, "title", title)


def next_number(plan: Plan, kind: str, within: str) -> str:
    """Return the printed number of the next part: "3" for a goal, "2.4" for what stands under goal "2".

    Activities are counted through their goal. Outcomes, outputs and indicators stay without a number.
    """
    if kind == "goal":
        return str(_highest(goal.number for goal in plan.goals) + 1)
    goal = plan.goal_of(within)
    if kind != "activity" or goal is None or not goal.number:
        return ""
    there = (a.number for a in plan.activities if plan.goal_of(a.id) == goal)
    return f"{goal.number}.{_highest(there) + 1}"


def _highest(numbers: Iterator[str]) -> int:
    """Return the highest last figure of printed numbers, 0 when there is none."""
    found = (LAST_NUMBER.search(number) for number in numbers)
    return max((int(one[1]) for one in found if one), default=0)


def with_field(value: Value, name: str, given: Any) -> Value:
    """Return a part or a header with one field changed; raise ``Refused`` when it cannot be kept so."""
    try:
        return type(value).model_validate(value.model_dump() | {name: given}, strict=False)
    except ValidationError as error:
        raise Refused(_problem(name, one["type"], one.get("ctx", {})) for one in error.errors()) from error


def _problem(name: str, kind: str, context: dict[str, Any]) -> Problem:
    """Return what a fault of the model means to who typed."""
    if kind == "string_too_long":
        most = context.get("max_length", LONGEST_TEXT)
        return Problem(
            name, N_("The text is longer than {most} characters."), N_("Shorten it."), {"most": most}
        )
    if kind == "text":
        fault = N_("The text holds a character that cannot be written.")
        return Problem(name, fault, N_("Type the text again."))
    if kind in ("greater_than_equal", "less_than_equal", "finite_number"):
        fault = N_("The number is too small or too large.")
        return Problem(name, fault, N_("Give another number."))
    return Problem(name, N_("This cannot be kept here."), N_("Give another value."))


def places_for(plan: Plan, part: AnyPart) -> tuple[AnyPart, ...]:
    """Return the parts that a part may stand within, in the plan's order; never one inside of itself."""
    own = {one.id for one in plan.under(part.id)}
    return tuple(one for one in plan.parts if one.kind in ABOVE[part.kind] and one.id not in own)


def kinds_within(part: AnyPart | None) -> tuple[str, ...]:
    """Return the kinds of parts that may be added within a part, or to the plan itself."""
    above = part.kind if part else ""
    return tuple(kind for kind in KINDS if (above in ABOVE[kind] if above else not ABOVE[kind]))
