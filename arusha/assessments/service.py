"""What a person can do with assessment rounds: open, answer, settle, sign off, reopen, verify."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from arusha.access.rules import Actor, Permission, require
from arusha.assessments import (
    asking,
    carrying,
    changes,
    comparing,
    ledger,
    lifecycle,
    proving,
    rules,
    signing,
)
from arusha.assessments.comparing import Before, Exported
from arusha.assessments.records import RoundRecord, VisitRecord
from arusha.assessments.rules import Change, Entry, Given, Met, Receipt, Round, Save, Signature
from arusha.assessments.views import Seen, Sheet
from arusha.members import service as members
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, Refused, printable, refuse
from questionnaires.receipts import Carried
from scoring.answers import Answer


def open_round(
    actor: Actor,
    store: Store,
    administration: str,
    edition: str,
    year: int,
    *,
    form: str = "whole",
    carry_from: str = "",
    region: str = "",
    name: str = "",
    at: datetime | None = None,
) -> Round:
    """Open a round; an administration that is not registered yet is registered with it.

    ``form`` is "whole", or "short" for the core practices only; ``carry_from`` is an earlier round whose
    answers are carried over with it. Raises ``Refused`` for an unknown edition or form, an impossible
    year, a round that is there already, or as ``carry_over`` does; then no round is opened either.
    """
    require(actor, Permission.ROUND_OPEN)
    for permission in (Permission.ANSWER_READ, Permission.ANSWER_WRITE) if carry_from else ():
        require(actor, permission)
    lifecycle.require_edition(edition)
    lifecycle.require_year(year)
    lifecycle.require_form(form)
    moment = at or now()
    with store.writing() as session:
        members.ensure(session, administration, region, name)
        lifecycle.require_new(session, administration, edition, year)
        record = lifecycle.open_(session, administration, edition, year, form, moment)
        if carry_from:
            source, target = lifecycle.sheet(session, carry_from), lifecycle.sheet(session, record.id)
            carrying.carry(session, source, target, moment, actor.id)
        return ledger.view(record)


def enter_rounds(actor: Actor, store: Store, entries: Iterable[Entry]) -> int:
    """Enter whole rounds with their answers and signatures, all or none; return how many came in.

    A round that is there already stays as it is. Raises ``Refused`` when one cannot be entered or signed.
    """
    for permission in (Permission.ROUND_OPEN, Permission.ANSWER_WRITE, Permission.ROUND_SIGN):
        require(actor, permission)
    with store.writing() as session:
        return sum(lifecycle.enter(session, entry, actor.id) for entry in entries)


def ask_whole(actor: Actor, store: Store, round_id: str, *, at: datetime | None = None) -> Round:
    """Go on with the whole questionnaire in a round that was opened in the short form; every answer stays.

    What was carried over is completed by what the short form did not ask.
    """
    require(actor, Permission.ROUND_OPEN)
    with store.writing() as session:
        record, moment = ledger.open_round_of(session, round_id), at or now()
        lifecycle.ask_whole(record, moment)
        session.flush()
        target = lifecycle.sheet(session, round_id)
        if target.receipt is not None:
            source = lifecycle.sheet(session, target.receipt.source.id)
            carrying.carry(session, source, target, moment, actor.id)
        return ledger.view(record)


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
        return lifecycle.sheet(session, round_id)


def earlier_rounds(actor: Actor, store: Store, round_id: str) -> tuple[Round, ...]:
    """Return the earlier rounds of the same administration, newest first."""
    require(actor, Permission.ROUND_READ)
    with store.reading() as session:
        round_ = ledger.view(ledger.round_of(session, round_id))
        return tuple(ledger.view(record) for record in session.scalars(_earlier(round_)))


def _earlier(round_: Round) -> Select[RoundRecord]:
    whose = RoundRecord.administration == round_.administration
    found = select(RoundRecord).where(whose, RoundRecord.year < round_.year)
    return found.order_by(RoundRecord.year.desc(), RoundRecord.edition.desc())


def before(actor: Actor, store: Store, round_: Round) -> Before | None:
    """Return the last earlier round whose edition is of one line with this one's, or None."""
    require(actor, Permission.ANSWER_READ)
    asked = asking.asked_in(round_)
    with store.reading() as session:
        for record in session.scalars(_earlier(round_)):
            if found := comparing.beside(lifecycle.sheet(session, record.id), asked):
                return found
        return None


def carry_plan(actor: Actor, store: Store, round_id: str, source_id: str) -> tuple[Carried, ...]:
    """Return what carrying an earlier round's answers over would do; nothing is changed.

    Raises ``Refused`` when it is not an earlier round of the same administration, or of another line.
    """
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        ledger.open_round_of(session, round_id)
        return carrying.plan(lifecycle.sheet(session, source_id), lifecycle.sheet(session, round_id))


