"""What each address of the server is for; an address that is not known is closed."""

import re
from enum import StrEnum


class Way(StrEnum):
    """How an address may be reached."""

    PROBE = "probe"  # by everyone, whatever name the server was asked by: whether it works
    OPEN = "open"  # by everyone
    OWN = "own"  # by everyone, with whom they are when they are signed in: the forms
    PAGE = "page"  # by who is signed in; others are led to the sign-in form
    SESSION = "session"  # by who is signed in
    SOCKET = "socket"  # by a page of who is signed in, as a WebSocket
    CLOSED = "closed"  # by nobody


PROBES = frozenset({"/healthz", "/readyz", "/_stcore/health"})
FILES = "/files/"
STREAM = "/_stcore/stream"
CONFIGURATION = "/_stcore/host-config"
SHOWN_FIRST = frozenset({"/favicon.png", "/manifest.json"})
ASSET = re.compile(r"/static(/[A-Za-z0-9_-][A-Za-z0-9_.-]*){1,6}")
PAGE = re.compile(r"/([a-z]+(-[a-z]+)*)?")  # Streamlit's own sign-in comes back to one with a figure
NO_PAGES = frozenset({"/auth", "/component", "/files", "/healthz", "/media", "/readyz", "/static"})
HOME = "/"
SIGN_IN, SIGN_OUT, INVITATION = "/auth/sign-in", "/auth/sign-out", "/auth/invitation"
ACCOUNT, PASSWORD, EVERYWHERE = "/auth/account", "/auth/password", "/auth/sign-out-everywhere"
SECOND_STEP = "/auth/second-step"
BEGIN, CONFIRM, PROVE, REMOVE = (f"{SECOND_STEP}/{deed}" for deed in ("begin", "confirm", "prove", "remove"))
PROVIDER = "/auth/oidc"


def way_to(path: str, *, is_own: bool) -> Way:
    """Return how an address may be reached; ``is_own`` when a route of this program answers there."""
    if path in PROBES:
        return Way.PROBE
    if is_own:
        return Way.SESSION if path.startswith(FILES) else Way.OWN
    if path in SHOWN_FIRST or ASSET.fullmatch(path):
        return Way.OPEN
    if path == STREAM:
        return Way.SOCKET
    if path == CONFIGURATION:
        return Way.SESSION
    return Way.PAGE if is_page(path) else Way.CLOSED


def is_page(path: str) -> bool:
    """Return whether an address may be a page of the program: one short word after the slash, or none."""
    return bool(PAGE.fullmatch(path)) and path not in NO_PAGES


def local(address: str) -> str:
    """Return where to go after signing in: an own page with its query, else the first page.

    An address of another server, or anything that a browser could take for one, is not kept.
    """
    path, mark, query = address.partition("?")
    if path not in (ACCOUNT, SECOND_STEP) and not is_page(path):
        return HOME
    if not query.isascii() or not query.isprintable() or any(sign in query for sign in ' \\"<>#'):
        return path
    return path + mark + query
