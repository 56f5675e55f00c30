"""The profile with an action plan: what the plan would make of it, and what a later round found."""

from datetime import date

from arusha.access.rules import LOCAL
from arusha.assessments import service as rounds
from arusha.plans import service
from arusha.plans.model import Link, Update
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.furnishing import PRACTICES, answered, opened, whole
from tests.plans.building import activity
from tests.plans.pages.running import START, YEAR, running, steps
from tests.visiting import all_shown, visit, went_wrong

PAGE = "across/pages/profile.py"
AHEAD, FOUND = "What the plan would make of it", "Did the measures change the practices?"


def said(round_id: str, **query: str) -> str:
    """Open the profile; return everything it shows."""
    at = visit(PAGE, round=round_id, **query)
    assert went_wrong(at) == []
    return all_shown(at)


def test_the_profile_shows_what_the_plan_would_make_of_it(own: Store) -> None:
    plan = running(own)
    found = said(plan.header.round_id)
    assert AHEAD in found
    assert (
        f"By 31 Dec {YEAR + 2} the plan would lift 1 factor: Leadership and Commitment from 1.8 to 2.7."
        in found
    )
    assert FOUND not in found


def test_without_links_there_is_nothing_to_project(own: Store) -> None:
    plan = running(own, state="draft")
    training = plan.by_id["training"].model_copy(update={"links": ()})
    service.change(LOCAL, own, plan.id, Changes((training,)))
    assert AHEAD not in said(plan.header.round_id)


def test_without_a_plan_the_profile_is_as_before(own: Store) -> None:
    assert AHEAD not in said(opened(own, YEAR, whole()))


def test_the_next_round_tells_which_practices_the_measures_changed(own: Store) -> None:
    plan = running(own, state="draft")
    first, second = PRACTICES[0], PRACTICES[1]
    links = [Link(practice=name, step=steps(name)[3], by=date(YEAR - 1, 6, 30)) for name in (first, second)]
    done = activity("course", "goal02", title="Hold the course", start=START, links=links)
    service.change(LOCAL, own, plan.id, Changes((done,)))
    finished = Update("course", "status", date(YEAR - 1, 5, 1), "done", "All came.")
    service.enter(LOCAL, own, plan.id, updates=[finished])
    later = [answered(first, 3), *whole()[1:]]
    round_id = opened(own, YEAR - 1, later)
    found = said(round_id)
    assert FOUND in found
    assert (
        "1 of 2 planned steps are reached. The measures of 2 of them are done; of these 1 are reached."
        in found
    )
    assert "the planned step is reached" in found
    assert "as before" in found
    assert rounds.find(LOCAL, own, round_id).year == YEAR - 1


def test_another_administrations_plan_is_never_shown_here(own: Store) -> None:
    plan = running(own)
    found = said(opened(own, YEAR, whole(), "FJ"), plan=plan.id)
    assert AHEAD not in found
    assert plan.header.title not in found
