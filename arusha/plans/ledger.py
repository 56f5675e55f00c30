"""Plans inside a transaction: each change of a part adds a version, each entry is added, none is removed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.plans.model import KINDS, AnyPart, Figure, Header, Plan, PlanState, Update
from arusha.plans.periods import KEY
from arusha.plans.records import (
    PlanFigureRecord,
    PlanPartRecord,
    PlanPartVersionRecord,
    PlanRecord,
    PlanUpdateRecord,
)
from arusha.plans.rules import Changes, name_of
from arusha.store.legible import Illegible, legible
from arusha.texts import is_keepable
from questionnaires.problems import N_, Problem, Refused, near, printable, refuse

HEADER = ""  # the id under which versions of the header are kept
UNREADABLE = N_("The plan cannot be read.")


def plan_of(session: Session, plan_id: str) -> PlanRecord:
    """Return a plan's row; raise ``Refused`` when there is none."""
    with readable(plan_id):
        record = session.get(PlanRecord, plan_id) if is_keepable(plan_id) else None
    if record is None:
        meant = near(plan_id[:40], session.scalars(select(PlanRecord.id)).all())
        remedy = N_("Did you mean {meant}?") if meant else N_("See the plans there are with: plan list.")
        raise refuse(printable(plan_id) or "plan", N_("There is no plan with this id."), remedy, meant=meant)
    return record


def part_of(content: dict[str, Any]) -> AnyPart:
    """Return a part from what is kept of it; raise ``ValidationError`` or ``KeyError`` when it is none."""
    return KINDS[content["kind"]].model_validate(content, strict=False)


@contextmanager
def readable(plan_id: str) -> Iterator[None]:
    """Raise ``Refused`` when another program made what is kept of a plan unreadable."""
    try:
        with legible():
            yield
    except (Illegible, KeyError) as error:
        raise refuse(printable(plan_id), UNREADABLE, N_("Put back a copy of the database.")) from error


def view(session: Session, record: PlanRecord) -> Plan:
    """Return a plan as a value; raise ``Refused`` when another program made it unreadable."""
    with readable(record.id):
        return _view(session, record)


def header_of(record: PlanRecord) -> Header:
    """Return what is said of a plan as a whole; raise ``Refused`` when it is unreadable."""
    with readable(record.id):
        return Header.model_validate(record.header, strict=False)


def _view(session: Session, record: PlanRecord) -> Plan:
    parts = session.execute(
        select(PlanPartRecord.content, PlanPartRecord.version)
        .where(PlanPartRecord.plan_id == record.id, PlanPartRecord.removed.is_(False))
        .order_by(PlanPartRecord.position, PlanPartRecord.id)
    ).all()
    found = [(part_of(row.content), row.version) for row in parts]
    return Plan(
        record.id,
        record.administration,
        Header.model_validate(record.header, strict=False),
        tuple(part for part, _ in found),
        figures_of(session, record.id),
        updates_of(session, record.id),
        cast("PlanState", record.state),  # the table's own constraint
        record.version,
        record.header_version,
        record.approved,
        {part.id: version for part, version in found},
    )


def removed_with(session: Session, kept: PlanPartRecord) -> tuple[AnyPart, ...]:
    """Return a removed part and the parts within it that were removed together with it, in order."""
    table = PlanPartRecord
    together = select(table.content).where(
        table.plan_id == kept.plan_id, table.removed.is_(True), table.changed_at == kept.changed_at
    )
    gone = [part_of(content) for content in session.scalars(together.order_by(table.position, table.id))]
    found, waiting = [part_of(kept.content)], [kept.id]
    while waiting:
        above = waiting.pop(0)
        inside = [part for part in gone if part.within == above]
        found += inside
        waiting += [part.id for part in inside]
    return tuple(found)


_FIGURE = ("subject", "kind", "period", "value", "day", "source", "note", "evidence", "reason", "number",
           "entered_at", "entered_by")  # fmt: skip
_UPDATE = ("subject", "kind", "day", "choice", "text", "number", "entered_at", "entered_by")


def figures_of(session: Session, plan_id: str) -> tuple[Figure, ...]:
    """Return every figure of a plan in the order they were entered."""
    table = PlanFigureRecord
    asked = select(*(getattr(table, name) for name in _FIGURE)).where(table.plan_id == plan_id)
    return tuple(_figure(Figure(*row)) for row in session.execute(asked.order_by(table.number)))


def _figure(kept: Figure) -> Figure:
    """Return a figure whose value is a number and whose period is one; raise ``ValueError`` for another."""
    if not isinstance(kept.value, int | float | None) or (kept.period and not KEY.fullmatch(kept.period)):
        raise ValueError(kept.place)
    return kept


def updates_of(session: Session, plan_id: str) -> tuple[Update, ...]:
    """Return every update of a plan in the order they were entered."""
    table = PlanUpdateRecord
    asked = select(*(getattr(table, name) for name in _UPDATE)).where(table.plan_id == plan_id)
    return tuple(Update(*row) for row in session.execute(asked.order_by(table.number)))


