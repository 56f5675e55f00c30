"""A small OpenID Connect provider that really runs, and that can be told to lie in every way there is."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

CLIENT, SECRET = "arusha & co", "s3cret/with:signs"


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """Serve an app on a free port of this computer; give its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@cache
def rsa(name: str) -> RSAKey:
    """Return a key, the same for a name."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


@cache
def ec(name: str) -> ECKey:
    """Return a key on P-256, the same for a name."""
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"})


Key = RSAKey | ECKey


def signed(claims: dict[str, Any], key: Key, algorithm: str = "RS256", **header: Any) -> str:
    """Return a token; the header may say anything."""
    said = {"alg": algorithm, "kid": key.kid} | header
    return jwt.encode({k: v for k, v in said.items() if v is not None}, claims, key, algorithms=[algorithm])


def without_signature(claims: dict[str, Any]) -> str:
    """Return a token whose header says that it needs no signature."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def signed_with_text(claims: dict[str, Any], key: bytes, kid: str) -> str:
    """Return a token signed by HMAC with anything that is known, for example a public key."""
    said = f"{_part({'alg': 'HS256', 'kid': kid})}.{_part(claims)}"
    seal = hmac.new(key, said.encode(), hashlib.sha256).digest()
    return f"{said}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"


def _part(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


@dataclass
class Provider:
    """A provider: who signs in there is ``person``; what it answers can be changed before it is asked.

    ``claims`` change what a token says (None leaves one out, a function is given the time), ``token`` how
    it is made, ``answers`` replace the whole answer of an address, ``back`` adds to what it sends back,
    ``checks`` turns off what it has to check.
    """

    person: str = "person-1"
    claims: dict[str, Any] = field(default_factory=dict)
    token: Callable[[dict[str, Any]], str] = lambda claims: signed(claims, rsa("one"))
    keys: list[Key] = field(default_factory=lambda: [rsa("one")])
    description: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Callable[[], Response]] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)
    checks: bool = True
    issuer: str = ""
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def app(self) -> Starlette:
        """Return what is served."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._described),
                Route("/keys", self._keys),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    def _instead(self, request: Request) -> Response | None:
        self.asked.append(request.url.path)
        instead = self.answers.get(request.url.path)
        return instead() if instead else None

    async def _described(self, request: Request) -> Response:
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return self._instead(request) or JSONResponse(said | self.description)

    async def _keys(self, request: Request) -> Response:
        keys = [key.as_dict(private=False) for key in self.keys]
        return self._instead(request) or JSONResponse({"keys": [{"kty": "unheard-of"}, *keys]})

    async def _authorize(self, request: Request) -> Response:
        """Sign the person in at once, and send them back with a code."""
        asked = dict(request.query_params)
        assert asked["tenant"] == "1"
        assert (asked["response_type"], asked["scope"]) == ("code", "openid")
        assert (asked["client_id"], asked["code_challenge_method"]) == (CLIENT, "S256")
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return RedirectResponse(
            f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']} | self.back)}"
        )

    async def _token(self, request: Request) -> Response:
        """Give a token for a code, once, to the program that began, which proves itself and its beginning."""
        if instead := self._instead(request):
            return instead
        sent = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(sent["code"], None)
        if asked is None or not (self._is_who_began(request, sent, asked) or not self.checks):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.person,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        said = {
            name: value(now) if callable(value) else value
            for name, value in (claims | self.claims).items()
            if value is not None
        }
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self.token(said)})

    def _is_who_began(self, request: Request, sent: dict[str, str], asked: dict[str, str]) -> bool:
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        named = (sent.get("client_id", ""), sent.get("client_secret", ""))
        if header := request.headers.get("authorization", ""):
            name, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
            named = (unquote(name), unquote(secret))
        return (
            named == (CLIENT, SECRET)
            and challenge == asked["code_challenge"]
            and sent["redirect_uri"] == asked["redirect_uri"]
            and sent["grant_type"] == "authorization_code"
        )
