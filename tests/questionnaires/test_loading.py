"""A questionnaire is found by its id or directory, and refused as a whole with every fault of its files."""

import os
from pathlib import Path

import pytest

from questionnaires.files import LARGEST, LONGEST
from questionnaires.loading import edition, editions, load, read
from questionnaires.problems import Refused
from tests.questionnaires.small import STRUCTURE, TEXT, changed, faults_of, written

TWICE = "Remove one of the two, or give it its own id."
NAME_IT = "Call it text.LANGUAGE.toml, as in text.fr.toml or text.pt_BR.toml."
DEEP = (
    "text.en.toml: The file has tables or lists inside each other, more deeply than can be read. "
    "Keep to the keys that questionnaires/README.md describes."
)

NOT_TOML = {
    "a table twice": ("[a]\n[a]\n", f"Line 2: a was written before. {TWICE}"),
    "a practice's table twice": (
        '[practices."a.b"]\nx = 1\n\n[practices."a.b"]\n',
        f"Line 4: practices.a.b was written before. {TWICE}",
    ),
    "a key twice": ("a = 1\na = 2\nb = 3\n", f"Line 2: this was written before. {TWICE}"),
    "a key twice in a table on the spot": (
        "x = { a = 1, a = 2 }\n",
        f"Line 1: a was written before. {TWICE}",
    ),
    "an open quotation mark": (
        'a = "b\nc = 3\n',
        (
            "Line 1: a text in quotation marks does not end on its line. "
            'Close it with a quotation mark; inside a text write \\" for one.'
        ),
    ),
    "a quotation mark inside a text": (
        'a = "the "red" channel"\n',
        (
            "Line 1: something stands after the end of the value. "
            'Write one key a line; inside a text write \\" for a quotation mark.'
        ),
    ),
    "an open list": (
        "a = [1,\n2\n",
        "Line 2: a bracket is not closed. Close each [ with ] and each { with }.",
    ),
    "no equals sign": (
        "a 1\n",
        (
            "Line 1: an = is missing after the key. "
            "Write key = value; a key with a dot or a space stands in quotation marks."
        ),
    ),
    "text without quotation marks": (
        "\na = yes\n",
        (
            "Line 2: the value after the = is not possible. "
            "Put text in quotation marks; write true, false and numbers without."
        ),
    ),
    "a backslash": ('a = "C:\\q"\n', "Line 1: a backslash stands alone in a text. Write it twice."),
    "no key": (
        "= 3\n",
        (
            "Line 1: a key is missing or begins with a sign that no key has. "
            "Write key = value; a key with other signs than a-z, 0-9, _ and - stands in quotation marks."
        ),
    ),
    "a number of thousands of digits": (
        f"a = {'9' * 9000}\n",
        "The file has a number that is too long to be read. Write a shorter number.",
    ),
    "a line without end": (
        f"a = 1\nb = '{'x' * LONGEST}'\n",
        f"Line 2 has more than {LONGEST} characters. Break it into several lines.",
    ),
}


@pytest.mark.parametrize(("text", "told"), NOT_TOML.values(), ids=NOT_TOML)
def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    assert faults_of(written(tmp_path, en=text)) == [f"text.en.toml: {told}"]


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    latin = changed(TEXT, ("Delay", "Délai")).encode("latin-1")
    assert faults_of(written(tmp_path, en=latin)) == [
        (
            "text.en.toml: Line 2 has signs that are not in the encoding UTF-8. "
            "Save the file again in the encoding UTF-8."
        )
    ]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    questionnaire = read(written(tmp_path, STRUCTURE.encode("utf-8-sig"), en=TEXT.encode("utf-8-sig")))
    assert questionnaire.id == "small"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    assert faults_of(written(tmp_path, en="#\n" * LARGEST)) == [
        f"text.en.toml: The file is larger than {LARGEST} bytes. Keep only the questionnaire in it."
    ]


@pytest.mark.parametrize("text", ["a = " + "[" * 9000, "a = " + "{ a = " * 3000], ids=["lists", "tables"])
def test_a_deeply_nested_value_is_refused(tmp_path: Path, text: str) -> None:
    assert faults_of(written(tmp_path, en=text)) == [DEEP]


def test_deeply_nested_tables_are_refused_as_an_unknown_key(tmp_path: Path) -> None:
    text = TEXT + "[" + ".".join(["x"] * 9000) + "]\n"
    assert faults_of(written(tmp_path, en=text)) == [
        "text.en.toml: The key x is not known. Remove it, or see the keys in questionnaires/README.md."
    ]


