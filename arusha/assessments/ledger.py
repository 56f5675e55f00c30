"""Answers and their history inside a transaction: each change adds a version, none is ever removed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.assessments import rules
from arusha.assessments.records import AnswerRecord, AnswerVersionRecord, ConflictRecord, RoundRecord
from arusha.assessments.rules import Given, Met, Round
from questionnaires.problems import N_, near, refuse
from scoring.answers import Answer

FIELDS = rules.POSITION + rules.NOTE
_COLUMNS = ("practice", *FIELDS, "version", "changed_at", "changed_by")
_ANSWERS = select(*(getattr(AnswerRecord, name) for name in _COLUMNS))  # rows, not objects: read at every click


def round_of(session: Session, round_id: str) -> RoundRecord:
    """Return a round's row; raise ``Refused`` when there is none."""
    record = session.get(RoundRecord, round_id)
    if record is None:
        known = session.scalars(select(RoundRecord.id)).all()
        meant = near(round_id, known)
        remedy = N_("Did you mean {meant}?") if meant else N_("See the rounds there are with: round list.")
        raise refuse(round_id, N_("There is no round with this id."), remedy, meant=meant)
    return record


def open_round_of(session: Session, round_id: str) -> RoundRecord:
    """Return the row of a round that may be changed; raise ``Refused`` when it is signed off."""
    record = round_of(session, round_id)
    if record.state != "open":
        fault = N_("The round is signed off and cannot be changed.")
        raise refuse(round_id, fault, N_("Reopen it with a reason; that makes a new revision."))
    return record


def view(record: RoundRecord) -> Round:
    """Return a round as a value."""
    return Round(
        record.id,
        record.administration,
        record.edition,
        record.year,
        record.state,
        record.revision,
        record.opened_at,
        record.touched_at,
    )


def answers_of(session: Session, round_id: str) -> dict[str, Given]:
    """Return practice -> answer as it stands."""
    found = session.execute(_ANSWERS.where(AnswerRecord.round_id == round_id))
    return {row.practice: _given(row) for row in found}


def given(session: Session, round_id: str, practice: str) -> Given | None:
    """Return the present answer to one practice, or None when there never was one."""
    record = session.get(AnswerRecord, (round_id, practice))
    return _given(record) if record else None


def version(
    session: Session, round_id: str, practice: str, number: int, present: Given | None = None
) -> Answer:
    """Return the answer as it was in a version; version 0 is the empty answer."""
    if present and present.version == number:
        return present.answer
    record = session.get(AnswerVersionRecord, (round_id, practice, number))
    return _answer(record) if record else Answer(practice)


def versions(session: Session, round_id: str, practice: str) -> tuple[Given, ...]:
    """Return every version of an answer, newest first."""
    table = AnswerVersionRecord
    found = select(table).where(table.round_id == round_id, table.practice == practice)
    return tuple(_given(record) for record in session.scalars(found.order_by(table.version.desc())))


def saved_with(session: Session, save_id: str) -> bool:
    """Return whether a save with this id was kept before: a retry must not count twice."""
    kept = select(AnswerVersionRecord.version).where(AnswerVersionRecord.save_id == save_id)
    return session.scalar(kept) is not None or session.get(ConflictRecord, save_id) is not None


def write(session: Session, round_id: str, answer: Answer, save_id: str, at: datetime, by: str) -> Given:
    """Make this the present answer and add it to the history."""
    columns = {name: getattr(answer, name) for name in FIELDS}
    record = session.get(AnswerRecord, (round_id, answer.practice))
    if record is None:
        record = AnswerRecord(round_id=round_id, practice=answer.practice, version=0)
        session.add(record)
    for name, value in {**columns, "changed_at": at, "changed_by": by}.items():
        setattr(record, name, value)
    record.version += 1
    past = AnswerVersionRecord(round_id=round_id, practice=answer.practice, version=record.version)
    for name, value in {**columns, "save_id": save_id, "changed_at": at, "changed_by": by}.items():
        setattr(past, name, value)
    session.add(past)
    session.flush()
    return _given(record)


def unsettled(session: Session, round_id: str) -> dict[str, tuple[Met, ...]]:
    """Return practice -> changes that met another and wait for a decision, oldest first."""
    table = ConflictRecord
    found = select(table).where(table.round_id == round_id, table.settled_at.is_(None))
    waiting: dict[str, tuple[Met, ...]] = {}
    for record in session.scalars(found.order_by(table.changed_at)):
        waiting[record.practice] = (*waiting.get(record.practice, ()), met(record))
    return waiting


def met(record: ConflictRecord) -> Met:
    """Return a change that met another as a value."""
    return Met(
        record.save_id,
        record.practice,
        record.base_version,
        record.change,
        record.changed_at,
        record.changed_by,
    )


def as_row(answer: Answer) -> dict[str, object]:
    """Return an answer as the plain values that are frozen at sign-off."""
    return asdict(answer)


def _answer(record: Any) -> Answer:
    return Answer(record.practice, **{name: getattr(record, name) for name in FIELDS})


def _given(record: Any) -> Given:
    return Given(_answer(record), record.version, record.changed_at, record.changed_by)
