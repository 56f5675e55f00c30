"""Accounts: who may make and change whose, what ends with a change, and that an administrator stays."""

from typing import Any

import pytest

from arusha.access.people import accounts, invitations, sessions
from arusha.access.people.accounts import Account, actor_of
from arusha.access.roles import GIVEN_BY_A_COORDINATOR, GRANTS, Role
from arusha.access.rules import LOCAL, Actor, Denied
from arusha.store import Store
from questionnaires.problems import Refused
from tests.access.people import (
    MINUTE,
    NOW,
    PASSWORD,
    PLACES,
    account_row,
    acting,
    cheapen,
    details,
    made,
    problem,
    said,
    signed_in,
    trail,
)

COORDINATOR = acting(Role.COORDINATOR, "XA")
HEAD = acting(Role.HEAD, "XA")
SYSTEM = acting(Role.SYSTEM)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


def names(actor: Actor, store: Store) -> list[str]:
    return [account.name for account in accounts.listed(actor, store)]


def add(actor: Actor, store: Store, role: str, **more: Any) -> Account:
    place = {**PLACES.get(role, {}), **more}
    return accounts.add(actor, store, place.pop("name", role), role, **place)


# --- making


def test_an_account_is_kept_as_it_was_made(store: Store) -> None:
    account = made(store, " Anna  Maria ", "contributor", factors=["relationship", "leadership"])
    assert account == Account(
        account.id,
        "Anna Maria",
        "contributor",
        "XA",
        "",
        frozenset({"leadership", "relationship"}),
        frozenset(),
        NOW,
        disabled=False,
        has_password=True,
        has_second_step=False,
    )
    assert accounts.find(LOCAL, store, "ANNA MARIA") == account
    assert len(account.id) == 16
    assert account_row(store, "anna maria").made_by == "local"
    assert PASSWORD not in account_row(store, "anna maria").password


def test_without_a_password_nobody_can_sign_in_yet(store: Store) -> None:
    account = made(store, password="")
    assert not account.has_password
    with pytest.raises(Refused, match="Name or password is not right"):
        signed_in(store, password="")


@pytest.mark.parametrize("name", ["anna", "ANNA", " Ａnna "])
def test_a_name_is_given_once(store: Store, name: str) -> None:
    made(store)
    with pytest.raises(Refused) as refused:
        made(store, name)
    assert said(refused) == [
        (
            f"name: There is an account of the name {name}, or of one that looks the same. "
            "Choose another name, e.g. with the name of the administration."
        )
    ]
    assert len(names(LOCAL, store)) == 1


def test_every_fault_of_an_account_is_said_at_once_and_nothing_is_made(store: Store) -> None:
    made(store)
    with pytest.raises(Refused) as refused:
        accounts.add(LOCAL, store, "anna", "contributor", administration="x", region="y", password="anna")
    places = [one.place for one in refused.value.problems]
    assert places == [
        *("region", "factors", "administration", "region"),
        *("password", "password", "password"),
        "name",
    ]
    assert len(names(LOCAL, store)) == 1
    assert len(trail(store)) == 1


def test_the_trail_tells_what_was_made_and_not_whose_name_it_is(store: Store) -> None:
    account = made(store, role="contributor")
    (record,) = trail(store)
    assert (record.action, record.object, record.administration) == ("account:add", account.id, "XA")
    assert details(record) == {
        "role": "contributor",
        "region": "",
        "factors": ["leadership"],
        "assigned": [],
        "with_password": True,
    }


# --- who may


@pytest.mark.parametrize("role", Role)
def test_the_system_administrator_makes_accounts_of_every_role(store: Store, role: Role) -> None:
    assert add(SYSTEM, store, role).role == role


@pytest.mark.parametrize("role", Role)
def test_a_coordinator_makes_contributors_and_observers_of_the_own_administration(
    store: Store, role: Role
) -> None:
    if role in GIVEN_BY_A_COORDINATOR:
        assert add(COORDINATOR, store, role).administration == "XA"
        with pytest.raises(Denied, match="It belongs to another administration"):
            add(COORDINATOR, store, role, administration="XB", name="other")
    else:
        with pytest.raises(Denied):
            add(COORDINATOR, store, role)
        assert names(LOCAL, store) == []


