"""The measures a row each, with the indicator that tells whether they work."""

from collections.abc import Iterator

from openpyxl import Workbook

from arusha.exchange.cells import Number, Value
from arusha.exchange.tables import Column
from arusha.reference import wording
from arusha.reference.content import Content
from arusha.reference.sheets.layout import practices_of, put_table, sheet_of
from questionnaires.model import Practice


def write(book: Workbook, content: Content) -> None:
    """Write every measure."""
    t = content.t
    columns = [
        Column(t("Factor"), 15),
        Column(t("Practice"), 40),
        Column(t("Measure"), 40),
        Column(t("Usual duration, months"), 11, figures=True),
        Column(t("First output"), 34),
        Column(t("Indicator"), 36),
        Column(t("Unit"), 10),
        Column(t("The indicator"), 16),
        Column(t("Id"), 24),
    ]
    rows = (
        [content.short(factor), content.of(practice).question, *row]
        for factor, practice in practices_of(content)
        for row in _rows(content, practice)
    )
    title = t("Measures that would lift a practice by a step")
    put_table(sheet_of(book, t("Measures"), content, columns), title, columns, rows, frozen=2)


def _rows(content: Content, practice: Practice) -> Iterator[list[Value]]:
    for measure, words in content.measures(practice):
        yield [
            words.name,
            Number(measure.months),
            words.output,
            words.indicator,
            words.unit,
            wording.directions(content.t)[measure.direction],
            f"{practice.id}\n{measure.id}",
        ]
