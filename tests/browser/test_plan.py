"""From a weak practice to a measure, two years of benchmarks, the projected profile and the workbook."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from arusha.store.clock import now
from tests.browser.walking import SOON
from tests.browsing import Server
from tests.furnishing import whole

pytestmark = pytest.mark.browser
YEAR = now().year
UNIT = "offices"
TOO_FEW = "No forecast: it needs at least four actuals over a year or more"


@dataclass(frozen=True)
class Benchmarks:
    """What is planned and what is found over two years; ``every`` is how the page names the period."""

    every: str
    targets: Mapping[str, float]
    actuals: Mapping[str, float]
    clock: str


YEARLY = Benchmarks(
    "year",
    {f"{YEAR - 2}": 30, f"{YEAR - 1}": 50, f"{YEAR + 2}": 90},
    {f"{YEAR - 2}": 26.5, f"{YEAR - 1}": 51},
    "1 of 2 benchmarks",
)
HALF_YEARLY = Benchmarks(
    "half-year",
    {
        f"{YEAR - 2}-H1": 20,
        f"{YEAR - 2}-H2": 30,
        f"{YEAR - 1}-H1": 40,
        f"{YEAR - 1}-H2": 50,
        f"{YEAR + 2}-H2": 90,
    },
    {f"{YEAR - 2}-H1": 22, f"{YEAR - 2}-H2": 26.5, f"{YEAR - 1}-H1": 41, f"{YEAR - 1}-H2": 45},
    "2 of 4 benchmarks",
)


@pytest.mark.parametrize("wanted", [YEARLY, HALF_YEARLY], ids=["yearly", "half-yearly"])
def test_from_a_gap_to_a_changed_result(
    wanted: Benchmarks, page: Page, server: Server, tmp_path: Path
) -> None:
    """Two years of half-years are enough for a forecast; two yearly values are not, and that is said."""
    round_id = answered_round(server, tmp_path)
    plan_id = drafted(page, server, round_id)
    indicator = only_indicator(page, server, plan_id)
    followed(page, server, plan_id, indicator, wanted.every)
    place = f"{server.url}/benchmarks?plan={plan_id}&indicator={indicator}"
    page.goto(place)
    benchmarks(page, wanted)
    approve(page, server, plan_id)
    page.goto(place)
    expect(page.get_by_role("heading", name="All entries")).to_be_visible(timeout=SOON)
    for actual in wanted.actuals.values():
        value(page, actual)  # the period that waits is chosen already
    for key, actual in wanted.actuals.items():
        row = page.get_by_role("row").filter(has_text=key).filter(has_text=re.compile("met|missed"))
        expect(row).to_contain_text(str(actual))
    said = forecast(page, wanted)

    page.get_by_role("link", name="All indicators").click()
    expect(page.locator("table.indicators tbody tr")).to_have_count(1, timeout=SOON)
    row = page.locator("table.indicators tbody tr").inner_text()
    newest, reached = list(wanted.actuals.items())[-1]
    assert f"{reached}\n{newest}" in row
    expect(page.locator("table.indicators path.path-fan")).to_have_count(1 if said else 0)
    clocks = page.locator(".clocks").inner_text()
    assert "0 of 1 activities" in clocks
    assert wanted.clock in clocks

    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    agrees(book, wanted, said, clocks)

    page.goto(f"{server.url}/profile?round={round_id}")
    expect(page.get_by_role("heading", name="What the plan would make of it")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(re.compile("the plan would lift 1 factor"))).to_be_visible(timeout=SOON)
    expect(page.locator(".st-key-ahead_wide .main-svg").first).to_be_visible(timeout=SOON)


def answered_round(server: Server, folder: Path) -> str:
    """Open a round with every practice answered, many of them weakly; return its id."""
    assert server.command("round", "open", "FJ", "--year", str(YEAR - 2)).returncode == 0
    round_id = str(server.rounds()[0]["id"])
    answers = folder / "answers.csv"
    lines = [f"{one.practice},{one.step}," for one in whole()]
    answers.write_text("\n".join(["practice,answer,note", *lines]), encoding="utf-8")
    assert server.command("round", "import", round_id, str(answers)).returncode == 0
    return round_id


def drafted(page: Page, server: Server, round_id: str) -> str:
    """Pick the first measure beside a weak practice and begin a plan with it; return the plan's id."""
    page.goto(f"{server.url}/gaps?round={round_id}")
    page.locator("[data-testid=stCheckbox] label").first.click()
    fill(page, "Title of the plan", "From gaps to measures")
    fill(page, "Responsible", "Integrity unit")
    day(page, "First day", f"{YEAR - 2}-01-01")
    day(page, "Last day", f"{YEAR + 2}-12-31")
    expect(page.get_by_text("new goal")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Begin the plan with it").click()
    page.wait_for_url(re.compile(r"/plan\?.*plan="), timeout=SOON)
    expect(page.get_by_role("heading", name="From gaps to measures")).to_be_visible(timeout=SOON)
    found = re.search(r"plan=([^&]+)", page.url)
    assert found, page.url
    return found[1]


def fill(page: Page, label: str, said: str) -> None:
    """Type into a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(said)
    field.press("Tab")
    page.wait_for_timeout(300)


def day(page: Page, label: str, said: str) -> None:
    """Type a day: year, month and day are fields of their own."""
    field = page.locator("[data-testid=stDateInput]").filter(has_text=label)
    for segment, part in zip(field.get_by_role("spinbutton").all(), said.split("-"), strict=True):
        segment.click()
        page.keyboard.type(part)
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)


def only_indicator(page: Page, server: Server, plan_id: str) -> str:
    """Open the page of the plan's one indicator; return its id."""
    page.goto(f"{server.url}/benchmarks?plan={plan_id}")
    page.locator("table.indicators a.name").click()
    page.wait_for_url(re.compile("indicator="), timeout=SOON)
    return str(re.findall(r"indicator=([^&]+)", page.url)[0])


def followed(page: Page, server: Server, plan_id: str, indicator: str, every: str) -> None:
    """Give the indicator a unit of its own and say for which periods it has a value."""
    page.goto(f"{server.url}/plan?plan={plan_id}&part={indicator}")
    fill(page, "Unit", UNIT)
    if every != "year":  # which a drafted indicator begins with
        choose(page, "A value for each", every)
    expect(page.get_by_text("Saved").first).to_be_visible(timeout=SOON)


def forecast(page: Page, wanted: Benchmarks) -> str:
    """Return what the page says of the forecast, '' where it says that there are too few points."""
    if len(wanted.actuals) < 4:
        expect(page.get_by_text(TOO_FEW)).to_be_visible(timeout=SOON)
        return ""
    return page.get_by_text(re.compile(r"^Forecast for ")).inner_text()


def choose(page: Page, label: str, name: str) -> None:
    """Choose an option of a list."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=name, exact=True).click()
    page.wait_for_timeout(500)


def benchmarks(page: Page, wanted: Benchmarks) -> None:
    """Enter the baseline and the targets, while the plan is a draft."""
    page.get_by_role("radio", name="baseline").click()
    page.wait_for_timeout(800)
    value(page, 12)
    page.get_by_role("radio", name="target").click()
    page.wait_for_timeout(800)
    for key, target in wanted.targets.items():
        enter(page, key, target)


def enter(page: Page, period: str, wanted: float) -> None:
    """Enter a value for a period; Enter saves it."""
    choose(page, "Period", period)
    value(page, wanted)


def value(page: Page, wanted: float) -> None:
    """Type a source and a value, and press Enter."""
    source = page.get_by_label("Source", exact=True)
    expect(source).to_have_count(1, timeout=SOON)  # that of the period before has gone
    source.fill("Register")
    field = page.get_by_label("Value", exact=True)
    field.fill(str(wanted))
    field.press("Enter")
    expect(page.get_by_text(f"Saved: {wanted}.")).to_be_visible(timeout=SOON)


def approve(page: Page, server: Server, plan_id: str) -> None:
    """Approve the plan: from here on what was planned stays."""
    page.goto(f"{server.url}/plan?plan={plan_id}")
    fill(page, "Approved by", "The Commissioner")
    page.get_by_role("button", name="Approve the plan").click()
    expect(page.get_by_text("The plan is approved.").first).to_be_visible(timeout=SOON)


def agrees(book: Any, wanted: Benchmarks, forecast: str, clocks: str) -> None:
    """Hold the workbook to what was typed and to what the screen said."""
    row = cells(book["Benchmarks by period"])
    for typed in (12, *wanted.targets.values(), *wanted.actuals.values()):
        assert typed in row, typed
    shown = re.search(r"([\d.]+), between ([\d.]+) and ([\d.]+)", forecast)
    assert bool(shown) == bool(forecast), forecast
    for figure in map(float, shown.groups() if shown else ()):
        assert figure in [float(f"{one:.3g}") for one in row if isinstance(one, int | float)], figure
    whole_plan = cells(book["Overview"])
    done, activities = map(int, re.findall(r"(\d+) of (\d+) activities", clocks)[0])
    met, due = map(int, re.findall(r"(\d+) of (\d+) benchmarks", clocks)[0])
    for counted in (done, activities, met, due, met / due):
        assert counted in whole_plan, counted


def cells(sheet: Any) -> list[Any]:
    """Return every value of a sheet."""
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
