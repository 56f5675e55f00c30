"""Two tabs edit one answer: the second is told, and both texts survive."""

import pytest
from playwright.sync_api import Page, expect

from questionnaires.loading import edition
from tests.browser.walking import SOON, card, choose, note, open_factor, start_round
from tests.browsing import Server

pytestmark = pytest.mark.browser
PRACTICE = edition("arusha_2026").factors[0].practices[0].id


def two_tabs(page: Page, server: Server) -> tuple[Page, Page, str]:
    """Return the same factor open in two tabs of one browser."""
    round_id = start_round(page, server, "Fiji")
    other = page.context.new_page()
    open_factor(other, server, round_id, "leadership")
    return page, other, round_id


def test_two_notes_meet_and_both_survive(page: Page, server: Server) -> None:
    first, second, round_id = two_tabs(page, server)
    first.bring_to_front()
    note(card(first, PRACTICE)).fill("what the first tab wrote")
    expect(card(first, PRACTICE).locator(".state")).to_contain_text("saved", timeout=SOON)
    second.bring_to_front()
    note(card(second, PRACTICE)).fill("what the second tab wrote")
    told = card(second, PRACTICE)
    expect(told.get_by_text("Changed elsewhere while you wrote")).to_be_visible(timeout=SOON)
    expect(told.get_by_text("what the first tab wrote", exact=True)).to_be_visible()
    expect(told.get_by_text("what the second tab wrote", exact=True)).to_be_visible()
    told.get_by_role("button", name="Keep both notes").click()
    both = "what the first tab wrote\n\nwhat the second tab wrote"
    expect(note(card(second, PRACTICE))).to_have_value(both, timeout=SOON)
    exported = server.command("round", "export", round_id).stdout
    assert both in exported


def test_two_steps_meet_and_the_first_stays_until_a_person_decides(page: Page, server: Server) -> None:
    first, second, round_id = two_tabs(page, server)
    first.bring_to_front()
    choose(card(first, PRACTICE), "Designed")
    second.bring_to_front()
    card(second, PRACTICE).get_by_role("radio", name="Proven").click()
    told = card(second, PRACTICE)
    expect(told.get_by_text("Changed elsewhere while you wrote")).to_be_visible(timeout=SOON)
    assert f"{PRACTICE},designed," in server.command("round", "export", round_id).stdout
    told.get_by_role("button", name="Use what I wrote").click()
    expect(told.get_by_text("Changed elsewhere while you wrote")).to_have_count(0, timeout=SOON)
    assert f"{PRACTICE},proven," in server.command("round", "export", round_id).stdout


def test_a_change_made_elsewhere_appears_by_itself(page: Page, server: Server) -> None:
    first, second, _ = two_tabs(page, server)
    first.bring_to_front()
    choose(card(first, PRACTICE), "Partly")
    second.bring_to_front()
    expect(card(second, PRACTICE).get_by_role("radio", name="Partly")).to_be_checked(timeout=40_000)


def test_a_note_and_a_step_do_not_disturb_each_other(page: Page, server: Server) -> None:
    first, second, round_id = two_tabs(page, server)
    first.bring_to_front()
    note(card(first, PRACTICE)).fill("a note from the first tab")
    expect(card(first, PRACTICE).locator(".state")).to_contain_text("saved", timeout=SOON)
    second.bring_to_front()
    choose(card(second, PRACTICE), "Throughout")
    expect(card(second, PRACTICE).get_by_text("Changed elsewhere")).to_have_count(0)
    assert (
        f"{PRACTICE},throughout,a note from the first tab"
        in server.command("round", "export", round_id).stdout
    )
