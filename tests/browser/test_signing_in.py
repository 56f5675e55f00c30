"""A person signs in with a browser, works under the content policy, and signs out in every tab."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.access.web.world import ALICE, PASSWORD, furnished
from tests.browsing import ROOT, Server
from tests.visiting import PAGES

pytestmark = pytest.mark.browser
PROBED = ("/_stcore/health", "/_stcore/host-config")
"""What Streamlit's page also asks for below its own address, until it has found where the server is."""


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Server]:
    """Return the program in server mode with two people."""
    with Server(ROOT, furnished(tmp_path / "home"), ARUSHA_MODE="server") as running:
        yield running


@pytest.fixture
def violations(page: Page) -> list[str]:
    """Return what the browser says against the content policy, in any tab, while the test runs."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "violates" in message.text:
            said.append(message.text)

    page.context.on("console", listen)
    return said


def sign_in(page: Page, where: str) -> None:
    page.goto(where)
    page.get_by_label("Name").fill(ALICE)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def settled(page: Page) -> Page:
    """Wait until a page of the program is drawn."""
    page.locator("[data-testid=stMain] h1").first.wait_for(timeout=20_000)
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def test_a_person_signs_in_and_stays_so(people: Server, page: Page, violations: list[str]) -> None:
    sign_in(page, f"{people.url}/about")
    expect(page).to_have_url(f"{people.url}/about")
    settled(page)
    expect(page.get_by_text(ALICE)).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text(ALICE)).to_be_visible()
    second = page.context.new_page()
    second.goto(people.url)
    settled(second)
    expect(second.get_by_text(ALICE)).to_be_visible()
    assert page.evaluate("document.cookie").count("arusha=") == 0
    assert violations == []


def test_signing_out_ends_the_other_tab_at_its_next_click(people: Server, page: Page) -> None:
    sign_in(page, people.url)
    settled(page)
    other = page.context.new_page()
    other.goto(f"{people.url}/auth/account")
    other.get_by_role("button", name="Sign out", exact=True).click()
    expect(other).to_have_url(f"{people.url}/auth/sign-in")
    page.get_by_role("link", name="Questionnaire").click()
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    page.get_by_role("link", name="Sign in again").click()
    expect(page).to_have_url(re.compile("/auth/sign-in"))


def test_a_wrong_password_is_told_and_read_out(people: Server, page: Page) -> None:
    page.goto(f"{people.url}/auth/sign-in")
    page.get_by_label("Name").fill(ALICE)
    page.get_by_label("Password").fill("not this one at all")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(re.compile("Name or password is not right"))
    expect(page.get_by_label("Name")).to_have_value(ALICE)
    expect(page.get_by_label("Password")).to_be_focused()


def test_the_keyboard_alone_is_enough(people: Server, page: Page) -> None:
    page.goto(f"{people.url}/auth/sign-in")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(ALICE)
    for text in (PASSWORD, ""):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{people.url}/")


def test_a_password_may_be_pasted(people: Server, page: Page) -> None:
    page.goto(f"{people.url}/auth/sign-in")
    page.get_by_label("Name").fill(PASSWORD)
    page.get_by_label("Name").select_text()
    page.keyboard.press("Control+c")
    page.get_by_label("Password").focus()
    page.keyboard.press("Control+v")
    expect(page.get_by_label("Password")).to_have_value(PASSWORD)


@pytest.mark.parametrize("width", [390, 1366])
def test_the_forms_fit_the_window(people: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, people.url)
    expect(page).to_have_url(f"{people.url}/")
    for path in ("sign-in", "account", "second-step", "sign-out", "invitation?token=x"):
        page.goto(f"{people.url}/auth/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_a_link_in_a_letter_finds_who_is_signed_in(people: Server, page: Page) -> None:
    """Browsers leave the cookie at home when another site links here; the page is then asked for again."""
    sign_in(page, people.url)
    settled(page)
    page.goto(f"data:text/html,<a href='{people.url}/about'>the round</a>")
    page.get_by_role("link").click()
    expect(page).to_have_url(f"{people.url}/about")
    settled(page)
    expect(page.get_by_text(ALICE)).to_be_visible()


def test_every_page_works_under_the_policy_and_needs_nothing_that_is_closed(
    people: Server, page: Page, violations: list[str]
) -> None:
    """A crawl of every page, with a round of the sample to show where a page shows one."""
    sign_in(page, people.url)
    settled(page)
    page.get_by_role("button", name="Explore the sample").click()
    to_a_round = page.locator("a[href*='round=']").first
    to_a_round.wait_for(timeout=60_000)
    query = (to_a_round.get_attribute("href") or "").partition("?")[2]
    assert "space=sample" in query
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    for listed in PAGES:
        page.goto(f"{people.url}/{listed.path}?{query}")
        page.locator("[data-testid=stMain]").wait_for(timeout=20_000)
        page.wait_for_timeout(1000)
        if listed.path == "profile":
            page.locator(".js-plotly-plot").first.wait_for(timeout=20_000)
    assert violations == []
    assert [one for one in refused if not one.endswith(PROBED)] == []


def test_what_a_page_must_not_load_is_blocked_and_seen_by_these_tests(
    people: Server, page: Page, violations: list[str]
) -> None:
    sign_in(page, people.url)
    settled(page)
    page.evaluate("""() => {
        const picture = document.createElement('img'); picture.src = 'http://127.0.0.1:9/beacon.png';
        const script = document.createElement('script'); script.textContent = 'window.ran = true';
        document.body.append(picture, script);
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert len(violations) == 2, violations


def test_without_scripts_the_forms_still_work(people: Server, browser: object) -> None:
    context: BrowserContext = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    sign_in(page, f"{people.url}/auth/sign-in?next=/auth/account")
    expect(page).to_have_url(f"{people.url}/auth/account")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    context.close()
