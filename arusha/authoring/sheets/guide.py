"""The first sheet: how to work in this workbook, and what each sheet holds. It is never read back."""

from openpyxl import Workbook

from arusha.authoring.sheets.tables import protect
from arusha.exchange.cells import put_text
from arusha.exchange.look import fill, place, write_in
from arusha.exchange.sheets import LINE, Footer, add_sheet
from arusha.exchange.tables import lines_of
from arusha.i18n import Translator
from arusha.ui.look import LOOK
from questionnaires.problems import N_

NAME = "Guide"
WIDTHS = (22.0, 96.0)
RULES = (
    N_("White cells may be changed. Grey cells are locked: ids are for ever, and marks are the program's."),
    N_("To add a practice, a measure, a step or a text, write it in one of the white rows at the end."),
    N_("To remove an entry, unprotect its sheet (there is no password) and delete its rows in every sheet."),
    N_("Do not rename or sort sheets' columns, do not merge cells, and write values instead of formulas."),
    N_("Save as an Excel workbook (.xlsx) and read it back. Every fault is then named by sheet and cell."),
)
SHEETS = (
    ("Settings", N_("What is said once of the whole questionnaire.")),
    ("Scales", N_("The steps of each scale and what they are worth.")),
    ("Factors", N_("The factors, their numbers and weights.")),
    ("Practices", N_("The practices: scale, weight, key, openings they close, who would know.")),
    ("Measures", N_("The measures that would lift a practice by one step.")),
)


def write(book: Workbook, t: Translator, title: str, sheets: list[str], source: str, footer: Footer) -> None:
    """Write the guide; ``sheets`` are the languages, ``source`` the default one."""
    sheet = add_sheet(book, NAME, "", footer)
    for letter, width in zip("AB", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    told = [("", t(rule)) for rule in RULES]
    told += [("", ""), *((name, t(about)) for name, about in SHEETS)]
    told += [(one, _of_language(t, one, source)) for one in sheets]
    put_text(sheet["A1"], title)
    write_in(sheet["A1"], LOOK.heading, size=16, bold=True)
    sheet.row_dimensions[1].height = 28
    for number, (name, text) in enumerate(told, start=3):
        for column, said in ((1, name or (str(number - 2) if text else "")), (2, text)):
            cell = sheet.cell(number, column)
            put_text(cell, said)
            write_in(cell, LOOK.ink, bold=column == 1)
            place(cell, across="left")
            if name and column == 1:
                fill(cell, LOOK.band)
        sheet.row_dimensions[number].height = len(lines_of(text, WIDTHS[1])) * LINE + 5
    protect(sheet)


def _of_language(t: Translator, language: str, source: str) -> str:
    if language == source:
        return t("Every text in the default language, which the others are translated from.")
    return t(
        "Every text in this language. Red cells are missing; amber ones are stale: their source has changed."
    )
