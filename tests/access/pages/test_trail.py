"""Trail: what happened in plain words, for who may read it; the proof for who may ask for it."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from arusha import settings
from arusha.access import trail
from arusha.access.pages import filters
from arusha.access.people import accounts
from arusha.access.proof import anchors, trails
from arusha.access.proof.anchors import Anchor
from arusha.access.rules import LOCAL, Actor, Denied
from arusha.store import Store
from tests.access.pages.conftest import Open
from tests.access.tampering import tampering
from tests.assessments.pages.using import choose, labelled, press, run
from tests.visiting import all_shown, refusals

TRAIL = "trail.py"
HEADS = ["Number", "When", "Who", "Administration", "What happened", "Result"]


def rows(at: AppTest) -> list[list[str]]:
    """Return the cells of the table as text."""
    markup = [one.value for one in at.markdown if "<table>" in one.value]
    lines = re.findall(r"<tr>(<td.*?)</tr>", markup[0]) if markup else []
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", line) for line in lines]
    return [[unescape(re.sub(r"(<[^>]*>)+", "|", cell)).strip("|") for cell in row] for row in cells]


def column(at: AppTest, head: str) -> list[str]:
    return [row[HEADS.index(head)] for row in rows(at)]


def signed(store: Store, at: datetime | None = None) -> None:
    """Put a sign-off of Kenya's head into the trail."""
    head = accounts.actor_of(accounts.find(LOCAL, store, "Hami"))
    with store.writing(head) as session:
        trail.record(session, head, "round:sign", "ke2026-abc", at=at, revision=2)


def test_what_happened_is_told_newest_first(server: Store, open_page: Open) -> None:
    signed(server)
    at = open_page(TRAIL, "Root")
    assert at.title[0].value == "Trail"
    numbers = [int(one) for one in column(at, "Number")]
    assert numbers == sorted(numbers, reverse=True)
    assert column(at, "What happened")[:3] == [
        "Signed in.",
        "Signed revision 2 of round ke2026-abc.",
        "Added the account Rev.",
    ]
    hami = accounts.find(LOCAL, server, "Hami").id
    assert column(at, "Who")[1:3] == [
        f"Hami|Head of administration · {hami}",
        "The operator of this computer|local",
    ]
    assert column(at, "Administration")[1] == "Kenya (KE)"


def test_a_refusal_is_marked_by_a_word_with_its_reason(server: Store, open_page: Open) -> None:
    open_page("people.py", "Ben")
    at = open_page(TRAIL, "Aya")
    ben = accounts.actor_of(accounts.find(LOCAL, server, "Ben"))
    with pytest.raises(Denied):
        trails.entries(ben, server)
    at = run(at)
    refused = next(row for row in rows(at) if row[5] == "refused")
    assert refused[2].startswith("Ben|Contributor")
    assert refused[4] == "Tried to do this: Read the trail.|You do not hold the permission trail:read."
    markup = next(one.value for one in at.markdown if "<table>" in one.value)
    assert "<strong>refused</strong>" in markup


def test_each_reads_what_concerns_their_administration(server: Store, open_page: Open) -> None:
    signed(server)
    for name in ("Aya", "Hami"):
        at = open_page(TRAIL, name)
        assert set(column(at, "Administration")) == {"Kenya (KE)"}
        assert "Fiji" not in all_shown(at)
        assert "Fay" not in all_shown(at)
    assert set(column(open_page(TRAIL, "Fay"), "Administration")) == {"Fiji (FJ)"}
    assert {"Kenya (KE)", "Fiji (FJ)", "–"} <= set(column(open_page(TRAIL, "Root"), "Administration"))


@pytest.mark.parametrize("name", ["Ben", "Reg", "Rev"])
def test_who_may_not_read_it_is_told_so(name: str, open_page: Open) -> None:
    at = open_page(TRAIL, name)
    assert len(refusals(at)) == 1
    assert rows(at) == []


