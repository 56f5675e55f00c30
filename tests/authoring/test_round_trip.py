"""What is written into a workbook and read from it is the same questionnaire, whatever its texts are."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from arusha.authoring import taking_back, workbook
from arusha.authoring.translations import record_of
from arusha.exchange.cells import LONGEST
from questionnaires import loading
from questionnaires.model import LanguageWords, Questionnaire
from questionnaires.problems import Refused
from tests.authoring.books import T, book_of, small, taken, told
from tests.exchange.reading import parts
from tests.questionnaires.generated import is_in_order, questionnaires

SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
EDITION = loading.edition("arusha_2026")
FORMULA = re.compile(rb"<f>([^<]*)</f>")
OURS = re.compile(
    rb"IF\('?\w+'?!\$C\$\d+=\"\",\"\",'?\w+'?!\$C\$\d+\)"
    rb"|IF\(D\d+=\"\",IF\(C\d+=\"\",\"\",\"missing\"\),IF\(OR\(EXACT\(C\d+,H\d+\),F\d+=\"yes\","
    rb"NOT\(EXACT\(D\d+,I\d+\)\)\),\"\",\"stale\"\)\)"
)


@SOME
@given(questionnaires())
def test_any_questionnaire_comes_back_as_it_was(questionnaire: Questionnaire) -> None:
    assert is_in_order(questionnaire, EDITION.structure)
    data = workbook.write(questionnaire, T)
    found = taking_back.read(data, "drawn.xlsx")
    assert found.questionnaire == questionnaire
    assert found.record == record_of(questionnaire)
    assert not [warning for warning in found.warnings if "stale" in warning.fault]
    formulas = [one for xml in parts(data, "xl/worksheets/").values() for one in FORMULA.findall(xml)]
    assert formulas
    assert not [one for one in formulas if not OURS.fullmatch(one)], "a text became a formula"


@pytest.mark.parametrize("edition", loading.editions())
def test_our_own_editions_come_back_as_they_were(edition: str) -> None:
    questionnaire = loading.edition(edition)
    found = taking_back.read(workbook.write(questionnaire, T), "ours.xlsx")
    assert found.questionnaire == questionnaire
    assert list(found.questionnaire.practices) == list(questionnaire.practices)
    assert found.warnings == ()


def test_the_same_questionnaire_gives_the_same_cells(tmp_path: Path) -> None:
    asked = small(tmp_path)
    assert parts(book_of(asked), "xl/worksheets/") == parts(book_of(asked), "xl/worksheets/")


def with_title(asked: Questionnaire, title: str) -> Questionnaire:
    words = asked.languages["en"].model_dump(by_alias=True) | {"title": title}
    return Questionnaire(structure=asked.structure, languages={"en": LanguageWords.model_validate(words)})


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        (
            "x" * (LONGEST + 1),
            f"en · title: The text is longer than the {LONGEST} characters that a cell can hold. Shorten it.",
        ),
        (
            "a\uffffb",
            (
                "en · title: The text has a character that no workbook can hold. "
                "Write it without that character."
            ),
        ),
    ],
)
def test_what_no_workbook_can_hold_is_refused(title: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        book_of(with_title(small(tmp_path), title))
    assert str(refused.value) == fault


def test_the_longest_text_comes_back(tmp_path: Path) -> None:
    asked = with_title(small(tmp_path), "x" * LONGEST)
    assert taken(book_of(asked)).questionnaire == asked


def test_a_new_language_is_an_empty_sheet_that_is_left_out_until_it_is_filled(tmp_path: Path) -> None:
    asked = small(tmp_path)
    found = taken(workbook.write(asked, T, new=["pt_BR"]))
    assert found.questionnaire == asked
    assert told(found) == [
        (
            "pt_BR: The sheet is still empty; the language pt_BR is left out. "
            "Read the workbook again when it is translated."
        )
    ]


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ("Portuguese", "Portuguese: Portuguese is not a language. Write it like fr, es or pt_BR."),
        ("fr", "fr: The language fr is there already. Name only languages that are new."),
        (
            "pt_" + "x" * 40,
            (
                f"pt_{'x' * 40}: pt_{'x' * 40} is too long for the name of a sheet. "
                "Use a shorter tag for the language."
            ),
        ),
    ],
)
def test_a_language_that_cannot_have_a_sheet_is_refused(tag: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        workbook.write(small(tmp_path), T, new=[tag])
    assert str(refused.value) == fault
