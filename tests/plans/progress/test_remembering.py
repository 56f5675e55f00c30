"""What was worked out about a plan is worked out once, and leaves with the plan."""

from copy import deepcopy
from dataclasses import replace

from arusha.plans.progress.remembering import remembered
from tests.plans.building import a_plan

calls = []


@remembered
def counted(plan, word, times=1):
    calls.append(word)
    return [plan.id] * times


def test_each_thing_is_worked_out_once_for_a_plan():
    calls.clear()
    plan = a_plan()
    assert counted(plan, "one") is counted(plan, "one")
    assert counted(plan, "two", times=2) == ["plan01", "plan01"]
    assert calls == ["one", "two"]


def test_another_plan_is_asked_anew():
    calls.clear()
    plan = a_plan()
    counted(plan, "one")
    assert counted(replace(plan, id="plan02"), "one") == ["plan02"]
    assert calls == ["one", "one"]


def test_what_is_remembered_is_no_part_of_the_plan():
    plan = a_plan()
    counted(plan, "one")
    assert plan == a_plan()
    assert deepcopy(plan) == plan
