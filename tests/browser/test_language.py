"""The language of whoever reads: the browser's at first, then what they choose, for as long as they want."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from arusha.i18n import translator
from questionnaires.loading import edition
from tests.browser.walking import SOON, card, choose, open_factor, start_round
from tests.browsing import Server

pytestmark = pytest.mark.browser
FACTOR = edition("arusha_2026").factors[0]
PRACTICE = FACTOR.practices[0].id
ENGLISH, FRENCH = translator("en"), translator("fr")
TITLE = "Customs integrity, assessed by yourselves"


def in_language(page: Page, language: str) -> None:
    """Expect the first page of an empty program in a language, and the browser told so."""
    expect(page.get_by_role("heading", level=1)).to_have_text(translator(language)(TITLE), timeout=SOON)
    expect(page.locator("html")).to_have_attribute("lang", language, timeout=SOON)


def chooser(page: Page) -> Locator:
    """Return where the language is chosen."""
    return page.get_by_test_id("stSidebar").locator(".languages")


def test_a_french_browser_sees_french_at_once(french_page: Page, server: Server) -> None:
    french_page.goto(server.url)
    in_language(french_page, "fr")
    expect(french_page.get_by_role("link", name=FRENCH("About"))).to_be_visible()
    round_id = start_round(french_page, server, "Fidji", "fr")
    words = edition("arusha_2026").words("fr")
    expect(french_page.get_by_role("heading", level=1)).to_have_text(f"1 · {words.factors[FACTOR.id].name}")
    for practice in FACTOR.practices:
        expect(card(french_page, practice.id)).to_contain_text(words.practices[practice.id].question)
    one, scale = card(french_page, PRACTICE), words.scales["maturity"]
    one.get_by_role("radio", name=scale["partly"], exact=True).click()
    expect(one.locator(".state.saved")).to_be_visible(timeout=SOON)
    expect(one.locator(".chosen")).to_have_text(words.practices[PRACTICE].steps["partly"])
    assert f"{PRACTICE},partly," in server.command("round", "export", round_id).stdout


def test_a_language_chosen_by_keyboard_is_there_at_once_and_stays(french_page: Page, server: Server) -> None:
    page = french_page
    page.goto(server.url)
    in_language(page, "fr")
    english = chooser(page).get_by_role("link", name="English")
    english.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if english.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    in_language(page, "en")
    page.reload()
    in_language(page, "en")
    page.context.clear_cookies()
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    server.stop()
    server.start()
    page.goto(server.url)
    in_language(page, "en")
    round_id = start_round(page, server, "Fiji")
    choose(card(page, PRACTICE), "Partly")
    chooser(page).get_by_role("link", name="Français").click()
    words = edition("arusha_2026").words("fr")
    expect(card(page, PRACTICE)).to_contain_text(words.practices[PRACTICE].question, timeout=SOON)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    open_factor(page, server, round_id, FACTOR.id)
    scale = words.scales["maturity"]
    expect(card(page, PRACTICE).get_by_role("radio", name=scale["partly"], exact=True)).to_be_checked()


def test_where_a_setting_has_chosen_there_is_nothing_to_choose(french_page: Page, tmp_path: Path) -> None:
    with Server(home=tmp_path / "home", ARUSHA_LANGUAGE="en") as server:
        french_page.goto(server.url)
        in_language(french_page, "en")
        expect(french_page.get_by_role("link", name=ENGLISH("About"))).to_be_visible()
        expect(chooser(french_page)).to_have_count(0)
