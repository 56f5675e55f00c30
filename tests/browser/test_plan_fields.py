"""A measure written from the keyboard, as fast as it can be typed: every field that was left is kept."""

import pytest
from playwright.sync_api import Locator, Page, expect

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import Activity, BudgetLine
from arusha.plans.rules import Changes
from arusha.store import open_store
from tests.browsing import Server
from tests.plans.building import activity, goal
from tests.plans.sized import large

pytestmark = pytest.mark.browser
LINE = BudgetLine(id="pline1", title="")


def test_fields_left_one_after_another_are_all_kept(server: Server, page: Page) -> None:
    store = open_store(f"sqlite:///{server.home / 'arusha.sqlite'}")
    big = large(measures=120, indicators=80)  # a save takes so long that the next change comes before its end
    parts = (*big.parts, goal(), activity(budget=(LINE,)))
    changes = Changes(parts=parts, figures=big.figures, updates=big.updates)
    plan = service.open_plan(LOCAL, store, "KE", big.header, changes)
    page.goto(f"{server.url}/plan?plan={plan.id}&part=activity01")
    expect(field(page, "Title")).to_have_value("Activity activity01")

    for label, value in (
        ("Number", "1.1"),
        ("Title", "Write three targets"),
        ("Budget line", "Workshop"),
        ("Funder", "A-CIP"),
    ):
        field(page, label).fill(value)
        page.keyboard.press("Tab")
    page.keyboard.type("12500")
    page.keyboard.press("Tab")
    field(page, "Stakeholders").fill("Executives\n• unions")
    page.keyboard.press("Tab")

    expect(page.get_by_text("✓ Saved")).to_have_count(6, timeout=60_000)  # each save takes its time
    kept = service.find(LOCAL, store, plan.id).by_id["activity01"]
    assert isinstance(kept, Activity)
    assert (kept.number, kept.title, kept.stakeholders) == (
        "1.1",
        "Write three targets",
        "Executives\n• unions",
    )
    assert kept.budget == (BudgetLine(id="pline1", title="Workshop", funder="A-CIP", amount=12_500.0),)
    page.reload()
    expect(field(page, "Funder")).to_have_value("A-CIP")
    store.close()


def field(page: Page, label: str) -> Locator:
    """Return the one field of a label."""
    return page.get_by_role("textbox", name=label, exact=True)
