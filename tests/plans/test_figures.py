"""Charts of plans show the very values that the pure modules work out."""

from datetime import date
from itertools import pairwise

import pytest

from arusha.assessments.figures import Ahead, Reading, ladder
from arusha.i18n import translator
from arusha.plans import figures, frames
from arusha.plans.model import Link
from arusha.plans.progress.projecting import path
from arusha.ui import theme
from scoring.answers import Answer
from tests.furnishing import EDITION, PRACTICES, answered, whole
from tests.plans.building import a_plan, activity, actual, baseline, goal, indicator, target

TODAY = date(2023, 3, 1)
T = translator("en")
DRAWN = figures.Drawn(T, theme.LIGHT)
ACTUALS = [actual(key, value) for key, value in (("2020", 20), ("2021", 31), ("2022", 39))]
HALVES = [actual(f"{y}-H{h}", 10 * (y - 2020) + 5 * h) for y in (2020, 2021, 2022) for h in (1, 2)]


def traces(one, *figures_of, parts=()):
    plan = a_plan(goal(), one, *parts, figures=figures_of)
    drawn = figures.indicator(frames.path_of(plan, one, TODAY), one, DRAWN)
    return {trace.name: trace for trace in drawn.data}, drawn


def test_targets_and_actuals_are_drawn_as_they_are() -> None:
    found, _ = traces(indicator(), baseline(10), target("2020", 22), target("2025", 90), *ACTUALS)
    assert list(found["actual"].y) == [10, 20, 31, 39]
    assert list(found["targets"].y) == [10, 22, 90]
    assert found["targets"].line.dash == "dash"


def test_the_forecast_opens_from_the_last_actual_to_its_range() -> None:
    one = indicator(every="half")
    plan = a_plan(goal(), one, figures=HALVES)
    ahead = frames.path_of(plan, one, TODAY).forecast
    found, _ = traces(one, *HALVES)
    fan = found["range of the forecast"]
    assert ahead is not None
    assert list(fan.y) == [30, ahead.high, ahead.low, 30]
    assert list(found["forecast"].y) == [30, ahead.value]


def test_a_unit_and_a_title_are_shown_as_they_were_typed() -> None:
    old = indicator("first1", title="Delays <i>", ended=date(2021, 12, 31), ended_because="No change.")
    new = indicator(replaces="first1", unit="<b>")
    found, drawn = traces(new, actual("2020", 4, "first1"), actual("2022", 50), parts=[old])
    assert "Delays &lt;i&gt;" in found
    assert drawn.layout.yaxis.title.text == "&lt;b&gt;"


def test_without_a_forecast_nothing_is_drawn_ahead() -> None:
    found, _ = traces(indicator(), baseline(10), *ACTUALS)
    assert set(found) == {"targets", "actual"}


def test_what_was_measured_before_is_not_joined_and_the_break_is_marked() -> None:
    old = indicator("first1", title="Meetings", ended=date(2021, 12, 31), ended_because="No change.")
    new = indicator(replaces="first1")
    values = [actual("2020", 4, "first1"), actual("2022", 50)]
    found, drawn = traces(new, *values, parts=[old])
    assert list(found["Meetings"].y) == [4]
    assert list(found["actual"].y) == [50]
    assert [shape.x0 for shape in drawn.layout.shapes] == ["2021-12-31"]
    assert "replaced: not the same measure any more" in [said.text for said in drawn.layout.annotations]


def ahead_of(step: int):
    links = [Link(practice=PRACTICES[0], step=EDITION.structure.scales["maturity"].steps[step].id,
                  by=date(2024, 6, 30))]  # fmt: skip
    plan = a_plan(goal(), activity(links=links, end=date(2024, 1, 1)))
    answers: dict[str, Answer] = {one.practice: one for one in whole()} | {
        PRACTICES[0]: answered(PRACTICES[0], 0)
    }
    return path(plan, EDITION, answers, TODAY)


@pytest.fixture
def reading() -> Reading:
    words, scale = EDITION.words("en"), EDITION.structure.scales["maturity"]
    return Reading(T, words, scale, [words.scales["maturity"][step.id] for step in scale.steps], theme.LIGHT)


def test_the_trend_shows_every_projection_and_names_what_moves(reading: Reading) -> None:
    ahead = ahead_of(4)
    drawn = figures.trend(ahead, reading)
    named = {trace.name: list(trace.y) for trace in drawn.data}
    assert named["all factors"] == [one.profile.overall.value for one in ahead]
    assert len(named) == 2
    (moved,) = [values for name, values in named.items() if name != "all factors"]
    assert moved == [one.profile.factors[0].value for one in ahead]
    assert moved == sorted(moved)


def test_names_beside_the_trend_do_not_lie_on_one_another(reading: Reading) -> None:
    places = sorted(said.y for said in figures.trend(ahead_of(4), reading).layout.annotations)
    assert all(after - before > 0.05 for before, after in pairwise(places))


def test_the_ladder_leads_from_now_to_the_target(reading: Reading) -> None:
    ahead = ahead_of(4)
    shown = [Ahead("by 2024", ahead[2].profile), Ahead("target", ahead[-1].profile)]
    found = {trace.name: trace for trace in ladder(ahead[0].profile, None, reading, shown).data}
    assert next(x for x in found["target"].x if x is not None) == ahead[-1].profile.factors[0].value
    assert list(found["target"].x).count(None) == 9
    assert list(found["planned way"].x[:2]) == [
        ahead[0].profile.factors[0].value,
        ahead[-1].profile.factors[0].value,
    ]
    assert "what open practices could still make of it" not in found
