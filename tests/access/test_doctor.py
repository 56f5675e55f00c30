"""What the doctor calls unsafe: each rule, and the sentence it says."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit import config

from arusha.access.checkup import doctor, surroundings
from arusha.access.checkup.doctor import Found, Person
from arusha.settings import Settings
from questionnaires.problems import Problem

LOCAL = Settings(Path("/home"), "sqlite:////home/arusha.sqlite", "")
SERVER = replace(LOCAL, mode="server", second_step="required", origin="https://integrity.example.org")
PROVIDER = replace(SERVER, oidc_issuer="https://login.example", oidc_client="x", oidc_secret_file="/s")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAFE = Person(
    "Ada", "system", has_password=True, has_second_step=True, has_provider=False, has_invitation=False
)
USUAL = {**doctor.OPTIONS, doctor.HOSTS: ["integrity.example.org"]}


def told(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def test_a_server_over_tls_where_everyone_proves_themselves_twice_is_safe() -> None:
    assert told(doctor.of_serving(SERVER, has_accounts=True)) == []
    assert told(doctor.of_serving(PROVIDER, has_accounts=True)) == []
    assert told(doctor.of_serving(replace(SERVER, origin=""), has_accounts=True)) == []
    assert told(doctor.of_serving(LOCAL, has_accounts=False)) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (
            LOCAL,
            (
                "ARUSHA_MODE: There are accounts, yet nobody has to sign in: the program runs in local mode. "
                "Set ARUSHA_MODE=server."
            ),
        ),
        (
            replace(SERVER, origin="http://integrity.example.org"),
            (
                "ARUSHA_ORIGIN: Passwords and the cookies of sessions can be read on the way: there is no "
                "TLS. Put a proxy with TLS in front, and set ARUSHA_ORIGIN to its https address."
            ),
        ),
        (
            replace(SERVER, second_step="optional"),
            (
                "ARUSHA_SECOND_STEP: Whether they prove themselves a second time is left to each person. "
                "Set ARUSHA_SECOND_STEP=required."
            ),
        ),
        (
            replace(PROVIDER, oidc_issuer="http://login.example"),
            (
                "ARUSHA_OIDC_ISSUER: What the provider says can be changed on the way: there is no TLS. "
                "Use the https address of the provider."
            ),
        ),
        (
            replace(PROVIDER, oidc_client=""),
            (
                "ARUSHA_OIDC_CLIENT: A provider is named, and this setting is missing, so nobody can sign in "
                "with it. Set it as the provider tells."
            ),
        ),
        (
            replace(PROVIDER, oidc_secret_file=""),
            (
                "ARUSHA_OIDC_SECRET_FILE: A provider is named, and this setting is missing, so nobody can "
                "sign in with it. Set it as the provider tells."
            ),
        ),
    ],
)
def test_each_unsafe_setting_is_named(now: Settings, said: str) -> None:
    assert told(doctor.of_serving(now, has_accounts=True)) == [said]


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("http://integrity.example.org", True),
        ("http://10.0.0.1:8501", True),
        ("http://127.0.0.1:8501", False),
        ("http://localhost", False),
        ("https://integrity.example.org", False),
        ("", False),
    ],
)
def test_only_what_leaves_this_computer_needs_tls(address: str, is_open: bool) -> None:
    assert doctor.is_open_on_the_way(address) is is_open


def test_the_program_comes_with_safe_options() -> None:
    assert told(doctor.of_options(surroundings.options({}))) == []


@pytest.mark.parametrize("name", doctor.OPTIONS)
def test_every_option_that_is_other_or_missing_is_named(name: str) -> None:
    wanted = doctor.OPTIONS[name]
    other = (not wanted) if isinstance(wanted, bool) else "other"
    (problem,) = doctor.of_options({**USUAL, name: other})
    assert problem.place == name
    assert (
        f"This option of Streamlit is {str(other).lower()}, and it has to be {str(wanted).lower()}."
        in str(problem)
    )
    (problem,) = doctor.of_options({key: value for key, value in USUAL.items() if key != name})
    assert "This option of Streamlit is –, and it has to be" in str(problem)
    assert "Set it in .streamlit/config.toml beside app.py, and nowhere else." in str(problem)


@pytest.mark.parametrize("hosts", [None, [], ["*"], ["a.example", "*.example"], "a.example"])
def test_hosts_have_to_be_named(hosts: object) -> None:
    said = "Streamlit answers under any name, so another site can lead a browser here. Name only the hosts"
    assert [said in one for one in told(doctor.of_options({**USUAL, doctor.HOSTS: hosts}))] == [True]


@pytest.mark.parametrize("name", [*doctor.OPTIONS, doctor.HOSTS])
def test_an_option_is_looked_for_where_streamlit_looks(name: str) -> None:
    assert surroundings.variable_of(name) == config.get_config_options()[name].env_var


@pytest.mark.parametrize(
    ("variable", "said", "found"),
    [
        ("STREAMLIT_SERVER_ENABLE_CORS", "false", ("server.enableCORS", False)),
        ("STREAMLIT_SERVER_ENABLE_CORS", "True", ("server.enableCORS", True)),
        ("STREAMLIT_SERVER_ENABLE_AGENT_API", "1", ("server.enableAgentApi", True)),
        ("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full", ("client.showErrorDetails", "full")),
        ("STREAMLIT_SERVER_ALLOWED_HOSTS", "a b", ("server.allowedHosts", ["a", "b"])),
    ],
)
def test_the_environment_counts_more_than_the_file(
    variable: str, said: str, found: tuple[str, object]
) -> None:
    assert surroundings.options({variable: said})[found[0]] == found[1]


@pytest.mark.parametrize("content", [None, "[server", "\udc80"])
def test_without_a_file_that_can_be_read_every_option_is_missing(content: str | None, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    if content is not None:
        file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert len(told(doctor.of_options(surroundings.options({}, file)))) == len(doctor.OPTIONS) + 1


@pytest.mark.parametrize(
    ("use", "mode", "said"),
    [
        ("", 0o600, ""),
        ("", 0o700, ""),
        ("", 0o640, "Others on this computer can read or change it. Take that right away: chmod go-rwx."),
        ("", 0o602, "Others on this computer can read or change it."),
        ("home", 0o750, ""),
        (
            "home",
            0o751,
            "Everyone on this computer can look into the folder of the database. Take that right",
        ),
        ("around keys", 0o755, ""),
        (
            "around keys",
            0o777,
            "Everyone on this computer can put another folder of keys here. Move the keys",
        ),
    ],
)
def test_what_others_may_do_with_a_file_is_told(use: str, mode: int, said: str) -> None:
    found = told(doctor.of_files([Found("/x", mode, use)]))
    assert len(found) == bool(said)
    assert all(one.startswith(f"/x: {said}") for one in found)


@given(st.integers(0, 0o777))
def test_a_file_is_safe_only_when_no_other_has_any_right(mode: int) -> None:
    assert (not told(doctor.of_files([Found("/x", mode)]))) == (mode & 0o077 == 0)


def test_an_older_database_is_told() -> None:
    assert told(doctor.of_version("x", "0003", "0003")) == []
    assert told(doctor.of_version("x", "0001", "0003")) == [
        (
            "x: The database is of version 0001, older than this program, which knows 0003. "
            "Make a backup, then bring it up to date with the command upgrade."
        ),
    ]


def test_how_sqlite_keeps_what_is_written_is_told() -> None:
    assert told(doctor.of_sqlite("x", 2, logs_ahead=True)) == []
    assert told(doctor.of_sqlite("x", 1, logs_ahead=False)) == [
        (
            "x: The database has no write-ahead log, so whoever reads waits for whoever writes. "
            "Keep it on a disk of this computer, and start the program once."
        ),
        (
            "x: What was saved last is lost when the power fails. "
            "Let the program open the database, which sets synchronous=FULL."
        ),
    ]


def test_a_server_without_a_system_administrator_is_told() -> None:
    assert told(doctor.of_people([SAFE])) == []
    said = ["accounts: There is no system administrator. Add one: account add NAME --role system."]
    assert told(doctor.of_people([replace(SAFE, role="head")])) == said
    assert told(doctor.of_people([])) == said


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (replace(SAFE, has_second_step=False), "This system administrator signs in with a password alone."),
        (replace(SAFE, has_second_step=False, has_password=False, has_provider=True), ""),
        (replace(SAFE, role="head", has_second_step=False), ""),
        (replace(SAFE, has_password=False), "Nobody can sign in to this account. Invite the person again"),
        (replace(SAFE, has_password=False, has_invitation=True), ""),
        (replace(SAFE, has_password=False, has_provider=True), ""),
    ],
)
def test_an_account_that_is_unsafe_or_of_no_use_is_told(person: Person, said: str) -> None:
    found = told(doctor.of_people([replace(person, name="Bo\nb"), SAFE]))
    assert len(found) == bool(said)
    assert all(one.startswith(f"Bo�b: {said}") for one in found)


def test_a_sign_off_without_an_anchor_is_told() -> None:
    assert told(doctor.of_anchors("f", 0, 0)) == told(doctor.of_anchors("f", 7, 7)) == []
    assert told(doctor.of_anchors("f", 8, 7)) == [
        (
            "f: The newest sign-off has no anchor, so its record could be cut off unseen. "
            "Make it possible to write this file, or put it back from a copy."
        ),
    ]


def test_secrets_that_are_missing_or_spoilt_are_told() -> None:
    remedy = "Put back the file from its copy; a new secret does not fit what was kept with the old one."
    assert told(doctor.of_keys("k", ["trail"], ["codes"])) == [
        f"k/trail: This secret is needed and is not there. {remedy}",
        f"k/codes: This secret cannot be read, or it is not one. {remedy}",
    ]


@pytest.mark.parametrize("seconds", [-5, 0, 5])
def test_clocks_may_differ_a_little(seconds: int) -> None:
    later = NOW + timedelta(seconds=seconds)
    assert told(doctor.of_clocks("x", later, NOW, later)) == []


def test_clocks_that_differ_are_told() -> None:
    remedy = "Let every server take the time from the same source (NTP)."
    assert told(doctor.of_clocks("x", NOW - timedelta(minutes=1), NOW, None)) == [
        f"x: The clocks of the database and of the program differ by 60 s. {remedy}"
    ]
    assert told(doctor.of_clocks("x", NOW, NOW, NOW + timedelta(hours=1))) == [
        f"trail: The newest record of the trail is dated 3600 s from now. {remedy}"
    ]
    assert told(doctor.of_clocks("x", NOW, NOW, NOW - timedelta(days=900))) == []


def test_a_disk_that_is_nearly_full_is_told() -> None:
    assert told(doctor.of_disk("/", 1024 * 2**20)) == []
    assert told(doctor.of_disk("/", 1024 * 2**20 - 1)) == [
        "/: Only 1023 MiB are free on this disk. Free some space, or use a larger disk."
    ]
