"""The page Benchmarks: what it shows of all indicators and of one, and what can be entered there."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.frames import row_of
from arusha.plans.model import Indicator, Plan
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.assessments.pages.using import choose, labelled, press, run
from tests.plans.building import indicator
from tests.plans.pages.running import GOALS, NAME, TODAY, YEAR, running
from tests.visiting import all_shown, refusals, visit, went_wrong

PAGE = "plans/pages/benchmarks.py"


def shown(plan: Plan, **query: str) -> AppTest:
    """Open the page for a plan; nothing may go wrong."""
    at = visit(PAGE, plan=plan.id, **query)
    assert went_wrong(at) == []
    return at


def of(plan: Plan, name: str = "overrides") -> Indicator:
    """Return an indicator of a plan."""
    found = plan.by_id[name]
    assert isinstance(found, Indicator)
    return found


def test_without_a_plan_the_page_says_so(own: Store) -> None:
    assert "There is no action plan yet." in all_shown(visit(PAGE))


def test_a_plan_that_is_not_there_is_refused(own: Store) -> None:
    assert "There is no plan with this id" in refusals(visit(PAGE, plan="ke2020-none"))[0]


def test_every_indicator_has_a_row_with_its_figures_and_its_reading(own: Store) -> None:
    plan = running(own)
    said = all_shown(shown(plan))
    for one in plan.indicators:
        assert one.title in said
    for wanted in ("a · % · ↑", "b · hours · ↓", "c · posts · ambiguous · adds up", "e · no unit · ↑"):
        assert wanted in said
    assert f"33 against 44 due in {YEAR - 1}-H2" in said
    assert "read with care" in said
    assert "It has no target to be judged by." in said


def test_both_clocks_stand_above_the_rows(own: Store) -> None:
    said = all_shown(shown(running(own)))
    assert "1 of 4 activities" in said
    assert "25%" in said
    assert "Benchmarks due that are met" in said
    assert "Benchmarks past their day without a value" in said


def test_a_goal_and_an_owner_can_be_looked_at_alone(own: Store) -> None:
    plan = running(own)
    at = choose(shown(plan), "Goal", "goal02")
    assert NAME not in all_shown(at)
    assert "Officers trained" in all_shown(at)
    at = choose(choose(at, "Goal", ""), "Responsible", "Risk office")
    assert NAME in all_shown(at)
    assert "Officers trained" not in all_shown(at)
    at = choose(at, "Goal", "goal02")
    assert "No indicator is of this goal and of who is chosen." in all_shown(at)


def test_an_earlier_year_shows_what_was_known_at_its_end(own: Store) -> None:
    plan = running(own)
    at = choose(shown(plan), "Year", YEAR - 2)
    assert f"21 against 28 due in {YEAR - 2}-H2" in all_shown(at)
    assert "0 of 4 activities" in all_shown(at)


def test_a_plan_without_indicators_says_what_to_do(own: Store) -> None:
    plan = running(own, state="draft")
    gone = tuple(one.id for one in plan.indicators)
    service.change(LOCAL, own, plan.id, Changes(removed=gone))
    assert "The plan has no indicator yet. Add one on the page Action plan." in all_shown(shown(plan))


def test_an_indicator_is_told_in_full(own: Store) -> None:
    plan = running(own)
    at = shown(plan, indicator="overrides")
    assert at.title[0].value == rf"a · {NAME}"
    said = all_shown(at)
    ahead = row_of(plan, of(plan), TODAY).path.forecast
    assert ahead is not None
    assert f"(from {ahead.points} actuals)" in said
    for wanted in ("Risk office", "up: more is better", "Baseline 12", "due, no value", "All entries"):
        assert wanted in said
    assert "The operator of this computer" in said


def test_too_few_points_are_said(own: Store) -> None:
    said = all_shown(shown(running(own), indicator="release"))
    assert "No forecast: it needs at least four actuals" in said


def test_an_indicator_without_figures_has_no_chart(own: Store) -> None:
    said = all_shown(shown(running(own), indicator="nothing"))
    assert "There is no target and no actual yet." in said
    assert "Nothing was entered yet." in said


def test_a_part_that_is_no_indicator_leads_to_all_of_them(own: Store) -> None:
    assert shown(running(own), indicator="register").title[0].value == "Benchmarks"


def test_an_actual_is_entered_for_the_period_that_waits(own: Store) -> None:
    plan = running(own)
    at = shown(plan, indicator="overrides")
    assert labelled(at.selectbox, "Period").value == f"{YEAR}-H1"
    labelled(at.number_input, "Value").set_value(38.5)
    labelled(at.text_input, "Source").set_value("Register")
    at = press(at, "Save the value")
    assert "Saved: 38.5." in all_shown(at)
    found = service.find(LOCAL, own, plan.id).figure("overrides", "actual", f"{YEAR}-H1")
    assert found is not None
    assert (found.value, found.source, found.on) == (38.5, "Register", date(YEAR, 6, 30))
    assert labelled(at.number_input, "Value").value is None


def test_a_refused_value_stays_typed_with_the_reason(own: Store) -> None:
    plan = running(own)
    at = shown(plan, indicator="overrides")
    labelled(at.number_input, "Value").set_value(120.0)
    at = press(at, "Save the value")
    assert "is not between 0 and 100" in refusals(at)[0]
    assert labelled(at.number_input, "Value").value == 120.0
    assert service.find(LOCAL, own, plan.id).figure("overrides", "actual", f"{YEAR}-H1") is None


def test_nothing_typed_is_no_value(own: Store) -> None:
    plan = running(own)
    at = press(shown(plan, indicator="overrides"), "Save the value")
    assert [one.value for one in at.error] == ["The value is missing. Type a number."]
    assert service.find(LOCAL, own, plan.id).figures == plan.figures


def test_a_value_takes_the_place_of_another_only_with_a_reason(own: Store) -> None:
    plan = running(own)
    at = choose(shown(plan, indicator="overrides"), "Period", f"{YEAR - 1}-H2")
    assert "33 is there already; a new value needs a reason, and both are kept." in all_shown(at)
    labelled(at.number_input, "Value").set_value(35.0)
    at = press(at, "Save the value")
    assert "It takes the place of another value, and nothing says why" in refusals(at)[0]
    labelled(at.text_input, "Reason for the new value").set_value("Two offices reported late.")
    at = press(at, "Save the value")
    assert refusals(at) == []
    both = [f.value for f in service.find(LOCAL, own, plan.id).figures if f.subject == "overrides"][-1:]
    assert both == [35.0]
    assert "Two offices reported late." in all_shown(at)
    assert "replaced" in all_shown(at)


def test_a_value_can_be_taken_back(own: Store) -> None:
    plan = running(own)
    at = choose(shown(plan, indicator="overrides"), "Period", f"{YEAR - 1}-H2")
    labelled(at.text_input, "Reason for the new value").set_value("It was another office's.")
    at = press(at, "Take it back")
    assert "The value was taken back." in all_shown(at)
    assert service.find(LOCAL, own, plan.id).figure("overrides", "actual", f"{YEAR - 1}-H2") is None


def test_targets_and_the_baseline_wait_for_a_draft(own: Store) -> None:
    at = shown(running(own), indicator="overrides")
    assert "Targets and the baseline can be changed while the plan is a draft." in all_shown(at)
    assert [one.label for one in at.expander] == ["Set the standing by hand…"]


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [("target", 5.0, "goes against the direction"), ("baseline", 200.0, "is not between 0 and 100")],
)
def test_a_draft_takes_targets_and_baselines_and_refuses_wrong_ones(
    kind: str, value: float, why: str, own: Store
) -> None:
    plan = running(own, state="draft")
    at = shown(plan, indicator="overrides")
    at.button_group[0].set_value(kind)
    at = run(at)
    labelled(at.number_input, "Value").set_value(value)
    labelled(at.text_input, "Source").set_value("Register")
    labelled(at.text_input, "Reason for the new value").set_value("Counted anew.")
    at = press(at, "Save the value")
    assert why in refusals(at)[0]
    labelled(at.number_input, "Value").set_value(14.0 if kind == "baseline" else 60.0)
    at = press(at, "Save the value")
    assert refusals(at) == []
    assert "Counted anew." in all_shown(at)


def test_a_closed_plan_is_only_read(own: Store) -> None:
    at = shown(running(own, state="closed"), indicator="overrides")
    assert "All entries" in all_shown(at)
    assert not at.number_input


def _opened(plan: Plan) -> AppTest:
    at = shown(plan, indicator="overrides")
    at.session_state["replace"] = True
    return run(at)


def test_an_indicator_is_revised_with_a_reason_and_keeps_its_figures(own: Store) -> None:
    plan = running(own, state="draft")
    at = _opened(plan)
    labelled(at.text_area, "Indicator").set_value("Overrides that a reviewer can follow")
    at = press(at, "Revise the indicator")
    assert "Nothing says why the indicator is changed" in refusals(at)[0]
    assert labelled(at.text_area, "Indicator").value == "Overrides that a reviewer can follow"
    labelled(at.text_input, "Reason").set_value("Said better.")
    at = press(at, "Revise the indicator")
    assert refusals(at) == []
    now = service.find(LOCAL, own, plan.id)
    assert of(now).title == "Overrides that a reviewer can follow"
    assert now.figures == plan.figures
    assert [one.reason for one in service.history(LOCAL, own, plan.id, "overrides")] == ["Said better.", ""]


def test_an_indicator_in_the_place_of_another_begins_anew_and_the_old_one_stays(own: Store) -> None:
    plan = running(own, state="draft")
    at = _opened(plan)
    labelled(at.radio, "What changes").set_value("other")
    at = run(at)
    labelled(at.text_area, "Indicator").set_value("Points closed to the end")
    labelled(at.text_input, "Reason").set_value("It measured the form only.")
    at = press(at, "Replace the indicator")
    assert refusals(at) == []
    now = service.find(LOCAL, own, plan.id)
    new = next(one for one in now.indicators if one.replaces == "overrides")
    assert (of(now).ended, of(now).ended_because) == (TODAY, "It measured the form only.")
    assert at.query_params["indicator"] in (new.id, [new.id])
    assert at.title[0].value.endswith("Points closed to the end")


def test_what_was_replaced_stands_below_with_the_reason_and_what_follows(own: Store) -> None:
    plan = running(own, state="draft")
    ended = of(plan).model_copy(
        update={"ended": date(YEAR - 1, 12, 31), "ended_because": "A meeting is no change."}
    )
    after = indicator("closed1", GOALS[0].id, title="Points closed", unit="%", replaces="overrides")
    service.change(LOCAL, own, plan.id, Changes((ended, after)))
    said = all_shown(shown(plan))
    assert "1 indicator was replaced or ended" in said
    assert "A meeting is no change. In its place: Points closed." in said


def _overriding(plan: Plan) -> AppTest:
    at = shown(plan, indicator="release")
    at.session_state["override_release"] = True
    return run(at)


def test_a_standing_is_set_by_hand_only_with_a_reason_and_lifted_again(own: Store) -> None:
    plan = running(own)
    at = _overriding(plan)
    assert "The rule says: off track." in all_shown(at)
    labelled(at.selectbox, "Standing").set_value("at_risk")
    at = press(at, "Set the standing")
    assert "The entry says nothing" in refusals(at)[0]
    labelled(at.text_input, "Reason").set_value("The scanner came late.")
    at = press(at, "Set the standing")
    said = all_shown(at)
    assert "Set by hand: The scanner came late." in said
    assert "at risk" in said
    assert "26 against 22 due" in said
    at = _overriding(plan)
    labelled(at.selectbox, "Standing").set_value("")
    labelled(at.text_input, "Reason").set_value("It works now.")
    at = press(at, "Set the standing")
    assert "Set by hand" not in all_shown(at)
    entries = service.find(LOCAL, own, plan.id).entries("release", "override")
    assert [(one.choice, one.text) for one in entries] == [
        ("at_risk", "The scanner came late."),
        ("", "It works now."),
    ]
