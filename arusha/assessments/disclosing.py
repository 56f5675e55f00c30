"""Sharing within a transaction: what a decision would do, the rows it adds and ends, and who reads which."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from arusha.access.rules import Actor, Audience, Permission, Subject, decide, require
from arusha.assessments import consent, ledger, proving, releasing, signing
from arusha.assessments.consent import Choice, Part, Preview, Shared, Standing
from arusha.assessments.records import DisclosureRecord, RoundRecord
from arusha.assessments.releasing import Source
from arusha.members.records import AdministrationRecord
from arusha.members.reference import Region
from arusha.members.rules import Administration
from arusha.store.legible import Illegible, legible
from arusha.texts import is_keepable
from questionnaires import loading
from questionnaires.problems import N_, Problem, Refused, refuse

TABLE = DisclosureRecord
PARTS = tuple(one.name for one in fields(Part))


def round_of(session: Session, actor: Actor, round_id: str, needed: Permission) -> RoundRecord:
    """Return a round's row to a person who holds what is needed for it."""
    record = ledger.round_of(session, round_id)
    require(actor, needed, Subject(record.administration))
    return record


def standing(session: Session, record: RoundRecord) -> Standing:
    """Return what of a round is open to whom."""
    newest = next(iter(signing.kept(session, record.id)), None)
    is_signed = record.state == "signed" and newest is not None
    form = newest.form if is_signed and newest else record.form
    asked = releasing.asked_in(loading.edition(record.edition), form)
    region = session.get_one(AdministrationRecord, record.administration).region
    revision = record.revision if is_signed else 0
    return Standing(ledger.view(record), region, asked, revision, present(session, record.id))


def present(session: Session, round_id: str) -> dict[str, Shared]:
    """Return factor -> the row that is open to others now, in the edition's order."""
    if not is_keepable(round_id):
        return {}
    found = _read(session, select(TABLE).where(TABLE.round_id == round_id, TABLE.withdrawn_at.is_(None)))
    return {row.factor: row for row in consent.in_order(found)}


def past(session: Session, round_id: str) -> tuple[Shared, ...]:
    """Return every row of a round, newest first."""
    found = consent.in_order(_read(session, select(TABLE).where(TABLE.round_id == round_id)))
    return tuple(sorted(found, key=lambda row: row.shared_at, reverse=True))


def plan(
    session: Session, record: RoundRecord, choices: Mapping[str, Choice], at: datetime, by: str
) -> Preview:
    """Return what a decision would do; raise ``Refused`` when the round is not signed, or a choice wrong."""
    source = _source(session, record)
    if problems := consent.faults_of_choices(choices, source.factors):
        raise Refused(problems)
    now = present(session, record.id)
    meant = {name: Choice(Audience(one.audience), one.with_notes) for name, one in choices.items()}
    closed = {name for name, choice in meant.items() if choice.audience is Audience.NATIONAL}
    wanted = [
        source.row(name, meant[name], at, by) for name in source.factors if name in meant.keys() - closed
    ]
    added = tuple(row for row in wanted if not _is_there(row, now.get(row.factor)))
    ended = closed | {row.factor for row in added}
    preview = Preview(
        source.round,
        added,
        tuple(row for name, row in now.items() if name in ended),
        tuple(row for name, row in now.items() if name not in ended),
    )
    consent.require_change(preview)
    return preview


def _source(session: Session, record: RoundRecord) -> Source:
    """Return the revision that can be shared; raise ``Refused`` when there is none."""
    if record.state != "signed":
        fault = N_("The round is not signed off, and only what was signed can be shared.")
        raise refuse(record.id, fault, N_("Sign the round off, then share it."))
    round_ = ledger.view(record)
    kept = {signature.revision: signature for signature in signing.kept(session, record.id)}
    if record.revision not in kept:
        fault = N_("The round is marked as signed, but there is no signature.")
        raise refuse(record.id, fault, N_("Put back a copy of the database made when it was signed."))
    signature = kept[record.revision]
    if problems := proving.damage(signature, round_):
        raise Refused(problems)
    asked = releasing.asked_in(loading.edition(record.edition), signature.form)
    if not signing.is_edition_of(signature.content, asked):
        fault = N_("The edition was changed after the round was signed.")
        raise refuse(record.id, fault, N_("Reopen the round and sign it anew."))
    region = session.get_one(AdministrationRecord, record.administration).region
    return Source(round_, region, signature, asked, session.info["key"]("trail"))


def _is_there(row: Shared, now: Shared | None) -> bool:
    same = (row.audience, row.content_hash)
    return now is not None and (now.audience, now.content_hash) == same


