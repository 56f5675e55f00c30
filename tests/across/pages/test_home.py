"""Home with an action plan: what is due stands beside the round, and nothing when nothing is due."""

import pytest

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import Update
from arusha.plans.pages.due import MOST
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.furnishing import half, opened
from tests.plans.building import activity
from tests.plans.pages.running import END, START, TODAY, YEAR, running
from tests.visiting import all_shown, visit, went_wrong

PAGE = "across/pages/home.py"
HEAD = "Due in the action plan"


def said(**query: str) -> str:
    """Open Home; return everything it shows."""
    at = visit(PAGE, **query)
    assert went_wrong(at) == []
    return all_shown(at)


def test_what_is_due_stands_on_home(own: Store) -> None:
    plan = running(own)
    found = said(round=plan.header.round_id)
    assert HEAD in found
    assert f"value of {YEAR}-H1 missing since 30 Jun {YEAR}" in found
    assert "Review a sample each month" in found
    assert "was to end on" in found
    assert "Hang posters" in found
    assert "Train the desk" not in found


def test_each_leads_to_its_place(own: Store) -> None:
    plan = running(own)
    shown = "".join(one.value for one in visit(PAGE, round=plan.header.round_id).markdown)
    assert f"plan={plan.id}&amp;indicator=overrides" in shown
    assert f"plan={plan.id}&amp;part=reviews" in shown


def test_a_long_list_is_short_and_says_how_much_more_there_is(own: Store) -> None:
    plan = running(own, state="draft")
    more = [
        activity(f"late{n:02}", "goal02", title=f"Late work {n}", start=START, end=START) for n in range(MOST)
    ]
    service.change(LOCAL, own, plan.id, Changes(tuple(more)))
    service.approve(LOCAL, own, plan.id, "Director General", START)
    found = said(round=plan.header.round_id)
    assert found.count("was to end on") == MOST
    assert "more in the plan" in found


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_plan_that_does_not_run_asks_for_nothing(state: str, own: Store) -> None:
    plan = running(own, state=state)
    assert HEAD not in said(round=plan.header.round_id)


def test_a_plan_in_which_nothing_is_due_shows_nothing(own: Store) -> None:
    plan = running(own, state="draft")
    gone = (*(one.id for one in plan.indicators), "reviews", "posters")
    service.change(LOCAL, own, plan.id, Changes(removed=gone))
    service.approve(LOCAL, own, plan.id, "Director General", START)
    service.enter(LOCAL, own, plan.id, updates=[Update("training", "status", TODAY, "paused", "No money.")])
    assert HEAD not in said(round=plan.header.round_id)


def test_without_a_plan_home_is_as_before(own: Store) -> None:
    round_id = opened(own, YEAR, half())
    found = said(round=round_id)
    assert HEAD not in found
    assert "Rounds" in found


def test_another_administrations_plan_is_not_told_here(own: Store) -> None:
    running(own)
    assert END > TODAY
    assert HEAD not in said(round=opened(own, YEAR, half(), "FJ"))
