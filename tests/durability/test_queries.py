"""What signing in costs: on a server a page asks the database one thing more, namely who it is for."""

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from arusha import settings
from arusha.access import gate
from arusha.access.people import accounts, sessions
from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Store, open_store
from tests.access.people import statements
from tests.assessments.rounds import whole
from tests.durability.conftest import opened
from tests.visiting import PAGES, SHELL, went_wrong

ASKS_WHO = "SELECT sessions."
OF_THE_OWN_ADMINISTRATION = {f"plans/pages/{name}.py" for name in ("plan", "benchmarks", "progress")}
"""Pages that need not look up whose round was seen last where the person belongs to an administration."""


@dataclass(frozen=True)
class Office:
    """A database with one round, and somebody's session in it."""

    store: Store
    round_id: str
    session: str


@pytest.fixture
def office(home: Path) -> Iterator[Office]:
    """Return a database with one round and a coordinator who has signed in."""
    with closing(open_store(settings.read().database_url)) as store:
        round_id = opened(store)
        service.import_answers(LOCAL, store, round_id, whole())
        account = accounts.add(LOCAL, store, "Aya", "coordinator", administration="XA")
        yield Office(store, round_id, sessions.enter(store, account.id, second_step=True).session)
    assert home.exists()


def asked(office: Office, session: str = "", pages: Collection[str] = ()) -> dict[str, list[str]]:
    """Return page -> what it asks the database for when it is open already and runs once more."""
    at = AppTest.from_file(SHELL, default_timeout=60)
    at.user = {gate.SESSION: session} if session else {}
    at.query_params["round"] = office.round_id
    at.run()
    return {path: _of(at, path, office.round_id) for path in pages or sorted(_registered(at))}


def _registered(at: AppTest) -> set[str]:
    known = {page["script_path"] for page in at._registered_pages.values()}
    return {page.file for page in PAGES if str(SHELL.parent / page.file) in known}


def _of(at: AppTest, file: str, round_id: str) -> list[str]:
    at.query_params["round"] = round_id
    at.switch_page(file).run()
    with statements() as found:
        at.run()
    assert went_wrong(at) == [], file
    return found


def test_a_page_asks_only_who_it_is_for_and_nothing_else_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = asked(office)
    monkeypatch.setenv("ARUSHA_MODE", "server")
    served = asked(office, office.session)
    assert set(alone) < set(served)  # some pages there are on a server only
    more = {page: len(served[page]) - len(alone[page]) for page in alone}
    assert {page for page, count in more.items() if count != 1} == OF_THE_OWN_ADMINISTRATION
    assert max(more.values()) == 1
    for page, found in served.items():
        assert sum(one.startswith(ASKS_WHO) for one in found) == 1, page


def test_the_count_finds_a_page_that_asks_twice_who_it_is_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setattr(gate, "_this_run", lambda: None)  # who it is for is forgotten within a run
    found = asked(office, office.session, ["across/pages/profile.py"])
    assert all(sum(one.startswith(ASKS_WHO) for one in page) > 1 for page in found.values())
