"""What must hold before the first page is served: the address, the settings and the database."""

import sys
from contextlib import closing

from arusha import settings, tables
from arusha.access.local import ADDRESS, is_this_computer, refuse_other_addresses
from arusha.settings import Settings
from arusha.store import guard, open_store
from questionnaires.problems import N_, Refused, refuse

EVERY_TABLE = tables  # each is looked at when the guard is


def refuse_or_go_on(address: str | None) -> None:
    """End the program with exit code 1 and every reason when it may not or cannot start."""
    try:
        now = settings.read()
        refuse_wrong_address(address, now)
        with closing(open_store(now.database_url)) as store:
            if now.serves_people:
                guard.refuse_unguarded(store)
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        sys.exit(1)


def refuse_wrong_address(address: str | None, now: Settings) -> None:
    """Raise ``Refused`` unless the program may be served on this address."""
    if not now.serves_people:
        refuse_other_addresses(address)
    elif not now.origin and not is_this_computer(address or ""):
        fault = N_(
            "It is not known which address people open, so people are served on this computer only, "
            "not on {address}."
        )
        remedy = N_("Set ARUSHA_ORIGIN to that address, or start it with --server.address 127.0.0.1.")
        raise refuse(ADDRESS, fault, remedy, address=address or "0.0.0.0")  # noqa: S104 - named, not bound
