"""An SQLite file copied while people work, and put back as a whole or not at all."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from arusha.settings import url_of
from arusha.store.address import engine_for
from arusha.store.backup import contents
from arusha.store.backup.contents import Contents
from arusha.store.engine import Store
from questionnaires.problems import N_, printable, refuse

FILE = "database.sqlite"
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite writes beside a file and would mix with another
WAIT = 30  # seconds for another program


def file_of(url: str) -> Path:
    """Return the file that a URL names."""
    return Path(str(make_url(url).database)).absolute()


def copy(source: Path, target: Path) -> Contents:
    """Copy a file in use, as it is at one moment, and return what the copy holds."""
    try:
        with closing(sqlite3.connect(source, timeout=WAIT)) as live, closing(sqlite3.connect(target)) as made:
            live.backup(made)  # in one step: a reader of one moment, whom no writer waits for
            made.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file
        target.chmod(0o600)
        return read(target)
    except sqlite3.Error as error:
        fault = N_("The database cannot be copied: {why}.")
        remedy = N_("Check the disk and the database with python -m arusha doctor, then try again.")
        raise refuse(str(source), fault, remedy, why=printable(str(error), 200)) from error


def read(file: Path) -> Contents:
    """Return what a whole file holds; raise ``sqlite3.Error`` when SQLite itself finds it damaged."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if said != ["ok"]:
            raise sqlite3.DatabaseError(str(said[0]))
        return contents.of_sqlite(connection)


def require_empty(file: Path) -> None:
    """Raise ``Refused`` when there is a database already, or what is left of one."""
    there = [path for path in (file, *(Path(f"{file}{end}") for end in BESIDE)) if path.exists()]
    if there and not (there == [file] and file.is_file() and file.stat().st_size == 0):
        fault = N_("There is a database already, and a backup is never put over one.")
        remedy = N_("Stop the program and move this file away, with those beside it in -wal and -shm.")
        raise refuse(str(there[0]), fault, remedy)


@contextmanager
def restored(unpacked: Path, secrets: Path) -> Iterator[tuple[Store, Contents]]:
    """Give a store on an unpacked file, and what the file holds."""
    try:
        held = read(unpacked)
    except sqlite3.Error as error:
        fault = N_("The database of the backup is damaged: {why}.")
        remedy = N_("Take another backup.")
        raise refuse(unpacked.name, fault, remedy, why=printable(str(error), 200)) from error
    with closing(Store(engine_for(url_of(unpacked)), secrets)) as store:
        yield store, held


def publish(unpacked: Path, file: Path) -> None:
    """Put a file that is closed to its place, where none may be."""
    require_empty(file)
    with unpacked.open("rb") as whole:
        os.fsync(whole.fileno())
    file.unlink(missing_ok=True)  # an empty one
    os.link(unpacked, file)  # fails when somebody was faster
    unpacked.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
