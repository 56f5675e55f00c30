"""The page Benchmarks of a large plan in a real browser, as a ratio to a bare page of the same run.

Run: ``python -m tests.benchmarks.plans_page``. The plan has 300 measures and 150 indicators over 28 quarters.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.plans.rules import Changes
from arusha.store import open_store
from tests.benchmarks.browser import DRAWN, _bare, _loaded
from tests.browsing import CHROMIUM, Server, chromium
from tests.plans.generated import large

LOADS = 7
BUDGET = 3.5
WANTED = "'table.indicators tbody tr:nth-of-type(150) svg.path', '.clocks'"


def main() -> int:
    """Measure, print, and return whether the budget was missed."""
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare(Path(folder) / "bare")
        ours = Server(home=Path(folder) / "home")
        plan = kept(ours, large())
        with sync_playwright() as playwright, bare, ours:
            mine, floor = measured(playwright, bare, f"{ours.url}/benchmarks?plan={plan.id}")
    verdict = "within" if mine / floor <= BUDGET else "OVER"
    said = f"{mine * 1000:.0f} ms / {floor * 1000:.0f} ms = {mine / floor:.2f} ({verdict} {BUDGET})"
    print(f"benchmarks of 150 indicators x 28 quarters after navigation: {said}")
    return int(mine / floor > BUDGET)


def kept(server: Server, plan: Plan) -> Plan:
    """Keep a plan in the database of a server that has not started yet."""
    server.home.mkdir(parents=True, exist_ok=True)
    listed = server.command("plan", "list", "--json")  # makes the database as the program does
    assert listed.returncode == 0, listed.stderr
    store = open_store(f"sqlite:///{server.home / 'arusha.sqlite'}")
    try:
        changes = Changes(plan.parts, figures=plan.figures, updates=plan.updates)
        return service.open_plan(LOCAL, store, "KE", plan.header, changes)
    finally:
        store.close()


def measured(playwright, bare: Server, url: str) -> tuple[float, float]:
    """Return the seconds from navigation to the last row drawn, and those of the bare page."""
    browser = chromium(playwright)
    one = browser.new_page(viewport={"width": 1366, "height": 768})
    two = browser.new_page(viewport={"width": 1366, "height": 768})
    one.add_init_script(DRAWN.replace("WANTED", "'[data-testid=stMain] [data-testid=stMarkdown]'"))
    two.add_init_script(DRAWN.replace("WANTED", WANTED))
    _loaded(one, bare.url)
    _loaded(two, url)
    mine, floor = [], []
    for _ in range(LOADS):
        floor.append(_loaded(one, bare.url))
        mine.append(_loaded(two, url))
    browser.close()
    return median(mine), median(floor)


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit("chromium is not installed")
    sys.exit(main())
