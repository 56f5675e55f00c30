"""Support requested: of which kind, from whom, for which measure; one row a request."""

from collections.abc import Iterator

from arusha.exchange.cells import Value, day
from arusha.exchange.tables import Column
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import cells_of, mark_statuses, put_head, put_table, sheet_of
from arusha.plans.wording import STATUS_NAMES, SUPPORT_NAMES
from questionnaires.problems import N_

NOTE = N_("Filter by kind or by whom to see everything that is asked of one partner.")


def write(content: Content) -> None:
    """Write the sheet."""
    t = content.t
    columns = [
        Column(t("Kind"), 20),
        Column(t("From whom"), 28),
        Column(t("What is asked for"), 48),
        Column(t("No."), 8),
        Column(t("Measure"), 44),
        Column(t("Status"), 12),
        Column(t("Responsible"), 20),
        Column(t("Start"), 12, figures=True),
        Column(t("End"), 12, figures=True),
        Column(t("Id"), 14),
    ]
    sheet = sheet_of(content, t("Support requested"), columns)
    row = put_head(sheet, t("Support requested"), columns, [t(NOTE)])
    table = put_table(content, sheet, row, columns, _rows(content), frozen=1)
    mark_statuses(sheet, cells_of(table, 6), t)


def _rows(content: Content) -> Iterator[list[Value]]:
    plan, t = content.plan, content.t
    for one in plan.activities:
        status = t(STATUS_NAMES[plan.status(one.id, content.today)])
        for asked in one.support:
            yield [
                t(SUPPORT_NAMES[asked.kind]),
                asked.whom,
                asked.title,
                one.number,
                one.title,
                status,
                one.responsible,
                day(one.start),
                day(one.end),
                one.id,
            ]
