"""The trail: who did what, when, and what they were refused; each record is sealed to the one before it.

A record is written in the transaction of what it records. Its seal is HMAC-SHA256, with a key outside
the database, over all its fields and the seal before: whoever changes, removes or swaps records without
the key is found out by ``sealing.faults_of``, and whoever cuts off the newest ones by the anchors.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from arusha.access.records import TrailHeadRecord, TrailRecord
from arusha.access.rules import Actor, Denied
from arusha.store import Store
from arusha.store.clock import now

DONE, REFUSED = "done", "refused"
CODE = 2  # letters of an administration's code; what was asked for may be none
SEALED = (
    "seq",
    "at",
    "actor",
    "role",
    "session",
    "administration",
    "action",
    "object",
    "outcome",
    "details",
    "prev",
)


def person(session: Session) -> Actor:
    """Return for whom a session is."""
    found: Actor = session.info["person"]
    return found


def mark(session: Session, values: Mapping[str, object]) -> str:
    """Return a mark of a content that says nothing of it without the key, 64 hexadecimal digits."""
    return _mac(dict(values), session.info["key"]("trail"))


def record(
    session: Session,
    actor: Actor,
    action: str,
    what: str,
    *,
    administration: str = "",
    outcome: str = DONE,
    at: datetime | None = None,
    **details: object,
) -> TrailRecord:
    """Add to the trail within the transaction of what is recorded, which holds the write lock.

    ``action`` is ``<resource>:<verb>``, ``what`` the id of what was acted on, ``details`` counts, ids, hashes
    and choices; never what a person wrote, no name, password, or address.
    """
    head = session.get_one(TrailHeadRecord, 1)
    values: dict[str, Any] = {
        "seq": head.seq + 1,
        "at": at or now(),
        "actor": actor.id,
        "role": actor.role,
        "session": actor.session,
        "administration": (administration or actor.administration)[:CODE],
        "action": action,
        "object": what[:200],
        "outcome": outcome,
        "details": json.dumps(details, sort_keys=True, ensure_ascii=False, default=str),
        "prev": head.mac,
    }
    made = TrailRecord(**values, mac=seal(values, session.info["key"]("trail")))
    session.add(made)
    head.seq, head.mac = made.seq, made.mac
    session.flush()
    return made


def seal(values: dict[str, Any], key: bytes) -> str:
    """Return the seal over a record's fields, 64 hexadecimal digits."""
    said = {name: values[name] for name in SEALED} | {"at": values["at"].astimezone(UTC).isoformat()}
    return _mac(said, key)


def _mac(said: dict[str, Any], key: bytes) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, text.encode(), sha256).hexdigest()


def refused(actor: Actor, store: Store, denied: Denied) -> None:
    """Put into the trail that a person was refused something, once."""
    if denied.recorded:
        return
    denied.recorded = True
    reason = denied.problems[0].fault
    with store.writing(actor) as session:
        record(
            session,
            actor,
            denied.permission.value,
            denied.subject.factor or denied.subject.administration,
            administration=denied.subject.administration,
            outcome=REFUSED,
            reason=reason,
        )
