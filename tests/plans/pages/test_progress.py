"""The page Progress: a year of a plan to read, and to complete in its place."""

from datetime import date

from streamlit.testing.v1 import AppTest

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.store import Store
from tests.assessments.pages.using import labelled, run
from tests.plans.pages.running import TODAY, YEAR, running
from tests.visiting import all_shown, refusals, visit, went_wrong

PAGE = "plans/pages/progress.py"


def shown(plan: Plan) -> AppTest:
    """Open the page for a plan; nothing may go wrong."""
    at = visit(PAGE, plan=plan.id)
    assert went_wrong(at) == []
    return at


def of_year(at: AppTest, year: int) -> AppTest:
    """Choose a year."""
    next(one for one in at.button_group if one.key == "progress_year").set_value(year)
    return run(at)


def test_without_a_plan_the_page_says_so(own: Store) -> None:
    assert "There is no action plan yet." in all_shown(visit(PAGE))


def test_a_year_tells_what_was_planned_done_reached_and_learned(own: Store) -> None:
    said = all_shown(of_year(shown(running(own)), YEAR - 1))
    assert "Planned: 2. Done in this year: 1." in said
    assert f"done on 2 May {YEAR - 1}" in said
    assert "Reviewers need a quiet hour." in said
    assert "Move the register to the regions." in said
    for wanted in ("Overrides with a recorded reason", "missed", "met", "off track", "on track"):
        assert wanted in said


def test_what_another_year_brought_is_not_told_in_this_one(own: Store) -> None:
    said = all_shown(of_year(shown(running(own)), YEAR - 2))
    assert "Reviewers need a quiet hour." not in said
    assert "Done in this year: 0." in said


def test_the_outcome_line_stands_where_it_is_typed(own: Store) -> None:
    plan = running(own)
    at = of_year(shown(plan), YEAR - 1)
    line = next(one for one in at.text_area if one.value == "Every second override has a reason.")
    line.set_value("Two of three overrides have a reason.")
    at = run(at)
    entries = service.find(LOCAL, own, plan.id).entries("goal01", "reached")
    assert [one.text for one in entries] == [
        "Every second override has a reason.",
        "Two of three overrides have a reason.",
    ]
    assert entries[-1].on == date(YEAR - 1, 12, 31)
    assert "Every second override has a reason." in all_shown(at)


def test_an_outcome_line_of_this_year_bears_todays_day(own: Store) -> None:
    plan = running(own)
    at = shown(plan)
    at.text_area[0].set_value("The register is used in all regions.")
    run(at)
    assert service.find(LOCAL, own, plan.id).entries("goal01", "reached")[-1].on == TODAY


def test_leaving_a_line_as_it_is_adds_nothing(own: Store) -> None:
    plan = running(own)
    at = of_year(shown(plan), YEAR - 1)
    at.text_area[0].set_value(at.text_area[0].value + " ")
    run(at)
    assert service.find(LOCAL, own, plan.id).updates == plan.updates


def test_a_refused_line_stays_typed_with_the_reason(own: Store) -> None:
    plan = running(own)
    at = of_year(shown(plan), YEAR - 1)
    at.text_area[0].set_value("")
    at = run(at)
    assert "Not saved. The entry says nothing." in all_shown(at)
    assert at.text_area[0].value == ""
    assert service.find(LOCAL, own, plan.id).updates == plan.updates


def test_more_is_added_when_it_is_wanted(own: Store) -> None:
    plan = running(own)
    at = shown(plan)
    at.session_state["report_goal02"] = True
    at = run(at)
    labelled(at.text_area, "What was learned").set_value("People read posters.")
    at = run(at)
    entry = service.find(LOCAL, own, plan.id).entries("goal02", "learned")[-1]
    assert (entry.text, entry.on) == ("People read posters.", TODAY)
    assert labelled(at.text_area, "What was learned").value == ""
    assert "People read posters." in all_shown(at)


def test_a_closed_plan_is_only_read(own: Store) -> None:
    at = of_year(shown(running(own, state="closed")), YEAR - 1)
    assert not at.text_area
    assert "Every second override has a reason." in all_shown(at)
    assert "Nothing is said yet of what was reached." in all_shown(at)


def test_the_projected_profile_leads_from_now_to_the_target(own: Store) -> None:
    at = shown(running(own))
    said = all_shown(at)
    assert "What the plan would make of it" in said
    assert f"By 31 Dec {YEAR + 2} the plan would lift" in said
    assert "by " in said
    assert "target" in said


def test_the_plan_is_taken_away_from_here(own: Store) -> None:
    plan = running(own)
    assert any(f"/files/plan.{plan.id}" in one.value for one in shown(plan).markdown)


def test_a_foreign_id_is_refused(own: Store) -> None:
    assert refusals(visit(PAGE, plan="nobodys"))
