"""The page of one part of a plan: each field saves by itself, and what is refused stays as it was typed."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access import gate
from arusha.access.roles import Role
from arusha.access.rules import LOCAL, Actor
from arusha.plans import service
from arusha.plans.editing import with_field
from arusha.plans.model import Activity, Plan
from arusha.plans.pages.places import HEAD
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.assessments.consenting import person
from tests.assessments.pages.using import labelled, press, run
from tests.furnishing import EDITION, PRACTICES
from tests.plans.pages.running import running
from tests.visiting import all_shown, refusals, visit, went_wrong

PAGE = "plans/pages/plan.py"
COLLEAGUE = person(Role.COORDINATOR, "KE")
QUESTIONS = EDITION.words("en").practices


@pytest.fixture
def draft(own: Store) -> Plan:
    """Return a plan that is still a draft."""
    return running(own, state="draft")


def show(plan: Plan, part: str) -> AppTest:
    """Open the page of a part; nothing may go wrong."""
    at = visit(PAGE, plan=plan.id, part=part)
    assert went_wrong(at) == []
    assert refusals(at) == []
    return at


def now(store: Store, plan: Plan, part: str) -> Activity:
    """Return an activity as it is kept."""
    found = service.find(LOCAL, store, plan.id).by_id[part]
    assert isinstance(found, Activity)
    return found


def write(at: AppTest, kind: str, label: str, value: object) -> AppTest:
    """Write into the one field of a label and leave it."""
    labelled(getattr(at, kind), label).set_value(value)
    return run(at)


def elsewhere(
    store: Store, plan: Plan, part: str, name: str, value: object, actor: Actor = COLLEAGUE
) -> None:
    """Change a field as somebody else does."""
    found = service.find(actor, store, plan.id).by_id[part]
    service.change(actor, store, plan.id, Changes(parts=(with_field(found, name, value),)))


def test_every_part_has_a_page_with_its_way_and_its_history(draft: Plan) -> None:
    for part in draft.parts:
        at = show(draft, part.id)
        assert labelled(at.text_input, "Title").value == part.title
        assert "Version 1," in history(at, part.id)


def history(at: AppTest, part: str) -> str:
    """Open the history of a part, which is looked up only then; return what the page says."""
    at.session_state[f"history_{part}"] = True
    return all_shown(run(at))


@pytest.mark.parametrize(
    ("kind", "label", "value", "name", "kept"),
    [
        ("text_input", "Title", "  Build it well ", "title", "Build it well"),
        ("text_input", "Number", "7.7", "number", "7.7"),
        ("text_area", "Stakeholders", "Brokers,\n• carriers", "stakeholders", "Brokers,\n• carriers"),
        ("selectbox", "Responsible", "Ombudsman", "responsible", "Ombudsman"),
        ("selectbox", "Stands within", "goal02", "within", "goal02"),
        ("date_input", "Begins", date(2024, 3, 1), "start", date(2024, 3, 1)),
        ("date_input", "Ends", None, "end", None),
        ("multiselect", "Comes after", ["posters"], "after", ("posters",)),
    ],
)
def test_a_field_of_an_activity_saves_when_it_is_left(
    kind: str, label: str, value: object, name: str, kept: object, own: Store, draft: Plan
) -> None:
    at = write(show(draft, "register"), kind, label, value)
    assert getattr(now(own, draft, "register"), name) == kept
    assert "✓ Saved" in all_shown(at)
    assert service.history(LOCAL, own, draft.id, "register")[0].version == 2


def test_a_field_left_as_it_was_makes_no_version(own: Store, draft: Plan) -> None:
    write(show(draft, "register"), "text_input", "Title", "Build the register ")
    assert service.find(LOCAL, own, draft.id).revisions["register"] == 1


@pytest.mark.parametrize(
    ("part", "kind", "label", "value", "name", "kept"),
    [
        ("goal01", "text_area", "Expected impact", "Trust", "impact", "Trust"),
        ("goal01", "text_area", "Assumptions: what has to hold", "Pay", "assumptions", "Pay"),
        ("output01", "text_area", "Risks: what may prevent it", "Cuts", "risks", "Cuts"),
        ("nothing", "text_input", "Unit", "posts", "unit", "posts"),
        ("nothing", "selectbox", "Direction", "down", "direction", "down"),
        ("nothing", "selectbox", "A value for each", "quarter", "every", "quarter"),
        ("nothing", "checkbox", "Values of the periods add up", True, "cumulative", True),
        ("heard1", "selectbox", "To be read beside", "trained", "read_with", "trained"),
    ],
)
def test_a_field_of_a_result_or_an_indicator_saves(
    part: str, kind: str, label: str, value: object, name: str, kept: object, own: Store, draft: Plan
) -> None:
    write(show(draft, part), kind, label, value)
    assert getattr(service.find(LOCAL, own, draft.id).by_id[part], name) == kept


def test_a_refused_field_keeps_what_was_typed_and_says_what_is_kept(own: Store, draft: Plan) -> None:
    at = write(show(draft, "register"), "date_input", "Ends", date(2020, 1, 1))
    said = all_shown(at)
    assert "Not saved. It ends on 1 Jan 2020, before it starts on" in said
    assert "Put the dates in order." in said
    assert "Kept is: 30 Jun" in said
    assert labelled(at.date_input, "Ends").value == date(2020, 1, 1)
    assert now(own, draft, "register").end == draft.by_id["register"].end  # type: ignore[union-attr]
    at = press(at, "Show what is kept")
    assert labelled(at.date_input, "Ends").value == now(own, draft, "register").end
    assert "Not saved." not in all_shown(at)


def test_a_refused_field_can_be_tried_again(own: Store, draft: Plan) -> None:
    at = write(show(draft, "posters"), "text_input", "Title", "Train the desk")
    assert "The same text stands here twice, also as 2.1 Train the desk." in all_shown(at)
    elsewhere(own, draft, "training", "title", "Train every desk")
    at = press(at, "Try again")
    assert now(own, draft, "posters").title == "Train the desk"
    assert "Not saved." not in all_shown(at)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x" * 2_001, "The text is longer than 2000 characters. Shorten it."),
        ("a\x00b", "The text holds a character that cannot be written. Type the text again."),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_at_its_field(
    value: str, said: str, own: Store, draft: Plan
) -> None:
    at = write(show(draft, "register"), "text_input", "Title", value)
    assert said in all_shown(at)
    assert now(own, draft, "register").title == "Build the register"


def test_a_circle_of_dependencies_is_refused(own: Store, draft: Plan) -> None:
    elsewhere(own, draft, "reviews", "after", ("register",))
    at = write(show(draft, "register"), "multiselect", "Comes after", ["reviews"])
    assert "Activities wait for one another in a circle" in all_shown(at)
    assert now(own, draft, "register").after == ()


def test_a_field_that_somebody_else_changed_meanwhile_is_refused_and_both_texts_stay(
    own: Store, draft: Plan
) -> None:
    at = show(draft, "register")
    elsewhere(own, draft, "register", "title", "Their title")
    at = write(at, "text_input", "Title", "My title")
    said = all_shown(at)
    assert "changed this at" in said
    assert "after you opened it." in said
    assert "Kept is: Their title" in said
    assert labelled(at.text_input, "Title").value == "My title"
    press(at, "Try again")
    assert now(own, draft, "register").title == "My title"


def test_another_field_that_somebody_else_changed_meanwhile_is_no_hindrance(own: Store, draft: Plan) -> None:
    at = show(draft, "register")
    elsewhere(own, draft, "register", "title", "Their title")
    at = write(at, "text_input", "Number", "9.9")
    assert (now(own, draft, "register").title, now(own, draft, "register").number) == ("Their title", "9.9")
    assert labelled(at.text_input, "Title").value == "Their title"


def test_a_part_removed_meanwhile_is_told(own: Store, draft: Plan) -> None:
    at = show(draft, "register")
    service.change(COLLEAGUE, own, draft.id, Changes(removed=("register",)))
    at = write(at, "text_input", "Title", "My title")
    assert "not in this plan any more" in all_shown(at)


# Lists of an activity


def test_milestones_are_written_row_by_row(own: Store, draft: Plan) -> None:
    at = press(show(draft, "register"), "Add a milestone")
    at = write(at, "text_input", "Milestone", "First entry")
    at = write(at, "date_input", "Due", date(2024, 5, 1))
    write(at, "date_input", "Reached", date(2024, 5, 3))
    (one,) = now(own, draft, "register").milestones
    assert (one.title, one.due, one.reached) == ("First entry", date(2024, 5, 1), date(2024, 5, 3))


def test_a_milestone_needs_its_day(own: Store, draft: Plan) -> None:
    at = press(show(draft, "register"), "Add a milestone")
    at = write(at, "date_input", "Due", None)
    assert "This cannot be kept here. Give another value." in all_shown(at)
    assert now(own, draft, "register").milestones[0].due is not None


def test_a_row_is_removed(own: Store, draft: Plan) -> None:
    at = press(show(draft, "register"), "Add a milestone")
    next(one for one in at.button if str(one.key).endswith("take-away")).click()
    run(at)
    assert now(own, draft, "register").milestones == ()


def test_budget_lines_are_written_and_what_was_spent_is_entered(own: Store, draft: Plan) -> None:
    at = press(show(draft, "register"), "Add a budget line")
    at = write(write(at, "text_input", "Budget line", "Servers"), "text_input", "Funder", "A-CIP")
    at = write(at, "number_input", "Amount", 1200.5)
    (line,) = now(own, draft, "register").budget
    assert (line.title, line.funder, line.amount) == ("Servers", "A-CIP", 1200.5)
    at = press(at, "Enter the spending")
    assert [one.value for one in at.error] == ["Give the amount and the day."]
    at = press(write(at, "number_input", "Spent", 300.0), "Enter the spending")
    assert "Servers: 300 spent of 1,200.5." in all_shown(at)
    at = press(write(at, "number_input", "Spent", 400.0), "Enter the spending")
    assert "nothing says why. Give a reason; both values are kept." in all_shown(at)
    assert labelled(at.number_input, "Spent").value == 400.0
    at = write(at, "text_input", "Why it takes the place of the earlier value", "A late bill")
    assert "Servers: 400 spent of 1,200.5." in all_shown(press(at, "Enter the spending"))


def test_support_is_asked_for(own: Store, draft: Plan) -> None:
    at = press(show(draft, "register"), "Ask for support")
    at = write(write(at, "selectbox", "Kind", "training"), "text_input", "From whom", "WCO")
    write(at, "text_input", "What", "Risk analysis")
    (one,) = now(own, draft, "register").support
    assert (one.kind, one.whom, one.title) == ("training", "WCO", "Risk analysis")


def test_a_practice_is_linked_with_the_step_after_the_present_one(own: Store, draft: Plan) -> None:
    practice = PRACTICES[6]  # answered at its second step
    at = write(show(draft, "register"), "selectbox", "Add a practice", practice)
    (link,) = now(own, draft, "register").links
    steps = [step.id for step in EDITION.scale_of(EDITION.practices[practice]).steps]
    assert (link.practice, link.step) == (practice, steps[2])
    assert "Answered in the round: Designed" in all_shown(at)
    at = write(write(at, "selectbox", "Step to reach", steps[4]), "date_input", "By", date(2026, 1, 1))
    (link,) = now(own, draft, "register").links
    assert (link.step, link.by) == (steps[4], date(2026, 1, 1))


# Adding, removing


def test_parts_are_added_where_they_may_stand_with_the_next_number(own: Store, draft: Plan) -> None:
    at = show(draft, "goal02")
    labelled(at.text_input, "Title of the new part").set_value("Answer every complaint")
    at = press(run(at), "Add an activity")
    added = service.find(LOCAL, own, draft.id).activities[-1]
    assert (added.number, added.within, added.title) == ("2.3", "goal02", "Answer every complaint")
    assert "Activity: 2.3 · Answer every complaint" in all_shown(at)


def test_a_part_without_a_title_is_not_added(own: Store, draft: Plan) -> None:
    at = press(show(draft, "goal02"), "Add an output")
    assert [one.value for one in at.error] == ["Write the title first."]
    assert len(service.find(LOCAL, own, draft.id).parts) == len(draft.parts)


def test_a_part_that_stands_there_already_is_not_added_twice(draft: Plan) -> None:
    at = show(draft, "goal02")
    labelled(at.text_input, "Title of the new part").set_value("Hang posters")
    at = press(run(at), "Add an activity")
    assert "The same text stands here twice" in all_shown(at)


def test_a_goal_is_added_to_the_plan(own: Store, draft: Plan) -> None:
    at = visit(PAGE, plan=draft.id)
    labelled(at.text_input, "Title of the new part").set_value("Posts rotate")
    press(run(at), "Add a goal")
    assert [goal.number for goal in service.find(LOCAL, own, draft.id).goals] == ["1", "2", "3"]


def test_what_is_removed_can_be_put_back_with_everything_within_it(own: Store, draft: Plan) -> None:
    at = show(draft, "goal01")
    label = next(one.label for one in at.button if one.label.startswith("Remove it and"))
    assert label == "Remove it and 5 parts within it"
    at = press(at, label)
    assert [goal.id for goal in service.find(LOCAL, own, draft.id).goals] == ["goal02"]
    assert "Removed: 1 · Discretion is used openly" in all_shown(at)
    at = press(at, "Put it back")
    assert set(service.find(LOCAL, own, draft.id).by_id) == set(draft.by_id)
    assert "Removed:" not in all_shown(at)
    said = history(at, "goal01")
    assert "It was removed." in said
    assert "It was put back." in said


def test_the_history_says_what_changed_and_who_did_it(own: Store, draft: Plan) -> None:
    elsewhere(own, draft, "register", "title", "Their title")
    said = history(show(draft, "register"), "register")
    assert "Title: Build the register → Their title" in said
    assert "It was added." in said
    assert COLLEAGUE.id in said


# Status


def test_a_status_is_entered_with_its_day_and_earlier_ones_stay(own: Store, draft: Plan) -> None:
    at = show(draft, "reviews")
    at.segmented_control[0].set_value("paused")
    at = write(run(at), "text_area", "What happened", "The reviewer left.\nWe look for one.")
    at = press(write(at, "date_input", "As of", date(2026, 2, 1)), "Enter the status")
    plan = service.find(LOCAL, own, draft.id)
    assert plan.entries("reviews", "status")[-1].text == "The reviewer left.\nWe look for one."
    said = all_shown(at)
    assert "Now: paused" in said
    assert "The reviewer left." in said
    entries = [one.value for one in at.markdown if 'class="entry"' in one.value]
    assert ["paused" in entries[0], "ongoing" in entries[1]] == [True, True]


def test_a_status_needs_its_day(draft: Plan) -> None:
    at = press(write(show(draft, "reviews"), "date_input", "As of", None), "Enter the status")
    assert [one.value for one in at.error] == ["Give the day."]


# Where nothing may be changed


@pytest.mark.parametrize("state", ["approved", "closed"])
def test_what_was_planned_is_only_read_when_the_plan_is_no_draft(state: str, own: Store) -> None:
    plan = running(own, state=state)
    for part in plan.parts:
        at = show(plan, part.id)
        assert part.title in all_shown(at)
        assert "Title" not in [one.label for one in at.text_input]
        assert not [one for one in at.button if one.label.startswith("Remove")]
    at = show(plan, "training")
    assert QUESTIONS[PRACTICES[0]].question in all_shown(at)
    assert ("Enter the status" in [one.label for one in at.button]) == (state == "approved")


def test_who_only_reads_has_no_field(own: Store, draft: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LOCAL", person(Role.OBSERVER, "KE"))
    for part in ("training", "overrides", HEAD):
        at = show(draft, part)
        assert not at.button
        assert not at.text_input
    assert own.name


# The plan as a whole


def test_the_head_of_the_plan_saves_field_by_field(own: Store, draft: Plan) -> None:
    at = show(draft, HEAD)
    at = write(at, "text_area", "Owners", "Risk office\nOmbudsman\n\nRisk office\nAudit")
    at = write(
        write(at, "text_input", "Currency", "USD"), "number_input", "Most activities of one owner at once", 3
    )
    at = write(at, "selectbox", "Its years begin in", 7)  # its figures are of years that begin in January
    assert "Keep the month in which its years begin, or begin another plan." in all_shown(at)
    head = service.find(LOCAL, own, draft.id).header
    assert head.owners == ("Risk office", "Ombudsman", "Audit")
    assert (head.currency, head.most_at_once, head.fiscal_start) == ("USD", 3, 1)


@pytest.mark.parametrize(
    ("kind", "label", "value", "said"),
    [
        ("text_input", "Title of the plan", "", "The plan has no title. Give it one."),
        ("text_input", "Currency", "dollars", "This cannot be kept here. Give another value."),
        ("date_input", "Last day", date(1999, 1, 1), "Put the dates in order."),
        ("text_area", "Owners", "Risk office", "Ombudsman is not among the owners of this plan."),
    ],
)
def test_a_fault_of_the_head_is_told_at_its_field(
    kind: str, label: str, value: object, said: str, own: Store, draft: Plan
) -> None:
    if label == "Owners":
        elsewhere(own, draft, "training", "responsible", "Ombudsman")
    at = write(show(draft, HEAD), kind, label, value)
    assert said in all_shown(at)
    assert labelled(getattr(at, kind), label).value == value
    assert service.find(LOCAL, own, draft.id).header == draft.header
