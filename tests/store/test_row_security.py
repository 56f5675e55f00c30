"""PostgreSQL itself keeps administrations apart, whatever the program's role asks of it."""

import base64
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, delete, func, insert, make_url, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from arusha.access.door import DOOR
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import LOCAL, Actor
from arusha.assessments import service
from arusha.assessments.records import AnswerRecord, DisclosureRecord, RoundRecord, SignatureRecord
from arusha.members.records import AdministrationRecord
from arusha.store import Base, Store, open_store, row_security
from arusha.store.base import tables
from arusha.store.schema import VERSION_TABLE
from questionnaires.problems import Refused
from tests.store import worlds
from tests.store.guarded import app_role, owner_url, owning
from tests.store.worlds import AT, AT_THE_DOOR, CODES, OWNED, PRACTICES, contributor, coordinator

MINE, THEIRS = worlds.round_id("XA"), worlds.round_id("XB")
ME = coordinator("XA")
Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def world(unnarrowed: Store) -> Store:
    """Return two administrations' database, entered as the program's role; nothing but PostgreSQL narrows."""
    worlds.fill(unnarrowed)
    return unnarrowed


@contextmanager
def entered(url: str, person: Any = None, key: bytes = b"", said: str = "") -> Iterator[Connection]:
    """Give a bare connection, in a transaction that is for this person, or for nobody."""
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False)) as connection:
        if person is not None or said:
            told = said or row_security.signed(person.scope, key)()
            connection.execute("SELECT set_config('arusha.context', %s, true)", (told,))
        yield connection


