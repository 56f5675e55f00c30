"""Cells that another program changed into something that cannot be read: SQLite lets it put in anything."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError


class Illegible(Exception):  # noqa: N818 - what a reader is told
    """A cell does not hold what its column is for."""


@contextmanager
def legible() -> Iterator[None]:
    """Turn what reading a spoilt cell ends with into ``Illegible``; every other error stays what it is."""
    try:
        yield
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Illegible from error
    except DBAPIError as error:
        if "could not decode" in str(error.orig).casefold():
            raise Illegible from error
        raise
