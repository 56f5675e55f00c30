"""Servers for the tests of the web side, each started once: guarded, without its guard, behind TLS."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.web.world import BARE, furnished, program, server
from tests.browsing import Server

ORIGIN = "https://integrity.example.org"


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return the small program as server mode runs it, on this computer."""
    yield from _running(tmp_path_factory.mktemp("guarded"))


@pytest.fixture(scope="session")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return it as people reach it through a proxy that ends TLS; it names the client's address."""
    folder = tmp_path_factory.mktemp("tls")
    yield from _running(folder, ARUSHA_ORIGIN=ORIGIN, ARUSHA_CLIENT_HEADER="X-Real-IP")


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return it where everyone needs a second step."""
    yield from _running(tmp_path_factory.mktemp("strict"), ARUSHA_SECOND_STEP="required")


@pytest.fixture(scope="session")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return it without the surface, and with Streamlit trusting the header all the same."""
    yield from _running(tmp_path_factory.mktemp("unguarded"), BARE)


@pytest.fixture(scope="session")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return it without the surface and without the header: as Streamlit is by itself."""
    yield from _running(tmp_path_factory.mktemp("trusting"), BARE, trusted=False)


def _running(folder: Path, *app: str, trusted: bool = True, **environment: str) -> Iterator[Server]:
    made = program(folder / "program", *app, trusted=trusted)
    with server(made, furnished(folder / "home"), **environment) as running:
        yield running
