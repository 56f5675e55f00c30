"""A session meets the rows of its person and no others, however it is asked, on SQLite as on PostgreSQL."""

import ast
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    bindparam,
    delete,
    exists,
    func,
    insert,
    inspect,
    literal,
    literal_column,
    or_,
    select,
    text,
    union,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, aliased, make_transient_to_detached

import arusha
from arusha import tables as every_table
from arusha.access.door import DOOR
from arusha.access.records import AccountRecord, TrailHeadRecord, TrailRecord
from arusha.access.rules import LOCAL
from arusha.assessments.records import AnswerRecord, RoundRecord, SignatureRecord, VisitRecord
from arusha.store import Base, Store
from arusha.store.address import engine_for
from arusha.store.base import tables
from arusha.store.rows import Rows
from arusha.store.sessions import OutOfScope
from tests.store import worlds
from tests.store.guarded import new_database, on_server
from tests.store.worlds import AT, AT_THE_DOOR, CODES, OPEN_TO_ALL, OWNED, PRACTICES, contributor, coordinator

MINE, THEIRS = worlds.round_id("XA"), worlds.round_id("XB")
ROUNDS: Any = RoundRecord.__table__
ME = coordinator("XA")


@pytest.fixture
def world(store: Store) -> Store:
    """Return a store with two administrations in it."""
    worlds.fill(store)
    return store


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return such a store for every test that only reads."""
    folder, drop = tmp_path_factory.mktemp("shared"), ""
    url = f"sqlite:///{folder / 'arusha.sqlite'}"
    if request.param == "postgresql":
        url, drop = new_database(request.getfixturevalue("postgresql"))
    with closing(Store(engine_for(url), folder / "keys")) as made:
        made.bring_up_to_date()
        worlds.fill(made)
        yield made
    if drop:
        on_server(request.getfixturevalue("postgresql"), drop)


@pytest.fixture
def session(shared: Store) -> Iterator[Session]:
    """Return a session of XA's coordinator."""
    with shared.reading(ME) as opened:
        yield opened


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading(LOCAL) as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table, _ in tables()
        }


# Which rows


def test_every_mapped_table_says_whose_its_rows_are() -> None:
    for table, mapped in tables():
        assert isinstance(mapped.rows, Rows), table.name
        assert set(mapped.rows.fixed) <= set(table.columns.keys()), table.name


def test_every_mapped_table_is_tried_here() -> None:
    assert {mapped for _, mapped in tables()} == {*OWNED, *AT_THE_DOOR, *OPEN_TO_ALL}


def test_every_table_is_known_to_the_module_that_lists_them() -> None:
    files = {path.parent.name for path in Path(arusha.__file__).parent.glob("*/records.py")}
    assert files == set(every_table.__all__)


@pytest.mark.parametrize("mapped", OWNED, ids=lambda mapped: mapped.__tablename__)
def test_a_person_meets_the_own_rows_of_every_table(mapped: type[Base], shared: Store) -> None:
    for code in CODES:
        assert worlds.marks(shared, mapped, coordinator(code)) == [worlds.mark_of(mapped, code)]
    assert len(worlds.marks(shared, mapped, LOCAL)) == len(CODES)


@pytest.mark.parametrize("mapped", AT_THE_DOOR, ids=lambda mapped: mapped.__tablename__)
def test_accounts_are_met_at_the_door_only(mapped: type[Base], shared: Store) -> None:
    for person, met in ((DOOR, 2), (ME, 0), (LOCAL, 2)):
        with shared.reading(person) as session:
            assert session.scalar(select(func.count()).select_from(mapped)) == met


@pytest.mark.parametrize("mapped", OWNED, ids=lambda mapped: mapped.__tablename__)
def test_nothing_else_is_met_at_the_door(mapped: type[Base], shared: Store) -> None:
    met = worlds.marks(shared, mapped, DOOR)
    assert met == (list(CODES) if mapped.__tablename__ == "administrations" else [])


@pytest.mark.parametrize(
    "mapped", [m for m in OWNED if hasattr(m, "practice")], ids=lambda m: m.__tablename__
)
def test_a_contributor_meets_the_own_factors_only(mapped: Any, shared: Store) -> None:
    with shared.reading(contributor("XA", "leadership")) as session:
        assert session.scalars(select(mapped.practice)).all() == [PRACTICES[0]]


