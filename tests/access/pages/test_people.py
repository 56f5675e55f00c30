"""People: who sees which accounts, and who may add, invite, change and disable them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access.people import accounts, invitations, sessions
from arusha.access.people.accounts import Account
from arusha.access.roles import NAMES, Role
from arusha.access.rules import LOCAL
from arusha.store import Store
from tests.access.pages.conftest import Open
from tests.assessments.pages.using import choose, labelled, press, run
from tests.visiting import all_shown, refusals

PEOPLE = "people.py"


def listed(at: AppTest) -> list[str]:
    """Return the names in the table, in their order."""
    markup = next(one.value for one in at.markdown if "<table>" in one.value)
    return re.findall(r'<tr><td data-head="Name">([^<]*)</td>', markup)


def account(store: Store, name: str) -> Account:
    return accounts.find(LOCAL, store, name)


def write(at: AppTest, label: str, value: str) -> AppTest:
    labelled(at.text_input, label).set_value(value)
    return run(at)


def link(at: AppTest) -> str:
    """Return the token of the link that is shown."""
    (shown,) = at.code
    address = urlsplit(shown.value)
    assert (address.scheme, address.path) == ("http", "/auth/invitation")
    return parse_qs(address.query)["token"][0]


# --- who sees whom


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Root", ["Aya", "Ben", "Fay", "Hami", "Reg", "Rev", "Root"]),
        ("Aya", ["Aya", "Ben", "Hami"]),
        ("Hami", ["Aya", "Ben", "Hami"]),
        ("Fay", ["Fay"]),
    ],
)
def test_each_sees_the_accounts_they_may_see(name: str, seen: list[str], open_page: Open) -> None:
    at = open_page(PEOPLE, name)
    assert listed(at) == seen
    assert not [
        other for other in ("Fay", "Reg", "Rev", "Root") if other not in seen and other in all_shown(at)
    ]


@pytest.mark.parametrize("name", ["Ben", "Reg", "Rev"])
def test_who_may_see_no_accounts_is_told_so(name: str, open_page: Open) -> None:
    at = open_page(PEOPLE, name)
    assert "You do not hold the permission account:read." in refusals(at)[0].replace("&#58;", ":").replace(
        "&#46;", "."
    )
    assert not at.title


def test_the_table_says_what_each_is_for(open_page: Open) -> None:
    said = all_shown(open_page(PEOPLE, "Root"))
    for words in ("Kenya (KE)", "Fiji (FJ)", "Reform and Modernization", "Europe", "Kenya (KE) and XA"):
        assert words in said
    assert "Pseudo" not in said  # what CLDR calls XA


def test_who_may_only_see_accounts_is_offered_nothing_to_change(open_page: Open) -> None:
    at = open_page(PEOPLE, "Hami")
    assert not at.button
    assert not at.selectbox


# --- adding


def added(at: AppTest, name: str, role: Role) -> AppTest:
    choose(at, "Role", role)
    return write(at, "Name to sign in with", name)


def test_an_account_is_added_with_a_link_that_is_shown_once(server: Store, open_page: Open) -> None:
    at = press(added(open_page(PEOPLE, "Root"), "Zoë", Role.ANALYST), "Add and invite")
    assert refusals(at) == []
    token = link(at)
    assert "Zoë" in listed(at)
    invited = invitations.look(server, token)
    assert invited is not None
    assert (invited.name, invited.role) == ("Zoë", "analyst")
    assert labelled(at.text_input, "Name to sign in with").value == "Zoë"
    at = run(at)
    assert not at.code
    assert labelled(at.text_input, "Name to sign in with").value == ""
    assert token not in str(at.session_state)


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        (Role.SYSTEM, set()),
        (Role.ANALYST, set()),
        (Role.HEAD, {"Code of the administration"}),
        (Role.CONTRIBUTOR, {"Code of the administration", "Factors to answer for"}),
        (Role.REGIONAL_OFFICE, {"Region"}),
        (Role.REVIEWER, {"Codes of the administrations to review"}),
    ],
)
def test_a_role_decides_what_is_asked(role: Role, asked: set[str], open_page: Open) -> None:
    at = choose(open_page(PEOPLE, "Root"), "Role", role)
    fields = [*at.text_input, *at.selectbox, *at.multiselect]
    always = {"Name to sign in with", "Role", "Account to change"}
    assert {one.label for one in fields} == always | asked


def test_what_a_role_needs_goes_into_the_account(server: Store, open_page: Open) -> None:
    at = added(open_page(PEOPLE, "Root"), "Cora", Role.CONTRIBUTOR)
    write(at, "Code of the administration", " fj ")
    assert "Fiji (FJ)" in all_shown(at)
    labelled(at.multiselect, "Factors to answer for").set_value(["reform", "leadership"])
    press(run(at), "Add and invite")
    assert account(server, "Cora").administration == "FJ"
    assert account(server, "Cora").factors == {"reform", "leadership"}

    at = added(open_page(PEOPLE, "Root"), "Rita", Role.REVIEWER)
    press(write(at, "Codes of the administrations to review", "ke, xa;FJ"), "Add and invite")
    assert account(server, "Rita").assigned == {"KE", "XA", "FJ"}

    at = added(open_page(PEOPLE, "Root"), "Olaf", Role.REGIONAL_OFFICE)
    press(choose(at, "Region", "europe"), "Add and invite")
    assert account(server, "Olaf").region == "europe"


def test_every_fault_of_an_account_is_told_at_once_and_nothing_is_added(
    server: Store, open_page: Open
) -> None:
    before = accounts.listed(LOCAL, server)
    at = press(added(open_page(PEOPLE, "Root"), "Aya", Role.CONTRIBUTOR), "Add and invite")
    said = refusals(at)[0]
    assert said.count("<p>") == 3
    for place in ("name", "administration", "factors"):
        assert f"<strong>{place}</strong>" in said
    assert not at.code
    assert accounts.listed(LOCAL, server) == before
    assert labelled(at.text_input, "Name to sign in with").value == "Aya"


def test_without_a_role_nothing_can_be_added(open_page: Open) -> None:
    at = open_page(PEOPLE, "Root")
    assert labelled(at.button, "Add and invite").disabled
    assert labelled(at.selectbox, "Role").options == [NAMES[role] for role in Role]


def test_a_coordinator_adds_contributors_and_observers_of_the_own_administration(
    server: Store, open_page: Open
) -> None:
    at = open_page(PEOPLE, "Aya")
    assert labelled(at.selectbox, "Role").options == ["Contributor", "National observer"]
    at = added(at, "Omar", Role.OBSERVER)
    assert "Code of the administration" not in {one.label for one in at.text_input}
    assert "Administration: Kenya (KE)" in all_shown(at)
    at = press(at, "Add and invite")
    assert listed(at) == ["Aya", "Ben", "Hami", "Omar"]
    assert account(server, "Omar").administration == "KE"


# --- inviting, changing, disabling


def test_a_coordinator_changes_only_whom_they_may(open_page: Open) -> None:
    assert labelled(open_page(PEOPLE, "Aya").selectbox, "Account to change").options == ["Ben"]
    assert len(labelled(open_page(PEOPLE, "Root").selectbox, "Account to change").options) == 7
    assert [one.label for one in open_page(PEOPLE, "Fay").selectbox] == ["Role"]


def chosen(at: AppTest, store: Store, name: str) -> AppTest:
    return choose(at, "Account to change", account(store, name).id)


def test_a_new_invitation_ends_the_one_before(server: Store, open_page: Open) -> None:
    at = press(chosen(open_page(PEOPLE, "Root"), server, "Ben"), "Make a link")
    first = link(at)
    second = link(press(at, "Make a link"))
    assert invitations.look(server, first) is None
    assert invitations.look(server, second) == account(server, "Ben")


def test_a_disabled_account_is_neither_invited_nor_changed_until_it_is_enabled(
    server: Store, open_page: Open
) -> None:
    at = chosen(open_page(PEOPLE, "Root"), server, "Ben")
    assert labelled(at.button, "Disable").disabled
    labelled(at.checkbox, "Yes, end every session of Ben and let them sign in no more").set_value(True)
    at = press(run(at), "Disable")
    assert account(server, "Ben").disabled
    assert "disabled" in all_shown(at)
    assert [one.label for one in at.button] == ["Add and invite", "Enable"]
    labelled(at.checkbox, "Yes, let Ben sign in again").set_value(True)
    at = press(run(at), "Enable")
    assert not account(server, "Ben").disabled
    assert labelled(at.button, "Disable").disabled


def test_a_role_is_changed_and_the_sessions_end(server: Store, open_page: Open) -> None:
    ben = account(server, "Ben")
    session = sessions.enter(server, ben.id, second_step=True).session
    at = chosen(open_page(PEOPLE, "Root"), server, "Ben")
    own = [one for one in at.selectbox if one.label == "Role"]
    assert own[1].value == Role.CONTRIBUTOR
    own[1].set_value(Role.OBSERVER)
    at = press(run(at), "Keep the change")
    assert refusals(at) == []
    assert (account(server, "Ben").role, account(server, "Ben").factors) == ("observer", frozenset())
    assert sessions.actor_of(server, session) is None


def test_what_an_account_has_stands_in_the_fields(server: Store, open_page: Open) -> None:
    at = chosen(open_page(PEOPLE, "Root"), server, "Ben")
    assert labelled(at.text_input, "Code of the administration").value == "KE"
    assert labelled(at.multiselect, "Factors to answer for").value == ["reform"]
    at = chosen(at, server, "Rev")
    assert labelled(at.text_input, "Codes of the administrations to review").value == "KE, XA"
    at = chosen(at, server, "Reg")
    assert labelled(at.selectbox, "Region").value == "europe"


def test_a_change_that_is_refused_says_why(server: Store, open_page: Open) -> None:
    at = chosen(open_page(PEOPLE, "Root"), server, "Ben")
    at = press(write(at, "Code of the administration", ""), "Keep the change")
    assert "<strong>administration</strong>" in refusals(at)[0]
    assert account(server, "Ben").administration == "KE"


def test_the_last_administrator_cannot_be_disabled(server: Store, open_page: Open) -> None:
    at = chosen(open_page(PEOPLE, "Root"), server, "Root")
    labelled(at.checkbox, "Yes, end every session of Root and let them sign in no more").set_value(True)
    at = press(run(at), "Disable")
    assert "last system administrator" in refusals(at)[0]
    assert not account(server, "Root").disabled


def test_whose_rights_were_taken_meanwhile_changes_nothing_more(server: Store, open_page: Open) -> None:
    at = added(open_page(PEOPLE, "Aya"), "Late", Role.OBSERVER)
    accounts.change(LOCAL, server, "Aya", role="observer")
    labelled(at.button, "Add and invite").click()
    at.run()
    assert "signed out" in refusals(at)[0]
    assert "Late" not in [one.name for one in accounts.listed(LOCAL, server)]


@pytest.mark.parametrize("name", ["<b>x</b> ![i](u)", "*a* [l](https://evil.example) `c` $x$"])
def test_a_name_is_shown_as_it_was_typed(name: str, server: Store, open_page: Open) -> None:
    accounts.add(LOCAL, server, name, "analyst")
    at = press(chosen(open_page(PEOPLE, "Root"), server, name), "Make a link")
    assert name in all_shown(at)
    assert "<b>x</b>" not in "".join(one.value for one in at.markdown)
