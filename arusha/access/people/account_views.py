"""Accounts within a transaction: found by name or by who acts, and shown as a value."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.access.people.account_rules import is_nameable, login_of
from arusha.access.records import AccountRecord
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import Actor
from questionnaires.problems import N_, Problem, printable, refuse


@dataclass(frozen=True)
class Account:
    """A person who may sign in."""

    id: str
    name: str
    role: str
    administration: str
    region: str
    factors: frozenset[str]
    assigned: frozenset[str]
    made_at: datetime
    disabled: bool
    has_password: bool
    has_second_step: bool


def view(record: AccountRecord) -> Account:
    """Return an account as a value."""
    return Account(
        record.id,
        record.name,
        record.role,
        record.administration,
        record.region,
        frozenset(record.factors),
        frozenset(record.assigned),
        record.made_at,
        record.disabled_at is not None,
        bool(record.password),
        bool(record.secret),
    )


def actor_of(account: Account, session: str = "") -> Actor:
    """Return who acts when this account is signed in; a disabled one, or one without a role, may nothing."""
    grants = {} if account.disabled else GRANTS.get(cast("Role", account.role), {})
    return Actor(
        account.id,
        grants,
        role=account.role,
        administration=account.administration,
        region=account.region,
        factors=account.factors,
        assigned=account.assigned,
        session=session,
        name=account.name,
    )


def named(session: Session, name: str) -> AccountRecord | None:
    """Return the account of a name, however it is written."""
    if not is_nameable(name):
        return None
    return session.scalar(select(AccountRecord).where(AccountRecord.login == login_of(name)))


def own(session: Session, actor: Actor) -> AccountRecord:
    """Return the account of who acts; raise ``Refused`` when they have none, as on one's own computer."""
    record = session.get(AccountRecord, actor.id)
    if record is None or record.disabled_at is not None:
        fault, remedy = N_("There is no account behind this."), N_("Sign in first.")
        raise refuse(printable(actor.name or actor.id), fault, remedy)
    return record


def unknown(name: str) -> Problem:
    """Return the problem of a name that no account has."""
    fault = N_("There is no account of this name.")
    return Problem(printable(name) or "name", fault, N_("Choose one that `account list` shows."))
