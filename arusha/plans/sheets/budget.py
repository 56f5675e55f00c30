"""The budget: what was planned, what was spent and what remains, line by line and summed by funder."""

from collections.abc import Iterator

from arusha.exchange.cells import PERCENT, Number, Value
from arusha.exchange.marking import Mark, mark_words
from arusha.exchange.sheets import freeze_below
from arusha.exchange.tables import Column
from arusha.plans.model import Activity, BudgetLine
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import MONEY, begin_table, cells_of, put_head, put_table, sheet_of
from arusha.plans.sheets.spending import Money, by_funder, of_lines, spent_by_line
from arusha.plans.wording import STATUS_NAMES
from arusha.ui.theme import RED
from questionnaires.problems import N_

OVERSPENT = N_("overspent")
EXACT = 1e-9  # sums of decimals in floating point
NOTE = N_("What remains is below zero where more was spent than planned; “In words” says so.")
MARK = Mark(RED, "#F8E4E4")


def write(content: Content) -> None:
    """Write every line, to be filtered."""
    t, spent = content.t, spent_by_line(content.plan)
    columns = _columns(content)
    sheet = sheet_of(content, t("Budget"), columns)
    row = put_head(sheet, _title(content), columns, [t(NOTE)])
    rows = (_line(content, one, line, spent) for one in content.plan.activities for line in one.budget)
    table = put_table(content, sheet, row, columns, rows, frozen=2)
    mark_words(sheet, cells_of(table, 11), {t(OVERSPENT): MARK})


def write_by_funder(content: Content) -> None:
    """Write the sums of each funder, and of all together."""
    t, spent = content.t, spent_by_line(content.plan)
    columns = [Column(t("Funder"), 40), *_columns_of_money(content)]
    sheet = sheet_of(content, t("Budget by funder"), columns)
    row = put_head(sheet, _title(content), columns, [t(NOTE)])
    funders = by_funder(content.plan, spent)
    rows = [[name or t("no funder named"), *_figures(content, money)] for name, money in funders.items()]
    table = begin_table(content, sheet, row, columns)
    for values in rows:
        table.put(values)
    lines = (line for one in content.plan.activities for line in one.budget)
    table.put([t("In all"), *_figures(content, of_lines(spent, lines))], bold=True)
    freeze_below(sheet, table.first - 1, 1)
    mark_words(sheet, cells_of(table, 6), {t(OVERSPENT): MARK})


def _title(content: Content) -> str:
    currency = content.plan.header.currency
    return content.t("Budget, in {currency}", currency=currency) if currency else content.t("Budget")


def _columns(content: Content) -> list[Column]:
    t = content.t
    return [
        Column(t("No."), 8),
        Column(t("Measure"), 42),
        Column(t("Status"), 12),
        Column(t("Responsible"), 20),
        Column(t("Budget line"), 34),
        Column(t("Funder"), 24),
        *_columns_of_money(content),
        Column(t("Id"), 14),
    ]


def _columns_of_money(content: Content) -> list[Column]:
    t = content.t
    return [
        Column(t("Planned"), 16, figures=True),
        Column(t("Spent"), 16, figures=True),
        Column(t("Remaining"), 16, figures=True),
        Column(t("Share spent"), 10, figures=True),
        Column(t("In words"), 14),
    ]


def _line(content: Content, one: Activity, line: BudgetLine, spent: dict[str, float]) -> list[Value]:
    status = content.t(STATUS_NAMES[content.plan.status(one.id, content.today)])
    said: list[Value] = [one.number, one.title, status, one.responsible, line.title, line.funder]
    return [*said, *_figures(content, of_lines(spent, [line])), line.id]


def _figures(content: Content, money: Money) -> Iterator[Value]:
    yield Number(money.planned, MONEY)
    yield Number(money.spent, MONEY)
    yield Number(money.remaining, MONEY)
    yield Number(money.share, PERCENT)
    yield content.t(OVERSPENT) if money.spent > money.planned * (1 + EXACT) else ""
