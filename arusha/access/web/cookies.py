"""The cookie of a signed-in browser: it holds the session's token and nothing else."""

import re
from collections.abc import Iterable

from starlette.responses import Response

from arusha.settings import Settings

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")
Pairs = Iterable[tuple[bytes, bytes]]


def name(now: Settings) -> str:
    """Return the cookie's name; the prefix makes browsers hold it to TLS, this host and every path."""
    return "__Host-arusha" if now.is_secure else "arusha"


def give(response: Response, now: Settings, token: str) -> None:
    """Put the token into the browser until it is closed."""
    _set(response, now, token, max_age=None)


def take_back(response: Response, now: Settings) -> None:
    """Remove the token from the browser."""
    _set(response, now, "", max_age=0)


def token_in(headers: Pairs, now: Settings) -> str:
    """Return the token among a request's headers, '' when there is none that could be one."""
    mine = f"{name(now)}="
    for said in _said(headers):
        if said.startswith(mine) and TOKEN.fullmatch(said.removeprefix(mine)):
            return said.removeprefix(mine)
    return ""


def without_token(headers: Pairs, now: Settings) -> list[tuple[bytes, bytes]]:
    """Return a request's headers without the token, which goes no further than to who looked it up."""
    mine = f"{name(now)}="
    kept = "; ".join(said for said in _said(headers) if not said.startswith(mine))
    others = [(key, value) for key, value in headers if key != b"cookie"]
    return [*others, (b"cookie", kept.encode("latin-1"))] if kept else others


def _said(headers: Pairs) -> list[str]:
    """Return each ``name=value`` that the browser sent."""
    lines = [value.decode("latin-1") for key, value in headers if key == b"cookie"]
    return [said for line in lines for part in line.split(";") if (said := part.strip())]


def _set(response: Response, now: Settings, value: str, *, max_age: int | None) -> None:
    """Set it for this host; ``lax`` where people come back from another provider with a session."""
    response.set_cookie(
        name(now),
        value,
        max_age=max_age,
        path="/",
        secure=now.is_secure,
        httponly=True,
        samesite="lax" if now.oidc_issuer else "strict",
    )
