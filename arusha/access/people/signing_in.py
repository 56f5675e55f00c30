"""Sign in with name, password and code; a refusal never tells whether the name exists.

An attempt is counted, then the password is compared outside of any transaction, for a name nobody has too,
and then the attempt is decided about on the account as it is by then.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.people import passwords, second_step, throttling
from arusha.access.people.account_views import named
from arusha.access.people.session_rows import Opened, open_session
from arusha.access.people.throttling import Taken
from arusha.access.records import AccountRecord
from arusha.access.rules import Actor
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, Refused

SOMEBODY = Actor(DOOR.person, {})
"""Whoever failed to show who they are."""

WRONG = Problem(
    "sign-in",
    N_("Name or password is not right."),
    N_("Try again, or ask for a new invitation."),
)
CODE_NEEDED = Problem(
    "code",
    N_("This account has a second step."),
    N_("Type the code that your app shows, or a recovery code."),
)


@dataclass(frozen=True)
class Attempt:
    """What is known once an attempt was counted: of which account, '' for none, and what to compare with."""

    account: str
    hash: str
    taken: Taken
    network: str


def sign_in(
    store: Store, name: str, password: str, code: str, network: str, *, at: datetime | None = None
) -> Opened:
    """Open a session; ``network`` is the address of the client. Raise ``Refused``.

    The place of its problem is "sign-in"; "code" when the password is right and a code is missing or wrong;
    "network" when too many attempts failed, there or on the whole server.
    """
    moment = at or now()
    attempt = _counted(store, name, network, moment)
    right = passwords.holds(attempt.hash, password)
    renewed = passwords.hashed(password) if right and passwords.stale(attempt.hash) else ""
    with store.writing(DOOR) as session:
        decided = _decided(session, attempt, code, moment, right=right, renewed=renewed)
    if isinstance(decided, Problem):
        raise Refused([decided])
    return decided


def _counted(store: Store, name: str, address: str, at: datetime) -> Attempt:
    key = store.key("networks")
    network = throttling.of_network(address, key)
    with store.reading(DOOR) as session:  # whoever has to wait keeps nobody else from writing
        if problem := throttling.crowded(session, network, at):
            raise Refused([problem])
    with store.writing(DOOR) as session:
        record = named(session, name)
        who = throttling.of_account(record.id) if record else throttling.of_name(name, key)
        taken = throttling.take(session, who, at, network=network)
    if isinstance(taken, Problem):
        raise Refused([taken])
    return Attempt(record.id if record else "", record.password if record else "", taken, network)


def _decided(
    session: Session, attempt: Attempt, code: str, at: datetime, *, right: bool, renewed: str
) -> Opened | Problem:
    record = session.get(AccountRecord, attempt.account) if attempt.account else None
    if record is None or not right or not _is_still_so(record, attempt):
        return _refused(session, record, attempt, WRONG, at)
    if record.secret and not code.strip():
        throttling.give_back(session, attempt.taken)
        return CODE_NEEDED
    if record.secret and not second_step.proves(session, record, code, at):
        return _refused(session, record, attempt, second_step.WRONG, at)
    throttling.give_back(session, attempt.taken)
    throttling.clear(session, record.id)
    record.password = renewed or record.password
    return open_session(session, record, at, "password", second_step=bool(record.secret))


def _is_still_so(record: AccountRecord, attempt: Attempt) -> bool:
    return record.disabled_at is None and record.password == attempt.hash


def _refused(
    session: Session, record: AccountRecord | None, attempt: Attempt, problem: Problem, at: datetime
) -> Problem:
    """Put a failed attempt into the trail, of whom it was tried for, with the hash of where it came from."""
    trail.record(
        session,
        SOMEBODY,
        "session:open",
        record.id if record else "",
        administration=record.administration if record else "",
        outcome=trail.REFUSED,
        at=at,
        reason=problem.fault,
        network=attempt.network.partition(":")[2][:16],
        failures=throttling.failures(session, next(iter(attempt.taken.before))),
    )
    return problem
