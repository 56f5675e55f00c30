"""Whatever somebody did to a workbook, each fault is named by sheet and cell, and is told once."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from arusha.authoring import taking_back
from questionnaires.problems import Refused, refuse
from tests.authoring.books import FILE, book_of, edited, faults, row_of, small, taken

PART = "practices.care.list"
FILL = "Write what belongs here."
AS_TEXT = "Format the cell as text, then type it again."
CHOOSE = "Choose one from the list of the cell."
ROWS = "Write them in a row of this sheet, its part and item as in other rows."
TWICE = "Delete one of the two rows."

IN_A_CELL: dict[str, tuple[object, str]] = {
    "Practices_E5": (-1, "weight = -1.0: this must be above 0. Write a greater number."),
    "Practices_D5": ("yes_n", "The scale yes_n is not defined. Did you mean yes_no?"),
    "Practices_D6": (None, f"scale: this is missing. {FILL}"),
    "Practices_B5": (None, f"id: this is missing. {FILL}"),
    "Practices_B6": ("care.lock", "care.lock is there 2 times. Give each its own."),
    "Practices_B7": (
        "care.shelves",
        (
            "The practice stands in factor order, but its id does not begin with it. "
            "Call it order.…, or move it to its own factor."
        ),
    ),
    "Practices_A5": ("caer", "There is no factor caer. Did you mean care?"),
    "Practices_A6": (
        None,
        "Nothing says which factor this belongs to. Write the id of one that has a row in its own sheet.",
    ),
    "Practices_F5": ("maybe", f'key = "maybe": this must be yes or no. {CHOOSE}'),
    "Practices_G5": (1, f"core = 1: this must be yes or no. {CHOOSE}"),
    "Practices_I5": ("custom", 'power = "custom": this word is not possible here. Did you mean customs?'),
    "Practices_J5": (1.1, f"commitments = 1.1: this is no text, and text is needed here. {AS_TEXT}"),
    "Practices_J6": (date(2026, 1, 1), f"The spreadsheet took this for a date. {AS_TEXT}"),
    "Practices_K5": ("dleay", "dleay in drivers has no words in any language. Did you mean delay?"),
    "Practices_K6": (
        "delay,,x",
        (
            'drivers = "delay,,x": this is no list of names with commas between. Write a name between '
            "two commas; put a name with a comma in it in quotation marks."
        ),
    ),
    "Practices_K7": ("delay, delay", "delay is there 2 times in drivers. Name it once."),
    "Practices_O5": (
        "x.y",
        (
            "It follows the practice x.y, but the edition follows no other. "
            "Name the earlier edition in the sheet Settings, or empty this cell."
        ),
    ),
    "Practices_R5": (
        "note",
        "Something stands outside of the columns and would be lost. Delete it, or move it into a column.",
    ),
    "Practices_E4": ("wieght", "The column wieght is not known. Did you mean weight?"),
    "Practices_R4": ("note", "The column note is not known. Delete the column, or give it back its key."),
    "Measures_C5": (2.5, "months = 2.5: this must be a whole number. Write it in digits only."),
    "Measures_D5": ("upp", 'direction = "upp": this word is not possible here. Did you mean up?'),
    "Measures_A5": ("care.lok", "There is no practice care.lok. Did you mean care.lock?"),
    "Measures_B5": (None, f"id: this is missing. {FILL}"),
    "Scales_C6": (
        0,
        (
            "The scale does not rise: yes is worth 0.0, no before it 0.0. "
            "Order the steps so that each is worth more than the one before."
        ),
    ),
    "Scales_C5": (2, "value = 2.0: this must not be above 1. Write a smaller number."),
    "Scales_B6": ("no", "no is there 2 times. Give each its own."),
    "Scales_B5": (
        "not_applicable",
        (
            "A step cannot be called not_applicable: an answers file says this of a whole practice. "
            "Give the step another id."
        ),
    ),
    "Factors_B6": (1, "number = 1 is there 2 times. Give each its own."),
    "Factors_B5": (1.5, "number = 1.5: this must be a whole number. Write it in digits only."),
    "Factors_C5": (1e300, "weight = 1e+300: this is not an ordinary number. Write a number such as 1.0."),
    "Factors_C6": (
        "2",
        (
            'weight = "2": this is text, and a number is needed here. '
            "Type it again in digits only; a number stands at the right of its cell."
        ),
    ),
    "Settings_B5": (None, f"id: this is missing. {FILL}"),
    "Settings_B6": (
        "arusha_2025",
        (
            "It follows the edition arusha_2025, which is not there. "
            "Put that edition beside this one, or leave follows empty."
        ),
    ),
    "Settings_B7": (
        "arusha_2025",
        "It adds to the edition arusha_2025, which is not there. Use one of: arusha_2026.",
    ),
    "Settings_B8": (
        "xa",
        (
            'administration = "xa": this is not the code of an administration. '
            "Write its two capital letters, as in XA."
        ),
    ),
    "Settings_B9": (
        "de",
        "There are no words in the default language de. Add the sheet de, or write one of: en, fr.",
    ),
    "Settings_B10": (
        "2",
        (
            "The layout of this workbook is not 1, which this program reads. Write the workbook anew "
            "with this version of the program, and copy the changes into it."
        ),
    ),
    "Settings_B11": (
        "next year",
        'since = "next year": this must be a whole number. Write it in digits only.',
    ),
    "Settings_A6": ("folows", "The setting folows is not known. Did you mean follows?"),
    "en_C5": (None, f"The text is missing. {FILL}"),
    "en_C8": (
        None,
        (
            "The practices name drivers, but no row here has words for them. "
            "Add rows in this sheet whose part is drivers, for: delay."
        ),
    ),
    "en_C13": (5, f"text = 5: this is no text, and text is needed here. {AS_TEXT}"),
    "en_C14": (
        "a_x000B_b",
        (
            'text = "a�b": this has a control character, which no page can show. '
            "Write the text again without it."
        ),
    ),
    "fr_D5": (None, "The text is missing. Translate, or delete the sheet for now."),
    "fr_F6": ("perhaps", f'still_right = "perhaps": this must be yes or no. {CHOOSE}'),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book_of(small(tmp_path_factory.mktemp("small")))


@pytest.mark.parametrize("cell", IN_A_CELL)
def test_a_fault_in_a_cell_is_told_there_and_once(cell: str, book: bytes) -> None:
    value, told = IN_A_CELL[cell]
    more = {"Practices_P5": "same"} if cell == "Practices_O5" else {}
    found = [one for one in faults(edited(book, **{cell: value}, **more)) if "care.shelves" not in one]
    assert found[:1] == [f"{cell.replace('_', '!')}: {told}"]
    assert cell == "Practices_B7" or len(found) == 1  # an id that is new has no words either


def test_a_scale_of_one_step_is_told_at_its_step(book: bytes) -> None:
    found = faults(edited(book, Scales_A7="other", Scales_B7="all", Scales_C7=1))
    assert "Scales!B7: The list steps needs 2 or more entries; it has 1. Add what is missing." in found


@pytest.mark.parametrize(
    "cell", ["Practices_E5", "Practices_B5", "Settings_B5", "en_C5", "fr_D9", "Measures_C5"]
)
def test_a_formula_in_place_of_a_value_is_told_at_its_cell(cell: str, book: bytes) -> None:
    told = "This is a formula, and a value is needed here. Copy the cell and paste it as a value, or type it."
    assert f"{cell.replace('_', '!')}: {told}" in faults(edited(book, **{cell: "=1+1"}))


def test_an_error_of_the_spreadsheet_and_a_date_for_a_number_are_told(book: bytes) -> None:
    found = faults(edited(book, Practices_E5="#N/A", Measures_C5=date(2026, 1, 1)))
    assert found == [
        "Practices!E5: This is an error of the spreadsheet and no value. Type the value again.",
        (
            "Measures!C5: The spreadsheet took this for a date. "
            "Format the cell as a number, then type it again."
        ),
    ]


def test_every_fault_is_told_at_once(book: bytes) -> None:
    cells = {
        "Practices_E5": -1,
        "Scales_C5": 2,
        "Settings_B8": "xa",
        "en_C5": None,
        "fr_D5": 3,
        "Measures_C5": 0,
    }
    found = faults(edited(book, **cells))
    assert sorted(one.split(": ")[0] for one in found) == sorted(cell.replace("_", "!") for cell in cells)


def test_yes_and_no_may_be_typed_as_the_spreadsheet_s_own(book: bytes) -> None:
    practices = taken(edited(book, Practices_F5=False, Practices_G5="YES")).questionnaire.practices
    assert (practices["care.lock"].key, practices["care.lock"].core) == (False, True)


def test_an_empty_cell_is_what_the_format_leaves_out(book: bytes) -> None:
    practice = taken(edited(book, Practices_E5=None, Practices_F5=None, Practices_I5=None)).questionnaire
    assert practice.practices["care.lock"].weight == 1.0
    assert practice.practices["care.lock"].power == "customs"


def test_neighbouring_texts_that_are_missing_are_told_at_once(book: bytes) -> None:
    blank = {f"fr_D{row}": None for row in range(13, 22)}
    assert faults(edited(book, **blank)) == [
        "fr!D13: The text is missing. Translate, or delete the sheet for now.",
        "fr!D15:D16: 2 texts are missing. Translate, or delete the sheet for now.",
        "fr!D18:D21: 4 texts are missing. Translate, or delete the sheet for now.",
    ]


def rename(old: str, new: str) -> Callable[[Workbook], object]:
    return lambda book: setattr(book[old], "title", new)


def remove(name: str) -> Callable[[Workbook], object]:
    return lambda book: book.remove(book[name])


TO_A_SHEET: dict[str, tuple[Callable[[Workbook], object], list[str]]] = {
    "a sheet renamed": (
        rename("Practices", "Practises"),
        [
            "Practises: The sheet Practises is not known. Did you mean Practices?",
            f"{FILE}: The sheet Practices is missing. Give it back its name, or copy it back.",
        ],
    ),
    "a sheet added": (
        lambda book: book.create_sheet("Notes"),
        ["Notes: The sheet Notes is not known. Call it as it was written, or delete it."],
    ),
    "the default language deleted": (
        remove("en"),
        [
            (
                "Settings!B9: There are no words in the default language en. "
                "Add the sheet en, or write one of: fr."
            )
        ],
    ),
    "a column deleted": (
        lambda book: book["Practices"].delete_cols(5),
        ["Practices: The column weight is missing. Add it, with its key in row 4."],
    ),
    "the head deleted": (
        lambda book: book["Factors"].delete_rows(1, 4),
        [
            (
                "Factors: The row with the keys is not there: id, number, weight. "
                "Copy the first four rows of this sheet from a newly written workbook."
            )
        ],
    ),
    "cells merged": (
        lambda book: book["Practices"].merge_cells("J5:J6"),
        ["Practices!J5:J6: These cells are merged. Unmerge them, and fill each of them."],
    ),
    "a column copied": (
        lambda book: book["Practices"].cell(4, 18, "key"),
        ["Practices!R4: The column key is there twice. Delete one of the two."],
    ),
}


@pytest.mark.parametrize(("edit", "told"), TO_A_SHEET.values(), ids=TO_A_SHEET)
def test_a_fault_of_a_sheet_is_told_there(
    edit: Callable[[Workbook], object], told: list[str], book: bytes
) -> None:
    assert faults(edited(book, edit)) == told


def test_the_guide_may_go_and_a_head_may_grow(book: bytes) -> None:
    data = edited(book, remove("Guide"), lambda found: found["Practices"].insert_rows(2))
    assert list(taken(data).questionnaire.practices) == ["care.lock", "care.list", "order.shelves"]


def test_an_id_that_is_there_twice_is_told_at_the_second(book: bytes) -> None:
    again = {"Measures_A6": "care.lock", "Measures_B6": "buy_lock", "Measures_C6": 3, "Measures_D6": "up"}
    assert faults(edited(book, **again)) == ["Measures!B6: buy_lock is there 2 times. Give each its own."]
    setting = faults(edited(book, Settings_A6="id"))
    assert setting[0] == f"Settings!A6: id is there twice, first in row 5. {TWICE}"
    assert f"Factors!A7: care is there twice, first in row 5. {TWICE}" in faults(
        edited(book, Factors_A7="care")
    )


def test_a_text_out_of_place_is_told_at_its_row(book: bytes) -> None:
    row = {"en_A40": "practices.care.lock", "en_B40": "questoin", "en_C40": "x"}
    assert faults(edited(book, **row)) == [
        (
            "en!A40: There is no text with this part and item: practices.care.lock · questoin. "
            "Did you mean practices.care.lock · question?"
        )
    ]
    row["en_B40"] = "question"
    assert faults(edited(book, **row)) == [
        f"en!A40: practices.care.lock · question is there twice, first in row 13. {TWICE}"
    ]
    row["en_A40"] = "practices.care.new"
    assert faults(edited(book, **row)) == [
        (
            "en!A40: There are words for care.new, which the structure does not have. "
            "Delete the row, or add care.new to its sheet."
        )
    ]


def test_a_new_practice_without_words_is_told_where_they_can_be_written(book: bytes) -> None:
    row = {"Practices_A8": "care", "Practices_B8": "care.new", "Practices_D8": "yes_no"}
    told = f"The words for care.new are missing. {ROWS}"
    assert faults(edited(book, **row)) == [f"en!A35: {told}", f"fr!A35: {told}"]


def test_a_text_whose_row_is_gone_is_told_where_it_can_be_written(book: bytes) -> None:
    gone = dict.fromkeys(("en_A13", "en_B13", "en_C13"))
    told = "There is no row for practices.care.lock · question."
    remedy = "Write one, with its part and item, in a white row."
    assert faults(edited(book, **gone)) == [f"en!A13: {told} {remedy}"]


def test_a_new_practice_with_its_words_is_read(book: bytes) -> None:
    texts = {"question": "Is it new?", "steps.no": "No.", "steps.yes": "Yes.", "evidence.1": "The new one"}
    cells: dict[str, object] = {"Practices_A8": "care", "Practices_B8": "care.new", "Practices_D8": "yes_no"}
    for language, column in (("en", "C"), ("fr", "D")):
        for row, (item, text) in enumerate(texts.items(), start=36):
            cells |= {f"{language}_A{row}": "practices.care.new", f"{language}_B{row}": item}
            cells[f"{language}_{column}{row}"] = text
    found = taken(edited(book, **cells)).questionnaire
    assert list(found.practices) == ["care.lock", "care.list", "care.new", "order.shelves"]
    assert found.words("fr").practices["care.new"].evidence == ("The new one",)


def test_a_practice_whose_cells_are_emptied_is_gone(book: bytes) -> None:
    cells: dict[str, object] = {f"Practices_{letter}6": None for letter in "ABDEFGHIJKLMNOPQ"}
    for row in range(row_of(book, "en", PART, "question"), row_of(book, "en", PART, "evidence.1") + 1):
        cells |= {f"en_C{row}": None, f"fr_D{row}": None}
    found = taken(edited(book, **cells)).questionnaire
    assert list(found.practices) == ["care.lock", "order.shelves"]
    assert list(found.words("fr").practices) == ["care.lock", "order.shelves"]


def test_national_practices_are_held_against_their_edition(book: bytes) -> None:
    found = faults(edited(book, Settings_B7="arusha_2026"))
    assert found[0] == (
        "Settings!B8: It is not said whose practices these are. "
        "Write the administration's two letters, as in XA."
    )
    assert [one.split(": ")[0] for one in found[1:]] == ["Factors!A5", "Factors!A6", "Practices!F5"]


def test_what_an_edition_follows_is_found_by_whoever_asks(tmp_path: Path) -> None:
    earlier = small(tmp_path)
    data = edited(book_of(earlier), Settings_B6="before", Practices_O5="care.lokc", Practices_P5="same")
    with pytest.raises(Refused) as refused:
        taking_back.read(data, FILE, lambda _edition: earlier.structure)
    assert [str(one) for one in refused.value.problems] == [
        (
            f"{FILE} · Practices!O5: It follows the practice care.lokc, "
            "which the earlier edition does not have. Did you mean care.lock?"
        )
    ]

    def faulty(_edition: str) -> None:
        raise refuse("x", "y", "z")

    with pytest.raises(Refused) as refused:
        taking_back.read(data, FILE, faulty)
    assert [str(one) for one in refused.value.problems] == [
        (
            f"{FILE} · Settings!B6: It follows the edition before, whose structure has faults. "
            "Check that edition first."
        )
    ]


def test_no_message_of_a_workbook_speaks_of_files(book: bytes) -> None:
    """The rules were written for TOML; what they say has to make sense to who has only a workbook."""
    said = [told for _, told in IN_A_CELL.values()]
    for cell, (value, _) in IN_A_CELL.items():
        said += faults(edited(book, **{cell: value}))
    assert not [
        one for one in said if re.search(r"toml|\[\[|without quotation marks|in this file|README", one)
    ]
