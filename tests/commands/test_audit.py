"""``audit`` proves the trail and shows it; a trail that does not hold ends with exit code 1."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from arusha import settings
from arusha.__main__ import app
from arusha.access import trail
from arusha.access.proof import anchors, sealing, trails
from arusha.access.proof.anchors import Anchor
from arusha.access.rules import LOCAL, Actor, Denied
from arusha.store import Store, open_store
from tests.access.tampering import PEOPLE, START, kept, put_back, tampering, write

REMEDY = "Keep this database as it is, put back a backup, and find out who could write to it."


@pytest.fixture
def own(home: Path) -> Iterator[Store]:
    """Return the program's own database."""
    store = open_store(settings.read().database_url)
    yield store
    store.close()
    assert home.exists()


def audit(*arguments: object) -> Result:
    """Run the command within this process."""
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def change(seq: int) -> None:
    with tampering(settings.read().database_url) as say:
        say("UPDATE trail SET role = 'system' WHERE seq = ?", seq)


def anchored(store: Store, seq: int) -> None:
    """Write the anchor of a record to where the program writes it."""
    values = kept(store)[seq - 1].values
    assert values is not None
    anchor = Anchor(seq, values["mac"], START, values["object"], "ab" * 32)
    anchors.write(settings.read().anchors, anchor, store.key("trail"))


def test_an_empty_trail_holds(home: Path) -> None:
    done = audit("verify")
    assert (done.exit_code, done.stdout) == (0, "Nothing is in the trail yet.\n")
    assert not (home / "keys").exists()


def test_a_trail_that_holds_says_how_much_was_proved(own: Store) -> None:
    write(own, 12)
    done = audit("verify")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "12 records hold, from 1 to 12.",
        "There is no anchor of it yet: if the newest were cut off, that would not be seen.",
    ]
    anchored(own, 12)
    assert audit("verify").stdout.splitlines()[1] == "It was compared with 1 anchor."
    assert audit("verify", "--from", 9).stdout.splitlines()[0] == "4 records hold, from 9 to 12."
    found = json.loads(audit("verify", "--json").stdout)
    assert found == {"count": 12, "first": 1, "last": 12, "anchors": 1, "problems": []}


def test_a_trail_that_does_not_hold_names_every_fault_and_ends_with_one(own: Store) -> None:
    write(own, 12)
    change(5)
    change(9)
    done = audit("verify")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"trail {seq}: The record is not what was sealed. {REMEDY}" for seq in (5, 9)
    ]
    done = audit("verify", "--json")
    assert (done.exit_code, done.stderr) == (1, "")
    found = json.loads(done.stdout)
    assert (found["count"], [one["place"] for one in found["problems"]]) == (12, ["trail 5", "trail 9"])
    assert found["problems"][0]["remedy"] == REMEDY
    assert audit("verify", "--from", 6).stderr.count("\n") == 1
    assert audit("verify", "--from", 10).exit_code == 0


def test_a_cut_is_found_by_the_anchors_of_another_place(own: Store, tmp_path: Path) -> None:
    write(own, 12)
    anchored(own, 12)
    elsewhere = settings.read().anchors.rename(tmp_path / "elsewhere.jsonl")
    with tampering(settings.read().database_url) as say:
        put_back(say, kept(own)[:8])
    assert audit("verify").exit_code == 0
    done = audit("verify", "--anchors", elsewhere)
    assert done.exit_code == 1
    assert done.stderr.startswith(
        "trail 12: The record was anchored when xa0011 was signed off, and it is not"
    )
    elsewhere.write_text("x\n" + elsewhere.read_text())
    done = audit("verify", "--anchors", elsewhere)
    assert done.stderr.splitlines()[-1].startswith(f"{elsewhere}:1: This line is not an anchor")


def test_a_named_file_has_to_be_there(own: Store, tmp_path: Path) -> None:
    write(own, 1)
    gone = tmp_path / "gone.jsonl"
    done = audit("verify", "--anchors", gone)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{gone}: The file cannot be read or written: No such file")
    found = json.loads(audit("verify", "--anchors", gone, "--json").stdout)
    assert [one["place"] for one in found["problems"]] == [str(gone)]


