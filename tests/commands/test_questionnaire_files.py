"""``questionnaire write`` and ``questionnaire read``: what they print, refuse, and leave as it was."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from arusha.__main__ import app
from arusha.authoring.translations import FILE
from questionnaires import loading
from tests.authoring.books import edited, row_of, small
from tests.questionnaires.small import STRUCTURE, TEXT, changed, written


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["questionnaire", *map(str, arguments)])


def book(at: Path, *more: str) -> Path:
    """Write the workbook of the small questionnaire in a folder."""
    small(at)
    done = call("write", at / "small", "--out", at / "small.xlsx", *more)
    assert done.exit_code == 0, done.output
    return at / "small.xlsx"


def refused(done: Result, *said: str) -> None:
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    assert [line for line in said if line not in done.stderr.splitlines()] == []


def test_an_edition_of_ours_is_written_and_comes_back(tmp_path: Path, home: Path) -> None:
    file, out = tmp_path / "ours.xlsx", tmp_path / "ours"
    edition = loading.edition("arusha_2026")
    done = call("write", "arusha_2026", "--out", file)
    assert done.stdout.splitlines() == [
        f"{file} is written, with the languages {', '.join(edition.languages)}."
    ]
    done = call("read", file, "--out", out)
    assert done.stdout.splitlines() == [
        (
            f"{out} holds arusha_2026: {len(edition.factors)} factors, {len(edition.practices)} practices, "
            f"languages {', '.join(edition.languages)}."
        )
    ]
    assert loading.read(out) == edition
    assert not home.exists()


def test_reading_says_what_changed_and_what_is_stale(tmp_path: Path, home: Path) -> None:
    file = book(tmp_path)
    row = row_of(file.read_bytes(), "en", "practices.care.lock", "question")
    file.write_bytes(edited(file.read_bytes(), Practices_E5=2, **{f"en_C{row}": "Is it locked at night?"}))
    done = call("read", file, "--out", tmp_path / "small")
    stale = (
        f"small.xlsx · fr!D{row}: The translation is stale: the text it was made from has changed. "
        "Translate it anew, or write yes under still_right."
    )
    assert done.stdout.splitlines() == [
        f"{tmp_path / 'small'} holds small: 2 factors, 3 practices, languages en, fr.",
        "Practices: 0 new, 0 gone, 1 changed.",
        "Texts in en: 0 new, 0 gone, 1 changed.",
        stale,
    ]
    assert loading.read(tmp_path / "small").practices["care.lock"].weight == 2.0
    call("write", tmp_path / "small", "--out", file)
    done = call("read", file, "--out", tmp_path / "small")
    assert done.stdout.splitlines()[1:] == ["Nothing has changed.", stale]


def test_a_language_can_be_added(tmp_path: Path, home: Path) -> None:
    file = book(tmp_path, "--language", "pt", "--language", "ar")
    texts = {f"pt_D{row}": f"texto {row}" for row in range(5, 35)}
    file.write_bytes(edited(file.read_bytes(), **texts))
    done = call("read", file, "--out", tmp_path / "small")
    assert "Texts in pt: 30 new, 0 gone, 0 changed." in done.stdout.splitlines()
    assert list(loading.read(tmp_path / "small").languages) == ["en", "fr", "pt"]
    assert (
        "small.xlsx · ar: The sheet is still empty; the language ar is left out. "
        "Read the workbook again when it is translated."
    ) in done.stdout.splitlines()


def test_a_workbook_with_faults_is_refused_and_changes_nothing(tmp_path: Path, home: Path) -> None:
    file = book(tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "small").iterdir()}
    file.write_bytes(edited(file.read_bytes(), Practices_E5=-1, Measures_C5="soon"))
    refused(
        call("read", file, "--out", tmp_path / "small"),
        "small.xlsx · Practices!E5: weight = -1.0: this must be above 0. Write a greater number.",
        (
            'small.xlsx · Measures!C5: months = "soon": this is text, and a number is needed here. '
            "Type it again in digits only; a number stands at the right of its cell."
        ),
    )
    assert {path.name: path.read_bytes() for path in (tmp_path / "small").iterdir()} == before
    refused(call("read", file, "--out", tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_a_folder_with_another_questionnaire_is_refused(tmp_path: Path, home: Path) -> None:
    file = book(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "structure.toml").write_text('id = "other"\n')
    refused(
        call("read", file, "--out", other),
        (
            f"{other}: The directory is not empty, and does not hold the questionnaire small. "
            "Name the directory of small, or one that is not there yet."
        ),
    )
    assert [path.name for path in other.iterdir()] == ["structure.toml"]


def test_an_edition_that_follows_one_beside_its_folder_is_read(tmp_path: Path, home: Path) -> None:
    small(tmp_path)
    structure = changed(STRUCTURE, ('id = "small"', 'id = "later"\nfollows = "small"'))
    (tmp_path / "x").mkdir()
    written(tmp_path / "x", structure).rename(tmp_path / "later")
    done = call("write", tmp_path / "later", "--out", tmp_path / "later.xlsx")
    assert done.exit_code == 0, done.output
    assert call("read", tmp_path / "later.xlsx", "--out", tmp_path / "later").exit_code == 0
    (tmp_path / "away").mkdir()
    refused(
        call("read", tmp_path / "later.xlsx", "--out", tmp_path / "away" / "later"),
        (
            "later.xlsx · Settings!B6: It follows the edition small, which is not there. "
            "Put that edition beside this one, or leave follows empty."
        ),
    )
    (tmp_path / "small" / "text.en.toml").write_text(TEXT.replace("title", "titel"))
    refused(
        call("read", tmp_path / "later.xlsx", "--out", tmp_path / "later"),
        (
            "later.xlsx · Settings!B6: It follows the edition small, whose structure has faults. "
            "Check that edition first."
        ),
    )


def test_what_cannot_be_written_is_refused(tmp_path: Path, home: Path) -> None:
    small(tmp_path)
    folder = tmp_path / "small"
    refused(
        call("write", folder, "--out", tmp_path / "a.xls"),
        f"{tmp_path / 'a.xls'}: The name of an Excel workbook ends with .xlsx. Name it so.",
    )
    refused(call("write", folder, "--out", tmp_path / "nowhere" / "a.xlsx"))
    refused(call("write", "arusha_2062", "--out", tmp_path / "a.xlsx"))
    refused(
        call("write", folder, "--out", tmp_path / "a.xlsx", "--language", "fr"),
        "fr: The language fr is there already. Name only languages that are new.",
    )
    (folder / FILE).write_text("[fr")
    refused(call("write", folder, "--out", tmp_path / "a.xlsx"))
    assert not (tmp_path / "a.xlsx").exists()


def test_what_is_no_workbook_is_refused(tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    refused(
        call("read", tmp_path / "a.xlsx", "--out", tmp_path / "a"),
        (
            "a.xlsx: This is not an Excel workbook, or it is protected by a password. "
            "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."
        ),
    )
    refused(call("read", tmp_path / "missing.xlsx", "--out", tmp_path / "a"))
    refused(call("read", "/dev/zero", "--out", tmp_path / "a"))
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("arguments", [["write", "arusha_2026"], ["read", "a.xlsx"], ["read", "--out", "a"]])
def test_wrong_usage_ends_with_two(arguments: list[str], home: Path) -> None:
    assert call(*arguments).exit_code == 2
