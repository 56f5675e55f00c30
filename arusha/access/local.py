"""Local mode: one person or office on one computer, without accounts, so on this computer only."""

from ipaddress import ip_address

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from questionnaires.problems import N_, refuse

ADDRESS = "server.address"


def refuse_other_addresses(address: str | None) -> None:
    """Raise ``Refused`` unless the server listens on this computer's own address."""
    if not address or not is_this_computer(address):
        fault = N_(
            "The program has no accounts in this mode, so it is served on this computer only, "
            "not on {address}."
        )
        remedy = N_("Start it with --server.address 127.0.0.1, or leave the address out.")
        raise refuse(ADDRESS, fault, remedy, address=address or "0.0.0.0")  # noqa: S104 - named, not bound


def is_this_computer(address: str) -> bool:
    """Return whether an address is the loopback of this computer."""
    try:
        return address == "localhost" or ip_address(address).is_loopback
    except ValueError:
        return False


def _is_for_this_computer(scope: Scope) -> bool:
    """Return whether a request arrived on the loopback address, and asked for it by that name.

    A page from elsewhere can have its own name lead to this computer; it then asks by that name.
    """
    arrived = (scope.get("server") or ("", 0))[0]
    asked = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return all(is_this_computer(host) for host in (arrived, *map(_without_port, asked)))


def _without_port(host: str) -> str:
    """Return the host of ``host:port``, with the brackets of an IPv6 address taken away."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    return name.removeprefix("[").removesuffix("]")


class OnThisComputerOnly:
    """Refuse every request that did not arrive on the loopback address, however the server was started."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it came over loopback, by its name; answer 403 otherwise."""
        if scope["type"] == "lifespan" or _is_for_this_computer(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            said = "This program is served on its own computer only: open http://127.0.0.1 there."
            await PlainTextResponse(said, status_code=403)(scope, receive, send)
