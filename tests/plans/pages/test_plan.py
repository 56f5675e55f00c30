"""The page Action plan: without a plan, in every state of one, and what is done on it."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access import gate
from arusha.access.roles import Role
from arusha.access.rules import LOCAL, Actor
from arusha.plans import service
from arusha.plans.model import Header, Plan
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.assessments.consenting import person
from tests.assessments.pages.using import choose, labelled, press, run
from tests.furnishing import opened
from tests.plans.building import activity, goal
from tests.plans.pages.running import running
from tests.visiting import all_shown, refusals, visit, went_wrong

PAGE = "plans/pages/plan.py"
COORDINATOR, HEAD, OBSERVER = (person(role, "KE") for role in (Role.COORDINATOR, Role.HEAD, Role.OBSERVER))
Become = Callable[[Actor], None]


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Become:
    """Return how the one person of this computer becomes somebody of a server."""
    return lambda actor: monkeypatch.setattr(gate, "LOCAL", actor)


def show(**query: str) -> AppTest:
    """Open the page; nothing may go wrong."""
    at = visit(PAGE, session=None, **query)
    assert went_wrong(at) == []
    return at


def fill(at: AppTest, label: str, value: str) -> AppTest:
    labelled(at.text_input, label).set_value(value)
    return run(at)


def a_plan(store: Store, code: str = "KE", title: str = "Our plan") -> Plan:
    """Open a small draft."""
    header = Header(title=title, start=date(2024, 1, 1), end=date(2026, 12, 31), owner="Integrity unit")
    parts = (goal(), activity(responsible="Integrity unit"))
    return service.open_plan(LOCAL, store, code, header, Changes(parts=parts))


# Without a plan


def test_without_a_plan_there_are_two_ways_to_begin_one(own: Store) -> None:
    at = show()
    assert [one.value for one in at.info] == ["There is no action plan yet."]
    assert {"From the gaps of a round", "An empty plan"} <= {one.value for one in at.subheader}
    assert not service.plans(LOCAL, own)


def test_who_may_not_begin_a_plan_is_told_who_does(own: Store, become: Become) -> None:
    become(OBSERVER)
    at = show()
    assert "The coordinator of your administration begins a plan." in all_shown(at)
    assert not at.button
    assert own.name


def test_an_empty_plan_is_begun_with_a_title_and_dates(own: Store) -> None:
    at = choose(show(round=opened(own, 2025, [])), "Its years begin in", 4)
    at = fill(
        fill(fill(at, "Title of the plan", "Plan 2026"), "Programme", "A-CIP"),
        "Responsible",
        "Integrity unit",
    )
    at = press(at, "Begin the plan")
    (made,) = service.plans(LOCAL, own)
    assert (made.header.title, made.header.programme, made.header.owner) == (
        "Plan 2026",
        "A-CIP",
        "Integrity unit",
    )
    assert (made.administration, made.header.fiscal_start) == ("KE", 4)
    assert at.title[0].value == "Plan 2026"
    assert "The plan is empty." in all_shown(at)


def test_an_administration_is_chosen_where_none_is_known(own: Store) -> None:
    at = press(fill(show(), "Title of the plan", "Plan"), "Begin the plan")
    assert [one.value for one in at.error] == ["The administration is missing. Choose it from the list."]
    at = press(choose(at, "Administration", "UG"), "Begin the plan")
    assert [one.administration for one in service.plans(LOCAL, own)] == ["UG"]


def test_a_plan_without_title_or_date_is_refused_and_keeps_what_was_typed(own: Store) -> None:
    at = fill(show(round=opened(own, 2025, [])), "Responsible", "Integrity unit")
    at = press(at, "Begin the plan")
    assert "The plan has no title. Give it one." in all_shown(at)
    labelled(at.date_input, "First day").set_value(None)
    at = press(at, "Begin the plan")
    assert "The date is missing. Give it." in all_shown(at)
    labelled(at.date_input, "First day").set_value(date(2099, 1, 1))
    at = press(fill(at, "Title of the plan", "Plan"), "Begin the plan")
    assert "before it starts on 1 Jan 2099. Put the dates in order." in all_shown(at)
    assert labelled(at.text_input, "Responsible").value == "Integrity unit"
    assert not service.plans(LOCAL, own)


def test_a_title_that_is_too_long_is_refused(own: Store) -> None:
    at = fill(show(round=opened(own, 2025, [])), "Title of the plan", "x" * 2_001)
    assert "The text is longer than 2000 characters. Shorten it." in all_shown(press(at, "Begin the plan"))
    assert not service.plans(LOCAL, own)


# Which plan


def test_the_newest_plan_of_the_rounds_administration_is_shown(own: Store) -> None:
    for code, title in (("KE", "Plan of Kenya"), ("UG", "Plan of Uganda")):
        a_plan(own, code, title)
    round_id = opened(own, 2025, [], "UG")
    assert show(round=round_id).title[0].value == "Plan of Uganda"


def test_plans_of_several_administrations_are_a_list_to_choose_from(own: Store) -> None:
    ids = [a_plan(own, code, f"Plan of {code}").id for code in ("KE", "UG")]
    at = show()
    assert [one.value for one in at.info] == ["Choose a plan."]
    assert all(f"plan={plan_id}" in "".join(one.value for one in at.markdown) for plan_id in ids)


def test_a_round_whose_administration_has_no_plan_says_so(own: Store) -> None:
    a_plan(own, "UG")
    at = show(round=opened(own, 2025, [], "KE"))
    assert "There is no action plan yet." in [one.value for one in at.info]


def test_an_unknown_plan_is_refused_with_the_near_name(own: Store) -> None:
    plan = a_plan(own)
    at = show(plan=plan.id[:-1] + "_")
    assert f"Did you mean {plan.id}?" in all_shown(at)
    assert len(refusals(at)) == 1


def test_a_plan_of_another_administration_stays_shut(own: Store, become: Become) -> None:
    plan = a_plan(own, "UG", "Their plan")
    become(COORDINATOR)
    at = show(plan=plan.id)
    assert len(refusals(at)) == 1
    assert "Their plan" not in all_shown(at)


def test_a_part_that_is_not_there_any_more_is_told(own: Store) -> None:
    at = show(plan=a_plan(own).id, part="pnothing")
    assert "The part in the address is not in this plan any more." in [one.value for one in at.info]


# The plan at a glance


def test_a_draft_shows_its_measures_under_their_goals(own: Store) -> None:
    plan = running(own, state="draft")
    said = all_shown(show(plan=plan.id))
    assert "version 1, draft" in said
    for part in (*plan.goals, *plan.activities):
        assert part.title in said
    for word in ("late", "50% of the activities done", "Approve the plan", "Change the plan as a whole"):
        assert word in said, word


@pytest.mark.parametrize(
    ("label", "value", "left"),
    [
        ("Status", "done", {"Build the register"}),
        ("Status", "late", {"Review a sample each month"}),
        ("Factor", "leadership", {"Train the desk"}),
        ("Search", "posters hang", {"Hang posters"}),
    ],
)
def test_measures_are_filtered(label: str, value: str, left: set[str], own: Store) -> None:
    plan = running(own)
    at = show(plan=plan.id)
    at = fill(at, label, value) if label == "Search" else choose(at, label, value)
    markup = next(one.value for one in at.markdown if "measures-by-goal" in one.value)
    shown = {one.title for one in plan.activities if f"part={one.id}" in markup}
    assert shown == left
    assert f"{len(left)} of 4 measures" in [one.value for one in at.caption]


def test_a_filter_that_nothing_fits_says_so(own: Store) -> None:
    at = fill(show(plan=running(own).id), "Search", "no such words")
    assert "No measure fits this choice." in [one.value for one in at.info]


def view(at: AppTest, name: str) -> AppTest:
    at.segmented_control(key="plan_view").set_value(name)
    return run(at)


def test_the_line_of_time_says_in_words_what_it_draws(own: Store) -> None:
    at = view(show(plan=running(own).id), "timeline")
    assert len(at.get("plotly_chart")) == 1
    said = all_shown(at)
    assert "4 measures from" in said
    assert "1 is late." in said


def test_measures_without_dates_are_counted_beside_the_line(own: Store) -> None:
    at = view(show(plan=a_plan(own).id), "timeline")
    assert not at.get("plotly_chart")
    assert "1 measure has no dates and is not on the line." in [one.value for one in at.caption]


def test_the_chain_shows_every_part(own: Store) -> None:
    plan = running(own)
    said = all_shown(view(show(plan=plan.id), "chain"))
    for part in plan.parts:
        assert part.title in said


def test_the_check_names_place_and_remedy_with_a_link_to_the_part(own: Store) -> None:
    plan = running(own)
    at = show(plan=plan.id)
    found = next(one.value for one in at.markdown if "findings" in one.value and "part=reviews" in one.value)
    assert "1&#46;2 Review a sample each month" in found
    assert "Excel" in [one.value for one in at.subheader]


def test_a_plan_without_a_round_says_that_its_gaps_are_not_known(own: Store) -> None:
    assert "the gaps it should close are not known" in all_shown(show(plan=a_plan(own).id))


# Its life


def test_a_draft_is_approved_by_name_and_day(own: Store) -> None:
    plan = a_plan(own)
    at = press(show(plan=plan.id), "Approve the plan")
    assert "Nobody approves the plan. Give the name of who approves it." in all_shown(at)
    labelled(at.date_input, "On").set_value(None)
    at = press(fill(at, "Approved by", "A. Director"), "Approve the plan")
    assert [one.value for one in at.error] == ["Give the day of the approval."]
    labelled(at.date_input, "On").set_value(date(2024, 2, 1))
    at = press(at, "Approve the plan")
    assert service.find(LOCAL, own, plan.id).state == "approved"
    assert "approved 1 Feb 2024" in all_shown(at)
    assert "A. Director" in all_shown(at)


def test_a_plan_without_an_activity_is_not_approved(own: Store) -> None:
    header = Header(title="Plan", start=date(2024, 1, 1), end=date(2026, 12, 31))
    plan = service.open_plan(LOCAL, own, "KE", header)
    at = press(fill(show(plan=plan.id), "Approved by", "A. Director"), "Approve the plan")
    assert "The plan has no activity. Add what is to be done." in all_shown(at)


def test_the_head_approves_and_the_coordinator_does_not(own: Store, become: Become) -> None:
    plan = a_plan(own)
    become(COORDINATOR)
    at = show(plan=plan.id)
    assert "The head of the administration approves it." in all_shown(at)
    assert "Approve the plan" not in [one.label for one in at.button]
    become(HEAD)
    assert "Approve the plan" in [one.label for one in show(plan=plan.id).button]


def test_an_approved_plan_is_revised_with_a_reason(own: Store) -> None:
    plan = running(own)
    at = press(show(plan=plan.id), "Begin the next version")
    assert "Nothing says why the plan is revised. Give the reason." in all_shown(at)
    labelled(at.text_area, "Reason").set_value("The funder left.")
    at = press(at, "Begin the next version")
    assert "Revised because: The funder left." in all_shown(at)
    assert "version 2, draft" in all_shown(at)
    assert "Director General" in all_shown(at)


def test_a_plan_is_closed_and_opened_again(own: Store) -> None:
    plan = running(own)
    at = press(show(plan=plan.id), "Close the plan")
    assert "The plan is closed: nothing more is entered." in all_shown(at)
    assert "Take a table back" not in all_shown(at)
    press(at, "Open it again")
    assert service.find(LOCAL, own, plan.id).state == "approved"


def test_who_only_reads_sees_no_button_that_changes_anything(own: Store, become: Become) -> None:
    plan = running(own)
    become(OBSERVER)
    at = show(plan=plan.id)
    assert [one.label for one in at.button] == []
    assert "The coordinator of the administration revises it." in all_shown(at)
    assert "Excel" not in [one.value for one in at.subheader]


def test_other_plans_are_listed_with_the_ways_to_one_more(own: Store) -> None:
    a_plan(own, "KE", "The plan before")
    at = show(plan=a_plan(own).id)
    assert "The plan before" in all_shown(at)
    assert "Look at the gaps" in [one.label for one in at.button]


@pytest.mark.parametrize("maker", ["plan", "work-plan", "tracking"])
def test_the_files_of_a_plan_are_offered(maker: str, own: Store) -> None:
    plan = a_plan(own)
    markup = "".join(one.value for one in show(plan=plan.id).markdown)
    assert f'href="/files/{maker}.{plan.id}?' in markup
