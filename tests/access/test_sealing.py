"""The trail is proved: whatever is changed, removed, added or swapped in it is found, and where."""

import random
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from arusha.access import trail
from arusha.access.proof import keeping, sealing
from arusha.access.proof.anchors import Anchor
from arusha.access.proof.chain import TOLD, Walk
from arusha.access.proof.keeping import FIELDS, Kept
from arusha.access.proof.sealing import faults_of, verify
from arusha.access.records import TrailRecord
from arusha.store import Store, open_store
from questionnaires.problems import Problem
from tests.access.tampering import (
    FORGED,
    PEOPLE,
    START,
    kept,
    put_back,
    reached,
    resealed,
    tampering,
    write,
)

COUNT = 200
ANCHORED = START + timedelta(days=1)
WORDS = tuple(name for name in FIELDS if name not in ("seq", "at"))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Kept], bytes]:
    """Return 200 records as SQLite keeps them, and the key of their seals."""
    folder = tmp_path_factory.mktemp("long")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARUSHA_HOME", str(folder))
        with closing(open_store(f"sqlite:///{folder / 'arusha.sqlite'}")) as store:
            write(store, COUNT)
            return kept(store), store.key("trail")


def walked(records: list[Kept], key: bytes, *, start: int = 0, **more: Any) -> list[Problem]:
    """Return what a walk along records finds, that comes from the unchanged ones before ``start``."""
    before = "" if not start else resealed_mac(records[start - 1])
    walk = Walk(key, start + 1, before, **more)
    for record in records[start:]:
        walk.meet(record)
    return walk.faults


def resealed_mac(record: Kept) -> str:
    assert record.values is not None
    return str(record.values["mac"])


def bytes_of(record: Kept, name: str) -> bytes:
    """Return a cell as bytes: a number as PostgreSQL has it, a text in UTF-8."""
    assert record.values is not None
    value = record.values[name]
    return int(value).to_bytes(4) if name == "seq" else str(value).encode()


def with_bytes(record: Kept, name: str, data: bytes) -> Kept:
    """Return a record with other bytes in one cell; it is illegible when they are no text."""
    assert record.values is not None
    if name == "seq":
        seq = int.from_bytes(data, signed=True)
        return Kept(seq, {**record.values, "seq": seq})
    try:
        return Kept(record.seq, {**record.values, name: data.decode()})
    except UnicodeDecodeError:
        return Kept(record.seq, None)


def changed(record: Kept, name: str, values: range | None = None) -> Iterator[Kept]:
    """Yield a record with every byte of a cell changed, one at a time: each of its bits, or to all values."""
    data = bytes_of(record, name)
    for place, byte in enumerate(data):
        others = values or [byte ^ (1 << bit) for bit in range(8)]
        for other in others:
            if other != byte:
                yield with_bytes(record, name, data[:place] + bytes([other]) + data[place + 1 :])


# --- every byte of every column


@pytest.mark.parametrize("name", FIELDS)
def test_every_bit_of_every_byte_of_200_records_is_watched(name: str, long: tuple[list[Kept], bytes]) -> None:
    records, key = long
    tried = missed = 0
    for number, record in enumerate(records):
        for other in changed(record, name):
            walk = Walk(key, number + 1, resealed_mac(records[number - 1]) if number else "")
            walk.meet(other)
            tried += 1
            missed += not walk.faults
    assert missed == 0
    assert tried >= COUNT * 8 or name == "prev"


@pytest.mark.parametrize("name", FIELDS)
def test_every_other_value_of_every_byte_of_a_record_is_found(
    name: str, long: tuple[list[Kept], bytes]
) -> None:
    records, key = long
    found = [
        bool(walked([*records[:99], other], key, start=99))
        for other in changed(records[99], name, range(256))
    ]
    assert all(found)
    assert len(found) == 255 * len(bytes_of(records[99], name))


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in ("seq", "prev", "mac")])
def test_a_change_is_found_where_it_is_also_when_all_after_it_is_sealed_anew_without_the_key(
    name: str, long: tuple[list[Kept], bytes]
) -> None:
    records, key = long
    for number in range(COUNT):
        data = bytes_of(records[number], name)
        if not data:
            continue
        flip = data[-1] ^ 1 if name != "details" else data[-2] ^ 1
        place = -1 if name != "details" else -2
        data = data[:place] + bytes([flip]) + (data[place + 1 :] if place != -1 else b"")
        other = with_bytes(records[number], name, data)
        assert keeping.moment_of(other.values["at"]), other  # type: ignore[index]
        made = resealed([*records[:number], other, *records[number + 1 :]], FORGED, start=number)
        assert resealed_mac(made[-1]) != resealed_mac(records[-1])
        places = [problem.place for problem in walked(made, key, start=number)]
        assert places[0] == f"trail {number + 1}"
        assert len(places) == min(COUNT - number, TOLD)


