"""What a person can do with the trail: read it as far as their permission reaches, and prove it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from arusha.access.guarding import guarded
from arusha.access.proof import anchors, sealing
from arusha.access.proof.chain import ILLEGIBLE, PUT_BACK
from arusha.access.proof.keeping import Kept, fetched, records
from arusha.access.proof.sealing import Verified
from arusha.access.records import TrailRecord
from arusha.access.rules import Actor, Permission, require
from arusha.store import Store
from arusha.store.legible import Illegible
from arusha.texts import is_keepable
from questionnaires.problems import Problem, Refused

MOST = 10_000  # records at once
KEPT_AS_TEXT = ("actor", "role", "session", "administration", "action", "object", "outcome")


@dataclass(frozen=True)
class Entry:
    """A record of the trail to read; of one that was spoilt everything is empty but its number."""

    seq: int
    at: datetime | None = None
    actor: str = ""
    role: str = ""
    session: str = ""
    administration: str = ""
    action: str = ""
    object: str = ""
    outcome: str = ""
    details: Mapping[str, Any] | None = None

    @property
    def is_legible(self) -> bool:
        """Return whether the record could be read."""
        return self.at is not None and self.details is not None


@dataclass(frozen=True)
class Entries:
    """Records, newest first, and whether there are older ones."""

    rows: tuple[Entry, ...]
    more: bool


@guarded
def entries(
    actor: Actor,
    store: Store,
    *,
    action: str = "",
    person: str = "",
    object_: str = "",
    outcome: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before_seq: int | None = None,
    limit: int = 100,
) -> Entries:
    """Return the newest records that fit all that is given, at most ``limit`` (1 to 10,000).

    ``person`` is the id of an account, ``object_`` the id of what was acted on, ``since`` is included and
    ``until`` is not. Who may read the trail of their own administration only meets nothing else.
    """
    require(actor, Permission.TRAIL_READ)
    texts = {"action": action, "actor": person, "object": object_, "outcome": outcome}
    if not all(is_keepable(text) for text in texts.values()):
        return Entries((), more=False)  # no record holds what cannot be kept
    where: list[ColumnElement[bool]] = [
        getattr(TrailRecord, name) == value for name, value in texts.items() if value
    ]
    if since is not None:
        where.append(TrailRecord.at >= since)
    if until is not None:
        where.append(TrailRecord.at < until)
    if before_seq is not None:
        where.append(TrailRecord.seq < before_seq)
    wanted = min(max(limit, 1), MOST)
    newest = records().where(*where).order_by(TrailRecord.seq.desc()).limit(wanted + 1)
    with store.reading(actor) as session:
        found = _found(session, newest)
    return Entries(tuple(_entry(one) for one in found[:wanted]), len(found) > wanted)


@guarded
def verify(actor: Actor, store: Store, file: Path, *, start: int = 1) -> Verified:
    """Prove the trail against the anchors of a file, where it is there; every faulty line of it is told.

    The sample has no anchors.
    """
    require(actor, Permission.TRAIL_VERIFY)
    if store.is_sample or not (store.keys / "trail").exists():  # without the secret the proof says so
        return sealing.verify(store, start=start)
    known = anchors.kept(file, store.key("trail"))
    done = sealing.verify(store, start=start, anchors=known.anchors)
    return replace(done, problems=(*done.problems, *known.problems))


def _found(session: Session, statement: Select[Any]) -> list[Kept]:
    try:
        return fetched(session, statement)
    except Illegible as error:
        raise Refused([Problem("trail", ILLEGIBLE, PUT_BACK)]) from error


def _entry(kept: Kept) -> Entry:
    values = kept.values or {}
    details = _details(values.get("details"))
    texts = {name: values.get(name) for name in KEPT_AS_TEXT}
    if details is None or not all(isinstance(text, str) for text in texts.values()):
        return Entry(kept.seq)
    return Entry(kept.seq, kept.at, **{name: str(text) for name, text in texts.items()}, details=details)


def _details(kept: object) -> Mapping[str, Any] | None:
    try:
        said = json.loads(kept) if isinstance(kept, str) else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
