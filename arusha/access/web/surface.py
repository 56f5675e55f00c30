"""What guards every request in server mode, before anything else sees it; what is not known is closed.

It knows who a browser belongs to by the cookie, and tells the program in a header of its own, which nobody
can send from outside. Streamlit holds each of its own sessions to that header, ``server.trustedUserHeaders``,
so that the id of somebody else's is of no use.
"""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers as Sent
from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from arusha.access.people import sessions
from arusha.access.web import answers, cookies, desk
from arusha.access.web.asking import SESSION
from arusha.access.web.headers import Headers
from arusha.access.web.origins import Address
from arusha.access.web.paths import CONFIGURATION, HOME, SECOND_STEP, SIGN_IN, Way, way_to
from arusha.settings import Settings
from questionnaires.problems import Refused

OURS = b"x-arusha-"
SAFE = ("GET", "HEAD")
ASKING_WHO = (Way.OWN, Way.PAGE, Way.SESSION, Way.SOCKET)
KEPT = (Way.OPEN, Way.PROBE)  # what a browser may keep; Streamlit itself says how long
STARTS = ("http.response.start", "websocket.http.response.start")


class Surface:
    """Refuse what was not meant for this server, was not sent by it, or is for who is signed in."""

    def __init__(self, app: ASGIApp, now: Settings, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._now = now
        self._routes = routes
        self._address = Address(now.origin)
        self._headers = Headers(is_secure=now.is_secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with whom it is from, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        way = way_to(scope["path"], is_own=self._is_own(scope))
        answer, passed = await self._look_at(scope, way)
        await (answer or self._app)(passed, receive, self._telling(way, send))

    async def _look_at(self, scope: Scope, way: Way) -> tuple[Response | None, Scope]:
        """Return the answer to a request that goes no further, and the request as it is passed on."""
        host = self._address.meant_by(_only(scope, "host"))
        if status := self._fault(scope, way, host):
            return answers.refusal(scope, status), scope
        token = cookies.token_in(scope["headers"], self._now)
        try:
            session = await run_in_threadpool(_session, token) if way in ASKING_WHO and token else ""
            answer = await self._lacking(session, way) if session else _without(scope, way)
        except Refused:
            return answers.refusal(scope, 503), scope
        return answer, self._passed(scope, host, session)

    def _is_own(self, scope: Scope) -> bool:
        asked = {**scope, "type": "http", "method": scope.get("method", "GET")}
        return any(route.matches(asked)[0] is not Match.NONE for route in self._routes)

    def _fault(self, scope: Scope, way: Way, host: str) -> int:
        """Return the status with which a request is refused whoever sent it, 0 when nothing is against it."""
        is_socket = scope["type"] == "websocket"
        if way is Way.CLOSED or is_socket != (way is Way.SOCKET):
            return 404
        if way is Way.PROBE:
            return 0 if scope["method"] in SAFE else 405
        if not host:
            return 403
        if not is_socket and scope["method"] in SAFE:
            return 0
        if not self._address.is_own(_only(scope, "origin"), host):
            return 403
        return 0 if is_socket or self._is_own(scope) else 405

    async def _lacking(self, session: str, way: Way) -> Response | None:
        """Return the way to the second step for whom it is missing, before they see a page."""
        if way is Way.PAGE and await run_in_threadpool(sessions.needs_second_step, desk.store(), session):
            return RedirectResponse(SECOND_STEP, 303)
        return None

    def _passed(self, scope: Scope, host: str, session: str) -> Scope:
        """Return the request with this server's own name, without the token, with the session's id."""
        kept = [pair for pair in scope["headers"] if not pair[0].startswith(OURS)]
        if host:
            kept = [(b"host", host.encode()) if name == b"host" else (name, value) for name, value in kept]
        kept = cookies.without_token(kept, self._now)
        return {**scope, "headers": [*kept, (SESSION.encode(), session.encode())] if session else kept}

    def _telling(self, way: Way, send: Send) -> Send:
        """Return ``send`` with the headers that every response bears."""

        async def told(message: Message) -> None:
            if message["type"] in STARTS:
                message = {**message, "headers": list(message.get("headers", ()))}
                self._headers.put_on(MutableHeaders(scope=message), is_kept=way in KEPT)
            await send(message)

        return told


def _without(scope: Scope, way: Way) -> Response | None:
    """Return the answer to who is not signed in, None for what is open to everyone."""
    if way is Way.PAGE:
        return _to_sign_in(scope)
    if scope["path"] == CONFIGURATION:
        return answers.signed_out(scope)
    return answers.refusal(scope, 403) if way in (Way.SESSION, Way.SOCKET) else None


def _session(token: str) -> str:
    return sessions.session_of(desk.store(), token) or ""


def _only(scope: Scope, name: str) -> str:
    """Return a header that was sent exactly once, '' otherwise."""
    sent = Sent(scope=scope).getlist(name)
    return sent[0] if len(sent) == 1 else ""


def _to_sign_in(scope: Scope) -> Response:
    """Lead to the sign-in form and back to the page that was asked for.

    A browser that followed a link of another site left the cookie at home; asked again by a page of this
    server it brings it along.
    """
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    if Sent(scope=scope).get("sec-fetch-site") == "cross-site":
        return answers.again(scope, wanted)
    back = "" if wanted == HOME else f"?next={quote(wanted, safe='/')}"
    return RedirectResponse(SIGN_IN + back, 303)
