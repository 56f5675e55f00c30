"""What a person can do with assessment rounds: open, answer, settle, sign off, reopen, verify."""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.access.rules import Actor, Permission, require
from arusha.assessments import ledger, rules, signing
from arusha.assessments.records import ConflictRecord, RoundRecord, SignatureRecord, VisitRecord
from arusha.assessments.rules import Change, Given, Met, Round, Signature
from arusha.assessments.views import Exported, Seen, Sheet
from arusha.members import service as members
from arusha.store import Store
from arusha.store.clock import now
from questionnaires import loading
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, near, refuse
from scoring.answers import Answer, faults_of
from scoring.profile import Profile

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def open_round(
    actor: Actor,
    store: Store,
    administration: str,
    edition: str,
    year: int,
    *,
    region: str = "",
    name: str = "",
    at: datetime | None = None,
) -> Round:
    """Open a round; an administration that is not registered yet is registered with it.

    Raises ``Refused`` for an unknown edition, an impossible year, or a round that is there already.
    """
    require(actor, Permission.ROUND_OPEN)
    _require_edition(edition)
    _require_year(year)
    with store.writing() as session:
        members.ensure(session, administration, region, name)
        _require_new(session, administration, edition, year)
        moment = at or now()
        round_id = f"{administration.lower()}{year}-" + "".join(secrets.choice(LETTERS) for _ in range(6))
        record = RoundRecord(
            id=round_id,
            administration=administration,
            edition=edition,
            year=year,
            state="open",
            revision=1,
            opened_at=moment,
            touched_at=moment,
        )
        session.add(record)
        session.flush()
        return ledger.view(record)


def _require_edition(edition: str) -> None:
    if edition not in loading.editions():
        meant = near(edition, loading.editions())
        remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
        values = {"meant": meant, "known": ", ".join(loading.editions())}
        raise refuse(edition, N_("There is no questionnaire with this id."), remedy, **values)


def _require_year(year: int) -> None:
    if not 1990 <= year <= 2100:
        fault = N_("{year} cannot be the reference year of a round.")
        raise refuse("year", fault, N_("Give a year from 1990 to 2100."), year=year)


def _require_new(session: Session, administration: str, edition: str, year: int) -> None:
    same = select(RoundRecord.id).filter_by(administration=administration, edition=edition, year=year)
    found = session.scalar(same)
    if found is not None:
        fault = N_("There is a round of this administration, edition and year already: {found}.")
        raise refuse(administration, fault, N_("Go on with that one, or choose another year."), found=found)


def rounds(actor: Actor, store: Store) -> tuple[Round, ...]:
    """Return every round, by administration and then newest first."""
    require(actor, Permission.ROUND_READ)
    order = (RoundRecord.administration, RoundRecord.year.desc(), RoundRecord.edition)
    with store.reading() as session:
        return tuple(ledger.view(record) for record in session.scalars(select(RoundRecord).order_by(*order)))


def find(actor: Actor, store: Store, round_id: str) -> Round:
    """Return a round; raise ``Refused`` when there is none with this id."""
    require(actor, Permission.ROUND_READ)
    with store.reading() as session:
        return ledger.view(ledger.round_of(session, round_id))


def sheet(actor: Actor, store: Store, round_id: str) -> Sheet:
    """Return a round with its answers; raise ``Refused`` when there is none with this id."""
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        return _sheet(session, round_id)


def _sheet(session: Session, round_id: str) -> Sheet:
    record = ledger.round_of(session, round_id)
    return Sheet(
        ledger.view(record), ledger.answers_of(session, round_id), ledger.unsettled(session, round_id)
    )


def previous_sheet(actor: Actor, store: Store, round_: Round) -> Sheet | None:
    """Return the last earlier round of the same administration and edition, or None."""
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        earlier = select(RoundRecord.id).where(
            RoundRecord.administration == round_.administration,
            RoundRecord.edition == round_.edition,
            RoundRecord.year < round_.year,
        )
        found = session.scalar(earlier.order_by(RoundRecord.year.desc()).limit(1))
        return _sheet(session, found) if found else None


