"""The guard over a database's rows: is it up, and what is said when it is not.

SQLite has none: one file is for one administration, or for people who may see all of it.
"""

from contextlib import closing

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from arusha.store import row_security, row_security_check
from arusha.store.address import engine_for
from arusha.store.engine import Store
from arusha.store.scope import Scope
from questionnaires.problems import N_, Problem, Refused, printable, refuse

OWN_ROLE = N_("Make a role of its own for the program, with NOSUPERUSER NOBYPASSRLS, in ARUSHA_DATABASE_URL.")
STANDING = "SELECT current_user, current_database(), pg_postmaster_start_time()"


def faults_of(store: Store) -> list[Problem]:
    """Return what is wrong with the guard, nothing for SQLite; raise ``Refused`` when the server is away."""
    if store.dialect != "postgresql":
        return []
    with store.looking() as connection:
        return row_security_check.faults_of(connection) or _of_key(connection, store)


def refuse_unguarded(store: Store) -> None:
    """Raise ``Refused`` with everything that is wrong with the guard."""
    if problems := faults_of(store):
        raise Refused(problems)


def role_for(url: str, owner_url: str) -> str:
    """Return the role that the program uses on PostgreSQL, '' on SQLite.

    Raises ``Refused`` when it is the one that owns the tables, or when the two URLs lead to two databases.
    """
    if not is_postgresql(url) and not is_postgresql(owner_url):
        return ""
    (role, *its), (owner, *other) = _standing(url), _standing(owner_url)
    if its != other:
        fault = N_("It leads to another database than ARUSHA_DATABASE_URL.")
        raise refuse("ARUSHA_OWNER_URL", fault, N_("Name the same server and database, with another role."))
    if role == owner:
        fault = N_("The program's role {role} is the one that owns the tables, so nothing binds it.")
        raise refuse("ARUSHA_OWNER_URL", fault, OWN_ROLE, role=role)
    return role


def is_postgresql(url: str) -> bool:
    """Return whether a URL is of PostgreSQL; raise ``Refused`` for a URL of no use."""
    return engine_for(url).dialect.name == "postgresql"


def _standing(url: str) -> tuple[str, str, str]:
    """Return as whom a URL enters, and which database of which server."""
    with closing(Store(engine_for(url))) as store, store.looking() as connection:
        if store.dialect != "postgresql":
            return ("", store.name, "")
        role, database, started = connection.exec_driver_sql(STANDING).one()
        return (role, database, str(started))


def _of_key(connection: Connection, store: Store) -> list[Problem]:
    """Return whether the database takes this program's word: it was given the same key."""
    row_security.tell(connection, row_security.signed(Scope("guard"), store.key("rows"))())
    try:
        connection.exec_driver_sql(f"SELECT {row_security.SCHEMA}.claim('person')")
    except DBAPIError as error:
        fault = N_("The database does not take this program's word for who acts: {why}.")
        remedy = N_("Let ARUSHA_KEYS name the keys that the database knows, or run python -m arusha upgrade.")
        why = printable(str(error.orig).splitlines()[0], 200)
        return [Problem(str(store.keys / "rows"), fault, remedy, {"why": why})]
    return []
