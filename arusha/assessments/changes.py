"""How answers change within a transaction: one save, a decision about two changes that met, a whole file."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.assessments import asking, ledger, limits, rules
from arusha.assessments.records import AnswerVersionRecord, ConflictRecord, RoundRecord
from arusha.assessments.rules import Given, Met, Save
from arusha.texts import is_keepable
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, printable, refuse
from scoring.answers import Answer, faults_of


def save(session: Session, asked: Save) -> Given | Met:
    """Write a change, or keep it beside the answer when it meets another; a repeated save counts once."""
    _refuse(limits.faults_of_save_id(asked.id), limits.faults_of_change(_place(asked.practice), asked.change))
    record = ledger.round_of(session, asked.round_id)
    questionnaire = asking.asked_in(record).questionnaire
    _refuse(_faults(questionnaire, Answer(asked.practice)))
    present = ledger.given(session, record.id, asked.practice)
    if done := _done_before(session, asked, present):
        return done
    ledger.require_open(record)
    _refuse(limits.faults_of_base(asked.practice, asked.base_version, present.version if present else 0))
    return _save(session, record, questionnaire, present, asked)


def _save(
    session: Session,
    record: RoundRecord,
    questionnaire: Questionnaire,
    present: Given | None,
    asked: Save,
) -> Given | Met:
    current = present.answer if present else Answer(asked.practice)
    base = ledger.version(session, record.id, asked.practice, asked.base_version, present)
    if rules.meets_another(base, current, asked.change):
        _refuse(_faults(questionnaire, rules.changed(base, asked.change)))
        return _keep_beside(session, asked)
    after = rules.changed(current, asked.change)
    _refuse(_faults(questionnaire, after))
    if after == current:
        return present or Given(current, 0, asked.at, asked.by)
    record.touched_at = asked.at
    return ledger.write(session, record.id, after, present, _id_of(asked), asked.at, asked.by)


def _done_before(session: Session, asked: Save, present: Given | None) -> Given | Met | None:
    """Return what became of a save that was kept before; raise ``Refused`` when that was another save."""
    if not asked.id:
        return None
    version, met = ledger.kept_with(session, asked.id)
    if version is None and met is None:
        return None
    if not _is_the_same(asked, version, met):
        fault = N_("Another change was saved under this id already.")
        raise refuse(asked.practice, fault, N_("Send every change under an id of its own."))
    return ledger.met(met) if met is not None and met.settled_at is None else present


def _is_the_same(asked: Save, version: AnswerVersionRecord | None, met: ConflictRecord | None) -> bool:
    change = dict(asked.change)
    for kept in (version, met):
        if kept is not None and (kept.round_id, kept.practice) != (asked.round_id, asked.practice):
            return False
    if met is not None:
        return met.change == change
    return all(getattr(version, name) == value for name, value in change.items())


def _keep_beside(session: Session, asked: Save) -> Met:
    record = ConflictRecord(
        save_id=_id_of(asked),
        round_id=asked.round_id,
        practice=asked.practice,
        base_version=asked.base_version,
        change=dict(asked.change),
        changed_at=asked.at,
        changed_by=asked.by,
        settled_as="",
    )
    session.add(record)
    round_, who = ledger.round_of(session, asked.round_id), trail.person(session)
    trail.record(
        session,
        who,
        "answer:meet",
        asked.round_id,
        administration=round_.administration,
        practice=asked.practice,
        save=record.save_id,
    )
    return ledger.met(record)


def waiting(session: Session, save_id: str) -> ConflictRecord:
    """Return the row of a change that met another; raise ``Refused`` when it was decided already."""
    found = session.get(ConflictRecord, save_id) if is_keepable(save_id) else None
    if found is None or found.settled_at is not None:
        raise refuse(
            _place(save_id), N_("This was decided already."), N_("Reload the page to see the answer.")
        )
    return found


def settle(session: Session, waiting: ConflictRecord, choice: str, at: datetime, by: str) -> Given | None:
    """Decide about a change that met another; what it makes of the answer bears the save id of the change."""
    _refuse(limits.faults_of_choice(waiting.practice, waiting.change, choice))
    record = ledger.open_round_of(session, waiting.round_id)
    present = ledger.given(session, record.id, waiting.practice)
    current = present.answer if present else Answer(waiting.practice)
    after = rules.chosen(current, waiting.change, choice)
    _refuse(_faults(asking.asked_in(record).questionnaire, after))
    waiting.settled_at, waiting.settled_as, record.touched_at = at, choice, at
    who, whose = trail.person(session), record.administration
    trail.record(
        session,
        who,
        "answer:settle",
        record.id,
        administration=whose,
        at=at,
        save=waiting.save_id,
        choice=choice,
    )
    if after == current:
        return present
    return ledger.write(session, record.id, after, present, waiting.save_id, at, by)


def take_over(session: Session, record: RoundRecord, answers: Iterable[Answer], at: datetime, by: str) -> int:
    """Apply every answer of a file, or none; return how many changed."""
    answers = tuple(answers)
    questionnaire, present = asking.asked_in(record).questionnaire, ledger.answers_of(session, record.id)
    new = [a for a in answers if a != (g.answer if (g := present.get(a.practice)) else Answer(a.practice))]
    _refuse(_twice(answers), *(_faults(questionnaire, answer) for answer in new))
    if new:
        changes = [(answer, present.get(answer.practice), str(uuid.uuid4())) for answer in new]
        ledger.write_all(session, record.id, changes, at, by, "answer:import")
        record.touched_at = at
    return len(new)


def _twice(answers: Iterable[Answer]) -> list[Problem]:
    fault, remedy = N_("The practice is answered twice."), N_("Keep one of the two answers.")
    counts = Counter(answer.practice for answer in answers)
    return [Problem(_place(name), fault, remedy) for name, count in counts.items() if count > 1]


def _faults(questionnaire: Questionnaire, answer: Answer) -> list[Problem]:
    fields = {name: getattr(answer, name) for name in limits.KINDS}
    place = _place(answer.practice)
    wrong = limits.faults_of_kinds(place, fields)
    return wrong or faults_of(questionnaire, answer, place, in_round=True)


def _place(name: str) -> str:
    return printable(name) or "practice"


def _id_of(asked: Save) -> str:
    return asked.id or str(uuid.uuid4())


def _refuse(*found: Iterable[Problem]) -> None:
    problems = [problem for problems in found for problem in problems]
    if problems:
        raise Refused(problems)
