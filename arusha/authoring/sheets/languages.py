"""The sheet of one language: every text with its place, and for a translation the source it was made from.

A translation's row shows live whether it is missing or stale. A spreadsheet cannot compute a hash, so the
source and the translation as they were written stand in two hidden columns, and the row compares them with
what stands there now. What is read back are the hash and the texts, never what a formula shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from arusha.authoring.sheets import tables
from arusha.authoring.sheets.columns import FIRST, YES, Column, Live, Plan, Row, Takes
from arusha.authoring.spots import KINDS, UNCHANGED, Spot
from arusha.authoring.translations import mark
from arusha.exchange.sheets import Footer
from arusha.i18n import Translator
from questionnaires.problems import N_

SPARE_ROWS = 60
STALE, MISSING = "FBE3C6", "F6D5D5"  # amber and red, pale enough to be read on
LOST = "…"  # stands for a source text of which only the hash is remembered
PLACE = (
    Column("part", N_("Part"), 38, help=N_("As in the rows above: practices. and the id."), locked=True),
    Column("item", N_("Item"), 32, help=N_("As in the rows above: question, steps.STEP …"), locked=True),
)
TEXT = 4  # the column of the text in a translation, 3 in the default language


def source_plan(language: str) -> Plan:
    """Return the sheet of the default language, which the others are translated from."""
    return Plan(
        language,
        N_("{language}: the words in the default language"),
        N_("The white cells may be changed. A translation of a changed text is then marked as stale."),
        (*PLACE, Column("text", N_("Text"), 100, Takes.TEXT)),
        SPARE_ROWS,
        frozen=2,
    )


def translation_plan(language: str) -> Plan:
    """Return the sheet of another language."""
    return Plan(
        language,
        N_("{language}: the words in this language"),
        N_("Translate into the white column. Red cells are missing, amber cells are stale."),
        (
            *PLACE,
            Column("source", N_("Source text"), 62, Takes.AID),
            Column("text", N_("Translation"), 62, Takes.TEXT),
            Column("state", N_("State"), 11, Takes.AID),
            Column(
                "still_right",
                N_("Still right"),
                11,
                Takes.TRUTH,
                N_("yes: the source has changed, and this translation fits it as it is."),
            ),
            Column("translated_from", N_("Translated from"), 15, locked=True),
            Column("source_then", N_("Source as it was"), 20, Takes.TEXT, locked=True, hidden=True),
            Column("text_then", N_("Translation as it was"), 20, Takes.TEXT, locked=True, hidden=True),
        ),
        SPARE_ROWS,
        frozen=2,
    )


def write_source(
    book: Workbook, t: Translator, language: str, texts: Mapping[Spot, str], foot: Footer
) -> None:
    """Write the sheet of the default language."""
    rows = [{**_place(spot), "text": text} for spot, text in texts.items()]
    sheet = tables.write(book, t, source_plan(language), rows, foot)
    _mark_groups(sheet, list(texts), 3)


def write_translation(
    book: Workbook, t: Translator, language: str, rows: Sequence[tuple[Spot, Row]], foot: Footer
) -> None:
    """Write the sheet of a translation, whose rows ``row_of`` made."""
    sheet = tables.write(book, t, translation_plan(language), [row for _spot, row in rows], foot)
    _mark_groups(sheet, [spot for spot, _row in rows], 7)
    area = f"D{FIRST}:E{FIRST + len(rows) - 1}"
    for number, colour in ((1, STALE), (2, MISSING)):
        wanted = _quoted(t("stale") if number == 1 else t("missing"))
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        sheet.conditional_formatting.add(area, FormulaRule(formula=[f"$E{FIRST}={wanted}"], fill=fill))


def row_of(
    t: Translator, number: int, spot: Spot, text: str, source: str, from_: str, shown: Live | None
) -> Row:
    """Return a translation's row ``number``; ``from_`` is the hash of the source it was made from.

    ``shown`` is what shows the source live; None where the default language has no such text.
    """
    is_known = from_ == mark(source)
    return {
        **_place(spot),
        "source": shown,
        "text": text,
        "state": _state(t, number) if shown else None,
        "translated_from": from_ if text and shown else "",
        "source_then": (source if is_known else LOST) if text and shown else "",
        "text_then": text if shown else "",
    }


def _state(t: Translator, number: int) -> Live:
    missing, stale = _quoted(t("missing")), _quoted(t("stale"))
    n = number
    fits = f'OR(EXACT(C{n},H{n}),F{n}="{YES}",NOT(EXACT(D{n},I{n})))'
    return Live(f'=IF(D{n}="",IF(C{n}="","",{missing}),IF({fits},"",{stale}))')


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def shown(language: str, row: int, text: str) -> Live:
    """Return what shows a text of the default language's sheet, as it stands there now."""
    cell = f"{quote_sheetname(language)}!$C${row}"
    return Live(f'=IF({cell}="","",{cell})', text)


def _place(spot: Spot) -> dict[str, str | bool]:
    is_head = spot.item in ("question", "name") and not spot.part.startswith(KINDS)
    return {"part": spot.part, "item": spot.item, "bold": is_head}


def _mark_groups(sheet: Worksheet, spots: Sequence[Spot], columns: int) -> None:
    """Draw a stronger line above the first row of each part."""
    for number in _first_rows(spots):
        for column in range(1, columns + 1):
            tables.underline_strongly(sheet.cell(number - 1, column))


def _first_rows(spots: Sequence[Spot]) -> Iterator[int]:
    for number, (before, spot) in enumerate(pairwise(spots), start=FIRST + 1):
        if spot.part not in (before.part, UNCHANGED):
            yield number
