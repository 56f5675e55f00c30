"""Reading the questionnaire in a browser: search, filter, one practice, keyboard, in French, on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from arusha.reference.rules import Filter, found
from questionnaires.loading import edition, editions
from tests.browser.walking import SOON
from tests.browsing import Server

pytestmark = pytest.mark.browser
EDITION = edition(editions()[-1])
FACTOR = EDITION.factors[5]
PRACTICE = FACTOR.practices[1]
WORDS = EDITION.words("en")


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return one running program for every test here: reading changes nothing."""
    with Server(home=tmp_path_factory.mktemp("reading") / "home") as running:
        yield running


def opened(page: Page, server: Server, query: str = "") -> Page:
    page.goto(f"{server.url}/reference{query}")
    page.locator(".found, article.practice").first.wait_for()
    return page


def test_words_typed_narrow_the_list_and_stay_in_the_address(page: Page, reading: Server) -> None:
    opened(page, reading)
    page.get_by_role("searchbox", name="Search the questionnaire").press_sequentially("override night")
    count = len(found(EDITION, "en", Filter(words="override night")))
    expect(page.locator(".found")).to_contain_text(f"{count} practice", timeout=SOON)
    expect(page).to_have_url(re.compile("words=override"))
    page.reload()
    expect(page.locator(".found")).to_contain_text(f"{count} practice", timeout=SOON)
    page.get_by_role("link", name="Clear search and filters").click()
    expect(page.locator(".found")).to_contain_text(f"{len(EDITION.practices)} practices in all", timeout=SOON)
    expect(page.get_by_role("searchbox", name="Search the questionnaire")).to_have_value("")


def test_a_factor_is_chosen_and_a_practice_in_it_opened_by_keyboard(page: Page, reading: Server) -> None:
    opened(page, reading)
    page.get_by_role("combobox", name="Factor").click()
    page.get_by_role("option", name=WORDS.factors[FACTOR.id].name).click()
    cards = page.locator("details.practice")
    expect(cards).to_have_count(len(FACTOR.practices), timeout=SOON)
    card = cards.nth(1)
    sentence = WORDS.practices[PRACTICE.id].steps["proven"]
    expect(card.get_by_text(sentence)).to_be_hidden()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.get_by_text(sentence)).to_be_visible()
    expect(card.locator("ol.steps > li")).to_have_count(5)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article.practice")).to_contain_text(sentence, timeout=SOON)
    expect(page).to_have_url(re.compile(re.escape(f"practice={PRACTICE.id}")))
    page.get_by_role("link", name="Back to the list").click()
    expect(cards).to_have_count(len(FACTOR.practices), timeout=SOON)


def test_a_link_to_a_practice_opens_it_with_the_steps_side_by_side(page: Page, reading: Server) -> None:
    opened(page, reading, f"?practice={PRACTICE.id}")
    tops = {round(box.bounding_box()["y"]) for box in page.locator("ol.steps > li").all()}
    assert len(tops) == 1
    expect(page.get_by_role("heading", name=WORDS.practices[PRACTICE.id].question)).to_be_visible()
    for line in WORDS.practices[PRACTICE.id].evidence:
        expect(page.get_by_text(line)).to_be_visible()


def test_the_commitments_lead_to_their_practices(page: Page, reading: Server) -> None:
    opened(page, reading)
    page.get_by_text("The commitments and the practices that serve them").click()
    row = page.get_by_role("row", name=re.compile("^1.1 "))
    row.get_by_role("link").first.click()
    expect(page.locator("article.practice")).to_be_visible(timeout=SOON)
    expect(page.locator("article.practice")).to_contain_text("1.1 the head and the executives")


def test_what_is_downloaded_is_the_whole_questionnaire(page: Page, reading: Server) -> None:
    opened(page, reading)
    with page.expect_download() as text:
        page.get_by_role("link", name="Download as text (Markdown)").click()
    said = text.value.path().read_text(encoding="utf-8")
    assert text.value.suggested_filename == f"{EDITION.id}-en.md"
    assert all(f"`{name}`" in said for name in EDITION.practices)
    with page.expect_download() as book:
        page.get_by_role("link", name="Download as Excel workbook").click()
    assert book.value.suggested_filename == f"{EDITION.id}-en.xlsx"
    assert book.value.path().read_bytes().startswith(b"PK")


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("query", ["", f"?factor={FACTOR.id}", f"?practice={PRACTICE.id}", "?words=zzzz"])
def test_nothing_is_wider_than_the_screen(page: Page, reading: Server, width: int, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    opened(page, reading, query)
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(wide) <= width
    if "practice=" in query and width == 390:
        lefts = {round(box.bounding_box()["x"]) for box in page.locator("ol.steps > li").all()}
        assert len(lefts) == 1, "the steps stand below each other on a phone"


def test_whoever_reads_french_reads_the_questionnaire_in_french(browser: Browser, reading: Server) -> None:
    context = browser.new_context(locale="fr-FR")
    page = opened(context.new_page(), reading, f"?practice={PRACTICE.id}")
    words = EDITION.words("fr").practices[PRACTICE.id]
    expect(page.get_by_role("heading", name=words.question)).to_be_visible()
    for text in (*words.steps.values(), *words.evidence):
        expect(page.get_by_text(text)).to_be_visible()
    context.close()
