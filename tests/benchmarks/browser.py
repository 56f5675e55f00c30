"""The pages in a real browser, as ratios to a bare Streamlit page measured in the same run.

Run: ``python -m tests.benchmarks.browser``. Prints each ratio beside its budget.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.generated import twelve_a_factor
from tests.browsing import CHROMIUM, Server, chromium

ROOT = Path(__file__).parents[2]
BARE = """
import streamlit as st
st.session_state.setdefault("n", 0)
if st.button("Count"):
    st.session_state.n += 1
st.write(f"bare {st.session_state.n}")
"""
CLICKS = 24
LOADS = 7


def main() -> int:
    """Measure, print, and return how many budgets were missed."""
    with tempfile.TemporaryDirectory() as folder:
        bare_folder, our_folder = Path(folder) / "bare", Path(folder) / "ours"
        bare = _bare(bare_folder)
        ours, round_id = _ours(our_folder)
        with sync_playwright() as playwright:
            rows = [
                ("start to first answer page", 2.0, _starts(playwright, bare, ours, round_id)),
                *_clicks_and_loads(playwright, bare, ours, round_id),
            ]
    for name, budget, (mine, floor) in rows:
        verdict = "within" if mine / floor <= budget else "OVER"
        print(
            f"{name}: {mine * 1000:.0f} ms / {floor * 1000:.0f} ms = {mine / floor:.2f} ({verdict} {budget})"
        )
    return sum(mine / floor > budget for _, budget, (mine, floor) in rows)


def _bare(folder: Path) -> Server:
    folder.mkdir()
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "app.py").write_text(BARE, encoding="utf-8")
    return Server(folder, folder / "home")


def _ours(folder: Path) -> tuple[Server, str]:
    for name in ("arusha", "questionnaires", "scoring", "sample_data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "app.py", folder)
    twelve_a_factor(folder / "questionnaires" / "generated")
    server = Server(folder, folder / "home")
    opened = server.command("round", "open", "FJ", "--year", "2026", "--edition", "generated")
    assert opened.returncode == 0, opened.stderr
    return server, server.rounds()[0]["id"]


def _starts(playwright, bare: Server, ours: Server, round_id: str) -> tuple[float, float]:
    mine, floor = [], []
    for _ in range(LOADS):
        floor.append(_start(playwright, bare, "/", _bare_drawn))
        mine.append(_start(playwright, ours, f"/answer?round={round_id}&factor=f1", _answers_drawn))
    return median(mine), median(floor)


def _start(playwright, server: Server, path: str, drawn: Callable[[Page], None]) -> float:
    browser = chromium(playwright)
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    began = time.perf_counter()
    with server:
        page.goto(server.url + path)
        drawn(page)
        took = time.perf_counter() - began
    browser.close()
    return took


def _bare_drawn(page: Page) -> None:
    page.get_by_text("bare ").wait_for()


def _answers_drawn(page: Page) -> None:
    page.get_by_role("radio", name="Proven").nth(11).wait_for()
    page.get_by_role("textbox").nth(11).wait_for()


def _clicks_and_loads(playwright, bare: Server, ours: Server, round_id: str):
    browser = chromium(playwright)
    with bare, ours:
        one = browser.new_page(viewport={"width": 1366, "height": 768})
        two = browser.new_page(viewport={"width": 1366, "height": 768})
        one.goto(bare.url)
        _bare_drawn(one)
        two.goto(f"{ours.url}/answer?round={round_id}&factor=f1")
        _answers_drawn(two)
        mine, floor = [], []
        for number in range(CLICKS):
            floor.append(_count(one, number + 1))
            mine.append(_choose(two, number))
        yield "click on a step, saved and redrawn", 2.0, (median(mine[4:]), median(floor[4:]))
        mine, floor = [], []
        profile = f"{ours.url}/profile?round={round_id}"
        one.add_init_script(DRAWN.replace("WANTED", "'[data-testid=stMain] [data-testid=stMarkdown]'"))
        two.add_init_script(DRAWN.replace("WANTED", "'.st-key-ladder_wide .main-svg', '.stack', 'a.cell'"))
        _loaded(two, profile)
        for _ in range(LOADS):
            floor.append(_loaded(one, bare.url))
            mine.append(_loaded(two, profile))
        yield "profile page after navigation", 3.5, (median(mine), median(floor))
    browser.close()


def _count(page: Page, number: int) -> float:
    return _in_page(
        page, "button[data-testid='stBaseButton-secondary']", f"bare {number}", "[data-testid='stMain']"
    )


def _choose(page: Page, number: int) -> float:
    card, step = f".st-key-card_f1--p{number % 12}", (number // 12) % 5
    button = f"{card} [role=radio]:nth-of-type({step + 1})"
    return _in_page(page, button, f"p{number % 12} step {step} as seen", card)


IN_PAGE = """
([button, said, where]) => new Promise(resolve => {
  const began = performance.now()
  const look = () => {
    const place = document.querySelector(where)
    const card = where.includes("card")
    const shown = (card ? place?.querySelector(".chosen") : place)?.textContent ?? ""
    const saved = !card || place.querySelector(".state.saved")
    if (shown.includes(said) && saved) resolve((performance.now() - began) / 1000)
    else if (performance.now() - began > 5000) resolve(NaN)
    else requestAnimationFrame(look)
  }
  document.querySelector(button).click()
  look()
})
"""


def _in_page(page: Page, button: str, said: str, where: str) -> float:
    return page.evaluate(IN_PAGE, [button, said, where])


DRAWN = """
new MutationObserver((_, observer) => {
  if (![WANTED].every(wanted => document.querySelector(wanted))) return
  observer.disconnect()
  requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now() / 1000 }))
}).observe(document, { childList: true, subtree: true })
"""


def _loaded(page: Page, url: str) -> float:
    """Return the seconds from the start of the navigation to the first picture with everything wanted."""
    page.goto(url)
    page.wait_for_function("window.drawn !== undefined")
    return page.evaluate("window.drawn")


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit("chromium is not installed")
    sys.exit(main())
