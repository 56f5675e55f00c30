"""``python -m arusha``: what each command prints, what it refuses, and that a refusal changes nothing."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from arusha.__main__ import COMMANDS, app
from arusha.store import schema
from arusha.version import VERSION
from questionnaires import loading
from scoring.answers import Answer, read_answers, write_answers

ROOT = Path(__file__).parents[1]
EDITION = loading.edition("arusha_2026")
PRACTICES = list(EDITION.practices)
STEP = EDITION.scale_of(EDITION.practices[PRACTICES[0]]).steps[1].id
SAMPLE = ROOT / "sample_data" / "answers" / "XA_2023.csv"
NASTY = (
    *(
        "=1+1",
        "+41",
        "-3",
        "@x",
        ' "quoted", and more ',
        "two\r\nlines",
        "lone\rreturn",
        "trailing\n",
        "\ttab",
    ),
    *("Zürich – naïve “dashes”", "العربية", "नमस्ते", "🙂", "line\u2028separator\x85", "'", ",", "\ufeff"),
)


def call(*arguments: object) -> Result:
    """Run a command within this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a person does."""
    command = [sys.executable, "-m", "arusha", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, env={**os.environ, **environment}, cwd=ROOT, check=False
    )


def refused(done: Result, *said: str) -> None:
    """Hold a refusal to what each one is: exit code 1, lines on stderr, nothing on stdout, no traceback."""
    assert done.exit_code == 1, (done.exception, done.output)
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    for one in said:
        assert one in done.stderr
    assert all(": " in line for line in done.stderr.splitlines())


def opened(code: str = "KE", year: int = 2026, *more: str) -> str:
    done = call("round", "open", code, "--year", year, *more)
    assert done.exit_code == 0, done.output
    return done.stdout.strip()


def written(path: Path, answers: list[Answer]) -> Path:
    path.write_bytes(write_answers(answers).encode())
    return path


def rows(table: str, home: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "arusha.sqlite")) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()  # noqa: S608


# --- all commands


def test_help_of_every_command_is_plain_and_there() -> None:
    assert all(name in call("--help").stdout for name in COMMANDS)
    for name in COMMANDS:
        done = call(name, "--help")
        assert done.exit_code == 0
        assert "Usage:" in done.stdout
        assert "completion" not in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "scroe",
        "score",
        "round",
        "round open KE",
        "round open KE --year soon",
        "round carry x",
        "round whole",
        "round sign x",
        "version --colour",
    ],
)
def test_wrong_usage_ends_with_two(arguments: str, home: Path) -> None:
    assert call(*arguments.split()).exit_code == 2
    assert not home.exists()


def test_an_unknown_setting_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_DATABSE_URL", "x")
    for arguments in (["round", "list"], ["sample"], ["upgrade"], ["version"], ["questionnaire", "list"]):
        refused(call(*arguments), "ARUSHA_DATABSE_URL: This setting is not known.")
    assert not home.exists()


def test_version_tells_program_editions_and_database(home: Path) -> None:
    done = call("version")
    assert done.stdout.splitlines() == [
        f"Program: {VERSION}",
        f"Questionnaires: {', '.join(loading.editions())}",
        f"Database: {schema.HEAD}",
    ]
    assert not home.exists()


HEAVY = """
import sys
from arusha.__main__ import app
app(sys.argv[1:], standalone_mode=False)
print({"sqlalchemy", "streamlit", "pandas", "alembic"} & set(sys.modules))
"""


@pytest.mark.parametrize("arguments", [["score", "arusha_2026", str(SAMPLE)], ["questionnaire", "check"]])
def test_neither_score_nor_questionnaire_loads_a_database_or_a_page(arguments: list[str], home: Path) -> None:
    command = [sys.executable, "-c", HEAVY, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


# --- questionnaire


def test_every_edition_of_ours_is_listed_and_in_order(home: Path) -> None:
    assert [line.split(":")[0] for line in call("questionnaire", "list").stdout.splitlines()] == list(
        loading.editions()
    )
    done = call("questionnaire", "check")
    assert done.exit_code == 0, done.stderr
    assert (
        f"arusha_2026 is in order: {len(EDITION.factors)} factors, {len(PRACTICES)} practices" in done.stdout
    )


def test_one_edition_or_folder_can_be_checked(tmp_path: Path, home: Path) -> None:
    assert call("questionnaire", "check", "arusha_2026").exit_code == 0
    assert call("questionnaire", "check", loading.HOME / "arusha_2026").exit_code == 0
    refused(call("questionnaire", "check", tmp_path), "structure.toml")


def test_an_unknown_questionnaire_is_refused_with_the_near_name(home: Path) -> None:
    refused(call("questionnaire", "check", "arusha_2062"), "Did you mean arusha_2026?")
    refused(call("score", "arusha_2062", SAMPLE), "Did you mean arusha_2026?")


# --- score


def test_score_prints_the_exact_figures_as_json(home: Path) -> None:
    done = run("score", "arusha_2026", SAMPLE, "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(said) == ["questionnaire", "overall", "factors", "problems"]
    assert list(said["overall"]) == ["value", "low", "high", "coverage"]
    keys = ["id", "value", "low", "high", "coverage", "answered", "applicable", "level"]
    assert [list(factor) for factor in said["factors"]] == [keys] * len(EDITION.factors)
    assert said["problems"] == []


def test_score_in_json_needs_no_settings(home: Path) -> None:
    assert (
        run(
            "score", "arusha_2026", SAMPLE, "--json", ARUSHA_OTHER="x", ARUSHA_DATABASE_URL="nonsense"
        ).returncode
        == 0
    )


def test_score_does_not_round(tmp_path: Path, home: Path) -> None:
    three = [practice.id for practice in EDITION.factors[0].practices[:3]]
    answers = [Answer(three[0], STEP), Answer(three[1], STEP), Answer(three[2], "proven")]
    done = call("score", "arusha_2026", written(tmp_path / "a.csv", answers), "--json")
    assert json.loads(done.stdout)["factors"][0]["value"] == pytest.approx((0.25 + 0.25 + 1) / 3, abs=1e-15)


def test_score_as_a_table_names_every_factor(home: Path) -> None:
    done = call("score", "arusha_2026", SAMPLE)
    assert done.exit_code == 0
    words = EDITION.words("en")
    assert all(words.factors[factor.id].name in done.stdout for factor in EDITION.factors)
    assert "Values run from 0 to 4, the steps of the scale." in done.stdout


def test_nothing_answered_is_a_dash_not_a_zero(tmp_path: Path, home: Path) -> None:
    done = call("score", "arusha_2026", written(tmp_path / "a.csv", []))
    assert done.exit_code == 0
    overall = next(line for line in done.stdout.splitlines() if line.startswith("All factors"))
    assert overall.split()[-3:] == ["–", "0.0–4.0", "0%"]


def test_a_refused_score_is_json_too(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"practice,answer\n{PRACTICES[0]},sometimes\nnowhere.at_all,{STEP}\n")
    done = call("score", "arusha_2026", file, "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (1, "")
    assert {**said, "problems": []} == {
        "questionnaire": "arusha_2026",
        "overall": None,
        "factors": [],
        "problems": [],
    }
    assert [set(problem) for problem in said["problems"]] == [{"place", "fault", "remedy"}] * 2
    assert said["problems"][1]["place"] == f"{file}:line 3"
    unknown = json.loads(call("score", "arusha_2062", file, "--json").stdout)
    assert (unknown["questionnaire"], len(unknown["problems"])) == (None, 1)


def test_every_problem_of_a_file_is_a_line(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"practice,answer\n{PRACTICES[0]},sometimes\nnowhere.at_all,{STEP}\n")
    done = call("score", "arusha_2026", file)
    refused(done)
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [
        f"{file}:line 2",
        f"{file}:line 3",
    ]


@pytest.mark.parametrize(
    "data", [b"practice,answer\n\xe9,\n", "practice,answer\n".encode("utf-16"), b"PK\3\4", b"", b"\0"]
)
def test_a_file_that_is_no_csv_in_utf_8_is_refused(data: bytes, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    refused(call("score", "arusha_2026", file), f"{file}:line ")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, home: Path) -> None:
    refused(call("score", "arusha_2026", tmp_path / "missing.csv"), "missing.csv", "No such file")
    refused(call("score", "arusha_2026", tmp_path), "Is a directory")
    refused(call("score", "arusha_2026", "/dev/zero"), "/dev/zero: The file is larger than")
    refused(call("score", "x" * 5000, SAMPLE))


def test_what_a_file_holds_cannot_steer_the_terminal(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'practice,answer\n{PRACTICES[0]},"\x1b[2J\x1b]0;title\x07\nroot: ok"\n')
    done = call("score", "arusha_2026", file)
    assert not {"\x1b", "\x07"} & set(done.stderr)
    assert len(done.stderr.splitlines()) == 1


# --- sample and upgrade


def test_the_sample_goes_into_a_database_of_its_own(home: Path) -> None:
    count = len((ROOT / "sample_data" / "rounds.csv").read_text().splitlines()) - 1
    assert f"{count} rounds came in" in call("sample").stdout
    assert "0 rounds came in" in call("sample").stdout
    assert sorted(path.name for path in home.iterdir()) == ["keys", "sample.sqlite"]
    listed = json.loads(call("round", "list", "--json", "--sample").stdout)
    assert len(listed) == count
    assert json.loads(call("round", "list", "--json").stdout) == []
    signed = next(one["id"] for one in listed if one["state"] == "signed")
    assert "1 signature holds." in call("round", "verify", signed, "--sample").stdout
    assert "(fictional)" in call("round", "show", signed, "--sample").stdout


def test_upgrade_says_what_the_database_was_and_is(home: Path) -> None:
    assert f"was empty and is now of version {schema.HEAD}" in call("upgrade").stdout
    assert f"is of version {schema.HEAD} already" in call("upgrade").stdout


# --- round


def test_rounds_are_listed_exactly(home: Path) -> None:
    first = opened("KE", 2025)
    second = call("round", "open", "XB", "--year", 2026, "--edition", "arusha_2026", "--name", "Bovaria",
                  "--region", "europe").stdout.strip()  # fmt: skip
    assert json.loads(run("round", "list", "--json").stdout) == [
        {
            "id": first,
            "administration": "KE",
            "edition": "arusha_2026",
            "year": 2025,
            "form": "whole",
            "state": "open",
        },
        {
            "id": second,
            "administration": "XB",
            "edition": "arusha_2026",
            "year": 2026,
            "form": "whole",
            "state": "open",
        },
    ]
    assert call("round", "list").stdout.split()[:6] == [first, "KE", "arusha_2026", "2025", "whole", "open"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["KE", "--year", "2026"], "There is a round of this administration, edition and year already"),
        (["QQ", "--year", "2026"], "QQ is not the code of a WCO Member"),
        (["XB", "--year", "2026"], "A fictional administration needs a name"),
        (["UG", "--year", "1800"], "1800 cannot be the reference year"),
        (["UG", "--year", "2026", "--edition", "arusha_2062"], "Did you mean arusha_2026?"),
        (["XB", "--year", "2026", "--region", "europe", "--name", "\udc80"], "no file or database can keep"),
    ],
)
def test_a_round_that_cannot_be_opened_is_refused_and_nothing_is_registered(
    arguments: list[str], said: str, home: Path
) -> None:
    opened("KE", 2026)
    before = rows("rounds", home), rows("administrations", home)
    refused(call("round", "open", *arguments), said)
    assert (rows("rounds", home), rows("administrations", home)) == before


@pytest.mark.parametrize(
    "command",
    [["show"], ["verify"], ["export"], ["whole"], ["sign", "--by", "x"], ["reopen", "--reason", "x"]],
)
def test_an_unknown_round_is_refused_with_the_near_name(command: list[str], home: Path) -> None:
    known = opened()
    near = known[:-1] + "_"
    refused(call("round", command[0], near, *command[1:]), near, f"Did you mean {known}?")
    refused(call("round", command[0], "nothing", *command[1:]), "round list")


def test_answers_come_in_and_go_out_byte_by_byte(home: Path, tmp_path: Path) -> None:
    answers = [Answer(practice, STEP, note=note) for practice, note in zip(PRACTICES, NASTY, strict=False)]
    answers += [Answer(PRACTICES[-1], STEP, outside=True, reason="the ministry's"),
                Answer(PRACTICES[-2], not_applicable=True, reason="no sea, no port"),
                Answer(PRACTICES[-3], reason="not known yet")]  # fmt: skip
    file, round_id, other = written(tmp_path / "a.csv", answers), opened(), opened("UG")
    assert call("round", "import", round_id, file).stdout == f"{len(answers)} answers changed.\n"
    first = run("round", "export", round_id)
    assert (first.returncode, first.stderr) == (0, b"")
    given = {answer.practice: answer for answer in answers}
    assert list(read_answers(EDITION, first.stdout, "out")) == [
        given.get(name, Answer(name)) for name in PRACTICES
    ]
    out = tmp_path / "out.csv"
    assert run("round", "export", round_id, "--out", out).returncode == 0
    assert out.read_bytes() == first.stdout
    assert call("round", "import", round_id, out).stdout == "0 answers changed.\n"
    assert call("round", "import", other, out).stdout == f"{len(answers)} answers changed.\n"
    assert run("round", "export", other).stdout == first.stdout


def test_lines_of_an_export_end_with_a_line_feed_only(home: Path) -> None:
    done = run("round", "export", opened())
    assert done.stdout.count(b"\n") == len(PRACTICES) + 1
    assert b"\r" not in done.stdout
    assert done.stdout.startswith(b"practice,answer,note,reason,outside\n")


def test_a_file_with_one_faulty_answer_comes_in_not_at_all(home: Path, tmp_path: Path) -> None:
    round_id = opened()
    call("round", "import", round_id, written(tmp_path / "a.csv", [Answer(PRACTICES[0], STEP, note="first")]))
    before = rows("answers", home), rows("answer_versions", home), rows("rounds", home)
    faulty = [Answer(PRACTICES[0], "proven"), Answer(PRACTICES[1], not_applicable=True)]
    file = written(tmp_path / "b.csv", faulty)
    refused(call("round", "import", round_id, file), f"{file}:line 3", "without a reason")
    refused(call("round", "import", round_id, tmp_path / "missing.csv"), "No such file")
    assert (rows("answers", home), rows("answer_versions", home), rows("rounds", home)) == before


def test_a_round_is_signed_proved_reopened_and_signed_again(home: Path, tmp_path: Path) -> None:
    round_id = opened()
    refused(
        call("round", "sign", round_id, "--by", "A. Director"),
        f"{PRACTICES[0]}: The practice is not answered.",
    )
    assert "Nothing has been signed" in call("round", "verify", round_id).stdout
    file = written(tmp_path / "a.csv", [Answer(practice, STEP) for practice in PRACTICES])
    call("round", "import", round_id, file)
    refused(call("round", "sign", round_id, "--by", " "), "signed_by")
    assert (
        "Revision 1 is signed by A. Director" in call("round", "sign", round_id, "--by", "A. Director").stdout
    )
    assert json.loads(call("round", "list", "--json").stdout)[0]["state"] == "signed"
    refused(call("round", "import", round_id, file), "signed off and cannot be changed")
    refused(call("round", "reopen", round_id, "--reason", " "), "A reason is missing")
    assert "as revision 2" in call("round", "reopen", round_id, "--reason", "a late survey").stdout
    call("round", "sign", round_id, "--by", "A. Director")
    shown = call("round", "show", round_id).stdout
    assert "Revision 2, signed" in shown
    assert "Revision 1 reopened" in shown
    assert "a late survey" in shown
    assert "2 signatures hold." in call("round", "verify", round_id).stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE answers SET step = 'proven'", "The answers were changed after the round was signed."),
        ("UPDATE signatures SET content = replace(content, 'designed', 'proven')", "the hash does not fit"),
        (
            "UPDATE signatures SET signed_by = 'Somebody'",
            "The name or the time beside the signature was changed.",
        ),
    ],
)
def test_what_was_changed_behind_the_program_s_back_does_not_verify(
    change: str, said: str, home: Path, tmp_path: Path
) -> None:
    round_id = opened()
    call("round", "import", round_id, written(tmp_path / "a.csv", [Answer(name, STEP) for name in PRACTICES]))
    call("round", "sign", round_id, "--by", "A. Director")
    with closing(sqlite3.connect(home / "arusha.sqlite")) as database:
        database.execute(change)
        database.commit()
    refused(call("round", "verify", round_id), said)


def test_an_export_that_cannot_be_written_leaves_what_was_there(home: Path, tmp_path: Path) -> None:
    round_id = opened()
    refused(call("round", "export", round_id, "--out", tmp_path), "Is a directory")
    refused(call("round", "export", round_id, "--out", tmp_path / "missing" / "out.csv"), "No such file")
    refused(call("round", "export", round_id, "--out", "/proc/out.csv"), "/proc/out.csv")
    refused(call("round", "export", round_id, "--out", "/dev/full"), "No space left")
    assert Path("/dev/full").is_char_device()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_an_export_replaces_a_file_as_a_whole_and_keeps_link_and_rights(home: Path, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old" * 100_000)
    (tmp_path / "link.csv").symlink_to("real.csv")
    (tmp_path / "real.csv").chmod(0o640)
    assert call("round", "export", opened(), "--out", tmp_path / "link.csv").exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640
    with (tmp_path / "real.csv").open(newline="") as source:
        assert [row["practice"] for row in csv.DictReader(source)] == PRACTICES


# --- the short form and carrying over

CORE = [name for name, practice in EDITION.practices.items() if practice.core]


def test_a_short_round_is_listed_exported_and_goes_on_as_a_whole_one(home: Path, tmp_path: Path) -> None:
    round_id = opened("KE", 2026, "--short")
    assert json.loads(call("round", "list", "--json").stdout)[0]["form"] == "short"
    assert call("round", "list").stdout.split()[:6] == [
        round_id,
        "KE",
        "arusha_2026",
        "2026",
        "short",
        "open",
    ]
    file = written(tmp_path / "a.csv", [Answer(name, STEP) for name in CORE])
    assert call("round", "import", round_id, file).stdout == "40 answers changed.\n"
    assert run("round", "export", round_id).stdout.count(b"\n") == 41
    assert call("round", "whole", round_id).stdout == f"The round asks {len(PRACTICES)} practices.\n"
    assert json.loads(call("round", "list", "--json").stdout)[0]["form"] == "whole"
    given = {a.practice: a for a in read_answers(EDITION, run("round", "export", round_id).stdout, "out")}
    assert list(given) == PRACTICES
    assert [name for name, answer in given.items() if answer.step == STEP] == CORE


def test_a_short_round_is_signed_and_cannot_be_widened_then(home: Path, tmp_path: Path) -> None:
    round_id = opened("KE", 2026, "--short")
    call("round", "import", round_id, written(tmp_path / "a.csv", [Answer(name, STEP) for name in CORE]))
    assert "Revision 1 is signed" in call("round", "sign", round_id, "--by", "A. Director").stdout
    refused(call("round", "whole", round_id), f"{round_id}: The round is signed off and cannot be changed.")
    assert "1 signature holds." in call("round", "verify", round_id).stdout


def test_what_the_short_form_does_not_ask_does_not_come_in_and_the_way_out_is_told(
    home: Path, tmp_path: Path
) -> None:
    round_id = opened("KE", 2026, "--short")
    beyond = next(name for name in PRACTICES if name not in CORE)
    file = written(tmp_path / "a.csv", [Answer(CORE[0], STEP), Answer(beyond, STEP)])
    refused(
        call("round", "import", round_id, file),
        f"{file}: The file answers practices that the short form of this round does not ask.",
        f"ask the whole questionnaire first: round whole {round_id}.",
    )
    wrong = written(tmp_path / "b.csv", [Answer(beyond, STEP), Answer("nowhere.at_all", STEP)])
    refused(call("round", "import", round_id, wrong), f"{wrong}:line 3", "has no practice “nowhere.at_all”")
    assert rows("answers", home) == []
    call("round", "whole", round_id)
    assert call("round", "import", round_id, file).stdout == "2 answers changed.\n"


def test_a_whole_round_is_not_widened(home: Path) -> None:
    round_id = opened()
    refused(call("round", "whole", round_id), "asks the whole questionnaire already. Go on answering.")


def test_score_counts_the_core_practices_alone_when_it_is_told_to(tmp_path: Path, home: Path) -> None:
    file = written(tmp_path / "a.csv", [Answer(name, STEP) for name in CORE])
    short = json.loads(call("score", "arusha_2026", file, "--short", "--json").stdout)
    whole = json.loads(call("score", "arusha_2026", file, "--json").stdout)
    assert (short["questionnaire"], whole["questionnaire"]) == ("arusha_2026", "arusha_2026")
    assert short["overall"] == {"value": 0.25, "low": 0.25, "high": 0.25, "coverage": 1.0}
    assert sum(factor["applicable"] for factor in short["factors"]) == 40
    assert sum(factor["applicable"] for factor in whole["factors"]) == len(PRACTICES)
    assert whole["overall"]["value"] == 0.25
    assert whole["overall"]["coverage"] < 0.5
    assert "100%" in call("score", "arusha_2026", file, "--short").stdout.splitlines()[-3]


def test_score_in_the_short_form_refuses_what_it_does_not_ask(tmp_path: Path, home: Path) -> None:
    beyond = next(name for name in PRACTICES if name not in CORE)
    file = written(tmp_path / "a.csv", [Answer(CORE[0], STEP), Answer(beyond, STEP)])
    assert call("score", "arusha_2026", file).exit_code == 0
    refused(call("score", "arusha_2026", file, "--short"), f"{file}:line 3", f"has no practice “{beyond}”")
    said = json.loads(call("score", "arusha_2026", file, "--short", "--json").stdout)
    assert said["questionnaire"] == "arusha_2026"
    assert [problem["place"] for problem in said["problems"]] == [f"{file}:line 3"]


@pytest.fixture
def two(home: Path, tmp_path: Path) -> tuple[str, str]:
    """Return a short round with three answers, and a later, empty one that asks everything."""
    earlier = opened("KE", 2024, "--short")
    answers = [Answer(CORE[0], STEP, note="=1+1"), Answer(CORE[1], not_applicable=True, reason="no sea"),
               Answer(CORE[2], reason="not known yet")]  # fmt: skip
    call("round", "import", earlier, written(tmp_path / "a.csv", answers))
    return earlier, opened("KE", 2026)


def test_carrying_over_can_be_tried_and_then_done_and_done_again(two: tuple[str, str], home: Path) -> None:
    earlier, later = two
    before = rows("answers", home), rows("rounds", home)
    dry = call("round", "carry", later, earlier, "--dry-run")
    assert dry.exit_code == 0
    lines = dry.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["Earlier practice", *CORE[:3]]
    assert "The same is asked on the same scale: the earlier answer is proposed." in lines[1]
    assert (rows("answers", home), rows("rounds", home), rows("carried", home)) == (*before, [])
    assert call("round", "carry", later, earlier).stdout == dry.stdout
    assert len(rows("carried", home)) == 3
    given = {a.practice: a for a in read_answers(EDITION, run("round", "export", later).stdout, "out")}
    texts = {name: answer.note for name, answer in given.items() if answer != Answer(name)}
    assert texts == {CORE[0]: "=1+1", CORE[2]: "not known yet"}
    assert {answer.step for answer in given.values()} == {None}
    kept = rows("carried", home), rows("answers", home), rows("rounds", home)
    assert call("round", "carry", later, earlier).stdout == dry.stdout
    assert (rows("carried", home), rows("answers", home), rows("rounds", home)) == kept


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_the_receipt_is_printed_as_json_whole(two: tuple[str, str], more: list[str]) -> None:
    earlier, later = two
    done = run("round", "carry", later, earlier, "--json", *more)
    said = json.loads(done.stdout)
    assert (done.returncode, done.stderr, list(said), said["problems"]) == (0, b"", ["rows", "problems"], [])
    first = said["rows"][0]
    assert list(first) == ["earlier", "practice", "outcome", "why", "answer", "proposed"]
    assert (first["earlier"], first["practice"], first["outcome"]) == (CORE[0], CORE[0], "copied")
    assert first["answer"] == {
        "practice": CORE[0],
        "step": STEP,
        "not_applicable": False,
        "outside": False,
        "reason": "",
        "note": "=1+1",
    }
    assert first["proposed"] == {"step": STEP, "not_applicable": False, "outside": False, "reason": ""}
    assert said["rows"][2]["proposed"] is None


def test_a_round_that_cannot_be_carried_over_is_refused_and_nothing_changes(
    two: tuple[str, str], home: Path, tmp_path: Path
) -> None:
    earlier, later = two
    uganda, empty = opened("UG", 2024), opened("KE", 2022)
    before = rows("answers", home), rows("rounds", home)
    for target, source, said in (
        (later, uganda, f"{uganda}: The round is of another administration. Choose an earlier round"),
        (earlier, later, f"{later}: The round is of 2026, which is not before 2024. Choose an earlier round"),
        (later, empty, f"{empty}: Nothing was answered in this round. Choose another round"),
        (later, earlier[:-1] + "_", f"Did you mean {earlier}?"),
        (later[:-1] + "_", earlier, f"Did you mean {later}?"),
    ):
        refused(call("round", "carry", target, source), said)
        in_json = call("round", "carry", target, source, "--json")
        told = json.loads(in_json.stdout)
        assert (in_json.exit_code, in_json.stderr, told["rows"]) == (1, "", [])
        assert [set(problem) for problem in told["problems"]] == [{"place", "fault", "remedy"}]
    assert (rows("answers", home), rows("rounds", home), rows("carried", home)) == (*before, [])


def test_a_second_earlier_round_is_not_carried_over(two: tuple[str, str], home: Path, tmp_path: Path) -> None:
    earlier, later = two
    another = opened("KE", 2022, "--short")
    call("round", "import", another, written(tmp_path / "b.csv", [Answer(CORE[3], STEP)]))
    call("round", "carry", later, earlier)
    refused(call("round", "carry", later, another), f"The answers of the round {earlier} were carried over")
    assert len(rows("carried", home)) == 3


# --- databases that cannot be used, through a command


def test_a_database_that_cannot_be_used_is_refused_without_a_traceback(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage, other, newer = tmp_path / "garbage", tmp_path / "other", tmp_path / "newer"
    garbage.write_bytes(b"garbage" * 1000)
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE invoices (number)")
    with closing(sqlite3.connect(newer)) as database:
        database.execute("CREATE TABLE arusha_version (version_num)")
        database.execute("INSERT INTO arusha_version VALUES ('9999')")
        database.commit()
    for url, said in (
        (f"sqlite:///{garbage}", "not a database of this program"),
        (f"sqlite:///{other}", "tables of another program: invoices"),
        (f"sqlite:///{newer}", "newer than this program"),
        (f"sqlite:///{tmp_path}", "cannot be written or opened"),
        ("sqlite:////proc/x/y", "The folder cannot be made"),
        ("nonsense", "The database URL cannot be used"),
        ("postgresql+psycopg://127.0.0.1:1/x", "The database server does not answer"),
    ):
        monkeypatch.setenv("ARUSHA_DATABASE_URL", url)
        for arguments in (["round", "list"], ["round", "open", "KE", "--year", "2026"], ["upgrade"]):
            refused(call(*arguments), said)
        said_in_json = json.loads(call("round", "list", "--json").stdout)
        assert said in said_in_json["problems"][0]["fault"]


def test_a_locked_database_is_refused_after_the_wait(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    monkeypatch.setenv("ARUSHA_DATABASE_URL", f"sqlite:///{home / 'arusha.sqlite'}?timeout=0.2")
    with closing(sqlite3.connect(home / "arusha.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(call("round", "open", "UG", "--year", 2026), "locked by another program")
        assert call("round", "list").exit_code == 0
    assert call("round", "open", "UG", "--year", 2026).exit_code == 0


def test_the_commands_work_on_postgresql_too(
    home: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARUSHA_DATABASE_URL", postgresql_url)
    round_id = opened("KE", 2026, "--short")
    assert call("round", "import", round_id, SAMPLE).exit_code == 0
    given = run("round", "export", round_id).stdout
    assert read_answers(EDITION, given, "out") == read_answers(EDITION, SAMPLE.read_bytes(), "in")
    assert sorted(path.name for path in home.iterdir()) == ["keys"]


# --- where output goes


def test_a_reader_that_goes_away_is_no_error_of_ours(home: Path) -> None:
    round_id = opened()
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "arusha", "round", "export", round_id]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_full_device_behind_stdout_is_told(home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "arusha", "version"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"stdout: The file cannot be read or written: No space left")


def test_a_terminal_that_knows_only_latin_letters_gets_question_marks(home: Path) -> None:
    done = run("score", "arusha_2026", SAMPLE, PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?" in done.stdout
