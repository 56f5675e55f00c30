"""``account``: what it prints, what it makes, and what it refuses, before a server was ever started."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from arusha import settings
from arusha.__main__ import app
from arusha.access.people import accounts, invitations, sessions
from arusha.access.rules import LOCAL
from arusha.store import open_store
from tests.access.people import PASSWORD, cheapen, trail
from tests.test_command_line import call, refused, run

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


def account(*arguments: object, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(app, ["account", *map(str, arguments)], input=stdin)


def done(*arguments: object, stdin: str | bytes = "") -> list[str]:
    """Return what a command printed that was not refused."""
    result = account(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def head(name: str = "anna", code: str = "KE") -> list[str]:
    return done(
        "add", name, "--role", "head", "--administration", code, "--password-stdin", stdin=f"{PASSWORD}\n"
    )


def test_an_account_with_a_password_can_sign_in() -> None:
    assert head() == ["The account anna is made."]
    store = open_store(settings.read().database_url)
    opened = sessions.sign_in(store, "anna", PASSWORD, "", "127.0.0.1")
    assert (opened.account.role, opened.account.administration) == ("head", "KE")
    store.close()


def test_an_account_without_a_password_gets_a_link_that_works() -> None:
    lines = done("add", "root", "--role", "system")
    assert lines[0] == "The account root is made."
    said = r"With this link the person sets a password, once, until \d+ \w+ \d{4}, \d\d:\d\d \(UTC\):"
    assert re.fullmatch(said, lines[1])
    origin, _, token = lines[2].partition("/auth/invitation?token=")
    assert origin == "http://127.0.0.1:8501"
    store = open_store(settings.read().database_url)
    assert invitations.accept(store, token, PASSWORD).account.name == "root"
    store.close()


def test_a_link_leads_to_the_address_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setenv("ARUSHA_ORIGIN", "https://integrity.example.org/")
    link = done("add", "root", "--role", "system")[2]
    assert link.startswith("https://integrity.example.org/auth/invitation?token=")


def test_a_new_invitation_replaces_the_one_before() -> None:
    first = done("add", "root", "--role", "system")[2].partition("token=")[2]
    second = done("invite", "ROOT")[1].partition("token=")[2]
    store = open_store(settings.read().database_url)
    assert invitations.look(store, first) is None
    assert invitations.look(store, second)
    store.close()


def test_every_role_is_made_with_what_it_needs() -> None:
    done(
        "add",
        "a",
        "--role",
        "contributor",
        "--administration",
        "XA",
        "--factors",
        "leadership, relationship,",
    )
    done("add", "b", "--role", "reviewer", "--assigned", "XA,KE")
    done("add", "c", "--role", "regional_office", "--region", "europe")
    rows = json.loads("\n".join(done("list", "--json")))
    assert [(row["name"], row["role"]) for row in rows] == [
        ("a", "contributor"),
        ("b", "reviewer"),
        ("c", "regional_office"),
    ]
    assert rows[0]["factors"] == ["leadership", "relationship"]
    assert rows[1]["assigned"] == ["KE", "XA"]
    assert rows[2]["region"] == "europe"


def test_the_list_says_what_matters_in_words() -> None:
    assert done("list") == ["There is no account yet."]
    assert done("list", "--json") == ["[]"]
    head()
    done("add", "Bo", "--role", "contributor", "--administration", "XA", "--factors", "leadership")
    done("disable", "bo")
    assert done("list") == [
        "anna  head         KE",
        "Bo    contributor  XA  leadership  disabled, no password yet",
    ]
    (anna, _) = json.loads("\n".join(done("list", "--json")))
    assert list(anna) == [
        *("name", "role", "administration", "region", "factors", "assigned"),
        *("disabled", "password", "second_step", "made_at"),
    ]
    assert (anna["disabled"], anna["password"], anna["second_step"]) == (False, True, False)
    assert PASSWORD not in str(anna)


def test_an_account_is_changed_disabled_and_enabled() -> None:
    head()
    assert done("change", "anna", "--role", "observer", "--administration", "FR") == [
        "The account anna is changed; its sessions have ended."
    ]
    assert done("disable", "Anna") == ["The account Anna is disabled; its sessions have ended."]
    refused(account("invite", "anna"), "anna: The account is disabled. Enable it first.")
    assert done("enable", "anna") == ["The account anna can sign in again."]
    store = open_store(settings.read().database_url)
    found = accounts.find(LOCAL, store, "anna")
    assert (found.role, found.administration, found.disabled) == ("observer", "FR", False)
    assert {record.actor for record in trail(store)} == {"local"}
    store.close()


def test_every_fault_is_said_at_once_and_nothing_is_made() -> None:
    result = account(
        "add",
        *("arusha", "--role", "contributer", "--administration", "uk"),
        *("--region", "euro", "--assigned", "XX,QQ,xa", "--password-stdin"),
        stdin="arusha\n",
    )
    refused(result)
    assert result.stderr.splitlines() == [
        "role: There is no role contributer. Did you mean contributor?",
        (
            "administration: uk is not the code of an administration. "
            "Use the two-letter ISO 3166 code in capitals, e.g. KE."
        ),
        "region: There is no region euro. Did you mean europe?",
        (
            "assigned: xa is not the code of an administration. "
            "Use the two-letter ISO 3166 code in capitals, e.g. KE."
        ),
        (
            "assigned: QQ is not the code of a WCO Member. "
            "Use the two-letter ISO 3166 code in capitals, or XA to XZ for a fictional administration."
        ),
        (
            "password: The password has 6 characters; at least 15 are needed. "
            "Use several words that do not belong together."
        ),
        "password: The password holds the name of the program. Leave it out.",
        (
            "password: This password is easily guessed. "
            "Use several words that do not belong together, or let a password manager make one."
        ),
    ]
    assert done("list") == ["There is no account yet."]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("UK", "administration: UK is not the code of a WCO Member. Did you mean GB?"),
        ("QZ", "administration: QZ is not the code of a WCO Member. Use the two-letter ISO 3166 code"),
    ],
)
def test_an_administration_has_to_be_one(code: str, said: str) -> None:
    head()
    refused(account("add", "x", "--role", "head", "--administration", code), said)
    refused(account("change", "anna", "--administration", code), said)


@pytest.mark.parametrize("stdin", ["", "\n", "\r\n"])
def test_no_password_on_stdin_is_refused(stdin: str) -> None:
    result = account("add", "root", "--role", "system", "--password-stdin", stdin=stdin)
    refused(result, "password: There is no password on stdin. Send it as one line.")
    assert done("list") == ["There is no account yet."]


@pytest.mark.parametrize(
    "stdin", [b"\xff\xfe" * 20 + b"\n", b"kilimanjaro coffee\0 rail 8\n", b"q7W" * 10_000]
)
def test_a_password_of_bytes_that_are_no_text_or_without_end_is_refused(stdin: bytes) -> None:
    result = account("add", "root", "--role", "system", "--password-stdin", stdin=stdin)
    refused(result, "password: ")
    assert done("list") == ["There is no account yet."]


@pytest.mark.parametrize("command", ["disable", "enable", "invite", "change"])
def test_a_name_without_account_is_refused(command: str) -> None:
    refused(
        account(command, "nobody"),
        "nobody: There is no account of this name. Choose one that `account list` shows.",
    )


def test_a_name_is_given_once_and_an_administrator_stays() -> None:
    done("add", "root", "--role", "system")
    refused(account("add", "ROOT", "--role", "system"), "name: There is an account of the name ROOT")
    refused(account("disable", "root"), "root: This is the last system administrator who can sign in.")
    refused(account("change", "root", "--role", "donor"), "root: This is the last system administrator")


def test_somebody_who_lost_the_second_step_is_invited_without_it() -> None:
    head()
    lines = done("invite", "anna", "--without-second-step")
    assert "/auth/invitation?token=" in lines[1]
    store = open_store(settings.read().database_url)
    assert '"without_second_step": true' in trail(store)[-1].details
    store.close()


@pytest.mark.parametrize("arguments", [["add"], ["add", "x"], ["disable"], ["list", "x"], ["remove", "x"]])
def test_wrong_usage_ends_with_two_and_touches_nothing(arguments: list[str], home: Path) -> None:
    assert account(*arguments).exit_code == 2
    assert not home.exists()


def test_it_works_as_a_person_calls_it(home: Path) -> None:
    made = run("account", "add", "root", "--role", "system", ARUSHA_MODE="server")
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"/auth/invitation?token=" in made.stdout
    assert call("account", "list").stdout.splitlines() == ["root  system      no password yet"]
