"""The manifest of a backup: of which program and when, every file, every table's rows, and a seal over it.

The seal is HMAC-SHA256 with the secret of the trail, so that a backup changed by somebody who has not got the
secret is known as such, and one that belongs to other secrets too.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from arusha.store.schema import HEAD
from questionnaires.problems import N_, Problem, Refused, printable, refuse

NAME = "manifest.json"
FORMAT = 1
LARGEST = 20_000_000  # bytes; a file of it for each questionnaire has about 200

BROKEN = N_("This is not a manifest as the program writes it.")
COPY = N_("Take another copy of the backup.")


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and the SHA-256 of them in the order of their keys."""

    rows: int
    hash: str


@dataclass(frozen=True)
class File:
    """How large a file is, in bytes, and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Link:
    """The newest link of the trail; number 0 and no seal when nothing was recorded yet."""

    seq: int = 0
    mac: str = ""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. ``made_at`` is an ISO time, ``version`` the database's, ``dialect`` its kind."""

    program: str
    version: str
    dialect: str
    made_at: str
    tables: Mapping[str, Table]
    files: Mapping[str, File]
    trail: Link

    @property
    def moment(self) -> datetime:
        """Return when it was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        """Return how many rows the database has."""
        return sum(table.rows for table in self.tables.values())


def written(manifest: Manifest, key: bytes) -> bytes:
    """Return a manifest as its file, sealed."""
    said = {"format": FORMAT, "key": _mark(key), **asdict(manifest)}
    return _json(said | {"seal": _seal(said, key)})


def read(place: str, data: bytes, key: bytes) -> Manifest:
    """Return what a file says; raise ``Refused`` when it is not whole, not ours, or of a newer program."""
    said = _parsed(place, data)
    if said.get("format", 0) > FORMAT or str(said.get("version", "")) > HEAD:
        fault = N_("The backup was made by a newer program, {program}: its database is of version {version}.")
        values = {
            "program": printable(str(said.get("program"))),
            "version": printable(str(said.get("version"))),
        }
        raise refuse(place, fault, N_("Install that program, then restore."), **values)
    if said.get("key") != _mark(key):
        fault = N_("The backup was made with other secrets than those in ARUSHA_KEYS.")
        raise refuse(place, fault, N_("Put back the folder of secrets that belongs to it, then restore."))
    if not hmac.compare_digest(str(said.pop("seal", "")), _seal(said, key)):
        fault = N_("The manifest was changed after the backup was made.")
        raise refuse(place, fault, COPY)
    return _manifest(said)


def _parsed(place: str, data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise refuse(place, BROKEN, COPY) from error
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise refuse(place, BROKEN, COPY)
    return said


def _manifest(said: dict[str, Any]) -> Manifest:
    """Return what a sealed manifest says, which is as it was written."""
    return Manifest(
        program=said["program"],
        version=said["version"],
        dialect=said["dialect"],
        made_at=said["made_at"],
        tables={name: Table(**table) for name, table in said["tables"].items()},
        files={name: File(**file) for name, file in said["files"].items()},
        trail=Link(**said["trail"]),
    )


def require_same(place: str, wanted: Manifest, tables: Mapping[str, Table], link: Link) -> None:
    """Raise ``Refused`` with every table that is not what the manifest says, and the trail's newest link."""
    problems = [
        Problem(f"{place}: {name}", N_("The rows of this table are not those of the backup."), COPY)
        for name in sorted(wanted.tables.keys() | tables.keys())
        if wanted.tables.get(name) != tables.get(name)
    ]
    if link != wanted.trail:
        problems.append(Problem(f"{place}: trail", N_("The trail does not end as the backup says."), COPY))
    if problems:
        raise Refused(problems)


def _mark(key: bytes) -> str:
    """Return what tells one secret from another and nothing of it."""
    return hmac.new(key, b"backup", sha256).hexdigest()[:16]


def _seal(said: Mapping[str, Any], key: bytes) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, b"backup " + text.encode(), sha256).hexdigest()


def _json(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, indent=1) + "\n").encode()
