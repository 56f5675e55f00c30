"""What a request says is read carefully: its fields, its languages, the network it comes from."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.requests import Request

from arusha.access.web import asking
from arusha.access.web.asking import Unreadable
from arusha.settings import Settings
from tests.awaiting import result_of

FORM = "application/x-www-form-urlencoded"
NOW = Settings(Path(), "", "", mode="server")
BEHIND = Settings(Path(), "", "", mode="server", client_header="x-real-ip")


def request(body: bytes = b"", kind: str = FORM, client: Any = ("192.0.2.7", 1), **headers: str) -> Request:
    sent = {"content-type": kind, **{name.replace("_", "-"): said for name, said in headers.items()}}
    parts = [
        {"type": "http.request", "body": body[n : n + 1000], "more_body": True}
        for n in range(0, len(body), 1000)
    ]
    parts.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Any:
        return parts.pop(0)

    raw = [(name.encode(), said.encode("latin-1")) for name, said in sent.items() if said]
    return Request({"type": "http", "method": "POST", "headers": raw, "client": client}, receive)


def fields(*given: Any) -> dict[str, str]:
    return result_of(asking.fields(request(*given)))


def test_a_form_is_read_field_by_field() -> None:
    assert fields(b"name=Alice+Diop&password=%C3%A9t%C3%A9&code=") == {
        "name": "Alice Diop", "password": "été", "code": "",
    }  # fmt: skip


def test_a_form_without_fields_has_none() -> None:
    assert fields(b"", "") == {}
    assert fields(b"", FORM) == {}


def test_the_last_of_a_field_sent_twice_counts() -> None:
    assert fields(b"name=a&name=b") == {"name": "b"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"name": "a"}', "application/json", 415),
        (b"name=a", "text/plain", 415),
        (b"name=a", "", 415),
        (b"name=" + b"a" * asking.BIGGEST, FORM, 413),
        (b"&".join(b"f%d=x" % n for n in range(asking.MOST_FIELDS + 1)), FORM, 400),
        (b"name=\xff", FORM, 400),
    ],
)
def test_what_is_no_form_is_refused(body: bytes, kind: str, status: int) -> None:
    with pytest.raises(Unreadable) as refused:
        fields(body, kind)
    assert refused.value.status == status


def test_the_longest_passwords_fit_three_times() -> None:
    typed = "%F0%9F%94%91" * 256
    assert len(fields(f"old={typed}&new={typed}&again={typed}".encode())["again"]) == 256


@given(some.binary(max_size=200))
def test_nothing_else_ever_happens(body: bytes) -> None:
    with suppress(Unreadable):
        assert all(isinstance(said, str) for said in fields(body).values())


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr", "fr"), ("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("en;q=0.8, fr;q=0.9", "fr"),
        ("de, fr;q=0.4", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"), ("FR", "fr"), ("fr;q=0", ""), ("fr;q=x", ""), ("*", ""), ("", ""),
        ("de", ""), ("fr;q=", "fr"), (",,,;;;", ""), ("x" * 10_000, ""),
    ],
)  # fmt: skip
def test_the_language_wanted_most_is_spoken(accepted: str, language: str) -> None:
    assert asking.language(accepted) == language


@pytest.mark.parametrize(
    ("now", "headers", "network"),
    [
        (NOW, {}, "192.0.2.7"),
        (NOW, {"x_real_ip": "198.51.100.1"}, "192.0.2.7"),
        (BEHIND, {"x_real_ip": "198.51.100.1"}, "198.51.100.1"),
        (BEHIND, {"x_real_ip": "2001:db8::1"}, "2001:db8::1"),
        (BEHIND, {"x_real_ip": "203.0.113.9, 198.51.100.1"}, "198.51.100.1"),
        (BEHIND, {"x_real_ip": "somebody"}, "192.0.2.7"),
        (BEHIND, {"x_real_ip": ""}, "192.0.2.7"),
        (BEHIND, {}, "192.0.2.7"),
    ],
)
def test_the_network_is_what_the_proxy_saw(now: Settings, headers: dict[str, str], network: str) -> None:
    assert asking.network(request(**headers), now) == network  # type: ignore[arg-type]


def test_a_request_over_a_socket_file_has_no_network() -> None:
    assert asking.network(request(client=None), NOW) == ""
