"""What is unsafe in how the program is run: pure rules over settings, files, database and accounts.

Each rule takes what was found and returns a problem for everything that is unsafe; nothing is read here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from arusha.access.local import is_this_computer
from arusha.access.roles import Role
from arusha.settings import Settings
from questionnaires.problems import N_, Problem, printable

OPTIONS: Mapping[str, object] = {
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.fileWatcherType": "none",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "browser.gatherUsageStats": False,
}
"""Streamlit's options that have to be set, and to what."""
HOSTS = "server.allowedHosts"

OTHERS = 0o077  # what a group and everyone else may do with a file
EVERYONE = 0o007
WRITES = 0o002
MEBIBYTE = 2**20
ENOUGH = 1024  # MiB free on a disk
APART = 5  # seconds that two clocks may differ
SYNCED = 2  # SQLite's number for synchronous=FULL


@dataclass(frozen=True)
class Found:
    """A file or folder and its mode; ``use`` is "home", "around keys" (the folder of their folder), or ""."""

    path: str
    mode: int
    use: str = ""


@dataclass(frozen=True)
class Person:
    """What of an account is of interest: how it can be signed in to, never what opens it."""

    name: str
    role: str
    has_password: bool
    has_second_step: bool
    has_provider: bool
    has_invitation: bool


def of_serving(now: Settings, *, has_accounts: bool) -> Iterator[Problem]:
    """Yield what is unsafe in how people reach the program and sign in."""
    if not now.serves_people:
        if has_accounts:
            fault = N_("There are accounts, yet nobody has to sign in: the program runs in local mode.")
            yield Problem("ARUSHA_MODE", fault, N_("Set ARUSHA_MODE=server."))
        return
    if is_open_on_the_way(now.origin):
        fault = N_("Passwords and the cookies of sessions can be read on the way: there is no TLS.")
        remedy = N_("Put a proxy with TLS in front, and set ARUSHA_ORIGIN to its https address.")
        yield Problem("ARUSHA_ORIGIN", fault, remedy)
    if now.second_step != "required":
        fault = N_("Whether they prove themselves a second time is left to each person.")
        yield Problem("ARUSHA_SECOND_STEP", fault, N_("Set ARUSHA_SECOND_STEP=required."))
    yield from _of_provider(now)


def _of_provider(now: Settings) -> Iterator[Problem]:
    if not now.oidc_issuer:
        return
    if is_open_on_the_way(now.oidc_issuer):
        fault = N_("What the provider says can be changed on the way: there is no TLS.")
        yield Problem("ARUSHA_OIDC_ISSUER", fault, N_("Use the https address of the provider."))
    needed = {"ARUSHA_OIDC_CLIENT": now.oidc_client, "ARUSHA_OIDC_SECRET_FILE": now.oidc_secret_file}
    for name, value in needed.items():
        if not value:
            fault = N_("A provider is named, and this setting is missing, so nobody can sign in with it.")
            yield Problem(name, fault, N_("Set it as the provider tells."))


def is_open_on_the_way(address: str) -> bool:
    """Return whether what is sent to an address leaves this computer without TLS."""
    parts = urlsplit(address)
    return parts.scheme == "http" and not is_this_computer(parts.hostname or "")


def of_options(options: Mapping[str, object]) -> Iterator[Problem]:
    """Yield every option of Streamlit that is not what it has to be; one that is not set is not."""
    remedy = N_("Set it in .streamlit/config.toml beside app.py, and nowhere else.")
    for name, wanted in OPTIONS.items():
        if options.get(name) != wanted:
            fault = N_("This option of Streamlit is {found}, and it has to be {wanted}.")
            values = {"found": _said(options.get(name)), "wanted": _said(wanted)}
            yield Problem(name, fault, remedy, values)
    hosts = options.get(HOSTS)
    if not isinstance(hosts, list) or not hosts or any("*" in str(host) for host in hosts):
        fault = N_("Streamlit answers under any name, so another site can lead a browser here.")
        yield Problem(HOSTS, fault, N_("Name only the hosts that people open."))


def _said(value: object) -> str:
    return "–" if value is None else printable(str(value).lower() if isinstance(value, bool) else str(value))


