"""What a card offers beside its scale: reasons, history, refusals; and the way to sign-off."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from questionnaires.loading import edition
from tests.browser.walking import SOON, card, choose, note, open_factor, start_round
from tests.browsing import Server

pytestmark = pytest.mark.browser
PRACTICES = [practice.id for practice in edition("arusha_2026").factors[0].practices]


def link(card: Locator, name: str) -> Locator:
    """Return a link at the foot of a card."""
    return card.locator(".links button", has_text=name)


def give_reason(card: Locator, reason: str, button: str) -> None:
    """Write the reason that a panel asks for and confirm."""
    field = card.get_by_role("textbox", name="Reason", exact=True)
    field.fill(reason)
    field.blur()
    card.get_by_role("button", name=button, exact=True).click()


def test_not_applicable_needs_a_reason_and_can_be_taken_back(page: Page, server: Server) -> None:
    round_id = start_round(page, server, "Fiji")
    one = card(page, PRACTICES[0])
    link(one, "Not applicable").click()
    one.get_by_role("button", name="Mark as not applicable").click()
    expect(one.locator(".state.refused")).to_contain_text("Write the reason first", timeout=SOON)
    give_reason(one, "No such office exists here.", "Mark as not applicable")
    expect(one.locator(".state.saved")).to_be_visible(timeout=SOON)
    assert f"{PRACTICES[0]},not_applicable,,No such office exists here.," in _exported(server, round_id)
    link(one, "Not applicable").click()
    one.get_by_role("button", name="Take back").click()
    expect(one.locator(".state")).to_contain_text("Open", timeout=SOON)


def test_outside_our_powers_stands_beside_a_step(page: Page, server: Server) -> None:
    round_id = start_round(page, server, "Fiji")
    one = card(page, PRACTICES[0])
    expect(link(one, "Outside our powers")).to_have_count(0)
    choose(one, "Designed")
    link(one, "Outside our powers").click()
    give_reason(one, "The ministry decides.", "Mark")
    expect(link(one, "Outside our powers")).not_to_contain_text("…", timeout=SOON)
    assert f"{PRACTICES[0]},designed,,The ministry decides.,yes" in _exported(server, round_id)


def test_the_history_keeps_every_version(page: Page, server: Server) -> None:
    start_round(page, server, "Fiji")
    one = card(page, PRACTICES[0])
    choose(one, "Designed")
    choose(one, "Partly")
    link(one, "History").click()
    expect(one.get_by_text(re.compile("^Designed ·"))).to_be_visible(timeout=SOON)
    expect(one.get_by_text(re.compile("^Partly ·"))).to_be_visible()


def test_a_round_is_signed_verified_and_reopened(page: Page, server: Server) -> None:
    round_id = start_round(page, server, "Fiji")
    header = "practice,answer,note,reason,outside\n"
    rows = "".join(f"{p},partly,,,\n" for p in edition("arusha_2026").practices if p != PRACTICES[0])
    answers = server.home / "answers.csv"
    answers.write_text(header + rows, encoding="utf-8")
    assert server.command("round", "import", round_id, str(answers)).returncode == 0

    page.goto(f"{server.url}/sign-off?round={round_id}")
    expect(page.get_by_role("button", name="Sign off")).to_be_disabled(timeout=SOON)
    open_factor(page, server, round_id, "leadership")
    one = card(page, PRACTICES[0])
    link(one, "Leave open").click()
    give_reason(one, "The file burnt in May.", "Leave open")
    expect(one.locator(".state.saved")).to_be_visible(timeout=SOON)

    page.get_by_role("link", name="Review and sign-off").click()
    name = page.get_by_role("textbox", name="Name and function of who signs")
    name.fill("A. Vula, Comptroller")
    name.blur()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("by A. Vula, Comptroller")).to_be_visible(timeout=SOON)
    assert server.command("round", "verify", round_id).returncode == 0

    open_factor(page, server, round_id, "leadership")
    expect(note(card(page, PRACTICES[1]))).to_have_attribute("readonly", "")
    expect(card(page, PRACTICES[1]).get_by_role("radio").first).to_be_disabled()
    page.get_by_role("link", name="Review and sign-off").click()
    page.get_by_role("button", name="Verify what was signed").click()
    expect(page.get_by_text("It holds")).to_be_visible(timeout=SOON)
    page.get_by_text("Reopen this round…").click()
    why = page.get_by_role("textbox", name="Reason, which stays beside what was signed")
    why.fill("A reviewer found a mistake.")
    why.blur()
    page.get_by_role("button", name="Reopen", exact=True).click()
    expect(page.get_by_role("cell", name="A reviewer found a mistake.")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="Profile").click()
    expect(page.get_by_text("revision 1, signed")).to_be_visible(timeout=SOON)


def _exported(server: Server, round_id: str) -> str:
    return server.command("round", "export", round_id).stdout
