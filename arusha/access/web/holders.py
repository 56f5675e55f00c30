"""Forms that are for who holds a session: their language, and the way to the sign-in form for all others."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from starlette.responses import Response

from arusha.access import service
from arusha.access.people import sessions
from arusha.access.rules import Actor
from arusha.access.web.asking import Asked
from arusha.access.web.paths import ACCOUNT, SIGN_IN
from arusha.access.web.routes import Handler, to
from arusha.i18n import translator


def held(handler: Callable[[Asked, Actor], Response]) -> Handler:
    """Return a handler that is told who holds the session, and is asked by nobody else."""

    def asked_by_holder(asked: Asked) -> Response:
        holder = sessions.holder_of(asked.store, asked.session) if asked.session else None
        if holder is None:
            return to(f"{SIGN_IN}?next={quote(ACCOUNT)}")
        return handler(_in_own_language(asked, holder), holder)

    return asked_by_holder


def _in_own_language(asked: Asked, holder: Actor) -> Asked:
    """Return what was asked, to be answered in the language this person chose to read in."""
    chosen = "" if asked.now.language else service.language_of(holder, asked.store)
    return replace(asked, t=translator(chosen)) if chosen else asked