def carry_over(
    actor: Actor, store: Store, round_id: str, source_id: str, *, at: datetime | None = None
) -> Receipt:
    """Carry an earlier round's answers over, each to be confirmed; return the receipt, which is kept.

    Notes come along where nothing is written yet; the earlier round is not changed, and doing it again
    changes nothing. Raises ``Refused`` as ``carry_plan`` does, and when another round was carried over.
    """
    require(actor, Permission.ANSWER_READ)
    require(actor, Permission.ANSWER_WRITE)
    with store.writing() as session:
        record, moment = ledger.open_round_of(session, round_id), at or now()
        source, target = lifecycle.sheet(session, source_id), lifecycle.sheet(session, round_id)
        if target.receipt is None:
            record.touched_at = moment
        return carrying.carry(session, source, target, moment, actor.id)


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
    Raises ``Refused`` when the answer is not possible, the round is signed off, the version never was,
    or the id belongs to another save.
    """
    require(actor, Permission.ANSWER_WRITE)
    asked = Save(save_id, round_id, practice, change, base_version, at or now(), actor.id)
    with store.writing() as session:
        return changes.save(session, asked)


def settle(
    actor: Actor, store: Store, save_id: str, choice: str, *, at: datetime | None = None
) -> Given | None:
    """Decide about a change that met another: keep ``theirs``, take ``mine``, or keep ``both`` notes."""
    require(actor, Permission.ANSWER_WRITE)
    with store.writing() as session:
        return changes.settle(session, save_id, choice, at or now(), actor.id)


def history(actor: Actor, store: Store, round_id: str, practice: str) -> tuple[Given, ...]:
    """Return every version of an answer, newest first."""
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        asked = asking.asked_in(ledger.round_of(session, round_id)).questionnaire
        return () if practice not in asked.practices else ledger.versions(session, round_id, practice)


def import_answers(
    actor: Actor, store: Store, round_id: str, answers: Iterable[Answer], *, at: datetime | None = None
) -> int:
    """Apply every answer of a file, or none; return how many changed. What was there stays in the history."""
    require(actor, Permission.ANSWER_WRITE)
    with store.writing() as session:
        record = ledger.open_round_of(session, round_id)
        return changes.take_over(session, record, answers, at or now(), actor.id)


def faults_against_signing(actor: Actor, store: Store, round_id: str, signed_by: str) -> list[Problem]:
    """Return everything that stands against signing this round."""
    seen = sheet(actor, store, round_id)
    against = rules.faults_against_signing(seen.questionnaire, seen.answers, seen.met, signed_by)
    return [*seen.asked.problems, *against]


def sign(
    actor: Actor, store: Store, round_id: str, signed_by: str, *, at: datetime | None = None
) -> Signature:
    """Sign a round off: freeze answers and profile with edition, rule and content hash."""
    require(actor, Permission.ROUND_SIGN)
    with store.writing() as session:
        record = ledger.open_round_of(session, round_id)
        return lifecycle.sign(session, record, signed_by, at or now(), actor.id)


def reopen(actor: Actor, store: Store, round_id: str, reason: str, *, at: datetime | None = None) -> Round:
    """Reopen a signed round with a reason; it goes on as a new revision, what was signed stays."""
    require(actor, Permission.ROUND_REOPEN)
    with store.writing() as session:
        record = ledger.round_of(session, round_id)
        lifecycle.reopen(session, record, reason.strip(), at or now(), actor.id)
        return ledger.view(record)


def signatures(actor: Actor, store: Store, round_id: str) -> tuple[Signature, ...]:
    """Return what was signed in a round, newest revision first; a damaged one with what is left of it."""
    require(actor, Permission.PROFILE_READ)
    with store.reading() as session:
        ledger.round_of(session, round_id)
        return signing.kept(session, round_id)


def profile(actor: Actor, store: Store, round_id: str, revision: int = 0) -> Seen:
    """Return the profile of a round: frozen when it is signed, or of a signed ``revision``, else as it is.

    Raises ``Refused`` with what does not hold when that is not what was signed any more.
    """
    require(actor, Permission.PROFILE_READ)
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        round_ = ledger.view(ledger.round_of(session, round_id))
        wanted = revision or (round_.revision if round_.signed else 0)
        if not wanted:
            now_ = lifecycle.sheet(session, round_id)
            return Seen(round_, now_.profile, now_.answers, None, now_.asked)
        signed = {signature.revision: signature for signature in signing.kept(session, round_id)}
    if wanted not in signed:
        fault = N_("Revision {number} of this round was never signed.")
        raise refuse(round_id, fault, N_("Choose another revision."), number=wanted)
    asked = asking.asked_in(replace(round_, form=signed[wanted].form))
    return Seen(round_, *proving.read(signed[wanted], round_), signed[wanted], asked)


def verify(actor: Actor, store: Store, round_id: str) -> list[Problem]:
    """Prove everything that was signed in a round anew; an empty list says that all of it holds."""
    require(actor, Permission.PROFILE_READ)
    require(actor, Permission.ANSWER_READ)
    with store.reading() as session:
        round_ = ledger.view(ledger.round_of(session, round_id))
        signed = signing.kept(session, round_id)
        problems = [fault for signature in signed for fault in proving.faults_of(signature, round_)]
        problems += proving.faults_of_series(round_, signed)
        return problems + _faults_of_answers(session, round_, signed)


def _faults_of_answers(session: Session, round_: Round, signed: Sequence[Signature]) -> list[Problem]:
    try:
        strayed = proving.strayed(round_.id, ledger.astray(session, round_.id))
        given = ledger.answers_of(session, round_.id)
    except Refused as refused:
        return list(refused.problems)
    newest = signed[0] if signed and round_.signed else None
    answers = {practice: one.answer for practice, one in given.items()}
    return strayed + proving.drift(newest, answers, round_.id)


def visit(actor: Actor, store: Store, round_id: str, factor: str, *, at: datetime | None = None) -> None:
    """Remember where a person is, so that they find the place again."""
    require(actor, Permission.ANSWER_READ)
    with store.writing() as session:
        asked = asking.asked_in(ledger.round_of(session, round_id)).questionnaire
        if factor not in {one.id for one in asked.factors}:
            fault, remedy = N_("The questionnaire has no factor {name}."), N_("Choose a factor of it.")
            raise refuse(round_id, fault, remedy, name=printable(factor))
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
    form = seen.signature.form if seen.signature else seen.round.form
    earlier = before(actor, store, replace(seen.round, form=form))
    if administration is None:
        raise refuse(
            seen.round.administration,
            N_("The administration of this round is not registered."),
            N_("Restore the database."),
        )
    return Exported(administration, seen, earlier)
