"""How a form becomes a route of the server: read, answered in a thread of its own, refused in words."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from arusha.access.web import answers, asking
from arusha.access.web.asking import Asked, Unreadable
from questionnaires.problems import Refused

Handler = Callable[[Asked], Response]


def shown(path: str, handler: Handler) -> Route:
    """Return the route of a page that is looked at."""
    return Route(path, _endpoint(handler), methods=["GET"])


def sent(path: str, handler: Handler) -> Route:
    """Return the route of a form that is sent."""
    return Route(path, _endpoint(handler), methods=["POST"])


def to(address: str) -> Response:
    """Return the way to another page, as after a form: the browser asks for it anew."""
    return RedirectResponse(address, 303)


def _endpoint(handler: Handler) -> Callable[..., object]:
    async def endpoint(request: Request) -> Response:
        try:
            asked = await asking.heard(request)
            return await run_in_threadpool(handler, asked)
        except Unreadable as unreadable:
            return answers.refusal(request.scope, unreadable.status)
        except Refused:  # what a person can put right is told by the form itself
            return answers.refusal(request.scope, 503)

    return endpoint
