"""A questionnaire takes its directory's place as a whole, or nothing there changes."""

from pathlib import Path

import pytest

from arusha.authoring import changes
from arusha.authoring.keeping import keep, place_for
from arusha.authoring.translations import FILE, NONE, read_record, record_of
from questionnaires import loading
from questionnaires.files import LARGEST
from questionnaires.model import LanguageWords, Questionnaire
from questionnaires.problems import Refused
from tests.authoring.books import FRENCH, T, small
from tests.questionnaires.small import STRUCTURE, TEXT, changed


def content(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


@pytest.fixture
def asked(tmp_path: Path) -> Questionnaire:
    return small(tmp_path)


def test_a_new_directory_is_made_with_those_above_it(asked: Questionnaire, tmp_path: Path) -> None:
    target = tmp_path / "a" / "b"
    keep(target, asked, record_of(asked))
    assert loading.read(target) == asked
    assert read_record(target) == record_of(asked)
    assert [path.name for path in target.parent.iterdir()] == ["b"]


def test_the_same_edition_is_replaced_as_a_whole_and_other_files_stay(
    asked: Questionnaire, tmp_path: Path
) -> None:
    target = tmp_path / "small"
    (target / "notes.txt").write_text("mine")
    (target / "old").mkdir()
    (target / "old" / "structure.toml").write_text("older")
    english = Questionnaire(structure=asked.structure, languages={"en": asked.languages["en"]})
    keep(target, english, NONE)
    assert sorted(content(target)) == ["notes.txt", "structure.toml", "text.en.toml"]
    assert (target / "old" / "structure.toml").read_text() == "older"
    assert loading.read(target) == english


@pytest.mark.parametrize("held", ["structure.toml", "notes.txt", ".hidden"])
def test_a_directory_with_anything_else_is_refused_and_stays(
    held: str, asked: Questionnaire, tmp_path: Path
) -> None:
    target = tmp_path / "other"
    target.mkdir()
    (target / held).write_text('id = "other"\n')
    with pytest.raises(Refused) as refused:
        keep(target, asked, NONE)
    assert str(refused.value) == (
        f"{target}: The directory is not empty, and does not hold the questionnaire small. "
        "Name the directory of small, or one that is not there yet."
    )
    assert content(target) == {held: b'id = "other"\n'}


def test_a_file_is_no_directory(asked: Questionnaire, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match=r"This is a file\. Name a directory, or one that is not there yet\."):
        place_for(tmp_path / "file", "small")


def test_what_could_not_be_read_again_is_not_kept(asked: Questionnaire, tmp_path: Path) -> None:
    words = asked.languages["en"].model_dump(by_alias=True) | {"title": "x" * LARGEST}
    huge = Questionnaire(structure=asked.structure, languages={"en": LanguageWords.model_validate(words)})
    before = content(tmp_path / "small")
    with pytest.raises(Refused, match=f"^small/text.en.toml: The file is larger than {LARGEST} bytes"):
        keep(tmp_path / "small", huge, NONE)
    assert content(tmp_path / "small") == before
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_a_failure_on_the_way_leaves_what_was_there(
    asked: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "small"
    before, rename = content(target), Path.rename

    def fails_once_the_old_one_is_away(path: Path, to: Path) -> Path:
        if path.name.endswith(".part"):
            raise OSError(28, "No space left on device")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", fails_once_the_old_one_is_away)
    with pytest.raises(OSError, match="No space left"):
        keep(target, asked, NONE)
    assert content(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_a_link_to_a_directory_stays_a_link(asked: Questionnaire, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "small")
    keep(link, asked, record_of(asked))
    assert link.is_symlink()
    assert (tmp_path / "small" / FILE).is_file()


def test_what_changed_is_counted(asked: Questionnaire, tmp_path: Path) -> None:
    assert changes.told(T, asked, asked) == ["Nothing has changed."]
    structure = changed(
        STRUCTURE,
        ("weight = 1.5", "weight = 3.0"),
        ("number = 2", "number = 5"),
        ('default_language = "en"', 'default_language = "en"\nadministration = "XA"'),
        ("value = 0.0", "value = 0.25"),
    )
    texts = {"en": changed(TEXT, ("The shelves", "Shelves")), "fr": FRENCH, "de": TEXT}
    assert changes.told(T, asked, small(tmp_path, structure, **texts)) == [
        "Practices: 0 new, 0 gone, 1 changed.",
        "Factors: 0 new, 0 gone, 1 changed.",
        "Scales: 0 new, 0 gone, 1 changed.",
        "1 setting changed.",
        "Texts in en: 0 new, 0 gone, 1 changed.",
        "Texts in de: 23 new, 0 gone, 0 changed.",
    ]
