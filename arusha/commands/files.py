"""Files that a command reads or writes: within a limit, and as a whole or not at all."""

import os
from pathlib import Path

from questionnaires.problems import N_, refuse

LARGEST = 50_000_000  # bytes; a full answers file with the longest notes has about a fifth of it


def read(path: Path) -> bytes:
    """Return a file's bytes; raise ``OSError``, or ``Refused`` when it is far larger than answers can be."""
    with path.open("rb") as source:
        data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        fault = N_("The file is larger than {largest} bytes.")
        raise refuse(str(path), fault, N_("Choose the file with the answers."), largest=LARGEST)
    return data


def write(path: Path, data: bytes) -> None:
    """Write a file; when that fails what was there before stays. Raises ``OSError``."""
    target = path.resolve()
    if target.exists() and not target.is_file():  # a pipe or a terminal is written to, never replaced
        target.write_bytes(data)
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        part.write_bytes(data)
        part.chmod(target.stat().st_mode & 0o777 if target.exists() else _usual_mode())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def _usual_mode() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
