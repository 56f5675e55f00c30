"""From gap to measure: what is suggested for weak practices, and the plan drafted from it."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.plans.checkup.checking import check, overload
from arusha.plans.drafting import Suggestion, draft, is_taken, suggestions
from arusha.plans.model import Activity, Goal, Header, Indicator, Link, Output, Plan
from arusha.plans.rules import Changes, after, faults_of_parts
from scoring.answers import Answer
from tests.plans.building import a_plan, activity, goal, header, status
from tests.plans.making import EDITION

TODAY = date(2021, 9, 15)
KEY, OTHER = "leadership.integrity_strategy", "leadership.example"
STEPS = ("absent", "designed", "partly", "throughout", "proven")


def answered(**steps: str) -> dict[str, Answer]:
    """Return answers of leadership practices by the last word of their id."""
    return {f"leadership.{name}": Answer(f"leadership.{name}", step) for name, step in steps.items()}


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new{next(numbers):06d}"


def drafted(picks: Any, plan: Plan | None = None, language: str = "en", **said: Any) -> Changes:
    head = plan.header if plan else header(**said)
    return draft(plan, head, picks, EDITION, language, TODAY, ids())


def planned(picks: Any, plan: Plan | None = None, language: str = "en", **said: Any) -> Plan:
    """Return the plan with what was drafted, which the rules take as it is."""
    before = plan or Plan("plan01", "XA", header(**said))
    now = after(before, drafted(picks, plan, language, **said))
    assert faults_of_parts(now, EDITION) == []
    return now


def suggested(*practices: str, language: str = "en", step: str = "absent") -> tuple[Suggestion, ...]:
    answers = {one: Answer(one, step) for one in practices or (KEY,)}
    assert answers.keys() <= EDITION.practices.keys()
    return suggestions(EDITION, answers, language)


def test_each_measure_of_a_weak_practice_is_suggested_with_its_next_step() -> None:
    first, *rest = suggestions(EDITION, answered(integrity_strategy="absent"), "en")
    assert first == Suggestion(
        KEY,
        "leadership",
        "absent",
        "designed",
        "measures_with_owners",
        "Give each measure of the strategy one owner, one date and one target",
        "Table of measures approved by the head",
        "Strategy measures with owner, date and target",
        "%",
        "up",
        3,
    )
    assert [one.measure for one in rest] == ["one_page_regional_plans", "strategy_review"]


def test_suggestions_speak_the_language_that_is_asked_for() -> None:
    (english, *_), (french, *_) = (suggested(KEY, language=language) for language in ("en", "fr"))
    assert french.title == EDITION.words("fr").practices[KEY].measures[french.measure].name
    assert (french.measure, french.months) == (english.measure, english.months)
    assert french.title != english.title
    assert suggested(KEY, language="xx") == suggested(KEY)


def test_the_weakest_come_first_and_key_practices_before_others_of_the_same_step() -> None:
    answers = answered(tone="absent", steering="absent", accountability="absent", line_managers="designed")
    order = list(dict.fromkeys(one.practice for one in suggestions(EDITION, answers, "en")))
    named = ["accountability", "tone", "steering", "line_managers"]
    assert order == [f"leadership.{name}" for name in named]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(KEY),
        Answer(KEY, "throughout"),
        Answer(KEY, "proven"),
        Answer(OTHER, "partly"),
        Answer(KEY, "absent", outside=True, reason="The ministry decides"),
        Answer(KEY, not_applicable=True, reason="No such office"),
    ],
)
def test_nothing_is_suggested_where_there_is_no_gap_of_customs_own(answer: Answer) -> None:
    assert suggestions(EDITION, {answer.practice: answer}, "en") == ()


def test_a_pick_becomes_goal_output_activity_and_indicator() -> None:
    first = suggested()[0]
    goal_, output_, activity_, indicator_ = drafted([first]).parts
    assert goal_ == Goal(
        id="new000001", number="1", title="Leadership and Commitment: reach the step “Designed”"
    )
    assert output_ == Output(id="new000002", within=goal_.id, title=first.output)
    assert activity_ == Activity(
        id="new000003",
        within=output_.id,
        number="1.1",
        title=first.title,
        start=date(2021, 10, 1),
        end=date(2022, 1, 31),  # three months would end on 31 December
        links=(Link(practice=KEY, step="designed", by=date(2022, 4, 30)),),
        measure="measures_with_owners",
    )
    assert indicator_ == Indicator(
        id="new000004",
        within=output_.id,
        title=first.indicator,
        unit="%",
        verification="\n".join(EDITION.words("en").practices[KEY].evidence),
    )


def test_an_indicator_keeps_its_direction() -> None:
    picks = suggested("leadership.outside_pressure")
    directions = {one.title: one.direction for one in planned(picks).indicators}
    assert directions[picks[0].indicator] == "ambiguous"
    assert directions[picks[1].indicator] == "up"


def test_a_factor_has_one_goal_and_its_activities_are_counted_in_it() -> None:
    plan = planned((*suggested(KEY, OTHER), *suggested("hr.vetting")))
    assert [(one.number, one.title) for one in plan.goals] == [
        ("1", "Leadership and Commitment: reach the step “Designed”"),
        ("2", "Human Resource Management: reach the step “Designed”"),
    ]
    numbers = [one.number for one in plan.activities]
    assert numbers == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3"]


def test_a_goal_of_the_plan_that_lifts_the_factor_already_is_taken() -> None:
    linked = activity(number="3.7", links=(Link(practice=OTHER, step="partly", by=date(2022, 1, 1)),))
    plan = planned(suggested()[:1], a_plan(goal(number="3"), linked))
    assert [one.id for one in plan.goals] == ["goal01"]
    assert [one.number for one in plan.activities] == ["3.7", "3.8"]


def test_a_goal_with_the_same_title_is_taken() -> None:
    titled = goal(title="leadership and  commitment: reach the step “designed”", number="A")
    plan = planned(suggested()[:1], a_plan(titled))
    assert [one.id for one in plan.goals] == ["goal01"]
    assert plan.activities[0].number == "A.1"


def test_a_new_goal_takes_the_next_number() -> None:
    plan = planned(suggested()[:1], a_plan(goal(number="4"), goal("goal02", number="B")))
    assert [one.number for one in plan.goals] == ["4", "B", "5"]


def test_numbers_too_long_to_print_are_left_out() -> None:
    linked = activity(links=(Link(practice=OTHER, step="partly", by=date(2022, 1, 1)),))
    plan = planned(suggested()[:1], a_plan(goal(number="9" * 19), linked))
    assert plan.activities[-1].number == ""


def test_nothing_that_stands_in_the_plan_changes() -> None:
    before = planned(suggested()[:2])
    changes = draft(before, before.header, suggested(KEY, OTHER), EDITION, "en", TODAY, other_ids())
    assert changes == Changes(parts=changes.parts)
    assert after(before, changes).parts == (*before.parts, *changes.parts)


def other_ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"other{next(numbers):06d}"


def test_a_measure_picked_twice_adds_nothing() -> None:
    pick = suggested()[0]
    once = planned([pick])
    assert drafted([pick, pick]).parts == drafted([pick]).parts
    assert drafted([pick], once).parts == ()
    assert is_taken(once, pick)
    assert not is_taken(once, suggested()[1])


def test_the_same_measure_of_another_practice_is_another_measure() -> None:
    shared = [
        one
        for practice in EDITION.practices
        for one in suggested(practice)
        if one.measure == "recheck_calendar"
    ]
    assert len(shared) == 2
    assert len(planned(shared).activities) == 2


def test_two_picks_with_one_output_share_it() -> None:
    one, other = suggested()[:2]
    plan = planned([one, Suggestion(**{**vars(other), "output": one.output.upper()})])
    assert [part.title for part in plan.parts if part.kind == "output"] == [one.output]
    assert len(plan.activities) == 2


def test_words_too_long_for_a_plan_end_with_a_sign() -> None:
    long = Suggestion(**{**vars(suggested()[0]), "title": "t" * 3_000, "unit": "u" * 61})
    plan = planned([long])
    assert plan.activities[0].title == "t" * 1_999 + "…"
    assert plan.indicators[0].unit == "u" * 59 + "…"


def test_the_owner_of_the_practice_becomes_responsible_where_the_plan_knows_one() -> None:
    known = planned(suggested()[:1], owners=("it", "planning"))
    assert known.activities[0].responsible == "planning"
    assert planned(suggested()[:1], owners=("it",)).activities[0].responsible == ""
    assert planned(suggested()[:1], owner="Planning").activities[0].responsible == "Planning"


def test_a_goal_bears_the_words_of_the_language() -> None:
    (french,) = planned(suggested(language="fr")[:1], language="fr").goals
    assert "Formalisé" in french.title


def test_the_draft_waits_until_its_owner_has_room() -> None:
    carried = [
        activity(f"busy{number:04d}", start=date(2021, 6, 1), end=date(2022, 2, 28), responsible="Planning")
        for number in range(2)
    ]
    plan = a_plan(goal(), *carried, owners=("Planning",), most_at_once=2)
    assert planned(suggested()[:1], plan).activities[-1].start == date(2022, 3, 1)
    rested = a_plan(
        goal(), *carried, owners=("Planning",), most_at_once=2, updates=[status("done", of="busy0000")]
    )
    assert planned(suggested()[:1], rested).activities[-1].start == date(2021, 10, 1)


def test_ends_are_spread_so_that_no_quarter_has_too_many() -> None:
    ends = [one.end for one in planned(suggested(KEY, OTHER), most_a_quarter=1, most_at_once=9).activities]
    quarters = [(end.year, (end.month - 1) // 3) for end in ends if end]
    assert len(set(quarters)) == len(ends) == 6


def test_a_plan_that_is_over_or_nearly_so_leaves_the_dates_open() -> None:
    over = planned(suggested()[:1], end=date(2021, 9, 30)).activities[0]
    assert (over.start, over.end, over.links[0].by) == (None, None, date(2021, 9, 30))


def test_a_draft_passes_the_check_but_for_what_only_people_know() -> None:
    plan = planned(suggested(KEY, OTHER), owners=("Planning", "Head of customs"))
    answers = {one: Answer(one, "absent") for one in (KEY, OTHER)}
    rules = {one.rule for one in check(plan, EDITION, answers, TODAY)}
    assert rules == {"no_baseline", "no_target", "goal_without_outcome"}


PICKS = suggestions(
    EDITION, {one: Answer(one, STEPS[number % 4]) for number, one in enumerate(EDITION.practices)}, "en"
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(PICKS), max_size=12),
    st.dates(date(2018, 1, 1), date(2026, 6, 1)),
    st.integers(1, 12),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_every_draft_obeys_the_rules_and_the_plan(
    picks: list[Suggestion], today: date, fiscal_start: int, most_at_once: int, most_a_quarter: int
) -> None:
    head: Header = header(fiscal_start=fiscal_start, most_at_once=most_at_once, most_a_quarter=most_a_quarter)
    plan = after(Plan("plan01", "XA", head), draft(None, head, picks, EDITION, "en", today, ids()))
    assert faults_of_parts(plan, EDITION) == []
    assert len(plan.activities) == len({(one.practice, one.measure) for one in picks})
    for one in plan.activities:
        assert head.start <= one.links[0].by <= head.end
        assert one.start is None or (one.end and today < one.start < one.end <= head.end)
    wanted = {"outside_plan", "overspent", "measure_without_gap", "without_indicator", "without_verification"}
    assert not wanted & {one.rule for one in check(plan, EDITION, None, today)}
    assert draft(plan, head, picks, EDITION, "en", today, other_ids()).parts == ()


def test_what_fits_into_the_limits_is_drafted_within_them() -> None:
    head: Header = header(most_a_quarter=2, most_at_once=3)
    plan = after(Plan("plan01", "XA", head), draft(None, head, PICKS[:12], EDITION, "en", TODAY, ids()))
    assert overload(plan, TODAY) == ()
