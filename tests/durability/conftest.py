"""A database as a server has it: SQLite, or PostgreSQL with its guard up and another role as owner."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Store, open_store


@pytest.fixture(params=["sqlite_url", "guarded_url"], ids=["sqlite", "postgresql"])
def served_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a database, once for SQLite and once for PostgreSQL as the program's role."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
def served(served_url: str) -> Iterator[Store]:
    """Return such a database, open and empty."""
    with closing(open_store(served_url)) as store:
        yield store


def opened(store: Store, code: str = "XA", year: int = 2026) -> str:
    """Open a round of a fictional administration; return its id."""
    name = f"Land {code}"
    return service.open_round(LOCAL, store, code, "arusha_2026", year, region="europe", name=name).id
