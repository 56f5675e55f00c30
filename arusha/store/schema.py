"""The version of a database: is it ours, is it older or newer, and how it is brought up to date.

A migration runs inside the one transaction it is given, on SQLite too, so that a crash in the
middle leaves the database as it was.
"""

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, column, inspect, select, table

from questionnaires.problems import N_, refuse

VERSION_TABLE = "arusha_version"
MIGRATIONS = Path(__file__).parent / "migrations"
RUN_UPGRADE = N_("Run python -m arusha upgrade with ARUSHA_OWNER_URL set to the URL of the tables' owner.")
READER = f"SELECT has_table_privilege('{VERSION_TABLE}', 'SELECT')"
OWNER = f"""
SELECT CASE WHEN to_regclass('{VERSION_TABLE}') IS NULL THEN has_schema_privilege('public', 'CREATE')
    ELSE (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('{VERSION_TABLE}')) END
"""  # noqa: S608 - a constant
HEAD = "0004"  # the newest migration; a test holds it to the files
MIGRATING = Lock()  # Alembic knows one database at a time in a process, and mixes up two


def version_of(name: str, connection: Connection) -> str:
    """Return a database's version, '' of an empty one; raise ``Refused`` when it is newer or not ours."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            fault = N_("The database holds tables of another program: {tables}.")
            remedy = N_("Choose another database with ARUSHA_HOME or ARUSHA_DATABASE_URL.")
            raise refuse(name, fault, remedy, tables=", ".join(sorted(tables)[:5]))
        return ""
    _require_rights(name, connection)
    found = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE))) or ""
    if found > HEAD:
        fault = N_("The database is of version {found}, newer than this program, which knows {known}.")
        remedy = N_("Start the newer program, or put back a copy made before it was upgraded.")
        raise refuse(name, fault, remedy, found=found, known=HEAD)
    return found


def require_owner(name: str, connection: Connection, found: str) -> None:
    """Refuse a role of PostgreSQL that does not own the tables, or may make none in an empty database."""
    if connection.dialect.name != "postgresql" or connection.exec_driver_sql(OWNER).scalar_one():
        return
    fault = N_("The database is of version {found}, older than this program, which needs {known}.")
    empty = N_("The database is empty, and this role may not make tables in it.")
    raise refuse(name, fault if found else empty, RUN_UPGRADE, found=found, known=HEAD)


def _require_rights(name: str, connection: Connection) -> None:
    """Refuse a role of PostgreSQL that was given nothing in this database."""
    if connection.dialect.name == "postgresql" and not connection.exec_driver_sql(READER).scalar_one():
        role = connection.exec_driver_sql("SELECT current_user").scalar_one()
        fault = N_("{role} may not read this database.")
        raise refuse(name, fault, RUN_UPGRADE, role=role)


def migrate(name: str, connection: Connection) -> None:
    """Bring the database to the newest version within the given transaction, which holds the write lock.

    Raises ``Refused`` when its version is not known.
    """
    from alembic import command  # noqa: PLC0415 - 0.2 s that a start without migration need not spend
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    found = version_of(name, connection)  # another process may have been faster
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        with MIGRATING:
            command.upgrade(config, "head")
    except CommandError as error:
        fault = N_("The database says it is of version {found}, which this program never had.")
        raise refuse(name, fault, N_("Put back a copy of it."), found=found) from error
    _require_whole(name, connection)


def _require_whole(name: str, connection: Connection) -> None:
    """Refuse rows that point to nothing, which SQLite does not look for while a table is rebuilt."""
    if connection.dialect.name != "sqlite":
        return
    astray = sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})
    if astray:
        fault = N_("Rows of {tables} point to rows that are not there, so the database cannot be upgraded.")
        raise refuse(name, fault, N_("Put back a whole copy of it."), tables=", ".join(astray))
