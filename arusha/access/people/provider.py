"""An OpenID Connect provider: what it publishes about itself, and the code it gave turned into a token.

Nothing but JSON of a limited size is read, within a few seconds, over TLS unless it is on this computer, and
never from where it was redirected to.
"""

import asyncio
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from joserfc.jwk import KeySet

from arusha.access.local import is_this_computer
from arusha.access.people.id_tokens import Failed, keys_of
from questionnaires.problems import N_

SECONDS = 5.0
BIGGEST = 262_144  # bytes
KEPT = 3600.0  # seconds that what a provider publishes is used without asking again
SPARED = 60.0  # seconds in which it is not asked for new keys again
PUBLISHED = "/.well-known/openid-configuration"
BASIC, POST = "client_secret_basic", "client_secret_post"

AWAY = N_("The sign-in provider does not answer as it should.")
NOT_LET_IN = N_("The sign-in provider did not let you in.")


@dataclass(frozen=True)
class Description:
    """What a provider says of itself: where to send people, where to turn a code into a token, and how."""

    authorization: str
    token: str
    keys: str
    takes_basic: bool
    names_itself: bool

    def leading(self, asked: Mapping[str, str]) -> str:
        """Return the address to send a person to, with what is asked there."""
        return str(httpx.URL(self.authorization).copy_merge_params(asked))


@dataclass(frozen=True)
class Client:
    """This program as the provider knows it."""

    name: str
    secret: str


class Provider:
    """One provider, known by its issuer; what it publishes is kept for an hour."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._described: tuple[float, Description] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def description(self) -> Description:
        """Return what the provider says of itself; raise ``Failed`` when it cannot be used."""
        if self._described is None or monotonic() - self._described[0] > KEPT:
            said = await _json("GET", self.issuer.rstrip("/") + PUBLISHED)
            self._described = (monotonic(), _description(said, self.issuer))
        return self._described[1]

    async def keys(self, *, anew: bool = False) -> KeySet:
        """Return the keys it signs with; ``anew`` asks again, though not more than once a minute."""
        longest = SPARED if anew else KEPT
        if self._keys is None or monotonic() - self._keys[0] > longest:
            said = await _json("GET", (await self.description()).keys)
            self._keys = (monotonic(), keys_of(said))
        return self._keys[1]

    async def token_for(self, code: str, verifier: str, back: str, client: Client) -> str:
        """Return the ID token that belongs to a code; raise ``Failed`` when the provider gives none."""
        described = await self.description()
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        if described.takes_basic:
            auth = httpx.BasicAuth(quote(client.name, safe=""), quote(client.secret, safe=""))
            said = await _json("POST", described.token, data=sent, auth=auth)
        else:
            secret = {"client_id": client.name, "client_secret": client.secret}
            said = await _json("POST", described.token, data=sent | secret)
        token = said.get("id_token")
        if not isinstance(token, str):
            raise Failed("token")
        return token


@lru_cache(maxsize=4)
def provider(issuer: str) -> Provider:
    """Return the provider of an issuer, the same for everybody."""
    return Provider(issuer)


def _description(said: Mapping[str, Any], issuer: str) -> Description:
    if said.get("issuer") != issuer:
        raise Failed("issuer", AWAY)
    methods = said.get("token_endpoint_auth_methods_supported", [BASIC])
    if not isinstance(methods, list) or (BASIC not in methods and POST not in methods):
        raise Failed("method", AWAY)
    described = Description(
        authorization=str(said.get("authorization_endpoint", "")),
        token=str(said.get("token_endpoint", "")),
        keys=str(said.get("jwks_uri", "")),
        takes_basic=BASIC in methods,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )
    if not all(is_safe(one) for one in (described.authorization, described.token, described.keys)):
        raise Failed("addresses", AWAY)
    return described


def is_safe(address: str) -> bool:
    """Return whether an address is reached over TLS, or is on this computer."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(host))


async def _json(method: str, address: str, **more: Any) -> Mapping[str, Any]:
    """Return the JSON object at an address; raise ``Failed`` for anything else."""
    if not is_safe(address):
        raise Failed("address", AWAY)
    try:
        async with asyncio.timeout(SECONDS):
            status, body = await _read(method, address, **more)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, OSError) as error:
        raise Failed("away", AWAY) from error
    if status in (400, 401, 403) and method == "POST":
        raise Failed("code", NOT_LET_IN)
    try:
        said = json.loads(body) if status == 200 else None
    except (ValueError, RecursionError) as error:
        raise Failed("answer", AWAY) from error
    if not isinstance(said, dict):
        raise Failed("answer", AWAY)
    return said


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Return whom to believe about who they are; to read that takes longer than to ask."""
    return httpx.create_ssl_context()


async def _read(method: str, address: str, **more: Any) -> tuple[int, bytes]:
    """Return status and body as they were sent: what is packed small could unpack to anything."""
    headers = {"accept": "application/json", "accept-encoding": "identity"}
    on_this_computer = is_this_computer(urlsplit(address).hostname or "")
    client = httpx.AsyncClient(
        verify=_trusted(), timeout=SECONDS, follow_redirects=False, trust_env=not on_this_computer
    )
    async with client, client.stream(method, address, headers=headers, **more) as answer:
        body = b""
        async for part in answer.aiter_raw():
            body += part
            if len(body) > BIGGEST:
                raise Failed("size", AWAY)
        return answer.status_code, body
