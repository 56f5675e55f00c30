"""Work plan and tracking tables in tests: a small plan, its workbook after an edit, foreign ones."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from openpyxl import Workbook, load_workbook

from arusha.exchange.parsing import parse
from arusha.exchange.reading import Page
from arusha.i18n import translator
from arusha.plans import rules
from arusha.plans.model import Activity, Figure, Goal, Header, Indicator, Outcome, Output, Plan, Update
from arusha.plans.sheets import taken_work_plan, work_plan
from arusha.plans.tables.taking import Taken, take
from arusha.plans.tables.work_plan import Line, Section, Table, cleaned, of_plan
from questionnaires.problems import Problem, Refused

T = translator("en")
TODAY = date(2024, 6, 30)
FILE = "plan.xlsx"
SHEET = "Work plan"
HEADINGS = (
    "#",
    "Activity",
    "Stakeholders",
    "Expected Output",
    "Status",
    "Indicator",
    "Intended Outcome",
)
HEAD = Header(title="Integrity plan", start=date(2023, 1, 1), end=date(2025, 12, 31), owners=("Unit",))
PARTS = (
    Goal(id="goal01", number="1", title="Rules are known", impact="People trust Customs."),
    Outcome(id="outcome01", within="goal01", title="Staff follow the code"),
    Output(id="output01", within="outcome01", title="A code of conduct"),
    Activity(id="act001", within="output01", number="1.1", title="Write the code", stakeholders="Union"),
    Indicator(id="ind001", within="act001", title="Share of staff who signed", unit="%", source="Register"),
    Activity(id="act002", within="output01", number="1.2", title="Train inspectors on the code"),
    Output(id="output02", within="goal01", title="A hotline"),
    Activity(id="act003", within="output02", number="1.3", title="Open a telephone line for reports"),
    Indicator(id="ind002", within="act003", title="Calls a year", unit="calls"),
    Indicator(id="ind003", within="act003", title="Calls answered in time", unit="%"),
    Goal(id="goal02", number="2", title="Posts are rotated"),
    Activity(id="act004", within="goal02", number="2.1", title="Publish the calendar of rotation"),
)
# The rows of this plan's table
GOAL1, ACT1, ACT2, ACT3, IMPACT1, GOAL2, ACT4, IMPACT2 = range(5, 13)


def small(**said: object) -> Plan:
    """Return a plan of two goals and four activities; the first is ongoing."""
    updates = (Update("act001", "status", date(2024, 1, 31), "ongoing", number=1),)
    plan = Plan("xa2023-pabcde", "XA", HEAD, PARTS, updates=updates)
    plan = replace(plan, revisions={part.id: 1 for part in plan.parts})
    return replace(plan, **said)  # type: ignore[arg-type]


def written(plan: Plan, language: str = "en") -> bytes:
    """Return a plan's work plan table."""
    return work_plan.write(translator(language), plan, TODAY)


def edited(
    data: bytes, *edits: Callable[[Workbook], object], sheet: object = SHEET, **cells: object
) -> bytes:
    """Return a workbook after edits; ``B6="…"`` writes into a cell."""
    book = load_workbook(io.BytesIO(data))
    for edit in edits:
        edit(book)
    for place, value in cells.items():
        book[str(sheet)][place] = value
    return kept(book)


def kept(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def pages(data: bytes) -> dict[str, Page]:
    """Return the sheets of a workbook, read in this process."""
    return parse(data, FILE)


def table(data: bytes) -> Table:
    """Return the work plan table of a workbook."""
    return taken_work_plan.taken(pages(data), FILE)


def taking(plan: Plan, data: bytes, decided: dict[int, str] | None = None) -> Taken:
    """Return what a workbook does with a plan; new parts get ids in order."""
    numbers = count(len(plan.parts))
    return take(plan, table(data), TODAY, lambda: f"new{next(numbers):05d}", decided)


def after(plan: Plan, data: bytes, decided: dict[int, str] | None = None) -> Plan:
    """Return the plan after a workbook was taken, which nothing stands against."""
    taken = taking(plan, data, decided)
    assert said(taken.problems) == []
    return rules.after(plan, taken.changes)


def said(problems: Iterable[Problem]) -> list[str]:
    """Return problems as lines, without the names of file and sheet."""
    return [str(problem).removeprefix(f"{FILE} · {SHEET}!") for problem in problems]


def faults(data: bytes, plan: Plan | None = None) -> list[str]:
    """Return what stands against taking a workbook, one line a fault."""
    try:
        return said(taking(plan or small(), data).problems)
    except Refused as refused:
        return said(refused.problems)


def foreign(*rows: Sequence[object], merged: Iterable[str] = (), head: Sequence[object] = HEADINGS) -> bytes:
    """Return a work plan that another program wrote: headings in row 2, rows below."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(["Work plan of our office"])
    for row in (head, *rows):
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return kept(book)


def shown(table: Table) -> list[Section]:
    """Return what a table says, without ids and rows, as a sheet gives it back."""
    return [
        replace(
            _cleaned(section), id="", row=0, impact_row=0, lines=tuple(_bare(one) for one in section.lines)
        )
        for section in table.sections
    ]


def shown_of(plan: Plan) -> list[Section]:
    """Return what a plan's table says, without ids and rows."""
    return shown(of_plan(plan))


def _cleaned(section: Section) -> Section:
    texts = (section.number, section.title, section.impact)
    number, title, impact = map(cleaned, texts)
    return replace(section, number=number, title=title, impact=impact)


def _bare(line: Line) -> Line:
    names = ("number", "activity", "stakeholders", "output", "indicator", "outcome")
    return replace(line, **{name: cleaned(getattr(line, name)) for name in names}, id="", goal="", row=0)


def figure(subject: str, kind: str, period: str, value: float | None, **said: object) -> Figure:
    """Return a figure of a day within the plan, with a source."""
    given = {"on": date(2023, 12, 31), "source": "Register", **said}
    return Figure(subject, kind, period, value, **given)  # type: ignore[arg-type]