def require_unmet(session: Session, plan: Plan, changes: Changes) -> None:
    """Raise ``Refused`` when something was changed meanwhile by somebody else; both texts stay readable."""
    problems = []
    for part_id, base in changes.base.items():
        now = plan.header_version if part_id == HEADER else plan.revisions.get(part_id, 0)
        if now != base:
            newest = session.get(PlanPartVersionRecord, (plan.id, part_id, now))
            fault = N_("{who} changed this at {when}, after you opened it.")
            who, when = (newest.changed_by, newest.changed_at) if newest else ("", "")
            place = name_of(plan.by_id[part_id]) if part_id in plan.by_id else "plan"
            problems.append(
                Problem(
                    place,
                    fault,
                    N_("Look at the new text, then change it again."),
                    {"who": who, "when": when},
                )
            )
    if problems:
        raise Refused(problems)


def write(session: Session, record: PlanRecord, plan: Plan, changes: Changes, at: datetime, by: str) -> Plan:
    """Write changes that were found to be right, and tell the trail; return the plan as it stands then."""
    _write_header(session, record, changes, at, by)
    _write_parts(session, record.id, plan, changes, at, by)
    _add_figures(session, record.id, plan, changes.figures, at, by)
    _add_updates(session, record.id, plan, changes.updates, at, by)
    record.touched_at = at
    session.flush()
    return view(session, record)


def _write_header(session: Session, record: PlanRecord, changes: Changes, at: datetime, by: str) -> None:
    if changes.header is None:
        return
    record.header = changes.header.model_dump(mode="json")
    record.header_version += 1
    keep_header(session, record, changes.reason, at, by)


def keep_header(session: Session, record: PlanRecord, reason: str, at: datetime, by: str) -> None:
    """Add the header as it stands to the history."""
    session.add(
        PlanPartVersionRecord(
            plan_id=record.id,
            id=HEADER,
            version=record.header_version,
            position=0,
            content=record.header,
            removed=False,
            reason=reason,
            changed_at=at,
            changed_by=by,
        )
    )


def _write_parts(session: Session, plan_id: str, plan: Plan, changes: Changes, at: datetime, by: str) -> None:
    """Write parts and removals; each part keeps the place it ever had, a new one stands last."""
    stay = {part.id for part in changes.parts}
    gone = [part for top in changes.removed for part in plan.under(top) if part.id not in stay]
    wanted = [(part, False) for part in changes.parts] + [(part, True) for part in dict.fromkeys(gone)]
    if not wanted:
        return
    ids = [part.id for part, _ in wanted]
    there = select(PlanPartRecord).where(PlanPartRecord.plan_id == plan_id, PlanPartRecord.id.in_(ids))
    kept = {record.id: record for record in session.scalars(there)}
    places = select(func.max(PlanPartRecord.position)).where(PlanPartRecord.plan_id == plan_id)
    last, history = session.scalar(places), []
    last = -1 if last is None else last
    for part, removed in wanted:
        record = kept.get(part.id)
        if record is None:
            last += 1
            record = PlanPartRecord(plan_id=plan_id, id=part.id, version=0, position=last)
            session.add(record)
            kept[part.id] = record
        record.version, record.removed = record.version + 1, removed
        record.content, record.changed_at, record.changed_by = part.model_dump(mode="json"), at, by
        history.append(_version(record, changes.reason))
    session.flush()
    session.execute(insert(PlanPartVersionRecord), history)


def _version(record: PlanPartRecord, reason: str) -> dict[str, Any]:
    names = ("plan_id", "id", "version", "position", "content", "removed", "changed_at", "changed_by")
    return {name: getattr(record, name) for name in names} | {"reason": reason}


def _add_figures(
    session: Session, plan_id: str, plan: Plan, figures: Iterable[Figure], at: datetime, by: str
) -> None:
    rows = [
        {
            "plan_id": plan_id,
            "number": number,
            "day": one.on,
            "entered_at": one.entered_at or at,
            "entered_by": one.entered_by or by,
            **{
                name: getattr(one, name)
                for name in _FIGURE
                if name not in ("day", "number", "entered_at", "entered_by")
            },
        }
        for number, one in enumerate(figures, start=_last(plan.figures) + 1)
    ]
    if rows:
        session.execute(insert(PlanFigureRecord), rows)


def _add_updates(
    session: Session, plan_id: str, plan: Plan, updates: Iterable[Update], at: datetime, by: str
) -> None:
    rows = [
        {
            "plan_id": plan_id,
            "number": number,
            "subject": one.subject,
            "kind": one.kind,
            "day": one.on,
            "choice": one.choice,
            "text": one.text,
            "entered_at": one.entered_at or at,
            "entered_by": one.entered_by or by,
        }
        for number, one in enumerate(updates, start=_last(plan.updates) + 1)
    ]
    if rows:
        session.execute(insert(PlanUpdateRecord), rows)


def _last(entries: tuple[Figure, ...] | tuple[Update, ...]) -> int:
    return entries[-1].number if entries else 0


def tell(session: Session, action: str, record: PlanRecord, **details: Any) -> None:
    """Put into the trail what was done with a plan, by the person the session is for."""
    who = trail.person(session)
    trail.record(session, who, action, record.id, administration=record.administration, **details)
