"""A round that begins with what was answered the year before: proposed, confirmed, and on the receipt."""

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from questionnaires.loading import edition
from tests.browser.walking import (
    SOON,
    begin,
    card,
    cards,
    choose,
    choose_administration,
    note,
    ready,
    saved,
    start_round,
)
from tests.browsing import Server

pytestmark = pytest.mark.browser
FACTOR = edition("arusha_2026").factors[0]
CORE = [practice.id for practice in FACTOR.practices if practice.core]
QUESTIONS = {name: words.question for name, words in edition("arusha_2026").words("en").practices.items()}
THIS = datetime.now(UTC).year
NEXT = THIS + 1
NOTE = "Circular 14 of March; «Nord» reports late."


def start_next_year(page: Page, server: Server, country: str) -> str:
    """Start the whole questionnaire for the next year with the answers of this one; return its id."""
    page.goto(f"{server.url}/start")
    choose_administration(page, country)
    page.get_by_role("combobox", name="Reference year").click()
    page.get_by_role("option", name=str(NEXT), exact=True).click()
    box = page.get_by_text(f"Carry over the answers of {THIS}, each to be confirmed")
    box.click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    return begin(page)


def test_last_years_answers_are_proposed_confirmed_and_on_the_receipt(page: Page, server: Server) -> None:
    start_round(page, server, "Fiji", short=True)
    for practice, step in zip(CORE, ("Partly", "Designed", "Proven"), strict=False):
        choose(card(page, practice), step)
    note(card(page, CORE[0])).fill(NOTE)
    expect(card(page, CORE[0]).locator(".links button", has_text="History")).to_be_visible(timeout=SOON)

    round_id = start_next_year(page, server, "Fiji")
    assert cards(page).count() == len(FACTOR.practices)
    states = {name: card(page, name).locator(".state") for name in CORE}
    for practice, step in zip(CORE, ("Partly", "Designed", "Proven"), strict=False):
        expect(states[practice]).to_have_text(f"To confirm: {step}, as in {THIS}", timeout=SOON)
        expect(card(page, practice).get_by_role("radio", checked=True)).to_have_count(0)
    expect(states[CORE[3]]).to_have_text("Open")
    expect(note(card(page, CORE[0]))).to_have_value(NOTE)
    assert _steps(server, round_id) == {}

    first = card(page, CORE[0])
    first.locator(".links button", has_text=f"From {THIS}").click()
    first.get_by_role("button", name="It still holds").click()
    saved(first)
    expect(first.get_by_role("radio", name="Partly")).to_be_checked()
    expect(first.get_by_role("button", name="It still holds")).to_have_count(0)
    choose(card(page, CORE[1]), "Throughout")
    assert _steps(server, round_id) == {CORE[0]: "partly", CORE[1]: "throughout"}

    page.reload()
    ready(page)
    saved(card(page, CORE[0]))
    saved(card(page, CORE[1]))
    expect(card(page, CORE[1]).get_by_role("radio", name="Throughout")).to_be_checked()
    expect(states[CORE[2]]).to_have_text(f"To confirm: Proven, as in {THIS}", timeout=SOON)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("1 waits to be confirmed.")).to_be_visible(timeout=SOON)
    _receipt(page)


def _receipt(page: Page) -> None:
    """Read the receipt on its page, and as the workbook that comes of it."""
    page.get_by_role("button", name=f"What was carried over from {THIS}").click()
    expect(page.get_by_text("None of them counts before it is confirmed.")).to_be_visible(timeout=SOON)
    for practice in CORE[:3]:
        expect(page.get_by_role("cell", name=QUESTIONS[practice])).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this list as Excel workbook").click()
    assert download.value.suggested_filename == f"arusha-FJ-{NEXT}-carried-over.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    told = {name: row for name in CORE for row in rows if row[0] == f"{QUESTIONS[name]} ({name})"}
    assert [told[name][1] for name in CORE[:3]] == ["Partly", "Designed", "Proven"]
    assert told[CORE[0]][3] == NOTE
    assert CORE[3] not in told


def _steps(server: Server, round_id: str) -> dict[str, str]:
    """Return practice -> step of what is answered, as the command line exports it."""
    lines = server.command("round", "export", round_id).stdout.splitlines()[1:]
    answered = [line.split(",")[:2] for line in lines]
    return {practice: step for practice, step in answered if step}
