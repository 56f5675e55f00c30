"""What a person can do with action plans: open, write, enter what happened, approve, revise, take away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.access.guarding import guarded
from arusha.access.rules import Actor, Permission, Subject, require
from arusha.members import service as members
from arusha.plans import ledger, lifecycle
from arusha.plans.lifecycle import Version
from arusha.plans.model import AnyPart, Figure, Header, Plan, Update
from arusha.plans.records import PlanPartVersionRecord, PlanRecord
from arusha.plans.rules import Changes
from arusha.store import Store
from arusha.store.clock import now
from arusha.texts import is_keepable


@dataclass(frozen=True)
class Listed:
    """A plan as it stands in a list."""

    id: str
    administration: str
    header: Header
    state: str
    version: int
    approved: date | None


@dataclass(frozen=True)
class PartVersion:
    """A version of a part, with who made it, when and why; ``removed`` when it was taken out then."""

    part: AnyPart
    version: int
    removed: bool
    reason: str
    changed_at: datetime
    changed_by: str


@guarded
def plans(actor: Actor, store: Store) -> tuple[Listed, ...]:
    """Return every plan, by administration and then newest first."""
    require(actor, Permission.PLAN_READ)
    ordered = select(PlanRecord).order_by(PlanRecord.administration, PlanRecord.id)
    with store.reading(actor) as session, ledger.readable("plans"):
        listed = [
            Listed(
                record.id,
                record.administration,
                ledger.header_of(record),
                record.state,
                record.version,
                record.approved,
            )
            for record in session.scalars(ordered)
        ]
    return tuple(sorted(listed, key=lambda one: (one.administration, -one.header.start.toordinal(), one.id)))


@guarded
def find(actor: Actor, store: Store, plan_id: str) -> Plan:
    """Return a plan; raise ``Refused`` when there is none with this id."""
    require(actor, Permission.PLAN_READ)
    with store.reading(actor) as session:
        return ledger.view(session, _reached(session, actor, plan_id, Permission.PLAN_READ))


@guarded
def open_plan(
    actor: Actor,
    store: Store,
    administration: str,
    header: Header,
    changes: Changes = Changes(),  # noqa: B008 - frozen
    *,
    region: str = "",
    name: str = "",
    at: datetime | None = None,
) -> Plan:
    """Open a plan, empty or with its first parts; raise ``Refused`` when something of it is not right.

    An administration that is not registered yet is registered with it.
    """
    require(actor, Permission.PLAN_WRITE, Subject(administration))
    moment = at or now()
    with store.writing(actor) as session:
        members.ensure(session, administration, region, name)
        record = lifecycle.open_(session, administration, header, moment, actor.id)
        return lifecycle.change(session, record, replace(changes, header=None), moment, actor.id)


@guarded
def change(actor: Actor, store: Store, plan_id: str, changes: Changes, *, at: datetime | None = None) -> Plan:
    """Do changes with a plan in one transaction, all or none; return the plan as it stands then.

    Raises ``Refused`` with every fault, when something was changed meanwhile, or when what was planned is to
    be changed and the plan is approved.
    """
    needed = Permission.PLAN_WRITE if changes.of_structure else Permission.PLAN_UPDATE
    require(actor, needed)
    with store.writing(actor) as session:
        record = _reached(session, actor, plan_id, needed)
        return lifecycle.change(session, record, changes, at or now(), actor.id)


@guarded
def enter(
    actor: Actor,
    store: Store,
    plan_id: str,
    figures: Iterable[Figure] = (),
    updates: Iterable[Update] = (),
    *,
    at: datetime | None = None,
) -> Plan:
    """Add dated entries, all or none; earlier ones stay. Return the plan as it stands then."""
    changes = Changes(figures=tuple(figures), updates=tuple(updates))
    needed = Permission.PLAN_WRITE if changes.of_structure else Permission.PLAN_UPDATE
    require(actor, needed)
    with store.writing(actor) as session:
        record = _reached(session, actor, plan_id, needed)
        return lifecycle.change(session, record, changes, at or now(), actor.id)


@guarded
def restore(actor: Actor, store: Store, plan_id: str, part_id: str, *, at: datetime | None = None) -> Plan:
    """Put back a part that was removed; return the plan."""
    require(actor, Permission.PLAN_WRITE)
    with store.writing(actor) as session:
        record = _reached(session, actor, plan_id, Permission.PLAN_WRITE)
        return lifecycle.restore(session, record, part_id, at or now(), actor.id)


@guarded
def approve(
    actor: Actor, store: Store, plan_id: str, approved_by: str, on: date, *, at: datetime | None = None
) -> Version:
    """Approve a draft, which freezes this version of it whole; what was planned then stays as it is."""
    require(actor, Permission.PLAN_APPROVE)
    with store.writing(actor) as session:
        record = _reached(session, actor, plan_id, Permission.PLAN_APPROVE)
        return lifecycle.approve(session, record, on, approved_by, at or now(), actor.id)


@guarded
def revise(actor: Actor, store: Store, plan_id: str, reason: str, *, at: datetime | None = None) -> Plan:
    """Begin the next version of an approved plan with a reason; the approved one is kept."""
    require(actor, Permission.PLAN_WRITE)
    with store.writing(actor) as session:
        record = _reached(session, actor, plan_id, Permission.PLAN_WRITE)
        lifecycle.revise(session, record, reason, at or now(), actor.id)
        return ledger.view(session, record)


@guarded
def close(actor: Actor, store: Store, plan_id: str, *, at: datetime | None = None) -> Plan:
    """Close an approved plan: nothing more is entered."""
    return _moved(actor, store, plan_id, "close", at or now())


@guarded
def reopen(actor: Actor, store: Store, plan_id: str, *, at: datetime | None = None) -> Plan:
    """Open a closed plan again, as it was approved."""
    return _moved(actor, store, plan_id, "reopen", at or now())


def _moved(actor: Actor, store: Store, plan_id: str, deed: str, at: datetime) -> Plan:
    require(actor, Permission.PLAN_APPROVE)
    with store.writing(actor) as session:
        record = _reached(session, actor, plan_id, Permission.PLAN_APPROVE)
        lifecycle.move(record, deed)
        record.touched_at = at
        ledger.tell(session, f"plan:{deed}", record)
        return ledger.view(session, record)


@guarded
def versions(actor: Actor, store: Store, plan_id: str) -> tuple[Version, ...]:
    """Return the approved versions of a plan, newest first."""
    require(actor, Permission.PLAN_READ)
    with store.reading(actor) as session:
        _reached(session, actor, plan_id, Permission.PLAN_READ)
        with ledger.readable(plan_id):
            return lifecycle.versions(session, plan_id)


@guarded
def history(actor: Actor, store: Store, plan_id: str, part_id: str) -> tuple[PartVersion, ...]:
    """Return every version of a part, newest first; nothing for a part there never was."""
    require(actor, Permission.PLAN_READ)
    table = PlanPartVersionRecord
    with store.reading(actor) as session:
        _reached(session, actor, plan_id, Permission.PLAN_READ)
        if not is_keepable(part_id):
            return ()
        found = select(table).where(table.plan_id == plan_id, table.id == part_id, table.id != ledger.HEADER)
        with ledger.readable(plan_id):
            return tuple(
                PartVersion(
                    ledger.part_of(record.content),
                    record.version,
                    record.removed,
                    record.reason,
                    record.changed_at,
                    record.changed_by,
                )
                for record in session.scalars(found.order_by(table.version.desc()))
            )


@guarded
def exported(actor: Actor, store: Store, plan_id: str, what: str = "plan") -> Plan:
    """Return a plan that leaves the program as ``what``; the trail says so."""
    require(actor, Permission.PLAN_EXPORT)
    with store.writing(actor) as session:
        record = _reached(session, actor, plan_id, Permission.PLAN_EXPORT)
        ledger.tell(session, "plan:export", record, form=what)
        return ledger.view(session, record)


def _reached(session: Session, actor: Actor, plan_id: str, needed: Permission) -> PlanRecord:
    """Return a plan's row to a person who holds what is needed for it; raise ``Denied`` otherwise."""
    record = ledger.plan_of(session, plan_id)
    require(actor, needed, Subject(record.administration))
    return record
