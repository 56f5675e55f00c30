"""Two questions of whoever watches over the server: does the process live, and may people be sent to it.

Everybody may ask, so the answer holds the names of what fails and nothing else.
"""

from functools import lru_cache
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from arusha.access.checkup import readiness
from arusha.access.web import desk
from arusha.settings import Settings

LIVES, READY = "/healthz", "/readyz"
KEPT = 2  # seconds in which an answer is given again
NEVER_CACHED = {"cache-control": "no-store"}


async def lives(_request: Request) -> Response:
    """Answer that the process lives."""
    return PlainTextResponse("ok", headers=NEVER_CACHED)


def ready(_request: Request) -> Response:
    """Answer whether people may be sent here: 200, or 503 with the names of what fails."""
    failed = _failed(desk.now(), int(monotonic() // KEPT))
    said = {"ready": not failed, "failed": list(failed)}
    return JSONResponse(said, 503 if failed else 200, NEVER_CACHED)


@lru_cache(maxsize=2)
def _failed(now: Settings, _moment: int) -> tuple[str, ...]:
    return readiness.failed(desk.store, now)


ROUTES: list[BaseRoute] = [
    Route(LIVES, lives, methods=["GET"]),
    Route(READY, ready, methods=["GET"]),
]
