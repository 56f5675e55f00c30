"""A standing follows from the published rule, says why with figures, and gives way to an override."""

from dataclasses import replace
from datetime import date
from string import Formatter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arusha.i18n import translator
from arusha.plans.progress.standings import NAMES, READ_WITH_CARE, of_goal, of_indicator, of_plan
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
    override,
    status,
    target,
)

YEARS = [f"{year}" for year in range(2020, 2026)]
TODAY = date(2022, 2, 1)
VALUES = st.lists(st.none() | st.integers(-50, 50), min_size=6, max_size=6)
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
T = translator("en")


def read(figures, today=TODAY, parts=(), updates=(), **said):
    """Return the reading of an indicator with these figures."""
    one = indicator(**said)
    return of_indicator(a_plan(goal(), one, *parts, figures=figures, updates=updates), one, today)


def sentence(reading):
    return told(T, reading.sentence, reading.values)


def entered(targets, actuals, begin=3):
    return [
        baseline(begin),
        *(target(key, value) for key, value in zip(YEARS, targets, strict=True) if value is not None),
        *(actual(key, value) for key, value in zip(YEARS, actuals, strict=True) if value is not None),
    ]


@given(VALUES, VALUES, DAYS, st.sampled_from(["done", "ongoing"]))
def test_mirrored_directions_have_the_same_standing(targets, actuals, today, state):
    assume([value for value in targets if value is not None][-1:] != [0])  # zero is where forecasts are held
    figures = entered(targets, actuals)
    turned = [replace(figure, value=-figure.value) for figure in figures]
    work = {"parts": [activity()], "updates": [status(state)]}
    up, down = read(figures, today, direction="up", **work), read(turned, today, direction="down", **work)
    assert (up.computed, up.sentence) == (down.computed, down.sentence)


@given(VALUES, VALUES, DAYS, st.booleans(), st.sampled_from(["up", "down", "ambiguous"]), st.booleans())
def test_every_sentence_is_filled_by_its_values(targets, actuals, today, cumulative, direction, is_done):
    work = {"parts": [activity()], "updates": [status("done")] if is_done else []}
    found = read(entered(targets, actuals), today, cumulative=cumulative, direction=direction, **work)
    needed = {name for _, name, _, _ in Formatter().parse(found.sentence) if name}
    assert needed <= set(found.values)
    assert "None" not in sentence(found)
    assert found.standing in NAMES
    if direction == "ambiguous":
        assert (found.computed, found.name) == ("no_data", READ_WITH_CARE)


@given(VALUES, VALUES, DAYS, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_in_which_places_are_entered_does_not_matter(targets, actuals, today, cumulative, chance):
    figures = entered(targets, actuals)
    shuffled = chance.sample(figures, len(figures))
    assert read(figures, today, cumulative=cumulative) == read(shuffled, today, cumulative=cumulative)


@pytest.mark.parametrize(
    ("reached", "standing"),
    [(20, "on_track"), (19, "on_track"), (18.9, "at_risk"), (16, "at_risk"), (15.9, "off_track")],
)
def test_the_shares_of_the_way_are_exact(reached, standing):
    assert read([baseline(10), target("2021", 20), actual("2021", reached)]).standing == standing


@pytest.mark.parametrize(
    ("reached", "standing"), [(0.18, "on_track"), (0.179, "at_risk"), (0.12, "at_risk"), (0.119, "off_track")]
)
def test_a_tenth_that_has_no_exact_binary_form_does_not_decide(reached, standing):
    assert 1 - abs(0.2 - 0.18) / 0.2 < 0.9
    assert read([baseline(0), target("2021", 0.2), actual("2021", reached)]).standing == standing


def test_the_newest_due_benchmark_with_an_actual_is_judged():
    figures = [baseline(0), target("2020", 10), actual("2020", 10), target("2021", 20)]
    assert sentence(read(figures)) == "10 against 10 due in 2020."
    assert sentence(read([*figures, actual("2021", 5)])) == "5 against 20 due in 2021."


def test_a_value_of_a_target_that_is_not_due_is_not_judged():
    figures = [baseline(0), target("2021", 10), actual("2021", 10), target("2022", 20)]
    assert read([*figures, actual("2022", 1, on=TODAY)]).standing == "on_track"


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ([], "It has no target to be judged by."),
        ([actual("2021", 5)], "It has no target to be judged by."),
        ([target("2025", 5), actual("2021", 5)], "No benchmark of it is due yet."),
        (
            [target("2020", 5), target("2021", 5)],
            "No benchmark that is due has a value; the first was due on 31 December 2020.",
        ),
        (
            [target("2020", 5), actual("2021", 5)],
            "No benchmark that is due has a value; the first was due on 31 December 2020.",
        ),
    ],
)
def test_without_data_the_sentence_says_what_is_missing(figures, says):
    found = read(figures)
    assert (found.standing, sentence(found)) == ("no_data", says)


