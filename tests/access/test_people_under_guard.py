"""Everything around accounts works as the program's own role in PostgreSQL, with the database's guard up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from arusha.access.people import accounts, sessions
from arusha.access.people.invitations import accept, bind, by_subject, change_password, invite, look
from arusha.access.people.second_step import remove
from arusha.access.records import AccountRecord, AttemptRecord, SessionRecord
from arusha.access.roles import Role
from arusha.access.rules import LOCAL, Actor
from arusha.store import Store
from questionnaires.problems import Refused
from tests.access.people import (
    ANOTHER,
    MINUTE,
    NOW,
    PASSWORD,
    acting,
    actor,
    cheapen,
    code_of,
    enrolled,
    made,
    signed_in,
    trail,
)

SYSTEM = acting(Role.SYSTEM)
LATER = NOW + MINUTE


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


@pytest.fixture(params=["guarded", "unnarrowed"])
def server(request: pytest.FixtureRequest) -> Store:
    """Return a store on PostgreSQL with its guard up: once narrowed by the program too, once by it alone."""
    store: Store = request.getfixturevalue(request.param)
    return store


def test_a_person_comes_in_stays_and_goes(server: Store) -> None:
    accounts.add(SYSTEM, server, "anna", "head", administration="XA", at=NOW)
    token = invite(SYSTEM, server, "anna", at=NOW).token
    assert look(server, token, at=NOW)
    first = accept(server, token, PASSWORD, at=NOW)
    secret, codes = enrolled(server, first)
    with pytest.raises(Refused, match="Name or password is not right"):
        signed_in(server, "nobody")
    with pytest.raises(Refused, match="second step"):
        signed_in(server)
    second = signed_in(server, code=code_of(secret, LATER), at=LATER)
    me = actor(server, second, LATER + MINUTE)
    assert (me.administration, len(sessions.live(me, server, at=LATER))) == ("XA", 2)
    change_password(me, server, PASSWORD, ANOTHER, at=LATER)
    remove(me, server, codes[0], at=LATER)
    sessions.end(server, second.session, at=LATER)
    third = signed_in(server, password=ANOTHER, at=LATER)
    assert sessions.end_all(actor(server, third, LATER), server, at=LATER) == 1
    assert signed_in(server, password=ANOTHER, at=NOW + timedelta(days=40))
    accounts.change(SYSTEM, server, "anna", role="observer")
    accounts.disable(SYSTEM, server, "anna")
    assert [account.disabled for account in accounts.listed(SYSTEM, server)] == [True]
    assert [record.seq for record in trail(server)] == list(range(1, len(trail(server)) + 1))


def test_a_person_comes_in_by_a_provider(server: Store) -> None:
    account = made(server, password="")
    bind(server, invite(SYSTEM, server, "anna", at=NOW).token, "https://x.example.org", "me", at=NOW)
    assert by_subject(server, "https://x.example.org", "me") == account.id
    assert actor(server, sessions.enter(server, account.id, second_step=True, at=NOW)).id == account.id


@pytest.mark.parametrize("record", [AccountRecord, SessionRecord, AttemptRecord])
def test_nobody_but_the_door_meets_accounts_sessions_and_failures(
    server: Store, record: type[AccountRecord | SessionRecord | AttemptRecord]
) -> None:
    made(server)
    opened = signed_in(server)
    with pytest.raises(Refused):
        signed_in(server, password="wrong")
    people: list[Actor] = [actor(server, opened), SYSTEM, *(acting(role, "XA") for role in Role)]
    for person in people:
        with server.reading(person) as session:
            assert session.scalars(select(record)).all() == []
    with server.reading(LOCAL) as session:
        assert session.scalars(select(record)).all() != []
