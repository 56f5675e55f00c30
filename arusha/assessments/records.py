"""The tables of rounds, answers and their history, changes that met another, signatures, receipts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arusha.store import Base, Moment
from arusha.store.rows import DisclosedRows, OwnRows, PersonRows, RoundRows


class RoundRecord(Base):
    """An assessment round: one administration, one edition, one reference year."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("administration", "edition", "year"),
        CheckConstraint("state IN ('open', 'signed')", name="state_is_known"),
        CheckConstraint("form IN ('whole', 'short')", name="form_is_known"),
        CheckConstraint("year BETWEEN 1950 AND 2200", name="year_is_plausible"),
    )
    rows = OwnRows("administration")

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    administration: Mapped[str] = mapped_column(ForeignKey("administrations.code"))
    edition: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    form: Mapped[str] = mapped_column(String(10), default="whole", server_default="whole")
    state: Mapped[str] = mapped_column(String(10), default="open")
    revision: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    touched_at: Mapped[datetime] = mapped_column(Moment)


class Given:
    """The columns of what was given as an answer, shared by its present and its past."""

    step: Mapped[str | None] = mapped_column(String(80))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    outside: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")


class AnswerRecord(Given, Base):
    """The present answer to a practice; ``version`` counts its changes."""

    __tablename__ = "answers"
    rows = RoundRows("practice")

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    practice: Mapped[str] = mapped_column(String(160), primary_key=True)
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(80))


class AnswerVersionRecord(Given, Base):
    """Every version an answer ever had; nothing is removed from here."""

    __tablename__ = "answer_versions"
    rows = RoundRows("practice")

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    practice: Mapped[str] = mapped_column(String(160), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    save_id: Mapped[str] = mapped_column(String(64), unique=True)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(80))


class ConflictRecord(Base):
    """A change that met another one: kept whole beside the answer until a person decides."""

    __tablename__ = "answer_conflicts"
    __table_args__ = (Index("ix_answer_conflicts_open", "round_id", "practice", "settled_at"),)
    rows = RoundRows("practice")

    save_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    practice: Mapped[str] = mapped_column(String(160))
    base_version: Mapped[int]
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(80))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_as: Mapped[str] = mapped_column(String(10), default="")


class SignatureRecord(Base):
    """What was signed: frozen with edition, rule and content hash; it stays readable after reopening."""

    __tablename__ = "signatures"
    rows = RoundRows()

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    signed_by: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(String(80))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    reopened_at: Mapped[datetime | None] = mapped_column(Moment)
    reopened_by: Mapped[str] = mapped_column(String(80), default="")
    reopen_reason: Mapped[str] = mapped_column(Text, default="")


class CarriedRecord(Given, Base):
    """A row of the receipt of carrying a round's answers over; the answer is the earlier one, whole."""

    __tablename__ = "carried"
    rows = RoundRows("practice")

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    earlier: Mapped[str] = mapped_column(String(160))
    practice: Mapped[str] = mapped_column(String(160))
    outcome: Mapped[str] = mapped_column(String(20))
    why: Mapped[dict[str, Any]] = mapped_column(JSON)
    proposed: Mapped[dict[str, Any]] = mapped_column(JSON)
    carried_at: Mapped[datetime] = mapped_column(Moment)
    carried_by: Mapped[str] = mapped_column(String(80))


class VisitRecord(Base):
    """Where a person last was in a round, so that one left for a week opens where it was left."""

    __tablename__ = "visits"
    rows = PersonRows("actor")

    actor: Mapped[str] = mapped_column(String(80), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    factor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)


class DisclosureRecord(Base):
    """What a head let others see of a signed revision: one factor, exactly as they see it.

    Each decision adds rows; the ones it takes the place of are withdrawn and stay. ``content`` is the step,
    state and reach of each answer, with reasons and notes only when those were meant to be seen.
    """

    __tablename__ = "disclosures"
    __table_args__ = (
        CheckConstraint("audience IN ('region', 'wco', 'members', 'public')", name="audience_is_known"),
        Index("ix_disclosures_round", "round_id", "factor", "withdrawn_at"),
    )
    rows = DisclosedRows("administration")

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    revision: Mapped[int]
    factor: Mapped[str] = mapped_column(String(80))
    administration: Mapped[str] = mapped_column(ForeignKey("administrations.code"))
    region: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(80))
    form: Mapped[str] = mapped_column(String(10))
    year: Mapped[int]
    audience: Mapped[str] = mapped_column(String(10))
    with_notes: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    shared_at: Mapped[datetime] = mapped_column(Moment)
    shared_by: Mapped[str] = mapped_column(String(80))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(String(80), default="")