def test_the_records_shown_can_be_chosen(server: Store, open_page: Open) -> None:
    long_ago = datetime(2026, 3, 1, 12, tzinfo=UTC)
    signed(server, long_ago)
    with pytest.raises(Denied):
        trails.entries(Actor("nosy", {}), server)
    at = open_page(TRAIL, "Root")
    assert len(rows(choose(at, "What happened", "round:sign"))) == 1
    choose(at, "What happened", None)
    assert column(choose(at, "Result", trail.REFUSED), "Who") == ["nosy"]
    choose(at, "Result", None)
    hami = accounts.find(LOCAL, server, "Hami").id
    assert column(choose(at, "Who", hami), "What happened") == ["Signed revision 2 of round ke2026-abc."]
    choose(at, "Who", None)
    at.date_input[0].set_value(long_ago.date())
    assert len(rows(run(at))) == 1
    at.date_input[0].set_value(long_ago.date() - timedelta(days=1))
    at = run(at)
    assert rows(at) == []
    assert [one.value for one in at.info] == ["No record fits."]


def test_older_records_are_a_click_away_and_none_is_left_out(server: Store, open_page: Open) -> None:
    with server.writing(LOCAL) as session:
        for number in range(2 * filters.PAGE):
            trail.record(session, LOCAL, "round:open", f"r{number}")
    at = open_page(TRAIL, "Root")
    seen = column(at, "Number")
    assert len(seen) == filters.PAGE
    while any(one.label == "Older records" for one in at.button):
        at = press(at, "Older records")
        seen += column(at, "Number")
    assert seen == [str(number) for number in range(int(seen[0]), 0, -1)]
    at = press(at, "Newest records")
    assert column(at, "Number")[0] == seen[0]
    at = press(at, "Older records")
    assert column(choose(at, "What happened", "round:open"), "Number")[0] == str(int(seen[0]) - 1)


# --- the proof


def test_only_who_may_prove_it_is_offered_the_proof(open_page: Open) -> None:
    assert labelled(open_page(TRAIL, "Root").button, "Verify the trail")
    assert "Verify the trail" not in {one.label for one in open_page(TRAIL, "Aya").button}


def test_the_proof_says_that_it_holds(server: Store, open_page: Open) -> None:
    at = press(open_page(TRAIL, "Root"), "Verify the trail")
    assert at.success[0].value.startswith("8 records hold, from 1 to 8. There is no anchor of it yet")
    newest = trails.entries(LOCAL, server, limit=1).rows[0]
    with closing(sqlite3.connect(settings.read().home / "arusha.sqlite")) as database:
        (mac,) = database.execute("SELECT mac FROM trail WHERE seq = ?", (newest.seq,)).fetchone()
    anchor = Anchor(newest.seq, mac, datetime(2026, 3, 1, tzinfo=UTC), "x", "")
    anchors.write(settings.read().anchors, anchor, server.key("trail"))
    assert press(at, "Verify the trail").success[0].value.endswith("It was compared with 1 anchor.")


def test_the_proof_names_what_does_not_hold(server: Store, open_page: Open) -> None:
    with tampering(server_url()) as say:
        say("UPDATE trail SET outcome = 'refused' WHERE seq = 3")
    at = press(open_page(TRAIL, "Root"), "Verify the trail")
    assert not at.success
    assert "<strong>trail 3</strong>" in refusals(at)[0]
    assert server.name


def server_url() -> str:
    return settings.read().database_url


def test_a_record_that_cannot_be_read_is_shown_as_one(server: Store, open_page: Open) -> None:
    with tampering(server_url()) as say:
        say("UPDATE trail SET details = CAST(? AS TEXT) WHERE seq = 3", b"\xff")
    at = open_page(TRAIL, "Root")
    row = next(row for row in rows(at) if row[0] == "3")
    assert row[4] == "This record cannot be read, or it was changed. Verify the trail."
    assert server.name


def test_what_a_record_holds_is_shown_as_it_is(server: Store, open_page: Open) -> None:
    hostile = "<img src=x onerror=alert(1)> ![i](https://evil.example) {object}"
    with server.writing(LOCAL) as session:
        trail.record(session, LOCAL, "round:open", hostile)
    at = open_page(TRAIL, "Root")
    assert f"Opened round {hostile}." in all_shown(at)
    assert not any("<img" in one.value for one in at.markdown)


def test_the_page_speaks_french(server: Store, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(server)
    monkeypatch.setenv("ARUSHA_LANGUAGE", "fr")
    at = open_page(TRAIL, "Root")
    assert len(rows(at)) == 9
