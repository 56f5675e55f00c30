"""How a service is asked: a refusal for want of a permission goes into the trail before it is told."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from arusha.access import trail
from arusha.access.rules import Actor, Denied
from arusha.store import Store

P = ParamSpec("P")
R = TypeVar("R")
Service = Callable[Concatenate[Actor, Store, P], R]


def guarded(service: Service[P, R]) -> Service[P, R]:
    """Put every refusal of this service into the trail; each function a person can ask for is guarded."""

    @wraps(service)
    def asked(actor: Actor, store: Store, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return service(actor, store, *args, **kwargs)
        except Denied as denied:
            trail.refused(actor, store, denied)
            raise

    return asked
