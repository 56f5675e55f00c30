"""The tables behind the charts of a plan's export: clocks and standings by goal, benchmarks by year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import PERCENT, Number, Value
from arusha.exchange.charts import Range
from arusha.exchange.sheets import break_page
from arusha.exchange.tables import Column, put_headings, put_line, put_row
from arusha.plans.model import Goal, Indicator
from arusha.plans.periods import Period, periods
from arusha.plans.progress.benchmarks import benchmarks
from arusha.plans.progress.clocks import clocks, is_followed
from arusha.plans.progress.standings import NAMES, READ_WITH_CARE, of_indicator
from arusha.plans.sheets.content import Content
from arusha.ui.look import LOOK
from questionnaires.problems import N_

CARE = "read_with_care"
STANDINGS: dict[str, str] = {**dict[str, str](NAMES.items()), CARE: READ_WITH_CARE}
OUTCOMES = {
    "met": N_("met"),
    "missed": N_("missed"),
    "late": N_("due, no value"),
    CARE: READ_WITH_CARE,
}
"""What a benchmark whose day has come can be."""


@dataclass(frozen=True)
class Behind:
    """Where the cells are: the goals with their clocks and standings, the years with their benchmarks."""

    goals: Range
    years: Range


def write(content: Content, sheet: Worksheet, row: int, columns: Sequence[Column]) -> Behind:
    """Write both tables on a page of their own, in the columns of the sheet; return where they are."""
    t = content.t
    break_page(sheet, row)
    row = put_line(sheet, row, t("Behind the charts"), columns, LOOK.heading, size=14, bold=True)
    shares = [t("Share of activities done"), t("Share of benchmarks met")]
    heads = _heads(columns, t("Goal"), [*shares, *(t(name) for name in STANDINGS.values())])
    first = below = put_headings(sheet, row, heads, LOOK)
    for goal in content.plan.goals:
        below = put_row(sheet, below, heads, _goal(content, goal), LOOK)
    goals = Range(sheet, 2, first, below - 1)
    heads = _heads(columns, t("Year"), [t(name) for name in OUTCOMES.values()])
    first = below = put_headings(sheet, below + 1, heads, LOOK)
    for year, counts in benchmarks_by_year(content):
        values: list[Value] = ["", year.label, *(Number(counts[name]) for name in OUTCOMES)]
        below = put_row(sheet, below, heads, values, LOOK)
    return Behind(goals, Range(sheet, 2, first, below - 1))


def _heads(columns: Sequence[Column], name: str, figures: Sequence[str]) -> list[Column]:
    widths = [column.width for column in columns[2:]]
    named = [replace(columns[0], heading=""), replace(columns[1], heading=name)]
    return named + [Column(said, width, figures=True) for said, width in zip(figures, widths, strict=False)]


def _goal(content: Content, goal: Goal) -> list[Value]:
    both = clocks(content.plan, goal.id, content.today)
    counts = standings_of(content, goal)
    shares = [Number(both.done_share, PERCENT), Number(both.met_share, PERCENT)]
    return ["", content.short(goal), *shares, *(Number(counts[name]) for name in STANDINGS)]


def standings_of(content: Content, goal: Goal) -> Counter[str]:
    """Return how many of a goal's indicators that are followed stand where."""
    plan, today = content.plan, content.today
    inside = [part for part in plan.under(goal.id) if isinstance(part, Indicator)]
    read = [of_indicator(plan, one, today) for one in inside if is_followed(one, today)]
    return Counter(CARE if one.name == READ_WITH_CARE else one.standing for one in read)


def benchmarks_by_year(content: Content) -> Iterator[tuple[Period, Counter[str]]]:
    """Return each fiscal year of the plan with its benchmarks whose day has come, by what came of them."""
    head = content.plan.header
    counts: dict[int, Counter[str]] = {}
    for indicator in content.plan.indicators:
        for one in benchmarks(content.plan, indicator, content.today):
            if one.is_due:
                name = CARE if indicator.direction == "ambiguous" else one.verdict
                counts.setdefault(one.period.year, Counter())[name] += 1
    for year in periods("year", head.start, head.end, head.fiscal_start):
        yield year, counts.get(year.year, Counter())
