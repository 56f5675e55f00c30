"""The checks: everything the plan check finds, with its place and its remedy."""

from arusha.exchange.cells import Value
from arusha.exchange.tables import Column
from arusha.plans.checkup.checking import NAMES
from arusha.plans.checkup.findings import Finding
from arusha.plans.progress import telling
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import put_head, put_table, sheet_of
from questionnaires.problems import N_

NOTE = N_("The check refuses nothing: it says what is unwise or still missing.")
NO_ANSWERS = N_("No answers were at hand, so gaps without a measure could not be looked for.")


def write(content: Content) -> None:
    """Write the sheet."""
    t = content.t
    columns = [
        Column(t("Rule"), 28),
        Column(t("Place"), 46),
        Column(t("What is wrong"), 56),
        Column(t("What to do"), 56),
        Column(t("Id"), 16),
    ]
    sheet = sheet_of(content, t("Checks"), columns)
    notes = [t(NOTE), _count(content)]
    if content.asked is None or content.answers is None:
        notes.append(t(NO_ANSWERS))
    row = put_head(sheet, t("Checks"), columns, notes)
    rows = (_row(content, finding) for finding in content.findings)
    put_table(content, sheet, row, columns, rows, frozen=1)


def _count(content: Content) -> str:
    count = len(content.findings)
    if not count:
        return content.t("The check of {day} finds nothing.", day=content.t.day(content.today))
    return content.t.many(
        "The check of {day} finds {count} thing.",
        "The check of {day} finds {count} things.",
        count,
        day=content.t.day(content.today),
    )


def _row(content: Content, finding: Finding) -> list[Value]:
    t = content.t
    fault = telling.told(t, finding.fault, finding.values)
    remedy = telling.told(t, finding.remedy, finding.values)
    return [t(NAMES[finding.rule]), finding.place, fault, remedy, finding.subject]