def test_a_directory_without_structure_still_has_its_texts_checked(tmp_path: Path) -> None:
    assert faults_of(written(tmp_path, None, en=changed(TEXT, ("title", "titel")))) == [
        (
            "structure.toml: There is no structure.toml in this directory. "
            "Put it there, or name the directory that has it."
        ),
        "text.en.toml: The key titel is not known. Did you mean title?",
    ]


def test_no_text_file_at_all_is_told_once(tmp_path: Path) -> None:
    directory = written(tmp_path)
    (directory / "text.en.toml").unlink()
    assert faults_of(directory) == [
        (
            "structure.toml: There are no words: no file text.en.toml stands beside the structure. "
            "Write the file text.en.toml."
        )
    ]


@pytest.mark.parametrize(
    "name", ["text-en.toml", "text.english.toml", "text.en.old.toml", "Text.en.toml", "text.toml"]
)
def test_a_file_name_must_say_its_language(tmp_path: Path, name: str) -> None:
    directory = written(tmp_path)
    (directory / "text.en.toml").rename(directory / name)
    assert faults_of(directory) == [f"{name}: The file name does not say the language. {NAME_IT}"]


def test_an_unreadable_default_language_is_told_once(tmp_path: Path) -> None:
    (told,) = faults_of(written(tmp_path, en="title"))
    assert told.startswith("text.en.toml: Line 1: an = is missing after the key.")


def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    directory = written(tmp_path, None)
    os.mkfifo(directory / "structure.toml")
    assert faults_of(directory) == [
        "structure.toml: The file cannot be opened: it is not a file. Make it a file that may be read."
    ]


def later_edition(at: Path, *changes: tuple[str, str]) -> Path:
    """Write an edition that follows ``small`` beside it."""
    (at / "elsewhere").mkdir()
    structure = changed(STRUCTURE, ('id = "small"', 'id = "later"\nfollows = "small"'), *changes)
    return written(at / "elsewhere", structure).rename(at / "later")


def test_an_edition_follows_the_one_beside_it(tmp_path: Path) -> None:
    written(tmp_path)
    later = later_edition(tmp_path, ("key = true", 'follows = { id = "care.lock", class = "same" }'))
    follows = read(later).practices["care.lock"].follows
    assert follows is not None
    assert (follows.id, follows.class_) == ("care.lock", "same")


def test_a_practice_that_follows_none_of_the_earlier_edition_is_told_with_the_near_name(
    tmp_path: Path,
) -> None:
    written(tmp_path)
    later = later_edition(tmp_path, ("key = true", 'follows = { id = "care.lokc", class = "same" }'))
    assert faults_of(later) == [
        (
            "structure.toml · care.lock: It follows the practice care.lokc, "
            "which the earlier edition does not have. Did you mean care.lock?"
        )
    ]


def test_an_earlier_edition_with_faults_is_named_and_not_repeated(tmp_path: Path) -> None:
    written(tmp_path, changed(STRUCTURE, ("number = 1", "")))
    later = later_edition(tmp_path, ("key = true", 'follows = { id = "care.old", class = "same" }'))
    assert faults_of(later) == [
        "structure.toml: It follows the edition small, whose structure has faults. Check that edition first."
    ]


def test_a_questionnaire_is_found_by_its_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = written(tmp_path)
    assert load(str(directory)).id == "small"
    monkeypatch.chdir(directory)
    assert load(".").id == "small"


def test_the_name_of_the_directory_is_told_even_for_a_dot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, changed(STRUCTURE, ("number = 1", "number = -1"))))
    with pytest.raises(
        Refused, match=r"^small/structure\.toml · care: number = -1: this must not be below 0\."
    ):
        load(".")


def test_an_edition_of_the_program_is_found_by_its_id() -> None:
    assert [edition(name).id for name in editions()] == list(editions())


def test_an_unknown_edition_is_told_with_the_near_name() -> None:
    with pytest.raises(Refused) as refused:
        load("arusha_2062")
    assert str(refused.value) == (
        "arusha_2062: There is no questionnaire with this id, and no such directory. "
        "Did you mean arusha_2026?"
    )


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000, "/dev/null", "\udcff", "~", "a/../b", "{0}"])
def test_no_name_brings_more_than_a_refusal(name: str) -> None:
    with pytest.raises(Refused) as refused:
        load(name)
    assert len(refused.value.problems) == 1
    assert str(refused.value).isprintable()
