"""How often signing in may fail, kept in the database so that every replica counts alike.

Counted are an account, or a name that no account has, the network an attempt comes from, and the server.
Names and networks are kept as keyed hashes only. The rules are in ``pacing``.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from arusha.access.people import pacing
from arusha.access.people.account_rules import login_of
from arusha.access.people.pacing import Count
from arusha.access.records import AttemptRecord
from questionnaires.problems import N_, Problem

SERVER = "server"
NAMES_KEPT = timedelta(days=30)  # how long failures with a name that no account has are remembered
AGAIN = N_("Try again then.")


@dataclass(frozen=True)
class Taken:
    """An attempt that was counted before it was checked: the count each key had, and when it was made."""

    before: Mapping[str, Count | None]
    at: datetime


def of_account(account_id: str) -> str:
    """Return the key of an account."""
    return f"account:{account_id}"


def of_name(name: str, key: bytes) -> str:
    """Return the key of a name that no account has."""
    return f"name:{_hidden(login_of(name[:1000]), key)}"


def of_network(address: str, key: bytes) -> str:
    """Return the key of the network an address belongs to: /24, or /64 of IPv6; one for all that are none."""
    return f"network:{_hidden(network_of(address), key)}"


def network_of(address: str) -> str:
    """Return the network of an address, "unknown" for what is none."""
    try:
        found = ip_address(address.strip().strip("[]").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network((found, 24 if found.version == 4 else 64), strict=False))


def crowded(session: Session, network: str, at: datetime) -> Problem | None:
    """Return why a network, or everyone, has to wait; to be asked before anything is written."""
    for key, most in ((network, pacing.OF_A_NETWORK), (SERVER, pacing.OF_THE_SERVER)):
        if pacing.is_full(_count(session, key), most, at):
            fault = N_("Too many attempts to sign in failed within a minute.")
            return Problem("network", fault, N_("Wait a minute, then try again."))
    return None


def take(session: Session, who: str, at: datetime, *, network: str = "") -> Taken | Problem:
    """Count an attempt of an account or a name, or return why it has to wait.

    With a network it is counted there and for the server too, also when the account has to wait.
    """
    if network and (problem := crowded(session, network, at)):
        return problem
    places = (network, SERVER) if network else ()
    before = {key: _count(session, key) for key in (who, *places)}
    for key in places:
        _keep(session, key, pacing.one_more_this_minute(before[key], at))
    if network and ((server := before[SERVER]) is None or pacing.is_over(server, at)):
        _forget_old(session, at)
    count = before[who]
    if count is not None and (problem := _against(count, at)):
        if count.last_at > at:
            _keep(session, who, pacing.as_of(count, at))
        return problem
    _keep(session, who, pacing.one_more(count, at))
    return Taken(before, at)


def give_back(session: Session, taken: Taken) -> None:
    """Uncount an attempt that did not fail."""
    for key, before in taken.before.items():
        count = _count(session, key)
        if count is None:
            continue
        last = before.last_at if before and count.last_at == taken.at else count.last_at
        _keep(session, key, Count(max(count.failures - 1, 0), count.since, last))


def clear(session: Session, account_id: str) -> None:
    """Forget the failures of an account."""
    session.execute(delete(AttemptRecord).where(AttemptRecord.key == of_account(account_id)))


def failures(session: Session, who: str) -> int:
    """Return how often an account or a name failed in a row."""
    count = _count(session, who)
    return count.failures if count else 0


def _against(count: Count, at: datetime) -> Problem | None:
    if pacing.is_stopped(count):
        fault = N_("Signing in with this name is stopped: it failed too often.")
        return Problem("sign-in", fault, N_("Ask whoever runs the program for a new invitation."))
    left = pacing.wait(count, at)
    if not left:
        return None
    fault = N_("Signing in with this name failed several times; it is possible again in {seconds} s.")
    return Problem("sign-in", fault, AGAIN, {"seconds": ceil(left.total_seconds())})


def _hidden(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def _count(session: Session, key: str) -> Count | None:
    record = session.get(AttemptRecord, key)
    return Count(record.failures, record.since, record.last_at) if record else None


def _keep(session: Session, key: str, count: Count) -> None:
    kept = AttemptRecord(key=key, failures=count.failures, since=count.since, last_at=count.last_at)
    session.merge(kept)
    session.flush()


def _forget_old(session: Session, at: datetime) -> None:
    """Remove what no longer counts: networks of other minutes, names that nobody tried for long."""
    old = or_(
        AttemptRecord.key.startswith("network:") & (AttemptRecord.last_at < at - 2 * pacing.MINUTE),
        AttemptRecord.key.startswith("name:") & (AttemptRecord.last_at < at - NAMES_KEPT),
    )
    session.execute(delete(AttemptRecord).where(old))
