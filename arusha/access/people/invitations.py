"""Invitations: a link that lets a person in once, to set a password or to sign in at a provider ever after.

To look at a link uses nothing up, since scanners of mail open links too. Only the token's hash is kept.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.guarding import guarded
from arusha.access.people import lifetimes, passwords, second_step, throttling
from arusha.access.people.account_reach import changeable, end_invitations
from arusha.access.people.account_views import Account, actor_of, view
from arusha.access.people.own_password import change_password
from arusha.access.people.session_rows import Opened, end_sessions, kept, new_token, open_session
from arusha.access.people.signing_in import CODE_NEEDED
from arusha.access.records import AccountRecord, InvitationRecord
from arusha.access.rules import Actor, Permission, require
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, Refused, refuse

__all__ = ["Invitation", "accept", "bind", "by_subject", "change_password", "invite", "look"]

LONGEST = 200  # characters of what a provider calls itself and a person
GONE = Problem(
    "invitation",
    N_("This invitation does not hold: it was used, it has ended, or a newer one replaced it."),
    N_("Ask for a new one."),
)


@dataclass(frozen=True)
class Invitation:
    """An invitation just made: the token for the link, which is kept nowhere, and when it ends."""

    token: str
    ends_at: datetime


@guarded
def invite(
    actor: Actor, store: Store, name: str, *, without_second_step: bool = False, at: datetime | None = None
) -> Invitation:
    """Make an invitation for an account; earlier ones end, and failures are forgotten. Raises ``Refused``.

    ``without_second_step`` removes the second step of somebody who has lost it, and ends their sessions.
    """
    require(actor, Permission.ACCOUNT_CHANGE)
    moment = at or now()
    made = Invitation(new_token(), moment + lifetimes.INVITATION)
    with store.writing(DOOR) as session:
        record = changeable(session, actor, name)
        if record.disabled_at is not None:
            raise refuse(record.name, N_("The account is disabled."), N_("Enable it first."))
        if without_second_step:
            second_step.forget(session, record)
            end_sessions(session, record.id, moment)
        end_invitations(session, record.id)
        throttling.clear(session, record.id)
        session.add(_row(made, record.id, actor.id, moment))
        _record(session, actor, "make", record, moment, without_second_step=without_second_step)
    return made


def look(store: Store, token: str, *, at: datetime | None = None) -> Account | None:
    """Return whose invitation this is, None when it does not hold; it is not used up."""
    with store.reading(DOOR) as session:
        found = _found(session, token, at or now())
        return view(found[1]) if found else None


def accept(store: Store, token: str, password: str, *, code: str = "", at: datetime | None = None) -> Opened:
    """Set the password, end every session, forget failures, and open a session; raise ``Refused``.

    An account that has a second step needs a code of it: a problem whose place is "code" asks for it, and
    the invitation is not used up.
    """
    moment = at or now()
    account = look(store, token, at=moment)
    if account is None:
        raise Refused([GONE])
    if problems := passwords.faults_of(password, account.name):
        raise Refused(problems)
    hashed = passwords.hashed(password)
    with store.writing(DOOR) as session:
        decided = _accepted(session, token, hashed, code, moment)
    if isinstance(decided, Problem):
        raise Refused([decided])
    return decided


def bind(
    store: Store,
    token: str,
    issuer: str,
    subject: str,
    *,
    second_step: bool = False,
    at: datetime | None = None,
) -> Opened:
    """Let the person sign in as this subject of a provider from now on, and open a session; or ``Refused``.

    ``second_step`` says whether the provider had them prove themselves twice. An account with a second step
    of its own is refused: a link alone must not get around that.
    """
    moment = at or now()
    with store.writing(DOOR) as session:
        found = _found(session, token, moment)
        if found is None:
            raise Refused([GONE])
        row, record = found
        if problems := _faults_of_subject(session, record, issuer, subject):
            raise Refused(problems)
        record.issuer, record.subject = issuer, subject
        return _used(session, row, record, moment, "provider", second_step=second_step)


def by_subject(store: Store, issuer: str, subject: str) -> str | None:
    """Return the id of the account that belongs to a subject of a provider."""
    if not _is_subject(issuer, subject):
        return None
    with store.reading(DOOR) as session:
        return session.scalar(_of_subject(issuer, subject))


def _accepted(session: Session, token: str, hashed: str, code: str, at: datetime) -> Opened | Problem:
    found = _found(session, token, at)
    if found is None:
        return GONE
    row, record = found
    if record.secret and not code.strip():
        return CODE_NEEDED
    if record.secret and (problem := second_step.asked(session, record, code, at)):
        actor = actor_of(view(record))
        _record(session, actor, "accept", record, at, outcome=trail.REFUSED, reason=problem.fault)
        return problem
    record.password = hashed
    return _used(session, row, record, at, "password", second_step=bool(record.secret))


def _used(
    session: Session,
    row: InvitationRecord,
    record: AccountRecord,
    at: datetime,
    way: str,
    *,
    second_step: bool,
) -> Opened:
    row.used_at = at
    ended = end_sessions(session, record.id, at)
    throttling.clear(session, record.id)
    _record(session, actor_of(view(record)), "accept", record, at, way=way, sessions=ended)
    return open_session(session, record, at, "invitation", second_step=second_step)


def _found(session: Session, token: str, at: datetime) -> tuple[InvitationRecord, AccountRecord] | None:
    """Return an invitation that holds, and its account."""
    joined = AccountRecord.id == InvitationRecord.account
    rows = select(InvitationRecord, AccountRecord).join(AccountRecord, joined)
    found = session.execute(rows.where(InvitationRecord.token == kept(token))).one_or_none()
    if found is None:
        return None
    row, record = found
    is_open = row.used_at is None and record.disabled_at is None
    return (row, record) if is_open and lifetimes.holds(row.made_at, row.ends_at, at) else None


def _row(made: Invitation, account_id: str, by: str, at: datetime) -> InvitationRecord:
    return InvitationRecord(
        id=secrets.token_hex(16),
        token=kept(made.token),
        account=account_id,
        made_at=at,
        made_by=by,
        ends_at=made.ends_at,
    )


def _faults_of_subject(session: Session, record: AccountRecord, issuer: str, subject: str) -> list[Problem]:
    if not _is_subject(issuer, subject):
        fault = N_("The provider does not say who this is in a way that can be kept.")
        return [Problem("provider", fault, N_("Use a password instead."))]
    if record.secret:
        fault = N_("This account has a second step of its own, which a provider cannot replace.")
        remedy = N_("Set a password instead, or ask for an invitation without the second step.")
        return [Problem("provider", fault, remedy)]
    if session.scalar(_of_subject(issuer, subject)) not in (None, record.id):
        fault = N_("Another account belongs to this person at the provider.")
        return [Problem("provider", fault, N_("Sign in with that one, or as another person there."))]
    return []


def _is_subject(issuer: str, subject: str) -> bool:
    return all(0 < len(one) <= LONGEST and one.isprintable() for one in (issuer, subject))


def _of_subject(issuer: str, subject: str) -> Select[str]:
    return select(AccountRecord.id).where(AccountRecord.issuer == issuer, AccountRecord.subject == subject)


def _record(
    session: Session, actor: Actor, verb: str, record: AccountRecord, at: datetime, **details: Any
) -> None:
    whose = record.administration
    trail.record(session, actor, f"invitation:{verb}", record.id, administration=whose, at=at, **details)
