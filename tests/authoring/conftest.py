"""These tests are about what stands in a workbook, so they read it in this process: the very same code.

That it is read in a process of its own is tested in ``tests/exchange`` and by the commands.
"""

import pytest

from arusha.exchange import parsing, reading


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read workbooks in this process."""
    monkeypatch.setattr(reading, "read", parsing.parse)
