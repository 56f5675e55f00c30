"""Signing in at another provider: who may be believed comes in, and every lie ends on a page that says so."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from arusha import settings
from arusha.access.door import DOOR
from arusha.access.people import accounts, foreign_sign_ins, invitations, sessions
from arusha.access.people.id_tokens import Failed
from arusha.access.people.provider import Provider as Asking
from arusha.access.people.provider import is_safe
from arusha.access.people.provider import provider as known
from arusha.access.proof.sealing import PROVER, faults_of
from arusha.access.records import AccountRecord, ForeignSignInRecord, SessionRecord, TrailRecord
from arusha.access.rules import LOCAL
from arusha.access.web import forms, oidc
from arusha.access.web.surface import Surface
from arusha.store import Store, open_store
from arusha.store.opened import opened
from tests.access.web.foreign import (
    CLIENT,
    SECRET,
    Provider,
    ec,
    rsa,
    running,
    signed,
    signed_with_text,
    without_signature,
)
from tests.awaiting import result_of

NAME = "Amina Kanyama"


@dataclass
class Servers:
    """The two servers of this file, started once; who answers as the provider is another in each test."""

    provider: str = ""
    program: str = ""
    foreign: Provider = field(default_factory=Provider)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the provider of this test answer."""
        await self.foreign.app(scope, receive, send)


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    made = Servers()
    routes = [Route("/", _whose), *forms.ROUTES, *oidc.ROUTES]
    now = settings.read({"ARUSHA_MODE": "server"})
    program = Starlette(routes=routes, middleware=[Middleware(Surface, now=now, routes=routes)])
    with running(made) as made.provider, running(program) as made.program:
        yield made


@pytest.fixture
def foreign(servers: Servers) -> Provider:
    """Return a provider that runs."""
    servers.foreign = Provider(issuer=servers.provider)
    known.cache_clear()  # what the one of the test before published
    return servers.foreign