def test_a_quarterly_value_is_old_after_three_more_quarters():
    figures = [baseline(0), target("2021-Q1", 5), actual("2021-Q1", 5)]
    assert read(figures, date(2021, 12, 31), every="quarter").standing == "on_track"
    found = read(figures, date(2022, 1, 1), every="quarter")
    assert (found.standing, sentence(found)) == (
        "no_data",
        "The newest value is that of 2021-Q1; nothing newer is known.",
    )


def test_after_the_end_of_the_plan_no_time_passes():
    figures = [baseline(0), target("2023", 5), actual("2023", 5)]
    assert read(figures, date(2040, 1, 1)).standing == "on_track"


def test_an_indicator_that_ended_stands_where_it_stood():
    figures = [baseline(0), target("2020", 5), actual("2020", 5), target("2023", 90)]
    ended = {"ended": date(2021, 6, 30), "ended_because": "Replaced"}
    assert read(figures, date(2025, 1, 1)).standing == "no_data"
    assert read(figures, date(2025, 1, 1), **ended).standing == "on_track"


STILL = [baseline(0), target("2025", 100), target("2020", 5), *(actual(year, 5) for year in YEARS[:3])]


def test_one_activity_is_all_the_work_of_an_indicator_within_it():
    parts = [activity(), activity("activity02"), activity("activity03")]
    done = [status("done")]
    found = read(STILL, date(2023, 2, 1), parts, done, within="activity01")
    assert found.standing == "off_track"
    assert sentence(found) == "All activities are done; the indicator has not moved for 24 months."
    assert read(STILL, date(2023, 2, 1), parts, done).standing == "on_track"


def test_an_indicator_of_an_output_should_move_with_the_work_of_the_goal():
    parts = [outcome(), output(within="outcome01"), *(activity(f"activity{n}", "output01") for n in range(5))]
    done = [status("done", of=f"activity{n}") for n in range(4)]
    found = read(STILL, date(2023, 2, 1), parts, done, within="output01")
    assert sentence(found) == "80% of the activities are done; the indicator has not moved for 24 months."


def test_work_that_is_done_later_did_not_keep_an_indicator_still_before():
    late = [status("done", on=date(2024, 1, 1))]
    assert read(STILL, date(2023, 2, 1), [activity()], late).standing == "on_track"


def test_a_total_with_gaps_is_said_to_be_at_least_so_much():
    figures = [target("2020", 5), target("2021", 5), actual("2021", 9)]
    found = read(figures, cumulative=True)
    assert found.standing == "on_track"
    assert sentence(found) == "At least 9 against 10 due in 2021; values are missing."


def test_an_ambiguous_indicator_names_the_one_to_read_beside_it():
    one = indicator(direction="ambiguous", read_with="indicator02")
    other = indicator("indicator02", title="Investigated within 60 days", unit="%")
    plan = a_plan(goal(), one, other, figures=[actual("2021", 310), actual("2021", 55, of="indicator02")])
    assert sentence(of_indicator(plan, one, TODAY)) == (
        "310 in 2021; read it with “Investigated within 60 days”: 55 in 2021."
    )
    alone = a_plan(goal(), one, other, figures=[actual("2021", 310)])
    assert sentence(of_indicator(alone, one, TODAY)) == (
        "310 in 2021; read it with “Investigated within 60 days”, which has no value yet."
    )
    empty = of_indicator(a_plan(goal(), one, other), one, TODAY)
    assert (sentence(empty), empty.name) == ("It has no value yet.", READ_WITH_CARE)


