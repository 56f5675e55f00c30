"""Its Host tells whether a request was meant for this server, its Origin whether it came from here."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from arusha.access.web.origins import Address

PUBLIC = Address("https://Integrity.example.org")
WITH_PORT = Address("https://integrity.example.org:8443")
PLAIN = Address("http://integrity.example.org")
HERE = Address("")


@pytest.mark.parametrize(
    ("address", "host", "known"),
    [
        (PUBLIC, "integrity.example.org", "integrity.example.org"),
        (PUBLIC, "INTEGRITY.example.org", "integrity.example.org"),
        (PUBLIC, "integrity.example.org:443", "integrity.example.org"),
        (PUBLIC, "integrity.example.org:80", ""),
        (PUBLIC, "integrity.example.org.", ""),
        (PUBLIC, "integrity.example.org@evil.example", ""),
        (PUBLIC, "127.0.0.1", ""),
        (PUBLIC, "", ""),
        (PLAIN, "integrity.example.org:80", "integrity.example.org"),
        (PLAIN, "integrity.example.org:443", ""),
        (WITH_PORT, "integrity.example.org:8443", "integrity.example.org:8443"),
        (WITH_PORT, "integrity.example.org", ""),
        (HERE, "127.0.0.1:8501", "127.0.0.1:8501"),
        (HERE, "localhost", "localhost"),
        (HERE, "localhost:80", "localhost"),
        (HERE, "[::1]:8501", "[::1]:8501"),
        (HERE, "[::1]", "[::1]"),
        (HERE, "[::1", ""),
        (HERE, "[::1]evil.example", ""),
        (HERE, "[::2]:8501", ""),
        (HERE, "evil.example", ""),
        (HERE, "localhost.evil.example", ""),
        (HERE, "127.0.0.1.evil.example", ""),
        (HERE, "2130706433", ""),
        (HERE, "", ""),
    ],
)
def test_a_request_is_meant_for_this_server(address: Address, host: str, known: str) -> None:
    assert address.meant_by(host) == known


@pytest.mark.parametrize(
    ("address", "host", "origin", "is_own"),
    [
        (PUBLIC, "integrity.example.org", "https://integrity.example.org", True),
        (PUBLIC, "integrity.example.org", "https://INTEGRITY.example.org", True),
        (PUBLIC, "integrity.example.org", "http://integrity.example.org", False),
        (PUBLIC, "integrity.example.org", "https://integrity.example.org.evil.example", False),
        (PUBLIC, "integrity.example.org", "https://evil.example", False),
        (PUBLIC, "integrity.example.org", "null", False),
        (PUBLIC, "integrity.example.org", "", False),
        (PUBLIC, "", "https://", False),
        (HERE, "127.0.0.1:8501", "http://127.0.0.1:8501", True),
        (HERE, "127.0.0.1:8501", "http://localhost:8501", False),
        (HERE, "127.0.0.1:8501", "http://127.0.0.1:8502", False),
        (HERE, "127.0.0.1:8501", "https://127.0.0.1:8501", False),
        (HERE, "", "http://", False),
    ],
)
def test_a_page_of_this_server_sent_it(address: Address, host: str, origin: str, is_own: bool) -> None:
    assert address.is_own(origin, host) is is_own


@given(some.text(max_size=30))
def test_no_other_name_is_ever_the_servers(host: str) -> None:
    assert PUBLIC.meant_by(host) in ("", "integrity.example.org")
    if PUBLIC.meant_by(host):
        assert host.lower().removesuffix(":443") == "integrity.example.org"


def test_streamlit_is_told_the_name_without_the_port() -> None:
    assert (PUBLIC.host, WITH_PORT.host, HERE.host) == ("integrity.example.org", "integrity.example.org", "")
