"""Benchmarks by period: one row an indicator: its baseline, its figures, where it stands and is heading."""

from collections.abc import Iterator

from arusha.exchange.cells import Value, day
from arusha.exchange.marking import Mark, mark_words
from arusha.exchange.sheets import print_across
from arusha.exchange.tables import Column
from arusha.plans.frames import owner_of
from arusha.plans.model import Indicator
from arusha.plans.periods import Period, periods
from arusha.plans.progress.benchmarks import benchmarks, final_target, latest
from arusha.plans.progress.forecasting import forecast
from arusha.plans.progress.standings import of_indicator
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import (
    STANDING_MARKS,
    cells_of,
    figure,
    mark_standings,
    put_head,
    put_table,
    sheet_of,
)
from arusha.plans.wording import DIRECTION_NAMES, EVERY_NAMES, VERDICT_NAMES
from questionnaires.problems import N_

PAGE = 14  # columns of periods on one printed page
NOTES = (
    N_("Target and actual are the figures as they were entered for each period."),
    N_(
        "A cumulative indicator is judged on the running total from the plan's first period; "
        "“planned by then” and “reached by then” are that total. Any other is the level at the period's end."
    ),
    N_(
        "Forecast: where the indicator will be at the plan's end if it goes on as it has, "
        "with the range that holds eight times in ten; empty when there are too few points."
    ),
)
STANDING, VERDICT = 13, 19  # the columns


def write(content: Content) -> None:
    """Write the sheet."""
    t, every = content.t, periods_of(content)
    fixed = _columns(content)
    columns = [*fixed, *_columns_of_periods(content, every)]
    sheet = sheet_of(content, t("Benchmarks by period"), columns)
    row = put_head(sheet, t("Benchmarks by period"), columns, [t(note) for note in NOTES])
    rows = (list(_row(content, one, every)) for one in content.plan.indicators)
    table = put_table(content, sheet, row, columns, rows, frozen=3)
    mark_standings(sheet, cells_of(table, STANDING), t)
    mark_words(sheet, cells_of(table, VERDICT), _verdict_marks(content))
    print_across(sheet, 3, 2 + len(every) * 2 // PAGE)


def _verdict_marks(content: Content) -> dict[str, Mark]:
    names = {verdict: content.t(name) for verdict, name in VERDICT_NAMES.items()}
    good, doubtful, bad = (STANDING_MARKS[name] for name in ("on_track", "at_risk", "off_track"))
    return {names["met"]: good, names["ahead"]: good, names["late"]: doubtful, names["missed"]: bad}


def periods_of(content: Content) -> list[Period]:
    """Return every period of the plan for which an indicator has a figure, by their last day."""
    head, plan = content.plan.header, content.plan
    used = {(one.every, key) for one in plan.indicators for key in _keys(content, one)}
    kinds = sorted({every for every, _ in used})
    known = [p for every in kinds for p in periods(every, head.start, head.end, head.fiscal_start)]
    kept = [period for period in known if (period.every, period.key) in used]
    return sorted(kept, key=lambda period: (period.end, period.end - period.start))


def _keys(content: Content, one: Indicator) -> Iterator[str]:
    return (each.period.key for each in benchmarks(content.plan, one, content.today))


def _columns(content: Content) -> list[Column]:
    t = content.t
    return [
        Column(t("Goal"), 24),
        Column(t("No."), 8),
        Column(t("Indicator"), 44),
        Column(t("Unit"), 11),
        Column(t("Direction"), 14),
        Column(t("How figures count"), 16),
        Column(t("A figure for each"), 11),
        Column(t("Responsible"), 18),
        Column(t("Baseline"), 10, figures=True),
        Column(t("Baseline of"), 12, figures=True),
        Column(t("Source of the baseline"), 20),
        Column(t("Final target"), 10, figures=True),
        Column(t("Standing"), 13),
        Column(t("Why"), 48),
        Column(t("Newest actual for"), 11, figures=True),
        Column(t("Newest actual"), 10, figures=True),
        Column(t("Planned by then"), 10, figures=True),
        Column(t("Reached by then"), 10, figures=True),
        Column(t("Benchmark"), 14),
        Column(t("Forecast for"), 12, figures=True),
        Column(t("Forecast"), 10, figures=True),
        Column(t("Forecast, lowest"), 10, figures=True),
        Column(t("Forecast, highest"), 10, figures=True),
        Column(t("Broken down by"), 18),
        Column(t("Read together with"), 24),
        Column(t("Takes the place of"), 24),
        Column(t("Ended on"), 12, figures=True),
        Column(t("Ended because"), 24),
        Column(t("Id"), 14),
    ]


def _columns_of_periods(content: Content, every: list[Period]) -> Iterator[Column]:
    for period in every:
        yield Column(content.t("{period} target", period=period.label), 10, figures=True)
        yield Column(content.t("{period} actual", period=period.label), 10, figures=True)


def _row(content: Content, one: Indicator, every: list[Period]) -> Iterator[Value]:
    yield from _what(content, one)
    yield from _began(content, one)
    yield from _stands(content, one)
    yield from _heads_for(content, one)
    known = {each.period: each for each in benchmarks(content.plan, one, content.today)}
    for period in every:
        each = known.get(period)
        yield figure(each.target.value if each and each.target else None)
        yield figure(each.actual.value if each and each.actual else None)


def _what(content: Content, one: Indicator) -> Iterator[Value]:
    t = content.t
    yield from (content.goal_names[one.id], one.number, one.title, content.unit(one))
    yield t(DIRECTION_NAMES[one.direction])
    yield t("cumulative: they add up") if one.cumulative else t("the level at the end")
    yield t(EVERY_NAMES[one.every])
    yield owner_of(content.plan, one)


def _began(content: Content, one: Indicator) -> Iterator[Value]:
    baseline = content.plan.figure(one.id, "baseline")
    final = final_target(content.plan, one, content.today)
    yield figure(baseline.value if baseline else None)
    yield day(baseline.on if baseline else None)
    yield baseline.source if baseline else ""
    yield figure(final.planned if final else None)


def _stands(content: Content, one: Indicator) -> Iterator[Value]:
    reading = of_indicator(content.plan, one, content.today)
    newest = latest(content.plan, one, content.today)
    yield content.t(reading.name)
    yield content.why(reading)
    yield newest.period.label if newest else ""
    yield figure(newest.actual.value if newest and newest.actual else None)
    yield figure(newest.planned if newest else None)
    yield figure(newest.reached if newest else None)
    yield content.t(VERDICT_NAMES[newest.verdict]) if newest and newest.target else ""


def _heads_for(content: Content, one: Indicator) -> Iterator[Value]:
    ahead = forecast(content.plan, one, content.today)
    yield day(ahead.on if ahead else None)
    yield figure(ahead.value if ahead else None)
    yield figure(ahead.low if ahead else None)
    yield figure(ahead.high if ahead else None)
    yield from (one.disaggregation, content.named(one.read_with), content.named(one.replaces))
    yield day(one.ended)
    yield from (one.ended_because, one.id)
