"""Sign-ins under way at another provider: begun here, taken up again once, and noted when they fail.

Kept is only the hash of what the browser holds and of the invitation it followed. Failures are counted like
those with a password: where too many failed in a minute, nothing is begun and nothing more is recorded, so
that no stranger fills the trail.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.people import lifetimes, pacing, throttling
from arusha.access.people.id_tokens import Failed
from arusha.access.people.pacing import Count
from arusha.access.people.session_rows import kept, new_token
from arusha.access.people.signing_in import SOMEBODY
from arusha.access.records import AttemptRecord, ForeignSignInRecord
from arusha.store import Store
from questionnaires.problems import N_

LASTS = timedelta(minutes=10)
BEGINNINGS = 300  # a minute from one network, which may be a whole administration's
STALE = N_("No sign-in is under way in this browser, or it took longer than ten minutes.")
AFRESH = N_("Start again from the sign-in form, in one tab only.")
CROWDED = N_("Too many attempts to sign in failed within a minute.")
LATER = N_("Wait a minute, then try again.")


@dataclass(frozen=True)
class Begun:
    """A sign-in just begun: ``state`` goes with the browser, by ``nonce`` and ``verifier`` it is checked."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class UnderWay:
    """A sign-in that came back."""

    nonce: str
    verifier: str


def begin(store: Store, invitation: str, network: str, at: datetime) -> Begun:
    """Begin a sign-in, with an invitation or '' for none; raise ``Failed`` when too many failed."""
    begun = Begun(new_token(), new_token(), secrets.token_urlsafe(48))
    with store.writing(DOOR) as session:
        place = throttling.of_network(network, store.key("networks"))
        limits = {f"{place}:begun": BEGINNINGS}
        if _is_full(session, _failures(place), at) or not _counted(session, limits, at):
            raise Failed("crowded", CROWDED, LATER)
        session.execute(delete(ForeignSignInRecord).where(ForeignSignInRecord.ends_at <= at))
        row = ForeignSignInRecord(
            state=kept(begun.state),
            nonce=begun.nonce,
            verifier=begun.verifier,
            invitation=kept(invitation) if invitation else "",
            ends_at=at + LASTS,
        )
        session.add(row)
    return begun


def take(store: Store, state: str, invitation: str, at: datetime) -> UnderWay:
    """Take up a sign-in again, which can be done once; raise ``Failed`` when none is under way."""
    with store.writing(DOOR) as session:
        row = session.get(ForeignSignInRecord, kept(state))
        if row is not None:
            session.delete(row)
    if row is None or not lifetimes.holds(row.ends_at - LASTS, row.ends_at, at):
        raise Failed("state", STALE, AFRESH)
    if row.invitation != (kept(invitation) if invitation else ""):
        raise Failed("invitation", STALE, AFRESH)
    return UnderWay(row.nonce, row.verifier)


def failed(store: Store, reason: str, network: str, at: datetime) -> None:
    """Count a failure, and put into the trail that nobody was signed in."""
    place = throttling.of_network(network, store.key("networks"))
    with store.writing(DOOR) as session:
        if _counted(session, _failures(place), at):
            where = place.partition(":")[2][:16]
            trail.record(
                session,
                SOMEBODY,
                "session:open",
                "",
                outcome=trail.REFUSED,
                at=at,
                way="provider",
                reason=reason,
                network=where,
            )


def _failures(network: str) -> dict[str, int]:
    """Return how many may fail in a minute, there and on the whole server."""
    return {network: pacing.OF_A_NETWORK, throttling.SERVER: pacing.OF_THE_SERVER}


def _counted(session: Session, limits: Mapping[str, int], at: datetime) -> bool:
    """Count one more of each, unless one of them has none left in this minute."""
    if _is_full(session, limits, at):
        return False
    for key in limits:
        one = pacing.one_more_this_minute(_count(session, key), at)
        session.merge(AttemptRecord(key=key, failures=one.failures, since=one.since, last_at=one.last_at))
    return True


def _is_full(session: Session, limits: Mapping[str, int], at: datetime) -> bool:
    return any(pacing.is_full(_count(session, key), most, at) for key, most in limits.items())


def _count(session: Session, key: str) -> Count | None:
    record = session.get(AttemptRecord, key)
    return Count(record.failures, record.since, record.last_at) if record else None
