"""What the practices of the plan on a page are of, as far as its reader may see it."""

from arusha.access.gate import Here
from arusha.plans import basis as foundations
from arusha.plans.basis import Basis
from arusha.plans.model import Plan

__all__ = ["Basis", "basis"]


def basis(here: Here, plan: Plan) -> Basis:
    """Return the questionnaire and the answers that a plan was made from."""
    return foundations.basis(here.actor, here.store, plan)
