"""Sessions: who is behind a browser, asked anew on every run of a page, so that rights are never stale."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from arusha import settings
from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.guarding import guarded
from arusha.access.people import account_views, lifetimes, second_step
from arusha.access.people.account_views import view
from arusha.access.people.session_rows import Opened, end_sessions, kept, mark_second_step, open_session
from arusha.access.people.signing_in import sign_in
from arusha.access.records import AccountRecord, SessionRecord
from arusha.access.rules import Actor, Permission, Reach, require
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import N_, Refused, refuse

__all__ = [
    "LiveSession",
    "Opened",
    "actor_of",
    "end",
    "end_all",
    "enter",
    "holder_of",
    "live",
    "needs_second_step",
    "prove",
    "session_of",
    "sign_in",
]

ID = re.compile(r"[0-9a-f]{32}")
THEMSELVES = {Permission.PREFERENCE_SET: Reach.ANYWHERE}
"""What somebody may who has not yet proved themselves a second time: see to their own account."""


@dataclass(frozen=True)
class LiveSession:
    """A session of one's own that may be used; ``is_this`` is the one that asks."""

    id: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    second_step: bool
    is_this: bool


def enter(store: Store, account_id: str, *, second_step: bool, at: datetime | None = None) -> Opened:
    """Open a session for who proved themselves elsewhere, once or twice; raise ``Refused`` when disabled."""
    moment = at or now()
    with store.writing(DOOR) as session:
        record = session.get(AccountRecord, account_id)
        if record is None or record.disabled_at is not None:
            fault, remedy = N_("This account cannot sign in."), N_("Ask for a new invitation.")
            raise refuse("sign-in", fault, remedy)
        return open_session(session, record, moment, "provider", second_step=second_step)


def session_of(store: Store, token: str, *, at: datetime | None = None) -> str | None:
    """Return the id of the live session that a browser's token belongs to; one query."""
    if not token:
        return None
    with store.reading(DOOR) as session:
        found = session.execute(_rows().where(SessionRecord.token == kept(token))).one_or_none()
    return found[0].id if found and _is_live(*found, at or now()) else None


def actor_of(
    store: Store, session_id: str, *, at: datetime | None = None, touch: bool = True
) -> Actor | None:
    """Return who acts in a session, with the rights of this moment, in one query.

    None when the session was ended, idle or open too long, when its account is disabled, and as long as a
    second step is missing. At most once a minute it is noted that the session is in use; with ``touch=False``
    it is not: a page that looks for news by itself is no sign that anybody is there.
    """
    moment = at or now()
    found = _found(store, session_id, moment)
    if found is None or _lacks_second_step(*found):
        return None
    row, record = found
    if touch and lifetimes.is_due(row.seen_at, moment):
        _note_seen(store, row.id, moment)
    return account_views.actor_of(view(record), row.id)


def holder_of(store: Store, session_id: str, *, at: datetime | None = None) -> Actor | None:
    """Return who holds a live session, also while their second step is missing: then to set it up only."""
    found = _found(store, session_id, at or now())
    if found is None:
        return None
    row, record = found
    actor = account_views.actor_of(view(record), row.id)
    return replace(actor, grants=THEMSELVES) if _lacks_second_step(row, record) else actor


def needs_second_step(store: Store, session_id: str, *, at: datetime | None = None) -> bool:
    """Return whether a live session waits for a second step: to be set up, or with ``prove`` to be shown.

    It does when the settings require one, and when the account has one that was not asked for yet.
    """
    found = _found(store, session_id, at or now())
    return found is not None and _lacks_second_step(*found)


def prove(store: Store, session_id: str, code: str, *, at: datetime | None = None) -> None:
    """Show a code in a session that waits for it; raise ``Refused`` when it does not hold."""
    moment = at or now()
    with store.writing(DOOR) as session:
        found = _live(session, session_id, moment)
        if found is None or not found[1].secret:
            raise refuse("code", N_("No code is asked for."), N_("Sign in again."))
        row, record = found
        problem = second_step.asked(session, record, code, moment)
        outcome = trail.REFUSED if problem else trail.DONE
        actor = account_views.actor_of(view(record), row.id)
        trail.record(session, actor, "session:prove", row.id, outcome=outcome, at=moment)
        if problem is None:
            mark_second_step(session, row.id, done=True)
    if problem is not None:
        raise Refused([problem])


def end(store: Store, session_id: str, *, at: datetime | None = None) -> None:
    """Sign out of one session; one that has ended stays ended."""
    moment = at or now()
    with store.writing(DOOR) as session:
        found = _live(session, session_id, moment)
        if found is not None:
            row, record = found
            row.revoked_at = moment
            actor = account_views.actor_of(view(record), row.id)
            trail.record(session, actor, "session:end", row.id, at=moment)


@guarded
def end_all(actor: Actor, store: Store, *, at: datetime | None = None) -> int:
    """Sign out everywhere, here too; return how many sessions ended."""
    require(actor, Permission.PREFERENCE_SET)
    moment = at or now()
    with store.writing(DOOR) as session:
        ended = end_sessions(session, actor.id, moment)
        trail.record(session, actor, "session:end_all", actor.id, at=moment, sessions=ended)
    return ended


@guarded
def live(actor: Actor, store: Store, *, at: datetime | None = None) -> tuple[LiveSession, ...]:
    """Return one's own sessions that may be used, the newest first."""
    require(actor, Permission.PREFERENCE_SET)
    moment = at or now()
    mine = _rows().where(SessionRecord.account == actor.id).order_by(SessionRecord.made_at.desc())
    with store.reading(DOOR) as session:
        rows = [row for row, record in session.execute(mine) if _is_live(row, record, moment)]
    return tuple(
        LiveSession(row.id, row.made_at, row.seen_at, row.ends_at, row.second_step, row.id == actor.session)
        for row in rows
    )


def _rows() -> Select[SessionRecord, AccountRecord]:
    joined = AccountRecord.id == SessionRecord.account
    return select(SessionRecord, AccountRecord).join(AccountRecord, joined)


def _found(store: Store, session_id: str, at: datetime) -> tuple[SessionRecord, AccountRecord] | None:
    if not ID.fullmatch(session_id):
        return None  # no transaction for what is none
    with store.reading(DOOR) as session:
        return _live(session, session_id, at)


def _live(session: Session, session_id: str, at: datetime) -> tuple[SessionRecord, AccountRecord] | None:
    if not ID.fullmatch(session_id):
        return None
    found = session.execute(_rows().where(SessionRecord.id == session_id)).one_or_none()
    return (found[0], found[1]) if found and _is_live(*found, at) else None


def _is_live(row: SessionRecord, record: AccountRecord, at: datetime) -> bool:
    is_open = lifetimes.is_live(row.made_at, row.seen_at, row.ends_at, row.revoked_at, at)
    return is_open and record.disabled_at is None


def _lacks_second_step(row: SessionRecord, record: AccountRecord) -> bool:
    asked = bool(record.secret) or settings.read().second_step == "required"
    return asked and not row.second_step


def _note_seen(store: Store, session_id: str, at: datetime) -> None:
    noted = update(SessionRecord).where(SessionRecord.id == session_id, SessionRecord.seen_at < at)
    with suppress(Refused), store.writing(DOOR) as session:  # a busy database is no reason to show no page
        session.execute(noted.values(seen_at=at))
