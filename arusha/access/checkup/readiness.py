"""May this server be sent people? What has to work for that, each as a yes or no."""

import shutil
from collections.abc import Callable, Mapping

from sqlalchemy import select

from arusha.access.checkup.surroundings import disk_of
from arusha.access.proof.sealing import PROVER
from arusha.access.records import TrailHeadRecord, TrailRecord
from arusha.settings import Settings
from arusha.store import Store, guard, keys, schema
from arusha.store.inspecting import Secret, facts_of, secret_in
from arusha.store.legible import Illegible, legible
from questionnaires.problems import Refused

LEAST = 100 * 2**20  # bytes free on the disk


def _version(store: Store, _now: Settings) -> bool:
    return facts_of(store).version == schema.HEAD


def _guard(store: Store, _now: Settings) -> bool:
    return not guard.faults_of(store)


def _trail(store: Store, _now: Settings) -> bool:
    """Return whether the newest link is there, and is what the head says."""
    with store.reading(PROVER) as session, legible():
        head = session.get(TrailHeadRecord, 1)
        newest = select(TrailRecord.seq, TrailRecord.mac).order_by(TrailRecord.seq.desc()).limit(1)
        last = session.execute(newest).one_or_none()
        return head is not None and (head.seq, head.mac) == (tuple(last) if last else (0, ""))


def _keys(store: Store, _now: Settings) -> bool:
    """Return whether no secret is spoilt, and the one that a trail was sealed with is there."""
    found = {name: secret_in(store.keys, name) for name in keys.NAMES}
    with store.reading(PROVER) as session, legible():
        is_sealed = session.get_one(TrailHeadRecord, 1).seq > 0
    return Secret.ILLEGIBLE not in found.values() and (found["trail"] is Secret.WHOLE or not is_sealed)


def _disk(_store: Store, now: Settings) -> bool:
    return shutil.disk_usage(disk_of(now)).free >= LEAST


CHECKS: Mapping[str, Callable[[Store, Settings], bool]] = {
    "version": _version,
    "guard": _guard,
    "trail": _trail,
    "keys": _keys,
    "disk": _disk,
}
"""Name -> whether it holds. Before them stands "database": without it nothing else can be said."""


def failed(store: Callable[[], Store], now: Settings) -> tuple[str, ...]:
    """Return the names of what does not hold; none when people may come."""
    try:
        opened = store()
        facts_of(opened)
    except Refused:
        return ("database",)
    return tuple(name for name, check in CHECKS.items() if not _holds(check, opened, now))


def _holds(check: Callable[[Store, Settings], bool], store: Store, now: Settings) -> bool:
    try:
        return check(store, now)
    except (Refused, Illegible, OSError):
        return False
