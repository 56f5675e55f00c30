"""The books of a database: do its tables and its trail tell of the same deeds, and is every promise kept?"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.access.proof import sealing
from arusha.access.records import AccountRecord, TrailRecord
from arusha.access.rules import LOCAL
from arusha.assessments import ledger
from arusha.assessments.records import (
    AnswerVersionRecord,
    CarriedRecord,
    ConflictRecord,
    DisclosureRecord,
    RoundRecord,
    SignatureRecord,
)
from arusha.store import Base, Store

Deeds = Counter[tuple[object, ...]]
ANSWERING = ("answer:save", "answer:import", "answer:carry")


@dataclass(frozen=True)
class Said:
    """A save that was acknowledged: as a version of the answer, as kept beside it (0), or as either (-1)."""

    save_id: str
    practice: str
    version: int
    note: str
    step: str | None = None


def disagreements(store: Store) -> list[str]:
    """Return every deed that stands only in the tables or only in the trail, and what the chain lacks."""
    with store.reading(LOCAL) as session:
        kept, told = Counter(_kept(session)), Counter(_told(session))
        rounds = session.scalars(select(RoundRecord.id)).all()
        astray = [f"astray: {name}" for name in rounds for name in ledger.astray(session, name)]
    found = [f"without trail: {deed}" for deed in kept - told] + [
        f"without row: {deed}" for deed in told - kept
    ]
    return sorted(found) + astray + [str(problem) for problem in sealing.faults_of(store)]


def _kept(session: Session) -> Iterator[tuple[object, ...]]:
    """Yield the deeds that the tables tell of."""
    for row in session.scalars(select(AnswerVersionRecord)):
        mark = ledger.mark(session, row.round_id, ledger._given(row))
        yield "version", row.round_id, row.practice, row.version, mark
    for met in session.scalars(select(ConflictRecord)):
        yield "met", met.save_id
        if met.settled_at is not None:
            yield "settled", met.save_id, met.settled_as
    for signed in session.scalars(select(SignatureRecord)):
        yield "signed", signed.round_id, signed.revision, signed.content_hash
        if signed.reopened_at is not None:
            yield "reopened", signed.round_id, signed.revision + 1
    yield from (("opened", name) for name in session.scalars(select(RoundRecord.id)))
    yield from (("account", name) for name in session.scalars(select(AccountRecord.id)))
    for round_id, source in session.execute(select(CarriedRecord.round_id, CarriedRecord.source_id)):
        yield "carried", round_id, source
    for shared in session.scalars(select(DisclosureRecord)):
        yield "shared", shared.round_id, shared.revision, shared.factor, shared.content_hash
        if shared.withdrawn_at is None:
            yield "open", shared.round_id, shared.factor, shared.content_hash


def _told(session: Session) -> Iterator[tuple[object, ...]]:
    """Yield the deeds that the trail tells of."""
    open_: dict[tuple[str, str], str] = {}
    for record in session.scalars(select(TrailRecord).order_by(TrailRecord.seq)):
        details: dict[str, Any] = json.loads(record.details)
        yield from _told_in(record, details)
        for factor, shared in details.get("factors", {}).items() if "disclosure" in record.action else ():
            if record.action == "disclosure:decide":
                open_[record.object, factor] = shared.get("hash", "")
            elif record.action == "disclosure:withdraw":
                open_[record.object, factor] = ""
    yield from (("open", *where, mark) for where, mark in open_.items() if mark)


def _told_in(record: TrailRecord, details: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    if record.outcome != "done":
        return
    what = record.object
    for practice, (version, mark) in details.get("answers", {}).items():
        assert record.action in ANSWERING, record.action
        yield "version", what, practice, version, mark
    match record.action:
        case "answer:meet":
            yield "met", details["save"]
        case "answer:settle":
            yield "settled", details["save"], details["choice"]
        case "round:sign":
            yield "signed", what, details["revision"], details["content_hash"]
        case "round:reopen":
            yield "reopened", what, details["revision"]
        case "round:open":
            yield "opened", what
        case "account:add":
            yield "account", what
        case "round:carry":
            yield from [("carried", what, details["source"])] * details["rows"]
        case "disclosure:decide":
            for factor, shared in details["factors"].items():
                if "hash" in shared:
                    yield "shared", what, shared["revision"], factor, shared["hash"]


def lost(store: Store, round_id: str, said: Iterable[Said]) -> list[Said]:
    """Return what was acknowledged and is not kept, neither as that version nor beside the answer."""
    with store.reading(LOCAL) as session:
        versions = {
            row.save_id: Said(row.save_id, row.practice, row.version, row.note, row.step)
            for row in session.scalars(select(AnswerVersionRecord).filter_by(round_id=round_id))
        }
        beside = {
            row.save_id: Said(
                row.save_id, row.practice, 0, row.change.get("note", ""), row.change.get("step")
            )
            for row in session.scalars(select(ConflictRecord).filter_by(round_id=round_id))
        }
    return [one for one in said if not any(_is(one, kept.get(one.save_id)) for kept in (versions, beside))]


def _is(said: Said, kept: Said | None) -> bool:
    if kept is None or said.version not in (-1, kept.version):
        return False
    same = said.practice == kept.practice and said.note == kept.note
    return same and said.step in (None, kept.step)


def doubled(store: Store, round_id: str) -> list[str]:
    """Return the notes that a version brought in more than once; every save has a note of its own."""
    brought: Counter[str] = Counter()
    with store.reading(LOCAL) as session:
        past: dict[str, str] = {}
        ordered = select(AnswerVersionRecord).order_by(AnswerVersionRecord.version)
        for row in session.scalars(ordered.filter_by(round_id=round_id)):
            if past.get(row.practice) != row.note:
                brought[row.note] += 1
            past[row.practice] = row.note
    return sorted(note for note, often in brought.items() if often > 1)


def counted(store: Store, round_id: str) -> tuple[int, int]:
    """Return how many versions of answers and how many changes beside them there are."""
    with store.reading(LOCAL) as session:
        versions = session.scalars(select(AnswerVersionRecord.version).filter_by(round_id=round_id)).all()
        beside = session.scalars(select(ConflictRecord.save_id).filter_by(round_id=round_id)).all()
    return len(versions), len(beside)


def is_whole(file: str) -> bool:
    """Return whether SQLite finds nothing wrong with a file."""
    connection = sqlite3.connect(file)
    try:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    finally:
        connection.close()


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, the trail too."""
    with store.reading(LOCAL) as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
