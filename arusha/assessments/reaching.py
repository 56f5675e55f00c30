"""Rounds within a transaction as far as a person's permissions reach: theirs, and of it their factors."""

from sqlalchemy.orm import Session

from arusha.access.rules import Actor, Permission, Reach, Subject, require
from arusha.assessments import ledger, lifecycle
from arusha.assessments.records import RoundRecord
from arusha.assessments.views import Sheet


def round_(session: Session, actor: Actor, round_id: str, *needed: Permission) -> RoundRecord:
    """Return a round's row to a person who holds what is needed for it; raise ``Denied`` otherwise."""
    record = ledger.round_of(session, round_id)
    for permission in needed:
        require(actor, permission, Subject(record.administration))
    return record


def open_round(session: Session, actor: Actor, round_id: str, *needed: Permission) -> RoundRecord:
    """Return the row of a round that may be changed to a person who holds what is needed for it."""
    record = round_(session, actor, round_id, *needed)
    ledger.require_open(record)
    return record


def sheet(session: Session, actor: Actor, round_id: str) -> Sheet:
    """Return a round with as much of its answers as the person may read."""
    round_(session, actor, round_id, Permission.ANSWER_READ)
    whole = lifecycle.sheet(session, round_id)
    limited = actor.grants[Permission.ANSWER_READ] is Reach.OWN_FACTORS
    return whole.within(actor.factors) if limited else whole


def require_factor(session: Session, actor: Actor, seen: Sheet) -> None:
    """Raise ``Denied`` when a round asks nothing that the person answers for."""
    if not seen.questionnaire.factors:
        asked = lifecycle.sheet(session, seen.round.id).questionnaire.factors
        require(actor, Permission.ANSWER_READ, Subject(seen.round.administration, asked[0].id))


def require_practice(session: Session, actor: Actor, round_id: str, practice: str) -> None:
    """Raise ``Denied`` when the person may not answer this practice of the round."""
    whose, factor = ledger.round_of(session, round_id).administration, practice.partition(".")[0]
    require(actor, Permission.ANSWER_WRITE, Subject(whose, factor))
