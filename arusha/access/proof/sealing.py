"""The proof of the trail: every record is what was sealed, follows the one before, and none is missing.

A record that was changed, removed, inserted or swapped is found without anything else. Whoever cuts the
newest records off, and sets the head back with them, is found by an anchor that was written before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arusha.access.proof.anchors import Anchor
from arusha.access.proof.chain import ILLEGIBLE, OTHER_KEY, PUT_BACK, Walk
from arusha.access.proof.keeping import Kept, fetched, records
from arusha.access.records import TrailHeadRecord, TrailRecord
from arusha.store import Store
from arusha.store.legible import Illegible, legible
from arusha.store.scope import Scope
from questionnaires.problems import N_, Problem

BATCH = 5_000  # records in memory at once

UNSEEN = N_("There are records without a number of the trail: {count}.")
NO_END = N_("The newest link of the trail is not kept, or it cannot be read.")
CUT = N_("The newest records are missing: the trail had reached {reached}, and it ends with {last}.")
LONG = N_("Records were added that the program did not write: the trail had reached {reached}.")
OTHER_END = N_("The newest record is not the one that was written last.")
NO_KEY = N_("The secret that seals the trail is not there, so nothing can be proved.")
BEYOND = N_("The trail has no record {start}.")


@dataclass(frozen=True)
class Prover:
    """Whoever proves the trail: meets all of it, and nothing else."""

    person: str = "prover"

    @property
    def scope(self) -> Scope:
        """Return the scope of the whole trail."""
        return Scope(self.person, trail="all")


PROVER = Prover()


@dataclass(frozen=True)
class Verified:
    """What was proved: how many records, from which to which, every fault, and against how many anchors."""

    count: int
    first: int
    last: int
    problems: tuple[Problem, ...]
    anchors: int = 0

    @property
    def holds(self) -> bool:
        """Return whether all of it is what was written."""
        return not self.problems


def faults_of(store: Store, anchors: Iterable[Anchor] = (), key: bytes | None = None) -> list[Problem]:
    """Return everything that does not hold in the whole trail; an empty list says that all of it does."""
    return list(verify(store, anchors=anchors, key=key).problems)


def verify(
    store: Store, *, start: int = 1, anchors: Iterable[Anchor] = (), key: bytes | None = None
) -> Verified:
    """Prove the trail from a record on, at one moment of the database; it is never changed, nor a key made.

    ``key`` is the secret of the seals, the store's own when it is left out. Raises ``Refused`` when the
    database or the secret cannot be read at all.
    """
    start = max(start, 1)
    anchored: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        if anchor.seq >= start:
            anchored.setdefault(anchor.seq, []).append(anchor)
    with store.reading(PROVER) as session:
        secret, needed = store.keys / "trail", key is None and bool(_count(session, start))
        if needed and not secret.exists():
            return Verified(0, 0, 0, (Problem(str(secret), NO_KEY, OTHER_KEY),))
        used = store.key("trail") if needed else key or b""  # a secret is not made only to prove nothing
        walk = Walk(used, start, _before(session, start), anchored)
        faults = list(_walked(session, walk, start))
    return Verified(walk.count, walk.first, walk.last, (*walk.problems(), *faults), len(anchored))


def _walked(session: Session, walk: Walk, start: int) -> Iterator[Problem]:
    """Walk to the end; yield what is wrong with the end, and with what the walk did not come by."""
    try:
        for record in _in_order(session, start):
            walk.meet(record)
    except Illegible:
        yield Problem(f"trail {walk.expected}", ILLEGIBLE, PUT_BACK)
        return
    if unseen := _count(session, start) - walk.count:
        yield Problem("trail", UNSEEN, PUT_BACK, {"count": unseen})
    yield from _faults_of_end(session, walk, start)


def _in_order(session: Session, start: int) -> Iterator[Kept]:
    where = TrailRecord.seq >= start
    while batch := fetched(session, records().where(where).order_by(TrailRecord.seq).limit(BATCH)):
        yield from batch
        where = TrailRecord.seq > batch[-1].seq


def _count(session: Session, start: int) -> int:
    """Return how many records there are; of the whole trail also those without a number of it."""
    counted = select(func.count(TrailRecord.seq.is_(None)))
    return session.scalars(counted.where(TrailRecord.seq >= start) if start > 1 else counted).one()


def _before(session: Session, start: int) -> str | None:
    """Return the seal that the first record has to follow, None when it is not known."""
    if start == 1:
        return ""
    try:
        with legible():
            return session.scalar(select(TrailRecord.mac).where(TrailRecord.seq == start - 1))
    except Illegible:
        return None


def _faults_of_end(session: Session, walk: Walk, start: int) -> Iterator[Problem]:
    head = _head(session)
    if head is None:
        yield Problem("trail_head", NO_END, PUT_BACK)
        return
    reached, mac = head
    values = {"reached": reached, "last": walk.last or start - 1, "start": start}
    if start > 1 and start > reached and not walk.count:
        yield Problem(
            f"trail {start}", BEYOND, N_("Begin with an earlier record; the last is {reached}."), values
        )
    elif reached > values["last"]:
        yield Problem("trail_head", CUT, PUT_BACK, values)
    elif reached < values["last"]:
        yield Problem("trail_head", LONG, PUT_BACK, values)
    elif walk.before is not None and mac != walk.before:
        yield Problem("trail_head", OTHER_END, PUT_BACK)


def _head(session: Session) -> tuple[int, str] | None:
    try:
        with legible():
            kept = select(TrailHeadRecord.seq, TrailHeadRecord.mac).where(TrailHeadRecord.id == 1)
            found = session.execute(kept).first()
    except Illegible:
        return None
    return (found[0], found[1]) if found and isinstance(found[0], int) else None
