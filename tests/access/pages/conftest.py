"""A server with people on it, and the pages as each of them has them open."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from arusha import settings
from arusha.access.people import accounts, sessions
from arusha.access.rules import LOCAL
from arusha.store import Store, open_store
from tests.visiting import SHELL, went_wrong

Open = Callable[..., AppTest]


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return the database of a server with people of two administrations and of the WCO."""
    monkeypatch.setenv("ARUSHA_MODE", "server")
    with closing(open_store(settings.read().database_url)) as store:
        accounts.add(LOCAL, store, "Root", "system")
        accounts.add(LOCAL, store, "Aya", "coordinator", administration="KE")
        accounts.add(LOCAL, store, "Hami", "head", administration="KE")
        accounts.add(LOCAL, store, "Ben", "contributor", administration="KE", factors=["reform"])
        accounts.add(LOCAL, store, "Fay", "coordinator", administration="FJ")
        accounts.add(LOCAL, store, "Reg", "regional_office", region="europe")
        accounts.add(LOCAL, store, "Rev", "reviewer", assigned=["KE", "XA"])
        yield store
    assert home.exists()


@pytest.fixture
def open_page(server: Store) -> Open:
    """Return what opens a page as somebody who has signed in."""

    def opened(file: str, name: str, **query: str) -> AppTest:
        at = AppTest.from_file(SHELL.parent / "access" / "pages" / file, default_timeout=60)
        account = accounts.find(LOCAL, server, name)
        at.user = {"session": sessions.enter(server, account.id, second_step=True).session}
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        assert went_wrong(at) == []
        return at

    return opened
