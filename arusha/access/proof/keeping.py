"""Records of the trail as they are kept, also those that another program made illegible."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from arusha.access.records import TrailRecord
from arusha.access.trail import SEALED
from arusha.store.legible import Illegible, legible

FIELDS = (*SEALED, "mac")


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it is kept, every field of it exactly; ``values`` is None when it cannot be read."""

    seq: Any
    values: Mapping[str, Any] | None

    @property
    def at(self) -> datetime | None:
        """Return when it was written, None when what is kept is not a moment as the program writes it."""
        return moment_of(self.values["at"]) if self.values else None


def moment_of(kept: object) -> datetime | None:
    """Return a kept time in UTC, None for one that is written in any other way than the program's own.

    PostgreSQL keeps a moment, SQLite the text of one, which has many spellings that all can be read.
    """
    if isinstance(kept, datetime):
        return kept.replace(tzinfo=UTC) if kept.tzinfo is None else None
    if not isinstance(kept, str):
        return None
    try:
        moment = datetime.fromisoformat(kept)
    except ValueError:
        return None
    is_own = moment.tzinfo is None and moment.isoformat(sep=" ", timespec="microseconds") == kept
    return moment.replace(tzinfo=UTC) if is_own else None


def records() -> Select[Any]:
    """Return the statement that reads records exactly as they are kept."""
    return select(*(_column(name) for name in FIELDS))


def _column(name: str) -> Any:
    column = getattr(TrailRecord, name)
    return type_coerce(column, String) if name == "at" else column


def fetched(session: Session, statement: Select[Any]) -> list[Kept]:
    """Return what a statement made of ``records`` finds; raise ``Illegible`` when not even a number is."""
    try:
        return _read(session, statement)
    except Illegible:
        with legible():
            numbers = session.scalars(statement.with_only_columns(TrailRecord.seq)).all()
        return [_one(session, seq) for seq in numbers]


def _one(session: Session, seq: int) -> Kept:
    try:
        return _read(session, records().where(TrailRecord.seq == seq))[0]
    except (Illegible, IndexError):
        return Kept(seq, None)


def _read(session: Session, statement: Select[Any]) -> list[Kept]:
    try:
        with legible():
            return [Kept(row[0], dict(zip(FIELDS, row, strict=True))) for row in session.execute(statement)]
    except DataError as error:  # a time that PostgreSQL knows and Python does not
        raise Illegible from error