def test_a_contributor_meets_no_signature(shared: Store) -> None:
    assert worlds.marks(shared, SignatureRecord, contributor("XA", "leadership")) == []


# However it is asked

ALIAS = aliased(RoundRecord)
READ: dict[str, Any] = {
    "entity": select(RoundRecord),
    "column": select(RoundRecord.id),
    "alias": select(ALIAS),
    "column of an alias": select(ALIAS.id),
    "subquery": select(select(RoundRecord.id).subquery().c.id),
    "entity of a subquery": select(aliased(RoundRecord, select(RoundRecord).subquery())),
    "common table expression": select(select(RoundRecord.id).cte().c.id),
    "union": union(select(RoundRecord.id), select(RoundRecord.id)),
    "union all, once": select(
        union_all(select(RoundRecord.id), select(RoundRecord.id)).subquery()
    ).distinct(),
    "union as entity": select(RoundRecord).from_statement(union(select(RoundRecord), select(RoundRecord))),
    "join": select(RoundRecord.id).join(AnswerRecord, AnswerRecord.round_id == RoundRecord.id).distinct(),
    "outer join": select(ALIAS.id).outerjoin(RoundRecord, RoundRecord.id == ALIAS.id),
    "or": select(RoundRecord.id).where(or_(literal(True), RoundRecord.id == THEIRS)),
    "by its key": select(RoundRecord.id).where(RoundRecord.id.in_([MINE, THEIRS])),
    "in a subquery": select(RoundRecord.id).where(RoundRecord.id.in_(select(AnswerRecord.round_id))),
    "entity and another's column": select(RoundRecord, VisitRecord.round_id).where(
        VisitRecord.round_id == RoundRecord.id
    ),
    "own key of another table": select(AnswerRecord.round_id).distinct(),
}
COUNT: dict[str, Any] = {
    "count": select(func.count(RoundRecord.id)),
    "count of all": select(func.count()).select_from(RoundRecord),
    "scalar subquery": select(select(func.count(RoundRecord.id)).scalar_subquery()),
    "scalar subquery beside": select(
        VisitRecord.round_id, select(func.count(RoundRecord.id)).scalar_subquery()
    ),
    "own and foreign, or none": select(func.count(RoundRecord.id)).where(RoundRecord.id.in_([MINE, THEIRS])),
}


@pytest.mark.parametrize("asked", READ)
def test_however_rows_are_asked_for_only_the_own_ones_come(asked: str, session: Session) -> None:
    for row in (rows := session.execute(READ[asked]).all()):
        assert {getattr(cell, "id", cell) for cell in row} == {MINE}
    assert len(rows) == 1


@pytest.mark.parametrize("asked", COUNT)
def test_however_rows_are_counted_only_the_own_ones_count(asked: str, session: Session) -> None:
    assert session.execute(COUNT[asked]).one()[-1] == 1


def test_a_foreign_row_does_not_exist(session: Session) -> None:
    for key, there in ((MINE, True), (THEIRS, False)):
        assert session.scalar(select(exists().where(RoundRecord.id == key))) is there
        assert (session.get(RoundRecord, key) is not None) is there
        assert session.query(RoundRecord).filter_by(id=key).count() == there
    assert session.get(AnswerRecord, (THEIRS, PRACTICES[0])) is None


def test_the_same_statement_serves_two_persons_each_with_the_own_rows(shared: Store) -> None:
    statement = select(RoundRecord.id)
    for code in (*CODES, *reversed(CODES)):
        with shared.reading(coordinator(code)) as session:
            assert session.scalars(statement).all() == [worlds.round_id(code)]


@pytest.mark.parametrize("mapped", OWNED, ids=lambda mapped: mapped.__tablename__)
def test_updating_all_rows_of_a_table_changes_the_own_ones(mapped: Any, world: Store) -> None:
    free = next(column for column in inspect(mapped).columns if is_free(mapped, column))
    before = everything(world)[mapped.__tablename__]
    statement = update(mapped).values({free.key: free})
    if "UPDATE" not in mapped.rows.commands:
        with pytest.raises(OutOfScope, match="UPDATE is not for rows of trail"), world.writing(ME) as session:
            session.execute(statement)
        return
    with world.writing(ME) as session:
        assert session.execute(statement).rowcount == len(before) / 2  # type: ignore[attr-defined]
        assert session.execute(statement.where(of(mapped, "XB"))).rowcount == 0  # type: ignore[attr-defined]


