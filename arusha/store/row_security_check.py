"""What is wrong with a PostgreSQL database's guard over the rows, as the database itself tells it.

Only catalogues are read, so that a role that sees no row at all can be told what is wrong.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from arusha.store.base import tables
from arusha.store.row_security import COMMANDS, SCHEMA, mark, policies_for, policy_name
from arusha.store.schema import VERSION_TABLE
from questionnaires.problems import N_, Problem, Refused

UPGRADE = N_("Run python -m arusha upgrade with ARUSHA_OWNER_URL set, then start again.")
OTHER_ROLE = N_(
    "Let ARUSHA_DATABASE_URL name a role that owns nothing, made with NOSUPERUSER NOBYPASSRLS, and run "
    "python -m arusha upgrade."
)
TRAIL = "trail"

ROLE = """
SELECT rolname AS name, rolsuper AS super, rolbypassrls AS bypass FROM pg_roles WHERE rolname = %(role)s
"""
TABLES = f"""
SELECT c.oid, c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
    pg_has_role(%(role)s, c.relowner, 'MEMBER') AS owned,
    ARRAY(SELECT command FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS command
        WHERE has_table_privilege(%(role)s, c.oid, command)) AS rights,
    has_table_privilege(%(role)s, c.oid, 'TRUNCATE, TRIGGER') AS more_rights,
    has_any_column_privilege(%(role)s, c.oid, 'UPDATE') AS changes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> '{VERSION_TABLE}'
ORDER BY c.relname
"""  # noqa: S608 - a constant
POLICIES = """
SELECT polname AS name, polcmd AS command, polpermissive AS permissive,
    coalesce(obj_description(oid, 'pg_policy'), '') AS mark
FROM pg_policy WHERE polrelid = %(table)s ORDER BY polname
"""
VIEWS = """
SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%%'
    AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT EXISTS (
        SELECT FROM unnest(c.reloptions) AS option
        WHERE option IN ('security_invoker=true', 'security_invoker=on', 'security_invoker=1')))
    AND has_table_privilege(%(role)s, c.oid, 'SELECT')
ORDER BY c.relname
"""
SCHEMAS = f"""
SELECT n.nspname AS name, pg_has_role(%(role)s, n.nspowner, 'MEMBER') AS owned,
    has_schema_privilege(%(role)s, n.oid, 'CREATE') AS makes
FROM pg_namespace n WHERE n.nspname IN ('public', '{SCHEMA}') ORDER BY n.nspname
"""  # noqa: S608 - a constant
KEY = f"""
SELECT has_table_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE, DELETE') AS touches,
    pg_has_role(%(role)s, c.relowner, 'MEMBER') AS owned
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = '{SCHEMA}' AND c.relname = 'keys'
"""  # noqa: S608 - a constant
TRIGGER = """
SELECT count(*) AS count FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relname = 'trail' AND t.tgname = 'trail_refuses' AND t.tgenabled IN ('O', 'A')
"""
LETTERS = {"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE", "*": "ALL"}

Row = Mapping[str, Any]


def faults_of(connection: Connection, role: str = "") -> list[Problem]:
    """Return what is wrong for the program's role, that of the connection when none is named."""
    role = role or str(connection.exec_driver_sql("SELECT current_user").scalar_one())
    about = _rows(connection, ROLE, role=role)
    if not about:
        fault = N_("There is no such role on the database server.")
        return [Problem(role, fault, OTHER_ROLE)]
    if about[0]["super"]:  # to whom every other question is answered with yes
        return [Problem(role, N_("The role is a superuser: it sees every row."), OTHER_ROLE)]
    found = _rows(connection, TABLES, role=role)
    may_too_much = [*_of_role(about[0]), *_of_owned(found, role)] or _of_schemas(connection, role)
    return [*may_too_much, *_of_tables(connection, found, role), *_of_rest(connection, role)]


def refuse_faults(connection: Connection, role: str) -> None:
    """Raise ``Refused`` with everything that is wrong for the program's role."""
    if problems := faults_of(connection, role):
        raise Refused(problems)


def _of_role(about: Row) -> Iterator[Problem]:
    if about["bypass"]:
        yield Problem(str(about["name"]), N_("The role has BYPASSRLS: it sees every row."), OTHER_ROLE)


