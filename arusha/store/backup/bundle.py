"""The files of a backup: a folder, or one archive, each file held to what the manifest says of it."""

import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from arusha.store.backup.manifest import COPY, LARGEST, NAME, File
from questionnaires.problems import N_, Problem, Refused, printable, refuse

CHUNK = 1 << 20
ARCHIVE = ".zip"

NOT_THERE = N_("There is no backup here.")
CHANGED = N_("This file of the backup was changed or cut off.")


def described(file: Path) -> File:
    """Return size and hash of a file."""
    hash_ = sha256()
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            hash_.update(chunk)
    return File(file.stat().st_size, hash_.hexdigest())


def found_in(folder: Path) -> dict[str, Path]:
    """Return every file in a folder and those within it, by its name with slashes; no mere pointers."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def pack(folder: Path, archive: Path) -> None:
    """Write a folder's files into one archive."""
    with archive.open("xb") as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, path in found_in(folder).items():
            packed.write(path, name)
        packed.close()
        target.flush()
        os.fsync(target.fileno())


class Bundle:
    """A backup to be read: where it is, and the files in it by name."""

    def __init__(
        self, place: Path, files: Mapping[str, Path], archive: zipfile.ZipFile | None = None
    ) -> None:
        self.place = place
        self.names = set(archive.namelist()) if archive else set(files)
        self._files, self._archive = files, archive

    def manifest(self) -> bytes:
        """Return the manifest's bytes."""
        if NAME not in self.names:
            raise refuse(str(self.place / NAME), NOT_THERE, N_("Name the folder or the archive of a backup."))
        with self._opened(NAME) as source:
            data = source.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise refuse(str(self.place / NAME), CHANGED, COPY)
        return data

    def unpack(self, wanted: Mapping[str, File], folder: Path) -> None:
        """Copy every file into a folder; raise ``Refused`` naming each that is not what it has to be."""
        problems = [*self._missing(wanted), *self._uninvited(wanted)]
        for name, file in wanted.items():
            if name in self.names and not self._copied(name, file, folder):
                problems.append(Problem(str(self.place / name), CHANGED, COPY))
        if problems:
            raise Refused(problems)

    def _missing(self, wanted: Mapping[str, File]) -> Iterator[Problem]:
        for name in sorted(wanted.keys() - self.names):
            yield Problem(str(self.place / name), N_("This file of the backup is missing."), COPY)

    def _uninvited(self, wanted: Mapping[str, File]) -> Iterator[Problem]:
        for name in sorted(self.names - wanted.keys() - {NAME}):
            place = str(self.place / printable(name))
            yield Problem(place, N_("This file does not belong to the backup."), N_("Remove it."))

    def _copied(self, name: str, wanted: File, folder: Path) -> bool:
        """Copy one file and return whether it is what it has to be; never more bytes than that."""
        target = folder / safe(name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        hash_, left = sha256(), wanted.bytes
        try:
            with self._opened(name) as source, target.open("xb") as copy:
                while chunk := source.read(min(CHUNK, left + 1)):
                    left -= len(chunk)
                    if left < 0:
                        return False
                    hash_.update(chunk)
                    copy.write(chunk)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
            return False
        target.chmod(0o600)
        return left == 0 and hash_.hexdigest() == wanted.sha256

    def _opened(self, name: str) -> IO[bytes]:
        if self._archive is None:
            return self._files[name].open("rb")
        try:
            return self._archive.open(name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise refuse(str(self.place / name), CHANGED, COPY) from error


def safe(name: str) -> Path:
    """Return a name with slashes as a path that stays within its folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
        raise refuse(printable(name), N_("This is not the name of a file of a backup."), COPY)
    return Path(*parts)


@contextmanager
def opened(place: Path) -> Iterator[Bundle]:
    """Give a backup to be read; raise ``Refused`` when there is none, or ``OSError``."""
    if not place.exists():
        raise refuse(str(place), NOT_THERE, N_("Name the folder or the archive of a backup."))
    if stat.S_ISDIR(place.stat().st_mode):
        yield Bundle(place, found_in(place))
        return
    try:
        archive = zipfile.ZipFile(place)
    except zipfile.BadZipFile as error:
        raise refuse(str(place), N_("This is not an archive as the program writes it."), COPY) from error
    with archive:
        yield Bundle(place, {}, archive)
