"""The mapped base every table builds on: named constraints and times in UTC."""

from datetime import UTC, datetime
from typing import ClassVar, cast

from sqlalchemy import DateTime, Dialect, MetaData, Table
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from arusha.store.rows import Rows

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every mapped table; each says whose its rows are."""

    rows: ClassVar[Rows]
    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in the program, naive UTC in every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store an aware time as UTC."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read a stored time as aware UTC."""
        return value.replace(tzinfo=UTC) if value else None


def tables() -> list[tuple[Table, type[Base]]]:
    """Return every mapped table with its class, by name."""
    found = [(cast("Table", mapper.local_table), mapper.class_) for mapper in Base.registry.mappers]
    return sorted(found, key=lambda pair: pair[0].name)
