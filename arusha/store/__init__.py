"""Where everything is kept: engine, transactions, mapped base and migrations."""

from arusha.store.base import Base, Moment
from arusha.store.engine import Store, open_store

__all__ = ["Base", "Moment", "Store", "open_store"]
