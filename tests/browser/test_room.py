"""Room for words: on a phone, a half screen and a laptop, in the language with the longer ones."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from arusha import settings
from arusha.store import open_store
from tests.browser.walking import SOON, ready
from tests.browsing import Server
from tests.furnishing import EDITION, carried, half, opened

pytestmark = pytest.mark.browser
WIDTHS = pytest.mark.parametrize("width", [390, 820, 1366])
PLACES = ("", "start", "answer", "carry-over", "sign-off", "profile")


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str, str]]:
    """Return a running program, a round with answers to confirm, and one that is half answered."""
    home = tmp_path_factory.mktemp("room") / "home"
    home.mkdir()
    store = open_store(settings.url_of(home / "arusha.sqlite"))
    _, waiting = carried(store, "KE")
    answered = opened(store, 2024, half(), "KE")
    store.close()
    with Server(home=home) as running:
        yield running, waiting, answered


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """Return a window of somebody who reads French."""
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


def box(element: Locator) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is drawn."""
    found = element.bounding_box()
    assert found is not None
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def overlap(one: Locator, other: Locator) -> bool:
    """Return whether two things are drawn over each other."""
    (left, top, right, bottom), (x, y, to_x, to_y) = box(one), box(other)
    return left < to_x and x < right and top < to_y and y < bottom


@WIDTHS
def test_how_a_practice_stands_is_never_written_over_its_scale(
    reader: Page, furnished: tuple[Server, str, str], width: int
) -> None:
    server, waiting, _ = furnished
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(f"{server.url}/answer?round={waiting}&factor={EDITION.factors[0].id}")
    ready(reader)
    expect(reader.locator(".state.carried").first).to_be_visible(timeout=SOON)
    cards = reader.locator('[class*="st-key-card_"]').filter(has=reader.locator(".state")).all()
    assert len(cards) >= len(EDITION.factors[0].practices)
    for card in cards[:6]:
        state = card.locator(".state")
        for step in card.get_by_role("radio").all():
            assert not overlap(state, step), state.inner_text()


@WIDTHS
@pytest.mark.parametrize("place", PLACES)
def test_no_page_is_wider_than_the_screen(
    reader: Page, furnished: tuple[Server, str, str], place: str, width: int
) -> None:
    server, waiting, answered = furnished
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(f"{server.url}/{place}?round={answered if place == 'profile' else waiting}")
    reader.get_by_role("heading", level=1).wait_for()
    reader.locator("html[lang=fr]").wait_for(state="attached")
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert reader.evaluate(wide) <= width
    cells = reader.locator(".stMain :is(td, th):visible").all()
    assert all(box(cell)[2] <= width for cell in cells)


def test_the_ladder_shows_every_name_whole(reader: Page, furnished: tuple[Server, str, str]) -> None:
    server, _, answered = furnished
    reader.set_viewport_size({"width": 1366, "height": 900})
    reader.goto(f"{server.url}/profile?round={answered}")
    names = reader.locator(".st-key-ladder_wide .ytick text")
    expect(names).to_have_count(len(EDITION.factors), timeout=SOON)
    left = box(reader.locator(".st-key-ladder_wide .main-svg").first)[0]
    assert min(box(name)[0] for name in names.all()) >= left
