"""Invitations: a link lets one person in once; to look at it, to guess it or to hurry changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from arusha.access.people import accounts, invitations, sessions
from arusha.access.people.invitations import accept, bind, by_subject, invite, look
from arusha.access.people.session_rows import Opened
from arusha.access.records import AttemptRecord, InvitationRecord
from arusha.access.roles import Role
from arusha.access.rules import LOCAL, Denied
from arusha.store import Store
from questionnaires.problems import Refused
from tests.access.people import (
    ANOTHER,
    MINUTE,
    NOW,
    PASSWORD,
    SECOND,
    acting,
    actor,
    cheapen,
    code_of,
    details,
    enrolled,
    made,
    problem,
    said,
    signed_in,
    trail,
)
from tests.access.test_throttling import fail, together

GONE = (
    "invitation: This invitation does not hold: it was used, it has ended, or a newer one replaced it. "
    "Ask for a new one."
)
ISSUER = "https://login.example.org"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


def invited(store: Store, name: str = "anna") -> str:
    """Return the token of a new invitation."""
    return invite(LOCAL, store, name, at=NOW).token


# --- making


def test_a_link_holds_for_seventy_two_hours(store: Store) -> None:
    account = made(store, password="")
    made_now = invite(LOCAL, store, "anna", at=NOW)
    assert made_now.ends_at == NOW + timedelta(hours=72)
    assert len(made_now.token) == 43
    assert look(store, made_now.token, at=made_now.ends_at - SECOND) == account
    assert look(store, made_now.token, at=made_now.ends_at) is None
    assert look(store, made_now.token, at=NOW - DAY) is None, "by a clock that was set back"


def test_only_the_hash_of_a_link_is_kept(store: Store) -> None:
    made(store, password="")
    token = invited(store)
    with store.reading(LOCAL) as session:
        kept = session.scalars(select(InvitationRecord)).one()
    assert token not in vars(kept).values()
    assert len(kept.token) == 64
    assert kept.made_by == "local"
    (record,) = trail(store, "invitation:make")
    assert token not in str(vars(record))


def test_a_newer_invitation_replaces_the_one_before(store: Store) -> None:
    made(store, password="")
    made(store, "other", "observer", password="")
    others, first, second = invited(store, "other"), invited(store), invited(store)
    assert look(store, first, at=NOW) is None
    assert look(store, second, at=NOW)
    assert look(store, others, at=NOW)


@pytest.mark.parametrize("role", Role)
def test_who_may_change_an_account_may_invite_it(store: Store, role: Role) -> None:
    made(store, role="observer")
    inviter = acting(role, "XA")
    if role in ("coordinator", "system"):
        assert look(store, invite(inviter, store, "anna", at=NOW).token, at=NOW)
    else:
        with pytest.raises(Denied, match="account:change"):
            invite(inviter, store, "anna", at=NOW)


def test_nobody_is_invited_who_has_no_account(store: Store) -> None:
    with pytest.raises(Refused, match="There is no account of this name"):
        invited(store, "nobody")


# --- looking


def test_looking_uses_nothing_up(store: Store) -> None:
    account = made(store, password="")
    token = invited(store)
    assert [look(store, token, at=NOW) for _ in range(5)] == [account] * 5
    assert accept(store, token, PASSWORD, at=NOW)


@pytest.mark.parametrize("token", ["", "x", "\0", "\ud800", "x" * 10**6, "' OR 1=1 --"])
def test_no_other_text_is_a_link(store: Store, token: str) -> None:
    made(store, password="")
    invited(store)
    assert look(store, token, at=NOW) is None
    for ask in (
        lambda: accept(store, token, PASSWORD, at=NOW),
        lambda: bind(store, token, ISSUER, "me", at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert said(refused) == [GONE]


# --- accepting


def test_accepting_sets_the_password_and_signs_in(store: Store) -> None:
    made(store, password="")
    opened = accept(store, invited(store), PASSWORD, at=NOW)
    assert opened.account.has_password
    assert actor(store, opened).name == "anna"
    assert signed_in(store).account == opened.account
    assert [record.action for record in trail(store)][-3:] == [
        "invitation:accept",
        "session:open",
        "session:open",
    ]
    assert details(trail(store)[-2])["way"] == "invitation"


def test_accepting_ends_what_was_before(store: Store) -> None:
    account = made(store)
    before = signed_in(store)
    fail(store, 100, f"account:{account.id}")
    opened = accept(store, invited(store), ANOTHER, at=NOW)
    assert sessions.actor_of(store, before.session, at=NOW) is None
    assert actor(store, opened)
    assert signed_in(store, password=ANOTHER)
    with pytest.raises(Refused, match="Name or password is not right"):
        signed_in(store, password=PASSWORD)


def test_an_administrator_who_invites_anew_lifts_the_stop(store: Store) -> None:
    account = made(store)
    fail(store, 100, f"account:{account.id}")
    with pytest.raises(Refused, match="is stopped"):
        signed_in(store)
    invited(store)
    assert signed_in(store)


def test_a_link_is_used_once(store: Store) -> None:
    made(store, password="")
    token = invited(store)
    accept(store, token, PASSWORD, at=NOW)
    with pytest.raises(Refused) as refused:
        accept(store, token, ANOTHER, at=NOW)
    assert said(refused) == [GONE]
    assert signed_in(store)


def test_a_faulty_password_uses_no_link_up(store: Store) -> None:
    made(store, password="")
    token = invited(store)
    with pytest.raises(Refused) as refused:
        accept(store, token, "anna anna", at=NOW)
    assert {one.place for one in refused.value.problems} == {"password"}
    assert len(refused.value.problems) == 3
    assert accept(store, token, PASSWORD, at=NOW)


def test_of_two_who_accept_at_once_one_wins(store: Store) -> None:
    made(store, password="")
    token = invited(store)
    won: list[Opened] = []
    lost: list[Refused] = []

    def race() -> None:
        try:
            won.append(accept(store, token, PASSWORD, at=NOW))
        except Refused as refused:
            lost.append(refused)

    together(race, 6)
    assert (len(won), len(lost)) == (1, 5)
    assert {str(refused) for refused in lost} == {GONE}
    assert len(sessions.live(actor(store, won[0]), store, at=NOW)) == 1
    assert len(trail(store, "invitation:accept")) == 1


def test_a_link_alone_does_not_get_around_a_second_step(store: Store) -> None:
    made(store)
    secret, codes = enrolled(store, signed_in(store))
    token = invited(store)
    with pytest.raises(Refused) as refused:
        accept(store, token, ANOTHER, at=NOW)
    assert problem(refused).place == "code"
    with pytest.raises(Refused, match="This code does not hold"):
        accept(store, token, ANOTHER, code="000000", at=NOW)
    assert signed_in(store, code=codes[0]), "the password is still the old one"
    opened = accept(store, token, ANOTHER, code=code_of(secret, NOW + MINUTE), at=NOW + MINUTE)
    assert opened.account.has_second_step
    assert actor(store, opened, NOW + MINUTE)
    assert [record.outcome for record in trail(store, "invitation:accept")] == ["refused", "done"]


def test_a_link_is_no_way_to_try_codes_without_end(store: Store) -> None:
    made(store)
    secret, _ = enrolled(store, signed_in(store))
    token = invited(store)
    for _ in range(5):
        with pytest.raises(Refused, match="This code does not hold"):
            accept(store, token, ANOTHER, code="000000", at=NOW)
    with pytest.raises(Refused, match="failed several times"):
        accept(store, token, ANOTHER, code=code_of(secret, NOW + 30 * SECOND), at=NOW)


# --- another provider


def test_whoever_is_bound_is_known_by_issuer_and_subject(store: Store) -> None:
    account = made(store, password="")
    assert by_subject(store, ISSUER, "me") is None
    before = signed_in_elsewhere = sessions.enter(store, account.id, second_step=False, at=NOW)
    opened = bind(store, invited(store), ISSUER, "me", at=NOW)
    assert sessions.actor_of(store, before.session, at=NOW) is None
    assert by_subject(store, ISSUER, "me") == account.id
    assert by_subject(store, "https://evil.example.org", "me") is None
    assert by_subject(store, ISSUER, "Me") is None
    assert actor(store, opened).id == account.id
    assert signed_in_elsewhere.account.id == account.id
    assert details(trail(store, "invitation:accept")[0])["way"] == "provider"
    assert "me" not in details(trail(store, "invitation:accept")[0]).values()


def test_a_link_binds_once_and_a_new_one_binds_anew(store: Store) -> None:
    account = made(store, password="")
    token = invited(store)
    bind(store, token, ISSUER, "me", second_step=True, at=NOW)
    with pytest.raises(Refused) as refused:
        bind(store, token, ISSUER, "mallory", at=NOW)
    assert said(refused) == [GONE]
    bind(store, invited(store), ISSUER, "me again", at=NOW)
    assert by_subject(store, ISSUER, "me") is None
    assert by_subject(store, ISSUER, "me again") == account.id


def test_a_subject_belongs_to_one_account(store: Store) -> None:
    made(store, password="")
    made(store, "other", "observer", password="")
    bind(store, invited(store), ISSUER, "me", at=NOW)
    token = invited(store, "other")
    with pytest.raises(Refused) as refused:
        bind(store, token, ISSUER, "me", at=NOW)
    assert said(refused) == [
        (
            "provider: Another account belongs to this person at the provider. "
            "Sign in with that one, or as another person there."
        )
    ]
    assert look(store, token, at=NOW)
    bind(store, invited(store), ISSUER, "me", at=NOW)


def test_a_provider_does_not_replace_a_second_step(store: Store) -> None:
    made(store)
    enrolled(store, signed_in(store))
    token = invited(store)
    with pytest.raises(Refused) as refused:
        bind(store, token, ISSUER, "mallory", second_step=True, at=NOW)
    assert said(refused) == [
        (
            "provider: This account has a second step of its own, which a provider cannot replace. "
            "Set a password instead, or ask for an invitation without the second step."
        )
    ]
    assert by_subject(store, ISSUER, "mallory") is None


@pytest.mark.parametrize(
    ("issuer", "subject"), [("", "me"), (ISSUER, ""), (ISSUER, "x" * 201), (ISSUER, "\0"), ("\n", "me")]
)
def test_who_cannot_be_kept_is_not_bound(store: Store, issuer: str, subject: str) -> None:
    made(store, password="")
    with pytest.raises(Refused) as refused:
        bind(store, invited(store), issuer, subject, at=NOW)
    assert said(refused) == [
        "provider: The provider does not say who this is in a way that can be kept. Use a password instead."
    ]
    assert by_subject(store, issuer, subject) is None


def test_an_account_that_was_disabled_in_between_is_not_opened(store: Store) -> None:
    made(store, password="")
    token = invited(store)
    accounts.disable(LOCAL, store, "anna")
    accounts.enable(LOCAL, store, "anna")
    with pytest.raises(Refused) as refused:
        invitations.accept(store, token, PASSWORD, at=NOW)
    assert said(refused) == [GONE]
    with store.reading(LOCAL) as session:
        assert session.scalars(select(AttemptRecord)).all() == []
