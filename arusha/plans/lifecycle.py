"""The life of a plan within a transaction: opened, changed while a draft, approved whole, revised, closed."""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.assessments import ledger as rounds
from arusha.assessments.asking import asked_in
from arusha.assessments.records import RoundRecord
from arusha.plans import entry_rules, ledger, revision_rules, rules
from arusha.plans.model import LONGEST_TEXT, Header, Plan
from arusha.plans.records import PlanPartRecord, PlanPartVersionRecord, PlanRecord, PlanVersionRecord
from arusha.plans.rules import Changes
from arusha.plans.stories import Stage, Story, batches, entered, in_order, moment, when
from arusha.texts import faults_of, is_keepable
from questionnaires import loading
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, printable, refuse

LONGEST_NAME = 200  # of who approves
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Version:
    """An approved version of a plan: when, by whom, and why the next was begun ('' when it was not)."""

    number: int
    approved: date
    approved_by: str
    recorded_at: datetime
    recorded_by: str
    content_hash: str
    reason: str
    revised_at: datetime | None
    revised_by: str


def new_id(length: int = 12) -> str:
    """Return a permanent id for a part of a plan."""
    return "p" + "".join(secrets.choice(LETTERS) for _ in range(length - 1))


def asked(session: Session, plan: Plan) -> Questionnaire:
    """Return the questionnaire a plan's practices are of: that of its round, or the newest edition."""
    if plan.header.round_id:
        return asked_in(rounds.round_of(session, plan.header.round_id)).questionnaire
    return loading.edition(loading.editions()[-1])


def open_(session: Session, administration: str, header: Header, at: datetime, by: str) -> PlanRecord:
    """Open a plan of an administration that is registered; raise ``Refused`` when its header is not right."""
    if problems := rules.faults_of_header(header):
        raise Refused(problems)
    require_own_round(session, administration, header)
    record = PlanRecord(
        id=f"{administration.lower()}{header.start.year}-{new_id(6)}",
        administration=administration,
        state="draft",
        version=1,
        header=header.model_dump(mode="json"),
        header_version=1,
        opened_at=at,
        touched_at=at,
    )
    session.add(record)
    session.flush()
    ledger.keep_header(session, record, "", at, by)
    ledger.tell(session, "plan:open", record)
    return record


def require_own_round(session: Session, administration: str, header: Header) -> None:
    """Raise ``Refused`` when the round a plan answers is another administration's."""
    if header.round_id and rounds.round_of(session, header.round_id).administration != administration:
        fault = N_("The round is of another administration than the plan.")
        raise refuse(header.round_id, fault, N_("Choose a round of the same administration."))


def change(session: Session, record: PlanRecord, changes: Changes, at: datetime, by: str) -> Plan:
    """Do the changes, all or none; return the plan. Raises ``Refused`` with every fault at once."""
    before = ledger.view(session, record)
    _require_open(record, changes)
    ledger.require_unmet(session, before, changes)
    now = rules.after(before, changes)
    problems = rules.faults_of_header(now.header)
    problems += rules.faults_of_parts(now, asked(session, now))
    problems += revision_rules.faults_of_frame(before, changes.header)
    problems += revision_rules.faults_of_revisions(before, changes)
    problems += entry_rules.faults_of_entries(before, now, changes)
    problems += faults_of("reason", changes.reason, LONGEST_TEXT)
    if problems:
        raise Refused(problems)
    if changes.header is not None:
        require_own_round(session, record.administration, changes.header)
    written = ledger.write(session, record, before, changes, at, by)
    _tell_all(session, record, before, changes)
    return written


def _tell_all(session: Session, record: PlanRecord, before: Plan, changes: Changes) -> None:
    """Put into the trail what was changed: ids and numbers, none of the words."""
    if changes.parts or changes.removed or changes.header:
        parts = {part.id: before.revisions.get(part.id, 0) + 1 for part in changes.parts}
        head = bool(changes.header)
        ledger.tell(session, "plan:write", record, parts=parts, removed=list(changes.removed), header=head)
    if changes.figures or changes.updates:
        kinds = sorted({*(one.kind for one in changes.figures), *(one.kind for one in changes.updates)})
        counted = {"figures": len(changes.figures), "updates": len(changes.updates)}
        ledger.tell(session, "plan:update", record, kinds=kinds, **counted)


def _require_open(record: PlanRecord, changes: Changes) -> None:
    if record.state == "closed":
        fault = N_("The plan is closed and cannot be changed.")
        raise refuse(record.id, fault, N_("Open it again first."))
    if record.state == "approved" and changes.of_structure:
        fault = N_("The plan is approved: what was planned cannot be changed.")
        raise refuse(record.id, fault, N_("Revise it with a reason; that begins the next version."))


def restore(session: Session, record: PlanRecord, part_id: str, at: datetime, by: str) -> Plan:
    """Put back a part that was removed, with what went with it; raise ``Refused`` when it fits no more."""
    kept = session.get(PlanPartRecord, (record.id, part_id)) if is_keepable(part_id) else None
    if kept is None or not kept.removed:
        fault = N_("There is no removed part with this id.")
        raise refuse(printable(part_id) or "part", fault, N_("Look at the plan again."))
    parts = ledger.removed_with(session, kept)
    return change(session, record, Changes(parts=parts), at, by)