def carry_out(session: Session, preview: Preview, at: datetime, by: str) -> None:
    """Add the rows of a decision and end those that they take the place of."""
    end(session, preview.ended, at, by)
    for row in preview.added:
        cells = {one.name: getattr(row, one.name) for one in fields(Shared)}
        made = {"id": secrets.token_hex(16), "content": dict(row.content), "audience": row.audience.value}
        session.add(TABLE(**cells | made))
    session.flush()


def end(session: Session, rows: Sequence[Shared], at: datetime, by: str) -> None:
    """Withdraw rows; they stay as history."""
    for record in session.scalars(select(TABLE).where(TABLE.id.in_([row.id for row in rows]))):
        record.withdrawn_at, record.withdrawn_by = at, by
    session.flush()


def to_withdraw(session: Session, record: RoundRecord, factors: Collection[str]) -> tuple[Shared, ...]:
    """Return the rows that withdrawing these factors ends, or all; raise ``Refused`` when there are none."""
    now = present(session, record.id)
    if not now:
        fault = N_("Nothing of this round is shared.")
        raise refuse(record.id, fault, N_("There is nothing to withdraw."))
    fault, remedy = N_("The factor {name} is not shared."), N_("Choose one that is shared: {known}.")
    strays = sorted(set(factors) - now.keys())
    if strays:
        values = {"known": ", ".join(now)}
        raise Refused(Problem(record.id, fault, remedy, {"name": name} | values) for name in strays)
    return tuple(row for factor, row in now.items() if not factors or factor in factors)


def open_to(session: Session, actor: Actor, round_id: str = "") -> tuple[Part, ...]:
    """Return what is open to a person, of one round or of all, without the content."""
    if not is_keepable(round_id):
        return ()
    asked = select(*(getattr(TABLE, name) for name in PARTS)).where(TABLE.withdrawn_at.is_(None))
    asked = asked.where(TABLE.round_id == round_id) if round_id else asked
    found = [Part(**_typed(row)) for row in session.execute(asked).mappings()]
    return tuple(part for part in found if may(actor, Permission.DISCLOSURE_READ, part))


def _typed(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "audience": Audience(row["audience"])}


def may(actor: Actor, permission: Permission, part: Part) -> bool:
    """Return whether a permission reaches as far as this row."""
    return decide(actor, permission, subject_of(part)).allowed


def subject_of(part: Part) -> Subject:
    """Return what a decision about a row is about."""
    return Subject(part.administration, part.factor, part.region, part.audience)


def shown_to(session: Session, actor: Actor, round_id: str, permission: Permission) -> tuple[Shared, ...]:
    """Return the rows of a round that are open to a person, none when nothing is."""
    found = present(session, round_id).values()
    return tuple(row for row in found if may(actor, permission, row))


def administrations(session: Session, codes: Collection[str]) -> dict[str, Administration]:
    """Return code -> administration, of those that the session meets."""
    table = AdministrationRecord
    found = session.scalars(select(table).where(table.code.in_(codes)))
    return {one.code: Administration(one.code, Region(one.region), one.name) for one in found}


def counted(session: Session) -> list[tuple[str, str, int]]:
    """Return edition, form and year of which enough administrations shared a factor with all Members."""
    several = func.count(TABLE.administration.distinct()) >= consent.LEAST
    kind = (TABLE.edition, TABLE.form, TABLE.year)
    asked = select(*kind).where(*_countable()).group_by(*kind, TABLE.factor).having(several)
    return sorted({(edition, form, year) for edition, form, year in session.execute(asked)})


def to_count(session: Session, edition: str, form: str, year: int) -> tuple[Shared, ...]:
    """Return the rows to count together: one for each administration and factor, the newest."""
    if not is_keepable(edition + form):
        return ()
    asked = select(TABLE).where(*_countable()).filter_by(edition=edition, form=form, year=year)
    found = _read(session, asked.order_by(TABLE.shared_at))
    return tuple({(row.administration, row.factor): row for row in found}.values())


def _countable() -> tuple[ColumnElement[bool], ...]:
    open_to_all = (Audience.MEMBERS.value, Audience.PUBLIC.value)
    return TABLE.withdrawn_at.is_(None), TABLE.audience.in_(open_to_all)


def _read(session: Session, asked: Select[Any]) -> tuple[Shared, ...]:
    try:
        with legible():
            return tuple(_shared(record) for record in session.scalars(asked))
    except Illegible as error:
        fault = N_("What was shared cannot be read.")
        raise refuse("disclosures", fault, N_("Put back a copy of the database.")) from error


def _shared(record: DisclosureRecord) -> Shared:
    cells = {one.name: getattr(record, one.name) for one in fields(Shared)}
    return Shared(**_typed(cells))
