"""The program's own secrets, each a file beside the database and never in it."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from questionnaires.problems import N_, refuse

NAMES = ("trail", "rows", "codes", "networks")
"""trail: seals the audit trail; rows: signs what PostgreSQL is told of a person; codes: wraps the secrets of
second steps; networks: hides the addresses that sign-in attempts came from."""
BYTES = 32


def key(folder: Path, name: str) -> bytes:
    """Return a secret of 32 bytes, made at the first use; raise ``Refused`` when its file is of no use."""
    return _key(folder / name)


@lru_cache(maxsize=64)
def _key(file: Path) -> bytes:
    try:
        _make(file)
        found = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise _useless(file, error) from error
    if len(found) != BYTES:
        raise _useless(file, ValueError(f"{len(found)} bytes"))
    return found


def _make(file: Path) -> None:
    """Write a new secret unless there is one; whoever is first wins, and nobody ever reads half of it."""
    if file.exists():
        return
    for folder in (file.parent.parent, file.parent):  # ``parents`` alone would leave the first open to all
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(secrets.token_bytes(BYTES).hex() + "\n")
        target.flush()
        os.fsync(target.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _useless(file: Path, error: Exception) -> Exception:
    fault = N_("The secret in this file cannot be used: {why}.")
    remedy = N_("Put back the file from a copy; without it the trail cannot be proved.")
    return refuse(str(file), fault, remedy, why=str(error).rstrip("."))
