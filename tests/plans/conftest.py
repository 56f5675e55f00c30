"""The databases of ``tests.assessments``, SQLite and PostgreSQL, for plans too."""

from tests.assessments.conftest import made, own_home, sqlite_store, store, url

__all__ = ["made", "own_home", "sqlite_store", "store", "url"]
