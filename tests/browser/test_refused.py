"""A save that the database refuses is shown, and trying again overwrites nothing made meanwhile."""

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from questionnaires.loading import edition
from tests.browser.walking import SOON, card, start_round
from tests.browsing import Server

pytestmark = pytest.mark.browser
PRACTICE = edition("arusha_2026").factors[0].practices[0].id


def test_trying_again_meets_what_was_changed_meanwhile(page: Page, server: Server) -> None:
    round_id = start_round(page, server, "Fiji")
    one = card(page, PRACTICE)
    other = sqlite3.connect(server.home / "arusha.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # another program holds the database
    one.get_by_role("radio", name="Proven").click()
    expect(one.locator(".state.refused")).to_contain_text("locked", timeout=2 * SOON)
    other.execute("ROLLBACK")
    answers = server.home / "answers.csv"
    answers.write_text(f"practice,answer\n{PRACTICE},designed\n", encoding="utf-8")
    assert server.command("round", "import", round_id, str(answers)).returncode == 0
    one.locator(".links button", has_text="Not applicable").click()  # draws the card with what is there now
    one.get_by_role("button", name="Mark as not applicable").wait_for()
    one.get_by_role("button", name="Try again").last.click()
    expect(one.get_by_text("Changed elsewhere while you wrote")).to_be_visible(timeout=SOON)
    assert f"{PRACTICE},designed," in server.command("round", "export", round_id).stdout