MISSED = [baseline(10), target("2021", 20), actual("2021", 10)]


def test_an_override_sets_what_is_shown_and_keeps_what_was_computed():
    found = read(MISSED, updates=[override("on_track", "The register was closed", of="indicator01")])
    assert (found.standing, found.computed, found.name) == ("on_track", "off_track", "on track")
    assert found.override.text == "The register was closed"
    assert sentence(found) == "10 against 20 due in 2021."


def test_the_newest_override_holds_until_it_is_lifted():
    first = override("on_track", on=date(2021, 1, 1), of="indicator01")
    second = override("at_risk", on=date(2021, 5, 1), of="indicator01")
    lifted = override("", on=date(2021, 9, 1), of="indicator01")
    assert read(MISSED, updates=[second, first]).standing == "at_risk"
    found = read(MISSED, updates=[first, second, lifted])
    assert (found.standing, found.override) == ("off_track", None)


def test_an_override_does_not_hold_before_its_day():
    later = override("on_track", on=date(2022, 2, 2), of="indicator01")
    assert read(MISSED, updates=[later]).override is None


def test_an_override_of_an_ambiguous_indicator_is_called_what_it_is():
    found = read([], updates=[override("at_risk", of="indicator01")], direction="ambiguous")
    assert found.name == "at risk"


def goals_reading(parts, figures=(), updates=(), today=TODAY):
    plan = a_plan(goal(), *parts, figures=figures, updates=updates)
    return of_goal(plan, plan.goals[0], today)


def test_a_goal_names_the_indicator_that_decides():
    parts = [indicator(title="Overrides with a reason"), indicator("indicator02", "activity01"), activity()]
    figures = [*MISSED, target("2021", 5, of="indicator02"), actual("2021", 5, of="indicator02")]
    assert sentence(goals_reading(parts, figures)) == (
        "On track: 1, at risk: 0, off track: 1, no data: 0. The worst decides: Overrides with a reason."
    )


def test_a_goal_whose_indicators_are_on_track_says_how_many():
    parts = [indicator(), indicator("indicator02")]
    found = goals_reading(parts, [target("2021", 5), actual("2021", 5)])
    assert (found.standing, sentence(found)) == ("on_track", "Indicators on track: 1, without data: 1.")


def test_an_indicator_that_has_ended_does_not_count_for_its_goal():
    ended = indicator(ended=date(2022, 1, 31), ended_because="Replaced")
    found = goals_reading([ended], MISSED)
    assert (found.standing, sentence(found)) == ("no_data", "It has no indicator that is still followed.")
    assert goals_reading([ended], MISSED, today=date(2022, 1, 31)).standing == "off_track"


def test_a_goal_without_a_judged_indicator_has_no_data():
    assert sentence(goals_reading([indicator()])) == "None of its indicators can be judged yet."


def test_an_override_of_a_goal_counts_for_the_plan():
    plan = a_plan(goal(), indicator(), figures=MISSED, updates=[override("on_track", of="goal01")])
    found = of_goal(plan, plan.goals[0], TODAY)
    assert (found.standing, found.computed) == ("on_track", "off_track")
    whole = of_plan(plan, TODAY)
    assert (whole.standing, sentence(whole)) == (
        "on_track",
        "Goals on track: 1, at risk: 0, off track: 0, without data: 0.",
    )


def test_a_plan_without_data_says_so():
    found = of_plan(a_plan(), TODAY)
    assert (found.standing, sentence(found)) == ("no_data", "None of its goals can be judged yet.")


def test_an_override_of_the_plan_holds_for_the_plan():
    found = of_plan(a_plan(updates=[override("at_risk", "The funder has left")]), TODAY)
    assert (found.standing, found.computed, found.override.text) == (
        "at_risk",
        "no_data",
        "The funder has left",
    )