def save_answer(
    actor: Actor,
    store: Store,
    round_id: str,
    practice: str,
    change: Change,
    base_version: int,
    *,
    save_id: str = "",
    at: datetime | None = None,
) -> Given | Met:
    """Write a change through at once, or keep it beside the answer when it meets another.

    ``base_version`` is the version the person saw; the same ``save_id`` never counts twice.
    Raises ``Refused`` when the answer is not possible or the round is signed off.
    """
    require(actor, Permission.ANSWER_WRITE)
    moment = at or now()
    with store.writing() as session:
        record = ledger.open_round_of(session, round_id)
        present = ledger.given(session, round_id, practice)
        if present and save_id and ledger.saved_with(session, save_id):
            return present
        save_id = save_id or str(uuid.uuid4())
        current = present.answer if present else Answer(practice)
        base = ledger.version(session, round_id, practice, base_version, present)
        if rules.meets_another(base, current, change):
            return _keep_beside(session, save_id, round_id, practice, base_version, change, moment, actor)
        after = rules.changed(current, change)
        _require_possible(loading.edition(record.edition), after)
        if present and after == current:
            return present
        record.touched_at = moment
        return ledger.write(session, round_id, after, save_id, moment, actor.id)


def _keep_beside(
    session: Session,
    save_id: str,
    round_id: str,
    practice: str,
    base_version: int,
    change: Change,
    at: datetime,
    actor: Actor,
) -> Met:
    record = ConflictRecord(
        save_id=save_id,
        round_id=round_id,
        practice=practice,
        base_version=base_version,
        change=dict(change),
        changed_at=at,
        changed_by=actor.id,
        settled_as="",
    )
    session.add(record)
    session.flush()
    return ledger.met(record)


def _require_possible(questionnaire: Questionnaire, answer: Answer) -> None:
    problems = faults_of(questionnaire, answer, answer.practice, in_round=True)
    if problems:
        raise Refused(problems)


def settle(
    actor: Actor, store: Store, save_id: str, choice: str, *, at: datetime | None = None
) -> Given | None:
    """Decide about a change that met another: keep ``theirs``, take ``mine``, or keep ``both`` notes."""
    require(actor, Permission.ANSWER_WRITE)
    moment = at or now()
    with store.writing() as session:
        waiting = session.get(ConflictRecord, save_id)
        if waiting is None or waiting.settled_at is not None:
            raise refuse(save_id, N_("This was decided already."), N_("Reload the page to see the answer."))
        record = ledger.open_round_of(session, waiting.round_id)
        present = ledger.given(session, waiting.round_id, waiting.practice)
        current = present.answer if present else Answer(waiting.practice)
        after = _chosen(current, waiting.change, choice)
        _require_possible(loading.edition(record.edition), after)
        waiting.settled_at, waiting.settled_as, record.touched_at = moment, choice, moment
        if after == current:
            return present
        decided = f"{save_id}:{choice}"[:64]
        return ledger.write(session, waiting.round_id, after, decided, moment, actor.id)


def _chosen(current: Answer, change: Change, choice: str) -> Answer:
    if choice == "theirs":
        return current
    mine = rules.changed(current, change)
    if choice == "both" and current.note and mine.note != current.note:
        return replace(mine, note=f"{current.note}\n\n{mine.note}")
    return mine


def history(actor: Actor, store: Store, round_id: str, practice: str) -> tuple[Given, ...]:
    """Return every version of an answer, newest first."""
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        return ledger.versions(session, round_id, practice)


def import_answers(
    actor: Actor, store: Store, round_id: str, answers: Iterable[Answer], *, at: datetime | None = None
) -> int:
    """Apply every answer of a file, or none; return how many changed. What was there stays in the history."""
    require(actor, Permission.ANSWER_WRITE)
    moment = at or now()
    with store.writing() as session:
        record = ledger.open_round_of(session, round_id)
        present = ledger.answers_of(session, round_id)
        new = [
            a for a in answers if a != (g.answer if (g := present.get(a.practice)) else Answer(a.practice))
        ]
        questionnaire = loading.edition(record.edition)
        problems = [p for a in new for p in faults_of(questionnaire, a, a.practice, in_round=True)]
        if problems:
            raise Refused(problems)
        for answer in new:
            ledger.write(session, round_id, answer, str(uuid.uuid4()), moment, actor.id)
        record.touched_at = moment
        return len(new)


def faults_against_signing(actor: Actor, store: Store, round_id: str, signed_by: str) -> list[Problem]:
    """Return everything that stands against signing this round."""
    seen = sheet(actor, store, round_id)
    return rules.faults_against_signing(seen.questionnaire, seen.answers, seen.met, signed_by)


