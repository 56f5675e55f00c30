"""The cookie of a session: what it is called, how a browser must treat it, and that it goes no further."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.responses import Response

from arusha.access.web import cookies
from arusha.settings import Settings

TOKEN = "q" * 43
PLAIN = Settings(Path(), "", "", mode="server")
SECURE = Settings(Path(), "", "", mode="server", origin="https://integrity.example.org")
FOREIGN = Settings(Path(), "", "", mode="server", origin=SECURE.origin, oidc_issuer="https://id.example.org")


def given_by(now: Settings) -> tuple[str, set[str]]:
    response = Response()
    cookies.give(response, now, TOKEN)
    said, *attributes = response.headers["set-cookie"].split("; ")
    return said, {one.lower() for one in attributes}


def test_behind_tls_browsers_hold_it_to_this_host_and_to_tls() -> None:
    assert given_by(SECURE) == (
        f"__Host-arusha={TOKEN}",
        {"httponly", "path=/", "samesite=strict", "secure"},
    )


def test_without_tls_it_has_another_name() -> None:
    assert given_by(PLAIN) == (f"arusha={TOKEN}", {"httponly", "path=/", "samesite=strict"})


def test_people_come_back_from_another_provider_with_it() -> None:
    assert given_by(FOREIGN)[1] == {"httponly", "path=/", "samesite=lax", "secure"}


@pytest.mark.parametrize("now", [PLAIN, SECURE, FOREIGN])
def test_it_is_taken_back_as_it_was_given(now: Settings) -> None:
    response = Response()
    cookies.take_back(response, now)
    said, *attributes = response.headers["set-cookie"].split("; ")
    assert said == f'{cookies.name(now)}=""'
    assert {one.lower() for one in attributes} - {"max-age=0"} >= given_by(now)[1]
    assert "Max-Age=0" in attributes


def sent(*lines: str) -> list[tuple[bytes, bytes]]:
    return [(b"host", b"127.0.0.1"), *((b"cookie", line.encode("latin-1")) for line in lines)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([f"arusha={TOKEN}"], TOKEN),
        ([f"a=b; arusha={TOKEN}; c=d"], TOKEN),
        ([f"a=b;arusha={TOKEN};c=d"], TOKEN),
        (["a=b", f"arusha={TOKEN}"], TOKEN),
        ([f"arusha=short; arusha={TOKEN}"], TOKEN),
        ([f"__Host-arusha={TOKEN}"], ""),
        ([f"xarusha={TOKEN}"], ""),
        ([f"Arusha={TOKEN}"], ""),
        (["arusha=" + "q" * 200], ""),
        (["arusha=' OR 1=1 --aaaaaaaaaaaaa"], ""),
        ([], ""),
    ],
)
def test_only_what_can_be_a_token_is_looked_up(lines: list[str], found: str) -> None:
    assert cookies.token_in(sent(*lines), PLAIN) == found


def test_behind_tls_a_cookie_without_the_prefix_is_no_token() -> None:
    """A page of a neighbouring host could have set it."""
    assert cookies.token_in(sent(f"arusha={TOKEN}"), SECURE) == ""


@pytest.mark.parametrize(
    "line", [f"arusha={TOKEN}", f"a=b; arusha={TOKEN}; c=d", f"arusha={TOKEN}; arusha=x", "a=b"]
)
def test_the_token_goes_no_further(line: str) -> None:
    passed = cookies.without_token(sent(line), PLAIN)
    assert cookies.token_in(passed, PLAIN) == ""
    assert TOKEN.encode() not in b"".join(value for _, value in passed)
    assert (b"host", b"127.0.0.1") in passed


def test_other_cookies_do() -> None:
    passed = cookies.without_token(sent("a=b", f"arusha={TOKEN}; c=d"), PLAIN)
    assert (b"cookie", b"a=b; c=d") in passed


@given(some.lists(some.text(alphabet="abc=; \"'é", max_size=30), max_size=4))
def test_what_is_passed_on_never_holds_a_token(lines: list[str]) -> None:
    given_ = sent(*lines, f"arusha={TOKEN}")
    assert cookies.token_in(cookies.without_token(given_, PLAIN), PLAIN) == ""