def move(record: PlanRecord, deed: str) -> None:
    """Bring a plan into the state that a deed leads to (see ``rules.MOVES``); raise ``Refused`` otherwise."""
    needed, state = rules.MOVES[deed]
    if record.state != needed:
        fault = N_("The plan is {state}; this needs one that is {needed}.")
        raise refuse(record.id, fault, N_("Look at the plan again."), state=record.state, needed=needed)
    record.state = state


def approve(
    session: Session, record: PlanRecord, on: date, approved_by: str, at: datetime, by: str
) -> Version:
    """Freeze the plan as an approved version; raise ``Refused`` when it may not be, or is empty."""
    plan = ledger.view(session, record)
    problems = faults_of("approved by", approved_by, LONGEST_NAME)
    problems += [] if rules.is_plausible(on) else [rules.odd_day("approved", on)]
    if not approved_by.strip():
        remedy = N_("Give the name of who approves it.")
        problems.append(Problem(record.id, N_("Nobody approves the plan."), remedy))
    if not plan.activities:
        remedy = N_("Add what is to be done.")
        problems.append(Problem(record.id, N_("The plan has no activity."), remedy))
    if problems:
        raise Refused(problems)
    move(record, "approve")
    content = content_of(plan)
    kept = PlanVersionRecord(
        plan_id=record.id,
        version=record.version,
        approved=on,
        approved_by=approved_by.strip(),
        recorded_by=by,
        recorded_at=at,
        content=content,
        content_hash=hash_of(content),
        reason="",
    )
    session.add(kept)
    record.approved, record.touched_at = on, at
    ledger.tell(session, "plan:approve", record, version=record.version, content_hash=kept.content_hash)
    return _version(kept)


def revise(session: Session, record: PlanRecord, reason: str, at: datetime, by: str) -> None:
    """Begin the next version of an approved plan; raise ``Refused`` without a reason."""
    if not reason.strip():
        raise refuse(record.id, N_("Nothing says why the plan is revised."), N_("Give the reason."))
    if problems := faults_of("reason", reason, LONGEST_TEXT):
        raise Refused(problems)
    move(record, "revise")
    kept = session.get(PlanVersionRecord, (record.id, record.version))
    if kept is not None:
        kept.reason, kept.revised_at, kept.revised_by = reason.strip(), at, by
    record.version, record.touched_at = record.version + 1, at
    ledger.tell(session, "plan:revise", record, version=record.version)


def versions(session: Session, plan_id: str) -> tuple[Version, ...]:
    """Return the approved versions of a plan, newest first."""
    found = select(PlanVersionRecord).where(PlanVersionRecord.plan_id == plan_id)
    ordered = found.order_by(PlanVersionRecord.version.desc())
    return tuple(_version(record) for record in session.scalars(ordered))


def _version(record: PlanVersionRecord) -> Version:
    return Version(
        record.version,
        record.approved,
        record.approved_by,
        record.recorded_at,
        record.recorded_by,
        record.content_hash,
        record.reason,
        record.revised_at,
        record.revised_by,
    )


def content_of(plan: Plan) -> dict[str, Any]:
    """Return what is frozen of a plan: its header, its parts, and the figures that count."""
    return {
        "header": plan.header.model_dump(mode="json"),
        "parts": [part.model_dump(mode="json") for part in plan.parts],
        "figures": [
            [one.subject, one.kind, one.period, one.value, one.on.isoformat(), one.source]
            for one in plan.current.values()
        ],
    }


def hash_of(content: dict[str, Any]) -> str:
    """Return the mark of a frozen version."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def enter(session: Session, story: Story) -> bool:
    """Enter a plan with its whole past; return whether it came in, or was there already.

    Raises ``Refused`` when it is not right, or the round it answers is not there.
    """
    if _is_there(session, story):
        return False
    head = story.header.model_copy(update={"round_id": _round_of(session, story)})
    record = open_(session, story.administration, head, moment(story.stages[0].begun), story.by)
    for stage, until in zip(story.stages, [*(one.begun for one in story.stages[1:]), date.max], strict=True):
        _write_version(session, record, story, stage)
        for made in batches(entered(story, stage.approved, until)):
            change(session, record, made, max(map(when, in_order(made))), story.by)
    if story.closed:
        move(record, "close")
        record.touched_at = moment(story.closed)
        ledger.tell(session, "plan:close", record)
    return True


def _is_there(session: Session, story: Story) -> bool:
    """Return whether a plan was entered before, whatever was changed in it since: its first part is known."""
    table, first = PlanPartVersionRecord, story.stages[0].parts[0].id
    found = select(table.plan_id).join(PlanRecord, PlanRecord.id == table.plan_id)
    own = found.where(PlanRecord.administration == story.administration, table.id == first)
    return session.scalars(own.limit(1)).first() is not None


def _round_of(session: Session, story: Story) -> str:
    """Return the id of the round a plan answers, or what it would begin with when there is none."""
    found = select(RoundRecord.id).filter_by(administration=story.administration, year=story.year)
    return session.scalars(found).first() or f"{story.administration.lower()}{story.year}"


def _write_version(session: Session, record: PlanRecord, story: Story, stage: Stage) -> None:
    if stage.reason:
        revise(session, record, stage.reason, moment(stage.begun), story.by)
    drafted = entered(story, stage.begun, stage.approved)
    changes = replace(drafted, parts=stage.parts, reason=stage.reason)
    change(session, record, changes, moment(stage.begun), story.by)
    approve(session, record, stage.approved, stage.approved_by, moment(stage.approved), story.by)
