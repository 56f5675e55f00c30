"""The database that the pages of a test open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arusha import settings
from arusha.store import Store, open_store


@pytest.fixture
def own(home: Path) -> Iterator[Store]:
    """Return the program's own database, empty."""
    store = open_store(settings.read().database_url)
    yield store
    store.close()
    assert home.exists()
