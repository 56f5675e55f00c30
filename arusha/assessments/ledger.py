"""Answers and their history inside a transaction: each change adds a version, none is ever removed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.records import TrailRecord
from arusha.assessments import rules
from arusha.assessments.records import AnswerRecord, AnswerVersionRecord, ConflictRecord, RoundRecord
from arusha.assessments.rules import Given, Met, Round
from arusha.store.legible import Illegible, legible
from arusha.texts import is_keepable
from questionnaires.problems import N_, near, printable, refuse
from scoring.answers import Answer

FIELDS = rules.POSITION + rules.NOTE
_COLUMNS = ("practice", *FIELDS, "version", "changed_at", "changed_by")
_ANSWERS = select(
    *(getattr(AnswerRecord, name) for name in _COLUMNS)
)  # rows, not objects: read at every click


def round_of(session: Session, round_id: str) -> RoundRecord:
    """Return a round's row; raise ``Refused`` when there is none."""
    record = session.get(RoundRecord, round_id) if is_keepable(round_id) else None
    if record is None:
        known = session.scalars(select(RoundRecord.id)).all()
        meant = near(round_id[:40], known)
        remedy = N_("Did you mean {meant}?") if meant else N_("See the rounds there are with: round list.")
        place = printable(round_id) or "round"
        raise refuse(place, N_("There is no round with this id."), remedy, meant=meant)
    return record


def open_round_of(session: Session, round_id: str) -> RoundRecord:
    """Return the row of a round that may be changed; raise ``Refused`` when it is signed off."""
    record = round_of(session, round_id)
    require_open(record)
    return record


def require_open(record: RoundRecord) -> None:
    """Raise ``Refused`` when a round is signed off."""
    if record.state != "open":
        fault = N_("The round is signed off and cannot be changed.")
        raise refuse(record.id, fault, N_("Reopen it with a reason; that makes a new revision."))


def view(record: RoundRecord) -> Round:
    """Return a round as a value."""
    return Round(
        record.id,
        record.administration,
        record.edition,
        record.year,
        record.form,
        record.state,
        record.revision,
        record.opened_at,
        record.touched_at,
    )


def answers_of(session: Session, round_id: str) -> dict[str, Given]:
    """Return practice -> answer as it stands; raise ``Refused`` when another program made it unreadable."""
    return {one.answer.practice: one for one in _read(session, round_id, _ANSWERS, AnswerRecord.round_id)}


def _read(session: Session, round_id: str, asked: Select[Any], column: Any) -> list[Given]:
    try:
        with legible():
            return [_given(row) for row in session.execute(asked.where(column == round_id))]
    except Illegible as error:
        remedy = N_("Put back a copy of the database.")
        raise refuse(round_id, N_("The answers cannot be read."), remedy) from error


def given(session: Session, round_id: str, practice: str) -> Given | None:
    """Return the present answer to one practice, or None when there never was one."""
    found = _ANSWERS.where(AnswerRecord.round_id == round_id, AnswerRecord.practice == practice)
    row = session.execute(found).one_or_none()
    return _given(row) if row else None


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


def kept_with(session: Session, save_id: str) -> tuple[AnswerVersionRecord | None, ConflictRecord | None]:
    """Return what a save with this id made before: a version, a change that met another, or both."""
    made = select(AnswerVersionRecord).where(AnswerVersionRecord.save_id == save_id)
    return session.scalar(made), session.get(ConflictRecord, save_id)


def write(
    session: Session,
    round_id: str,
    answer: Answer,
    present: Given | None,
    save_id: str,
    at: datetime,
    by: str,
    action: str = "answer:save",
) -> Given:
    """Make this the present answer and add it to the history; ``present`` is what it follows."""
    return write_all(session, round_id, [(answer, present, save_id)], at, by, action)[0]


