"""The worked tables of ``arusha/plans/README.md`` are true."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import arusha.plans
from arusha.i18n import translator
from arusha.plans.periods import period, period_of
from arusha.plans.progress.benchmarks import benchmarks, due, last_moved, months_still, share_of_way
from arusha.plans.progress.clocks import clocks, said
from arusha.plans.progress.forecasting import forecast
from arusha.plans.progress.standings import NAMES, of_goal, of_indicator, of_plan
from arusha.plans.progress.telling import told
from tests.plans.building import a_plan, activity, actual, baseline, goal, indicator, override, status, target

README = Path(arusha.plans.__file__).with_name("README.md").read_text(encoding="utf-8")
Row = dict[str, str]
STANDINGS = {name: standing for standing, name in NAMES.items()}
T = translator("en")


def tables(text: str) -> list[list[Row]]:
    """Return the Markdown tables of a text, each row by column heading."""
    found = re.findall(r"(?:^\|.*\|\n?)+", text, flags=re.MULTILINE)
    return [rows_of([cells_of(line) for line in table.splitlines()]) for table in found]


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def rows_of(lines: list[list[str]]) -> list[Row]:
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def marked(name: str) -> list[Row]:
    """Return the first table after a mark."""
    return tables(README.split(f"<!-- {name} -->")[1])[0]


def examples() -> dict[str, tuple[Row, list[Row], Row]]:
    """Return title -> (what it is, its benchmarks, what follows) of every worked example."""
    parts = re.split(r"^### (Example .*)$", README, flags=re.MULTILINE)[1:]
    found = {title: tables(text) for title, text in zip(parts[::2], parts[1::2], strict=True)}
    return {title: (given, rows, result) for title, ([given], rows, [result]) in found.items()}


def agrees(told: str, figure: float | None) -> bool:
    """Say whether a printed figure is the figure: six decimals are rounded, fewer are exact."""
    if told == "none" or figure is None:
        return told == "none" and figure is None
    rounded = len(told.partition(".")[2]) == 6
    return abs(Decimal(told) - Decimal(figure)) <= Decimal("5e-7" if rounded else "1e-12")


def several(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(",") if one.strip()]


def plain(text: str) -> str:
    """Return text with plain spaces, for comparison with what is typed in a table."""
    return re.sub(r"[   ]", " ", text)


EXAMPLES = examples()


def built(given: Row, rows: list[Row]):
    """Return the plan of an example, its indicator, and the day it is read on."""
    fiscal = int(given.get("years begin in", "1"))
    start, end = given.get("plan", "2020-01-01 to 2025-12-31").split(" to ")
    of_it = {name: given[name] for name in ("direction", "every", "unit") if name in given}
    ended = given.get("ended")
    one = indicator(
        cumulative=given.get("cumulative") == "yes",
        ended=date.fromisoformat(ended) if ended else None,
        ended_because="Replaced" if ended else "",
        **of_it,
    )
    figures = [baseline(float(given["baseline"]))] if "baseline" in given else []
    for row in rows:
        read_on = row.get("read on")
        day = date.fromisoformat(read_on) if read_on else None
        if row["target"]:
            figures.append(target(row["period"], float(row["target"]), fiscal_start=fiscal))
        if row["actual"]:
            figures.append(actual(row["period"], float(row["actual"]), on=day, fiscal_start=fiscal))
    states = several(given.get("activities", ""))
    plan = a_plan(
        goal(),
        one,
        *(activity(f"activity{number}") for number in range(len(states))),
        figures=figures,
        updates=[
            *(status(state, of=f"activity{number}") for number, state in enumerate(states)),
            *(override(STANDINGS[name], of=one.id) for name in several(given.get("override", ""))),
        ],
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        fiscal_start=fiscal,
    )
    return plan, one, date.fromisoformat(given["today"])


@pytest.mark.parametrize("title", EXAMPLES)
def test_the_benchmarks_are_what_the_example_says(title):
    given, rows, _ = EXAMPLES[title]
    found = benchmarks(*built(given, rows))
    assert [one.period.key for one in found] == [row["period"] for row in rows]
    for row, one in zip(rows, found, strict=True):
        place = (title, row["period"])
        assert agrees(row["planned"], one.planned), place
        assert agrees(row["reached"], one.reached), place
        assert one.verdict == row["verdict"].replace(" ", "_"), place
        assert row.get("at least", "no") == ("yes" if one.at_least else "no") or "at least" not in row, place
        assert row.get("label", one.period.label) == one.period.label


@pytest.mark.parametrize("title", EXAMPLES)
def test_what_follows_is_what_the_example_says(title):
    given, rows, result = EXAMPLES[title]
    plan, one, today = built(given, rows)
    reading, ahead = of_indicator(plan, one, today), forecast(plan, one, today)
    judged = [benchmark for benchmark in due(plan, one, today) if benchmark.actual]
    found = {
        "way": share_of_way(plan, one, judged[-1].planned, judged[-1].reached) if judged else None,
        "months still": months_still(plan, one, today),
        "forecast": ahead and ahead.value,
        "low": ahead and ahead.low,
        "high": ahead and ahead.high,
        "points": ahead and ahead.points,
    }
    words = {
        "standing": NAMES[reading.standing],
        "computed": NAMES[reading.computed],
        "name": reading.name,
        "still since": str(last_moved(plan, one, today)),
        "says": plain(told(T, reading.sentence, reading.values)),
    }
    assert set(result) <= set(found) | set(words)
    for name in set(result) & set(found):
        assert agrees(result[name], found[name]), (title, name, found[name])
    assert {name: words[name] for name in set(result) & set(words)} == {
        name: said for name, said in result.items() if name in words
    }


def test_there_are_examples_of_every_kind():
    assert len(EXAMPLES) >= 20
    given = [row for row, _, _ in EXAMPLES.values()]
    verdicts = {row["verdict"] for _, rows, _ in EXAMPLES.values() for row in rows}
    assert verdicts == {"met", "missed", "late", "ahead", "open", "read with care"}
    assert {row.get("direction", "up") for row in given} == {"up", "down", "ambiguous"}
    assert {row.get("every", "year") for row in given} == {"year", "half", "quarter"}
    assert {result["standing"] for _, _, result in EXAMPLES.values()} == set(NAMES.values())


@pytest.mark.parametrize("row", marked("periods"), ids=lambda row: f"{row['day']} {row['every']}")
def test_periods_are_what_the_table_says(row):
    begin = int(row["years begin in month"])
    found = period_of(date.fromisoformat(row["day"]), row["every"], begin)
    assert (found.key, found.label) == (row["key"], row["label"])
    assert (str(found.start), str(found.end)) == (row["first day"], row["last day"])
    assert period(row["key"], begin) == found


def number_of_goals(several_goals: int) -> list[str]:
    return [f"goal{number:02d}" for number in range(several_goals)]


@pytest.mark.parametrize("row", marked("goal"), ids=lambda row: row["indicators"] or "none")
def test_a_goal_stands_where_the_table_says(row):
    names = several(row["indicators"])
    parts = [indicator(f"indicator{number}") for number in range(len(names))]
    lifted = [override(STANDINGS[name], of=part.id) for name, part in zip(names, parts, strict=True)]
    plan = a_plan(goal(), *parts, updates=lifted)
    assert NAMES[of_goal(plan, plan.goals[0], date(2022, 1, 1)).computed] == row["goal"]


@pytest.mark.parametrize("row", marked("plan"), ids=lambda row: row["goals"])
def test_a_plan_stands_where_the_table_says(row):
    names = several(row["goals"])
    ids = number_of_goals(len(names))
    set_aside = [override(STANDINGS[name], of=one) for name, one in zip(names, ids, strict=True)]
    plan = a_plan(*(goal(one) for one in ids), updates=set_aside)
    assert NAMES[of_plan(plan, date(2022, 1, 1)).computed] == row["plan"]


BY_VERDICT = {
    "met": ("2021", 10, 10),
    "missed": ("2021", 10, 5),
    "late": ("2021", 10, None),
    "ahead": ("2027", 10, 10),
    "open": ("2027", 10, None),
    "read with care": ("2021", 10, 10),
}


@pytest.mark.parametrize(
    "row", marked("clocks"), ids=lambda row: f"{row['activities']} · {row['benchmarks']}"
)
def test_the_clocks_show_what_the_table_says(row):
    states, verdicts = several(row["activities"]), several(row["benchmarks"])
    parts, figures = [goal()], []
    for number, verdict in enumerate(verdicts):
        key, planned, reached = BY_VERDICT[verdict]
        direction = "ambiguous" if verdict == "read with care" else "up"
        parts.append(indicator(f"indicator{number}", direction=direction))
        figures.append(target(key, planned, of=parts[-1].id))
        day = date(2021, 12, 31)
        figures += [actual(key, reached, of=parts[-1].id, on=day)] if reached is not None else []
    parts += [activity(f"activity{number}") for number in range(len(states))]
    updates = [status(state, of=f"activity{number}") for number, state in enumerate(states)]
    plan, today = a_plan(*parts, figures=figures, updates=updates, end=date(2028, 12, 31)), date(2022, 2, 1)
    for part_id in ("", "goal01"):
        both = clocks(plan, part_id, today)
        counted = [str(count) for count in (both.done, both.activities, both.met, both.due)]
        assert counted == [row[name] for name in ("done", "of", "met", "due")]
        assert agrees(row["done share"], both.done_share)
        assert agrees(row["met share"], both.met_share)
        sentences = [plain(told(T, *one)) for one in said(plan, part_id, today)]
        assert (sentences[0] if sentences else "") == row["says"]
    found = {one.verdict for part in plan.indicators for one in benchmarks(plan, part, today)}
    assert found == {verdict.replace(" ", "_") for verdict in verdicts}


def test_a_figure_that_is_off_by_one_in_its_last_decimal_would_be_noticed():
    assert agrees("0.666667", 2 / 3)
    assert not agrees("0.666668", 2 / 3)
    assert not agrees("0.8", 0.8000001)
    assert not agrees("none", 0.0)
