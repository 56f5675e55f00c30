"""About the workbook: which plan, which version, how its figures come about and how to read them."""

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange import look as looks
from arusha.exchange.cells import put_text
from arusha.exchange.look import Style
from arusha.exchange.tables import Column, put_line
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import put_head, sheet_of
from arusha.plans.wording import STATE_NAMES
from arusha.ui.look import LOOK
from arusha.version import VERSION
from questionnaires.problems import N_

METHOD = (
    N_(
        "Two clocks: activities done ÷ activities that were not dropped, "
        "and benchmarks met ÷ benchmarks whose day has come. Ambiguous indicators count in neither."
    ),
    N_(
        "A benchmark is the target and the actual of one period. It is met when the actual is at the target "
        "or beyond it, in the direction of the indicator. An ambiguous indicator is read with care: "
        "it is never met or missed."
    ),
    N_(
        "Standing of an indicator: on track, at risk or off track, by the share of the planned way that it "
        "has gone, by its forecast, and by whether it still moves; no data when nothing due has a value."
    ),
    N_(
        "Standing of a goal: that of the worst of its indicators. A person may set a standing aside; "
        "the reason then stands beside what the rule says."
    ),
    N_(
        "Forecast: the line through the actuals with the median slope (Theil and Sen), "
        "to the plan's end; its range holds eight times in ten. Too few points give none."
    ),
    N_("Money: spent is the sum of every period's entry; remaining is planned less spent."),
    N_("The rules are this toolkit's own; the WCO has set none for such plans."),
)
READING = (
    N_("An empty cell: nothing is known, or there is nothing to compute the figure from."),
    N_("A cell shows a rounded figure; it holds every digit. The workbook holds no formula."),
    N_("A colour only repeats the word or the sign in its cell."),
    N_("Ids are permanent; printed numbers may shift from year to year."),
    N_("Changes made in this workbook do not come back; use the work plan or the tracking table for that."),
)


def write(content: Content) -> None:
    """Write the sheet."""
    t = content.t
    columns = [Column("", 26), Column("", 100)]
    sheet = sheet_of(content, t("About"), columns)
    row = put_head(sheet, t("About this workbook"), columns)
    for label, said in facts(content):
        row = put_fact(sheet, row, label, said, columns)
    for title, sentences in ((t("How the figures come about"), METHOD), (t("How to read it"), READING)):
        row = put_line(sheet, row + 1, title, columns, LOOK.heading, size=13, bold=True)
        for sentence in sentences:
            row = put_line(sheet, row, t(sentence), columns, LOOK.ink)


def put_fact(sheet: Worksheet, row: int, label: str, said: str, columns: list[Column], first: int = 2) -> int:
    """Write one fact, its label left of column ``first``; return the row below."""
    cell = sheet.cell(row, 1)
    put_text(cell, label)
    looks.styled(cell, Style(LOOK.quiet, across="left", down="top"))
    if first > 2:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=first - 1)
    return put_line(sheet, row, said or "–", columns, LOOK.ink, first=first)


def facts(content: Content) -> Iterator[tuple[str, str]]:
    """Return label and text of what has to be known of the plan as a whole."""
    t, plan, head = content.t, content.plan, content.plan.header
    yield t("Plan"), head.title
    yield t("Administration"), f"{content.administration}, {plan.administration}"
    yield t("Programme"), head.programme
    yield t("From – to"), t("{start} to {end}", start=t.day(head.start), end=t.day(head.end))
    yield t("Responsible"), head.owner
    yield t("Version"), _version(content)
    yield t("As of"), t.day(content.today)
    yield t("Plan id"), plan.id
    yield t("Program"), t("Arusha toolkit {version}", version=VERSION)


def _version(content: Content) -> str:
    t, plan = content.t, content.plan
    state = t(STATE_NAMES[plan.state])
    if plan.approved is None:
        return t("{number}, {state}; not approved yet", number=plan.version, state=state)
    return t(
        "{number}, {state}; approved on {day}", number=plan.version, state=state, day=t.day(plan.approved)
    )
