"""The tables of action plans: their parts and every version of them, dated entries, approved versions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from arusha.store import Base, Moment
from arusha.store.rows import OwnRows, PlanRows


class PlanRecord(Base):
    """An action plan; ``header`` is what is said of it as a whole."""

    __tablename__ = "plans"
    __table_args__ = (CheckConstraint("state IN ('draft', 'approved', 'closed')", name="state_is_known"),)
    rows = OwnRows("administration")

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    administration: Mapped[str] = mapped_column(ForeignKey("administrations.code"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    header: Mapped[dict[str, Any]] = mapped_column(JSON)
    header_version: Mapped[int] = mapped_column(default=1)
    approved: Mapped[date | None] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    touched_at: Mapped[datetime] = mapped_column(Moment)


class PlanPartRecord(Base):
    """A part of a plan as it stands; one that was removed stays, marked."""

    __tablename__ = "plan_parts"
    rows = PlanRows()

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int]
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    removed: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(80))


class PlanPartVersionRecord(Base):
    """Every version a part ever had, and with ``id`` '' the plan's header; nothing is removed from here."""

    __tablename__ = "plan_part_versions"
    rows = PlanRows()

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int]
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    removed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(80))


class PlanFigureRecord(Base):
    """A dated entry of one value: a baseline, a target, an actual, money spent; only ever added to."""

    __tablename__ = "plan_figures"
    __table_args__ = (
        CheckConstraint("kind IN ('baseline', 'target', 'actual', 'spent')", name="kind_is_known"),
        Index("ix_plan_figures_place", "plan_id", "subject", "kind", "period"),
    )
    rows = PlanRows()

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(10))
    period: Mapped[str] = mapped_column(String(10))
    value: Mapped[float | None] = mapped_column(Float(53))
    day: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    entered_at: Mapped[datetime] = mapped_column(Moment)
    entered_by: Mapped[str] = mapped_column(String(80))


class PlanUpdateRecord(Base):
    """A dated entry in words: a status, what was reached or learned, an override; only ever added to."""

    __tablename__ = "plan_updates"
    rows = PlanRows()

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(10))
    day: Mapped[date] = mapped_column(Date)
    choice: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    entered_at: Mapped[datetime] = mapped_column(Moment)
    entered_by: Mapped[str] = mapped_column(String(80))


class PlanVersionRecord(Base):
    """A version that was approved, frozen whole; ``reason`` says why the next one was begun."""

    __tablename__ = "plan_versions"
    rows = PlanRows()

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    approved: Mapped[date] = mapped_column(Date)
    approved_by: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    revised_at: Mapped[datetime | None] = mapped_column(Moment)
    revised_by: Mapped[str] = mapped_column(String(80), default="")
