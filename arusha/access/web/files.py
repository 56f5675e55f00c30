"""The route by which files leave the program: who asks is looked up anew, and the service decides.

Never Streamlit's own addresses of files, which are open to whoever knows them.
"""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from arusha import settings
from arusha.access import files, roles
from arusha.access.files import File, Maker
from arusha.access.people import sessions
from arusha.access.rules import LOCAL, Actor, Denied
from arusha.i18n import translator
from arusha.store import Store
from arusha.store.opened import opened
from questionnaires.problems import Refused

SESSION = "x-arusha-session"  # set by the surface alone, see surface.py
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
}


def route(makers: Mapping[str, Maker]) -> Route:
    """Return the route of everything that these makers make."""

    def fetch(request: Request) -> Response:
        return _answer(makers, request)

    return Route("/files/{what:path}", fetch, methods=["GET"])


def _answer(makers: Mapping[str, Maker], request: Request) -> Response:
    asked = request.query_params
    t = translator(asked.get("language", ""), asked.get("zone", ""))
    try:
        in_sample = asked.get("space") == "sample"
        actor, store = _who(request, in_sample), _where(in_sample)
        made = files.made(makers, actor, store, t, request.path_params["what"]) if actor else None
    except Denied as denied:
        return _said(403, t.problem(denied.problems[0]))
    except Refused as refused:
        return _said(404, "\n".join(t.problem(problem) for problem in refused.problems))
    return _sent(made) if made else _said(404, t("There is no such file."))


def _who(request: Request, in_sample: bool) -> Actor | None:
    """Return who asks: the person of the session that the surface names, or whose computer this is."""
    if not settings.read().serves_people:
        return LOCAL
    session = request.headers.get(SESSION, "")
    found = sessions.actor_of(_where(in_sample=False), session) if session else None
    return roles.visiting(found) if found and in_sample else found


def _where(in_sample: bool) -> Store:
    now = settings.read()
    return opened(now.sample_url if in_sample else now.database_url)


def _sent(made: File) -> Response:
    named = f"attachment; filename*=UTF-8''{quote(made.name)}"
    headers = {**HEADERS, "Content-Disposition": named}
    return Response(made.content, media_type=made.kind, headers=headers)


def _said(status: int, text: str) -> Response:
    return PlainTextResponse(text, status_code=status, headers=HEADERS)
