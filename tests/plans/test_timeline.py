"""The line of time: a bar for each measure with its status in words, milestones, and today."""

from datetime import date

from arusha.i18n import translator
from arusha.plans.figures import Drawn, timeline
from arusha.plans.measures import Bar, bars, measures
from arusha.plans.model import Milestone
from arusha.ui.theme import LIGHT
from tests.plans.building import a_plan, activity, goal, status

TODAY = date(2023, 5, 1)
SPAN = (date(2022, 1, 1), date(2024, 12, 31))
PLAN = a_plan(
    goal(),
    activity(number="1.1", title="<b>Bold</b> & co", start=date(2022, 1, 1), end=date(2022, 12, 31)),
    activity(
        "activity02",
        start=date(2023, 1, 1),
        end=date(2023, 3, 31),
        milestones=(
            Milestone(id="pmile1", title="Waits", due=date(2023, 2, 1)),
            Milestone(id="pmile2", title="Reached", due=date(2023, 2, 1), reached=date(2023, 3, 1)),
        ),
    ),
    activity("activity03", title="x" * 100, start=date(2023, 1, 1), end=date(2023, 12, 31)),
    updates=(status("done"), status("paused", of="activity03")),
)
DRAWN = Drawn(translator("en"), LIGHT)
ROWS: tuple[Bar, ...] = bars(measures(PLAN, None, TODAY))
FIGURE = timeline(ROWS, SPAN, TODAY, DRAWN).to_plotly_json()
BARS = [trace for trace in FIGURE["data"] if trace["type"] == "bar"]


def test_every_measure_is_a_bar_from_its_first_to_its_last_day() -> None:
    assert len(BARS) == 3
    assert BARS[0]["base"] == ["2022-01-01"]
    assert BARS[0]["x"] == [365 * 24 * 60 * 60 * 1000]


def test_the_status_stands_in_words_beside_its_bar() -> None:
    assert [trace["text"][0].strip() for trace in BARS] == ["done", "planned, late", "paused"]
    assert [trace["marker"]["pattern"]["shape"] for trace in BARS] == ["", "", "/"]


def test_text_is_shown_as_it_was_written_and_cut_only_in_the_chart() -> None:
    names = [one["text"] for one in FIGURE["layout"]["annotations"]]
    assert names[0] == "1.1 &lt;b&gt;Bold&lt;/b&gt; &amp; co"
    assert names[2] == "x" * 69 + "…"
    assert "x" * 100 in BARS[2]["hovertext"][0]


def test_a_milestone_that_waits_is_hollow_and_one_reached_stands_on_its_day() -> None:
    diamonds = FIGURE["data"][-1]
    assert list(diamonds["x"]) == ["2023-02-01", "2023-03-01"]
    assert list(diamonds["marker"]["color"]) == [LIGHT.paper, LIGHT.ink]


def test_today_is_drawn_only_within_the_plan() -> None:
    assert [one["x0"] for one in FIGURE["layout"]["shapes"]] == ["2023-05-01"]
    assert not timeline(ROWS, SPAN, date(2030, 1, 1), DRAWN).to_plotly_json()["layout"].get("shapes")