def test_a_coordinator_is_told_whom_to_ask_for_another_role(store: Store) -> None:
    with pytest.raises(Denied) as refused:
        add(COORDINATOR, store, "head")
    assert said(refused) == [
        (
            "somebody: You make and change accounts of contributors and observers only. "
            "Ask the system administrator."
        )
    ]
    (record,) = trail(store)
    assert (record.action, record.outcome, record.administration) == ("account:change", "refused", "XA")


@pytest.mark.parametrize("code", ["", "x", "XYZ", "\0\0", "xa"])
def test_a_coordinator_is_refused_any_other_place_however_it_is_written(store: Store, code: str) -> None:
    with pytest.raises(Denied):
        add(COORDINATOR, store, "observer", administration=code)
    assert trail(store)[-1].outcome == "refused"


@pytest.mark.parametrize("role", [role for role in Role if role not in ("system", "coordinator")])
def test_nobody_else_makes_or_changes_an_account(store: Store, role: Role) -> None:
    made(store, role="observer")
    actor = acting(role, "XA")
    for ask in (
        lambda: add(actor, store, "observer", name="x"),
        lambda: accounts.change(actor, store, "anna", role="contributor", factors=["leadership"]),
        lambda: accounts.disable(actor, store, "anna"),
        lambda: accounts.enable(actor, store, "anna"),
        lambda: invitations.invite(actor, store, "anna"),
    ):
        with pytest.raises(Denied, match="You do not hold the permission account:change"):
            ask()
    assert accounts.find(LOCAL, store, "anna").role == "observer"


def test_a_coordinator_and_a_head_see_the_own_administration_only(store: Store) -> None:
    for name, role, more in [
        ("own", "head", {}),
        ("Another", "head", {"administration": "XB"}),
        ("wco", "analyst", {}),
        ("Own too", "observer", {}),
    ]:
        made(store, name, role, **more)
    assert names(SYSTEM, store) == ["Another", "own", "Own too", "wco"]
    assert names(COORDINATOR, store) == names(HEAD, store) == ["own", "Own too"]
    with pytest.raises(Denied, match="You do not hold the permission account:read"):
        accounts.listed(acting(Role.OBSERVER, "XA"), store)


@pytest.mark.parametrize("name", ["another", "nobody", "", "\0", "x" * 999])
def test_an_account_of_others_is_refused_in_the_words_of_one_that_is_not_there(
    store: Store, name: str
) -> None:
    made(store, "another", "head", administration="XB")
    with pytest.raises(Refused) as refused:
        accounts.find(HEAD, store, name)
    assert problem(refused).fault == "There is no account of this name."
    assert problem(refused).remedy == "Choose one that `account list` shows."
    assert len(problem(refused).place) <= 80
    with pytest.raises(Refused, match="There is no account of this name"):
        accounts.disable(COORDINATOR, store, name)
    refusals = [(one.action, one.administration) for one in trail(store) if one.outcome == "refused"]
    assert refusals == ([("account:read", "XB"), ("account:change", "XB")] if name == "another" else [])


# --- changing


def test_a_change_ends_the_sessions_of_the_account(store: Store) -> None:
    account = made(store, role="observer")
    opened = signed_in(store)
    changed = accounts.change(SYSTEM, store, "anna", role="contributor", factors=["leadership"], at=NOW)
    assert (changed.id, changed.role, changed.factors) == (account.id, "contributor", {"leadership"})
    assert sessions.actor_of(store, opened.session, at=NOW) is None
    record = trail(store)[-1]
    assert (record.action, record.actor, record.object) == ("account:change", "somebody", account.id)
    assert details(record)["role_before"] == "observer"
    assert details(record)["sessions"] == 1


def test_a_change_of_nothing_changes_nothing(store: Store) -> None:
    made(store)
    opened = signed_in(store)
    accounts.change(SYSTEM, store, "anna", role="head", administration="XA", at=NOW)
    assert sessions.actor_of(store, opened.session, at=NOW) is not None
    assert [record.action for record in trail(store)] == ["account:add", "session:open"]