def is_free(mapped: Any, column: Any) -> bool:
    return not column.primary_key and column.key not in mapped.rows.fixed


def of(mapped: Any, code: str) -> Any:
    return getattr(mapped, OWNED[mapped]) == worlds.mark_of(mapped, code)


def test_removing_what_may_be_removed_removes_the_own_rows(world: Store) -> None:
    with world.writing(ME) as session:
        session.execute(delete(AccountRecord))
    assert len(everything(world)["accounts"]) == 2
    with pytest.raises(OutOfScope, match="DELETE is not for rows of rounds"), world.writing(ME) as session:
        session.execute(delete(RoundRecord))
    assert len(everything(world)["rounds"]) == 2


# What is refused

NOT_NARROWED = "cannot be narrowed"
REFUSED: dict[str, Any] = {
    "a table": select(ROUNDS),
    "a column of a table": select(ROUNDS.c.id),
    "an alias of a table": select(ROUNDS.alias().c.id),
    "a table beside an entity": select(VisitRecord.round_id, ROUNDS.c.id),
    "an alias of a table beside an entity": select(RoundRecord.id, ROUNDS.alias().c.id),
    "a table in a subquery": select(VisitRecord.round_id).where(
        VisitRecord.round_id.in_(select(ROUNDS.c.id))
    ),
    "a table counted beside an entity": select(
        RoundRecord.id, select(func.count()).select_from(ROUNDS).scalar_subquery()
    ),
    "a table counted beside an entity of it": select(
        RoundRecord.id, select(func.max(ROUNDS.c.year)).scalar_subquery()
    ),
    "a table joined to an entity": select(VisitRecord.round_id).join(
        ROUNDS, ROUNDS.c.id == VisitRecord.round_id
    ),
    "a table as an entity": select(RoundRecord).from_statement(select(ROUNDS)),
    "a table in a common table expression": select(select(ROUNDS.c.id).cte().c.id),
    "a table under an alias of an entity": select(aliased(RoundRecord, select(ROUNDS).subquery())),
    "a table under a column of such an alias": select(aliased(RoundRecord, select(ROUNDS).subquery()).id),
    "a table in a union": union(select(RoundRecord.id), select(ROUNDS.c.id)),
    "text": text("SELECT id FROM rounds"),
    "text with columns": text("SELECT id FROM rounds").columns(id=ROUNDS.c.id.type),
    "text as a condition": select(RoundRecord.id).where(text("1 = 1 OR 1 = 1")),
    "text as a table": select(RoundRecord).from_statement(text("SELECT * FROM rounds")),
    "text as an order": select(RoundRecord.id).order_by(text("1")),
    "a column written as text": select(RoundRecord.id, literal_column("(SELECT count(*) FROM rounds)")),
    "text at the end": select(RoundRecord.id).suffix_with("UNION SELECT id FROM rounds"),
    "text at the beginning": select(RoundRecord.id).prefix_with("ALL"),
    "a hint": select(RoundRecord.id).with_statement_hint("UNION SELECT id FROM rounds"),
    "no table": select(literal(1)),
    "an update of a table": update(ROUNDS).values(revision=9),
    "a removal from a table": delete(ROUNDS),
    "an insert into a table": insert(ROUNDS).values(id="x"),
    "an update with a table in it": update(RoundRecord).values(
        revision=select(func.max(ROUNDS.c.year)).scalar_subquery()
    ),
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_cannot_be_narrowed_is_refused(asked: str, shared: Store) -> None:
    with pytest.raises(OutOfScope, match=NOT_NARROWED), shared.reading(ME) as session:
        session.execute(REFUSED[asked])


def test_a_connection_would_go_around_the_scope(shared: Store) -> None:
    with pytest.raises(OutOfScope, match="would go around the scope"), shared.reading(ME) as session:
        session.connection()


def row(code: str = "XB", **more: object) -> dict[str, object]:
    made = worlds.a_round(code, "new", 1999)
    return {name: getattr(made, name) for name in ROUNDS.columns.keys()} | more  # noqa: SIM118 - of a collection


def upsert(session: Session) -> None:
    dialect = session.get_bind().dialect.name
    statement = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(RoundRecord)
    session.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"revision": 9}), [row("XA", id=THEIRS)]
    )


