"""PostgreSQL's own guard over the rows: the rules of ``rows`` as policies, and claims nobody can make up.

Each transaction says for whom it is, signed with a key that the program's role cannot read; without a claim
there are no rows, with a forged or expired one there is an error. The tables belong to another role than the
program's, and even that one is held to the policies (FORCE).
"""

import base64
import hmac
import json
import time
from collections.abc import Callable
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select
from sqlalchemy.dialects import postgresql

from arusha.store.base import tables
from arusha.store.rows import Rows
from arusha.store.scope import Scope

SECONDS = 600  # how long a claim holds; a transaction is over before
A_DAY = 86_400
BLOCK = 64  # bytes of a block of SHA-256
SCHEMA = "arusha_private"
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")

FUNCTIONS = (
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.keys (inner_key bytea NOT NULL, outer_key bytea NOT NULL)",
    f"""
CREATE OR REPLACE FUNCTION {SCHEMA}.claims() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    given text := coalesce(current_setting('arusha.context', true), '');
    said bytea;
    claims jsonb;
BEGIN
    IF given = '' THEN RETURN '{{}}'; END IF;
    said := decode(split_part(given, '.', 1), 'base64');
    PERFORM FROM {SCHEMA}.keys
        WHERE encode(sha256(outer_key || sha256(inner_key || said)), 'hex') = split_part(given, '.', 2);
    IF NOT FOUND THEN RAISE EXCEPTION 'forged context' USING ERRCODE = '42501'; END IF;
    claims := convert_from(said, 'UTF8')::jsonb;
    IF (claims ->> 'until')::double precision < extract(epoch FROM clock_timestamp()) THEN
        RAISE EXCEPTION 'expired context' USING ERRCODE = '42501';
    END IF;
    RETURN claims;
END $$""",
    f"""
CREATE OR REPLACE FUNCTION {SCHEMA}.claim(name text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT coalesce({SCHEMA}.claims() ->> name, '') $$""",
)


class Claimed:
    """The claims of the running transaction, read once a statement."""

    def claim(self, name: str) -> ColumnElement[str]:
        """Return a claim's text."""
        function = getattr(getattr(func, SCHEMA), "claim")  # noqa: B009 - a function of the schema
        return select(function(name)).scalar_subquery()

    def holds(self, name: str) -> ColumnElement[bool]:
        """Return whether a yes-or-no claim is made."""
        return self.claim(name) == "yes"


def signed(scope: Scope, key: bytes, seconds: int | None = None) -> Callable[[], str]:
    """Return what says for whom a transaction is, signed anew for each."""

    def said() -> str:
        claims = {**scope.claims(), "until": str(time.time() + (seconds or SECONDS))}
        text = json.dumps(claims, sort_keys=True).encode()
        return f"{base64.b64encode(text).decode()}.{hmac.new(key, text, sha256).hexdigest()}"

    return said


def everything(key: bytes) -> str:
    """Return what lets a transaction meet every row for a day: a migration, a backup."""
    return signed(Scope("migration", everything=True), key, A_DAY)()


def open_everything(connection: Connection, key: bytes) -> None:
    """Let the running transaction meet every row."""
    tell(connection, everything(key))


def tell(connection: Connection, said: str) -> None:
    """Say for whom the running transaction is, and only this one; '' for nobody."""
    connection.exec_driver_sql("SELECT set_config('arusha.context', %s, true)", (said,))


def found(connection: Connection, key: bytes) -> None:
    """Make what a claim is proved with, or renew it, as the owner; what was signed before is forged now."""
    for statement in FUNCTIONS:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"DELETE FROM {SCHEMA}.keys")  # noqa: S608 - a constant
    blocks = (_block(key, 0x36), _block(key, 0x5C))
    connection.exec_driver_sql(f"INSERT INTO {SCHEMA}.keys VALUES (%s, %s)", blocks)  # noqa: S608 - a constant


def install(connection: Connection, role: str, key: bytes) -> None:
    """Put the guard up, or renew it, as the owner of the tables; ``role`` is the program's own role."""
    found(connection, key)
    name = connection.dialect.identifier_preparer.quote(role)
    for statement in (*_rights_of_functions(name), *_rights_of_version(name)):
        connection.exec_driver_sql(statement)
    for table, mapped in tables():
        for statement in statements_for(table, mapped.rows, name):
            connection.exec_driver_sql(statement.replace("%", "%%"))


def _block(key: bytes, pad: int) -> bytes:
    return bytes(one ^ pad for one in key.ljust(BLOCK, b"\0"))


def _rights_of_functions(role: str) -> tuple[str, ...]:
    return (
        f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC, {role}",
        f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {SCHEMA} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {role}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA} TO {role}",
    )


def _rights_of_version(role: str) -> tuple[str, ...]:
    return (f"GRANT USAGE ON SCHEMA public TO {role}", f"GRANT SELECT ON arusha_version TO {role}")


def statements_for(table: Table, rows: Rows, role: str) -> list[str]:
    """Return what makes PostgreSQL hold a table to its rule: rights, and one policy for each command."""
    name = table.name
    commands = ", ".join(("SELECT", *rows.commands))
    made = [
        f"REVOKE ALL ON {name} FROM PUBLIC, {role}",
        f"GRANT {commands} ON {name} TO {role}",
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
    ]
    rules = policies_for(table, rows)
    for command in COMMANDS:
        policy = policy_name(name, command)
        made.append(f"DROP POLICY IF EXISTS {policy} ON {name}")
        if rule := rules.get(command):
            made.append(f"CREATE POLICY {policy} ON {name} FOR {command} {rule}")
            made.append(f"COMMENT ON POLICY {policy} ON {name} IS '{mark(rule)}'")
    return made


def policies_for(table: Table, rows: Rows) -> dict[str, str]:
    """Return command -> what its policy says, for the commands the program may use on a table."""
    all_of_it = Claimed().holds("everything")
    read = _text(or_(all_of_it, rows.read(table, Claimed())))
    write = _text(or_(all_of_it, rows.write(table, Claimed())))
    rules = {
        "SELECT": f"USING ({read})",
        "INSERT": f"WITH CHECK ({write})",
        "UPDATE": f"USING ({write}) WITH CHECK ({write})",
        "DELETE": f"USING ({write})",
    }
    return {command: rules[command] for command in COMMANDS if command in ("SELECT", *rows.commands)}


def policy_name(table: str, command: str) -> str:
    """Return the name of a table's policy for a command."""
    return f"{table}_{command.lower()}"


def mark(rule: str) -> str:
    """Return what is written beside a policy, so that one made by another version is known as such."""
    return sha256(rule.encode()).hexdigest()[:16]


def _text(rule: ColumnElement[bool]) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own signature
    return str(rule.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
