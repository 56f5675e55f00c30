"""The commitments a row each, with the practices that serve them: a matrix of them could not be read."""

from collections.abc import Sequence

from openpyxl import Workbook

from arusha.exchange.cells import Number, Value
from arusha.exchange.tables import Column
from arusha.reference.content import Content
from arusha.reference.rules import Served
from arusha.reference.sheets.layout import put_table, sheet_of
from questionnaires.model import Practice


def write(book: Workbook, content: Content) -> None:
    """Write the commitments; nothing when the questionnaire names none."""
    if not content.coverage:
        return
    t = content.t
    columns = [
        Column(t("Commitment"), 13),
        Column(t("What it asks for"), 40),
        Column(t("Practices that name it first"), 52),
        Column(t("Practices that also serve it"), 52),
        Column(t("Practices"), 11, figures=True),
    ]
    rows = (_row(content, one, served) for one, served in content.coverage.items())
    title = t("The commitments and the practices that serve them")
    put_table(sheet_of(book, t("Commitments"), content, columns), title, columns, rows, frozen=2)


def _row(content: Content, commitment: str, served: Served) -> list[Value]:
    first, also = _named(content, served.first), _named(content, served.also)
    count = Number(len(served.first) + len(served.also))
    return [commitment, content.commitment(commitment), first, also, count]


def _named(content: Content, practices: Sequence[Practice]) -> str:
    return "\n".join(f"{content.of(practice).question} ({practice.id})" for practice in practices)
