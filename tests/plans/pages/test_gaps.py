"""From gap to measure: weak practices with their measures, the draft of what is picked, and writing it."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access import gate
from arusha.access.roles import Role
from arusha.access.rules import LOCAL
from arusha.assessments import service as assessments
from arusha.plans import drafting, service
from arusha.plans.drafting import Suggestion
from arusha.plans.model import Activity, Header, Plan
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.assessments.consenting import person
from tests.assessments.pages.using import choose, labelled, press, run
from tests.furnishing import EDITION, PRACTICES, answered, opened
from tests.plans.building import goal
from tests.visiting import all_shown, refusals, visit, went_wrong

PAGE = "plans/pages/gaps.py"
QUESTIONS = EDITION.words("en").practices
WEAK = PRACTICES[0]


@pytest.fixture
def round_id(own: Store) -> str:
    """Return a round with one weak key practice and one that is proven."""
    return opened(own, 2025, [answered(WEAK, 0), answered(PRACTICES[1], 4)])


def show(**query: str) -> AppTest:
    """Open the page; nothing may go wrong."""
    at = visit(PAGE, session=None, **query)
    assert went_wrong(at) == []
    return at


def suggested(own: Store, round_id: str) -> tuple[Suggestion, ...]:
    sheet = assessments.sheet(LOCAL, own, round_id)
    return drafting.suggestions(sheet.questionnaire, sheet.answers, "en")


def pick(at: AppTest, *titles: str) -> AppTest:
    for title in titles:
        next(one for one in at.checkbox if one.label.replace("\\", "") == title).set_value(True)
        at = run(at)
    return at


def name_it(at: AppTest, title: str = "Plan 2026") -> AppTest:
    labelled(at.text_input, "Title of the plan").set_value(title)
    return run(at)


def test_without_a_round_the_page_says_so_and_leads_to_one(own: Store) -> None:
    at = show()
    assert [one.value for one in at.info] == ["There is no round yet whose gaps could be looked at."]
    assert [one.label for one in at.button] == ["Start a round"]
    assert not service.plans(LOCAL, own)


def test_a_round_without_weak_practices_has_no_gap(own: Store) -> None:
    at = show(round=opened(own, 2025, [answered(WEAK, 4)]))
    assert [one.value for one in at.info] == ["No practice of the round is weak, or none is answered yet."]


def test_a_weak_practice_shows_its_question_its_steps_and_its_measures(own: Store, round_id: str) -> None:
    said = all_shown(show(round=round_id))
    words = QUESTIONS[WEAK]
    steps = [step.id for step in EDITION.scale_of(EDITION.practices[WEAK]).steps]
    for text in (
        words.question,
        words.steps[steps[0]],
        words.steps[steps[1]],
        "Now: Absent",
        "Next: Designed",
    ):
        assert text in said, text
    for one in suggested(own, round_id):
        assert one.title in said
        assert f"Indicator: {one.indicator} ({one.unit};" in said
    assert QUESTIONS[PRACTICES[1]].question not in said


def test_nothing_picked_is_no_draft(round_id: str) -> None:
    at = show(round=round_id)
    assert "Pick a measure above: the draft appears here." in [one.value for one in at.info]
    assert "0 measures are picked." in all_shown(at)
    assert not at.text_input


def test_what_is_picked_is_drafted_with_goal_output_indicator_and_dates(own: Store, round_id: str) -> None:
    first, second, *_ = suggested(own, round_id)
    at = pick(show(round=round_id), first.title, second.title)
    said = all_shown(at)
    assert "2 measures are picked." in said
    assert "1 · Leadership and Commitment: reach the step “Designed”" in said
    assert "new goal" in said
    for one in (first, second):
        assert f"Output: {one.output}" in said
        assert f"Indicator: {one.indicator} ({one.unit})" in said
    assert not service.plans(LOCAL, own)


def test_the_draft_becomes_a_new_plan_that_names_its_round(own: Store, round_id: str) -> None:
    first, *_ = suggested(own, round_id)
    at = press(name_it(pick(show(round=round_id), first.title)), "Begin the plan with it")
    (listed,) = service.plans(LOCAL, own)
    plan = service.find(LOCAL, own, listed.id)
    assert plan.header.round_id == round_id
    (activity,) = plan.activities
    assert (activity.title, activity.measure) == (first.title, first.measure)
    assert [(link.practice, link.step) for link in activity.links] == [(WEAK, first.next_step)]
    assert [one.title for one in plan.indicators] == [first.indicator]
    assert at.title[0].value == "Plan 2026"


def test_a_plan_without_a_title_is_refused_and_the_picks_stay(own: Store, round_id: str) -> None:
    first, *_ = suggested(own, round_id)
    at = press(pick(show(round=round_id), first.title), "Begin the plan with it")
    assert "The plan has no title. Give it one." in all_shown(at)
    assert "1 measure is picked." in all_shown(at)
    assert not service.plans(LOCAL, own)


def test_a_date_that_is_missing_is_told_before_anything_is_drafted(own: Store, round_id: str) -> None:
    at = pick(show(round=round_id), suggested(own, round_id)[0].title)
    labelled(at.date_input, "Last day").set_value(None)
    at = run(at)
    assert "The date is missing. Give it." in all_shown(at)
    assert "Begin the plan with it" not in [one.label for one in at.button]


def draft_of(own: Store, code: str = "KE", **more: Any) -> Plan:
    """Open an empty draft."""
    header = Header(title="The draft there is", start=date(2026, 1, 1), end=date(2029, 12, 31), **more)
    return service.open_plan(LOCAL, own, code, header)


def test_measures_go_into_a_draft_that_is_there(own: Store, round_id: str) -> None:
    plan = draft_of(own)
    first, second, *_ = suggested(own, round_id)
    at = pick(show(round=round_id, plan=plan.id), first.title)
    assert "Title of the plan" not in [one.label for one in at.text_input]
    press(at, "Write it into the plan")
    at = show(round=round_id, plan=plan.id)
    assert f"{first.title} (in the plan already)" in all_shown(at)
    press(pick(at, second.title), "Write it into the plan")
    found = service.find(LOCAL, own, plan.id)
    assert [one.measure for one in found.activities] == [first.measure, second.measure]
    assert len(found.goals) == 1


def test_the_measures_can_go_into_a_new_plan_although_a_draft_is_there(own: Store, round_id: str) -> None:
    plan = draft_of(own)
    first, *_ = suggested(own, round_id)
    at = choose(show(round=round_id, plan=plan.id), "The measures go into", "")
    press(name_it(pick(at, first.title)), "Begin the plan with it")
    assert len(service.plans(LOCAL, own)) == 2
    assert not service.find(LOCAL, own, plan.id).parts


def test_too_much_for_one_owner_or_quarter_is_said_in_the_draft(own: Store, round_id: str) -> None:
    dates = {"responsible": "Unit", "start": date(2027, 1, 1), "end": date(2027, 6, 29)}
    parts = [
        Activity(id=f"pact{n:03}", within="pgoal1", title=f"Work {n}", **dates)  # type: ignore[arg-type]
        for n in range(3)
    ]
    plan = draft_of(own, owner="Unit", most_at_once=2, most_a_quarter=2)
    service.change(LOCAL, own, plan.id, Changes(parts=(goal("pgoal1"), *parts)))
    at = pick(show(round=round_id, plan=plan.id), suggested(own, round_id)[0].title)
    warned = [one.value for one in at.markdown if 'class="said"' in one.value]
    assert any("Unit" in one for one in warned), warned


def test_practices_are_shown_by_factor_and_few_at_a_time(own: Store) -> None:
    round_id = opened(own, 2025, [answered(name, 0) for name in PRACTICES])
    at = show(round=round_id)
    boxes = len(at.checkbox)
    more = next(one.label for one in at.button if one.label.startswith("Show more"))
    assert len(press(at, more).checkbox) > boxes
    at = choose(show(round=round_id), "Factor", "audit")
    said = all_shown(at)
    assert QUESTIONS[EDITION.factor("audit").practices[0].id].question in said
    assert QUESTIONS[WEAK].question not in said


def test_a_measure_stays_picked_while_another_factor_is_looked_at(own: Store) -> None:
    round_id = opened(own, 2025, [answered(name, 0) for name in PRACTICES])
    first, *_ = suggested(own, round_id)
    at = choose(pick(show(round=round_id), first.title), "Factor", "audit")
    assert "1 measure is picked." in all_shown(at)
    assert first.title in all_shown(at)


def test_an_approved_plan_takes_no_measures(own: Store, round_id: str) -> None:
    plan = draft_of(own)
    activity = Activity(id="pact001", within="pgoal1", title="Work")
    service.change(LOCAL, own, plan.id, Changes(parts=(goal("pgoal1"), activity)))
    service.approve(LOCAL, own, plan.id, "A. Director", date(2026, 1, 1))
    at = show(round=round_id, plan=plan.id)
    assert "The measures go into" not in [one.label for one in at.selectbox]


@pytest.mark.parametrize("role", [Role.HEAD, Role.OBSERVER])
def test_who_writes_no_plan_cannot_open_the_page(
    role: Role, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "LOCAL", person(role, "KE"))
    at = show(round=round_id)
    assert len(refusals(at)) == 1
    assert not at.checkbox


def test_a_round_of_another_administration_is_not_offered(
    own: Store, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = opened(own, 2025, [answered(WEAK, 0)], "UG")
    monkeypatch.setattr(gate, "LOCAL", person(Role.COORDINATOR, "KE"))
    at = show(round=theirs)
    assert labelled(at.selectbox, "Round").value == round_id
    assert len(labelled(at.selectbox, "Round").options) == 1
