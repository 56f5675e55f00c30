"""Who may read the trail reads what their permission reaches, in plain words; who may not is recorded."""

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from arusha.access import trail
from arusha.access.proof import anchors, keeping, sealing, trails, wording
from arusha.access.proof.anchors import Anchor
from arusha.access.proof.deeds import DEEDS
from arusha.access.proof.trails import Entry
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import LOCAL, Actor, Denied, Permission, Reach
from arusha.i18n import translator
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from tests.access.tampering import PEOPLE, START, tampering, write

ROOT = Path(__file__).parents[2]
HEAD, COORDINATOR = PEOPLE
SYSTEM = Actor("root01", GRANTS[Role.SYSTEM], role="system")
t = translator("en")


@pytest.fixture
def written(store: Store) -> Store:
    """Return a store with ten records, by turns of XA and XB."""
    write(store, 10)
    return store


def numbers(found: trails.Entries) -> list[int]:
    return [one.seq for one in found.rows]


# --- whose records are read


def test_who_reads_for_an_administration_meets_its_records_only(written: Store) -> None:
    assert numbers(trails.entries(HEAD, written)) == [9, 7, 5, 3, 1]
    assert numbers(trails.entries(COORDINATOR, written)) == [10, 8, 6, 4, 2]
    assert {one.administration for one in trails.entries(HEAD, written).rows} == {"XA"}
    assert numbers(trails.entries(SYSTEM, written)) == list(range(10, 0, -1))


@pytest.mark.parametrize("role", [role for role in Role if Permission.TRAIL_READ not in GRANTS[role]])
def test_who_may_not_read_it_is_refused_and_that_is_recorded(role: Role, written: Store) -> None:
    person = Actor("nosy", GRANTS[role], role=role.value, administration="XA")
    with pytest.raises(Denied):
        trails.entries(person, written)
    newest = trails.entries(LOCAL, written, limit=1).rows[0]
    assert (newest.actor, newest.action, newest.outcome) == ("nosy", "trail:read", trail.REFUSED)
    assert sealing.faults_of(written) == []


def test_to_read_leaves_no_trace(written: Store) -> None:
    trails.entries(HEAD, written)
    trails.verify(SYSTEM, written, Path("nowhere"))
    assert len(trails.entries(LOCAL, written).rows) == 10


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_the_system_administrator_proves_it(role: Role, written: Store) -> None:
    with pytest.raises(Denied):
        trails.verify(Actor("x", GRANTS[role], role=role.value), written, Path("nowhere"))


# --- which records are read


def test_each_choice_narrows_what_is_read(written: Store) -> None:
    with pytest.raises(Denied):
        trails.entries(Actor("nosy", {}, administration="XA"), written)
    chosen = {
        "action": {"action": "trail:read"},
        "outcome": {"outcome": trail.REFUSED},
        "person": {"person": "nosy"},
    }
    for given in chosen.values():
        assert numbers(trails.entries(LOCAL, written, **given)) == [11]
    assert numbers(trails.entries(LOCAL, written, object_="xa0004")) == [5]
    assert numbers(trails.entries(LOCAL, written, person="head01", object_="xa0001")) == []


def test_a_day_begins_with_its_first_moment_and_ends_before_the_next(written: Store) -> None:
    times = [one.at for one in trails.entries(LOCAL, written).rows][::-1]
    assert times[0] == START
    since = trails.entries(LOCAL, written, since=times[4])
    assert numbers(since) == [10, 9, 8, 7, 6, 5]
    until = trails.entries(LOCAL, written, until=times[4])
    assert numbers(until) == [4, 3, 2, 1]
    assert numbers(trails.entries(LOCAL, written, since=START + timedelta(days=1))) == []


def test_the_pages_of_it_hold_every_record_once(written: Store) -> None:
    seen: list[int] = []
    before = None
    while True:
        found = trails.entries(LOCAL, written, limit=3, before_seq=before)
        seen += numbers(found)
        if not found.more:
            break
        before = found.rows[-1].seq
    assert seen == list(range(10, 0, -1))


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (-5, 1), (10, 10), (10**9, 10)])
def test_a_limit_is_kept_within_reason(limit: int, count: int, written: Store) -> None:
    found = trails.entries(LOCAL, written, limit=limit)
    assert (len(found.rows), found.more) == (count, count < 10)


