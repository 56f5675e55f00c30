"""What must hold before the first page is served: the address, the settings and the database."""

import sys

from arusha import settings
from arusha.access.local import refuse_other_addresses
from arusha.store import open_store
from questionnaires.problems import Refused


def refuse_or_go_on(address: str | None) -> None:
    """End the program with exit code 1 and every reason when it may not or cannot start."""
    try:
        refuse_other_addresses(address)
        open_store(settings.read().database_url).close()
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        sys.exit(1)
