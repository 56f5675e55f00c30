"""One's own password: changed with the old one, and every other session ends."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.guarding import guarded
from arusha.access.people import passwords, throttling
from arusha.access.people.account_views import own
from arusha.access.people.session_rows import end_sessions
from arusha.access.people.throttling import Taken
from arusha.access.records import AccountRecord
from arusha.access.rules import Actor, Permission, require
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, Refused

WRONG = Problem("old password", N_("The old password is not right."), N_("Type it again."))


@guarded
def change_password(actor: Actor, store: Store, old: str, new: str, *, at: datetime | None = None) -> None:
    """Change one's own password; failures count with those of signing in. Raises ``Refused``."""
    require(actor, Permission.PREFERENCE_SET)
    moment = at or now()
    name, present, taken = _counted(store, actor, moment)
    right = passwords.holds(present, old)
    problems = passwords.faults_of(new, name) if right else [WRONG]
    hashed = "" if problems else passwords.hashed(new)
    with store.writing(DOOR) as session:
        record = own(session, actor)
        if not right or record.password != present:
            problems = [WRONG]
            _record(session, actor, record, moment, trail.REFUSED, reason=WRONG.fault)
        else:
            throttling.give_back(session, taken)
        if not problems:
            record.password = hashed
            ended = end_sessions(session, record.id, moment, but=actor.session)
            _record(session, actor, record, moment, trail.DONE, sessions=ended)
    if problems:
        raise Refused(problems)


def _counted(store: Store, actor: Actor, at: datetime) -> tuple[str, str, Taken]:
    with store.writing(DOOR) as session:
        record = own(session, actor)
        taken = throttling.take(session, throttling.of_account(record.id), at)
    if isinstance(taken, Problem):
        raise Refused([taken])
    return record.name, record.password, taken


def _record(
    session: Session, actor: Actor, record: AccountRecord, at: datetime, outcome: str, **details: Any
) -> None:
    trail.record(session, actor, "password:change", record.id, outcome=outcome, at=at, **details)
