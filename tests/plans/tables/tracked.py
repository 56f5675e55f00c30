"""A plan's tracking table in tests: written, edited by somebody, and held against the plan."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from arusha.i18n import translator
from arusha.plans.model import Figure, Plan
from arusha.plans.sheets import taken_tracking, tracking
from arusha.plans.tables import comparing
from arusha.plans.tables.comparing import Compared
from arusha.plans.tables.tracking import Row
from questionnaires.problems import Problem, Refused
from tests.plans.tables.written import FILE, TODAY, figure, pages, small
from tests.plans.tables.written import edited as edited_sheet

SHEET = "Tracking table"
HEADINGS = (
    *("#", "Indicator", "Unit", "Direction", "Baseline", "Period", "Target", "Actual", "Date", "Source"),
    *("Note", "Reason for a change"),
)
FIGURES = (
    figure("ind001", "baseline", "", 10.0, on=date(2022, 12, 31)),
    figure("ind001", "target", "2023", 30.0),
    figure("ind001", "actual", "2023", 25.0, note="Two offices missing"),
    figure("ind001", "target", "2024", 60.0, on=date(2024, 12, 31)),
)
# The rows of this plan's table: ind001 in 2023 to 2025, then ind002 and ind003
Y2023, Y2024, Y2025, CALLS_2023, CALLS_2024 = 6, 7, 8, 9, 10


def plan(*more: Figure, **said: object) -> Plan:
    figures = [replace(one, number=number) for number, one in enumerate((*FIGURES, *more), start=1)]
    return small(**{"figures": tuple(figures), **said})


def written(of: Plan | None = None, language: str = "en") -> bytes:
    return tracking.write(translator(language), of or plan(), TODAY)


def edited(data: bytes, *edits: object, **cells: object) -> bytes:
    return edited_sheet(data, *edits, sheet=SHEET, **cells)  # type: ignore[arg-type]


def compared(data: bytes, of: Plan | None = None) -> Compared:
    now = of or plan()
    return comparing.compare(now, taken_tracking.taken(pages(data), FILE, now), TODAY)


def states(found: Compared) -> dict[str, str]:
    return {row.name: row.state for row in found.rows if row.state != "same"}


def row(found: Compared, name: str) -> Row:
    return next(one for one in found.rows if one.name == name)


def said(problems: Iterable[Problem]) -> list[str]:
    return [str(problem).removeprefix(f"{FILE} · {SHEET}!") for problem in problems]


def faults(data: bytes, of: Plan | None = None) -> list[str]:
    try:
        comparing.take(compared(data, of))
    except Refused as refused:
        return said(refused.problems)
    return []
