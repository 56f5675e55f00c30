"""Two clocks, activities done of those not dropped and benchmarks met of those due, and what they say."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from arusha.i18n import translator
from arusha.plans.model import STATUSES
from arusha.plans.progress.clocks import Clocks, clocks, said, scope_of, stands_still
from arusha.plans.progress.telling import told
from tests.plans.building import (
    a_plan,
    activity,
    actual,
    baseline,
    goal,
    indicator,
    outcome,
    output,
    status,
    target,
)

TODAY = date(2023, 2, 1)
T = translator("en")


def says(plan, part_id="", today=TODAY):
    return [told(T, *one) for one in said(plan, part_id, today)]


@given(st.lists(st.lists(st.sampled_from(STATUSES), max_size=6), min_size=1, max_size=4))
def test_the_clock_of_the_plan_is_the_sum_of_those_of_its_goals(states):
    parts, updates = [], []
    for number, several in enumerate(states):
        parts.append(goal(f"goal{number:02d}"))
        for place, state in enumerate(several):
            parts.append(activity(f"activity{number}x{place}", f"goal{number:02d}"))
            updates.append(status(state, of=parts[-1].id))
    plan = a_plan(*parts, updates=updates)
    each = [clocks(plan, one.id, TODAY) for one in plan.goals]
    whole = clocks(plan, "", TODAY)
    assert whole.done == sum(one.done for one in each) == sum(several.count("done") for several in states)
    assert whole.activities == sum(one.activities for one in each)
    assert whole.activities == sum(state != "dropped" for several in states for state in several)


def test_where_nothing_counts_there_is_no_share():
    assert clocks(a_plan(), "", TODAY) == Clocks(0, 0, 0, 0)
    assert Clocks(0, 0, 0, 0).done_share is None
    assert Clocks(0, 0, 0, 0).met_share is None
    assert clocks(a_plan(), "nobody", TODAY) == Clocks(0, 0, 0, 0)


def test_a_clock_shows_the_day_it_is_read_on():
    updates = [status("done", on=date(2022, 6, 1)), status("ongoing", on=date(2023, 6, 1))]
    plan = a_plan(goal(), activity(), updates=updates)
    days = [date(2022, 5, 31), date(2022, 6, 1), date(2023, 6, 1)]
    assert [clocks(plan, "", day).done for day in days] == [0, 1, 0]


def test_a_clock_counts_what_stands_deeper_within():
    parts = [goal(), outcome(), output(within="outcome01"), activity(within="output01")]
    parts.append(indicator(within="activity01"))
    plan = a_plan(
        *parts, goal("goal02"), figures=[target("2021", 5), actual("2021", 5)], updates=[status("done")]
    )
    for part_id in ("", "goal01", "outcome01", "output01", "activity01"):
        assert clocks(plan, part_id, TODAY) == Clocks(1, 1, 1, 1)
    assert clocks(plan, "goal02", TODAY) == Clocks(0, 0, 0, 0)
    assert clocks(plan, "indicator01", TODAY) == Clocks(0, 0, 1, 1)


def test_a_benchmark_missed_before_its_indicator_ended_counts_for_good():
    ended = indicator(ended=date(2021, 12, 31), ended_because="Replaced")
    plan = a_plan(goal(), ended, figures=[target("2021", 5), target("2022", 5)])
    assert clocks(plan, "goal01", TODAY) == Clocks(0, 0, 0, 1)


STILL = [
    baseline(0),
    target("2025", 100),
    target("2020", 50),
    *(actual(f"{year}", 5) for year in (2020, 2021, 2022)),
]


def still(*ids, states=("done",), titles=()):
    parts = [goal(), *(activity(f"activity{number}") for number in range(len(states)))]
    figures = []
    for one in ids:
        parts.append(indicator(one))
        figures += [replaced_subject(figure, one) for figure in STILL]
    updates = [status(state, of=f"activity{number}") for number, state in enumerate(states)]
    return a_plan(*parts, figures=figures, updates=updates)


def replaced_subject(figure, one):
    return type(figure)(one, figure.kind, figure.period, figure.value, figure.on, figure.source)


UNMOVED = "The indicator Indicator indicator01 has not moved for 24 months"


def test_an_indicator_that_stands_still_while_the_work_is_done_is_named():
    assert says(still("indicator01"))[:2] == [
        f"{UNMOVED}; all activities that should move it are done.",
        "Most of the work is done, and less than half of what it should change has changed.",
    ]
    most = still("indicator01", states=("done", "done", "done", "done", "paused"))
    assert says(most, "goal01")[0] == f"{UNMOVED}; 80% of the activities that should move it are done."


def test_many_that_stand_still_are_counted():
    assert says(still("indicator01", "indicator02", "indicator03"))[0] == (
        "The work is mostly done, and 3 indicators have not moved for 12 months or more."
    )


def test_standing_still_is_no_fault_while_the_work_goes_on():
    plan = still("indicator01", states=("done", "ongoing"))
    assert stands_still(plan, plan.indicators[0], TODAY) == 0
    assert says(plan) == []


def test_standing_still_is_no_fault_within_a_year_or_near_the_final_target():
    near = [baseline(0), target("2022", 100), actual("2020", 90), actual("2022", 90)]
    plan = a_plan(goal(), indicator(), activity(), figures=near, updates=[status("done")])
    assert stands_still(plan, plan.indicators[0], TODAY) == 0
    short = a_plan(
        goal(),
        indicator(every="quarter"),
        activity(),
        figures=[baseline(0), target("2022-Q4", 100), *(actual(f"2022-Q{n}", 5) for n in (1, 2, 3, 4))],
        updates=[status("done")],
    )
    assert stands_still(short, short.indicators[0], TODAY) == 0


def test_an_ambiguous_indicator_and_one_without_a_final_target_are_not_told_to_stand_still():
    for said_of_it, figures in (
        ({"direction": "ambiguous"}, STILL),
        ({}, [actual("2020", 5), actual("2022", 5)]),
    ):
        plan = a_plan(goal(), indicator(**said_of_it), activity(), figures=figures, updates=[status("done")])
        assert stands_still(plan, plan.indicators[0], TODAY) == 0


def test_one_that_ended_is_not_told_to_stand_still():
    ended = indicator(ended=date(2022, 12, 31), ended_because="Replaced")
    plan = a_plan(goal(), ended, activity(), figures=STILL, updates=[status("done")])
    assert not any("not moved" in sentence for sentence in says(plan))


def test_the_first_benchmark_to_come_is_named():
    plan = a_plan(goal(), indicator(), figures=[target("2025", 1), target("2024", 1)])
    assert says(plan) == ["No benchmark is due yet; the first is due on 31 December 2024."]


def test_values_that_are_missing_are_counted():
    plan = a_plan(goal(), indicator(), figures=[target("2020", 1), target("2021", 1)])
    assert says(plan) == ["Benchmarks past their day without a value: 2."]


def test_the_work_that_should_move_an_indicator_is_that_of_its_activity_or_its_goal():
    parts = [goal(), output(), activity(within="output01")]
    one, other = indicator(within="activity01"), indicator("indicator02", "output01")
    plan = a_plan(*parts, one, other)
    assert (scope_of(plan, one), scope_of(plan, other)) == ("activity01", "goal01")
