"""Which accounts a person may see and change; a coordinator's reach ends at the own administration."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from arusha.access.people.account_rules import is_code
from arusha.access.people.account_views import named, unknown
from arusha.access.records import AccountRecord, InvitationRecord
from arusha.access.roles import GIVEN_BY_A_COORDINATOR, Role
from arusha.access.rules import Actor, Denied, Permission, Reach, Subject, decide, require
from questionnaires.problems import N_, Problem, Refused, refuse

NOT_GIVEN = N_("You make and change accounts of contributors and observers only.")


def may_see(actor: Actor, administration: str) -> bool:
    """Return whether a person may see the accounts of an administration."""
    return decide(actor, Permission.ACCOUNT_READ, Subject(administration)).allowed


def found(session: Session, actor: Actor, permission: Permission, name: str) -> AccountRecord:
    """Return an account within a person's reach; raise ``Refused`` in the same words for any other.

    Where there is one that they may not meet, the refusal goes into the trail.
    """
    record = named(session, name)
    if record is None:
        raise Refused([unknown(name)])
    subject = Subject(record.administration)
    if not decide(actor, permission, subject).allowed:
        raise Denied(unknown(name), permission, subject)
    return record


def changeable(session: Session, actor: Actor, name: str) -> AccountRecord:
    """Return an account that a person may change; raise ``Refused``."""
    record = found(session, actor, Permission.ACCOUNT_CHANGE, name)
    require_change(actor, record.role, record.administration)
    return record


def require_change(actor: Actor, role: str, administration: str) -> None:
    """Raise ``Denied`` unless a person may make and change accounts of this role and administration."""
    subject = Subject(administration if is_code(administration) else "")
    require(actor, Permission.ACCOUNT_CHANGE, subject)
    is_coordinator = actor.grants.get(Permission.ACCOUNT_CHANGE) is Reach.OWN
    if is_coordinator and role in list(Role) and role not in GIVEN_BY_A_COORDINATOR:
        problem = Problem(actor.name or actor.id, NOT_GIVEN, N_("Ask the system administrator."))
        raise Denied(problem, Permission.ACCOUNT_CHANGE, subject)


def require_another_administrator(session: Session, record: AccountRecord) -> None:
    """Raise ``Refused`` when this account is the last one that may look after the system."""
    if record.role != Role.SYSTEM or record.disabled_at is not None:
        return
    others = select(func.count(AccountRecord.id)).where(
        AccountRecord.role == Role.SYSTEM.value,
        AccountRecord.disabled_at.is_(None),
        AccountRecord.id != record.id,
    )
    if not session.scalar(others):
        fault = N_("This is the last system administrator who can sign in.")
        raise refuse(record.name, fault, N_("Make another one first."))


def end_invitations(session: Session, account_id: str) -> None:
    """Remove the invitations of an account that nobody has used."""
    unused = delete(InvitationRecord).where(InvitationRecord.used_at.is_(None))
    session.execute(unused.where(InvitationRecord.account == account_id))
