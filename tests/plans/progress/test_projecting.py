"""What planned steps make of the profile, and what the next round says of them."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.plans.model import Activity, Link, Plan
from arusha.plans.progress.projecting import VERDICTS, outcomes, path, projected, verdict
from questionnaires.model import Questionnaire
from scoring.answers import Answer
from scoring.profile import score
from tests.plans.building import a_plan, activity, goal, status
from tests.scoring.building import Asked, built
from tests.scoring.strategies import assessments

TODAY = date(2021, 9, 15)
ASKED = built({"care": [Asked(), Asked()]})
NOW = {"care.p1": Answer("care.p1", "s1"), "care.p2": Answer("care.p2", "s3")}


def link(step: str = "s2", by: date = date(2022, 3, 31), practice: str = "care.p1") -> Link:
    return Link(practice=practice, step=step, by=by)


def lifting(*links: Link, end: date | None = date(2021, 12, 31), name: str = "activity01") -> Activity:
    return activity(name, end=end, links=links or (link(),))


def steps(plan: Plan, on: date, today: date | None = TODAY) -> list[str | None]:
    """Return the projected steps of both practices on a day."""
    answers = projected(plan, ASKED, NOW, on, today)
    return [answers[practice].step for practice in ASKED.practices]


def test_a_practice_stands_at_its_planned_step_from_the_planned_day_on() -> None:
    plan = a_plan(goal(), lifting())
    assert steps(plan, date(2022, 3, 30)) == ["s1", "s3"]
    assert steps(plan, date(2022, 3, 31)) == ["s2", "s3"]


def test_the_best_of_several_planned_steps_counts() -> None:
    early, late = link("s4", date(2022, 6, 30)), link("s2", date(2023, 6, 30))
    plan = a_plan(goal(), lifting(late, early))
    assert steps(plan, date(2022, 6, 30)) == ["s4", "s3"]
    assert steps(plan, date(2024, 1, 1)) == ["s4", "s3"]


def test_a_planned_step_below_the_present_one_changes_nothing() -> None:
    plan = a_plan(goal(), lifting(link("s2", practice="care.p2")))
    assert steps(plan, date(2025, 1, 1)) == ["s1", "s3"]


@pytest.mark.parametrize("choice", ["dropped", "paused"])
def test_an_activity_that_was_stopped_promises_nothing(choice: str) -> None:
    plan = a_plan(goal(), lifting(), updates=[status(choice, text="No money")])
    assert steps(plan, date(2025, 1, 1)) == ["s1", "s3"]


def test_a_late_activity_moves_its_steps_by_the_days_it_is_late() -> None:
    plan = a_plan(goal(), lifting(end=date(2021, 9, 5)))  # ten days late
    assert steps(plan, date(2022, 4, 9)) == ["s1", "s3"]
    assert steps(plan, date(2022, 4, 10)) == ["s2", "s3"]
    assert steps(plan, date(2022, 3, 31), today=None) == ["s2", "s3"]


def test_an_activity_that_ends_today_is_not_late() -> None:
    assert steps(a_plan(goal(), lifting(end=TODAY)), date(2022, 3, 31)) == ["s2", "s3"]


def test_a_done_activity_keeps_its_day_however_late_it_was() -> None:
    plan = a_plan(goal(), lifting(end=date(2021, 1, 31)), updates=[status("done", date(2021, 8, 31))])
    assert steps(plan, date(2022, 3, 30)) == ["s1", "s3"]
    assert steps(plan, date(2022, 3, 31)) == ["s2", "s3"]


@pytest.mark.parametrize("end", [date(2021, 12, 31), date(2021, 3, 1), None])
def test_what_is_not_done_has_changed_nothing_yet(end: date | None) -> None:
    plan = a_plan(goal(), lifting(link(by=date(2021, 3, 1)), end=end))
    assert steps(plan, TODAY) == ["s1", "s3"]
    assert steps(plan, TODAY + timedelta(days=1)) == ["s2", "s3"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer("care.p1"),
        Answer("care.p1", reason="Audit under way"),
        Answer("care.p1", not_applicable=True, reason="No such office"),
    ],
)
def test_a_plan_answers_no_question(answer: Answer) -> None:
    plan = a_plan(goal(), lifting())
    assert projected(plan, ASKED, {"care.p1": answer}, date(2025, 1, 1)) == {"care.p1": answer}
    assert projected(plan, ASKED, {}, date(2025, 1, 1)) == {}


def test_what_else_an_answer_says_is_kept() -> None:
    said = Answer("care.p1", "s0", outside=True, reason="The ministry decides", note="Seen on site")
    after = projected(a_plan(goal(), lifting()), ASKED, {"care.p1": said}, date(2025, 1, 1))["care.p1"]
    assert (after.step, after.outside, after.reason, after.note) == (
        "s2",
        True,
        "The ministry decides",
        "Seen on site",
    )


def test_links_into_another_edition_are_passed_over() -> None:
    plan = a_plan(goal(), lifting(link(practice="care.p9"), link("proven")))
    assert steps(plan, date(2025, 1, 1)) == ["s1", "s3"]
    assert outcomes(plan, ASKED, NOW, NOW, date(2025, 1, 1))[0].verdict == "not_asked"


def test_the_path_goes_from_today_over_each_year_to_the_end_of_the_plan() -> None:
    plan = a_plan(goal(), lifting(), end=date(2024, 6, 30))
    days = [one.on for one in path(plan, ASKED, NOW, TODAY)]
    assert days == [TODAY, date(2021, 12, 31), date(2022, 12, 31), date(2023, 12, 31), date(2024, 6, 30)]


def test_the_path_follows_fiscal_years_and_is_only_today_once_the_plan_is_over() -> None:
    plan = a_plan(goal(), end=date(2022, 12, 31), fiscal_start=4)
    assert [one.on for one in path(plan, ASKED, NOW, TODAY)] == [
        TODAY,
        date(2022, 3, 31),
        date(2022, 12, 31),
    ]
    assert [one.on for one in path(plan, ASKED, NOW, date(2023, 1, 1))] == [date(2023, 1, 1)]


def test_the_path_scores_as_worked_by_hand() -> None:
    # Two practices of weight 1: (0.25 + 0.75) / 2 = 0.5 today, (0.5 + 0.75) / 2 = 0.625 once p1 is at s2.
    values = [one.profile.overall.value for one in path(a_plan(goal(), lifting()), ASKED, NOW, TODAY)]
    assert values == [0.5, 0.5, 0.625, 0.625, 0.625, 0.625]


def test_a_late_activity_moves_the_curve() -> None:
    plan = a_plan(goal(), lifting(link(by=date(2021, 12, 31)), end=date(2021, 6, 30)))
    on_time, late = (path(plan, ASKED, NOW, today) for today in (date(2021, 6, 30), TODAY))
    assert [one.profile.overall.value for one in on_time][1] == 0.625
    assert [one.profile.overall.value for one in late][1] == 0.5


@pytest.mark.parametrize(
    ("before", "planned", "answered", "expected"),
    [
        (1, 2, 2, "reached"),
        (1, 2, 4, "reached"),
        (1, 3, 2, "partly"),
        (1, 2, 1, "unchanged"),
        (1, 2, 0, "fell"),
        (4, 2, 3, "fell"),  # above the plan, and yet lower than it was
        (3, 2, 3, "reached"),
        (1, 2, None, "not_asked"),
        (None, 2, 2, "reached"),
        (None, 2, 1, "not_asked"),
        (1, None, 2, "not_asked"),
    ],
)
def test_a_round_says_what_became_of_a_step(
    before: int | None, planned: int | None, answered: int | None, expected: str
) -> None:
    assert verdict(before, planned, answered) == expected
    assert expected in VERDICTS


def test_outcomes_tell_what_was_planned_and_what_was_answered() -> None:
    done = status("done", date(2022, 1, 15))
    plan = a_plan(goal(), lifting(link("s3")), updates=[done])
    answered = {"care.p1": Answer("care.p1", "s2")}
    (one,) = outcomes(plan, ASKED, NOW, answered, date(2022, 4, 1))
    assert (one.practice, one.activity, one.planned, one.by) == (
        "care.p1",
        "activity01",
        "s3",
        date(2022, 3, 31),
    )
    assert (one.before, one.answered, one.verdict, one.done) == ("s1", "s2", "partly", True)


def test_only_what_was_planned_by_the_round_is_compared() -> None:
    plan = a_plan(goal(), lifting(link(by=date(2022, 3, 31)), link("s3", date(2022, 4, 1))))
    assert [one.planned for one in outcomes(plan, ASKED, NOW, NOW, date(2022, 3, 31))] == ["s2"]


def test_a_dropped_activity_is_left_out_and_a_late_one_stands_as_not_done() -> None:
    both = (lifting(), lifting(name="activity02"))
    dropped = status("dropped", date(2022, 2, 1), text="No money")
    done_later = status("done", date(2022, 5, 1), of="activity02")
    plan = a_plan(goal(), *both, updates=[dropped, done_later])
    (one,) = outcomes(plan, ASKED, NOW, NOW, date(2022, 4, 1))
    assert (one.activity, one.done, one.verdict) == ("activity02", False, "unchanged")


@st.composite
def planned(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Answer], Plan]:
    """Draw an assessment and a plan with links into it, late, done, stopped or unknown ones among them."""
    questionnaire, answers = draw(assessments())
    parts, updates = [], []
    practices = [*questionnaire.practices, "f0.unknown"]
    links = st.builds(
        Link,
        practice=st.sampled_from(practices),
        step=st.sampled_from([f"s{number}" for number in range(7)]),
        by=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    )
    for number in range(draw(st.integers(0, 5))):
        end = draw(st.none() | st.dates(date(2020, 1, 1), date(2025, 12, 31)))
        parts.append(activity(f"act{number:05d}", end=end, links=tuple(draw(st.lists(links, max_size=4)))))
        choice = draw(st.sampled_from(["", "done", "paused", "dropped", "ongoing"]))
        updates += [status(choice, of=f"act{number:05d}")] if choice else []
    given_ = {answer.practice: answer for answer in answers}
    return questionnaire, given_, a_plan(goal(), *parts, updates=updates)


DAYS = st.dates(date(2019, 1, 1), date(2030, 1, 1))


def numbers(questionnaire: Questionnaire, answers: dict[str, Answer]) -> dict[str, int]:
    scales = {name: questionnaire.scale_of(one).numbers for name, one in questionnaire.practices.items()}
    return {name: scales[name][one.step] for name, one in answers.items() if one.step is not None}


@settings(max_examples=150, deadline=None)
@given(planned(), DAYS, DAYS, st.none() | DAYS)
def test_projecting_lowers_no_step_and_later_days_stand_no_lower(
    drawn: tuple[Questionnaire, dict[str, Answer], Plan], one: date, other: date, today: date | None
) -> None:
    questionnaire, answers, plan = drawn
    early, late = (projected(plan, questionnaire, answers, day, today) for day in sorted((one, other)))
    now, then, later = (numbers(questionnaire, given_) for given_ in (answers, early, late))
    assert now.keys() == then.keys() == later.keys()
    assert all(now[name] <= then[name] <= later[name] for name in now)
    assert list(late) == list(answers)


@settings(max_examples=80, deadline=None)
@given(planned(), DAYS)
def test_the_path_never_falls(drawn: tuple[Questionnaire, dict[str, Answer], Plan], today: date) -> None:
    questionnaire, answers, plan = drawn
    values = [one.profile.overall.value for one in path(plan, questionnaire, answers, today)]
    known = [value for value in values if value is not None]
    assert len(known) in (0, len(values))
    assert all(later >= earlier - 1e-12 for earlier, later in itertools.pairwise(known))


@settings(max_examples=60, deadline=None)
@given(assessments(), DAYS)
def test_without_links_the_path_is_the_score_of_the_answers(
    drawn: tuple[Questionnaire, tuple[Answer, ...]], today: date
) -> None:
    questionnaire, answers = drawn
    now = score(questionnaire, answers)
    given_ = {answer.practice: answer for answer in answers}
    plan = a_plan(goal(), activity(end=date(2021, 1, 1)))
    assert all(one.profile == now for one in path(plan, questionnaire, given_, today))
