"""The tables that tests are given are those that the migrations make in a process of the program's own."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from arusha.store import open_store

BY_ITSELF = "import sys; from arusha.store import open_store; open_store(sys.argv[1]).close()"


def made_of(file: Path) -> list[list[str]]:
    """Return what makes a database; in which order a table names its constraints does not matter."""
    with closing(sqlite3.connect(file)) as connection:
        return sorted(sorted(re.split(r",?\s*\n\s*", line)) for line in connection.iterdump())


def test_every_file_is_like_the_one_that_the_program_makes(tmp_path: Path) -> None:
    first, later, own = (tmp_path / f"{name}.sqlite" for name in ("first", "later", "own"))
    for file in (first, later):
        open_store(f"sqlite:///{file}").close()
    subprocess.run([sys.executable, "-c", BY_ITSELF, f"sqlite:///{own}"], check=True)
    assert made_of(first) == made_of(later) == made_of(own)
    assert len(made_of(own)) > 30
