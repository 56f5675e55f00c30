"""What the doctor looks at, all of it only read: surroundings, database, secrets, accounts and trail."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import exists, func, select

from arusha.access.checkup import doctor, surroundings
from arusha.access.checkup.doctor import Person
from arusha.access.door import DOOR
from arusha.access.proof import anchors
from arusha.access.proof.sealing import PROVER
from arusha.access.records import AccountRecord, InvitationRecord, TrailRecord
from arusha.access.trail import DONE
from arusha.settings import Settings
from arusha.store import Store, guard, keys, schema
from arusha.store.inspecting import (
    Facts,
    Secret,
    facts_of,
    file_of,
    has_write_ahead_log,
    open_to_look,
    secret_in,
)
from arusha.store.legible import Illegible, legible
from questionnaires.problems import Problem, Refused

SIGNED = "round:sign"


def problems_of(now: Settings, environment: Mapping[str, str], at: datetime) -> list[Problem]:
    """Return everything that is unsafe; nothing is made, changed or brought up to date.

    ``environment`` is where Streamlit looks for its options too. What is given to `streamlit run` itself
    cannot be seen from here.
    """
    disk = surroundings.disk_of(now)
    problems = [
        *doctor.of_options(surroundings.options(environment)),
        *doctor.of_files(surroundings.files(now)),
        *doctor.of_disk(str(disk), shutil.disk_usage(disk).free),
    ]
    try:
        return [*problems, *_of_database(now, at)]
    except Refused as refused:  # what else is unsafe shall be told all the same
        return [*problems, *doctor.of_serving(now, has_accounts=False), *refused.problems]


def _of_database(now: Settings, at: datetime) -> list[Problem]:
    file = file_of(now.database_url)
    logs_ahead = file is None or (file.is_file() and has_write_ahead_log(file))  # asked before it is opened
    with closing(open_to_look(now.database_url)) as store:
        facts = facts_of(store)
        problems = [
            *doctor.of_version(store.name, facts.version, schema.HEAD),
            *doctor.of_sqlite(store.name, facts.synchronous, logs_ahead=logs_ahead),
            *doctor.of_keys(str(store.keys), *_secrets(store)),
        ]
        if problems:  # what is kept in it cannot be read for certain
            return [*problems, *doctor.of_serving(now, has_accounts=False)]
        return [*guard.faults_of(store), *_of_content(now, store, facts, at)]


def _secrets(store: Store) -> tuple[list[str], list[str]]:
    """Return the secrets that are needed to read at all and missing, and those that are illegible."""
    found = {name: secret_in(store.keys, name) for name in keys.NAMES}
    needed = ["rows"] if store.dialect == "postgresql" else []
    missing = [name for name in needed if found[name] is Secret.MISSING]
    return missing, [name for name, how in found.items() if how is Secret.ILLEGIBLE]


def _of_content(now: Settings, store: Store, facts: Facts, at: datetime) -> Iterator[Problem]:
    try:
        people, wrapped = _people(store, at)
        newest, written, signed = _trail(store)
    except Illegible:
        yield from doctor.of_illegible(store.name)
        return
    used = {"trail": written, "codes": wrapped}
    missing = [name for name, is_used in used.items() if is_used and secret_in(store.keys, name) != "whole"]
    yield from doctor.of_keys(str(store.keys), missing, ())
    yield from doctor.of_clocks(store.name, facts.clock, at, newest)
    yield from doctor.of_serving(now, has_accounts=bool(people))
    if now.serves_people:
        yield from doctor.of_people(people)
        if "trail" not in missing:
            yield from _of_anchors(now.anchors, store, signed)


def _people(store: Store, at: datetime) -> tuple[list[Person], bool]:
    """Return the accounts that are not disabled, by name, and whether any has a second step."""
    invited = exists().where(
        InvitationRecord.account == AccountRecord.id,
        InvitationRecord.used_at.is_(None),
        InvitationRecord.ends_at > at,
    )
    columns = (
        AccountRecord.name,
        AccountRecord.role,
        AccountRecord.password != "",
        AccountRecord.secret != "",
        AccountRecord.issuer.is_not(None),
        invited,
    )
    enabled = select(*columns).where(AccountRecord.disabled_at.is_(None)).order_by(AccountRecord.name)
    with store.reading(DOOR) as session, legible():
        people = [Person(*row) for row in session.execute(enabled)]
    if not all(isinstance(said, str) for one in people for said in (one.name, one.role)):
        raise Illegible
    return people, any(person.has_second_step for person in people)


def _trail(store: Store) -> tuple[datetime | None, bool, int]:
    """Return when the newest record was written, whether there is one, and the last sign-off's number."""
    with store.reading(PROVER) as session, legible():
        newest = session.scalar(select(TrailRecord.at).order_by(TrailRecord.seq.desc()).limit(1))
        last = select(func.max(TrailRecord.seq)).where(
            TrailRecord.action == SIGNED, TrailRecord.outcome == DONE
        )
        return newest, newest is not None, session.scalar(last) or 0


def _of_anchors(file: Path, store: Store, signed: int) -> Iterator[Problem]:
    found = anchors.kept(file, store.key("trail")) if signed else anchors.Anchors((), ())
    yield from found.problems
    yield from doctor.of_anchors(str(file), signed, max((one.seq for one in found.anchors), default=0))
