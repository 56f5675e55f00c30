"""What a person does in the pages, in their words."""

import re

from playwright.sync_api import Locator, Page, expect

from arusha.i18n import translator
from tests.browsing import Server

SOON = 15_000


def start_round(
    page: Page, server: Server, country: str, language: str = "en", *, short: bool = False
) -> str:
    """Start the first round from an empty Home, whole or short, and return its id."""
    t = translator(language)
    page.goto(server.url)
    page.get_by_role("button", name=t("Start for your administration")).click()
    choose_administration(page, country, t("Administration"))
    if short:
        page.locator("[data-testid=stRadio] label").nth(2).click()
    return begin(page, t("Begin"))


def choose_administration(page: Page, country: str, label: str = "Administration") -> None:
    """Choose the administration on the page that starts a round."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(country)
    page.get_by_role("option", name=country, exact=True).click()


def begin(page: Page, label: str = "Begin") -> str:
    """Begin the round that was described and return its id."""
    page.get_by_role("button", name=label, exact=True).click()
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