def test_a_faulty_change_is_refused_whole(store: Store) -> None:
    account = made(store, role="observer")
    with pytest.raises(Refused) as refused:
        accounts.change(SYSTEM, store, "anna", role="reviewer", factors=["leadership"], administration="kk")
    assert [one.place for one in refused.value.problems] == [
        *("administration", "factors", "assigned", "administration"),
    ]
    assert accounts.find(LOCAL, store, "anna") == account


def test_a_coordinator_makes_nobody_more_than_they_may_and_moves_nobody_away(store: Store) -> None:
    made(store, role="observer")
    made(store, "head", "head")
    for change in (
        {"role": "head"},
        {"role": "coordinator"},
        {"administration": "XB"},
        {"role": "system", "administration": ""},
    ):
        with pytest.raises(Denied):
            accounts.change(COORDINATOR, store, "anna", **change)
    for ask in (accounts.disable, accounts.enable, invitations.invite):
        with pytest.raises(Denied, match="contributors and observers only"):
            ask(COORDINATOR, store, "head")
    changed = accounts.change(COORDINATOR, store, "anna", role="contributor", factors=["leadership"])
    assert changed.role == "contributor"


def test_a_disabled_account_is_signed_out_and_cannot_sign_in(store: Store) -> None:
    made(store)
    opened = signed_in(store)
    token = invitations.invite(SYSTEM, store, "anna", at=NOW).token
    assert accounts.disable(SYSTEM, store, "anna", at=NOW).disabled
    assert sessions.actor_of(store, opened.session, at=NOW) is None
    assert invitations.look(store, token, at=NOW) is None
    with pytest.raises(Refused, match="Name or password is not right"):
        signed_in(store)
    with pytest.raises(Refused, match="The account is disabled"):
        invitations.invite(SYSTEM, store, "anna")


def test_an_enabled_account_signs_in_again_and_old_sessions_stay_ended(store: Store) -> None:
    made(store)
    opened = signed_in(store)
    accounts.disable(SYSTEM, store, "anna", at=NOW)
    accounts.disable(SYSTEM, store, "anna", at=NOW + MINUTE)
    assert not accounts.enable(SYSTEM, store, "anna").disabled
    accounts.enable(SYSTEM, store, "anna")
    assert sessions.actor_of(store, opened.session, at=NOW) is None
    signed_in(store, at=NOW + MINUTE)
    verbs = [one.action for one in trail(store) if one.action.startswith("account:")]
    assert verbs == ["account:add", "account:disable", "account:enable"]


def test_the_last_system_administrator_stays_one(store: Store) -> None:
    made(store, "root", "system")
    said_why = "root: This is the last system administrator who can sign in. Make another one first."
    for ask in (
        lambda: accounts.disable(LOCAL, store, "root"),
        lambda: accounts.change(LOCAL, store, "root", role="analyst"),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert said(refused) == [said_why]
    made(store, "second", "system")
    accounts.disable(LOCAL, store, "root")
    with pytest.raises(Refused, match="last system administrator"):
        accounts.disable(LOCAL, store, "second")
    accounts.disable(LOCAL, store, "root")
    accounts.enable(LOCAL, store, "root")
    assert accounts.change(LOCAL, store, "second", role="donor").role == "donor"


# --- who acts


@pytest.mark.parametrize("role", Role)
def test_an_account_acts_with_the_rights_of_its_role(store: Store, role: Role) -> None:
    account = made(store, role=role)
    actor = actor_of(account, "s")
    assert (actor.id, actor.name, actor.role, actor.session) == (account.id, "anna", role, "s")
    assert actor.grants == GRANTS[role]
    place = (account.administration, account.region, account.factors, account.assigned)
    assert (actor.administration, actor.region, actor.factors, actor.assigned) == place


def test_a_disabled_account_and_one_of_no_known_role_may_nothing(store: Store) -> None:
    account = made(store)
    spoilt = Account(*{**vars(account), "role": "emperor"}.values())
    assert actor_of(spoilt).grants == {}
    assert actor_of(accounts.disable(LOCAL, store, "anna")).grants == {}


def test_everyone_finds_their_own_account_and_who_has_none_is_told(store: Store) -> None:
    account = made(store, role="donor")
    assert accounts.myself(actor_of(account), store) == account
    with pytest.raises(Refused) as refused:
        accounts.myself(LOCAL, store)
    assert said(refused) == ["local: There is no account behind this. Sign in first."]