def detached(session: Session) -> RoundRecord:
    found = RoundRecord(**row("XA", id=THEIRS))
    make_transient_to_detached(found)
    return found


def move(session: Session, column: str, value: object) -> None:
    setattr(session.get_one(RoundRecord, MINE), column, value)


def change_trail(session: Session) -> None:
    session.scalars(select(TrailRecord)).first().actor = "another"  # type: ignore[union-attr]


WRITE: dict[str, tuple[Callable[[Session], object], str]] = {
    "a foreign object": (lambda s: s.add(worlds.a_round("XB", "new", 1999)), "belongs to somebody else"),
    "a foreign row": (lambda s: s.execute(insert(RoundRecord), [row()]), "belongs to somebody else"),
    "a foreign row among own ones": (
        lambda s: s.execute(insert(RoundRecord), [row("XA"), row(id="new2", year=1998)]),
        "belongs to somebody else",
    ),
    "a foreign row as values": (lambda s: s.execute(insert(RoundRecord).values(**row())), "as nothing else"),
    "a foreign value beside an own row": (
        lambda s: s.execute(insert(RoundRecord).values(administration="XB"), [row("XA")]),
        "as nothing else",
    ),
    "rows of a query": (
        lambda s: s.execute(insert(AnswerRecord).from_select(["round_id"], select(RoundRecord.id))),
        "as nothing else",
    ),
    "a foreign row in place of an insert": (upsert, "as nothing else"),
    "a foreign answer": (
        lambda s: s.add(AnswerRecord(round_id=THEIRS, practice="a.b", version=1, changed_at=AT)),
        "belongs to somebody else",
    ),
    "objects in bulk": (lambda s: s.bulk_save_objects([worlds.a_round("XB", "new", 1999)]), "in bulk"),
    "rows in bulk": (lambda s: s.bulk_insert_mappings(inspect(RoundRecord), [row()]), "in bulk"),
    "changes in bulk": (
        lambda s: s.bulk_update_mappings(inspect(RoundRecord), [{"id": THEIRS, "revision": 9}]),
        "in bulk",
    ),
    "a foreign row by its key": (
        lambda s: s.execute(update(RoundRecord), [{"id": THEIRS, "revision": 9}]),
        "belongs to somebody else",
    ),
    "a foreign row said to be own": (
        lambda s: s.execute(update(RoundRecord), [{"id": THEIRS, "administration": "XA", "revision": 9}]),
        "administration of a row is never changed",
    ),
    "a foreign answer by its key": (
        lambda s: s.execute(update(AnswerRecord), [{"round_id": THEIRS, "practice": "a.b", "note": "x"}]),
        "belongs to somebody else",
    ),
    "a foreign row by a parameter": (
        lambda s: s.execute(
            update(RoundRecord).where(RoundRecord.id == bindparam("key")),
            {"key": THEIRS, "administration": "XA"},
        ),
        "as a list of parameters",
    ),
    "a foreign record kept from elsewhere": (
        lambda s: setattr(added(s, detached(s)), "revision", 9),
        "was not read in this session",
    ),
    "a foreign record removed unread": (lambda s: s.delete(detached(s)), "was not read in this session"),
    "moving a row": (lambda s: move(s, "administration", "XB"), "administration of a row is never changed"),
    "moving a row by an expression": (
        lambda s: move(s, "administration", select(func.max(RoundRecord.administration)).scalar_subquery()),
        "administration of a row is never changed",
    ),
    "moving rows": (
        lambda s: s.execute(update(RoundRecord).values(administration="XB")),
        "administration of a row is never changed",
    ),
    "moving rows by an expression": (
        lambda s: s.execute(update(RoundRecord).values(administration=func.upper("xb"))),
        "administration of a row is never changed",
    ),
    "removing a row": (lambda s: s.delete(s.get_one(RoundRecord, MINE)), "DELETE is not for rows of rounds"),
    "changing the trail": (change_trail, "UPDATE is not for rows of trail"),
    "a second newest link": (lambda s: s.add(TrailHeadRecord(id=2, seq=1, mac="")), "INSERT is not for rows"),
    "an account": (
        lambda s: s.add(AccountRecord(id="a", name="n", login="l", role="head", made_at=AT, made_by="x")),
        "belongs to somebody else",
    ),
}  # fmt: skip


