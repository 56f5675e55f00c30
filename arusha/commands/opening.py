"""The database that a command works with: the administration's own, or the sample's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from arusha import settings
from arusha.store import Store, open_store

Sample = Annotated[bool, typer.Option("--sample", help="Use the database of the fictional sample.")]


@contextmanager
def opened(*, sample: bool = False) -> Iterator[Store]:
    """Open the database, brought to this program's version; raise ``Refused`` when it cannot be used."""
    now = settings.read()
    store = open_store(now.sample_url if sample else now.database_url)
    try:
        yield store
    finally:
        store.close()