def write_all(
    session: Session,
    round_id: str,
    changes: Sequence[tuple[Answer, Given | None, str]],
    at: datetime,
    by: str,
    action: str = "answer:save",
) -> list[Given]:
    """Write new answer, what it follows, and save id of each practice, in as many statements as for one.

    All of it is one ``action`` in the trail, with the version and a mark of each answer.
    """
    written = [Given(new, (present.version if present else 0) + 1, at, by) for new, present, _ in changes]
    rows = [_row(round_id, one) for one in written]
    first = [row for row in rows if row["version"] == 1]
    later = [row for row in rows if row["version"] > 1]
    if first:
        session.execute(insert(AnswerRecord), first)
    if later:
        session.execute(update(AnswerRecord), later)
    ids = [{"save_id": save_id} for _, _, save_id in changes]
    session.execute(insert(AnswerVersionRecord), [row | kept for row, kept in zip(rows, ids, strict=True)])
    marks = {one.answer.practice: [one.version, mark(session, round_id, one)] for one in written}
    administration = round_of(session, round_id).administration
    who = trail.person(session)
    trail.record(session, who, action, round_id, administration=administration, answers=marks)
    return written


def mark(session: Session, round_id: str, given: Given) -> str:
    """Return the mark of a version of an answer, by which the trail knows it and tells nothing of it."""
    row = _row(round_id, given)
    return trail.mark(session, row | {"changed_at": given.changed_at.isoformat()})


def _row(round_id: str, given: Given) -> dict[str, Any]:
    when = {"version": given.version, "changed_at": given.changed_at, "changed_by": given.changed_by}
    return {"round_id": round_id, **asdict(given.answer), **when}


def astray(session: Session, round_id: str) -> list[str]:
    """Return the practices whose present answer is not the newest version of a whole history."""
    asked = select(*(getattr(AnswerVersionRecord, name) for name in _COLUMNS))
    history: dict[str, list[Given]] = {}
    for one in _read(
        session, round_id, asked.order_by(AnswerVersionRecord.version), AnswerVersionRecord.round_id
    ):
        history.setdefault(one.answer.practice, []).append(one)
    present = answers_of(session, round_id)
    return sorted(name for name in {*history, *present} if not _follows(present.get(name), history.get(name)))


def unlike_the_trail(session: Session, round_id: str) -> list[str]:
    """Return the practices with a version that is not what the trail says was saved, or that is gone.

    Versions written before there was a trail are not in it.
    """
    told = _marks_in_trail(session, round_id)
    asked = select(*(getattr(AnswerVersionRecord, name) for name in _COLUMNS))
    there = {
        (one.answer.practice, one.version): mark(session, round_id, one)
        for one in _read(session, round_id, asked, AnswerVersionRecord.round_id)
    }
    return sorted(
        {practice for (practice, number), said in told.items() if there.get((practice, number)) != said}
    )


def _marks_in_trail(session: Session, round_id: str) -> dict[tuple[str, int], str]:
    asked = select(TrailRecord.details).where(
        TrailRecord.object == round_id,
        TrailRecord.action.startswith("answer:"),
        TrailRecord.outcome == trail.DONE,
    )
    answers = [json.loads(details).get("answers", {}) for details in session.scalars(asked)]
    return {(name, number): said for one in answers for name, (number, said) in one.items()}


def _follows(present: Given | None, history: Sequence[Given] | None) -> bool:
    if not present or not history:
        return False
    return present == history[-1] and [one.version for one in history] == [*range(1, len(history) + 1)]


def unsettled(session: Session, round_id: str) -> dict[str, tuple[Met, ...]]:
    """Return practice -> changes that met another and wait for a decision, oldest first."""
    table = ConflictRecord
    found = select(table).where(table.round_id == round_id, table.settled_at.is_(None))
    waiting: dict[str, tuple[Met, ...]] = {}
    for record in session.scalars(found.order_by(table.changed_at, table.save_id)):
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


def _answer(record: Any) -> Answer:
    return Answer(record.practice, **{name: getattr(record, name) for name in FIELDS})


def _given(record: Any) -> Given:
    if not isinstance(record.practice, str):
        raise TypeError(record.practice)  # SQLite keeps whatever another program puts in
    return Given(_answer(record), record.version, record.changed_at, record.changed_by)
