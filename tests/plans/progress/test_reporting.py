"""The year of an annual report: which work, benchmarks and words belong to it."""

from datetime import date

from arusha.plans.periods import period
from arusha.plans.progress.reporting import last_day, of_goals, said
from tests.plans.building import a_plan, activity, actual, goal, indicator, status, target, update

TODAY = date(2023, 3, 1)
YEAR = period("2022")


def work(*parts, updates=(), year=YEAR):
    (one,) = of_goals(a_plan(goal(), *parts, updates=updates), year, TODAY)
    return [(work.activity.id, work.status, work.done_on, work.is_late) for work in one.work]


def test_a_year_is_told_as_of_its_end_or_of_today() -> None:
    assert last_day(YEAR, TODAY) == date(2022, 12, 31)
    assert last_day(period("2023"), TODAY) == TODAY


def test_work_done_in_the_year_says_when() -> None:
    one = activity(start=date(2021, 1, 1), end=date(2022, 6, 30))
    assert work(one, updates=[status("done", date(2022, 5, 2))]) == [
        ("activity01", "done", date(2022, 5, 2), False)
    ]


def test_work_done_before_the_year_is_left_out() -> None:
    assert work(activity(start=date(2021, 1, 1)), updates=[status("done", date(2021, 12, 31))]) == []


def test_work_done_after_the_year_was_still_open_then() -> None:
    updates = [status("ongoing", date(2022, 1, 1)), status("done", date(2023, 2, 1))]
    one = activity(start=date(2021, 1, 1), end=date(2022, 6, 30))
    assert work(one, updates=updates) == [("activity01", "ongoing", None, True)]


def test_work_that_was_taken_up_again_stays_done_in_its_year() -> None:
    days = [date(2021, 5, 1), date(2023, 1, 10), date(2023, 2, 1)]
    told = zip(("done", "ongoing", "done"), days, strict=True)
    updates = [status(choice, day) for choice, day in told]
    one = activity(start=date(2021, 1, 1), end=date(2021, 6, 30))
    assert work(one, updates=updates, year=period("2021")) == [("activity01", "done", days[0], False)]
    assert work(one, updates=updates) == []
    assert work(one, updates=updates, year=period("2023")) == [("activity01", "done", days[2], False)]


def test_work_that_begins_later_is_left_out_unless_something_was_told_of_it() -> None:
    one = activity(start=date(2024, 1, 1))
    assert work(one) == []
    assert work(one, updates=[status("initiated", date(2022, 9, 1))]) != []


def test_what_was_dropped_before_is_left_out_and_what_was_dropped_in_the_year_stays() -> None:
    one = activity(start=date(2021, 1, 1), end=date(2022, 6, 30))
    assert work(one, updates=[status("dropped", date(2021, 9, 1))]) == []
    assert work(one, updates=[status("dropped", date(2022, 9, 1))]) == [
        ("activity01", "dropped", None, False)
    ]


def test_what_was_dropped_before_and_taken_up_in_the_year_is_told() -> None:
    one = activity(start=date(2021, 1, 1), end=date(2022, 6, 30))
    updates = [status("dropped", date(2021, 9, 1)), status("ongoing", date(2022, 4, 1))]
    assert work(one, updates=updates) == [("activity01", "ongoing", None, True)]


def test_of_each_indicator_the_last_benchmark_of_the_year_is_told() -> None:
    one = indicator(every="half")
    figures = [target("2022-H1", 1), target("2022-H2", 2), target("2023-H1", 3), actual("2022-H1", 1)]
    (found,) = of_goals(a_plan(goal(), one, figures=figures), YEAR, TODAY)
    assert [(who.id, bench.period.key) for who, bench in found.benchmarks] == [("indicator01", "2022-H2")]


def test_a_period_that_has_not_begun_is_not_told() -> None:
    one = indicator(every="quarter")
    figures = [target("2023-Q1", 1), target("2023-Q4", 4)]
    (found,) = of_goals(a_plan(goal(), one, figures=figures), period("2023"), TODAY)
    assert [bench.period.key for _, bench in found.benchmarks] == ["2023-Q1"]


def test_words_belong_to_the_year_of_their_day_newest_first() -> None:
    updates = [
        update("learned", "first", date(2022, 3, 1), "goal01"),
        update("learned", "second", date(2022, 9, 1), "activity01"),
        update("learned", "before", date(2021, 9, 1), "goal01"),
        update("learned", "of the whole", date(2022, 9, 1)),
    ]
    plan = a_plan(goal(), activity(), updates=updates)
    assert [one.text for one in said(plan, "goal01", YEAR)["learned"]] == ["second", "first"]
    assert [one.text for one in said(plan, "", YEAR)["learned"]] == ["of the whole"]
    assert said(plan, "", YEAR)["reached"] == ()
