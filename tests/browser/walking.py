"""What a person does in the pages, in their words."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browsing import Server

SOON = 15_000


def start_round(page: Page, server: Server, country: str) -> str:
    """Start the first round from an empty Home and return its id."""
    page.goto(server.url)
    page.get_by_role("button", name="Start for your administration").click()
    page.get_by_role("combobox", name="Administration").click()
    page.keyboard.type(country)
    page.get_by_role("option", name=country, exact=True).click()
    page.get_by_role("button", name="Begin").click()
    ready(page)
    found = re.search(r"round=([^&]+)", page.url)
    assert found, page.url
    return found[1]


def open_factor(page: Page, server: Server, round_id: str, factor: str) -> None:
    """Open the answer page of a factor."""
    page.goto(f"{server.url}/answer?round={round_id}&factor={factor}")
    ready(page)


def ready(page: Page) -> None:
    """Wait until every card and the keys are there."""
    cards(page).last.locator("textarea").wait_for()
    page.locator("html[data-keys=ready]").wait_for(state="attached")


def cards(page: Page) -> Locator:
    """Return every card of the page."""
    return page.locator('[class*="st-key-card_"]')


def card(page: Page, practice: str) -> Locator:
    """Return the card of a practice."""
    return page.locator(f".st-key-card_{practice.replace('_', '-').replace('.', '--')}")


def choose(card: Locator, step: str) -> None:
    """Choose a step and wait until the database holds it."""
    card.get_by_role("radio", name=step, exact=True).click()
    expect(card.get_by_role("radio", name=step, exact=True)).to_be_checked(timeout=SOON)
    saved(card)


def saved(card: Locator) -> None:
    """Wait until the card says that it is saved."""
    expect(card.locator(".state.saved")).to_contain_text("Saved", timeout=SOON)


def note(card: Locator) -> Locator:
    """Return the note of a card."""
    return card.locator("textarea").first