def test_a_lost_secret_is_said_and_no_new_one_is_made(own: Store) -> None:
    write(own, 3)
    secret = own.keys / "trail"
    secret.unlink()
    done = audit("verify")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{secret}: The secret that seals the trail is not there")
    assert not secret.exists()


@pytest.mark.parametrize(
    "wrong", ["verify --from 0", "verify --from x", "show --limit 0", "show --since soon", "prove"]
)
def test_wrong_usage_ends_with_two(wrong: str, home: Path) -> None:
    assert audit(*wrong.split()).exit_code == 2
    assert not home.exists()


def test_to_prove_changes_nothing(own: Store) -> None:
    write(own, 5)
    before = kept(own)
    audit("verify")
    audit("show")
    assert kept(own) == before


# --- show


def test_it_shows_the_newest_records_first(own: Store) -> None:
    write(own, 4)
    with own.writing(PEOPLE[0]) as session:
        trail.record(session, PEOPLE[0], "round:sign", "xa2026", revision=2, at=START)
    with pytest.raises(Denied):
        trails.entries(Actor("nosy", {}), own)
    lines = audit("show").stdout.splitlines()
    assert lines[0].split() == ["Number", "When", "Who", "Whose", "Action", "Result", "What", "happened"]
    assert [line.split()[0] for line in lines[1:]] == ["6", "5", "4", "3", "2", "1"]
    assert "refused" in lines[1]
    assert lines[1].endswith("Tried to do this: Read the trail.")
    assert lines[2].endswith("done     Signed revision 2 of round xa2026.")


def test_it_shows_no_more_than_asked_for_and_says_that_there_are_older_ones(own: Store) -> None:
    write(own, 4)
    lines = audit("show", "--limit", 3).stdout.splitlines()
    assert len(lines) == 5
    assert lines[-1] == "There are older records; ask for more with --limit."
    assert len(audit("show", "--limit", 4).stdout.splitlines()) == 5


def test_it_shows_only_what_is_asked_for(own: Store) -> None:
    write(own, 4)
    with own.writing(LOCAL) as session:
        trail.record(session, LOCAL, "round:open", "new", at=datetime(2026, 5, 2, tzinfo=UTC))
    only = [json.loads(audit("show", "--json", *how).stdout)["records"] for how in (
        ("--action", "round:open"), ("--since", "2026-05-02"))]  # fmt: skip
    assert [[one["seq"] for one in found] for found in only] == [[5], [5]]
    assert audit("show", "--since", "2026-05-03").stdout == "No record fits.\n"


def test_as_json_a_record_is_whole(own: Store) -> None:
    write(own, 1)
    found = json.loads(audit("show", "--json").stdout)
    assert found == {
        "records": [
            {
                "seq": 1,
                "at": START.isoformat(),
                "actor": "head01",
                "role": "head",
                "session": "5e55",
                "administration": "XA",
                "action": "answer:save",
                "object": "xa0000",
                "outcome": "done",
                "details": {"n": 0, "practice": "é.a"},
            }
        ],
        "more": False,
        "problems": [],
    }


def test_a_spoilt_record_is_shown_as_one(own: Store) -> None:
    write(own, 2)
    with tampering(settings.read().database_url) as say:
        say("UPDATE trail SET at = 'soon', object = CAST(? AS TEXT) WHERE seq = 2", b"\xff")
    lines = audit("show").stdout.splitlines()
    assert lines[1].endswith("This record cannot be read, or it was changed. Verify the trail.")
    assert json.loads(audit("show", "--json").stdout)["records"][0]["at"] is None


def test_what_a_record_holds_cannot_steer_the_terminal(own: Store) -> None:
    with own.writing(LOCAL) as session:
        trail.record(session, LOCAL, "moon:land", "\x1b[2J\nnext")
    said = audit("show").stdout
    assert "\x1b" not in said
    assert len(said.splitlines()) == 2
    assert sealing.faults_of(own) == []
