"""Sessions within a transaction: opened for an account, found by what a browser holds, and ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.people import lifetimes
from arusha.access.people.account_views import Account, actor_of, view
from arusha.access.records import AccountRecord, SessionRecord

BYTES = 32


@dataclass(frozen=True)
class Opened:
    """A session just opened: the token for the browser's cookie, which is kept nowhere, its id, and whose."""

    token: str
    session: str
    account: Account


def new_token() -> str:
    """Return 256 random bits for a cookie or a link."""
    return secrets.token_urlsafe(BYTES)


def kept(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token[:200].encode("utf-8", "surrogatepass")).hexdigest()


def open_session(
    session: Session, record: AccountRecord, at: datetime, way: str, *, second_step: bool
) -> Opened:
    """Open a session, which goes into the trail with the way it was come by."""
    token, account = new_token(), view(record)
    opened = Opened(token, secrets.token_hex(16), account)
    _forget_old(session, record.id, at)
    row = SessionRecord(
        id=opened.session,
        token=kept(token),
        account=record.id,
        made_at=at,
        seen_at=at,
        ends_at=at + lifetimes.LONGEST,
        second_step=second_step,
    )
    session.add(row)
    actor = actor_of(account, opened.session)
    trail.record(session, actor, "session:open", record.id, at=at, way=way, second_step=second_step)
    return opened


def end_sessions(session: Session, account_id: str, at: datetime, *, but: str = "") -> int:
    """End the sessions of an account, except one; return how many were open.

    Those that are over are ended too, so that a clock that is set back opens none again.
    """
    every = update(SessionRecord).where(
        SessionRecord.account == account_id, SessionRecord.revoked_at.is_(None), SessionRecord.id != but
    )
    still_open = every.where(SessionRecord.ends_at > at)
    ended = int(session.execute(still_open.values(revoked_at=at)).rowcount)  # type: ignore[attr-defined]
    session.execute(every.values(revoked_at=at))
    return ended


def mark_second_step(session: Session, session_id: str, *, done: bool) -> None:
    """Note whether who uses a session has proved themselves a second time."""
    named = update(SessionRecord).where(SessionRecord.id == session_id)
    session.execute(named.values(second_step=done))


def _forget_old(session: Session, account_id: str, at: datetime) -> None:
    old = SessionRecord.ends_at < at - lifetimes.KEPT
    session.execute(delete(SessionRecord).where(SessionRecord.account == account_id, old))