def _of_owned(found: list[Row], role: str) -> Iterator[Problem]:
    if owned := [str(table["name"]) for table in found if table["owned"]]:
        fault = N_("The role owns tables, or belongs to the role that owns them: {tables}.")
        yield Problem(role, fault, OTHER_ROLE, {"tables": ", ".join(owned)})


def _of_schemas(connection: Connection, role: str) -> list[Problem]:
    fault = N_("The role may make or remove tables in the schema {schema}.")
    return [
        Problem(role, fault, OTHER_ROLE, {"schema": schema["name"]})
        for schema in _rows(connection, SCHEMAS, role=role)
        if schema["owned"] or schema["makes"]
    ]


def _of_tables(connection: Connection, found: list[Row], role: str) -> list[Problem]:
    if found and not any(table["enabled"] for table in found):
        fault = N_("Row security is not in place: nothing in the database keeps administrations apart.")
        return [Problem("public", fault, UPGRADE)]
    return [problem for table in found for problem in _of_table(connection, table, role)]


def _of_table(connection: Connection, table: Row, role: str) -> Iterator[Problem]:
    name = str(table["name"])
    if not (table["enabled"] and table["forced"]):
        yield Problem(name, N_("Row security of this table is not enabled and forced."), UPGRADE)
    if table["owned"]:  # and with it every right
        yield from _of_policies(name, [], _rows(connection, POLICIES, table=table["oid"]))
        return
    if table["more_rights"]:
        fault = N_("{role} may empty this table at once, or put triggers on it.")
        yield Problem(name, fault, UPGRADE, {"role": role})
    if name == TRAIL and (table["changes"] or "DELETE" in table["rights"]):
        fault = N_("{role} may change or remove records of the trail.")
        yield Problem(name, fault, UPGRADE, {"role": role})
    yield from _of_policies(name, table["rights"], _rows(connection, POLICIES, table=table["oid"]))


def _of_policies(table: str, rights: list[str], found: list[Row]) -> Iterator[Problem]:
    """Yield what is wrong with a table's policies: one for each right, made by this version, and no other."""
    commands = {LETTERS[_letter(policy["command"])] for policy in found}
    for command in COMMANDS:
        if command in rights and command not in commands | {"ALL"}:
            fault = N_("There is no policy for {command}.")
            yield Problem(table, fault, UPGRADE, {"command": command})
    wanted = _wanted(table)
    for policy in found:
        name = policy["name"]
        if LETTERS[_letter(policy["command"])] == "ALL":
            fault = N_("The policy {policy} is for all commands at once, which lets a reader remove rows.")
            yield Problem(table, fault, N_("Remove this policy."), {"policy": name})
        elif policy["permissive"] and name not in {policy_name(table, command) for command in COMMANDS}:
            fault = N_("The policy {policy} is not of this program and may open rows to others.")
            yield Problem(table, fault, N_("Remove this policy."), {"policy": name})
        elif wanted is not None and policy["permissive"] and wanted.get(name) != policy["mark"]:
            fault = N_("The policy {policy} was made by another version of the program.")
            yield Problem(table, fault, UPGRADE, {"policy": name})


def _letter(command: str | bytes) -> str:
    return command.decode() if isinstance(command, bytes) else command


def _wanted(table: str) -> dict[str, str] | None:
    """Return policy -> mark as this version makes them, None for a table it has not met."""
    for known, mapped in tables():
        if known.name == table:
            rules = policies_for(known, mapped.rows)
            return {policy_name(table, command): mark(rule) for command, rule in rules.items()}
    return None


def _of_rest(connection: Connection, role: str) -> Iterator[Problem]:
    for view in _rows(connection, VIEWS, role=role):
        fault = N_("This view shows rows as its owner sees them.")
        remedy = N_("Remove it, or make it a view WITH (security_invoker = true).")
        yield Problem(str(view["name"]), fault, remedy)
    for key in _rows(connection, KEY, role=role):
        if key["touches"] and not key["owned"]:
            fault = N_("{role} may read or change the key that proves who acts.")
            yield Problem(f"{SCHEMA}.keys", fault, UPGRADE, {"role": role})
    if not _rows(connection, TRIGGER)[0]["count"]:
        fault = N_("The trigger that keeps the trail as it is was removed or turned off.")
        remedy = N_("Put back the database from a backup, or make the trigger trail_refuses anew.")
        yield Problem(TRAIL, fault, remedy)


def _rows(connection: Connection, statement: str, **values: object) -> list[Row]:
    return [dict(row._mapping) for row in connection.exec_driver_sql(statement, values)]
