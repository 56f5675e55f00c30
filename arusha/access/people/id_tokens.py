"""What an OpenID Connect provider says of who signed in there, and whether it may be believed.

Every check of OpenID Connect Core 1.0, 3.1.3.7: signature, issuer, audience, times and nonce.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from questionnaires.problems import N_, Problem, Refused

ALGORITHMS = ("RS256", "ES256")
LEEWAY = 60  # seconds that the provider's clock may differ
LONGEST = 16_384  # characters of a token
LONGEST_NAME = 200  # characters of a subject, as the database keeps it
MOST_KEYS = 50
SMALLEST_MODULUS = 342  # characters in base64 of 2048 bits
PUBLIC = ("kty", "n", "e", "crv", "x", "y", "kid", "use", "alg")
MULTIPLE = "mfa"  # RFC 8176: more than one factor

AGAIN = N_("Start again. If it stays so, tell whoever runs this program.")
UNTRUE = N_("What the sign-in provider said about you cannot be trusted, so nobody was signed in.")


class Failed(Refused):
    """Nobody was signed in; ``reason`` is a word for the trail, the same for everybody."""

    def __init__(self, reason: str, fault: str = UNTRUE, remedy: str = AGAIN) -> None:
        super().__init__([Problem("provider", fault, remedy)])
        self.reason = reason


class UnknownKey(Failed):
    """The token was signed with a key that is not among those known; the provider may have a new one."""

    def __init__(self) -> None:
        super().__init__("key")


@dataclass(frozen=True)
class Expected:
    """What a token has to say: who made it, for whom, and for which sign-in."""

    issuer: str
    client: str
    nonce: str


@dataclass(frozen=True)
class Subject:
    """Who signed in, as the provider names them for ever, and whether they proved themselves twice."""

    name: str
    second_step: bool


def keys_of(said: Mapping[str, Any]) -> KeySet:
    """Return the keys of a provider that sign tokens; raise ``Failed`` when there is none of use."""
    listed = said.get("keys")
    given = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    found = []
    for one in given[:MOST_KEYS]:
        public = {name: one[name] for name in PUBLIC if isinstance(one.get(name), str)}
        if _is_for_signing(public):
            try:
                found.append(JWKRegistry.import_key(public))
            except (JoseError, ValueError):
                continue  # a provider may publish keys of other kinds beside the one that is used
    if not found:
        raise Failed("keys")
    return KeySet(found)


def _is_for_signing(key: Mapping[str, str]) -> bool:
    if key.get("use", "sig") != "sig" or key.get("alg", ALGORITHMS[0]) not in ALGORITHMS:
        return False
    if key.get("kty") == "RSA":
        return len(key.get("n", "").rstrip("=")) >= SMALLEST_MODULUS
    return key.get("kty") == "EC" and key.get("crv") == "P-256"


def subject_of(token: str, keys: KeySet, expected: Expected, at: datetime) -> Subject:
    """Return who signed in; raise ``Failed`` unless all of it holds."""
    claims = _signed(token, keys)
    _check_times(claims, at)
    if claims.get("iss") != expected.issuer:
        raise Failed("issuer")
    _check_audience(claims, expected.client)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise Failed("nonce")
    name = claims.get("sub")
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Failed("subject")
    return Subject(name, _proved_twice(claims))


def _signed(token: str, keys: KeySet) -> dict[str, Any]:
    """Return the claims of a token that one of the keys signed."""
    if len(token) > LONGEST or token.count(".") != 2:  # five parts would be encrypted
        raise Failed("token")
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        return jwt.decode(token, keys, algorithms=ALGORITHMS, registry=registry).claims
    except InvalidKeyIdError as error:
        raise UnknownKey from error
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise Failed("signature") from error


def _check_times(claims: dict[str, Any], at: datetime) -> None:
    needed: Any = {name: {"essential": True} for name in ("exp", "iat")}
    try:
        JWTClaimsRegistry(now=int(at.timestamp()), leeway=LEEWAY, **needed).validate(claims)
    except ExpiredTokenError as error:
        raise Failed("expired") from error
    except JoseError as error:
        raise Failed("times") from error


def _check_audience(claims: Mapping[str, Any], client: str) -> None:
    """Refuse a token that was made for others, or for others too unless we are whom it was handed to."""
    audience, party = claims.get("aud"), claims.get("azp")
    listed = audience if isinstance(audience, list) else [audience]
    if client not in listed or (party is None and listed != [client]) or party not in (None, client):
        raise Failed("audience")


def _proved_twice(claims: Mapping[str, Any]) -> bool:
    """Return whether the provider says that it asked for more than one proof."""
    methods, context = claims.get("amr"), claims.get("acr")
    if isinstance(methods, list) and MULTIPLE in methods:
        return True
    return isinstance(context, str) and MULTIPLE in re.split(r"[^a-z0-9]+", context.lower())
