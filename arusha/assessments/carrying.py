"""Carrying a round's answers over to a later one, within a transaction: proposals, notes and the receipt.

What is carried is never an answer: a person has to confirm it. The earlier round is not changed.
"""

import uuid
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.assessments import ledger
from arusha.assessments.records import CarriedRecord, RoundRecord
from arusha.assessments.rules import Receipt
from arusha.assessments.views import Sheet
from questionnaires import carrying, loading
from questionnaires.lineage import editions_between
from questionnaires.problems import N_, Refused, refuse
from questionnaires.receipts import Carried, notes
from scoring.answers import LONGEST_TEXT, Answer


def plan(source: Sheet, target: Sheet) -> tuple[Carried, ...]:
    """Return the rows that carrying over would add; raise ``Refused`` when it is not possible.

    After answers were carried over, rows are added only for practices that were not asked then. National
    practices that cannot be read are told here too: their answers would be missing.
    """
    require_earlier(source, target)
    require_source(source, target)
    if problems := target.asked.problems or source.asked.problems:
        raise Refused(problems)  # a receipt is made once: nothing may be missing in it
    old, new = source.questionnaire, target.questionnaire
    between = editions_between(source.asked.edition, target.asked.edition, loading.edition)
    rows = carrying.plan(old, new, source.answers, between)
    if target.receipt is None:
        return rows
    known = {(row.earlier, row.practice) for row in target.receipt.rows}
    return tuple(row for row in rows if row.practice and (row.earlier, row.practice) not in known)


def require_earlier(source: Sheet, target: Sheet) -> None:
    """Raise ``Refused`` unless the source is an earlier round of the same administration."""
    if source.round.administration != target.round.administration:
        fault = N_("The round is of another administration.")
        raise refuse(source.round.id, fault, N_("Choose an earlier round of the same administration."))
    if source.round.year >= target.round.year:
        fault = N_("The round is of {year}, which is not before {wanted}.")
        remedy = N_("Choose an earlier round of the same administration.")
        raise refuse(source.round.id, fault, remedy, year=source.round.year, wanted=target.round.year)


def require_source(source: Sheet, target: Sheet) -> None:
    """Raise ``Refused`` when the answers of another round were carried over before."""
    found = target.receipt.source.id if target.receipt else source.round.id
    if found != source.round.id:
        fault = N_("The answers of the round {found} were carried over already.")
        raise refuse(target.round.id, fault, N_("Confirm those, or answer anew."), found=found)


def carry(session: Session, source: Sheet, target: Sheet, at: datetime, by: str) -> Receipt:
    """Add to the receipt, and write the notes where nothing is written yet; a second time changes nothing.

    Raises ``Refused`` as ``plan`` does, and when nothing was answered.
    """
    done = target.receipt or Receipt(source.round, (), at, by)
    rows = plan(source, target)
    if not rows and not done.rows:
        fault = N_("Nothing was answered in this round.")
        raise refuse(source.round.id, fault, N_("Choose another round, or begin without."))
    if not rows:
        return done
    whose, who = target.round.administration, trail.person(session)
    kept: dict[str, Any] = {"source": source.round.id, "rows": len(rows)}
    trail.record(session, who, "round:carry", target.round.id, administration=whose, **kept)
    numbered = enumerate(rows, len(done.rows))
    session.execute(insert(CarriedRecord), [_row(n, row, source, target, at, by) for n, row in numbered])
    free = {name: note for name, note in notes(rows, LONGEST_TEXT).items() if name not in target.given}
    changes = [(Answer(name, note=note), None, str(uuid.uuid4())) for name, note in free.items()]
    if changes:
        ledger.write_all(session, target.round.id, changes, at, by, "answer:carry")
    return replace(done, rows=(*done.rows, *rows))


def _row(number: int, row: Carried, source: Sheet, target: Sheet, at: datetime, by: str) -> dict[str, Any]:
    return {
        "round_id": target.round.id,
        "number": number,
        "source_id": source.round.id,
        "earlier": row.earlier,
        "practice": row.practice,
        "outcome": row.outcome,
        "why": asdict(row.why),
        "proposed": asdict(row.proposed) if row.proposed else {},
        "carried_at": at,
        "carried_by": by,
        **{name: getattr(row.answer, name) for name in ledger.FIELDS},
    }


def receipt(session: Session, round_id: str) -> Receipt | None:
    """Return the receipt of what was carried over into a round, or None."""
    asked = select(CarriedRecord).filter_by(round_id=round_id).order_by(CarriedRecord.number)
    found = session.scalars(asked).all()
    if not found:
        return None
    source = session.get_one(RoundRecord, found[0].source_id)
    rows = tuple(_carried(record) for record in found)
    return Receipt(ledger.view(source), rows, found[0].carried_at, found[0].carried_by)


def _carried(record: CarriedRecord) -> Carried:
    answer = {name: getattr(record, name) for name in ledger.FIELDS}
    return Carried.from_dict(
        {
            "earlier": record.earlier,
            "practice": record.practice,
            "outcome": record.outcome,
            "why": record.why,
            "answer": {"practice": record.earlier, **answer},
            "proposed": record.proposed or None,
        }
    )
