"""Whatever was typed into a plan is shown as it was typed, on every page of it."""

import re
from datetime import date

import pytest

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import BudgetLine, Goal, Header, Link, Milestone, Plan, Support
from arusha.plans.pages.places import HEAD
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.furnishing import PRACTICES
from tests.plans.building import activity, indicator, outcome, output, status
from tests.test_pages import FORBIDDEN, HOSTILE
from tests.visiting import shown, visit, went_wrong

START, END = date(2026, 1, 1), date(2028, 12, 31)


def hostile(store: Store, text: str) -> Plan:
    """Open a plan that says one text wherever a text can be typed."""
    header = Header(title=text, programme=text, start=START, end=END, owner=text, owners=(text, f"{text} 2"))
    parts = (
        Goal(id="goal01", title=text, impact=text, assumptions=text, risks=text, owner=text),
        outcome(title=text),
        output(within="outcome01", title=text),
        activity(
            within="output01",
            title=text,
            stakeholders=text,
            responsible=text,
            start=START,
            end=END,
            milestones=(Milestone(id="pmile1", title=text, due=END),),
            budget=(BudgetLine(id="pline1", title=text, funder=text, amount=5.0),),
            support=(Support(kind="expert", whom=text, title=text),),
            links=(Link(practice=PRACTICES[0], step="proven", by=END),),
        ),
        indicator(
            within="goal01", title=text, source=text, verification=text, unit=text[:60], disaggregation=text
        ),
    )
    changes = Changes(parts=parts, updates=(status("ongoing", START, text=text),))
    return service.open_plan(LOCAL, store, "KE", header, changes)


@pytest.mark.parametrize("state", ["draft", "approved"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_as_it_was_typed(name: str, state: str, own: Store) -> None:
    text = HOSTILE[name]
    plan = hostile(own, text)
    if state == "approved":
        service.approve(LOCAL, own, plan.id, text, START)
    views = [{"plan_view": view} for view in ("table", "timeline", "chain")]
    visits = [("", view) for view in views] + [(part.id, {}) for part in plan.parts] + [(HEAD, {})]
    for part, session in visits:
        query = {"plan": plan.id} | ({"part": part} if part else {})
        at = visit("plans/pages/plan.py", session=dict(session), **query)
        assert went_wrong(at) == [], part
        _is_verbatim(text, at, part)


def _is_verbatim(text: str, at: object, part: str) -> None:
    found = list(shown(at))  # type: ignore[arg-type]
    assert any(text in one.text for one in found), (text, part)
    for one in found:
        assert not {tag for tag, _ in one.tags} & FORBIDDEN, one.raw
        assert all(str(given.get("href")).startswith("/") for tag, given in one.tags if tag == "a"), one.raw
        assert not any(name.startswith("on") for _, given in one.tags for name in given), one.raw
        if one.kind in ("markdown", "markup"):
            assert not re.search(r"(?<!\\):(red\[|material/)|(?<!\\)\$x", one.raw), one.raw
