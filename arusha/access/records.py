"""The tables of people: preferences, accounts, sessions, invitations, failed attempts, and the trail."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arusha.store import Base, Moment
from arusha.store.rows import AccessRows, HeadRows, PersonRows, TrailRows


class PreferenceRecord(Base):
    """The language a person chose to read in."""

    __tablename__ = "preferences"
    rows = PersonRows("actor")

    actor: Mapped[str] = mapped_column(String(80), primary_key=True)
    language: Mapped[str] = mapped_column(String(20))


class AccountRecord(Base):
    """A person who may sign in; ``login`` is the name folded, so that two names never differ by case only."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    rows = AccessRows()

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    login: Mapped[str] = mapped_column(String(240), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    administration: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(40), default="")
    factors: Mapped[list[str]] = mapped_column(JSON, default=list)
    assigned: Mapped[list[str]] = mapped_column(JSON, default=list)
    password: Mapped[str] = mapped_column(String(200), default="")
    issuer: Mapped[str | None] = mapped_column(String(200))
    subject: Mapped[str | None] = mapped_column(String(200))
    secret: Mapped[str] = mapped_column(String(400), default="")
    secret_pending: Mapped[str] = mapped_column(String(400), default="")
    last_code: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str] = mapped_column(String(80))
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)


class RecoveryCodeRecord(Base):
    """A code that stands in once for the second step; only its hash is kept."""

    __tablename__ = "recovery_codes"
    rows = AccessRows()

    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SessionRecord(Base):
    """A signed-in browser; only the hash of what its cookie holds is kept."""

    __tablename__ = "sessions"
    rows = AccessRows()

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    second_step: Mapped[bool] = mapped_column(default=False)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class InvitationRecord(Base):
    """A link that lets a person set their first password, or a new one, once."""

    __tablename__ = "invitations"
    rows = AccessRows()

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str] = mapped_column(String(80))
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class AttemptRecord(Base):
    """How often signing in failed lately: of an account, of a network, of the whole server."""

    __tablename__ = "attempts"
    rows = AccessRows()

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment)


class ForeignSignInRecord(Base):
    """A sign-in that is under way at another provider (OpenID Connect); gone when it is over."""

    __tablename__ = "foreign_sign_ins"
    rows = AccessRows()

    state: Mapped[str] = mapped_column(String(64), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(80))
    verifier: Mapped[str] = mapped_column(String(128))
    invitation: Mapped[str] = mapped_column(String(64), default="")
    ends_at: Mapped[datetime] = mapped_column(Moment)


class TrailRecord(Base):
    """What somebody did or was refused, chained to the record before it; rows are only ever added."""

    __tablename__ = "trail"
    rows = TrailRows("administration")

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    session: Mapped[str] = mapped_column(String(32))
    administration: Mapped[str] = mapped_column(String(2))
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(10))
    details: Mapped[str] = mapped_column(Text)
    prev: Mapped[str] = mapped_column(String(64), unique=True)
    mac: Mapped[str] = mapped_column(String(64))


class TrailHeadRecord(Base):
    """The newest link of the trail, which the next record follows; one row."""

    __tablename__ = "trail_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    rows = HeadRows()

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    mac: Mapped[str] = mapped_column(String(64))
