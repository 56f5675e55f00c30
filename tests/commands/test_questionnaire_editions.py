"""``questionnaire compare`` prints what became of each practice, over any number of editions."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from arusha.__main__ import app
from arusha.commands.questionnaire_editions import class_names, fact_names
from arusha.i18n import translator
from questionnaires.editions import CLASSES, FACTS, comparability
from questionnaires.loading import read
from questionnaires.model import Questionnaire
from tests.questionnaires.following import EDITIONS, FIRST, SECOND

pytestmark = pytest.mark.usefixtures("home")


def compare(*arguments: object) -> Result:
    """Run the command within this process."""
    return CliRunner().invoke(app, ["questionnaire", "compare", *map(str, arguments)])


def third_edition(at: Path) -> Path:
    """Copy the two small editions, and write one beside them that follows the second in all."""
    for name in ("first", "second"):
        shutil.copytree(EDITIONS / name, at / name)
    directory = shutil.copytree(EDITIONS / "second", at / "third")
    structure = (directory / "structure.toml").read_text()
    structure = re.sub(r"  follows = .*\n", "", structure)
    structure = re.sub(
        r"  (id = .*)\n  scale", r'  follows = { \1, class = "same" }\n  \1\n  scale', structure
    )
    head = structure.replace('id = "second"\nfollows = "first"', 'id = "third"\nfollows = "second"')
    (directory / "structure.toml").write_text(head)
    return directory


def rows_of(old: Questionnaire, new: Questionnaire, *between: Questionnaire) -> list[dict[str, object]]:
    return [line.as_dict() for line in comparability(old, new, between)]


def test_the_table_has_a_line_for_each_practice_and_the_counts() -> None:
    done = compare(EDITIONS / "first", EDITIONS / "second")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = [line.split("  ") for line in done.stdout.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert cells[0] == ["first", "second", "What became of it", "Also"]
    assert cells[2] == ["care.keys", "care.key_register", "same", "renamed"]
    assert cells[7] == ["order.visitors", "order.entry", "indirect", "renamed, merged, other scale"]
    assert cells[11] == ["care.alarm", "–", "dropped"]
    counts = {"same": "4", "indirect": "4", "subject only": "1", "new": "1", "dropped": "1"}
    assert dict(cells[13:18]) == counts
    assert done.stdout.splitlines()[-1] == "3 practices can be compared: the same on the same scale."


def test_as_json_it_says_the_same() -> None:
    said = json.loads(compare(EDITIONS / "first", EDITIONS / "second", "--json").stdout)
    assert said == {
        "old": "first",
        "new": "second",
        "counts": {"same": 4, "indirect": 4, "subject": 1, "new": 1, "dropped": 1},
        "lines": rows_of(FIRST, SECOND),
        "problems": [],
    }


def test_editions_between_are_found_beside_those_that_are_named(tmp_path: Path) -> None:
    third = read(third_edition(tmp_path))
    there = json.loads(compare(tmp_path / "first", tmp_path / "third", "--json").stdout)
    assert there["lines"] == rows_of(FIRST, third, SECOND)
    back = json.loads(compare(tmp_path / "third", tmp_path / "first", "--json").stdout)
    assert back["lines"] == rows_of(third, FIRST, SECOND)


def test_an_edition_between_with_faults_is_refused_with_them(tmp_path: Path) -> None:
    third_edition(tmp_path)
    text = tmp_path / "second" / "text.en.toml"
    text.write_text(text.read_text().replace("title", "titel"))
    done = compare(tmp_path / "first", tmp_path / "third")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "second/text.en.toml: The key titel is not known." in done.stderr


def test_an_edition_of_ours_is_the_same_as_itself() -> None:
    done = compare("arusha_2026", "arusha_2026", "--json")
    counts = json.loads(done.stdout)["counts"]
    assert counts["same"] > 0
    assert sum(counts.values()) == counts["same"]


def test_strangers_are_refused_with_place_fault_and_remedy() -> None:
    done = compare("arusha_2026", EDITIONS / "second")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "second: The edition second does not follow arusha_2026, nor the other way round. "
        "Choose two editions of one line; second follows first.\n"
    )


def test_a_refusal_is_json_too() -> None:
    done = compare("arusha_2026", EDITIONS / "second", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (1, "")
    assert {**said, "problems": []} == {
        "old": "arusha_2026",
        "new": "second",
        "counts": {},
        "lines": [],
        "problems": [],
    }
    assert [problem["place"] for problem in said["problems"]] == ["second"]
    unknown = json.loads(compare("arusha_2062", "arusha_2026", "--json").stdout)
    assert (unknown["old"], unknown["problems"][0]["remedy"]) == (None, "Did you mean arusha_2026?")


def test_every_class_and_every_fact_has_a_name() -> None:
    t = translator()
    assert (tuple(class_names(t)), tuple(fact_names(t))) == (CLASSES, FACTS)
