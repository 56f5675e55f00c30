"""The first sheet: which plan this is, its two clocks and standings by goal, with charts of them."""

from collections.abc import Iterable, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import PERCENT, Number, Value
from arusha.exchange.tables import Column, put_headings, put_line, put_row
from arusha.plans.model import Goal
from arusha.plans.progress import telling
from arusha.plans.progress.clocks import clocks, said
from arusha.plans.progress.standings import Reading, of_goal, of_plan
from arusha.plans.sheets import pictures
from arusha.plans.sheets.about import facts, put_fact
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import mark_standings, put_head, sheet_of
from arusha.ui.look import LOOK
from questionnaires.problems import N_

NOTE = N_(
    "The left clock counts activities that are done, the right one benchmarks that are met, "
    "of those whose day has come. Work that is done and results that are reached are two things."
)
STANDING = "I"


def write(content: Content) -> None:
    """Write the sheet, with the charts below the table."""
    t, columns = content.t, _columns(content)
    sheet = sheet_of(content, t("Overview"), columns)
    row = put_head(sheet, content.plan.header.title, columns)
    if content.fiction:
        row = put_line(sheet, row - 1, content.fiction, columns, LOOK.on_heading, bold=True, fill=LOOK.warn)
    for label, text in facts(content):
        row = put_fact(sheet, row, label, text, columns, first=3)
    row = _words(content, sheet, row + 1, columns)
    first = put_headings(sheet, row + 1, columns, LOOK)
    row = _rows(content, sheet, first, columns)
    mark_standings(sheet, f"{STANDING}{first}:{STANDING}{row}", t)
    row = put_line(sheet, row, t(NOTE), columns, LOOK.quiet, size=10)
    pictures.write(content, sheet, row + 1, columns)


def _columns(content: Content) -> list[Column]:
    t = content.t
    return [
        Column(t("No."), 8),
        Column(t("Goal"), 40),
        Column(t("Activities"), 11, figures=True),
        Column(t("Activities done"), 11, figures=True),
        Column(t("Share of activities done"), 13, figures=True),
        Column(t("Benchmarks due"), 12, figures=True),
        Column(t("Benchmarks met"), 12, figures=True),
        Column(t("Share of benchmarks met"), 13, figures=True),
        Column(t("Standing"), 13),
        Column(t("Why"), 60),
    ]


def _words(content: Content, sheet: Worksheet, row: int, columns: Sequence[Column]) -> int:
    """Write what the two clocks of the plan say in words."""
    for sentence, values in said(content.plan, "", content.today):
        told = telling.told(content.t, sentence, values)
        row = put_line(sheet, row, told, columns, LOOK.ink, bold=True, fill=LOOK.band)
    return row


def _rows(content: Content, sheet: Worksheet, row: int, columns: Sequence[Column]) -> int:
    plan, today = content.plan, content.today
    for goal in plan.goals:
        row = put_row(sheet, row, columns, _goal(content, goal), LOOK)
    name = content.t("The whole plan")
    values = ["", name, *_figures(content, "", of_plan(plan, today))]
    return put_row(sheet, row, columns, values, LOOK, bold=True)


def _goal(content: Content, goal: Goal) -> list[Value]:
    reading = of_goal(content.plan, goal, content.today)
    return [goal.number, goal.title, *_figures(content, goal.id, reading)]


def _figures(content: Content, part: str, reading: Reading) -> Iterable[Value]:
    both = clocks(content.plan, part, content.today)
    yield Number(both.activities)
    yield Number(both.done)
    yield Number(both.done_share, PERCENT)
    yield Number(both.due)
    yield Number(both.met)
    yield Number(both.met_share, PERCENT)
    yield content.t(reading.name)
    yield content.why(reading)
