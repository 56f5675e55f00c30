"""Accounts: who may sign in, with which role, and who may make, change and disable them."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.guarding import guarded
from arusha.access.people import account_rules, passwords
from arusha.access.people.account_reach import (
    changeable,
    end_invitations,
    found,
    may_see,
    require_another_administrator,
    require_change,
)
from arusha.access.people.account_rules import Draft, login_of
from arusha.access.people.account_views import Account, actor_of, named, own, view
from arusha.access.people.session_rows import end_sessions
from arusha.access.records import AccountRecord
from arusha.access.roles import Role
from arusha.access.rules import Actor, Permission, require
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import Problem, Refused

__all__ = ["Account", "actor_of", "add", "change", "disable", "enable", "find", "listed", "myself"]


@guarded
def add(
    actor: Actor,
    store: Store,
    name: str,
    role: str,
    *,
    administration: str = "",
    region: str = "",
    factors: Iterable[str] = (),
    assigned: Iterable[str] = (),
    password: str = "",
    at: datetime | None = None,
) -> Account:
    """Make an account; without a password it is opened by an invitation. Raises ``Refused``."""
    draft = Draft(name, role, administration, region, frozenset(factors), frozenset(assigned))
    require_change(actor, draft.role, draft.administration)
    problems = account_rules.faults_of(draft)
    problems += passwords.faults_of(password, name) if password else []
    hashed = passwords.hashed(password) if password and not problems else ""
    with store.writing(DOOR) as session:
        _refuse([*problems, *_taken(session, name)])
        record = _new(draft, hashed, actor.id, at or now())
        session.add(record)
        session.flush()
        _record(session, actor, "add", record, **_told(draft), with_password=bool(hashed))
        return view(record)


@guarded
def listed(actor: Actor, store: Store) -> tuple[Account, ...]:
    """Return the accounts by name: all, or those of the own administration."""
    require(actor, Permission.ACCOUNT_READ)
    with store.reading(DOOR) as session:
        all_of_them = [view(record) for record in session.scalars(select(AccountRecord))]
    seen = [account for account in all_of_them if may_see(actor, account.administration)]
    return tuple(sorted(seen, key=lambda account: login_of(account.name)))


@guarded
def find(actor: Actor, store: Store, name: str) -> Account:
    """Return the account of a name; raise ``Refused``, in the same words for one they may not see."""
    require(actor, Permission.ACCOUNT_READ)
    with store.reading(DOOR) as session:
        return view(found(session, actor, Permission.ACCOUNT_READ, name))


@guarded
def myself(actor: Actor, store: Store) -> Account:
    """Return one's own account."""
    require(actor, Permission.PREFERENCE_SET)
    with store.reading(DOOR) as session:
        return view(own(session, actor))


@guarded
def change(
    actor: Actor,
    store: Store,
    name: str,
    *,
    role: str | None = None,
    administration: str | None = None,
    region: str | None = None,
    factors: Iterable[str] | None = None,
    assigned: Iterable[str] | None = None,
    at: datetime | None = None,
) -> Account:
    """Change what is given, and end the sessions of the account, so that rights are never stale.

    What a new role has no use for is emptied. Raises ``Refused``.
    """
    require(actor, Permission.ACCOUNT_CHANGE)
    with store.writing(DOOR) as session:
        record = changeable(session, actor, name)
        draft = _draft(record).changed(
            role=role,
            administration=administration,
            region=region,
            factors=None if factors is None else frozenset(factors),
            assigned=None if assigned is None else frozenset(assigned),
        )
        require_change(actor, draft.role, draft.administration)
        _refuse(account_rules.faults_of(draft))
        if draft == _draft(record):
            return view(record)
        if draft.role != Role.SYSTEM:
            require_another_administrator(session, record)
        before = {"role_before": record.role, "administration_before": record.administration}
        _write(record, draft)
        ended = end_sessions(session, record.id, at or now())
        _record(session, actor, "change", record, **_told(draft), **before, sessions=ended)
        return view(record)


@guarded
def disable(actor: Actor, store: Store, name: str, *, at: datetime | None = None) -> Account:
    """Let an account sign in no more: its sessions and invitations end. Raises ``Refused``."""
    require(actor, Permission.ACCOUNT_CHANGE)
    moment = at or now()
    with store.writing(DOOR) as session:
        record = changeable(session, actor, name)
        if record.disabled_at is None:
            require_another_administrator(session, record)
            record.disabled_at = moment
            ended = end_sessions(session, record.id, moment)
            end_invitations(session, record.id)
            _record(session, actor, "disable", record, sessions=ended)
        return view(record)


@guarded
def enable(actor: Actor, store: Store, name: str) -> Account:
    """Let a disabled account sign in again, as it did before. Raises ``Refused``."""
    require(actor, Permission.ACCOUNT_CHANGE)
    with store.writing(DOOR) as session:
        record = changeable(session, actor, name)
        if record.disabled_at is not None:
            record.disabled_at = None
            _record(session, actor, "enable", record)
        return view(record)


def _new(draft: Draft, hashed: str, by: str, at: datetime) -> AccountRecord:
    record = AccountRecord(id=secrets.token_hex(8), password=hashed, made_by=by, made_at=at)
    record.secret, record.secret_pending, record.last_code = "", "", 0
    _write(record, draft)
    return record


def _write(record: AccountRecord, draft: Draft) -> None:
    record.name, record.login = " ".join(draft.name.split()), login_of(draft.name)
    record.role = draft.role
    record.administration, record.region = draft.administration, draft.region
    record.factors, record.assigned = sorted(draft.factors), sorted(draft.assigned)


def _draft(record: AccountRecord) -> Draft:
    lists = frozenset(record.factors), frozenset(record.assigned)
    return Draft(record.name, record.role, record.administration, record.region, *lists)


def _told(draft: Draft) -> dict[str, object]:
    """Return what the trail keeps of an account beside its administration: everything but the name."""
    return {
        "role": draft.role,
        "region": draft.region,
        "factors": sorted(draft.factors),
        "assigned": sorted(draft.assigned),
    }


def _taken(session: Session, name: str) -> list[Problem]:
    return [account_rules.taken(name)] if named(session, name) else []


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(problems)


def _record(session: Session, actor: Actor, verb: str, record: AccountRecord, **details: Any) -> None:
    whose = record.administration or actor.administration
    trail.record(session, actor, f"account:{verb}", record.id, administration=whose, **details)
