"""The workbook of a plan holds every text as it was written, the numbers of the rules, and no formula."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from math import fsum
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from arusha.exchange.cells import text_of
from arusha.i18n import Translator, translator
from arusha.plans import workbook
from arusha.plans.model import Figure, Header, Indicator, Plan, Update
from arusha.plans.progress.benchmarks import benchmarks, final_target, latest
from arusha.plans.progress.clocks import Clocks, clocks
from arusha.plans.progress.forecasting import forecast
from arusha.plans.progress.standings import of_goal, of_indicator, of_plan
from arusha.version import VERSION
from questionnaires.problems import printable
from scoring.answers import Answer
from tests.exchange.reading import formulas, opened, parts
from tests.plans import building
from tests.plans.generated import EDITION, large, plans

T = translator("en")
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MIDDLE = date(2021, 8, 10)
NAMES = (
    "Overview",
    "Logframe",
    "Measures",
    "Timeline",
    "Benchmarks by period",
    "Budget",
    "Budget by funder",
    "Support requested",
    "Checks",
    "About",
)
HEADS = {
    "Logframe": "No.",
    "Measures": "No.",
    "Timeline": "No.",
    "Benchmarks by period": "Goal",
    "Budget": "No.",
    "Budget by funder": "Funder",
    "Support requested": "Kind",
    "Checks": "Rule",
}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def followed() -> Plan:
    """Return a plan of usual size, half-way: 24 measures, 16 indicators, three years by quarters."""
    return large(24, 16, 12)


@pytest.fixture(scope="module")
def written(followed: Plan) -> dict[str, Worksheet]:
    return read(followed, MIDDLE)


def read(plan: Plan, today: date, t: Translator = T) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in opened(workbook.write(t, plan, today, EDITION, {})).worksheets}


def head_of(sheet: Worksheet, first: str) -> int:
    """Return the row of the headings: the first in which two columns say something."""
    return next(
        row
        for row in range(1, sheet.max_row + 1)
        if sheet.cell(row, 1).value == first and sheet.cell(row, 2).value
    )


def table(sheet: Worksheet, first: str) -> list[Row]:
    """Return the rows of a table as heading -> value."""
    head = head_of(sheet, first)
    names = [cell.value for cell in sheet[head]]
    rows = sheet.iter_rows(min_row=head + 1, values_only=True)
    return [dict(zip(names, (plain(value) for value in row), strict=True)) for row in rows]


def plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    return text_of(value) if isinstance(value, str) else value


def texts(sheets: dict[str, Worksheet]) -> list[str]:
    rows = (row for sheet in sheets.values() for row in sheet.iter_rows(values_only=True))
    return [text_of(value) for row in rows for value in row if isinstance(value, str)]


def by_id(sheet: Worksheet, first: str) -> dict[str, Row]:
    return {row["Id"]: row for row in table(sheet, first)}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sheet_is_there_in_the_readers_language(followed: Plan, language: str) -> None:
    t = translator(language)
    assert list(read(followed, MIDDLE, t)) == [t(name) for name in NAMES]


@SOME
@given(plans(), st.integers(-40, 1500))
def test_every_text_of_a_plan_stands_in_its_workbook_as_it_was_written(plan: Plan, days: int) -> None:
    data = workbook.write(T, plan, plan.header.start + timedelta(days=days), EDITION, {})
    assert formulas(data) == []
    known = texts({sheet.title: sheet for sheet in opened(data).worksheets})
    for said in words_of(plan):
        assert any(said in one for one in known), said


def words_of(plan: Plan) -> Iterator[str]:
    """Yield what a person wrote into the plan, but for what belongs to other papers."""
    yield from (plan.header.title, plan.header.programme, plan.header.owner)
    for part in plan.parts:
        left_out = {"kind", "within", "cumulative", "direction", "every", "after", "replaces", "read_with"}
        yield from written_in(part, left_out)
    yield from (figure.source for figure in plan.current.values() if figure.kind == "baseline")


def written_in(part: BaseModel, left_out: set[str]) -> Iterator[str]:
    for name, value in part:
        if name in left_out:
            continue
        if isinstance(value, str) and value:
            yield value
        for one in value if isinstance(value, tuple) else ():
            if isinstance(one, BaseModel):
                yield from written_in(one, {"kind", "id", "practice", "step"})


@SOME
@given(plans(), st.integers(-40, 1500))
def test_the_numbers_of_indicators_are_the_very_floats_of_the_rules(plan: Plan, days: int) -> None:
    today = plan.header.start + timedelta(days=days)
    rows = by_id(read(plan, today)["Benchmarks by period"], "Goal")
    assert list(rows) == [one.id for one in plan.indicators]
    for one in plan.indicators:
        assert_row(plan, one, today, rows[one.id])


def assert_row(plan: Plan, one: Indicator, today: date, row: Row) -> None:
    baseline, final = plan.figure(one.id, "baseline"), final_target(plan, one, today)
    newest, ahead = latest(plan, one, today), forecast(plan, one, today)
    assert row["Baseline"] == (baseline.value if baseline else None)
    assert row["Baseline of"] == (baseline.on if baseline else None)
    assert row["Final target"] == (final.planned if final else None)
    assert row["Standing"] == T(of_indicator(plan, one, today).name)
    names = ("Planned by then", "Reached by then")
    assert [row[name] for name in names] == ([newest.planned, newest.reached] if newest else [None, None])
    expected = [ahead.value, ahead.low, ahead.high] if ahead else [None] * 3
    assert [row[name] for name in ("Forecast", "Forecast, lowest", "Forecast, highest")] == expected
    figures = {name: value for name, value in row.items() if re.search(r"\d (target|actual)$", name)}
    held = {f"{each.period.label} {kind}": value for each in benchmarks(plan, one, today)
            for kind, value in (("target", each.target), ("actual", each.actual)) if value}  # fmt: skip
    assert {name: value for name, value in figures.items() if value is not None} == {
        name: figure.value for name, figure in held.items()
    }


def test_the_overview_holds_both_clocks_and_the_standing_of_each_goal_and_the_plan(
    followed: Plan, written: dict[str, Worksheet]
) -> None:
    rows = table(written["Overview"], "No.")[: len(followed.goals) + 1]
    for goal, row in zip(followed.goals, rows, strict=False):
        assert_clocks(row, clocks(followed, goal.id, MIDDLE))
        assert row["Goal"] == goal.title
        assert row["Standing"] == T(of_goal(followed, goal, MIDDLE).name)
    assert_clocks(rows[-1], clocks(followed, "", MIDDLE))
    assert (rows[-1]["Goal"], rows[-1]["Standing"]) == ("The whole plan", T(of_plan(followed, MIDDLE).name))
    assert any(row["Share of benchmarks met"] not in (None, 0, 1) for row in rows)


def assert_clocks(row: Row, both: Clocks) -> None:
    names = ("Activities", "Activities done", "Benchmarks due", "Benchmarks met")
    assert [row[name] for name in names] == [both.activities, both.done, both.due, both.met]
    shares = [row["Share of activities done"], row["Share of benchmarks met"]]
    assert shares == [both.done_share, both.met_share]


def test_the_charts_are_native_and_drawn_from_cells(followed: Plan) -> None:
    data = workbook.write(T, followed, MIDDLE, EDITION, {})
    charts = list(parts(data, "xl/charts/").values())
    assert len(charts) == 3
    assert sum(b"percentStacked" in xml for xml in charts) == 2
    assert all(b"'Overview'!" in xml for xml in charts)


def test_the_tables_behind_the_charts_count_every_benchmark_that_is_due(
    followed: Plan, written: dict[str, Worksheet]
) -> None:
    sheet = written["Overview"]
    head = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == "Year")
    assert [sheet.cell(head, column).value for column in range(3, 7)] == [
        "met",
        "missed",
        "due, no value",
        "read with care",
    ]
    counts = [[sheet.cell(row, column).value for column in range(2, 7)] for row in range(head + 1, head + 4)]
    assert [row[0] for row in counts] == ["2019", "2020", "2021"]
    both = clocks(followed, "", MIDDLE)
    assert sum(row[1] for row in counts) == both.met
    assert sum(sum(row[1:4]) for row in counts) == both.due


@pytest.mark.parametrize("today", [MIDDLE, date(2030, 1, 1)])
def test_nothing_in_it_is_a_formula(followed: Plan, today: date) -> None:
    assert formulas(workbook.write(T, followed, today, EDITION, {})) == []


def test_an_empty_plan_has_the_same_sheets_and_no_chart() -> None:
    head = Header(title="Nothing yet", start=date(2026, 1, 1), end=date(2026, 1, 1))
    plan = Plan("ke2026-pabcde", "KE", head)
    data = workbook.write(T, plan, date(2026, 1, 1))
    assert opened(data).sheetnames == list(NAMES)
    assert parts(data, "xl/charts/") == {}
    said = texts({sheet.title: sheet for sheet in opened(data).worksheets})
    assert "No answers were at hand, so gaps without a measure could not be looked for." in said
    assert "The check of 1 Jan 2026 finds nothing." in said
    assert "Kenya, KE" in said


def test_a_goal_without_indicators_has_the_chart_of_its_clocks_only(followed: Plan) -> None:
    measures = [part for part in followed.parts if not isinstance(part, Indicator)]
    plan = replace(followed, parts=tuple(measures), figures=())
    assert len(parts(workbook.write(T, plan, MIDDLE), "xl/charts/")) == 1


def test_the_money_of_lines_and_funders_adds_up(followed: Plan, written: dict[str, Worksheet]) -> None:
    spent = {figure.subject: figure.value for figure in followed.figures if figure.kind == "spent"}
    lines = [line for one in followed.activities for line in one.budget]
    rows = by_id(written["Budget"], "No.")
    for line in lines:
        row = rows[line.id]
        assert (row["Planned"], row["Spent"]) == (line.amount, spent[line.id])
        assert row["Remaining"] == line.amount - (spent[line.id] or 0)
    sums = {row["Funder"]: row for row in table(written["Budget by funder"], "Funder")}
    assert list(sums) == ["Norad, through A-CIP", "State budget", "In all"]
    for name, row in sums.items():
        kept = [line for line in lines if name in (line.funder, "In all")]
        assert row["Planned"] == fsum(line.amount for line in kept)
        assert row["Spent"] == fsum(spent[line.id] or 0 for line in kept)


def test_a_line_on_which_more_was_spent_than_planned_says_so_in_words(followed: Plan) -> None:
    line = followed.activities[0].budget[0]
    more = Figure(line.id, "spent", "2021", line.amount, date(2021, 6, 1), number=9_999)
    rows = by_id(read(replace(followed, figures=(*followed.figures, more)), MIDDLE)["Budget"], "No.")
    assert (rows[line.id]["In words"], rows[line.id]["Remaining"] < 0) == ("overspent", True)
    assert {row["In words"] for key, row in rows.items() if key != line.id} == {None}


def test_the_checks_are_those_of_the_plan_check(followed: Plan, written: dict[str, Worksheet]) -> None:
    from arusha.plans.checkup.checking import NAMES as RULES
    from arusha.plans.checkup.checking import check

    found = check(followed, EDITION, {}, MIDDLE, "en")
    rows = table(written["Checks"], "Rule")
    assert [(row["Rule"], row["Place"]) for row in rows] == [(RULES[one.rule], one.place) for one in found]
    assert all(row["What is wrong"] and row["What to do"] for row in rows)
    assert not any("{" in row["What is wrong"] + row["What to do"] for row in rows)


def test_answers_let_the_check_look_for_gaps(followed: Plan) -> None:
    linked = {link.practice for one in followed.activities for link in one.links}
    weak = next(practice for practice in EDITION.practices if practice not in linked)
    data = workbook.write(T, followed, MIDDLE, EDITION, {weak: Answer(weak, "absent")})
    rows = table(opened(data)["Checks"], "Rule")
    question = printable(EDITION.words("en").practices[weak].question, 120)
    assert (rows[0]["Rule"], rows[0]["Place"]) == ("a gap without a measure", question)


def test_an_override_stands_beside_what_the_rule_says(followed: Plan) -> None:
    one = followed.indicators[0]
    said = Update(one.id, "override", MIDDLE, "on_track", "=The register\nwas late", 9_999)
    plan = replace(followed, updates=(*followed.updates, said))
    row = by_id(read(plan, MIDDLE)["Benchmarks by period"], "Goal")[one.id]
    by_rule = T(of_indicator(followed, one, MIDDLE).name)
    assert row["Standing"] == "on track"
    assert by_rule != "on track"
    assert row["Why"].startswith("Set by a person on 10 Aug 2021:\n=The register\nwas late\nBy the rule: ")
    assert f"By the rule: {by_rule}." in row["Why"]


def test_every_long_table_can_be_filtered_and_prints_with_its_headings(
    followed: Plan, written: dict[str, Worksheet]
) -> None:
    for name, first in HEADS.items():
        sheet, head = written[name], head_of(written[name], first)
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.oddFooter.left.text == followed.header.title
        if name != "Budget by funder":
            assert sheet.auto_filter.ref == sheet.dimensions.replace("A1:", f"A{head}:")


def test_colours_only_follow_words_that_stand_in_the_cells(written: dict[str, Worksheet]) -> None:
    known = {
        *("on track", "at risk", "off track", "no data", "read with care", "done", "paused", "dropped"),
        *("met", "missed", "due, no value", "met before its day", "overspent"),
        *"○●✓×!◇◆",
    }
    said = [
        formula.partition("=")[2] or formula
        for sheet in written.values()
        for one in sheet.conditional_formatting
        for rule in one.rules
        for formula in rule.formula
    ]
    assert said
    assert {word.strip('"') for word in said} == known


def test_the_about_sheet_says_which_version_was_approved_and_when(followed: Plan) -> None:
    approved = replace(followed, state="approved", version=3, approved=date(2020, 2, 29))
    said = texts({"About": read(approved, MIDDLE)["About"]})
    assert "3, approved; approved on 29 Feb 2020" in said
    assert f"Arusha toolkit {VERSION}" in said
    assert "1, draft; not approved yet" in texts({"About": read(followed, MIDDLE)["About"]})


def test_a_fictional_administration_is_marked_as_such(written: dict[str, Worksheet]) -> None:
    assert "XA (fictional), XA" in texts(written)
    assert written["Overview"]["A2"].value.startswith("Fictional sample:")
    assert written["Measures"].oddFooter.center.text == "Fictional sample"


def test_sheets_run_from_right_to_left_where_the_language_does(followed: Plan) -> None:
    arabic = Translator("ar", ZoneInfo("UTC"), NullTranslations())
    for sheet in read(followed, MIDDLE, arabic).values():
        assert sheet.sheet_view.rightToLeft
        assert {cell.alignment.horizontal for row in sheet.iter_rows() for cell in row} & {"right", "center"}
        assert not any(cell.alignment.horizontal == "left" for row in sheet.iter_rows() for cell in row)


def test_an_unknown_questionnaire_leaves_practices_as_their_ids(followed: Plan) -> None:
    link = followed.activities[0].links[0]
    row = table(opened(workbook.write(T, followed, MIDDLE))["Measures"], "No.")[0]
    assert row["Practices and steps to reach"] == f"{link.practice} → {link.step} by {T.day(link.by)}"


def test_the_measures_say_nothing_that_was_entered_of_a_later_day() -> None:
    done = date(2022, 5, 1)
    updates = [building.status("ongoing", date(2021, 5, 1)), building.status("done", done)]
    plan = building.a_plan(building.goal(), building.activity(), updates=updates)
    then = read(plan, MIDDLE)["Measures"]
    (row,) = by_id(then, "No.").values()
    assert (row["Status"], row["Status since"], row["Done on"]) == ("ongoing", date(2021, 5, 1), None)
    (row,) = by_id(read(plan, done)["Measures"], "No.").values()
    assert (row["Status"], row["Status since"], row["Done on"]) == ("done", done, done)
