"""People for the tests: accounts in a real database, passwords that cost little, and what the trail says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from arusha.access.people import accounts, passwords, second_step, sessions
from arusha.access.people.accounts import Account
from arusha.access.records import AccountRecord, SessionRecord, TrailRecord
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import LOCAL, Actor
from arusha.store import Store
from questionnaires.problems import Problem, Refused

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PASSWORD = "kilimanjaro coffee rail 8"
ANOTHER = "eleven quiet harbours by dusk"
HERE = "192.0.2.7"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

PLACES: dict[str, dict[str, Any]] = {
    "coordinator": {"administration": "XA"},
    "contributor": {"administration": "XA", "factors": {"leadership"}},
    "head": {"administration": "XA"},
    "observer": {"administration": "XA"},
    "reviewer": {"assigned": {"XA", "XB"}},
    "regional_office": {"region": "europe"},
}


def cheapen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let argon2id cost next to nothing; what it costs in earnest is held by ``test_passwords``."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)
    monkeypatch.setattr(passwords, "NOBODY", cheap.hash("nobody's"))


def made(
    store: Store, name: str = "anna", role: str = "head", password: str = PASSWORD, **more: Any
) -> Account:
    """Make an account of a role, with what the role needs."""
    place = {**PLACES.get(role, {}), **more}
    return accounts.add(LOCAL, store, name, role, password=password, at=NOW, **place)


def acting(role: Role | str, administration: str = "", name: str = "somebody") -> Actor:
    """Return an actor of a role who has no account."""
    return Actor(name, GRANTS[Role(role)], role=str(role), administration=administration, name=name)


def signed_in(
    store: Store, name: str = "anna", password: str = PASSWORD, code: str = "", at: datetime = NOW
) -> sessions.Opened:
    """Sign in."""
    return sessions.sign_in(store, name, password, code, HERE, at=at)


def actor(store: Store, opened: sessions.Opened, at: datetime = NOW) -> Actor:
    """Return who acts in a session, which has to be live."""
    found = sessions.actor_of(store, opened.session, at=at)
    assert found is not None
    return found


def enrolled(store: Store, opened: sessions.Opened, at: datetime = NOW) -> tuple[str, tuple[str, ...]]:
    """Set up a second step; return its secret and the recovery codes."""
    holder = sessions.holder_of(store, opened.session, at=at)
    assert holder is not None
    secret, _ = second_step.begin(holder, store)
    return secret, second_step.confirm(holder, store, code_of(secret, at), at=at)


def code_of(secret: str, at: datetime) -> str:
    """Return what the app shows at a moment."""
    return pyotp.TOTP(secret).at(at)


def problem(refused: pytest.ExceptionInfo[Refused]) -> Problem:
    """Return the one problem of a refusal."""
    (only,) = refused.value.problems
    return only


def said(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Return what a refusal says, line by line."""
    return str(refused.value).splitlines()


def trail(store: Store, action: str = "") -> list[TrailRecord]:
    """Return the records of the trail, of one action if it is named."""
    with store.reading(LOCAL) as session:
        rows = session.scalars(select(TrailRecord).order_by(TrailRecord.seq)).all()
        return [row for row in rows if action in ("", row.action)]


def details(record: TrailRecord) -> dict[str, Any]:
    """Return the details of a record."""
    found: dict[str, Any] = json.loads(record.details)
    return found


def account_row(store: Store, name: str = "anna") -> AccountRecord:
    """Return an account as it is kept."""
    with store.reading(LOCAL) as session:
        return session.scalars(select(AccountRecord).where(AccountRecord.login == name)).one()


def session_row(store: Store, session_id: str) -> SessionRecord:
    """Return a session as it is kept."""
    with store.reading(LOCAL) as session:
        return session.get_one(SessionRecord, session_id)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what any database is asked: not what begins a transaction or says for whom it is."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "SELECT set_config", "SELECT pg_advisory")):
            asked.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