def sign(
    actor: Actor, store: Store, round_id: str, signed_by: str, *, at: datetime | None = None
) -> Signature:
    """Sign a round off: freeze answers and profile with edition, rule and content hash."""
    require(actor, Permission.ROUND_SIGN)
    with store.writing() as session:
        record = ledger.open_round_of(session, round_id)
        seen = _sheet(session, round_id)
        problems = rules.faults_against_signing(seen.questionnaire, seen.answers, seen.met, signed_by)
        if problems:
            raise Refused(problems)
        signature = signing.freeze(
            seen.round, seen.questionnaire, seen.answers, signed_by.strip(), at or now()
        )
        session.add(signing.record_of(signature, actor.id))
        record.state = "signed"
        record.touched_at = signature.signed_at
        return signature


def reopen(actor: Actor, store: Store, round_id: str, reason: str, *, at: datetime | None = None) -> Round:
    """Reopen a signed round with a reason; it goes on as a new revision, what was signed stays."""
    require(actor, Permission.ROUND_REOPEN)
    with store.writing() as session:
        record = ledger.round_of(session, round_id)
        if record.state != "signed":
            raise refuse(
                round_id, N_("The round is not signed off."), N_("Go on answering; nothing to reopen.")
            )
        if not reason.strip():
            raise refuse(round_id, N_("A reason is missing."), N_("Write why the round is reopened."))
        signature = session.get_one(SignatureRecord, (round_id, record.revision))
        signature.reopened_at, signature.reopened_by = at or now(), actor.id
        signature.reopen_reason = reason.strip()
        record.state, record.revision, record.touched_at = "open", record.revision + 1, signature.reopened_at
        return ledger.view(record)


def signatures(actor: Actor, store: Store, round_id: str) -> tuple[Signature, ...]:
    """Return what was signed in a round, newest revision first."""
    require(actor, Permission.PROFILE_READ)
    with store.reading() as session:
        ledger.round_of(session, round_id)
        table = SignatureRecord
        found = select(table).where(table.round_id == round_id).order_by(table.revision.desc())
        return tuple(signing.signature_of(record) for record in session.scalars(found))


def profile(actor: Actor, store: Store, round_id: str, revision: int = 0) -> Seen:
    """Return the profile of a round: frozen when it is signed, or of a signed ``revision``, else as it stands."""
    require(actor, Permission.PROFILE_READ)
    seen = sheet(actor, store, round_id)
    wanted = revision or (seen.round.revision if seen.round.signed else 0)
    if not wanted:
        return Seen(seen.round, seen.profile, seen.answers, None)
    signed = {signature.revision: signature for signature in signatures(actor, store, round_id)}
    if wanted not in signed:
        fault = N_("Revision {number} of this round was never signed.")
        raise refuse(round_id, fault, N_("Choose another revision."), number=wanted)
    content = signed[wanted].content
    answers = {row["practice"]: Answer(**row) for row in content["answers"]}
    return Seen(seen.round, Profile.from_dict(content["profile"]), answers, signed[wanted])


def verify(actor: Actor, store: Store, round_id: str) -> list[Problem]:
    """Recompute everything that was signed in a round; an empty list says that all of it holds."""
    seen = sheet(actor, store, round_id)
    signed = signatures(actor, store, round_id)
    problems = [problem for signature in signed for problem in signing.faults_of(signature)]
    if seen.round.signed:
        problems += signing.drift(signed[0] if signed else None, seen.answers, round_id)
    return problems


def visit(actor: Actor, store: Store, round_id: str, factor: str, *, at: datetime | None = None) -> None:
    """Remember where a person is, so that they find the place again."""
    require(actor, Permission.ANSWER_READ)
    with store.writing() as session:
        session.merge(VisitRecord(actor=actor.id, round_id=round_id, factor=factor, at=at or now()))


def last_visit(actor: Actor, store: Store) -> tuple[str, str] | None:
    """Return round and factor where this person was last, or None."""
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        mine = select(VisitRecord).where(VisitRecord.actor == actor.id).order_by(VisitRecord.at.desc())
        found = session.scalar(mine.limit(1))
        return (found.round_id, found.factor) if found else None


def exported(actor: Actor, store: Store, round_id: str, revision: int = 0) -> Exported:
    """Return what goes into a workbook: the profile, whose it is, and the round before."""
    require(actor, Permission.PROFILE_EXPORT)
    seen = profile(actor, store, round_id, revision)
    administration = members.find(actor, store, seen.round.administration)
    before = previous_sheet(actor, store, seen.round)
    if administration is None:
        raise refuse(
            seen.round.administration,
            N_("The administration of this round is not registered."),
            N_("Restore the database."),
        )
    return Exported(administration, seen, before)
