"""``questionnaire show``: what it prints and writes, and what it refuses."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from questionnaires import loading
from tests.questionnaires.small import written
from tests.test_command_line import call, refused, run

EDITION = loading.edition(loading.editions()[-1])
FIRST = next(iter(EDITION.practices))
pytestmark = pytest.mark.usefixtures("home")


def show(*arguments: object) -> str:
    done = call("questionnaire", "show", EDITION.id, *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_whole_questionnaire_is_printed() -> None:
    said = show("--language", "en")
    assert said.startswith(f"# {EDITION.words('en').title}")
    assert all(f"`{name}`" in said for name in EDITION.practices)


@pytest.mark.parametrize("language", sorted(EDITION.languages))
def test_it_is_printed_in_a_language_on_any_terminal(language: str) -> None:
    done = run("questionnaire", "show", EDITION.id, "--language", language, "--practice", FIRST, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert EDITION.words(language).title.split()[0] in done.stdout.decode("utf-8")
    assert EDITION.words(language).practices[FIRST].evidence[0] in done.stdout.decode("utf-8").replace(
        "\\", ""
    )


def test_a_practice_or_a_factor_is_printed_alone() -> None:
    one = show("--language", "en", "--practice", FIRST)
    assert [name for name in EDITION.practices if f"`{name}`" in one] == [FIRST]
    factor = EDITION.factors[1]
    some = show("--language", "en", "--factor", factor.id)
    assert [name for name in EDITION.practices if f"`{name}`" in some] == [p.id for p in factor.practices]


def test_a_file_is_written_as_its_ending_says(tmp_path: Path) -> None:
    text, book = tmp_path / "all.md", tmp_path / "all.XLSX"
    assert show("--language", "en", "--out", text) == ""
    assert text.read_text(encoding="utf-8") == show("--language", "en")
    assert show("--language", "en", "--out", book) == ""
    assert load_workbook(book).worksheets[1].auto_filter.ref
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.XLSX", "all.md"]


def test_a_questionnaire_of_ones_own_is_shown_in_its_own_language(tmp_path: Path) -> None:
    done = call("questionnaire", "show", written(tmp_path))
    assert done.exit_code == 0, done.output
    assert "### Is the store locked?" in done.stdout


def test_every_unknown_name_is_refused_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "all.mdd"
    wrong = ["--language", "xx", "--factor", "leadrship", "--practice", f"{FIRST}x", "--out", out]
    done = call("questionnaire", "show", EDITION.id, *wrong)
    refused(
        done,
        "all.mdd: A questionnaire is not written as a file of this kind. Did you mean .md?",
        "xx: The questionnaire is not offered in this language. Use one of: ",
        "leadrship: The questionnaire has no factor with this id. Did you mean leadership?",
        f"{FIRST}x: The questionnaire has no practice with this id. Did you mean {FIRST}?",
    )
    assert len(done.stderr.splitlines()) == 4
    assert not out.exists()


@pytest.mark.parametrize("name", ["all.pdf", "all", "all.csv"])
def test_another_kind_of_file_is_refused_with_those_that_are_known(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    refused(call("questionnaire", "show", EDITION.id, "--out", out), "Use one of: .md, .xlsx.")
    assert not out.exists()


@pytest.mark.parametrize("part", [["--practice", FIRST], ["--factor", EDITION.factors[0].id]])
def test_a_workbook_of_a_part_is_refused(part: list[str], tmp_path: Path) -> None:
    out = tmp_path / "part.xlsx"
    done = call("questionnaire", "show", EDITION.id, *part, "--out", out)
    refused(done, "A workbook holds the whole questionnaire, not a part of it. Write a file .md")
    assert not out.exists()


def test_an_unknown_questionnaire_is_refused_with_the_near_name() -> None:
    refused(call("questionnaire", "show", f"{EDITION.id}x"), f"Did you mean {EDITION.id}?")


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    refused(
        call("questionnaire", "show", EDITION.id, "--out", tmp_path / "none" / "a.md"),
        "cannot be read or written",
    )
