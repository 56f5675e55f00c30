"""What a person can do with assessment rounds: open, answer, settle, sign off, reopen, verify."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, select

from arusha import settings
from arusha.access.guarding import guarded
from arusha.access.proof import anchors
from arusha.access.rules import Actor, Permission, Subject, decide, require
from arusha.assessments import (
    asking,
    carrying,
    changes,
    comparing,
    ledger,
    lifecycle,
    reaching,
    rules,
    showing,
    signing,
    visits,
)
from arusha.assessments.comparing import Before, Exported
from arusha.assessments.records import RoundRecord
from arusha.assessments.rules import Change, Entry, Given, Met, Receipt, Round, Save, Signature
from arusha.assessments.views import Seen, Sheet
from arusha.members import service as members
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, refuse
from questionnaires.receipts import Carried
from scoring.answers import Answer


@guarded
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
    carries = (Permission.ANSWER_READ, Permission.ANSWER_WRITE) if carry_from else ()
    for permission in (Permission.ROUND_OPEN, *carries):
        require(actor, permission, Subject(administration))
    lifecycle.require_edition(edition)
    lifecycle.require_year(year)
    lifecycle.require_form(form)
    moment = at or now()
    with store.writing(actor) as session:
        members.ensure(session, administration, region, name)
        lifecycle.require_new(session, administration, edition, year)
        record = lifecycle.open_(session, administration, edition, year, form, moment)
        if carry_from:
            source, target = lifecycle.sheet(session, carry_from), lifecycle.sheet(session, record.id)
            carrying.carry(session, source, target, moment, actor.id)
        return ledger.view(record)


@guarded
def enter_rounds(actor: Actor, store: Store, entries: Iterable[Entry]) -> int:
    """Enter whole rounds with their answers and signatures, all or none; return how many came in.

    A round that is there already stays as it is. Raises ``Refused`` when one cannot be entered or signed.
    """
    entries = tuple(entries)
    for permission in (Permission.ROUND_OPEN, Permission.ANSWER_WRITE, Permission.ROUND_SIGN):
        require(actor, permission)
        for whose in {entry.administration for entry in entries}:
            require(actor, permission, Subject(whose))
    with store.writing(actor) as session:
        return sum(lifecycle.enter(session, entry, actor.id) for entry in entries)


@guarded
def ask_whole(actor: Actor, store: Store, round_id: str, *, at: datetime | None = None) -> Round:
    """Go on with the whole questionnaire in a round that was opened in the short form; every answer stays.

    What was carried over is completed by what the short form did not ask.
    """
    require(actor, Permission.ROUND_OPEN)
    with store.writing(actor) as session:
        record, moment = reaching.open_round(session, actor, round_id, Permission.ROUND_OPEN), at or now()
        lifecycle.ask_whole(session, record, moment)
        session.flush()
        target = lifecycle.sheet(session, round_id)
        if target.receipt is not None:
            source = lifecycle.sheet(session, target.receipt.source.id)
            carrying.carry(session, source, target, moment, actor.id)
        return ledger.view(record)


@guarded
def rounds(actor: Actor, store: Store) -> tuple[Round, ...]:
    """Return every round, by administration and then newest first."""
    require(actor, Permission.ROUND_READ)
    order = (RoundRecord.administration, RoundRecord.year.desc(), RoundRecord.edition)
    with store.reading(actor) as session:
        return tuple(ledger.view(record) for record in session.scalars(select(RoundRecord).order_by(*order)))


@guarded
def find(actor: Actor, store: Store, round_id: str) -> Round:
    """Return a round; raise ``Refused`` when there is none with this id."""
    require(actor, Permission.ROUND_READ)
    with store.reading(actor) as session:
        return ledger.view(reaching.round_(session, actor, round_id, Permission.ROUND_READ))


@guarded
def sheet(actor: Actor, store: Store, round_id: str) -> Sheet:
    """Return a round with its answers; raise ``Refused`` when there is none, or nothing of it is theirs."""
    require(actor, Permission.ANSWER_READ)
    with store.reading(actor) as session:
        found = reaching.sheet(session, actor, round_id)
        reaching.require_factor(session, actor, found)
        return found


@guarded
def earlier_rounds(actor: Actor, store: Store, round_id: str) -> tuple[Round, ...]:
    """Return the earlier rounds of the same administration, newest first."""
    require(actor, Permission.ROUND_READ)
    with store.reading(actor) as session:
        round_ = ledger.view(reaching.round_(session, actor, round_id, Permission.ROUND_READ))
        return tuple(ledger.view(record) for record in session.scalars(_earlier(round_)))


def _earlier(round_: Round) -> Select[RoundRecord]:
    whose = RoundRecord.administration == round_.administration
    found = select(RoundRecord).where(whose, RoundRecord.year < round_.year)
    return found.order_by(RoundRecord.year.desc(), RoundRecord.edition.desc())


@guarded
def before(actor: Actor, store: Store, round_: Round) -> Before | None:
    """Return the last earlier round whose edition is of one line with this one's, or None."""
    require(actor, Permission.ANSWER_READ, Subject(round_.administration))
    asked = asking.asked_in(round_)
    with store.reading(actor) as session:
        for record in session.scalars(_earlier(round_)):
            if found := comparing.beside(reaching.sheet(session, actor, record.id), asked):
                return found
        return None


