"""Make a backup: the database at one moment, what is kept beside it, the manifest; all of it or nothing."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from arusha.settings import Settings
from arusha.store import keys, schema
from arusha.store.address import engine_for
from arusha.store.backup import bundle, manifest, postgresql, sqlite
from arusha.store.backup.contents import Contents
from arusha.store.backup.manifest import Manifest
from arusha.store.engine import Store
from arusha.version import VERSION
from questionnaires.problems import N_, refuse

ANCHORS = "anchors.jsonl"
QUESTIONNAIRES = "questionnaires"


@dataclass(frozen=True)
class Made:
    """A backup that was made, and where."""

    place: Path
    manifest: Manifest


def make(target: Path, now: Settings, at: datetime, told: Callable[[Store], None]) -> Made:
    """Back up the database, the national questionnaires and the anchors; never the secrets.

    ``target`` becomes a folder, or an archive when its name ends in ``.zip``. A database of this version is
    ``told`` of it just before. Raises ``Refused`` or ``OSError``.
    """
    target = target.absolute()
    if target.exists():
        fault = N_("There is something here already, and a backup is never put over it.")
        raise refuse(str(target), fault, N_("Choose another name."))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.mkdir(mode=0o700, parents=True)
        made = _filled(part, now, at, told)
        _published(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        part.with_suffix(bundle.ARCHIVE).unlink(missing_ok=True)
    return Made(target, made)


def _filled(folder: Path, now: Settings, at: datetime, told: Callable[[Store], None]) -> Manifest:
    if now.anchors.is_file():  # first: what an anchor tells of is in every copy made after it
        shutil.copyfile(now.anchors, folder / ANCHORS)
    dialect, held = _database(folder, now, told)
    if (now.home / QUESTIONNAIRES).is_dir():
        for name, path in bundle.found_in(now.home / QUESTIONNAIRES).items():
            copy = folder / QUESTIONNAIRES / bundle.safe(name)
            copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(path, copy)
    files = {name: bundle.described(path) for name, path in bundle.found_in(folder).items()}
    if held.trail.seq and not (now.keys / "trail").exists():  # one that is made now would prove nothing
        fault = N_("The secret that seals the trail is not there, so nothing can be proved.")
        raise refuse(str(now.keys / "trail"), fault, N_("Put back the folder of secrets first."))
    made = Manifest(VERSION, held.version, dialect, at.isoformat(), held.tables, files, held.trail)
    (folder / manifest.NAME).write_bytes(manifest.written(made, keys.key(now.keys, "trail")))
    for path in bundle.found_in(folder).values():
        path.chmod(0o600)
    return made


def _database(folder: Path, now: Settings, told: Callable[[Store], None]) -> tuple[str, Contents]:
    """Copy the database as it stands; an older one is not migrated by the way."""
    engine = engine_for(now.owner_url)
    with closing(Store(engine, now.keys)) as store:
        if _require_version(store, now) == schema.HEAD:
            told(store)
        if store.dialect == "sqlite":
            return store.dialect, sqlite.copy(sqlite.file_of(now.owner_url), folder / sqlite.FILE)
        return store.dialect, postgresql.dump(store, engine, folder / postgresql.FILE)


def _require_version(store: Store, now: Settings) -> str:
    """Return the database's version; raise ``Refused`` when there is no database."""
    if store.dialect == "sqlite" and not sqlite.file_of(now.owner_url).is_file():
        raise _empty(store.name)
    with store.looking() as connection:
        version = schema.version_of(store.name, connection)
        if not version:
            raise _empty(store.name)
    return version


def _empty(name: str) -> Exception:
    return refuse(
        name, N_("There is no database to back up."), N_("Check ARUSHA_HOME and ARUSHA_DATABASE_URL.")
    )


def _published(part: Path, target: Path) -> None:
    if target.suffix.lower() == bundle.ARCHIVE:
        archive = part.with_suffix(bundle.ARCHIVE)
        bundle.pack(part, archive)
        archive.chmod(0o600)
        os.link(archive, target)  # fails when somebody was faster
    else:
        for path in bundle.found_in(part).values():
            with path.open("rb") as written:
                os.fsync(written.fileno())
        part.rename(target)
