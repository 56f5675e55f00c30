"""Signing in at an OpenID Connect provider: sent there, and back with a code that is worth one sign-in.

The authorization code flow with PKCE (RFC 7636, S256). Who comes back has to be the browser that was sent, by
a cookie of its own; accounts belong to issuer and subject, which an invitation has bound, never to an e-mail.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from arusha.access.people import foreign_sign_ins, invitations, sessions
from arusha.access.people.foreign_sign_ins import AFRESH, LASTS, STALE, Begun, UnderWay
from arusha.access.people.id_tokens import Expected, Failed, Subject, UnknownKey, subject_of
from arusha.access.people.invitations import GONE
from arusha.access.people.provider import AWAY, NOT_LET_IN, Client, provider
from arusha.access.people.session_rows import Opened
from arusha.access.web import answers, asking, cookies
from arusha.access.web.answers import Link
from arusha.access.web.asking import Asked
from arusha.access.web.paths import HOME, PROVIDER, SIGN_IN
from arusha.access.web.routes import to
from arusha.settings import Settings
from arusha.store.clock import now
from questionnaires.problems import N_, Refused

BACK = f"{PROVIDER}/back"
LONGEST = 4_096  # characters of a code
UNKNOWN = N_("No account here belongs to the person you are at the provider.")
INVITED_FIRST = N_("Ask for an invitation, open its link, and sign in with the provider from there.")
STATUS = {"away": 502, "crowded": 429}  # by reason; any other is 403

Handler = Callable[[Request, Asked], Awaitable[Response]]


def is_offered(now: Settings) -> bool:
    """Return whether people may sign in at a provider: all that is needed for it is set."""
    return bool(now.oidc_issuer and now.oidc_client and now.oidc_secret_file)


async def _start(request: Request, asked: Asked) -> Response:
    """Send the browser to the provider."""
    described = await provider(asked.now.oidc_issuer).description()
    begun = await run_in_threadpool(_begun, asked)
    challenge = urlsafe_b64encode(sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "scope": "openid",
        "client_id": asked.now.oidc_client,
        "redirect_uri": _address_of_back(request, asked.now),
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    answer = to(described.leading(query))
    _remember(answer, asked.now, f"{begun.state}.{asked['invitation']}")
    return answer


def _begun(asked: Asked) -> Begun:
    invitation = asked["invitation"]
    if invitation and invitations.look(asked.store, invitation) is None:
        raise Failed("invitation", GONE.fault, GONE.remedy)
    return foreign_sign_ins.begin(asked.store, invitation, asked.network, now())


async def _back(request: Request, asked: Asked) -> Response:
    """Sign in who comes back from the provider with a code."""
    state, _, invitation = request.cookies.get(_cookie(asked.now), "").partition(".")
    if not state or not hmac.compare_digest(state.encode(), asked["state"].encode()):
        raise Failed("state", STALE, AFRESH)
    under_way = await run_in_threadpool(foreign_sign_ins.take, asked.store, state, invitation, now())
    subject = await _subject(asked, under_way, _address_of_back(request, asked.now))
    opened = await run_in_threadpool(_opened, asked, subject, invitation)
    answer = to(HOME)
    cookies.give(answer, asked.now, opened.token)
    return answer


async def _subject(asked: Asked, under_way: UnderWay, back: str) -> Subject:
    """Return who the provider says came back; raise ``Failed`` unless all of it holds."""
    there, code = provider(asked.now.oidc_issuer), asked["code"]
    if asked["error"] or not 0 < len(code) <= LONGEST:
        raise Failed("denied", NOT_LET_IN)
    if asked["iss"] != there.issuer and (asked["iss"] or (await there.description()).names_itself):
        raise Failed("issuer")  # RFC 9207: the answer of another provider
    token = await there.token_for(code, under_way.verifier, back, _client(asked.now))
    expected = Expected(there.issuer, asked.now.oidc_client, under_way.nonce)
    try:
        return subject_of(token, await there.keys(), expected, now())
    except UnknownKey:
        return subject_of(token, await there.keys(anew=True), expected, now())


def _client(now: Settings) -> Client:
    try:
        secret = Path(now.oidc_secret_file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise Failed("secret", AWAY) from error
    return Client(now.oidc_client, secret)


def _opened(asked: Asked, subject: Subject, invitation: str) -> Opened:
    """Open a session for whose account it is, bound now by an invitation or before; end the one there was."""
    issuer, proved = asked.now.oidc_issuer, subject.second_step
    account = None if invitation else invitations.by_subject(asked.store, issuer, subject.name)
    if not invitation and account is None:
        raise Failed("unknown", UNKNOWN, INVITED_FIRST)
    try:
        if account is None:
            opened = invitations.bind(asked.store, invitation, issuer, subject.name, second_step=proved)
        else:
            opened = sessions.enter(asked.store, account, second_step=proved)
    except Refused as refused:
        problem = refused.problems[0]
        raise Failed("account", problem.fault, problem.remedy) from refused
    if asked.session:
        sessions.end(asked.store, asked.session)
    return opened


def _address_of_back(request: Request, now: Settings) -> str:
    return (now.origin or str(request.base_url).rstrip("/")) + BACK


def _cookie(now: Settings) -> str:
    return "__Host-arusha-provider" if now.is_secure else "arusha-provider"


def _remember(answer: Response, now: Settings, value: str) -> None:
    """Let the browser bring ``value`` back from the provider; without one, forget what it had."""
    lasts = int(LASTS.total_seconds()) if value else 0
    secure = now.is_secure
    answer.set_cookie(
        _cookie(now), value, max_age=lasts, path="/", secure=secure, httponly=True, samesite="lax"
    )


async def _told(asked: Asked, failed: Failed) -> Response:
    """Put the failure into the trail, and say it with its remedy."""
    await run_in_threadpool(foreign_sign_ins.failed, asked.store, failed.reason, asked.network, now())
    t, status = asked.t, STATUS.get(failed.reason, 403)
    links = [Link(SIGN_IN, t("Back to the sign-in form"))]
    title = t("Nobody was signed in")
    return answers.page(t, "form.html", title, status=status, faults=answers.faults(t, failed), links=links)


def _endpoint(handler: Handler, *, forgets: bool) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a request: offered at all, refused in words, forgotten when it is over."""

    async def endpoint(request: Request) -> Response:
        try:
            asked = await asking.heard(request)
            if not is_offered(asked.now):
                return answers.refusal(request.scope, 404)
            try:
                answer = await handler(request, asked)
            except Failed as failed:
                answer = await _told(asked, failed)
        except Refused:
            return answers.refusal(request.scope, 503)
        if forgets:
            _remember(answer, asked.now, "")
        return answer

    return endpoint


ROUTES: list[BaseRoute] = [
    Route(PROVIDER, _endpoint(_start, forgets=False), methods=["GET"]),
    Route(BACK, _endpoint(_back, forgets=True), methods=["GET"]),
]
