"""Guarded reading of a workbook that a person filled in: its cells as plain values, and nothing that runs.

``limits`` and ``guard`` say what may be opened, ``parsing`` reads it, and ``aside`` has both done in a
process of its own, so that no file can end this one or take its memory.
"""

from arusha.exchange.aside import read
from arusha.exchange.found import EMPTY, Found, Kind, Page, coordinate
from arusha.exchange.guard import is_a_workbook
from arusha.exchange.limits import LARGEST

__all__ = ["EMPTY", "LARGEST", "Found", "Kind", "Page", "coordinate", "opened"]


def opened(data: bytes, name: str) -> dict[str, Page]:
    """Return the sheets of a workbook by name; raise ``Refused`` for a file that must not or cannot be read.

    ``name`` is the file's name, for messages. A formula comes back as ``Kind.FORMULA``, never as its
    stored result.
    """
    is_a_workbook(data, name)
    return read(data, name)
