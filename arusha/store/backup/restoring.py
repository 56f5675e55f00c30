"""Put a backup back: held to its manifest before anybody sees it, into an empty place, or nowhere at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from arusha.settings import Settings
from arusha.store import guard, keys
from arusha.store.backup import bundle, manifest, postgresql, sqlite
from arusha.store.backup.contents import Contents
from arusha.store.backup.making import ANCHORS, QUESTIONNAIRES
from arusha.store.backup.manifest import Manifest
from arusha.store.engine import Store
from questionnaires.problems import N_, Problem, Refused, refuse

FILES = {"sqlite": sqlite.FILE, "postgresql": postgresql.FILE}


@dataclass(frozen=True)
class Restored:
    """A database that nobody sees yet, what it is a copy of, and the anchors that came with it, if any."""

    store: Store
    manifest: Manifest
    anchors: Path | None


@contextmanager
def restoring(
    source: Path, now: Settings, at: datetime, *, role: str = "", check: bool = False
) -> Iterator[Restored]:
    """Give a database made from a backup; it takes its place when the block ends without an error.

    ``role`` is the program's own on PostgreSQL in server mode, ``check`` tries the backup and keeps nothing.
    Raises ``Refused`` with everything that is wrong, or ``OSError``; then nothing has changed.
    """
    with ExitStack() as stack:
        found = stack.enter_context(bundle.opened(source))
        told = manifest.read(str(source / manifest.NAME), found.manifest(), _key(now))
        _require_place(told, now, check=check)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=_beside(told, now, check=check))))
        found.unpack(told.files, folder)
        if not check:
            _require_room(folder / QUESTIONNAIRES, now.home / QUESTIONNAIRES)
        store, held = stack.enter_context(_database(told, folder, now, check=check))
        manifest.require_same(str(source), told, held.tables, held.trail)
        store.bring_up_to_date()
        anchors = folder / ANCHORS
        yield Restored(store, told, anchors if anchors.exists() else None)
        if not check:
            _publish(store, told, folder, now, role, at)


def _key(now: Settings) -> bytes:
    if not (now.keys / "trail").exists():  # one that is made now would fit no backup
        fault = N_("The secrets that the backup was made with are not here.")
        raise refuse(
            str(now.keys / "trail"), fault, N_("Put back the folder of secrets first, then restore.")
        )
    return keys.key(now.keys, "trail")


def _require_place(told: Manifest, now: Settings, *, check: bool) -> None:
    """Raise ``Refused`` unless the settings name an empty database of this kind; for a try, any."""
    if told.dialect == "sqlite" and check:
        return
    if ("postgresql" if guard.is_postgresql(now.owner_url) else "sqlite") != told.dialect:
        fault = N_("The backup is of {dialect}, and the settings name a database of another kind.")
        remedy = N_("Set ARUSHA_DATABASE_URL to an empty database of that kind.")
        raise refuse("ARUSHA_DATABASE_URL", fault, remedy, dialect=told.dialect)
    if told.dialect == "sqlite":
        sqlite.require_empty(sqlite.file_of(now.owner_url))
    elif not check:
        postgresql.require_empty(now.owner_url)


def _beside(told: Manifest, now: Settings, *, check: bool) -> Path | None:
    """Return where to unpack: on the disk of the database when the file is to be put there."""
    return sqlite.file_of(now.owner_url).parent if told.dialect == "sqlite" and not check else None


def _require_room(unpacked: Path, home: Path) -> None:
    """Raise ``Refused`` for each questionnaire that is there already and says something else."""
    if not unpacked.is_dir():
        return
    problems = [
        Problem(
            str(home / name),
            N_("This file is there already and differs from the one in the backup."),
            N_("Move the folder questionnaires away, then restore."),
        )
        for name, path in bundle.found_in(unpacked).items()
        if (home / name).exists() and (home / name).read_bytes() != path.read_bytes()
    ]
    if problems:
        raise Refused(problems)


@contextmanager
def _database(
    told: Manifest, folder: Path, now: Settings, *, check: bool
) -> Iterator[tuple[Store, Contents]]:
    unpacked = folder / FILES[told.dialect]
    with ExitStack() as stack:
        if told.dialect == "sqlite":
            yield stack.enter_context(sqlite.restored(unpacked, now.keys))
            return
        url = stack.enter_context(postgresql.scratch(now.owner_url)) if check else now.owner_url
        yield stack.enter_context(postgresql.restored(url, unpacked, now.keys))


def _publish(store: Store, told: Manifest, folder: Path, now: Settings, role: str, at: datetime) -> None:
    """Let everybody see it: the files first, the database last; an error takes the files back."""
    with ExitStack() as undo:
        if (folder / QUESTIONNAIRES).is_dir():
            for name, path in bundle.found_in(folder / QUESTIONNAIRES).items():
                _put(path, now.home / QUESTIONNAIRES / name, undo)
        if (folder / ANCHORS).exists():
            _put_anchors(folder / ANCHORS, now.anchors, at, undo)
        store.close()
        if told.dialect == "sqlite":
            sqlite.publish(folder / sqlite.FILE, sqlite.file_of(now.owner_url))
        elif role:
            store.bring_up_to_date(role)
        undo.pop_all()


def _put_anchors(source: Path, target: Path, at: datetime, undo: ExitStack) -> None:
    """Put the anchors back; others that are there tell of a trail that went on, and are kept aside."""
    if target.exists() and target.read_bytes() != source.read_bytes():
        aside = target.with_name(f"{target.name}.{at:%Y%m%dT%H%M%S}")
        target.rename(aside)
        undo.callback(aside.rename, target)
    _put(source, target, undo)


def _put(source: Path, target: Path, undo: ExitStack) -> None:
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        undo.callback(target.unlink, missing_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o600)