@pytest.fixture
def origin(
    servers: Servers, foreign: Provider, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Return the address of a server whose people may sign in at that provider."""
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    said = {
        "ARUSHA_MODE": "server",
        "ARUSHA_OIDC_ISSUER": foreign.issuer,
        "ARUSHA_OIDC_CLIENT": CLIENT,
        "ARUSHA_OIDC_SECRET_FILE": str(secret),
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    yield servers.program
    opened(settings.read().database_url).close()
    opened.cache_clear()


def _whose(request: Request) -> Response:
    return PlainTextResponse(request.headers.get("x-arusha-session", "nobody"))


@pytest.fixture
def store(origin: str) -> Store:
    """Return that server's database, with one account."""
    made = opened(settings.read().database_url)
    accounts.add(LOCAL, made, NAME, "head", administration="XA")
    return made


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(follow_redirects=True, trust_env=False) as client:
        yield client


def invited(store: Store) -> str:
    return f"?invitation={invitations.invite(LOCAL, store, NAME).token}"


def bound(store: Store, foreign: Provider, subject: str = "person-1") -> None:
    """Bind the account to a person of the provider, as an invitation does; leave nobody signed in."""
    made = invitations.bind(store, invitations.invite(LOCAL, store, NAME).token, foreign.issuer, subject)
    sessions.end(store, made.session)


def live(store: Store) -> list[SessionRecord]:
    with store.reading(DOOR) as session:
        return list(session.scalars(select(SessionRecord).where(SessionRecord.revoked_at.is_(None))))


def refusals(store: Store) -> list[dict[str, Any]]:
    """Return what the trail says of those who were not signed in."""
    with store.reading(PROVER) as session:
        told = select(TrailRecord.details).where(
            TrailRecord.action == "session:open", TrailRecord.outcome == "refused"
        )
        return [json.loads(one) for one in session.scalars(told)]


def refused(answer: httpx.Response, store: Store, reason: str, *said: str, status: int = 403) -> None:
    """Hold a failure to what each is: a page with its remedy, nobody signed in, the reason in the trail."""
    assert answer.status_code == status, answer.text
    assert 'role="alert"' in answer.text
    assert 'href="/auth/sign-in"' in answer.text
    for one in said:
        assert one in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert not any(cookie.startswith("arusha=") for cookie in answer.headers.get_list("set-cookie"))
    assert live(store) == []
    assert [one["reason"] for one in refusals(store)] == [reason]
    assert set(refusals(store)[0]) == {"reason", "network", "way"}
    assert faults_of(store) == []


UNTRUE = "What the sign-in provider said about you cannot be trusted, so nobody was signed in. Start again."
AWAY = "The sign-in provider does not answer as it should. Start again. If it stays so, tell whoever runs"
STALE = "No sign-in is under way in this browser, or it took longer than ten minutes. Start again from"
NOT_LET_IN = "The sign-in provider did not let you in. Start again."
UNKNOWN = "No account here belongs to the person you are at the provider. Ask for an invitation"


def test_an_invitation_binds_the_account_and_opens_a_session(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    answer = browser.get(f"{origin}/auth/oidc{invited(store)}")
    assert answer.url.path == "/"
    (session,) = live(store)
    assert answer.text == session.id
    assert not session.second_step
    with store.reading(DOOR) as reading:
        (account,) = reading.scalars(select(AccountRecord))
        assert (account.issuer, account.subject) == (foreign.issuer, "person-1")
    assert refusals(store) == []
    assert faults_of(store) == []


def test_who_is_bound_signs_in_without_an_invitation(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    assert browser.get(f"{origin}/auth/oidc").text == live(store)[0].id
    actor = sessions.actor_of(store, live(store)[0].id)
    assert actor is not None
    assert (actor.name, actor.administration) == (NAME, "XA")


def test_the_session_the_browser_had_ends(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    first = browser.get(f"{origin}/auth/oidc").text
    second = browser.get(f"{origin}/auth/oidc").text
    assert first != second
    assert [one.id for one in live(store)] == [second]


def test_an_invitation_is_used_up_by_the_provider_too(
    origin: str, store: Store, browser: httpx.Client
) -> None:
    link = f"{origin}/auth/oidc{invited(store)}"
    sessions.end(store, browser.get(link).text)
    refused(browser.get(link), store, "invitation", "This invitation does not hold")


@pytest.mark.parametrize(
    ("claims", "twice"),
    [
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "urn:example:loa:mfa"}, True),
        ({"acr": "mfa"}, True),
        ({"acr": "nomfatall"}, False),
        ({"amr": "mfa", "acr": ["mfa"]}, False),
    ],
)
def test_who_proved_themselves_twice_there_has_a_second_step(
    claims: dict[str, Any], twice: bool, origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.claims = claims
    browser.get(f"{origin}/auth/oidc")
    assert [one.second_step for one in live(store)] == [twice]


@pytest.mark.parametrize("make", [lambda claims: signed(claims, ec("two"), "ES256")])
def test_a_key_on_an_elliptic_curve_is_as_good(
    make: Any, origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.keys, foreign.token = [rsa("one"), ec("two")], make
    browser.get(f"{origin}/auth/oidc")
    assert len(live(store)) == 1


def test_a_provider_may_take_the_secret_in_the_form(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.description = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    browser.get(f"{origin}/auth/oidc")
    assert len(live(store)) == 1


def test_a_new_key_of_the_provider_is_fetched(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(store, foreign)
    browser.get(f"{origin}/auth/oidc")
    foreign.keys, foreign.token = [rsa("next")], lambda claims: signed(claims, rsa("next"))
    assert "cannot be trusted" in browser.get(f"{origin}/auth/oidc").text  # asked for keys just now
    monkeypatch.setattr("arusha.access.people.provider.SPARED", -1.0)
    assert len(browser.get(f"{origin}/auth/oidc").text) == 32
    assert foreign.asked.count("/keys") == 2


def test_what_it_publishes_is_asked_for_once(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    for _ in range(3):
        browser.get(f"{origin}/auth/oidc")
    assert foreign.asked.count("/.well-known/openid-configuration") == foreign.asked.count("/keys") == 1


LIES: dict[str, tuple[str, dict[str, Any]]] = {
    "a wrong nonce": ("nonce", {"nonce": "another"}),
    "no nonce": ("nonce", {"nonce": None}),
    "a list of nonces": ("nonce", {"nonce": ["another"]}),
    "a wrong issuer": ("issuer", {"iss": "https://evil.example"}),
    "no issuer": ("issuer", {"iss": None}),
    "a wrong audience": ("audience", {"aud": "another"}),
    "no audience": ("audience", {"aud": None}),
    "an audience beside us": ("audience", {"aud": [CLIENT, "another"]}),
    "another party": ("audience", {"aud": [CLIENT, "another"], "azp": "another"}),
    "another party alone": ("audience", {"azp": "another"}),
    "expired": ("expired", {"exp": lambda now: now - 61}),
    "no end": ("times", {"exp": None}),
    "an end that is no number": ("times", {"exp": "tomorrow"}),
    "no beginning": ("times", {"iat": None}),
    "from the future": ("times", {"iat": lambda now: now + 600}),
    "not yet": ("times", {"nbf": lambda now: now + 600}),
    "no subject": ("subject", {"sub": None}),
    "an empty subject": ("subject", {"sub": ""}),
    "a subject that cannot be kept": ("subject", {"sub": "x" * 201}),
    "a subject with a null": ("subject", {"sub": "a\0b"}),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_says_something_else_is_refused(
    lie: str, origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    reason, foreign.claims = LIES[lie]
    refused(browser.get(f"{origin}/auth/oidc{invited(store)}"), store, reason, UNTRUE)


@pytest.mark.parametrize("claims", [{"exp": lambda now: now - 30}, {"iat": lambda now: now + 30}])
def test_a_clock_may_be_a_little_off(
    claims: dict[str, Any], origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.claims = claims
    browser.get(f"{origin}/auth/oidc")
    assert len(live(store)) == 1


def _with_the_public_key(claims: dict[str, Any]) -> str:
    return signed_with_text(claims, rsa("one").as_pem(private=False), "one")


def _by_another_algorithm(claims: dict[str, Any]) -> str:
    key = RSAKey.import_key(rsa("one").as_pem(private=True), {"kid": "one"})
    return signed(claims, key, "RS512")


def _changed(claims: dict[str, Any]) -> str:
    head, _, seal = signed(claims, rsa("one")).split(".")
    body = signed(claims | {"sub": "somebody-else"}, rsa("one")).split(".")[1]
    return f"{head}.{body}.{seal}"


FORGED: dict[str, tuple[str, Any]] = {
    "without a signature": ("signature", without_signature),
    "signed with the public key": ("signature", _with_the_public_key),
    "signed by another": ("signature", lambda claims: signed(claims, rsa("evil"), kid="one")),
    "with another's key in its head": (
        "signature",
        lambda claims: signed(claims, rsa("evil"), kid="one", jwk=rsa("evil").as_dict(private=False)),
    ),
    "by a key that is not known": ("key", lambda claims: signed(claims, rsa("evil"))),
    "by another algorithm": ("signature", _by_another_algorithm),
    "changed": ("signature", _changed),
    "cut": ("token", lambda claims: signed(claims, rsa("one")).rpartition(".")[0]),
    "of five parts": ("token", lambda claims: signed(claims, rsa("one")) + ".a.b"),
    "endless": ("token", lambda claims: signed(claims | {"more": "x" * 20_000}, rsa("one"))),
    "no token": ("signature", lambda claims: "a.b.c"),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_is_refused(
    how: str, origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    reason, foreign.token = FORGED[how]
    bound(store, foreign)
    refused(browser.get(f"{origin}/auth/oidc"), store, reason, UNTRUE)


def test_a_token_without_a_key_s_name_is_refused_when_there_are_several(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    foreign.keys, foreign.token = (
        [rsa("one"), rsa("two")],
        lambda claims: signed(claims, rsa("one"), kid=None),
    )
    bound(store, foreign)
    refused(browser.get(f"{origin}/auth/oidc"), store, "key", UNTRUE)


def begun(browser: httpx.Client, origin: str, query: str = "") -> dict[str, str]:
    """Begin a sign-in as far as the provider; return what was sent there."""
    answer = browser.get(f"{origin}/auth/oidc{query}", follow_redirects=False)
    assert answer.status_code == 303
    return dict(httpx.URL(answer.headers["location"]).params)


def coming_back(browser: httpx.Client, origin: str, query: str = "") -> httpx.URL:
    """Sign in at the provider; return the address it leads back to."""
    there = browser.get(f"{origin}/auth/oidc{query}", follow_redirects=False).headers["location"]
    return httpx.URL(browser.get(there, follow_redirects=False).headers["location"])


def test_a_wrong_state_is_refused(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    back = coming_back(browser, origin)
    answer = browser.get(back.copy_set_param("state", "x" * 43))
    refused(answer, store, "state", STALE)


def test_a_state_is_good_once(origin: str, store: Store, foreign: Provider, browser: httpx.Client) -> None:
    bound(store, foreign)
    back = coming_back(browser, origin)
    cookie = browser.cookies["arusha-provider"]
    sessions.end(store, browser.get(back).text)
    browser.cookies.set("arusha-provider", cookie, domain="127.0.0.1")
    refused(browser.get(back), store, "state", STALE)


def test_another_browser_is_refused(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    back = coming_back(browser, origin)
    with httpx.Client(trust_env=False) as other:
        refused(other.get(back), store, "state", STALE)


def test_a_browser_that_began_itself_cannot_take_up_the_sign_in_of_another(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    back = coming_back(browser, origin)
    with httpx.Client(trust_env=False) as other:
        begun(other, origin)
        refused(other.get(back), store, "state", STALE)


def test_a_code_of_another_sign_in_is_refused_by_the_provider(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    mine = coming_back(browser, origin)
    with httpx.Client(trust_env=False) as other:
        theirs = coming_back(other, origin)
    answer = browser.get(mine.copy_set_param("code", theirs.params["code"]))
    refused(answer, store, "code", NOT_LET_IN)


def test_a_code_of_another_sign_in_is_refused_here_when_the_provider_does_not_look(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.checks = False
    mine = coming_back(browser, origin)
    with httpx.Client(trust_env=False) as other:
        theirs = coming_back(other, origin)
    answer = browser.get(mine.copy_set_param("code", theirs.params["code"]))
    refused(answer, store, "nonce", UNTRUE)


def test_a_code_cannot_be_used_with_another_verifier(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    """The provider of these tests really checks PKCE: without it the sign-in before would have succeeded."""
    bound(store, foreign)
    back = coming_back(browser, origin)
    foreign.codes[back.params["code"]]["code_challenge"] = "x" * 43
    refused(browser.get(back), store, "code", NOT_LET_IN)


def test_another_invitation_cannot_be_put_into_a_sign_in(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    back = coming_back(browser, origin)
    state = browser.cookies["arusha-provider"].partition(".")[0]
    token = invitations.invite(LOCAL, store, NAME).token
    browser.cookies.set("arusha-provider", f"{state}.{token}", domain="127.0.0.1")
    refused(browser.get(back), store, "invitation", STALE)


def test_whom_the_provider_does_not_let_in_is_told(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    back = coming_back(browser, origin).copy_set_param("error", "access_denied").copy_remove_param("code")
    refused(browser.get(back), store, "denied", NOT_LET_IN)
    assert "/token" not in foreign.asked


@pytest.mark.parametrize("named", ["https://evil.example", ""])
def test_the_answer_of_another_provider_is_refused(
    named: str, origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.description = {"authorization_response_iss_parameter_supported": True}
    foreign.back = {"iss": named} if named else {}
    refused(browser.get(f"{origin}/auth/oidc"), store, "issuer", UNTRUE)
    assert "/token" not in foreign.asked


def test_a_provider_that_names_itself_is_believed(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.description = {"authorization_response_iss_parameter_supported": True}
    foreign.back = {"iss": foreign.issuer}
    browser.get(f"{origin}/auth/oidc")
    assert len(live(store)) == 1


def test_who_is_not_bound_is_nobody_whatever_they_are_called(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    """An account belongs to issuer and subject: neither a name nor an e-mail makes it somebody's."""
    bound(store, foreign)
    foreign.person = "person-2"
    foreign.claims = {"email": NAME, "email_verified": True, "preferred_username": NAME, "name": NAME}
    refused(browser.get(f"{origin}/auth/oidc"), store, "unknown", UNKNOWN)


def test_a_disabled_account_does_not_come_in(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    accounts.disable(LOCAL, store, NAME)
    refused(browser.get(f"{origin}/auth/oidc"), store, "account", "This account cannot sign in.")


def test_one_person_there_has_one_account_here(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    accounts.add(LOCAL, store, "Second", "observer", administration="XA")
    token = invitations.invite(LOCAL, store, "Second").token
    answer = browser.get(f"{origin}/auth/oidc?invitation={token}")
    refused(answer, store, "account", "Another account belongs to this person at the provider.")
    assert invitations.look(store, token) is not None


def _slow() -> Response:
    time.sleep(1.5)
    return JSONResponse({})


ANSWERS: dict[str, tuple[str, Any]] = {
    "an error": ("answer", lambda: PlainTextResponse("oops", 500)),
    "no JSON": ("answer", lambda: PlainTextResponse("<html>")),
    "JSON that is no object": ("answer", lambda: JSONResponse([1])),
    "JSON without a bottom": ("answer", lambda: PlainTextResponse("[" * 100_000)),
    "more than anybody needs": ("size", lambda: PlainTextResponse(" " * 300_000 + "{}")),
    "the way to elsewhere": ("answer", lambda: RedirectResponse("http://127.0.0.1:1/")),
    "packed bytes": ("answer", lambda: Response(b"\x1f\x8b\x08", headers={"content-encoding": "gzip"})),
    "too late": ("away", _slow),
}


@pytest.mark.parametrize("how", ANSWERS)
@pytest.mark.parametrize("where", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_answers_nonsense_is_away(
    where: str, how: str, origin: str, store: Store, foreign: Provider, browser: httpx.Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if how == "too late":
        monkeypatch.setattr("arusha.access.people.provider.SECONDS", 0.3)
    bound(store, foreign)
    reason, foreign.answers[where] = ANSWERS[how]
    refused(browser.get(f"{origin}/auth/oidc"), store, reason, AWAY, status=502 if reason == "away" else 403)


def test_a_provider_that_is_down_is_told(
    origin: str, store: Store, monkeypatch: pytest.MonkeyPatch, browser: httpx.Client
) -> None:
    monkeypatch.setenv("ARUSHA_OIDC_ISSUER", "http://127.0.0.1:9")
    refused(browser.get(f"{origin}/auth/oidc"), store, "away", AWAY, status=502)


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ({"issuer": "https://evil.example"}, "issuer"),
        ({"issuer": None}, "issuer"),
        ({"token_endpoint": "http://evil.example/token"}, "addresses"),
        ({"jwks_uri": ""}, "addresses"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "addresses"),
        ({"token_endpoint_auth_methods_supported": ["private_key_jwt"]}, "method"),
        ({"token_endpoint_auth_methods_supported": "client_secret_basic"}, "method"),
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    description: dict[str, Any], reason: str, origin: str, store: Store, foreign: Provider,
    browser: httpx.Client,
) -> None:  # fmt: skip
    foreign.description = description
    refused(browser.get(f"{origin}/auth/oidc"), store, reason, AWAY)


@pytest.mark.parametrize(
    "keys", [{}, {"keys": "x"}, {"keys": []}, {"keys": [1]}, {"keys": [{"kty": "oct", "k": "eHg"}]}]
)
def test_keys_that_sign_nothing_are_no_keys(
    keys: Any, origin: str, store: Store, foreign: Provider, browser: httpx.Client
) -> None:
    bound(store, foreign)
    foreign.answers["/keys"] = lambda: JSONResponse(keys)
    refused(browser.get(f"{origin}/auth/oidc"), store, "keys", UNTRUE)


def test_a_missing_secret_is_told(
    origin: str, store: Store, foreign: Provider, browser: httpx.Client, tmp_path: Path
) -> None:
    bound(store, foreign)
    (tmp_path / "secret").unlink()
    refused(browser.get(f"{origin}/auth/oidc"), store, "secret", AWAY)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example", True),
        ("https://login.example:8443/realms/x", True),
        ("http://127.0.0.1:9000", True),
        ("http://localhost/x", True),
        ("http://[::1]:9000", True),
        ("http://login.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("https://user@login.example", False),
        ("https://login.example/#x", False),
        ("ftp://login.example", False),
        ("https://", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_tls_or_this_computer_is_asked(address: str, safe: bool) -> None:
    assert is_safe(address) is safe


async def _description(issuer: str) -> None:
    await Asking(issuer).description()


def test_an_issuer_without_tls_is_not_asked() -> None:

    with pytest.raises(Failed) as failed:
        result_of(_description("http://login.example"))
    assert failed.value.reason == "address"


def test_a_sign_in_ends_after_ten_minutes(origin: str, store: Store) -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for passed, is_good in ((599, True), (600, False), (-3600, False)):
        made = foreign_sign_ins.begin(store, "", "192.0.2.1", at)
        moment = at + timedelta(seconds=passed)
        if is_good:
            assert foreign_sign_ins.take(store, made.state, "", moment).nonce == made.nonce
        else:
            with pytest.raises(Failed):
                foreign_sign_ins.take(store, made.state, "", moment)


def test_what_was_never_taken_up_is_removed(origin: str, store: Store) -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for minutes in (0, 5, 11):
        foreign_sign_ins.begin(store, "", "192.0.2.1", at + timedelta(minutes=minutes))
    with store.reading(DOOR) as session:
        assert len(session.scalars(select(ForeignSignInRecord)).all()) == 2


def test_neither_state_nor_invitation_is_kept(
    origin: str, store: Store, home: Path, browser: httpx.Client
) -> None:
    query = invited(store)
    said = begun(browser, origin, query)
    with store.reading(DOOR) as session:
        (row,) = session.scalars(select(ForeignSignInRecord))
        kept = [row.state, row.invitation]
    assert said["state"] not in kept
    assert query.partition("=")[2] not in kept
    everything = b"".join(file.read_bytes() for file in home.glob("arusha.sqlite*"))
    assert row.nonce.encode() in everything
    assert said["state"].encode() not in everything
    assert query.partition("=")[2].encode() not in everything


def test_the_cookie_of_a_beginning_is_short_lived_and_out_of_reach(
    origin: str, store: Store, browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = browser.get(f"{origin}/auth/oidc", follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("arusha-provider=")
    assert {"HttpOnly", "Max-Age=600", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    monkeypatch.setenv("ARUSHA_ORIGIN", "https://arusha.example")
    answer = browser.get(f"{origin}/auth/oidc", follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-arusha-provider=")
    assert "Secure" in cookie.split("; ")
    there = httpx.URL(answer.headers["location"])
    assert there.params["redirect_uri"] == "https://arusha.example/auth/oidc/back"


def test_what_the_provider_is_told_holds_no_invitation(
    origin: str, store: Store, browser: httpx.Client
) -> None:
    query = invited(store)
    assert query.partition("=")[2] not in str(begun(browser, origin, query))


def test_a_stranger_does_not_fill_the_trail(origin: str, store: Store, browser: httpx.Client) -> None:
    answers = [browser.get(f"{origin}/auth/oidc/back?state=x&code=y").status_code for _ in range(40)]
    assert set(answers) == {403}
    assert len(refusals(store)) == 30
    crowded = browser.get(f"{origin}/auth/oidc")
    assert crowded.status_code == 429
    assert "Wait a minute, then try again." in crowded.text
    assert len(refusals(store)) == 30


def test_a_whole_office_may_come_in_at_once_and_no_flood_may(
    origin: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for _ in range(40):
        foreign_sign_ins.begin(store, "", "192.0.2.1", at)
    monkeypatch.setattr(foreign_sign_ins, "BEGINNINGS", 40)
    with pytest.raises(Failed, match="Wait a minute"):
        foreign_sign_ins.begin(store, "", "192.0.2.99", at)  # of the same network
    foreign_sign_ins.begin(store, "", "198.51.100.1", at)
    foreign_sign_ins.begin(store, "", "192.0.2.1", at + timedelta(seconds=61))


@pytest.mark.parametrize("missing", ["ARUSHA_OIDC_ISSUER", "ARUSHA_OIDC_CLIENT", "ARUSHA_OIDC_SECRET_FILE"])
def test_without_a_provider_there_is_nothing(
    missing: str, origin: str, store: Store, browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert oidc.is_offered(settings.read())
    assert "/auth/oidc" in browser.get(f"{origin}/auth/sign-in").text
    monkeypatch.delenv(missing)
    assert not oidc.is_offered(settings.read())
    assert "/auth/oidc" not in browser.get(f"{origin}/auth/sign-in").text
    for path in ("/auth/oidc", "/auth/oidc/back?state=x&code=y"):
        assert browser.get(f"{origin}{path}").status_code == 404
    assert refusals(store) == []


def test_the_reader_is_told_in_their_language(origin: str, store: Store, browser: httpx.Client) -> None:
    answer = browser.get(f"{origin}/auth/oidc/back", headers={"accept-language": "fr"})
    assert 'lang="fr"' in answer.text


def test_it_works_on_a_guarded_postgresql(
    guarded_url: str, foreign: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(guarded_url)) as store:
        accounts.add(LOCAL, store, NAME, "head", administration="XA")
        token = invitations.invite(LOCAL, store, NAME).token
        at = datetime.now(UTC)
        made = foreign_sign_ins.begin(store, token, "192.0.2.1", at)
        assert foreign_sign_ins.take(store, made.state, token, at).verifier == made.verifier
        with pytest.raises(Failed):
            foreign_sign_ins.take(store, made.state, token, at)
        foreign_sign_ins.failed(store, "state", "192.0.2.1", at)
        assert [one["reason"] for one in refusals(store)] == ["state"]
