"""Backups in the trail: that one was made, and what has to end when one is put back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.records import ForeignSignInRecord, InvitationRecord, SessionRecord, TrailHeadRecord
from arusha.access.rules import LOCAL
from arusha.store import Store
from arusha.store.backup import Manifest


@dataclass(frozen=True)
class Ended:
    """How many sessions and open invitations ended."""

    sessions: int
    invitations: int


def record_backup(store: Store) -> None:
    """Put into the trail that everything is being copied; the copy bears the record too.

    Without the secret that seals the trail nothing is recorded, since a new one would end the proof.
    """
    with store.writing(LOCAL) as session:
        sealed = session.get_one(TrailHeadRecord, 1).seq
        if not sealed or (store.keys / "trail").exists():
            trail.record(session, LOCAL, "database:backup", "")


def settle(store: Store, manifest: Manifest, at: datetime) -> Ended:
    """End every session, open invitation and sign-in under way of a database put back, and record it.

    Since the backup somebody may have been signed out, or invited anew, for a reason.
    """
    with store.writing(LOCAL) as session:
        ended = _end(session, at)
        trail.record(
            session,
            LOCAL,
            "database:restore",
            "",
            at=at,
            made_at=manifest.made_at,
            rows=manifest.rows,
            newest=manifest.trail.seq,
            sessions=ended.sessions,
            invitations=ended.invitations,
        )
    return ended


def _end(session: Session, at: datetime) -> Ended:
    still_open = SessionRecord.revoked_at.is_(None)
    sessions = session.execute(update(SessionRecord).where(still_open).values(revoked_at=at))
    invitations = session.execute(delete(InvitationRecord).where(InvitationRecord.used_at.is_(None)))
    session.execute(delete(ForeignSignInRecord))
    return Ended(sessions.rowcount, invitations.rowcount)  # type: ignore[attr-defined]
