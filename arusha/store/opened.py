"""The databases of a running server, each opened once."""

from functools import lru_cache

from arusha.store.engine import Store, open_store


@lru_cache(maxsize=8)
def opened(url: str) -> Store:
    """Return the database of this URL; raise ``Refused`` when it cannot be opened."""
    return open_store(url)
