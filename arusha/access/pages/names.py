"""The names of accounts beside their ids, as far as who reads may know them."""

from collections.abc import Mapping

from arusha.access.door import DOOR
from arusha.access.gate import Here
from arusha.access.people import accounts
from arusha.access.rules import LOCAL, Permission


def names_of(here: Here) -> Mapping[str, str]:
    """Return id -> name of every account that the reader may see, and of who has none."""
    t = here.t
    known = {LOCAL.id: t("The operator of this computer"), DOOR.person: t("Somebody not signed in")}
    if here.may(Permission.ACCOUNT_READ):
        known |= {account.id: account.name for account in here(accounts.listed)}
    return known