@guarded
def carry_plan(actor: Actor, store: Store, round_id: str, source_id: str) -> tuple[Carried, ...]:
    """Return what carrying an earlier round's answers over would do; nothing is changed.

    Raises ``Refused`` when it is not an earlier round of the same administration, or of another line.
    """
    require(actor, Permission.ANSWER_READ)
    with store.reading(actor) as session:
        reaching.open_round(session, actor, round_id, Permission.ANSWER_READ)
        reaching.round_(session, actor, source_id, Permission.ANSWER_READ)
        return carrying.plan(lifecycle.sheet(session, source_id), lifecycle.sheet(session, round_id))


@guarded
def carry_over(
    actor: Actor, store: Store, round_id: str, source_id: str, *, at: datetime | None = None
) -> Receipt:
    """Carry an earlier round's answers over, each to be confirmed; return the receipt, which is kept.

    Notes come along where nothing is written yet; the earlier round is not changed, and doing it again
    changes nothing. Raises ``Refused`` as ``carry_plan`` does, and when another round was carried over.
    """
    require(actor, Permission.ANSWER_READ)
    require(actor, Permission.ANSWER_WRITE)
    with store.writing(actor) as session:
        record = reaching.open_round(
            session, actor, round_id, Permission.ANSWER_READ, Permission.ANSWER_WRITE
        )
        reaching.round_(session, actor, source_id, Permission.ANSWER_READ)
        for factor in asking.asked_in(record).questionnaire.factors:
            require(actor, Permission.ANSWER_WRITE, Subject(record.administration, factor.id))
        moment = at or now()
        source, target = lifecycle.sheet(session, source_id), lifecycle.sheet(session, round_id)
        if target.receipt is None:
            record.touched_at = moment
        return carrying.carry(session, source, target, moment, actor.id)


@guarded
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
    with store.writing(actor) as session:
        reaching.require_practice(session, actor, round_id, practice)
        return changes.save(session, asked)


@guarded
def settle(
    actor: Actor, store: Store, save_id: str, choice: str, *, at: datetime | None = None
) -> Given | None:
    """Decide about a change that met another: keep ``theirs``, take ``mine``, or keep ``both`` notes."""
    require(actor, Permission.ANSWER_WRITE)
    with store.writing(actor) as session:
        waiting = changes.waiting(session, save_id)
        reaching.require_practice(session, actor, waiting.round_id, waiting.practice)
        return changes.settle(session, waiting, choice, at or now(), actor.id)


@guarded
def history(actor: Actor, store: Store, round_id: str, practice: str) -> tuple[Given, ...]:
    """Return every version of an answer, newest first."""
    require(actor, Permission.ANSWER_READ)
    with store.reading(actor) as session:
        record = ledger.round_of(session, round_id)
        require(actor, Permission.ANSWER_READ, Subject(record.administration, practice.partition(".")[0]))
        asked = asking.asked_in(record).questionnaire
        return () if practice not in asked.practices else ledger.versions(session, round_id, practice)


@guarded
def import_answers(
    actor: Actor, store: Store, round_id: str, answers: Iterable[Answer], *, at: datetime | None = None
) -> int:
    """Apply every answer of a file, or none; return how many changed. What was there stays in the history."""
    require(actor, Permission.ANSWER_WRITE)
    answers = tuple(answers)
    with store.writing(actor) as session:
        record = reaching.open_round(session, actor, round_id, Permission.ANSWER_WRITE)
        for factor in {answer.practice.partition(".")[0] for answer in answers}:
            require(actor, Permission.ANSWER_WRITE, Subject(record.administration, factor))
        return changes.take_over(session, record, answers, at or now(), actor.id)


@guarded
def faults_against_signing(actor: Actor, store: Store, round_id: str, signed_by: str) -> list[Problem]:
    """Return everything that stands against signing this round."""
    seen = sheet(actor, store, round_id)
    against = rules.faults_against_signing(seen.questionnaire, seen.answers, seen.met, signed_by)
    return [*seen.asked.problems, *against]