def without(name: str) -> sealing.Verified | Any:
    """Return a seal that leaves a field out."""
    blank: Any = {"at": START}.get(name, "")

    def seal(values: dict[str, Any], key: bytes) -> str:
        return trail.seal({**values, name: blank}, key)

    return seal


@pytest.mark.parametrize("name", [name for name in trail.SEALED if name not in ("seq", "prev")])
def test_a_proof_that_leaves_a_column_out_would_miss_its_changes(
    name: str, long: tuple[list[Kept], bytes]
) -> None:
    """The tests above can fail: number and link are watched twice, every other column by the seal alone."""
    record, key, seal = long[0][0], long[1], without(name)
    assert record.values is not None
    mac = seal({**record.values, "at": record.at}, key)
    loose = Kept(1, {**record.values, "mac": mac})
    other = next(one for one in changed(loose, name) if one.values and keeping.moment_of(one.values["at"]))
    assert other.values != loose.values
    assert walked([other], key, seal=seal) == []
    assert walked([other], key) != []


# --- records removed, added, swapped


def test_every_record_that_is_removed_is_missed(long: tuple[list[Kept], bytes]) -> None:
    records, key = long
    for number in range(COUNT - 1):  # the last one is missed by the end that is kept beside
        found = walked(
            [*records[:number], *records[number + 1 :]], key, start=0 if number < 2 else number - 1
        )
        assert [one.place for one in found] == [f"trail {number + 2}"]
        assert "missing" in found[0].fault


def renumbered(record: Kept, seq: int) -> Kept:
    assert record.values is not None
    return Kept(seq, {**record.values, "seq": seq})


def test_every_swap_of_neighbours_is_found(long: tuple[list[Kept], bytes]) -> None:
    records, key = long
    for number, (one, other) in enumerate(pairwise(records)):
        swapped = [renumbered(other, number + 1), renumbered(one, number + 2)]
        found = walked([*records[:number], *swapped], key, start=number)
        assert found[0].place == f"trail {number + 1}"
        kept_apart = walked([*records[:number], other, one], key, start=number)
        assert kept_apart[0].place == f"trail {number + 2}"


def test_every_record_that_is_put_in_is_found(long: tuple[list[Kept], bytes]) -> None:
    records, key = long
    for number in range(1, COUNT):
        more = renumbered(records[number - 1], number + 1)
        after = renumbered(records[number], number + 2)
        assert walked([*records[:number], more, after], key, start=number)[0].place == f"trail {number + 1}"
        twice = walked([*records[:number], records[number - 1]], key, start=number)
        assert twice[0].fault == "The record stands outside of the order."


# --- on real databases


@pytest.fixture
def written(store: Store) -> Store:
    """Return a store with a trail of thirty records, which holds."""
    write(store, 30)
    assert verify(store) == sealing.Verified(30, 1, 30, ())
    return store


def said(store: Store, **more: Any) -> list[str]:
    return [f"{one.place}: {one.as_dict()['fault']}" for one in faults_of(store, **more)]


@pytest.mark.parametrize("name", WORDS)
def test_a_changed_cell_is_found_in_the_database(name: str, written: Store, database_url: str) -> None:
    with tampering(database_url) as say:
        (before,) = say(f"SELECT {name} FROM trail WHERE seq = 17")[0]  # noqa: S608
        other = before[:-1] + ("0" if before[-1:] != "0" else "1")
        say(f"UPDATE trail SET {name} = ? WHERE seq = 17", other)  # noqa: S608
    found = said(written)
    assert found[0] == "trail 17: The record is not what was sealed."
    assert found[1:] == {
        "prev": ["trail 17: The record does not follow the one before it."],
        "mac": ["trail 18: The record does not follow the one before it."],
    }.get(name, [])


