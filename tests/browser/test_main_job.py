"""The main job, as the first person on a new computer does it."""

import io
import json
import signal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from questionnaires.loading import edition
from tests.browser.walking import SOON, card, cards, note, open_factor, saved, start_round
from tests.browsing import Server

pytestmark = pytest.mark.browser
FACTOR = "leadership"
PRACTICES = [practice.id for practice in edition("arusha_2026").factor(FACTOR).practices]
CORE = [practice.id for practice in edition("arusha_2026").factor(FACTOR).practices if practice.core]
TYPED = "Circular 14 of March; executives report twice a year. Trois régions manquent: «Nord»"


def test_from_nothing_to_a_workbook_with_the_same_numbers(page: Page, server: Server, tmp_path: Path) -> None:
    round_id = start_round(page, server, "Fiji")

    for number in range(len(PRACTICES)):  # one whole factor by keyboard alone
        page.keyboard.press("n")
        page.keyboard.press(str(number % 4 + 2))
        saved(card(page, PRACTICES[number]))
    last = card(page, PRACTICES[-1])
    for _ in range(3):  # from the scale to the note
        page.keyboard.press("Tab")
        if note(last).evaluate("field => field.getRootNode().activeElement === field"):
            break
    page.keyboard.type(TYPED)
    page.reload()  # in the middle of typing
    expect(note(card(page, PRACTICES[-1]))).to_have_value(TYPED, timeout=SOON)
    page.wait_for_timeout(1500)

    server.stop(signal.SIGKILL)
    server.start()
    open_factor(page, server, round_id, FACTOR)
    for number, practice in enumerate(PRACTICES):
        radios = card(page, practice).get_by_role("radio")
        expect(radios.nth(number % 4 + 1)).to_be_checked(timeout=SOON)
    expect(note(card(page, PRACTICES[-1]))).to_have_value(TYPED)

    scored = _scored(server, round_id, tmp_path)
    assert [factor["answered"] for factor in scored["factors"]] == [len(PRACTICES)] + [0] * 9
    page.get_by_role("link", name="Profile").click()
    expect(page.get_by_role("heading", name="Maturity profile")).to_be_visible(timeout=SOON)
    expect(page.locator(".st-key-ladder_wide .main-svg").first).to_be_visible(timeout=SOON)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Excel workbook").click()
    workbook = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    values = {cell.value for row in workbook.worksheets[0].iter_rows() for cell in row}
    leadership = scored["factors"][0]
    for name in ("value", "low", "high", "coverage"):
        assert leadership[name] in values, name
        assert scored["overall"][name] in values, name


def _scored(server: Server, round_id: str, folder: Path) -> dict:
    answers = folder / "answers.csv"
    assert server.command("round", "export", round_id, "--out", str(answers)).returncode == 0
    assert TYPED in answers.read_text(encoding="utf-8")
    said = server.command("score", "arusha_2026", str(answers), "--json")
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_a_note_typed_while_the_server_is_away_is_saved_when_it_is_back(page: Page, server: Server) -> None:
    round_id = start_round(page, server, "Fiji")
    place = note(card(page, PRACTICES[0]))
    place.click()
    server.stop(signal.SIGKILL)
    page.keyboard.type("typed while the line was down")
    page.wait_for_timeout(1200)
    server.start()
    open_factor(page, server, round_id, FACTOR)
    expect(note(card(page, PRACTICES[0]))).to_have_value("typed while the line was down", timeout=SOON)
    expect(card(page, PRACTICES[0]).locator(".state")).to_contain_text("saved", timeout=SOON)


def test_keys_go_through_the_open_practices_and_leave_settled_ones(page: Page, server: Server) -> None:
    start_round(page, server, "Fiji", short=True)
    page.keyboard.press("n")
    page.keyboard.press("1")
    saved(card(page, CORE[0]))
    page.keyboard.press("n")
    page.keyboard.press("n")  # nothing chosen in the second: on to the third
    page.keyboard.press("5")
    saved(card(page, CORE[2]))
    page.keyboard.press("n")
    page.keyboard.press("n")  # round the corner, to the second
    page.keyboard.press("2")
    saved(card(page, CORE[1]))
    expect(page.locator("a.leg-current")).to_have_attribute("title", f"3 of {len(CORE)} settled")
    assert cards(page).count() == len(CORE) == 4
