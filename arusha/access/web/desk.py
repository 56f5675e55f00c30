"""What the forms work with: the settings of the running server and its database."""

from arusha import settings
from arusha.settings import Settings
from arusha.store import Store
from arusha.store.opened import opened


def now() -> Settings:
    """Return the settings in force."""
    return settings.read()


def store() -> Store:
    """Return the server's database, opened once; raise ``Refused`` when it cannot be."""
    return opened(now().database_url)
