"""What an expert meets in the workbook: locked ids, open cells, choices, headings that stay, and marks."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.authoring.sheets import guide, languages, structure
from arusha.authoring.sheets.columns import FIRST, HEADINGS, KEYS, Takes
from arusha.authoring.translations import mark
from arusha.ui import theme
from arusha.ui.look import LOOK
from tests.authoring.books import book_of, row_of, small
from tests.exchange.reading import opened

PLANS = [
    structure.settings(),
    structure.scales(),
    structure.factors(),
    structure.practices(),
    structure.measures(),
    languages.source_plan("en"),
    languages.translation_plan("fr"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book_of(small(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return opened(data)


def choices(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """Return column letter -> kind of rule and its first formula."""
    rules = sheet.data_validations.dataValidation
    return {str(rule.sqref)[0]: (rule.type, rule.formula1) for rule in rules}


def test_the_sheets_are_there_in_order(book: Workbook) -> None:
    assert book.sheetnames == [guide.NAME, *(plan.name for plan in PLANS)]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_each_sheet_is_locked_without_a_password_and_keeps_its_head_in_sight(plan, book: Workbook) -> None:  # type: ignore[no-untyped-def]
    sheet = book[plan.name]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.autoFilter
    assert not sheet.protection.formatRows
    assert sheet.freeze_panes == f"{'ABC'[plan.frozen]}{FIRST}"
    assert sheet.auto_filter.ref.startswith(f"A{KEYS}:")
    assert [sheet.cell(KEYS, number + 1).value for number in range(len(plan.columns))] == list(plan.keys)
    assert all(sheet.cell(HEADINGS, number + 1).value for number in range(len(plan.columns)))
    assert all(sheet.cell(FIRST, number + 1).alignment.wrap_text for number in range(len(plan.columns)))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_what_may_be_changed_is_open_and_the_rest_is_locked(plan, book: Workbook) -> None:  # type: ignore[no-untyped-def]
    for number, column in enumerate(plan.columns, start=1):
        cell = book[plan.name].cell(FIRST + (plan.name == "Settings"), number)
        assert cell.protection.locked == (column.locked or column.takes is Takes.AID), column.key
        assert book[plan.name].cell(KEYS, number).protection.locked


def test_the_id_of_the_questionnaire_is_locked(book: Workbook) -> None:
    assert book["Settings"]["B5"].protection.locked


@pytest.mark.parametrize("plan", [plan for plan in PLANS if plan.spare], ids=lambda plan: plan.name)
def test_new_rows_can_be_written_with_their_ids(plan, book: Workbook) -> None:  # type: ignore[no-untyped-def]
    sheet = book[plan.name]
    row = next(row for row in range(FIRST, 200) if sheet.cell(row, 1).value is None)
    for number, column in enumerate(plan.columns, start=1):
        is_ours = column.takes is Takes.AID or column.hidden
        assert sheet.cell(row, number).protection.locked == is_ours, column.key


def test_what_can_be_chosen_is_offered(book: Workbook) -> None:
    practices = choices(book["Practices"])
    assert practices["A"] == ("list", "Factors!$A$5:$A$2000")
    assert practices["D"] == ("list", '"yes_no"')
    assert practices["E"] == ("decimal", "0")
    assert [practices[letter] for letter in "FGH"] == [("list", '"yes,no"')] * 3
    assert practices["I"] == ("list", '"customs,shared,government"')
    assert practices["P"] == ("list", '"same,indirect,subject"')
    measures = choices(book["Measures"])
    assert measures["A"] == ("list", "Practices!$B$5:$B$2000")
    assert measures["C"] == ("whole", "1")
    assert measures["D"] == ("list", '"up,down,ambiguous"')
    assert choices(book["Scales"])["C"] == ("decimal", "0")
    assert choices(book["fr"])["F"] == ("list", '"yes,no"')


def test_names_that_a_list_may_take_are_said_beside_the_cell(book: Workbook) -> None:
    rules = {str(rule.sqref)[0]: rule for rule in book["Practices"].data_validations.dataValidation}
    assert rules["K"].prompt == "Names with commas between.\ndelay"
    assert all(len(rule.prompt or "") <= 255 for rule in rules.values())


def test_cells_for_text_keep_text_as_it_is_typed(book: Workbook) -> None:
    """Otherwise a spreadsheet makes a number of 6.1, and a date of 1-2."""
    assert {book["Practices"].cell(FIRST, column).number_format for column in (10, 11, 14)} == {"@"}
    assert book["fr"].cell(FIRST, languages.TEXT).number_format == "@"


def test_each_translation_shows_its_source_and_bears_its_mark(data: bytes, book: Workbook) -> None:
    row = row_of(data, "fr", "practices.care.lock", "question")
    cells = [book["fr"].cell(row, column).value for column in range(3, 10)]
    assert cells[0] == f"=IF('en'!$C${row}=\"\",\"\",'en'!$C${row})"
    assert cells[4:] == [mark("Is the store locked?"), "Is the store locked?", "Is the store locked?"]
    assert [book["fr"].column_dimensions[letter].hidden for letter in "GHI"] == [False, True, True]


def test_missing_and_stale_rows_are_marked_as_they_stand(book: Workbook) -> None:
    rules = [rule for area in book["fr"].conditional_formatting for rule in area.rules]
    assert [rule.formula for rule in rules] == [['$E5="stale"'], ['$E5="missing"']]


@pytest.mark.parametrize("colour", [languages.STALE, languages.MISSING])
def test_what_is_marked_can_be_read(colour: str) -> None:
    assert theme.contrast(LOOK.ink, f"#{colour}") >= 4.5
    assert theme.contrast(LOOK.quiet, f"#{colour}") >= 4.5


def test_the_colours_are_those_of_the_house() -> None:
    assert (LOOK.ink, LOOK.quiet, LOOK.line) == (theme.INK, theme.GREY, theme.LINE)
    assert (LOOK.heading, LOOK.on_heading, LOOK.band) == (theme.CUSTOMS_BLUE, theme.WHITE, theme.SAND)
    assert (LOOK.warn, LOOK.strong, LOOK.pale) == (theme.AMBER, theme.LIGHT.strong, theme.LIGHT.whisker)


def test_the_guide_names_every_sheet(book: Workbook) -> None:
    said = {book[guide.NAME].cell(row, 1).value for row in range(1, 30)}
    assert {plan.name for plan in PLANS} <= said


def test_rows_are_as_high_as_their_text(tmp_path: Path) -> None:
    words = small(tmp_path)
    sheet = opened(book_of(words))["en"]
    heights = [sheet.row_dimensions[row].height for row in range(FIRST, FIRST + 20)]
    assert all(height and height >= 15 for height in heights)
