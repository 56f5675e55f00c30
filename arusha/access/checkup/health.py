"""Whether this server is well: what its self-check finds unsafe, for whoever looks after it."""

from datetime import datetime

from arusha import settings
from arusha.access.checkup import examining
from arusha.access.guarding import guarded
from arusha.access.rules import Actor, Permission, require
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import Problem


@guarded
def faults(actor: Actor, _store: Store, *, at: datetime | None = None) -> list[Problem]:
    """Return everything that is unsafe about this installation; nothing is changed by looking."""
    require(actor, Permission.HEALTH_READ)
    return examining.problems_of(settings.read(), settings.environment(), at or now())
