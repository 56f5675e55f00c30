"""A small questionnaire's workbook, and what it is refused with after somebody worked on it."""

import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook

from arusha.authoring import taking_back, workbook
from arusha.authoring.taking_back import Taken
from arusha.i18n import translator
from questionnaires import loading
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from tests.questionnaires.small import STRUCTURE, TEXT, written

T = translator("en")
FILE = "small.xlsx"
FRENCH = (
    TEXT.replace("A small questionnaire", "Un petit questionnaire")
    .replace("It is locked.", "Il est fermé.")
    .replace("Buy a lock", "Acheter une serrure")
)
# The columns of the sheet Practices
FACTOR, ID, SCALE, WEIGHT, KEY, POWER, DRIVERS, FOLLOWS, CLASS, WITH = "ABDEFIKOPQ"


def small(at: Path, structure: str = STRUCTURE, **texts: str) -> Questionnaire:
    """Return the small questionnaire, in English and French."""
    return loading.read(written(at, structure, **{"fr": FRENCH, **texts}))


def edited(data: bytes, *edits: Callable[[Workbook], object], **cells: object) -> bytes:
    """Return a workbook after edits; ``Practices_E5=2.0`` writes into a cell."""
    book = load_workbook(io.BytesIO(data))
    for edit in edits:
        edit(book)
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("_")
        book[sheet][cell] = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def row_of(data: bytes, sheet: str, part: str, item: str) -> int:
    """Return the row of a text in a language's sheet."""
    page = load_workbook(io.BytesIO(data))[sheet]
    return next(
        row for row in range(5, 200) if (page.cell(row, 1).value, page.cell(row, 2).value) == (part, item)
    )


def faults(data: bytes) -> list[str]:
    """Return what a workbook is refused with, one line a fault, without the file's name."""
    try:
        taken(data)
    except Refused as refused:
        return [str(problem).removeprefix(f"{FILE} · ") for problem in refused.problems]
    return []


def taken(data: bytes) -> Taken:
    """Return what a workbook holds."""
    return taking_back.read(data, FILE)


def told(taken: Taken) -> list[str]:
    """Return the warnings, one line each, without the file's name."""
    return [str(warning).removeprefix(f"{FILE} · ") for warning in taken.warnings]


def book_of(questionnaire: Questionnaire) -> bytes:
    """Return a questionnaire's workbook."""
    return workbook.write(questionnaire, T)
