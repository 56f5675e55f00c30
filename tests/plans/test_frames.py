"""Plans reshaped for pages: the years, who answers for an indicator, its path, the period that waits."""

from datetime import date
from math import isfinite

from hypothesis import given

from arusha.plans import frames
from arusha.plans.model import Indicator
from tests.plans.building import a_plan, activity, actual, baseline, goal, indicator, target
from tests.plans.generated import TODAY as SOME_DAY
from tests.plans.generated import plans

TODAY = date(2023, 3, 1)


def test_years_are_those_that_have_begun() -> None:
    assert [year.label for year in frames.years(a_plan(), TODAY)] == ["2020", "2021", "2022", "2023"]
    assert [year.label for year in frames.years(a_plan(), date(2030, 1, 1))][-1] == "2025"
    assert [year.label for year in frames.years(a_plan(), date(2010, 1, 1))] == ["2020"]


def test_fiscal_years_bear_both_years() -> None:
    plan = a_plan(fiscal_start=7, start=date(2020, 7, 1), end=date(2023, 6, 30))
    assert [year.label for year in frames.years(plan, TODAY)] == ["2020/21", "2021/22", "2022/23"]


def test_an_indicator_without_an_owner_has_that_of_what_it_measures() -> None:
    plan = a_plan(
        goal(owner="Head"),
        activity(responsible="Desk"),
        indicator("first1", "activity01"),
        indicator("second", "goal01"),
        indicator("third1", "goal01", owner="Audit"),
        owner="Unit",
        owners=("Head", "Desk", "Audit"),
    )
    assert [frames.owner_of(plan, one) for one in plan.indicators] == ["Desk", "Head", "Audit"]
    assert frames.owner_of(a_plan(goal(), indicator(), owner="Unit"), indicator()) == "Unit"


def test_indicators_are_chosen_by_goal_and_owner() -> None:
    plan = a_plan(
        goal(), goal("goal02"), indicator("first1", "goal01", owner="A"), indicator("second", "goal02")
    )
    assert [one.id for one in frames.chosen(plan)] == ["first1", "second"]
    assert [one.id for one in frames.chosen(plan, "goal02")] == ["second"]
    assert [one.id for one in frames.chosen(plan, owner="A")] == ["first1"]
    assert frames.chosen(plan, "goal02", "A") == ()


def test_a_path_begins_at_the_baseline() -> None:
    figures = [baseline(10), target("2020", 20), target("2021", 30), actual("2020", 18)]
    path = frames.path_of(a_plan(goal(), indicator(), figures=figures), indicator(), TODAY)
    first = (date(2019, 12, 31), 10.0)
    assert path.targets == (first, (date(2020, 12, 31), 20), (date(2021, 12, 31), 30))
    assert path.actuals == (first, (date(2020, 12, 31), 18))
    assert (path.start, path.end) == (date(2019, 12, 31), date(2025, 12, 31))


def test_a_sum_begins_at_nothing_and_adds_up() -> None:
    one = indicator(cumulative=True)
    figures = [baseline(10), target("2020", 20), target("2021", 30), actual("2020", 18), actual("2021", 5)]
    path = frames.path_of(a_plan(goal(), one, figures=figures), one, TODAY)
    assert [value for _, value in path.targets] == [0, 20, 50]
    assert [value for _, value in path.actuals] == [0, 18, 23]


def test_a_very_old_baseline_does_not_press_the_plan_into_a_corner() -> None:
    plan = a_plan(goal(), indicator(), figures=[baseline(10, date(2000, 1, 1))])
    assert frames.span(plan)[0].year == 2017


def test_what_was_measured_before_stands_apart_with_its_end() -> None:
    first = indicator("first1", ended=date(2021, 12, 31), ended_because="Not measurable.")
    second = indicator("second", replaces="first1", ended=date(2022, 12, 31), ended_because="Too dear.")
    third = indicator("third1", replaces="second")
    figures = [baseline(1, of="first1"), actual("2020", 2, "first1"), actual("2022", 3, "second")]
    plan = a_plan(goal(), first, second, third, figures=figures)
    path = frames.path_of(plan, third, TODAY)
    assert [one.id for one, _ in path.earlier] == ["first1", "second"]
    assert [value for _, value in path.earlier[0][1]] == [1, 2]
    assert path.actuals == ()


def test_a_circle_of_replacements_ends() -> None:
    plan = a_plan(goal(), indicator("first1", replaces="second"), indicator("second", replaces="first1"))
    for one in plan.indicators:
        assert len(frames.path_of(plan, one, TODAY).earlier) == 1


def test_the_period_that_waits_is_the_oldest_without_a_value() -> None:
    one = indicator(every="half")
    figures = [target("2020-H1", 1), actual("2020-H1", 1), actual("2021-H1", 1)]
    plan = a_plan(goal(), one, figures=figures)
    assert frames.next_period(plan, one, TODAY).key == "2020-H2"


def test_an_indicator_that_began_later_waits_for_nothing_before() -> None:
    figures = [target("2022", 1), target("2023", 2)]
    plan = a_plan(goal(), indicator(), figures=figures)
    assert frames.next_period(plan, indicator(), TODAY).key == "2022"


def test_when_nothing_waits_it_is_the_period_of_today() -> None:
    figures = [target("2022", 1), actual("2022", 1)]
    plan = a_plan(goal(), indicator(), figures=figures)
    assert frames.next_period(plan, indicator(), TODAY).key == "2023"
    assert frames.next_period(plan, indicator(), date(2030, 1, 1)).key == "2023"


def test_who_ended_today_has_not_ended_before() -> None:
    one = indicator(ended=TODAY, ended_because="Replaced.")
    assert not frames.has_ended(one, TODAY)
    assert frames.has_ended(one, date(2023, 3, 2))


@given(plans())
def test_every_indicator_of_every_plan_has_a_row(plan) -> None:
    for one in plan.indicators:
        row = frames.row_of(plan, one, SOME_DAY)
        assert isinstance(row.indicator, Indicator)
        assert all(isfinite(value) for value in row.path.values)
        assert row.path.start <= row.path.end
