"""What is written as TOML is read again as the same questionnaire, and looks as our own files do."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from questionnaires import loading, writing
from questionnaires.files import LONGEST
from questionnaires.model import Questionnaire
from tests.questionnaires.generated import is_in_order, questionnaires
from tests.questionnaires.small import STRUCTURE, changed, written

OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
EDITION = loading.edition("arusha_2026")


def read_back(questionnaire: Questionnaire, at: Path) -> Questionnaire:
    directory = at / "written"
    directory.mkdir(exist_ok=True)
    for name, content in writing.files(questionnaire).items():
        (directory / name).write_bytes(content.encode())
    return loading.read(directory)


@OFTEN
@given(questionnaires())
def test_any_questionnaire_is_read_as_it_was_written(questionnaire: Questionnaire) -> None:
    assert is_in_order(questionnaire, EDITION.structure)
    with tempfile.TemporaryDirectory() as folder:
        assert read_back(questionnaire, Path(folder)) == questionnaire


@pytest.mark.parametrize("edition", loading.editions())
def test_our_own_editions_are_read_as_they_were_written(edition: str, tmp_path: Path) -> None:
    assert read_back(loading.edition(edition), tmp_path) == loading.edition(edition)


def test_the_order_of_all_entries_stays(tmp_path: Path) -> None:
    again = read_back(EDITION, tmp_path)
    for language, words in EDITION.languages.items():
        assert list(again.languages[language].practices) == list(words.practices)
        assert list(again.languages[language].drivers) == list(words.drivers)


def test_the_files_have_the_tables_of_ours_in_their_order() -> None:
    def tables(text: str) -> list[str]:
        return [line for line in text.splitlines() if line.lstrip().startswith("[")]

    for name, content in writing.files(EDITION).items():
        ours = (loading.HOME / EDITION.id / name).read_text(encoding="utf-8")
        assert tables(content) == tables(ours), name


@pytest.mark.parametrize("sign", ['"', "\\", " ", "\n", "é", "\t", "x", "\U0001f642"])
def test_a_text_longer_than_a_line_may_be_is_written_on_several(sign: str, tmp_path: Path) -> None:
    text = f"a{sign * (2 * LONGEST)}b"
    words = EDITION.languages["en"].model_copy(update={"title": text})
    long = Questionnaire(structure=EDITION.structure, languages={"en": words})
    assert max(map(len, writing.text_toml(words).split("\n"))) <= LONGEST
    assert read_back(long, tmp_path).words("en").title == text


def test_names_that_no_bare_key_can_have_are_quoted(tmp_path: Path) -> None:
    odd = changed(STRUCTURE, ('["delay"]', '["a, \\"b\\""]'))
    text = (written(tmp_path) / "text.en.toml").read_text(encoding="utf-8")
    directory = written(tmp_path, odd, en=changed(text, ("{ delay =", '{ "a, \\"b\\"" =')))
    assert '"a, \\"b\\"" = "Delay"' in writing.files(loading.read(directory))["text.en.toml"]


def test_what_is_left_out_is_left_out_again(tmp_path: Path) -> None:
    structure = writing.structure_toml(loading.read(written(tmp_path)).structure)
    for key in ("extends", "administration", "since", "national", "references", "evidence", "follows = {"):
        assert key not in structure
    assert '\nfollows = ""\n' in structure
