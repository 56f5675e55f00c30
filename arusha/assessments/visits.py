"""Where a person was last, within a transaction, so that they find the place again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.assessments import asking
from arusha.assessments.records import RoundRecord, VisitRecord
from questionnaires.problems import N_, printable, refuse


def remember(session: Session, record: RoundRecord, factor: str, at: datetime, person: str) -> None:
    """Remember the factor of a round; raise ``Refused`` when the questionnaire has none of this name."""
    asked = asking.asked_in(record).questionnaire
    if factor not in {one.id for one in asked.factors}:
        fault, remedy = N_("The questionnaire has no factor {name}."), N_("Choose a factor of it.")
        raise refuse(record.id, fault, remedy, name=printable(factor))
    session.merge(VisitRecord(actor=person, round_id=record.id, factor=factor, at=at))


def last(session: Session, person: str) -> tuple[str, str] | None:
    """Return round and factor where this person was last, or None."""
    mine = select(VisitRecord).where(VisitRecord.actor == person).order_by(VisitRecord.at.desc())
    found = session.scalar(mine.limit(1))
    return (found.round_id, found.factor) if found else None