def counted(connection: Connection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    assert found is not None
    return int(found[0])


# Whose rows


def test_without_saying_for_whom_there_are_no_rows(world: Store, guarded_url: str) -> None:
    with entered(guarded_url) as connection:
        assert {table.name: counted(connection, table.name) for table, _ in tables()} == {
            table.name: 0 for table, _ in tables()
        }


@pytest.mark.parametrize("mapped", OWNED, ids=lambda mapped: mapped.__tablename__)
def test_a_person_meets_the_own_rows_of_every_table(mapped: type[Base], world: Store) -> None:
    for code in CODES:
        assert worlds.marks(world, mapped, coordinator(code)) == [worlds.mark_of(mapped, code)]
    assert len(worlds.marks(world, mapped, LOCAL)) == len(CODES)


def test_accounts_are_met_at_the_door_and_nothing_else_is(world: Store) -> None:
    for mapped in (*AT_THE_DOOR, *OWNED):
        at_the_door = mapped in AT_THE_DOOR or mapped is AdministrationRecord
        for person, met in ((DOOR, at_the_door), (ME, mapped in OWNED)):
            with world.reading(person) as session:
                assert bool(session.scalar(select(func.count()).select_from(mapped))) == met, mapped


def test_a_contributor_meets_the_own_factors_and_no_signature(world: Store) -> None:
    with world.reading(contributor("XA", "leadership")) as session:
        assert session.scalars(select(AnswerRecord.practice)).all() == [PRACTICES[0]]
        assert session.scalars(select(SignatureRecord)).all() == []


def test_the_rules_are_the_same_in_the_program_and_in_the_database(world: Store, guarded: Store) -> None:
    """Every role with every table: the narrowing of sessions and the policies let the same rows through."""
    people = [*map(coordinator, CODES), contributor("XA", "leadership"), contributor("XB"), LOCAL, DOOR]
    for role in Role:
        for code, region in (("XA", "europe"), ("", "asia_pacific")):
            assigned = frozenset({"XB"}) if role is Role.REVIEWER else frozenset()
            people.append(Actor("x", GRANTS[role], str(role), code, region, assigned=assigned))
    for audience in ("region", "wco", "members", "public"):
        with world.writing(LOCAL) as session:
            session.execute(update(DisclosureRecord).values(audience=audience))
        for person in people:
            assert everything(world, person) == everything(guarded, person), (audience, person)


def everything(store: Store, person: Any) -> dict[str, list[Any]]:
    with store.reading(person) as session:
        return {
            table.name: sorted(
                session.execute(select(*(getattr(mapped, c.key) for c in table.primary_key))).all()
            )
            for table, mapped in tables()
        }


# Writing


def refused_by_the_database(store: Store, write: Callable[[Session], object]) -> str:
    with pytest.raises((DBAPIError, Refused)) as refused, store.writing(ME) as session:
        write(session)
    return str(refused.value.__cause__ or refused.value)


FOREIGN: dict[str, Callable[[Session], object]] = {
    "a round": lambda s: s.add(worlds.a_round("XB", "new", 1999)),
    "an answer": lambda s: s.execute(
        insert(AnswerRecord),
        [{"round_id": THEIRS, "practice": "a.b", "version": 1, "changed_at": AT, "changed_by": "x"}],
    ),
    "moving a round": lambda s: s.execute(update(RoundRecord).values(administration="XB", year=1999)),
    "moving an answer": lambda s: s.execute(update(AnswerRecord).values(round_id=THEIRS, practice="a.b")),
    "an account": lambda s: s.add(worlds.an_account("XC")),
}


@pytest.mark.parametrize("write", FOREIGN)
def test_rows_for_others_are_refused(write: str, world: Store) -> None:
    said = refused_by_the_database(world, FOREIGN[write])
    assert "row-level security" in said


def test_what_the_database_refuses_is_said_in_words(world: Store, tmp_path: Path, guarded_url: str) -> None:
    foreign = pytest.raises(Refused, match="refused a row that belongs to somebody else")
    with foreign, world.writing(ME) as session:
        session.add(worlds.a_round("XB", "new", 1999))
    with closing(Store(create_engine(guarded_url), tmp_path / "others")) as store:
        forged = pytest.raises(Refused, match="this program's word for who acts: forged context")
        with forged, store.reading(ME) as session:
            session.scalars(select(RoundRecord)).all()


def test_nobody_leaves_no_trace(world: Store, guarded_url: str) -> None:
    values = "(99, now(), '', '', '', '', 'a:b', '', 'done', '{}', 'p', 'm')"
    with entered(guarded_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"INSERT INTO trail VALUES {values}")  # noqa: S608


@pytest.mark.parametrize("mapped", OWNED, ids=lambda mapped: mapped.__tablename__)
def test_foreign_rows_are_neither_updated_nor_removed(mapped: Any, world: Store, guarded_url: str) -> None:
    column, mark = OWNED[mapped], worlds.mark_of(mapped, "XB")
    name = mapped.__tablename__
    with entered(guarded_url, ME, world.key("rows")) as connection:
        for command, statement in (
            ("UPDATE", f"UPDATE {name} SET {column} = {column} WHERE {column} = %s"),  # noqa: S608
            ("DELETE", f"DELETE FROM {name} WHERE {column} = %s"),  # noqa: S608
        ):
            if command in mapped.rows.commands:
                assert connection.execute(statement, (mark,)).rowcount == 0
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(statement, (mark,))


def test_own_rows_are_updated(world: Store) -> None:
    with world.writing(ME) as session:
        done = session.execute(update(RoundRecord).values(revision=2))
        assert done.rowcount == 1  # type: ignore[attr-defined]


def test_accounts_are_removed_at_the_door_only(world: Store) -> None:
    for person, gone in ((ME, 0), (DOOR, 2)):
        with world.writing(person) as session:
            assert session.execute(delete(worlds.AttemptRecord)).rowcount == gone  # type: ignore[attr-defined]


# Who says so


def test_a_claim_of_one_s_own_making_is_refused(world: Store, guarded_url: str) -> None:
    claims = base64.b64encode(b'{"administration": "XB", "person": "x", "until": "9e9"}').decode()
    forged = row_security.signed(coordinator("XB").scope, b"another key" * 3)()
    mine = row_security.signed(ME.scope, world.key("rows"))().split(".")[1]
    for said in (
        forged,
        claims,
        f"{claims}.",
        f"{claims}.{mine}",
        "XB",
        "administration=XB",
        f".{mine}",
        ".",
    ):
        with entered(guarded_url, ME, world.key("rows")) as connection:
            assert counted(connection, "rounds") == 1
            connection.execute(
                "SELECT set_config('arusha.context', %s, true)", (said,)
            )  # as an injection would
            with pytest.raises(psycopg.Error, match=r"forged context|invalid"):
                counted(connection, "rounds")


def test_a_claim_that_was_said_before_is_refused_when_a_letter_of_it_is_changed(
    world: Store, guarded_url: str
) -> None:
    said = row_security.signed(ME.scope, world.key("rows"))()
    numbers = random.Random(4)
    for place in numbers.sample(range(len(said)), 40):
        other = said[:place] + ("A" if said[place] != "A" else "B") + said[place + 1 :]
        with entered(guarded_url, said=other) as connection, pytest.raises(psycopg.Error):
            counted(connection, "rounds")


def test_a_claim_expires(world: Store, guarded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_security, "SECONDS", -1)
    expired = pytest.raises(psycopg.errors.InsufficientPrivilege, match="expired context")
    with entered(guarded_url, ME, world.key("rows")) as connection, expired:
        counted(connection, "rounds")


def one_connection(url: str, key: bytes) -> Any:
    engine = create_engine(url, pool_size=1, max_overflow=0)
    said = row_security.signed(coordinator("XB").scope, key)()
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT set_config('arusha.context', %s, false)", (said,))
    return engine


def test_what_was_said_for_a_whole_connection_is_over_with_the_next_transaction(
    world: Store, guarded_url: str
) -> None:
    engine = one_connection(guarded_url, world.key("rows"))
    with engine.begin() as bare:  # the danger is real: whoever says nothing gets what was said before
        assert bare.exec_driver_sql("SELECT administration FROM rounds").scalars().all() == ["XB"]
    with closing(Store(engine, world.keys, narrowed=False)) as store:
        assert worlds.marks(store, RoundRecord, ME) == ["XA"]
        with store.looking() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM rounds").scalar() == 0
        assert worlds.marks(store, RoundRecord, ME) == ["XA"]


def test_nothing_is_left_in_a_connection_of_the_pool(world: Store, guarded_url: str) -> None:
    engine = create_engine(guarded_url, pool_size=1, max_overflow=0)
    with closing(Store(engine, world.keys, narrowed=False)) as store:
        assert worlds.marks(store, RoundRecord, ME) == ["XA"]
        with engine.begin() as bare:
            assert bare.exec_driver_sql("SELECT count(*) FROM rounds").scalar() == 0
            assert not bare.exec_driver_sql("SELECT current_setting('arusha.context', true)").scalar()


def test_who_acts_is_known_after_a_savepoint_failed(world: Store) -> None:
    with world.writing(ME) as session:
        with pytest.raises(DBAPIError), session.begin_nested():
            session.add(worlds.a_round("XB", "new", 1999))  # written at the end of the savepoint
        assert session.scalars(select(RoundRecord.id)).all() == [MINE]


# What the program's role may not do

FORBIDDEN = {
    "reading the key": "SELECT * FROM arusha_private.keys",
    "changing the key": "DELETE FROM arusha_private.keys",
    "another function": "CREATE OR REPLACE FUNCTION arusha_private.claim(name text) RETURNS text "
    "LANGUAGE sql AS 'SELECT ''XB'''",
    "turning it off": "ALTER TABLE rounds DISABLE ROW LEVEL SECURITY",
    "not forcing it": "ALTER TABLE rounds NO FORCE ROW LEVEL SECURITY",
    "removing a policy": "DROP POLICY rounds_select ON rounds",
    "a policy of one's own": "CREATE POLICY all_of_it ON rounds USING (true)",
    "going around it": "SET row_security = off; SELECT count(*) FROM rounds",
    "becoming the owner": "SET ROLE {owner}",
    "becoming a superuser": "SET ROLE postgres",
    "becoming the owner for good": "SET SESSION AUTHORIZATION {owner}",
    "being given the owner's role": "GRANT {owner} TO {app}",
    "more rights": "ALTER ROLE {app} BYPASSRLS",
    "a table of one's own": "CREATE TABLE copies AS SELECT * FROM rounds",
    "another version": "UPDATE arusha_version SET version_num = '0001'",
    "emptying a table": "TRUNCATE rounds CASCADE",
    "removing a table": "DROP TABLE rounds CASCADE",
    "a trigger": "CREATE TRIGGER t BEFORE INSERT ON rounds EXECUTE FUNCTION trail_refuses()",
    "no triggers": "SET session_replication_role = replica",
    "changing the trail": "UPDATE trail SET actor = 'another'",
    "a column of the trail": "UPDATE trail SET details = ''",
    "removing from the trail": "DELETE FROM trail",
    "emptying the trail": "TRUNCATE trail",
    "removing the newest link": "DELETE FROM trail_head",
    "a second newest link": "INSERT INTO trail_head VALUES (2, 0, '')",
    "a file of the server": "COPY rounds TO '/dev/null'",
    "a program of the server": "COPY rounds FROM PROGRAM 'true'",
}


@pytest.mark.parametrize("command", FORBIDDEN)
def test_the_program_s_role_may_not_get_out(command: str, world: Store, guarded_url: str) -> None:
    owner = str(make_url(owner_url(guarded_url)).username)
    for person in (ME, LOCAL):
        with (
            entered(guarded_url, person, world.key("rows")) as connection,
            pytest.raises(psycopg.Error) as said,
        ):
            connection.execute(FORBIDDEN[command].format(owner=owner, app=app_role(guarded_url)))
        assert said.value.sqlstate in ("42501", "0LP01"), said.value


@pytest.mark.parametrize("command", ["UPDATE trail SET actor = 'x'", "DELETE FROM trail", "TRUNCATE trail"])
def test_even_the_owner_does_not_change_the_trail_by_the_way(
    command: str, world: Store, guarded_url: str
) -> None:
    never = pytest.raises(psycopg.Error, match="the trail is only ever added to")
    with entered(owner_url(guarded_url), LOCAL, world.key("rows")) as connection, never:
        connection.execute(command)


def test_even_the_owner_meets_no_rows_without_saying_for_whom(world: Store, guarded_url: str) -> None:
    with entered(owner_url(guarded_url)) as connection:
        assert [counted(connection, mapped.__tablename__) for mapped in OWNED] == [0] * len(OWNED)


# The policies


def test_every_table_has_its_policies_and_none_has_others(guarded_url: str) -> None:
    with entered(owner_url(guarded_url)) as connection:
        there = {
            name
            for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }
        found = {
            (table, command)
            for table, command in connection.execute("SELECT tablename, cmd FROM pg_policies")
        }
        forced = {name for (name,) in connection.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")}  # fmt: skip
    mapped = {table.name: each.rows.commands for table, each in tables()}
    assert there == {*mapped, VERSION_TABLE}
    assert forced == set(mapped)
    assert found == {(name, command) for name in mapped for command in ("SELECT", *mapped[name])}
    assert not {command for _, command in found} - {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_no_right_goes_further_than_a_policy(guarded_url: str) -> None:
    query = """SELECT table_name, privilege_type FROM information_schema.role_table_grants
        WHERE table_schema IN ('public', 'arusha_private') AND grantee IN (%s, 'PUBLIC')"""
    with entered(owner_url(guarded_url)) as connection:
        granted = set(connection.execute(query, (app_role(guarded_url),)).fetchall())
        policies = set(connection.execute("SELECT tablename, cmd FROM pg_policies").fetchall())
    assert granted == policies | {(VERSION_TABLE, "SELECT")}


def test_the_guard_may_be_put_up_again_and_again(guarded_url: str) -> None:
    def policies() -> list[tuple[Any, ...]]:
        with entered(owner_url(guarded_url)) as connection:
            return connection.execute("SELECT * FROM pg_policies ORDER BY 1, 2, 3").fetchall()

    before = policies()
    open_store(owner_url(guarded_url), role=app_role(guarded_url)).close()
    assert policies() == before
    with entered(owner_url(guarded_url)) as connection:
        assert counted(connection, "arusha_private.keys") == 1


# The program upon it


def test_a_round_is_worked_on_from_the_opening_to_the_signature(guarded: Store) -> None:
    """Every service works under row security as it does without it."""
    head = Actor("head-XA", GRANTS[Role.HEAD], role="head", administration="XA")
    with guarded.writing(LOCAL) as session:
        session.add(AdministrationRecord(code="XA", region="europe", name="Aurelia"))
    round_ = service.open_round(ME, guarded, "XA", "arusha_2026", 2026)
    sheet = service.sheet(ME, guarded, round_.id)
    for practice in sheet.questionnaire.practices:
        step = sheet.questionnaire.scale_of(sheet.questionnaire.practices[practice]).steps[1].id
        service.save_answer(ME, guarded, round_.id, practice, {"step": step}, 0)
    service.sign(head, guarded, round_.id, "Head of Aurelia")
    assert service.find(ME, guarded, round_.id).state == "signed"
    for stranger in (coordinator("XB"), Actor("a", GRANTS[Role.ANALYST], role="analyst")):
        with pytest.raises(Refused):
            service.sheet(stranger, guarded, round_.id)


# Under load


def hammered(store: Store, threads: int = 16, times: int = 500) -> int:
    """Return how many rows of others were met by many at once, with rollbacks in between."""

    def work(number: int) -> int:
        code, numbers, wrong = CODES[number % 2], random.Random(number), 0
        person, mine = coordinator(code), worlds.round_id(code)
        for _ in range(times):
            engine = store._writer if numbers.random() < 0.05 else store._reader
            with store._session(engine, person) as session:
                wrong += sum(one != mine for one in session.scalars(select(RoundRecord.id)))
                wrong += session.scalar(select(func.count(AnswerRecord.practice))) != len(PRACTICES)
                if numbers.random() < 0.5:
                    session.rollback()
        return wrong

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(work, range(threads)))


def with_four_connections(url: str, store: Store) -> Store:
    return Store(create_engine(url, pool_size=4, max_overflow=0, pool_timeout=60), store.keys, narrowed=False)


def test_many_at_once_over_few_connections_meet_no_row_of_others(world: Store, guarded_url: str) -> None:
    with closing(with_four_connections(guarded_url, world)) as store:
        assert hammered(store) == 0


def test_without_row_security_the_same_work_meets_rows_of_others(world: Store, guarded_url: str) -> None:
    with owning(guarded_url) as owner, owner.begin() as connection:
        for name in ("rounds", "answers"):
            connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY")
    with closing(with_four_connections(guarded_url, world)) as store:
        assert hammered(store, threads=4, times=5) > 0
