"""A translation is stale when its source has changed, until it is renewed or said to be right."""

from pathlib import Path

import pytest

from arusha.authoring import workbook
from arusha.authoring.spots import Spot
from arusha.authoring.translations import (
    FILE,
    NONE,
    Made,
    Record,
    as_toml,
    mark,
    read_record,
    record_of,
    source_of,
)
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from tests.authoring.books import FRENCH, T, book_of, edited, row_of, small, taken, told
from tests.questionnaires.small import TEXT, changed

SPOT = Spot("practices.care.lock", "steps.yes")
STALE = (
    "The translation is stale: the text it was made from has changed. "
    "Translate it anew, or write yes under still_right."
)


@pytest.fixture
def asked(tmp_path: Path) -> Questionnaire:
    return small(tmp_path)


def row(data: bytes) -> int:
    return row_of(data, "fr", SPOT.part, SPOT.item)


def test_a_changed_source_makes_its_translation_stale_and_nothing_else(asked: Questionnaire) -> None:
    data = book_of(asked)
    found = taken(edited(data, **{f"en_C{row(data)}": "It is locked by night."}))
    assert told(found) == [f"fr!D{row(data)}: {STALE}"]
    assert found.record["fr"][str(SPOT)] == Made(mark("It is locked."), mark("Il est fermé."))


def test_what_is_stale_stays_so_in_the_next_workbook(asked: Questionnaire) -> None:
    data = book_of(asked)
    found = taken(edited(data, **{f"en_C{row(data)}": "It is locked by night."}))
    for _ in range(3):
        found = taken(workbook.write(found.questionnaire, T, found.record))
        assert told(found) == [f"fr!D{row(data)}: {STALE}"]


@pytest.mark.parametrize("cells", [{"D": "Fermé la nuit."}, {"F": "yes"}])
def test_a_renewed_translation_or_one_said_to_be_right_is_no_longer_stale(
    cells: dict[str, str], asked: Questionnaire
) -> None:
    data = book_of(asked)
    found = taken(edited(data, **{f"en_C{row(data)}": "It is locked by night."}))
    data = workbook.write(found.questionnaire, T, found.record)
    renewed = taken(edited(data, **{f"fr_{column}{row(data)}": text for column, text in cells.items()}))
    assert told(renewed) == []
    assert renewed.record["fr"][str(SPOT)].source == mark("It is locked by night.")
    assert told(taken(workbook.write(renewed.questionnaire, T, renewed.record))) == []


def test_a_translation_in_place_of_a_missing_one_is_made_from_today(asked: Questionnaire) -> None:
    data = workbook.write(asked, T, new=["pt"])
    texts = {f"pt_D{number}": f"texto {number}" for number in range(5, 35)}
    found = taken(edited(data, **texts))
    assert told(found) == []
    assert found.record["pt"][str(SPOT)].source == mark("It is locked.")
    assert found.questionnaire.words("pt").title == "texto 5"


def test_texts_that_may_be_missing_are_told_of_and_do_not_hinder(tmp_path: Path) -> None:
    english = changed(
        TEXT, ('name = "Care"', 'name = "Care"\nshort = "C"'), ('["The lock"]', '["The lock", "2"]')
    )
    data = book_of(small(tmp_path, en=english))
    places = [row_of(data, "fr", "factors.care", "short"), row_of(data, "fr", SPOT.part, "evidence.2")]
    found = taken(data)
    assert told(found) == [f"fr!D{number}: The translation is missing. Translate it." for number in places]
    assert found.questionnaire == small(tmp_path, en=english)


def test_a_line_that_is_missing_before_another_hinders(tmp_path: Path) -> None:
    lines = ('["The lock"]', '["The lock", "The key"]')
    data = book_of(small(tmp_path, en=changed(TEXT, lines), fr=changed(FRENCH, lines)))
    first = row_of(data, "fr", SPOT.part, "evidence.1")
    with pytest.raises(Refused, match=f"fr!D{first}: The text is missing. Translate"):
        taken(edited(data, **{f"fr_D{first}": None}))


def test_a_line_emptied_in_the_source_must_be_emptied_in_its_translations(asked: Questionnaire) -> None:
    data = book_of(asked)
    line = row_of(data, "en", SPOT.part, "evidence.1")
    with pytest.raises(Refused) as refused:
        taken(edited(data, **{f"en_C{line}": None}))
    assert str(refused.value) == (
        f"small.xlsx · fr!D{line}: The text that this translates was emptied in the sheet en. "
        "Empty this one too, or write the other again."
    )
    gone = taken(edited(data, **{f"en_C{line}": None, f"fr_D{line}": None})).questionnaire
    assert gone.words("fr").practices["care.lock"].evidence == ()


def test_without_a_record_every_translation_is_taken_as_made_from_today(asked: Questionnaire) -> None:
    assert source_of(NONE, "fr", SPOT, "source", "text") == mark("source")


def test_files_that_were_changed_by_hand_show_what_is_stale(asked: Questionnaire, tmp_path: Path) -> None:
    record = record_of(asked)
    by_hand = small(tmp_path, en=changed(TEXT, ("It is locked.", "It is locked by night.")))
    assert len(told(taken(workbook.write(by_hand, T, record)))) == 1
    both = small(
        tmp_path,
        en=changed(TEXT, ("It is locked.", "It is locked by night.")),
        fr=changed(FRENCH, ("Il est fermé.", "Fermé la nuit.")),
    )
    assert told(taken(workbook.write(both, T, record))) == []


def test_another_default_language_makes_the_old_one_a_translation(asked: Questionnaire) -> None:
    found = taken(edited(book_of(asked), Settings_B9="fr"))
    assert found.questionnaire.structure.default_language == "fr"
    assert list(found.record) == ["en"]
    assert found.questionnaire.languages == asked.languages


def test_the_record_comes_back_from_its_file(asked: Questionnaire, tmp_path: Path) -> None:
    record: Record = record_of(asked)
    (tmp_path / FILE).write_text(as_toml(record), encoding="utf-8")
    assert read_record(tmp_path) == record
    assert read_record(tmp_path / "nowhere") == NONE


def test_a_damaged_record_is_refused_and_what_it_should_not_hold_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('a = 1\n[fr]\ntitle = "x"\nb = ["1", "2"]\n', encoding="utf-8")
    assert read_record(tmp_path) == {"fr": {"b": Made("1", "2")}}
    (tmp_path / FILE).write_text("[fr", encoding="utf-8")
    with pytest.raises(Refused, match=f"{FILE}: Line 1"):
        read_record(tmp_path)


def test_the_mark_of_a_text_is_the_beginning_of_its_hash() -> None:
    assert mark("") == "e3b0c44298fc"
    assert mark(" abc\n") == mark("abc") == "ba7816bf8f01"
