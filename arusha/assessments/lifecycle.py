"""The life of a round within a transaction: it is opened, or entered whole, signed, and reopened."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.proof import anchors
from arusha.access.proof.anchors import Anchor
from arusha.access.records import TrailRecord
from arusha.assessments import carrying, changes, ledger, limits, rules, signing
from arusha.assessments.asking import asked_in
from arusha.assessments.records import RoundRecord, SignatureRecord
from arusha.assessments.rules import Entry, Signature
from arusha.assessments.views import Sheet
from arusha.members import service as members
from questionnaires import loading
from questionnaires.forms import FORMS
from questionnaires.problems import N_, Refused, near, printable, refuse

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def sheet(session: Session, round_id: str) -> Sheet:
    """Return a round with its answers; raise ``Refused`` when there is none with this id."""
    record = ledger.round_of(session, round_id)
    given, asked = ledger.answers_of(session, round_id), asked_in(record)
    waiting = ledger.unsettled(session, round_id).items()
    met = {practice: several for practice, several in waiting if practice in asked.questionnaire.practices}
    return Sheet(ledger.view(record), given, met, asked, carrying.receipt(session, round_id))


def require_edition(edition: str) -> None:
    """Raise ``Refused`` for an edition that does not come with the program."""
    if edition not in loading.editions():
        meant = near(edition, loading.editions())
        remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
        values = {"meant": meant, "known": ", ".join(loading.editions())}
        place = printable(edition) or "edition"
        raise refuse(place, N_("There is no questionnaire with this id."), remedy, **values)


def require_year(year: int) -> None:
    """Raise ``Refused`` for a year that no round can refer to."""
    if not 1990 <= year <= 2100:
        fault = N_("{year} cannot be the reference year of a round.")
        raise refuse("year", fault, N_("Give a year from 1990 to 2100."), year=year)


def require_new(session: Session, administration: str, edition: str, year: int) -> None:
    """Raise ``Refused`` when there is such a round already."""
    found = _there_is(session, administration, edition, year)
    if found is not None:
        fault = N_("There is a round of this administration, edition and year already: {found}.")
        raise refuse(administration, fault, N_("Go on with that one, or choose another year."), found=found)


def _there_is(session: Session, administration: str, edition: str, year: int) -> str | None:
    same = select(RoundRecord.id).filter_by(administration=administration, edition=edition, year=year)
    return session.scalar(same)


def require_form(form: str) -> None:
    """Raise ``Refused`` for a form that no questionnaire has."""
    if form not in FORMS:
        fault = N_("A round is answered whole or short, not {form}.")
        raise refuse("form", fault, N_("Use one of: {known}."), form=printable(form), known=", ".join(FORMS))


def open_(
    session: Session, administration: str, edition: str, year: int, form: str, at: datetime
) -> RoundRecord:
    """Open a round of an administration that is registered."""
    record = RoundRecord(
        id=f"{administration.lower()}{year}-" + "".join(secrets.choice(LETTERS) for _ in range(6)),
        administration=administration,
        edition=edition,
        year=year,
        form=form,
        state="open",
        revision=1,
        opened_at=at,
        touched_at=at,
    )
    session.add(record)
    session.flush()
    tell(session, "round:open", record, edition=edition, year=year, form=form)
    return record


def tell(session: Session, action: str, record: RoundRecord, **details: Any) -> TrailRecord:
    """Put into the trail what was done with a round, by the person the session is for."""
    who, whose = trail.person(session), record.administration
    return trail.record(session, who, action, record.id, administration=whose, **details)


def ask_whole(session: Session, record: RoundRecord, at: datetime) -> None:
    """Turn a round in the short form into one of the whole edition; raise ``Refused`` when it is that."""
    if record.form == "whole":
        fault = N_("The round asks the whole questionnaire already.")
        raise refuse(record.id, fault, N_("Go on answering."))
    record.form, record.touched_at = "whole", at
    tell(session, "round:widen", record)


def enter(session: Session, entry: Entry, by: str) -> bool:
    """Open a round, answer and sign it at once; return False when it is there already."""
    require_edition(entry.edition)
    require_year(entry.year)
    require_form(entry.form)
    members.ensure(session, entry.administration, entry.region, entry.name)
    if _there_is(session, entry.administration, entry.edition, entry.year):
        return False
    record = open_(session, entry.administration, entry.edition, entry.year, entry.form, entry.opened_at)
    changes.take_over(session, record, entry.answers, entry.answered_at, by)
    if entry.signed_by:
        sign(session, record, entry.signed_by, entry.signed_at, by)
    return True


def sign(
    session: Session, record: RoundRecord, signed_by: str, at: datetime, by: str
) -> tuple[Signature, Anchor]:
    """Freeze an open round; return the signature, and the anchor to be written once it is committed.

    Raises ``Refused`` with everything that stands against it.
    """
    seen, signed = sheet(session, record.id), signing.kept(session, record.id)
    if any(one.revision == record.revision for one in signed):
        fault = N_("This revision was signed already, but the round is marked as open.")
        raise refuse(record.id, fault, N_("Put back a copy of the database made when it was signed."))
    problems = [*seen.asked.problems]
    problems += rules.faults_against_signing(seen.questionnaire, seen.answers, seen.met, signed_by)
    if problems:
        raise Refused(problems)
    before, name = (signed[0] if signed else None), signed_by.strip()
    signature = signing.freeze(seen, before, signed_by=name, recorded_by=by, at=at)
    session.add(signing.record_of(signature))
    record.state, record.touched_at = "signed", signature.signed_at
    revision, mark = signature.revision, signature.content_hash
    told = tell(session, "round:sign", record, revision=revision, content_hash=mark)
    return signature, anchors.of(told, mark)


def reopen(session: Session, record: RoundRecord, reason: str, at: datetime, by: str) -> None:
    """Reopen a signed round as its next revision; raise ``Refused`` when it is open, or without a reason."""
    if record.state != "signed":
        raise refuse(record.id, N_("The round is not signed off."), N_("Go on answering; nothing to reopen."))
    problems = limits.faults_of_reopening(record.id, reason)
    if problems:
        raise Refused(problems)
    signature = update(SignatureRecord).filter_by(round_id=record.id, revision=record.revision)
    told = signature.values(reopened_at=at, reopened_by=by, reopen_reason=reason)
    if not session.execute(told.returning(SignatureRecord.revision)).all():
        fault = N_("The round is marked as signed, but there is no signature.")
        raise refuse(record.id, fault, N_("Put back a copy of the database made when it was signed."))
    record.state, record.revision, record.touched_at = "open", record.revision + 1, at
    tell(session, "round:reopen", record, revision=record.revision)