def test_a_record_that_cannot_be_read_does_not_hide_the_others(sqlite_url: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        write(store, 6)
        with tampering(sqlite_url) as say:
            say("UPDATE trail SET object = CAST(? AS TEXT) WHERE seq = 2", b"\xff")
            say("UPDATE trail SET details = '{' WHERE seq = 3")
            say("UPDATE trail SET at = 'soon' WHERE seq = 4")
            say("UPDATE trail SET details = '[1]' WHERE seq = 5")
            say("UPDATE trail SET role = x'00' WHERE seq = 6")
        found = trails.entries(LOCAL, store).rows
    assert [(one.seq, one.is_legible) for one in found] == [
        (6, False), (5, False), (4, False), (3, False), (2, False), (1, True),
    ]  # fmt: skip
    assert {wording.deed(t, one, {}) for one in found[:5]} == {
        "This record cannot be read, or it was changed. Verify the trail."
    }


def test_numbers_that_cannot_be_read_are_refused_clearly(sqlite_url: str) -> None:
    columns = ", ".join(keeping.FIELDS)
    with closing(open_store(sqlite_url)) as store:
        write(store, 3)
        with tampering(sqlite_url) as say:
            say(f"CREATE TABLE loose ({columns})")
            say(f"INSERT INTO loose SELECT {columns} FROM trail")  # noqa: S608
            say("DROP TABLE trail")
            say("ALTER TABLE loose RENAME TO trail")
            say("UPDATE trail SET seq = CAST(? AS TEXT) WHERE seq = 2", b"\xff")
        with pytest.raises(Refused) as refused:
            trails.entries(LOCAL, store)
        assert str(refused.value).startswith("trail: The record cannot be read. Keep this database as it is")
        (problem,) = sealing.faults_of(store)
        assert (problem.place, problem.fault) == ("trail 1", "The record cannot be read.")


@pytest.mark.parametrize("said", ["\0", "\ud800", "' OR 1=1 --", "x" * 5000])
def test_what_no_record_can_hold_finds_none(said: str, written: Store) -> None:
    for name in ("action", "person", "object_", "outcome"):
        assert trails.entries(LOCAL, written, **{name: said}) == trails.Entries((), more=False)  # type: ignore[arg-type]


# --- the proof with its anchors


def test_the_proof_compares_with_the_anchors_of_a_file(written: Store, tmp_path: Path) -> None:
    file, key = tmp_path / "anchors.jsonl", written.key("trail")
    assert trails.verify(LOCAL, written, file) == sealing.Verified(10, 1, 10, ())
    with written.reading(sealing.PROVER) as session:
        record = keeping.fetched(session, keeping.records())[9]
    assert record.values is not None
    anchors.write(file, Anchor(10, record.values["mac"], START, "x", ""), key)
    assert trails.verify(LOCAL, written, file) == sealing.Verified(10, 1, 10, (), 1)
    with file.open("a") as target:
        target.write("x\n")
    assert [one.place for one in trails.verify(LOCAL, written, file).problems] == [f"{file}:2"]
    anchors.write(file, Anchor(11, "y", START, "x", ""), key)
    assert [one.place for one in trails.verify(LOCAL, written, file).problems] == ["trail 11", f"{file}:2"]


def test_without_its_secret_the_proof_says_that_and_makes_none(
    home: Path, written: Store, tmp_path: Path
) -> None:
    file = tmp_path / "anchors.jsonl"
    anchors.write(file, Anchor(1, "y", START, "x", ""), written.key("trail"))
    (written.keys / "trail").unlink()
    (problem,) = trails.verify(LOCAL, written, file).problems
    assert problem.place == str(written.keys / "trail")
    assert not (written.keys / "trail").exists()


# --- in words


def entry(action: str, outcome: str = trail.DONE, object_: str = "xa2026", **details: object) -> Entry:
    return Entry(1, START, "head01", "head", "", "XA", action, object_, outcome, details)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("action", DEEDS)
def test_every_action_has_a_sentence_also_without_its_details(action: str, language: str) -> None:
    said = wording.deed(translator(language), entry(action), {})
    assert said
    full = {name: 1 for one in DEEDS[action].sentences for name in wording.names_in(one) or ()}
    full.pop("object", None)
    told = wording.deed(translator(language), entry(action, **full), {})
    assert "{" not in said + told
    assert action not in told


def recorded() -> Iterator[str]:
    """Yield every action that the source hands on, beside a session, by its whole name."""
    names = re.compile(r"[a-z_]+:[a-z_]+")
    for path in (ROOT / "arusha").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.args[0]) == "session":
                said = [one.value for one in node.args if isinstance(one, ast.Constant)]
                yield from (one for one in said if isinstance(one, str) and names.fullmatch(one))


