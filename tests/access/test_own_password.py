"""One's own password is changed with the old one, and every other session ends."""

import pytest

from arusha.access.people import sessions
from arusha.access.people.invitations import change_password
from arusha.access.rules import LOCAL
from arusha.store import Store
from questionnaires.problems import Refused
from tests.access.people import (
    ANOTHER,
    NOW,
    PASSWORD,
    SECOND,
    account_row,
    actor,
    cheapen,
    details,
    made,
    said,
    signed_in,
    trail,
)
from tests.access.test_throttling import together

WRONG = "old password: The old password is not right. Type it again."


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


@pytest.fixture
def opened(store: Store) -> sessions.Opened:
    made(store)
    return signed_in(store)


def test_the_new_password_counts_and_other_sessions_end(store: Store, opened: sessions.Opened) -> None:
    other = signed_in(store)
    me = actor(store, opened)
    change_password(me, store, PASSWORD, ANOTHER, at=NOW)
    assert sessions.actor_of(store, other.session, at=NOW) is None
    assert actor(store, opened) == me
    assert signed_in(store, password=ANOTHER)
    with pytest.raises(Refused, match="Name or password is not right"):
        signed_in(store)
    (record,) = trail(store, "password:change")
    assert (record.actor, record.outcome, details(record)) == (me.id, "done", {"sessions": 1})


@pytest.mark.parametrize("old", ["wrong", "", PASSWORD.upper(), "\ud800", "x" * 10**5])
def test_a_wrong_old_password_changes_nothing(store: Store, opened: sessions.Opened, old: str) -> None:
    with pytest.raises(Refused) as refused:
        change_password(actor(store, opened), store, old, ANOTHER, at=NOW)
    assert said(refused) == [WRONG]
    assert signed_in(store)
    assert [record.outcome for record in trail(store, "password:change")] == ["refused"]


def test_a_faulty_new_password_is_refused_with_every_fault(store: Store, opened: sessions.Opened) -> None:
    me = actor(store, opened)
    for _ in range(8):
        with pytest.raises(Refused) as refused:
            change_password(me, store, PASSWORD, "anna anna", at=NOW)
        assert len(refused.value.problems) == 3
    assert signed_in(store)
    assert trail(store, "password:change") == []


def test_whoever_finds_an_open_session_cannot_try_every_password(
    store: Store, opened: sessions.Opened
) -> None:
    me = actor(store, opened)
    for _ in range(5):
        with pytest.raises(Refused, match="The old password is not right"):
            change_password(me, store, "wrong", ANOTHER, at=NOW)
    with pytest.raises(Refused, match="failed several times"):
        change_password(me, store, PASSWORD, ANOTHER, at=NOW)
    change_password(me, store, PASSWORD, ANOTHER, at=NOW + SECOND)


def test_of_two_changes_at_once_one_counts(store: Store, opened: sessions.Opened) -> None:
    me = actor(store, opened)
    done: list[str] = []
    lost: list[str] = []

    def change(new: str) -> None:
        try:
            change_password(me, store, PASSWORD, new, at=NOW)
            done.append(new)
        except Refused as refused:
            lost.append(str(refused))

    wanted = [f"{ANOTHER} {number}" for number in range(3)]
    waiting = iter(wanted)
    together(lambda: change(next(waiting)), 3)
    assert len(done) + len(lost) == 3
    assert set(lost) <= {WRONG}
    assert signed_in(store, password=done[-1], at=NOW + SECOND)


def test_who_has_no_account_has_no_password(store: Store) -> None:
    with pytest.raises(Refused) as refused:
        change_password(LOCAL, store, PASSWORD, ANOTHER, at=NOW)
    assert said(refused) == ["local: There is no account behind this. Sign in first."]


def test_who_signs_in_at_a_provider_only_has_no_old_password(store: Store) -> None:
    account = made(store, password="")
    opened = sessions.enter(store, account.id, second_step=False, at=NOW)
    with pytest.raises(Refused) as refused:
        change_password(actor(store, opened), store, "", ANOTHER, at=NOW)
    assert said(refused) == [WRONG]
    assert account_row(store).password == ""
