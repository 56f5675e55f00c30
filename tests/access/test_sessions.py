"""Sessions: rights are read anew on every run in one query, and end in time whatever the clock does."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from arusha.access.door import DOOR
from arusha.access.people import accounts, sessions
from arusha.access.people.lifetimes import ASIDE
from arusha.access.records import AccountRecord, SessionRecord
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import LOCAL, Actor, Permission
from arusha.store import Store
from questionnaires.problems import Refused
from tests.access.people import (
    HERE,
    MINUTE,
    NOW,
    PASSWORD,
    SECOND,
    actor,
    cheapen,
    code_of,
    details,
    enrolled,
    made,
    problem,
    said,
    session_row,
    signed_in,
    statements,
    trail,
)
from tests.access.test_throttling import together

HOUR = 60 * MINUTE
NOBODYS = "0" * 32


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


@pytest.fixture
def opened(store: Store) -> sessions.Opened:
    made(store)
    return signed_in(store)


def used(store: Store, opened: sessions.Opened, *moments: datetime) -> list[bool]:
    """Return at which moments a session could be used, one after the other."""
    return [sessions.actor_of(store, opened.session, at=at) is not None for at in moments]


# --- who is behind a browser


def test_a_token_belongs_to_its_session_only(store: Store, opened: sessions.Opened) -> None:
    other = signed_in(store)
    assert sessions.session_of(store, opened.token, at=NOW) == opened.session
    assert sessions.session_of(store, other.token, at=NOW) == other.session
    for wrong in ("", opened.session, opened.token[:-1], opened.token + "x", "\0", "\ud800", "x" * 10**6):
        assert sessions.session_of(store, wrong, at=NOW) is None


def test_a_session_acts_with_the_rights_of_its_account(store: Store, opened: sessions.Opened) -> None:
    me = actor(store, opened)
    assert (me.id, me.name, me.role) == (opened.account.id, "anna", "head")
    assert (me.administration, me.session, me.grants) == ("XA", opened.session, GRANTS[Role.HEAD])


@pytest.mark.parametrize("wrong", ["", NOBODYS, "x", "\0" * 32, "A" * 32, "0" * 10**6])
def test_no_other_id_is_a_session(store: Store, opened: sessions.Opened, wrong: str) -> None:
    assert sessions.actor_of(store, wrong, at=NOW) is None
    assert sessions.holder_of(store, wrong, at=NOW) is None
    assert not sessions.needs_second_step(store, wrong, at=NOW)
    sessions.end(store, wrong, at=NOW)
    assert sessions.actor_of(store, opened.token, at=NOW) is None, "a token is no id"


def test_who_acts_is_found_in_one_query(store: Store, opened: sessions.Opened) -> None:
    with statements() as asked:
        actor(store, opened)
    assert len(asked) == 1
    assert "JOIN accounts" in asked[0]
    with statements() as asked:
        sessions.session_of(store, opened.token, at=NOW)
    assert len(asked) == 1


def test_what_is_no_session_id_is_not_even_asked_for(store: Store, opened: sessions.Opened) -> None:
    with statements() as asked:
        sessions.actor_of(store, "x' OR 1=1", at=NOW)
        sessions.session_of(store, "", at=NOW)
    assert asked == []


def test_rights_are_those_of_this_moment(store: Store, opened: sessions.Opened) -> None:
    with store.writing(DOOR) as session:
        session.execute(update(AccountRecord).values(role="observer", administration="XB"))
    me = actor(store, opened)
    assert (me.grants, me.administration) == (GRANTS[Role.OBSERVER], "XB")


# --- how long


@pytest.mark.parametrize(
    ("moments", "live"),
    [
        ([30 * MINUTE - SECOND], [True]),
        ([30 * MINUTE], [False]),
        ([29 * MINUTE, 58 * MINUTE, 88 * MINUTE], [True, True, False]),
        ([30 * MINUTE, MINUTE], [False, True]),
    ],
)
def test_a_session_ends_after_thirty_minutes_without_use(
    store: Store, opened: sessions.Opened, moments: list[timedelta], live: list[bool]
) -> None:
    assert used(store, opened, *(NOW + moment for moment in moments)) == live
    last = NOW + moments[-1]
    assert (sessions.session_of(store, opened.token, at=last) is not None) is live[-1]


def test_a_session_ends_after_twelve_hours_however_busy(store: Store, opened: sessions.Opened) -> None:
    every = [NOW + number * 20 * MINUTE for number in range(1, 36)]
    assert all(used(store, opened, *every, NOW + 12 * HOUR - SECOND))
    assert used(store, opened, NOW + 12 * HOUR) == [False]


def test_a_clock_that_jumps_back_ends_a_session_and_lengthens_none(
    store: Store, opened: sessions.Opened
) -> None:
    assert used(store, opened, NOW - ASIDE, NOW - ASIDE - SECOND, NOW - 24 * HOUR) == [True, False, False]
    assert used(store, opened, NOW + 20 * MINUTE) == [True]
    assert used(store, opened, NOW + 5 * MINUTE) == [False], "seen fifteen minutes from now"
    assert session_row(store, opened.session).seen_at == NOW + 20 * MINUTE


def test_a_clock_that_jumps_ahead_ends_a_session(store: Store, opened: sessions.Opened) -> None:
    assert used(store, opened, NOW + 24 * HOUR, NOW + timedelta(days=10_000)) == [False, False]


def test_that_a_session_is_in_use_is_written_once_a_minute(store: Store, opened: sessions.Opened) -> None:
    written = []
    for seconds in range(0, 200, 20):
        with statements() as asked:
            actor(store, opened, NOW + seconds * SECOND)
        written.append(sum(line.startswith("UPDATE sessions") for line in asked))
        assert sum(line.startswith("SELECT") for line in asked) == 1
    assert written == [0, 0, 0, 1, 0, 0, 1, 0, 0, 1]
    assert session_row(store, opened.session).seen_at == NOW + 180 * SECOND


def test_a_page_is_shown_also_when_nothing_can_be_written(
    store: Store, opened: sessions.Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_by: object) -> None:
        raise Refused([])

    monkeypatch.setattr(store, "writing", busy)
    assert used(store, opened, NOW + 5 * MINUTE) == [True]


@settings(max_examples=80, deadline=None)
@given(gaps=st.lists(st.integers(1, 45), min_size=1, max_size=40))
def test_idle_and_absolute_limits_hold_in_every_rhythm(gaps: list[int], alone: "tuple[Store, str]") -> None:
    """A model of two numbers says when a session is live; the service says the same."""
    store, session_id = alone
    with store.writing(DOOR) as session:
        session.execute(update(SessionRecord).values(seen_at=NOW))
    passed, seen = 0, 0
    for gap in gaps:
        passed += gap
        live = passed - seen < 30 and passed < 12 * 60
        found = sessions.actor_of(store, session_id, at=NOW + passed * MINUTE)
        assert (found is not None) is live, passed
        seen = passed if live else seen


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> "tuple[Store, str]":
    from arusha.store import open_store

    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('sessions') / 'x.sqlite'}")
    with pytest.MonkeyPatch.context() as patch:
        cheapen(patch)
        made(store)
        return store, signed_in(store).session


# --- the end


def test_who_signs_out_is_out_and_stays_out(store: Store, opened: sessions.Opened) -> None:
    other = signed_in(store)
    sessions.end(store, opened.session, at=NOW + SECOND)
    sessions.end(store, opened.session, at=NOW + MINUTE)
    assert sessions.session_of(store, opened.token, at=NOW + SECOND) is None
    assert used(store, opened, NOW, NOW + SECOND) == [False, False]
    assert used(store, other, NOW + SECOND) == [True]
    (record,) = trail(store, "session:end")
    assert (record.actor, record.object, record.administration) == (
        opened.account.id,
        opened.session,
        "XA",
    )


def test_signing_out_everywhere_ends_every_session_of_ones_own(store: Store, opened: sessions.Opened) -> None:
    mine = [opened, *(signed_in(store) for _ in range(3))]
    made(store, "other", "observer")
    others = signed_in(store, "other")
    assert sessions.end_all(actor(store, opened), store, at=NOW) == 4
    assert not any(used(store, one, NOW) == [True] for one in mine)
    assert used(store, others, NOW) == [True]
    (record,) = trail(store, "session:end_all")
    assert (record.actor, details(record)) == (opened.account.id, {"sessions": 4})


def test_an_ended_session_does_not_come_back_with_a_clock_set_back(
    store: Store, opened: sessions.Opened
) -> None:
    me = actor(store, opened)
    sessions.end_all(me, store, at=NOW + timedelta(days=2))
    assert used(store, opened, NOW) == [False]


def test_one_sees_ones_own_live_sessions_the_newest_first(store: Store, opened: sessions.Opened) -> None:
    newer = signed_in(store, at=NOW + MINUTE)
    ended = signed_in(store, at=NOW + MINUTE)
    sessions.end(store, ended.session, at=NOW + MINUTE)
    made(store, "other", "observer")
    signed_in(store, "other")
    found = sessions.live(actor(store, newer, NOW + MINUTE), store, at=NOW + MINUTE)
    assert [(one.id, one.is_this) for one in found] == [(newer.session, True), (opened.session, False)]
    assert (found[0].made_at, found[0].ends_at) == (NOW + MINUTE, NOW + MINUTE + 12 * HOUR)
    assert sessions.live(actor(store, newer, NOW + MINUTE), store, at=NOW + 13 * HOUR) == ()


def test_somebody_without_any_right_is_refused_and_it_is_in_the_trail(store: Store) -> None:
    nobody = Actor("nobody", {})
    for ask in (sessions.live, sessions.end_all, accounts.myself):
        with pytest.raises(Refused, match="You do not hold the permission preference:set"):
            ask(nobody, store)
    assert [record.outcome for record in trail(store)] == ["refused"] * 3


# --- signed in elsewhere


@pytest.mark.parametrize("second_step", [False, True])
def test_who_proved_themselves_at_a_provider_enters(store: Store, second_step: bool) -> None:
    account = made(store, password="")
    opened = sessions.enter(store, account.id, second_step=second_step, at=NOW)
    assert actor(store, opened).id == account.id
    assert session_row(store, opened.session).second_step is second_step
    assert details(trail(store)[-1]) == {"second_step": second_step, "way": "provider"}


def test_neither_a_disabled_nor_an_unknown_account_enters(store: Store) -> None:
    account = made(store)
    accounts.disable(LOCAL, store, "anna")
    for account_id in (account.id, "unknown"):
        with pytest.raises(Refused) as refused:
            sessions.enter(store, account_id, second_step=True, at=NOW)
        assert said(refused) == ["sign-in: This account cannot sign in. Ask for a new invitation."]


# --- the second step that is required


@pytest.fixture
def required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_SECOND_STEP", "required")


@pytest.mark.usefixtures("required")
def test_without_a_required_second_step_nobody_acts_but_to_set_it_up(
    store: Store, opened: sessions.Opened
) -> None:
    assert sessions.session_of(store, opened.token, at=NOW) == opened.session
    assert sessions.needs_second_step(store, opened.session, at=NOW)
    assert sessions.actor_of(store, opened.session, at=NOW) is None
    holder = sessions.holder_of(store, opened.session, at=NOW)
    assert holder is not None
    assert set(holder.grants) == {Permission.PREFERENCE_SET}
    enrolled(store, opened)
    assert not sessions.needs_second_step(store, opened.session, at=NOW)
    assert actor(store, opened).grants == GRANTS[Role.HEAD]
    assert sessions.holder_of(store, opened.session, at=NOW) == actor(store, opened)


@pytest.mark.usefixtures("required")
def test_whoever_proved_themselves_twice_at_a_provider_needs_no_other(store: Store) -> None:
    account = made(store)
    assert used(store, sessions.enter(store, account.id, second_step=True, at=NOW), NOW) == [True]
    assert used(store, sessions.enter(store, account.id, second_step=False, at=NOW), NOW) == [False]


def test_a_second_step_that_was_set_up_is_asked_for_after_a_provider_too(
    store: Store, opened: sessions.Opened
) -> None:
    secret, _ = enrolled(store, opened)
    entered = sessions.enter(store, opened.account.id, second_step=False, at=NOW)
    assert sessions.needs_second_step(store, entered.session, at=NOW)
    assert used(store, entered, NOW) == [False]
    with pytest.raises(Refused, match="This code does not hold"):
        sessions.prove(store, entered.session, "000000", at=NOW)
    assert used(store, entered, NOW) == [False]
    sessions.prove(store, entered.session, code_of(secret, NOW + 30 * SECOND), at=NOW)
    assert used(store, entered, NOW) == [True]
    assert [record.outcome for record in trail(store, "session:prove")] == ["refused", "done"]


def test_nobody_tries_codes_without_end(store: Store, opened: sessions.Opened) -> None:
    secret, _ = enrolled(store, opened)
    entered = sessions.enter(store, opened.account.id, second_step=False, at=NOW)
    for _ in range(5):
        with pytest.raises(Refused, match="This code does not hold"):
            sessions.prove(store, entered.session, "000000", at=NOW)
    with pytest.raises(Refused) as refused:
        sessions.prove(store, entered.session, code_of(secret, NOW + 30 * SECOND), at=NOW)
    assert problem(refused).place == "sign-in"


def test_where_no_code_is_asked_for_none_is_taken(store: Store, opened: sessions.Opened) -> None:
    for session_id in (opened.session, NOBODYS):
        with pytest.raises(Refused) as refused:
            sessions.prove(store, session_id, "000000", at=NOW)
        assert said(refused) == ["code: No code is asked for. Sign in again."]


def test_many_tabs_at_once_are_one_person(store: Store, opened: sessions.Opened) -> None:
    found: list[Actor | None] = []
    later = NOW + 5 * MINUTE
    together(lambda: found.append(sessions.actor_of(store, opened.session, at=later)), 4)
    assert [one.id for one in found if one] == [opened.account.id] * 4
    assert sessions.sign_in(store, "anna", PASSWORD, "", HERE, at=later).account == opened.account


def test_what_a_page_looks_up_by_itself_is_no_use_of_a_session(store: Store, opened: sessions.Opened) -> None:
    for minutes in (10, 20, 29):
        assert sessions.actor_of(store, opened.session, at=NOW + minutes * MINUTE, touch=False)
    assert session_row(store, opened.session).seen_at == NOW
    assert used(store, opened, NOW + 30 * MINUTE) == [False]
