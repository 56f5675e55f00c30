"""The database that the pages of a test open."""

from tests.plans.pages.conftest import own

__all__ = ["own"]