def test_every_action_that_is_recorded_has_words() -> None:
    found = set(recorded())
    assert {"round:sign", "session:open", "profile:export"} <= found
    assert found - DEEDS.keys() == set()


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (entry("round:sign", revision=2, content_hash="ab"), "Signed revision 2 of round xa2026."),
        (entry("round:sign"), "round:sign xa2026"),
        (entry("answer:save", answers={"a.b": [1, "x"]}), "Changed 1 answer in round xa2026."),
        (entry("answer:save", answers={"a.b": [], "a.c": []}), "Changed 2 answers in round xa2026."),
        (entry("answer:import", answers={"a.b": []}), "Imported 1 answer into round xa2026."),
        (entry("answer:carry", answers={"a.b": []}), "Carried 1 note over to round xa2026."),
        (entry("moon:land", who="me"), "moon:land xa2026"),
        (entry("account:disable", object_="acc1"), "Disabled the account Aya; its sessions ended."),
        (entry("account:disable", object_="acc2"), "Disabled the account acc2; its sessions ended."),
        (entry("round:sign", trail.REFUSED), "Tried to do this: Sign a round off."),
        (entry("session:open", trail.REFUSED), "Tried to sign in."),
        (entry("moon:land", trail.REFUSED), "moon:land xa2026"),
    ],
)
def test_what_happened_is_said_in_plain_words(one: Entry, said: str) -> None:
    assert wording.deed(t, one, {"acc1": "Aya"}) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("You do not hold the permission {permission}.", "You do not hold the permission round:sign."),
        ("It belongs to another administration.", "It belongs to another administration."),
        ("{permission.__class__}", "{permission.__class__}"),
        ("{permission!r}", "{permission!r}"),
        ("{permission:{x}}", "{permission:{x}}"),
        ("{other} {", "{other} {"),
        ("{other}", "{other}"),
        ("{}", "{}"),
        ("", ""),
        (7, ""),
    ],
)
def test_a_reason_is_told_whatever_the_record_holds(reason: object, said: str) -> None:
    assert wording.reason(t, entry("round:sign", trail.REFUSED, reason=reason)) == said


def test_a_reason_is_told_in_the_language_of_who_reads() -> None:
    record = entry("round:sign", trail.REFUSED, reason="You do not hold the permission {permission}.")
    french = wording.reason(translator("fr"), record)
    assert "round:sign" in french
    assert wording.reason(translator("fr"), entry("x", trail.REFUSED, reason="")) == ""


def test_how_it_ended_is_a_word() -> None:
    ends = [wording.outcome(t, entry("x", outcome)) for outcome in (trail.DONE, trail.REFUSED, "odd", "")]
    assert ends == ["done", "refused", "odd", "–"]


def test_actions_to_choose_from_are_named_and_sorted() -> None:
    found = wording.actions(t)
    assert found["round:sign"] == "Round signed off"
    assert found["answer:read"] == "Refused: See answers, their notes and their history"
    assert list(found.values()) == sorted(found.values(), key=str.casefold)
    assert found.keys() >= DEEDS.keys() | {one.value for one in Permission}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (sealing.Verified(0, 0, 0, ()), ["Nothing is in the trail yet."]),
        (
            sealing.Verified(1, 7, 7, ()),
            [
                "1 record holds, from 7 to 7.",
                "There is no anchor of it yet: if the newest were cut off, that would not be seen.",
            ],
        ),
        (
            sealing.Verified(1200, 1, 1200, (), 2),
            ["1,200 records hold, from 1 to 1,200.", "It was compared with 2 anchors."],
        ),
    ],
)
def test_a_proof_that_found_nothing_says_what_it_proved(found: sealing.Verified, said: list[str]) -> None:
    assert wording.held(t, found) == said


def test_services_of_the_trail_are_guarded() -> None:
    guarded: list[Callable[..., object]] = [trails.entries, trails.verify]
    assert all(hasattr(one, "__wrapped__") for one in guarded)
    assert GRANTS[Role.HEAD][Permission.TRAIL_READ] is Reach.OWN