def test_a_changed_time_is_found_in_the_database(written: Store, database_url: str) -> None:
    with tampering(database_url) as say:
        say("UPDATE trail SET at = ? WHERE seq = 17", "2026-03-01 08:30:16.000002")
    assert said(written) == ["trail 17: The record is not what was sealed."]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (99, ["trail 18: Records are missing: 17 to 17.", "trail 99: Records are missing: 31 to 98."]),
        (0, ["trail 18: Records are missing: 17 to 17.", "trail: There are records without a number"]),
    ],
)
def test_a_record_that_is_moved_is_found(
    number: int, found: list[str], written: Store, database_url: str
) -> None:
    with tampering(database_url) as say:
        say("UPDATE trail SET seq = ? WHERE seq = 17", number)
    assert [one[: len(wanted)] for one, wanted in zip(said(written), found, strict=False)] == found


@pytest.mark.parametrize("seq", [1, 2, 17, 29])
def test_a_removed_record_is_missed(seq: int, written: Store, database_url: str) -> None:
    with tampering(database_url) as say:
        say("DELETE FROM trail WHERE seq = ?", seq)
    assert said(written) == [f"trail {seq + 1}: Records are missing: {seq} to {seq}."]


def test_swapped_records_are_found(written: Store, database_url: str) -> None:
    with tampering(database_url) as say:
        for one, other in ((5, -1), (6, 5), (-1, 6)):
            say("UPDATE trail SET seq = ? WHERE seq = ?", other, one)
    assert said(written)[:2] == [
        "trail 5: The record is not what was sealed.",
        "trail 5: The record does not follow the one before it.",
    ]


def test_a_trail_that_is_sealed_anew_without_the_key_is_found(written: Store, database_url: str) -> None:
    records = kept(written)
    assert records[16].values is not None
    records[16] = Kept(17, {**records[16].values, "object": "xb0000"})
    with tampering(database_url) as say:
        put_back(say, resealed(records, FORGED, start=16))
    assert said(written)[0] == "trail 17: The record is not what was sealed."
    with tampering(database_url) as say:
        put_back(say, resealed(records, FORGED))
    found = said(written)
    assert found[0] == "trail: Not one record bears a seal that was made with this secret."
    assert found[1] == "trail 1: The record is not what was sealed."
    assert found[-1] == f"trail: More faults follow, which are not told one by one: {30 - TOLD}."
    assert len(found) == TOLD + 2


def anchor(record: Kept) -> Anchor:
    assert record.values is not None
    return Anchor(record.seq, record.values["mac"], ANCHORED, record.values["object"], "ab" * 32)


def test_records_cut_off_are_missed_by_the_end_that_is_kept(written: Store, database_url: str) -> None:
    with tampering(database_url) as say:
        say("DELETE FROM trail WHERE seq > 20")
    cut = "The newest records are missing: the trail had reached 30, and it ends with 20."
    assert said(written) == [f"trail_head: {cut}"]


@pytest.mark.parametrize("last", [0, 1, 20, 29])
def test_records_cut_off_with_the_end_set_back_are_missed_by_an_anchor_only(
    last: int, written: Store, database_url: str
) -> None:
    records = kept(written)
    with tampering(database_url) as say:
        put_back(say, records[:last])
    assert said(written) == []
    known = [anchor(records[0]), anchor(records[29])]
    gone = [one for one in known if one.seq > last]
    what = "The record was anchored when {} was signed off, and it is not there any more."
    wanted = [f"trail {one.seq}: {what.format(one.what)}" for one in gone]
    assert said(written, anchors=known) == wanted


def test_what_is_written_after_a_cut_is_not_what_was_anchored(written: Store, database_url: str) -> None:
    records = kept(written)
    with tampering(database_url) as say:
        put_back(say, records[:20])
    write(written, 15)
    assert said(written) == []
    wanted = "The record is not the one that was anchored when xa0024 was signed off."
    assert said(written, anchors=[anchor(records[24])]) == [f"trail 25: {wanted}"]


