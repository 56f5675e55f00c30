"""What was worked out about a plan is kept with that plan, so that pages may ask as often as they like."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from arusha.plans.model import Plan

P = ParamSpec("P")
T = TypeVar("T")


def remembered(found: Callable[Concatenate[Plan, P], T]) -> Callable[Concatenate[Plan, P], T]:
    """Return a pure function of a plan that works each thing out once for each plan.

    It keeps them as a cached property does, in the plan itself: a plan never changes, and what was found
    leaves with it. The arguments after the plan have to be hashable.
    """
    place = f"_{found.__module__}.{found.__qualname__}"

    @wraps(found)
    def kept(plan: Plan, /, *args: P.args, **named: P.kwargs) -> T:
        known = cast("dict[Any, T]", vars(plan).setdefault(place, {}))
        key = (*args, *sorted(named.items()))
        if key not in known:
            known[key] = found(plan, *args, **named)
        return known[key]

    return kept
