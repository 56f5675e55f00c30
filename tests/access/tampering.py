"""A trail to tamper with, and whoever tampers: past the program, with the driver of the database itself."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from arusha.access import trail
from arusha.access.proof import keeping, sealing
from arusha.access.proof.keeping import FIELDS, Kept
from arusha.access.records import TrailHeadRecord, TrailRecord
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import Actor
from arusha.store import Store

Say = Callable[..., list[Any]]
START = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
PEOPLE = (
    Actor("head01", GRANTS[Role.HEAD], role="head", administration="XA", session="5e55"),
    Actor("coord1", GRANTS[Role.COORDINATOR], role="coordinator", administration="XB", session="c00d"),
)
FORGED = b"not the key of this program, no!"


def write(store: Store, count: int) -> None:
    """Add records to the trail as the program does."""
    with store.writing(PEOPLE[0]) as session:
        for number in range(count):
            moment = START + timedelta(seconds=number, microseconds=number % 3)
            who = PEOPLE[number % 2]
            trail.record(session, who, "answer:save", f"xa{number:04}", at=moment, practice="é.a", n=number)


def kept(store: Store) -> list[Kept]:
    """Return every record as it is kept."""
    with store.reading(sealing.PROVER) as session:
        return keeping.fetched(session, keeping.records().order_by(TrailRecord.seq))


def reached(store: Store) -> tuple[int, str]:
    """Return the newest link as it is kept."""
    with store.reading(sealing.PROVER) as session:
        head = session.get_one(TrailHeadRecord, 1)
        return head.seq, head.mac


@contextmanager
def tampering(url: str) -> Iterator[Say]:
    """Give a way to say anything to the database, without the triggers that watch over the trail."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            for command in ("UPDATE", "DELETE"):
                database.execute(f"DROP TRIGGER IF EXISTS trail_{command}")
            yield lambda said, *values: database.execute(said, values).fetchall()
            database.commit()
        return
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("DROP TRIGGER IF EXISTS trail_refuses ON trail")

        def say(said: str, *values: object) -> list[Any]:
            done = connection.execute(said.replace("?", "%s").encode(), values)
            return done.fetchall() if done.description else []

        yield say


def resealed(records: list[Kept], key: bytes, *, start: int = 0) -> list[Kept]:
    """Return records whose seals are made anew with a key from a place on, each linked to the one before."""
    made = list(records[:start])
    before = records[start - 1].values["mac"] if start else ""  # type: ignore[index]
    for record in records[start:]:
        values = {**record.values, "prev": before}  # type: ignore[dict-item]
        before = trail.seal(values | {"at": keeping.moment_of(values["at"])}, key)
        made.append(Kept(values["seq"], values | {"mac": before}))
    return made


def put_back(say: Say, records: list[Kept]) -> None:
    """Write a whole trail over the one that is there, and set its end to fit."""
    say("DELETE FROM trail")
    marks = ", ".join("?" for _ in FIELDS)
    for record in records:
        values = [record.values[name] for name in FIELDS]  # type: ignore[index]
        say(f"INSERT INTO trail ({', '.join(FIELDS)}) VALUES ({marks})", *values)  # noqa: S608
    last = records[-1].values if records else {"seq": 0, "mac": ""}
    say("UPDATE trail_head SET seq = ?, mac = ?", last["seq"], last["mac"])  # type: ignore[index]
