"""What a server writes down while it runs: JSON lines that tell how it does, and of nobody anything.

A line holds only the fields below. Where a request went is one of a few templates, an error is its type and
the place in the program it came from; texts of messages are left out, they may hold what somebody wrote.
"""

import json
import logging
import re
import secrets
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from traceback import walk_tb
from types import TracebackType
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from arusha.access.web import paths

FIELDS = (
    "time", "level", "logger", "request", "method", "path", "status", "milliseconds", "type", "place",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KNOWN = frozenset(
    {
        *(
            paths.HOME,
            paths.SIGN_IN,
            paths.SIGN_OUT,
            paths.INVITATION,
            paths.PROVIDER,
            f"{paths.PROVIDER}/back",
        ),
        *(paths.ACCOUNT, paths.PASSWORD, paths.EVERYWHERE, paths.SECOND_STEP),
        *(paths.BEGIN, paths.CONFIRM, paths.PROVE, paths.REMOVE),
        *paths.PROBES,
        paths.STREAM,
        paths.CONFIGURATION,
    }
)
TEMPLATES = (
    ("/auth/", "/auth/{form}"),
    (paths.FILES, "/files/{id}"),
    ("/static/", "/static/{file}"),
    ("/media/", "/media/{file}"),
    ("/component/", "/component/{file}"),
    ("/_stcore/upload_file/", "/_stcore/upload_file/{session}/{file}"),
    ("/_stcore/", "/_stcore/{other}"),
)
PAGE = re.compile(r"/[a-z][a-z_-]{0,39}/?")
HOUSE = Path(__file__).parents[3]
ROOMS = ("arusha", "questionnaires", "scoring")
QUIET = ("httpx", "httpcore", "uvicorn.access")  # each has a line for what is a line already

Uncaught = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
_request: ContextVar[str] = ContextVar("request", default="")


def line(**fields: object) -> str:
    """Return one line; raise ``ValueError`` for a field that is not on the list."""
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ValueError(f"not to be written down: {', '.join(unknown)}")
    said = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "request": _request.get()} | fields
    return json.dumps({name: said[name] for name in FIELDS if said.get(name) not in (None, "")})


def write(**fields: object) -> None:
    """Write one line to stdout, whole even when several do; a server goes on when nobody reads it."""
    said = line(**fields) + "\n"
    with suppress(OSError, ValueError):  # a pipe that broke, a stream that was closed
        sys.stdout.write(said)
        sys.stdout.flush()


def template(path: str) -> str:
    """Return the template a path is of, without any id in it."""
    if path in KNOWN:
        return path
    for beginning, known in TEMPLATES:
        if path.startswith(beginning):
            return known
    return "/{page}" if PAGE.fullmatch(path) else "/{other}"


def traced(uncaught: Uncaught) -> dict[str, str]:
    """Return type and place of an error: the last line of this program it came through, or of any."""
    kind, _, trace = uncaught
    frames = [(Path(frame.f_code.co_filename), number) for frame, number in walk_tb(trace)]
    own = [frame for frame in frames if _is_ours(frame[0])]
    named = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.") if kind else ""
    return {"type": named, "place": _place(*(own or frames)[-1]) if frames else ""}


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(HOUSE) and file.relative_to(HOUSE).parts[0] in (*ROOMS, "app.py")


def _place(file: Path, number: int) -> str:
    """Return file and line without the folders of this computer, which may name its user."""
    if _is_ours(file):
        return f"{file.relative_to(HOUSE).as_posix()}:{number}"
    parts = file.parts
    start = parts.index("site-packages") + 1 if "site-packages" in parts else len(parts) - 1
    return f"{'/'.join(parts[start:])}:{number}"


class Lines(logging.Handler):
    """Write what any library logs as a line: level, logger and place, never its text."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        try:
            where = {"place": _place(Path(record.pathname), record.lineno)}
            if record.exc_info and record.exc_info[0]:
                where = traced(record.exc_info)
            write(level=record.levelname, logger=record.name, **where)
        except Exception:  # noqa: S110 - what cannot be logged must neither stop nor tell anything
            pass


class OneWay(logging.Logger):
    """A logger whose records all go to the one handler, whoever wants to give it another."""

    propagate = property(lambda self: True, lambda self, value: None)

    def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - the name it overrides
        """Take no handler."""


def configure(set_option: Callable[[str, Any], None]) -> None:
    """Let everything this process writes be lines; ``set_option`` is Streamlit's."""
    set_option("logger.enableRich", False)  # it would print the text and the lines around an error
    logging.setLoggerClass(OneWay)
    for logger in [
        one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)
    ]:
        logger.handlers.clear()
        logger.__class__ = OneWay
    logging.root.handlers[:] = [Lines()]
    logging.root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = lambda *uncaught: _uncaught(uncaught)
    sys.unraisablehook = lambda told: _uncaught((told.exc_type, told.exc_value, told.exc_traceback))
    threading.excepthook = lambda told: _uncaught((told.exc_type, told.exc_value, told.exc_traceback))


def _uncaught(uncaught: Uncaught) -> None:
    write(level="CRITICAL", **traced(uncaught))


class Requests:
    """Write a line for every request and every WebSocket that is opened or refused."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with an id that the answer carries too."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        token = _request.set(secrets.token_hex(8))
        told = Told(scope)
        try:
            await self._app(scope, receive, told.through(send))
        except BaseException:
            told.tell(500)
            raise
        finally:
            _request.reset(token)


class Told:
    """One request: told once, as soon as it is known how it was answered."""

    def __init__(self, scope: Scope) -> None:
        self._started = perf_counter()
        method = scope.get("method", "WEBSOCKET")
        self._method = method if method in (*METHODS, "WEBSOCKET") else "OTHER"
        self._path = template(scope["path"])
        self._done = False

    def through(self, send: Send) -> Send:
        """Return ``send``, listened to."""

        async def listened(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = [*message.get("headers", ()), (b"x-request-id", _request.get().encode())]
                message = {**message, "headers": headers}
                self.tell(message["status"])
            elif message["type"] in ("websocket.accept", "websocket.close"):
                self.tell(101 if message["type"] == "websocket.accept" else 403)
            await send(message)

        return listened

    def tell(self, status: int) -> None:
        """Write the line, unless it was written."""
        if not self._done:
            self._done = True
            milliseconds = round((perf_counter() - self._started) * 1000, 1)
            level = "ERROR" if status >= 500 else "INFO"
            write(level=level, method=self._method, path=self._path, status=status, milliseconds=milliseconds)
