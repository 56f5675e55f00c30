"""What a request says: its fields, the reader's language, the network it came from, whose session it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from arusha.access.web import desk
from arusha.i18n import Translator, offered, translator
from arusha.settings import Settings
from arusha.store import Store

FORM = "application/x-www-form-urlencoded"
SESSION = "x-arusha-session"
"""The header in which the surface names the session; no request from outside ever bears it."""
BIGGEST = 16_384  # bytes; three passwords of 256 characters, each written as %XX, fit
MOST_FIELDS = 20
MOST_LANGUAGES = 20


@dataclass(frozen=True)
class Asked:
    """A request to one of the forms: what was typed, by whom, and what is needed to answer."""

    t: Translator
    now: Settings
    store: Store
    said: Mapping[str, str]
    session: str
    network: str

    def __getitem__(self, name: str) -> str:
        """Return what was typed into a field, '' when it was not sent."""
        return self.said.get(name, "")


class Unreadable(Exception):  # noqa: N818 - it is the request that is
    """What was sent is no form of ours; ``status`` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


async def heard(request: Request) -> Asked:
    """Return what a request asks; raise ``Unreadable``, or ``Refused`` when there is no database."""
    now = desk.now()
    said = dict(request.query_params) if request.method in ("GET", "HEAD") else await fields(request)
    session = request.headers.get(SESSION, "")
    return Asked(reader(request.scope), now, desk.store(), said, session, network(request, now))


async def fields(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent, the last of each name; raise ``Unreadable``."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BIGGEST:
            raise Unreadable(413)
    if body and request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Unreadable(415)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise Unreadable(400) from error


def reader(scope: Scope) -> Translator:
    """Return the translator for who asks: the language that is set, else the best of the browser's."""
    return translator(desk.now().language or language(Headers(scope=scope).get("accept-language", "")))


def language(accepted: str) -> str:
    """Return the language that is offered and wanted most, '' when none is both."""
    wanted = [_weighed(one) for one in accepted.split(",")[:MOST_LANGUAGES]]
    spoken = [(weight, tag) for weight, tag in wanted if weight > 0 and tag in offered()]
    return max(spoken, key=lambda one: one[0])[1] if spoken else ""


def _weighed(one: str) -> tuple[float, str]:
    """Return weight and tag of one language of the header: ``fr-CH;q=0.9``."""
    tag, _, parameters = one.partition(";")
    _, _, weight = parameters.partition("q=")
    try:
        return (float(weight) if weight else 1.0), tag.strip().partition("-")[0].casefold()
    except ValueError:
        return 0.0, ""


def network(request: Request, now: Settings) -> str:
    """Return the address a request came from, as the proxy names it when a setting says in which header.

    Of several addresses the last counts: it is what the proxy itself saw.
    """
    named = request.headers.getlist(now.client_header) if now.client_header else []
    said = named[-1].rpartition(",")[2].strip() if named else ""
    try:
        return str(ip_address(said))
    except ValueError:
        return request.client.host if request.client else ""
