"""What a person can do with the register of administrations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.guarding import guarded
from arusha.access.rules import Actor, Permission, Subject, require
from arusha.members import rules
from arusha.members.records import AdministrationRecord
from arusha.members.reference import Region, members
from arusha.members.rules import Administration
from arusha.store import Store
from arusha.texts import is_keepable
from questionnaires.problems import Refused


@guarded
def registered(actor: Actor, store: Store) -> tuple[Administration, ...]:
    """Return the administrations of this database, by code."""
    require(actor, Permission.ADMINISTRATION_READ)
    with store.reading(actor) as session:
        found = session.scalars(select(AdministrationRecord).order_by(AdministrationRecord.code))
        return tuple(_view(record) for record in found)


@guarded
def find(actor: Actor, store: Store, code: str) -> Administration | None:
    """Return a registered administration, or a WCO Member that is not registered yet, or None."""
    require(actor, Permission.ADMINISTRATION_READ)
    with store.reading(actor) as session:
        record = _record(session, code)
        if record is not None:
            return _view(record)
    return Administration(code, members()[code]) if code in members() else None


@guarded
def register(actor: Actor, store: Store, code: str, region: str = "", name: str = "") -> Administration:
    """Register an administration, or return the one that is there.

    A WCO Member brings its region along; a fictional one (XA..XZ) needs region and name.
    """
    require(actor, Permission.ROUND_OPEN, Subject(code))
    with store.writing(actor) as session:
        return _view(ensure(session, code, region, name))


def ensure(session: Session, code: str, region: str = "", name: str = "") -> AdministrationRecord:
    """Return the administration's row within a transaction, adding it when it is not there."""
    record = _record(session, code)
    if record is None:
        problems = rules.faults_of(code, region, name)
        if problems:
            raise Refused(problems)
        own = "" if code in members() else name.strip()
        record = AdministrationRecord(code=code, region=members().get(code, region), name=own)
        session.add(record)
        who = trail.person(session)
        trail.record(session, who, "administration:register", code, administration=code)
    return record


def _record(session: Session, code: str) -> AdministrationRecord | None:
    return session.get(AdministrationRecord, code) if is_keepable(code) else None


def _view(record: AdministrationRecord) -> Administration:
    return Administration(record.code, Region(record.region), record.name)