def of_files(found: Iterable[Found]) -> Iterator[Problem]:
    """Yield every file and folder that others of this computer may use and should not."""
    for one in found:
        if one.use == "around keys":
            if one.mode & WRITES:
                fault = N_("Everyone on this computer can put another folder of keys here.")
                yield Problem(one.path, fault, N_("Move the keys, and set ARUSHA_KEYS."))
        elif one.use == "home":
            if one.mode & EVERYONE:
                fault = N_("Everyone on this computer can look into the folder of the database.")
                yield Problem(one.path, fault, N_("Take that right away: chmod o-rwx."))
        elif one.mode & OTHERS:
            fault = N_("Others on this computer can read or change it.")
            remedy = N_("Take that right away: chmod go-rwx.")
            yield Problem(one.path, fault, remedy)


def of_version(place: str, found: str, known: str) -> Iterator[Problem]:
    """Yield that a database is older than the program; a newer one is refused before."""
    if found != known:
        fault = N_("The database is of version {found}, older than this program, which knows {known}.")
        remedy = N_("Make a backup, then bring it up to date with the command upgrade.")
        yield Problem(place, fault, remedy, {"found": found or "–", "known": known})


def of_illegible(place: str) -> Iterator[Problem]:
    """Yield that accounts or trail hold something that another program put there."""
    fault = N_("Accounts or the trail cannot be read: another program changed them.")
    yield Problem(place, fault, N_("Find out who could write to the database, and put back a backup."))


def of_sqlite(place: str, synchronous: int, *, logs_ahead: bool) -> Iterator[Problem]:
    """Yield what makes an SQLite database lose what was saved, or let its readers wait."""
    if not logs_ahead:
        fault = N_("The database has no write-ahead log, so whoever reads waits for whoever writes.")
        remedy = N_("Keep it on a disk of this computer, and start the program once.")
        yield Problem(place, fault, remedy)
    if synchronous < SYNCED:
        fault = N_("What was saved last is lost when the power fails.")
        yield Problem(place, fault, N_("Let the program open the database, which sets synchronous=FULL."))


def of_people(people: Iterable[Person]) -> Iterator[Problem]:
    """Yield what is unsafe in the accounts that are not disabled."""
    everyone = tuple(people)
    if not any(one.role == Role.SYSTEM for one in everyone):
        fault = N_("There is no system administrator.")
        yield Problem("accounts", fault, N_("Add one: account add NAME --role system."))
    for one in everyone:
        place = printable(one.name)
        if one.role == Role.SYSTEM and one.has_password and not one.has_second_step:
            fault = N_("This system administrator signs in with a password alone.")
            remedy = N_("Let them set up the second step on the page of their account.")
            yield Problem(place, fault, remedy)
        if not (one.has_password or one.has_provider or one.has_invitation):
            fault = N_("Nobody can sign in to this account.")
            remedy = N_("Invite the person again, or disable the account: account invite, account disable.")
            yield Problem(place, fault, remedy)


def of_anchors(place: str, signed: int, anchored: int) -> Iterator[Problem]:
    """Yield that the newest sign-off has no anchor; both are numbers of the trail, 0 for none."""
    if signed > anchored:
        fault = N_("The newest sign-off has no anchor, so its record could be cut off unseen.")
        remedy = N_("Make it possible to write this file, or put it back from a copy.")
        yield Problem(place, fault, remedy)


def of_keys(folder: str, missing: Iterable[str], illegible: Iterable[str]) -> Iterator[Problem]:
    """Yield every secret that is needed and not there, or that cannot be read."""
    remedy = N_("Put back the file from its copy; a new secret does not fit what was kept with the old one.")
    for name in missing:
        yield Problem(f"{folder}/{name}", N_("This secret is needed and is not there."), remedy)
    for name in illegible:
        yield Problem(f"{folder}/{name}", N_("This secret cannot be read, or it is not one."), remedy)


def of_clocks(
    place: str, database: datetime, program: datetime, newest: datetime | None
) -> Iterator[Problem]:
    """Yield that the clocks differ, or that the newest record of the trail was written later than now."""
    remedy = N_("Let every server take the time from the same source (NTP).")
    apart = abs((database - program).total_seconds())
    if apart > APART:
        fault = N_("The clocks of the database and of the program differ by {seconds} s.")
        yield Problem(place, fault, remedy, {"seconds": round(apart)})
    ahead = (newest - program).total_seconds() if newest else 0
    if ahead > APART:
        fault = N_("The newest record of the trail is dated {seconds} s from now.")
        yield Problem("trail", fault, remedy, {"seconds": round(ahead)})


def of_disk(place: str, free: int) -> Iterator[Problem]:
    """Yield that a disk has little room left; ``free`` in bytes."""
    if free < ENOUGH * MEBIBYTE:
        fault = N_("Only {free} MiB are free on this disk.")
        yield Problem(place, fault, N_("Free some space, or use a larger disk."), {"free": free // MEBIBYTE})