def added(session: Session, record: RoundRecord) -> RoundRecord:
    session.add(record)
    return record


@pytest.mark.parametrize("done", WRITE)
def test_what_is_not_one_s_own_is_never_written(done: str, world: Store) -> None:
    before = everything(world)
    write, said = WRITE[done]
    with pytest.raises(OutOfScope, match=said), world.writing(ME) as session:
        write(session)  # what is only added or changed is written at the end
    assert everything(world) == before


OWN_WRITES: dict[str, Callable[[Session], object]] = {
    "an own object": lambda s: s.add(worlds.a_round("XA", "new", 1999)),
    "own rows": lambda s: s.execute(insert(RoundRecord), [row("XA"), row("XA", id="new2", year=1998)]),
    "an own row by its key": lambda s: s.execute(
        update(AnswerRecord), [{"round_id": MINE, "practice": PRACTICES[0], "note": "x"}]
    ),
    "own rows by a condition": lambda s: s.execute(update(RoundRecord).values(touched_at=AT + timedelta(1))),
    "an own record": lambda s: move(s, "touched_at", AT + timedelta(1)),
    "a record merged": lambda s: s.merge(VisitRecord(actor=ME.id, round_id=MINE, factor="x", at=AT)),
}


@pytest.mark.parametrize("done", OWN_WRITES)
def test_what_is_one_s_own_is_written(done: str, world: Store) -> None:
    before = everything(world)
    with world.writing(ME) as session:
        OWN_WRITES[done](session)
    after = everything(world)
    assert after != before
    assert {name for name in after if after[name] != before[name]} <= {"rounds", "answers", "visits"}


def test_a_new_round_and_its_answers_may_come_in_one_go(world: Store) -> None:
    with world.writing(ME) as session:
        session.add(worlds.a_round("XA", "new", 1999))
        session.execute(
            insert(AnswerRecord),
            [{"round_id": "new", "practice": "a.b", "version": 1, "changed_at": AT, "changed_by": "x"}],
        )
    assert len(everything(world)["answers"]) == 5


def test_a_contributor_does_not_write_answers_of_other_factors(world: Store) -> None:
    who = contributor("XA", "leadership")
    for practice, said in ((PRACTICES[0], ""), (PRACTICES[1], "belongs to somebody else")):
        given = [{"round_id": MINE, "practice": practice, "note": "changed"}]
        if said:
            with pytest.raises(OutOfScope, match=said), world.writing(who) as session:
                session.execute(update(AnswerRecord), given)
        else:
            with world.writing(who) as session:
                session.execute(update(AnswerRecord), given)
    with world.reading(LOCAL) as session:
        assert session.scalars(select(AnswerRecord.practice).where(AnswerRecord.note == "changed")).all() == [
            PRACTICES[0]
        ]


def test_without_the_scope_the_tests_above_would_fail(world: Store) -> None:
    """The harness can tell: one who may see everything meets the rows of both, and may write them."""
    with world.writing(LOCAL) as session:
        assert len(session.scalars(READ["column"]).all()) == 2
        assert session.execute(COUNT["count"]).one()[0] == 2
        session.execute(update(RoundRecord), [{"id": THEIRS, "revision": 9}])
        session.rollback()


# The house

AROUND = {"text", "literal_column", "create_engine", ".connection", ".get_bind", ".raw_connection"}
AROUND |= {".looking", ".exec_driver_sql"}  # of the store, for itself


def calls(path: Path) -> Iterator[str]:
    """Yield what a module calls: names it has from SQLAlchemy, and methods with a dot before them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sqlalchemy")
        for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in imported:
            yield node.func.id
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f".{node.func.attr}"


def test_nobody_but_the_store_goes_around_the_scope() -> None:
    house = Path(arusha.__file__).parent
    files = [path for path in house.rglob("*.py") if house / "store" not in path.parents]
    found = {path.relative_to(house).as_posix(): AROUND & set(calls(path)) for path in files}
    assert {path: names for path, names in found.items() if names} == {}
    there = AROUND & set(calls(house / "store" / "address.py"))
    assert there == {"create_engine", ".exec_driver_sql"}  # the search finds what it looks for
