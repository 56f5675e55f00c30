"""The second step of signing in: codes that change with time (TOTP, RFC 6238), and codes for emergencies.

The secret is kept encrypted with a key of its own account. Of a recovery code only the SHA-256 is kept: it
is 140 random bits, so that nobody can try them all, and a slow hash would only make ten of them slow.
"""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.guarding import guarded
from arusha.access.people import throttling
from arusha.access.people.account_views import own
from arusha.access.people.session_rows import end_sessions, mark_second_step
from arusha.access.records import AccountRecord, RecoveryCodeRecord
from arusha.access.rules import Actor, Permission, require
from arusha.store import Store
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, Refused, refuse

PROGRAM = "Arusha"  # as the app with the codes shows it
RECOVERY_CODES = 10
RECOVERY_GROUPS = 7  # of four signs with five bits each: 140 bits
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # none that looks like another
AROUND = (-1, 0, 1)  # steps of 30 seconds by which a clock may be wrong
LONGEST_CODE = 100

WRONG = Problem(
    "code",
    N_("This code does not hold, or it was used before."),
    N_("Type the newest code that your app shows, or a recovery code."),
)


@guarded
def begin(actor: Actor, store: Store) -> tuple[str, str]:
    """Return a new secret and its address for an app; it counts once ``confirm`` is told a code of it."""
    require(actor, Permission.PREFERENCE_SET)
    secret = pyotp.random_base32()
    with store.writing(DOOR) as session:
        record = own(session, actor)
        if record.secret:
            fault = N_("This account has a second step already.")
            raise refuse("second step", fault, N_("Remove it first, with one of its codes."))
        record.secret_pending = _sealed(session, record.id, secret)
        trail.record(session, actor, "second_step:begin", record.id)
        return secret, pyotp.TOTP(secret).provisioning_uri(name=record.name, issuer_name=PROGRAM)


@guarded
def confirm(actor: Actor, store: Store, code: str, *, at: datetime | None = None) -> tuple[str, ...]:
    """Set up the second step with a first code; return the recovery codes, which are shown this once.

    Every other session of the account ends.
    """
    require(actor, Permission.PREFERENCE_SET)
    moment = at or now()
    with store.writing(DOOR) as session:
        record = own(session, actor)
        if not record.secret_pending:
            fault, remedy = N_("No second step is being set up."), N_("Begin to set it up first.")
            raise refuse("second step", fault, remedy)
        step = _step_of(_opened(session, record.id, record.secret_pending), code, moment)
        if step is None:
            raise Refused([WRONG])
        record.secret, record.secret_pending, record.last_code = record.secret_pending, "", step
        codes = _new_recovery_codes(session, record.id)
        mark_second_step(session, actor.session, done=True)
        ended = end_sessions(session, record.id, moment, but=actor.session)
        trail.record(session, actor, "second_step:confirm", record.id, at=moment, sessions=ended)
    return codes


@guarded
def remove(actor: Actor, store: Store, code: str, *, at: datetime | None = None) -> None:
    """Remove the second step, with a code of it; every other session of the account ends."""
    require(actor, Permission.PREFERENCE_SET)
    moment = at or now()
    with store.writing(DOOR) as session:
        record = own(session, actor)
        if not record.secret:
            fault = N_("This account has no second step.")
            raise refuse("second step", fault, N_("There is nothing to remove."))
        problem = asked(session, record, code, moment)
        if problem is None:
            forget(session, record)
            mark_second_step(session, actor.session, done=False)
            ended = end_sessions(session, record.id, moment, but=actor.session)
            trail.record(session, actor, "second_step:remove", record.id, at=moment, sessions=ended)
        else:
            _record_refusal(session, actor, record.id, "second_step:remove", problem, moment)
    if problem is not None:
        raise Refused([problem])


def asked(session: Session, record: AccountRecord, code: str, at: datetime) -> Problem | None:
    """Check a code, counting failures with those of signing in; return what is wrong with it."""
    taken = throttling.take(session, throttling.of_account(record.id), at)
    if isinstance(taken, Problem):
        return taken
    if not proves(session, record, code, at):
        return WRONG
    throttling.give_back(session, taken)
    return None


def proves(session: Session, record: AccountRecord, code: str, at: datetime) -> bool:
    """Return whether a code holds, which then never holds again: of the app, or for recovery."""
    if _is_recovery_code(session, record.id, code, at):
        return True
    step = _step_of(_opened(session, record.id, record.secret), code, at) if record.secret else None
    if step is None or step <= record.last_code:
        return False
    record.last_code = step
    return True


def forget(session: Session, record: AccountRecord) -> None:
    """Remove the second step of an account and its recovery codes."""
    record.secret, record.secret_pending, record.last_code = "", "", 0
    session.execute(delete(RecoveryCodeRecord).where(RecoveryCodeRecord.account == record.id))


def _record_refusal(
    session: Session, actor: Actor, what: str, action: str, problem: Problem, at: datetime
) -> None:
    trail.record(session, actor, action, what, outcome=trail.REFUSED, at=at, reason=problem.fault)


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the step of 30 seconds that a code belongs to, None when it is not of now."""
    clock = pyotp.TOTP(secret)
    said = _typed(code)
    present = clock.timecode(at.timestamp())
    found = [
        step
        for step in (present + around for around in AROUND)
        if hmac.compare_digest(clock.generate_otp(step).encode(), said.encode())
    ]
    return max(found, default=None)


def _typed(code: str) -> str:
    """Return a code as it was shown: without spaces and dashes, in digits of any script."""
    bare = [sign for sign in code[:LONGEST_CODE] if not sign.isspace() and sign != "-"]
    signs = (str(int(sign)) if sign.isdecimal() else sign for sign in bare)
    return "".join(signs).casefold().encode("ascii", "replace").decode()


def _new_recovery_codes(session: Session, account_id: str) -> tuple[str, ...]:
    session.execute(delete(RecoveryCodeRecord).where(RecoveryCodeRecord.account == account_id))
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    session.add_all(
        RecoveryCodeRecord(account=account_id, number=number, code=_kept(account_id, code))
        for number, code in enumerate(codes, 1)
    )
    return codes


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(RECOVERY_GROUPS))
    return "-".join(groups)


def _kept(account_id: str, code: str) -> str:
    return sha256(f"{account_id}:{_typed(code)}".encode()).hexdigest()


def _is_recovery_code(session: Session, account_id: str, code: str, at: datetime) -> bool:
    of_account = RecoveryCodeRecord.account == account_id
    unused = RecoveryCodeRecord.used_at.is_(None)
    is_it = RecoveryCodeRecord.code == _kept(account_id, code)
    found = session.scalar(select(RecoveryCodeRecord).where(of_account, unused, is_it))
    if found is None:
        return False
    found.used_at = at
    return True


def _locksmith(session: Session, account_id: str) -> Fernet:
    key: bytes = session.info["key"]("codes")
    own_key = hmac.new(key, f"second step of {account_id}".encode(), sha256).digest()
    return Fernet(base64.urlsafe_b64encode(own_key))


def _sealed(session: Session, account_id: str, secret: str) -> str:
    return _locksmith(session, account_id).encrypt(secret.encode()).decode()


def _opened(session: Session, account_id: str, sealed: str) -> str:
    try:
        return _locksmith(session, account_id).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        fault = N_("The second step cannot be checked: the program's secrets are not those of its beginning.")
        remedy = N_("Tell whoever runs the program to put back the folder of keys.")
        raise refuse("second step", fault, remedy) from error
