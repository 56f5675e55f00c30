"""Local mode has no accounts, so it is served on this computer only, however it was started."""

from typing import Any

import pytest

from arusha.access.local import OnThisComputerOnly, is_this_computer, refuse_other_addresses
from questionnaires.problems import Refused
from tests.awaiting import result_of

HERE = ["127.0.0.1", "127.0.0.2", "127.255.255.255", "::1", "localhost"]
ELSEWHERE = [
    "0.0.0.0", "::",  # noqa: S104 - refused
    "192.168.1.5", "10.0.0.1", "8.8.8.8", "fe80::1", "2001:db8::1", "example.org", "",
    "localhost.example.org", "127.0.0.1.example.org", "127.1", "0x7f000001", "2130706433", "/run/arusha.sock",
    " 127.0.0.1", "127.0.0.1:8501", "[::1]",
]  # fmt: skip


@pytest.mark.parametrize("address", HERE)
def test_a_loopback_address_is_this_computer(address: str) -> None:
    assert is_this_computer(address)
    refuse_other_addresses(address)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_other_address_is_this_computer(address: str) -> None:
    assert not is_this_computer(address)
    with pytest.raises(Refused) as refused:
        refuse_other_addresses(address)
    assert refused.value.problems[0].place == "server.address"
    assert not address or f"not on {address}." in str(refused.value)


def test_no_address_at_all_would_be_every_address_and_is_refused() -> None:
    with pytest.raises(Refused, match=r"not on 0\.0\.0\.0"):
        refuse_other_addresses(None)


def asked(scope: dict[str, Any]) -> tuple[bool, list[dict[str, Any]]]:
    """Send a request through the middleware; return whether the program saw it, and what was answered."""
    seen: list[bool] = []
    sent: list[dict[str, Any]] = []

    async def program(*_: Any) -> None:
        seen.append(True)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    result_of(OnThisComputerOnly(program)(scope, receive, send))
    return bool(seen), sent


def scope(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "method": "GET", "path": "/", "headers": [], **more}


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("address", HERE)
def test_a_request_that_arrived_on_loopback_is_passed_on(kind: str, address: str) -> None:
    assert asked(scope(kind, server=(address, 8501))) == (True, [])


@pytest.mark.parametrize("server", [(address, 8501) for address in ELSEWHERE] + [None, ("/run/x.sock", None)])
def test_any_other_request_is_answered_with_403_and_the_reason(server: Any) -> None:
    seen, sent = asked(scope("http", server=server))
    assert not seen
    assert sent[0]["status"] == 403
    assert b"on its own computer only" in sent[1]["body"]


@pytest.mark.parametrize("server", [("192.168.1.5", 8501), None])
def test_any_other_web_socket_is_closed(server: Any) -> None:
    assert asked(scope("websocket", server=server)) == (False, [{"type": "websocket.close", "code": 1008}])


def test_who_claims_to_come_from_this_computer_is_not_believed() -> None:
    claims = [(b"host", b"127.0.0.1"), (b"x-forwarded-for", b"127.0.0.1"), (b"forwarded", b"for=127.0.0.1")]
    request = scope("http", server=("192.168.1.5", 8501), client=("127.0.0.1", 5000), headers=claims)
    assert not asked(request)[0]


def test_starting_and_stopping_is_no_request() -> None:
    assert asked({"type": "lifespan"}) == (True, [])


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "localhost", "[::1]:8501", "127.0.0.1"])
def test_a_request_by_the_name_of_this_computer_passes(host: str) -> None:
    request = scope("http", server=("127.0.0.1", 8501))
    assert asked(request | {"headers": [(b"host", host.encode())]}) == (True, [])


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "", "192.168.1.5"]
)
def test_a_foreign_name_that_leads_to_this_computer_is_refused(host: str) -> None:
    request = scope("http", server=("127.0.0.1", 8501))
    passed, sent = asked(request | {"headers": [(b"host", host.encode())]})
    assert not passed
    assert sent[0]["status"] == 403
