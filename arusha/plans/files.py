"""The files of plans that a person takes away: the whole plan, the work plan table, the tracking table."""

from arusha.access.files import XLSX, File, Maker
from arusha.access.rules import Actor
from arusha.i18n import Translator
from arusha.members import service as members
from arusha.plans import service, workbook
from arusha.plans.basis import basis
from arusha.plans.sheets import tracking, work_plan
from arusha.store import Store
from arusha.store.clock import now


def whole(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return the workbook of a plan; ``what`` is its id."""
    plan = service.exported(actor, store, what)
    found = basis(actor, store, plan)
    whose = members.find(actor, store, plan.administration)
    name = whose.name(t) if whose else plan.administration
    content = workbook.write(t, plan, now().date(), found.questionnaire, found.answers, name=name)
    return File(f"arusha-{plan.id}.xlsx", XLSX, content)


def of_work_plan(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return the workbook of a plan's work plan table, to read, to change, and to take back."""
    plan = service.exported(actor, store, what, "work plan")
    return File(f"arusha-{plan.id}-work-plan.xlsx", XLSX, work_plan.write(t, plan, now().date()))


def of_tracking(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return the workbook of a plan's indicator tracking table, to fill in offline and to take back."""
    plan = service.exported(actor, store, what, "tracking")
    return File(f"arusha-{plan.id}-tracking.xlsx", XLSX, tracking.write(t, plan, now().date()))


MAKERS: dict[str, Maker] = {"plan": whole, "work-plan": of_work_plan, "tracking": of_tracking}
