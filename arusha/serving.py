"""What the running server is made of: its own routes, and what every request goes through before a page."""

from collections.abc import Callable
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from arusha import settings
from arusha.access.local import OnThisComputerOnly
from arusha.access.web import account, enrolment, files, forms, health, logs, oidc
from arusha.access.web.origins import Address
from arusha.access.web.surface import Surface
from arusha.assessments.files import MAKERS as ASSESSMENTS
from arusha.plans.files import MAKERS as PLANS
from arusha.reference.files import MAKERS as REFERENCE
from arusha.settings import Settings
from arusha.ui.preload import PreloadChart

SIGNING_IN: tuple[BaseRoute, ...] = (
    *forms.ROUTES,
    *account.ROUTES,
    *enrolment.ROUTES,
    *oidc.ROUTES,
    *health.ROUTES,
)

RESUMED_FOR = 60  # seconds that Streamlit keeps a page whose line was cut
FILES = files.route({**ASSESSMENTS, **PLANS, **REFERENCE})


def prepare(set_option: Callable[[str, Any], None]) -> None:
    """Tell Streamlit what it has to know in server mode; ``set_option`` is its own."""
    now = settings.read()
    if now.serves_people:
        logs.configure(set_option)
        set_option("server.disconnectedSessionTTL", RESUMED_FOR)
        if now.origin:
            set_option("server.allowedHosts", [Address(now.origin).host])


def routes() -> list[BaseRoute]:
    """Return the routes of the program's own: files, and for people those they sign in by."""
    return [FILES, *SIGNING_IN] if settings.read().serves_people else [FILES]


def middleware() -> list[Middleware]:
    """Return what a request goes through, the outermost first."""
    now = settings.read()
    if not now.serves_people:
        return [Middleware(OnThisComputerOnly), Middleware(PreloadChart)]
    return [Middleware(logs.Requests), *_guards(now), Middleware(PreloadChart)]


def _guards(now: Settings) -> list[Middleware]:
    """Return the surface; without an address that people open, nothing from outside gets further."""
    surface = Middleware(Surface, now=now, routes=routes())
    return [surface] if now.origin else [surface, Middleware(OnThisComputerOnly)]