@guarded
def sign(
    actor: Actor, store: Store, round_id: str, signed_by: str, *, at: datetime | None = None
) -> Signature:
    """Sign a round off: freeze answers and profile with edition, rule and content hash.

    An anchor of the trail is written outside of the database; when that fails, ``Refused`` says so, and
    the round is signed all the same.
    """
    require(actor, Permission.ROUND_SIGN)
    with store.writing(actor) as session:
        record = reaching.open_round(session, actor, round_id, Permission.ROUND_SIGN)
        signature, anchor = lifecycle.sign(session, record, signed_by, at or now(), actor.id)
    if not store.is_sample:
        anchors.write(settings.read().anchors, anchor, store.key("trail"))
    return signature


@guarded
def reopen(actor: Actor, store: Store, round_id: str, reason: str, *, at: datetime | None = None) -> Round:
    """Reopen a signed round with a reason; it goes on as a new revision, what was signed stays."""
    require(actor, Permission.ROUND_REOPEN)
    with store.writing(actor) as session:
        record = reaching.round_(session, actor, round_id, Permission.ROUND_REOPEN)
        lifecycle.reopen(session, record, reason.strip(), at or now(), actor.id)
        return ledger.view(record)


@guarded
def signatures(actor: Actor, store: Store, round_id: str) -> tuple[Signature, ...]:
    """Return what was signed in a round, newest revision first; a damaged one with what is left of it."""
    require(actor, Permission.PROFILE_READ)
    with store.reading(actor) as session:
        reaching.round_(session, actor, round_id, Permission.PROFILE_READ)
        return signing.kept(session, round_id)


@guarded
def profile(actor: Actor, store: Store, round_id: str, revision: int = 0) -> Seen:
    """Return the profile of a round: frozen when it is signed, or of a signed ``revision``, else as it is.

    Raises ``Refused`` with what does not hold when that is not what was signed any more.
    """
    require(actor, Permission.PROFILE_READ)
    require(actor, Permission.ANSWER_READ)
    with store.reading(actor) as session:
        needed = (Permission.PROFILE_READ, Permission.ANSWER_READ)
        round_ = ledger.view(reaching.round_(session, actor, round_id, *needed))
        return showing.seen(session, round_, revision)


@guarded
def verify(actor: Actor, store: Store, round_id: str) -> list[Problem]:
    """Prove everything that was signed in a round anew; an empty list says that all of it holds."""
    require(actor, Permission.PROFILE_READ)
    require(actor, Permission.ANSWER_READ)
    with store.reading(actor) as session:
        needed = (Permission.PROFILE_READ, Permission.ANSWER_READ)
        round_ = ledger.view(reaching.round_(session, actor, round_id, *needed))
        by_the_trail = decide(actor, Permission.TRAIL_READ, Subject(round_.administration)).allowed
        return showing.faults(session, round_, by_the_trail=by_the_trail)


@guarded
def visit(actor: Actor, store: Store, round_id: str, factor: str, *, at: datetime | None = None) -> None:
    """Remember where a person is, so that they find the place again."""
    require(actor, Permission.ANSWER_READ)
    with store.writing(actor) as session:
        record = reaching.round_(session, actor, round_id, Permission.ANSWER_READ)
        visits.remember(session, record, factor, at or now(), actor.id)


@guarded
def last_visit(actor: Actor, store: Store) -> tuple[str, str] | None:
    """Return round and factor where this person was last, or None."""
    require(actor, Permission.ANSWER_READ)
    with store.reading(actor) as session:
        return visits.last(session, actor.id)


@guarded
def exported_receipt(actor: Actor, store: Store, round_id: str) -> Sheet:
    """Return a round whose list of what was carried over leaves the program, or raise ``Refused``."""
    require(actor, Permission.PROFILE_EXPORT)
    with store.writing(actor) as session:
        record = reaching.round_(session, actor, round_id, Permission.PROFILE_EXPORT)
        found = reaching.sheet(session, actor, round_id)
        if found.receipt is None:
            raise refuse(round_id, N_("Nothing was carried over into this round."), N_("Carry over first."))
        lifecycle.tell(session, "receipt:export", record)
        return found


@guarded
def exported(actor: Actor, store: Store, round_id: str, revision: int = 0) -> Exported:
    """Return what goes into a workbook: the profile, whose it is, and the round before."""
    require(actor, Permission.PROFILE_EXPORT)
    seen = profile(actor, store, round_id, revision)
    require(actor, Permission.PROFILE_EXPORT, Subject(seen.round.administration))
    administration = members.find(actor, store, seen.round.administration)
    form = seen.signature.form if seen.signature else seen.round.form
    earlier = before(actor, store, replace(seen.round, form=form))
    if administration is None:
        raise refuse(
            seen.round.administration,
            N_("The administration of this round is not registered."),
            N_("Restore the database."),
        )
    kept = seen.signature.content_hash if seen.signature else ""
    number = seen.signature.revision if seen.signature else 0
    with store.writing(actor) as session:
        record = ledger.round_of(session, round_id)
        lifecycle.tell(session, "profile:export", record, revision=number, content_hash=kept)
    return Exported(administration, seen, earlier)