def test_whoever_has_the_key_is_found_by_an_anchor_only(written: Store, database_url: str) -> None:
    records = kept(written)
    known = anchor(records[24])
    assert records[16].values is not None
    records[16] = Kept(17, {**records[16].values, "outcome": "refused"})
    with tampering(database_url) as say:
        put_back(say, resealed(records, written.key("trail"), start=16))
    assert said(written) == []
    assert said(written, anchors=[known])[0].startswith(
        "trail 25: The record is not the one that was anchored"
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("DELETE FROM trail_head", "The newest link of the trail is not kept, or it cannot be read."),
        (
            "UPDATE trail_head SET seq = 12",
            "Records were added that the program did not write: the trail had reached 12.",
        ),
        ("UPDATE trail_head SET mac = 'x'", "The newest record is not the one that was written last."),
    ],
)
def test_an_end_that_does_not_fit_is_found(
    change: str, found: str, written: Store, database_url: str
) -> None:
    with tampering(database_url) as say:
        say(change)
    assert said(written) == [f"trail_head: {found}"]


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("spoilt", [b"\xff\xfe", b"head01"], ids=["no text", "bytes"])
def test_cells_that_sqlite_let_in_as_anything_are_found(name: str, spoilt: bytes, sqlite_url: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        write(store, 30)
        with tampering(sqlite_url) as say:
            kind = "TEXT" if spoilt[0] > 127 else "BLOB"
            say(f"UPDATE trail SET {name} = CAST(? AS {kind}) WHERE seq = 17", spoilt)  # noqa: S608
        found = said(store)
    fault = "cannot be read" if spoilt[0] > 127 else "is not what was sealed"
    assert found[0] == f"trail 17: The record {fault}."
    assert {one.split(":")[0] for one in found} <= {"trail 17", "trail 18"}


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-01T08:30:16.000001",
        "2026-03-01 08:30:16.000001+00:00",
        "2026-03-01 08:30:16.000001Z",
        "2026-03-01 08:30:16.0000010",
        "20260301T083016.000001",
        "2026-03-01 08:30:16,000001",
        "2026-W09-7 08:30:16.000001",
        "yesterday",
        "",
        0,
        b"2026-03-01 08:30:16.000001",
    ],
)
def test_a_time_that_is_spelt_in_any_other_way_is_found(moment: object, sqlite_url: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        write(store, 30)
        with tampering(sqlite_url) as say:
            assert say("SELECT at FROM trail WHERE seq = 17") == [("2026-03-01 08:30:16.000001",)]
            say("UPDATE trail SET at = ? WHERE seq = 17", moment)
        assert said(store) == ["trail 17: The record is not what was sealed."]


@pytest.mark.parametrize(
    "moment", ["infinity", "-infinity", "0044-03-15 12:00:00 BC", "12026-03-01 08:30:16"]
)
def test_a_time_that_only_postgresql_knows_is_found(moment: str, postgresql_url: str) -> None:
    with closing(open_store(postgresql_url)) as store:
        write(store, 30)
        with tampering(postgresql_url) as say:
            say("UPDATE trail SET at = ? WHERE seq = 17", moment)
        assert said(store) == ["trail 17: The record cannot be read."]


def test_a_table_that_was_made_anew_without_its_rules_is_read_all_the_same(sqlite_url: str) -> None:
    columns = ", ".join(FIELDS)
    with closing(open_store(sqlite_url)) as store:
        write(store, 30)
        with tampering(sqlite_url) as say:
            say(f"CREATE TABLE loose ({columns})")
            say(f"INSERT INTO loose SELECT {columns} FROM trail")  # noqa: S608
            say("DROP TABLE trail")
            say("ALTER TABLE loose RENAME TO trail")
        assert said(store) == []
        with tampering(sqlite_url) as say:
            say(f"INSERT INTO trail SELECT {columns} FROM trail WHERE seq = 17")  # noqa: S608
        assert said(store) == ["trail 17: The record stands outside of the order."]
        with tampering(sqlite_url) as say:
            say("UPDATE trail SET seq = NULL WHERE rowid = 31")
        assert said(store) == ["trail: There are records without a number of the trail: 1."]
        with tampering(sqlite_url) as say:
            say("UPDATE trail SET seq = 'x' WHERE rowid = 31")
        assert said(store) == ["trail x: The record stands outside of the order."]


@pytest.mark.parametrize("batch", [1, 7, 30, 31])
def test_faults_are_found_wherever_a_batch_ends(
    batch: int, written: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", batch)
    assert verify(written).count == 30
    with tampering(database_url) as say:
        say("UPDATE trail SET role = 'system' WHERE seq IN (1, 7, 8, 14, 15, 30)")
    changed_ = "The record is not what was sealed."
    assert said(written) == [f"trail {seq}: {changed_}" for seq in (1, 7, 8, 14, 15, 30)]


# --- from a record on, the key, the scope


def test_the_proof_can_begin_with_a_later_record(written: Store, database_url: str) -> None:
    with tampering(database_url) as say:
        say("UPDATE trail SET role = 'system' WHERE seq = 9")
        say("UPDATE trail SET mac = 'x' WHERE seq = 14")
    assert verify(written, start=16) == sealing.Verified(15, 16, 30, ())
    follows = "The record does not follow the one before it."
    assert [str(one.place) + one.fault for one in verify(written, start=15).problems] == [
        f"trail 15{follows}"
    ]
    assert verify(written, start=10).problems[0].place == "trail 14"
    assert verify(written, start=9).problems[0].place == "trail 9"
    assert verify(written, start=30).holds
    gone = verify(written, start=31)
    assert [one.as_dict() for one in gone.problems] == [
        {
            "place": "trail 31",
            "fault": "The trail has no record 31.",
            "remedy": "Begin with an earlier record; the last is 30.",
        }
    ]


def test_anchors_before_the_beginning_are_left_aside(written: Store) -> None:
    other = Anchor(3, "x", ANCHORED, "xa0002", "")
    assert verify(written, start=4, anchors=[other]).holds
    assert verify(written, start=3, anchors=[other]).problems[0].place == "trail 3"


def test_an_empty_trail_holds_and_needs_no_key(store: Store) -> None:
    if store.dialect == "sqlite":
        shutil.rmtree(store.keys, ignore_errors=True)
    assert verify(store) == sealing.Verified(0, 0, 0, ())
    assert not (store.keys / "trail").exists()


def test_without_the_key_nothing_is_proved_and_none_is_made(written: Store) -> None:
    (written.keys / "trail").unlink()
    (problem,) = faults_of(written)
    assert problem.place == str(written.keys / "trail")
    assert problem.fault == "The secret that seals the trail is not there, so nothing can be proved."
    assert not (written.keys / "trail").exists()


def test_another_key_is_said_to_be_another_key(written: Store) -> None:
    assert (
        said(written, key=FORGED)[0] == "trail: Not one record bears a seal that was made with this secret."
    )
    assert said(written, key=written.key("trail")) == []


def test_the_programs_own_role_can_prove_a_guarded_trail(guarded: Store) -> None:
    write(guarded, 12)
    assert verify(guarded) == sealing.Verified(12, 1, 12, ())


def test_the_proof_meets_the_trail_and_nothing_else(written: Store) -> None:
    scope = sealing.PROVER.scope
    assert (scope.trail, scope.everything, scope.door, scope.administration) == ("all", False, False, "")
    assert verify(written).count == 30


def test_a_moment_of_another_zone_is_sealed_as_it_is_kept(store: Store) -> None:
    with store.writing(PEOPLE[0]) as session:
        trail.record(session, PEOPLE[0], "round:open", "x", at=START.astimezone(timezone(timedelta(hours=3))))
        trail.record(session, PEOPLE[0], "round:open", "x", at=datetime(2026, 3, 1, tzinfo=UTC))
    assert verify(store).holds


# --- many at once


def test_eight_at_once_with_rollbacks_leave_a_chain_without_gaps(store: Store) -> None:
    """8 threads with 50 records each, of which about a third is taken back."""

    def append(thread: int) -> int:
        chance, done = random.Random(thread), 0
        for number in range(50):
            with suppress(ZeroDivisionError), store.writing(PEOPLE[thread % 2]) as session:
                trail.record(session, PEOPLE[thread % 2], "answer:save", f"{thread}-{number}")
                if chance.random() < 1 / 3:
                    raise ZeroDivisionError
                done += 1
        return done

    with ThreadPoolExecutor(8) as pool:
        kept_ = sum(pool.map(append, range(8)))
    assert 200 < kept_ < 350
    assert verify(store) == sealing.Verified(kept_, 1, kept_, ())
    assert reached(store)[0] == kept_
    with store.reading(sealing.PROVER) as session:
        objects = session.scalars(select(TrailRecord.object)).all()
    assert len(set(objects)) == kept_
