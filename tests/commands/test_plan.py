"""``plan``: what it lists, checks, writes and reads, what it refuses, and that a refusal changes nothing."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from arusha.access.rules import LOCAL
from arusha.commands.opening import opened
from arusha.plans import service
from tests.commands.planning import (
    ALDORIA,
    DOUBTFUL,
    NEW,
    YEAR_1,
    YEAR_2,
    begun,
    call,
    done,
    file,
    plans,
    refused,
)
from tests.plans.tables.written import edited

# --- reading a work plan


def test_a_dry_run_prints_exactly_what_would_happen_and_changes_nothing(tmp_path: Path, home: Path) -> None:
    result = call("read", file(tmp_path, *YEAR_1), "--administration", "XA", "--dry-run", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    said = json.loads(result.stdout)
    assert list(said.items()) == [
        ("goals", 1),
        ("activities", 2),
        ("matched", 0),
        ("new", 2),
        ("problems", []),
    ]
    assert plans() == []


def test_a_table_becomes_a_plan(tmp_path: Path, home: Path) -> None:
    lines = done("read", file(tmp_path, *YEAR_1), "--administration", "XA", *NEW, *ALDORIA)
    (plan,) = plans()
    assert lines == [
        "Goals: 1. Activities: 2, 0 matched and 2 new.",
        f"The plan {plan.id} holds it now.",
    ]
    assert (plan.header.title, plan.header.start, plan.header.end) == (
        "Integrity plan",
        date(2023, 1, 1),
        date(2025, 12, 31),
    )
    assert [plan.status(activity.id) for activity in plan.activities] == ["ongoing", "initiated"]
    assert done("list") == [f"{plan.id}  XA  Integrity plan  2023-01-01  2025-12-31  draft  1"]


def test_the_next_years_table_is_matched_to_the_same_activities(tmp_path: Path, home: Path) -> None:
    begun(tmp_path)
    (before,) = plans()
    path = file(tmp_path, *YEAR_2)
    result = call("read", path, "--administration", "XA", "--dry-run", "--json")
    assert json.loads(result.stdout) == {"goals": 1, "activities": 2, "matched": 1, "new": 1, "problems": []}
    assert plans() == [before]
    lines = done("read", path, "--administration", "XA")
    assert lines == [
        (
            "plan.xlsx · Work plan: The table does not name the activity 1.1 Write the code; "
            "it stays as it is. Remove it on its page when it is given up."
        ),
        "Goals: 1. Activities: 2, 1 matched and 1 new.",
        f"The plan {before.id} holds it now.",
    ]
    (now,) = plans()
    trained = before.activities[1].id
    assert [activity.id for activity in now.activities[:2]] == [activity.id for activity in before.activities]
    assert (now.by_id[trained].number, now.by_id[trained].title, now.status(trained)) == (
        "1.1",
        "Train the inspectors on the code",
        "done",
    )


def test_a_doubtful_row_is_refused_until_somebody_decides(tmp_path: Path, home: Path) -> None:
    begun(tmp_path)
    (before,) = plans()
    trained, path = before.activities[1].id, file(tmp_path, *DOUBTFUL)
    doubt = (
        "plan.xlsx · Work plan!B4: It is doubtful which activity of the plan this is. "
        f"It could be: 1.2 Train inspectors on the code [{trained}]. "
        "Say for row 4 which of them it is, or that it is new."
    )
    read = ("read", path, "--administration", "XA")
    result = call(*read)
    assert (result.exit_code, result.stderr.splitlines()) == (1, [doubt])
    assert "holds it now" not in result.stdout
    result = call(*read, "--dry-run", "--json")
    assert (result.exit_code, len(json.loads(result.stdout)["problems"])) == (1, 1)
    assert plans() == [before]
    assert "Goals: 1. Activities: 1, 0 matched and 1 new." in done(*read, "--new", "4", "--dry-run")
    assert "Goals: 1. Activities: 1, 1 matched and 0 new." in done(*read, "--same", f"4={trained}")
    (now,) = plans()
    assert now.by_id[trained].title == "Train managers and inspectors"


def test_faults_are_told_as_json_with_place_fault_and_remedy(tmp_path: Path, home: Path) -> None:
    path = file(tmp_path, ["Goal 1: Rules"], ["1.1", "Write", None, None, "perhpas"], ["1.2", "=1+1"])
    result = call("read", path, "--administration", "XA", "--json", *NEW)
    said = json.loads(result.stdout)
    assert (result.exit_code, said["goals"], said["activities"]) == (1, 1, 2)
    assert [list(problem) for problem in said["problems"]] == [["place", "fault", "remedy"]] * 2
    places = [problem["place"].removeprefix("plan.xlsx · Work plan!") for problem in said["problems"]]
    assert places == ["E4", "B5"]
    assert plans() == []


def test_a_file_that_cannot_be_read_is_told_as_json_too(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"PK")
    for arguments in ((path,), (tmp_path / "missing.xlsx",)):
        result = call("read", *arguments, "--administration", "XA", "--dry-run", "--json")
        said = json.loads(result.stdout)
        assert (result.exit_code, len(said.pop("problems"))) == (1, 1)
        assert said == {"goals": 0, "activities": 0, "matched": 0, "new": 0}


def test_a_new_plan_needs_a_title_and_dates(tmp_path: Path, home: Path) -> None:
    path = file(tmp_path, *YEAR_1)
    nothing = (
        "plan: XA has no open plan, and nothing says what a new one is called. "
        "Give its --title, --start and --end."
    )
    refused(call("read", path, "--administration", "XA"), nothing)
    refused(call("read", path, "--administration", "XA", "--title", "Plan"), nothing)
    backwards = ("--title", "Plan", "--start", "2025-01-01", "--end", "2024-01-01")
    refused(
        call("read", path, "--administration", "XA", *backwards, *ALDORIA),
        "plan: It ends on 2024-01-01, before it starts on 2025-01-01. Put the dates in order.",
    )
    dates = ("--start", "2024-01-01", "--end", "2025-01-01")
    refused(
        call("read", path, "--administration", "XA", "--title", "x" * 2001, *dates, *ALDORIA),
        "title: The text is longer than 2000 characters. Shorten it.",
    )
    assert plans() == []


def test_the_plan_is_the_one_named_else_the_one_written_from_else_the_newest_open_one(
    tmp_path: Path, home: Path
) -> None:
    first = begun(tmp_path)
    later = ("--title", "Second", "--start", "2026-01-01", "--end", "2027-12-31")
    second = done("read", tmp_path / "plan.xlsx", "--administration", "XA", *later)[-1].split()[2]
    assert first != second
    done("write", first, tmp_path / "first.xlsx", "--table", "work-plan")

    def chosen(path: str, *more: str) -> str:
        return done("read", tmp_path / path, "--administration", "XA", *more)[-1].split()[2]

    assert chosen("plan.xlsx") == second
    assert chosen("first.xlsx") == first
    assert chosen("plan.xlsx", "--plan", first) == first


def test_a_plan_of_another_administration_or_nobodys_is_refused(tmp_path: Path, home: Path) -> None:
    mine = begun(tmp_path)
    path = tmp_path / "plan.xlsx"
    refused(
        call("read", path, "--administration", "XB", "--plan", mine),
        f"{mine}: The plan is of another administration, XA. Name a plan of its own.",
    )
    refused(call("read", path, "--administration", "XA", "--plan", "xa2023-pzzzzz"))


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--same", "4"), "--same: 4 does not say which activity a row is. Write it like 7=pabc123."),
        (("--same", "4="), "--same: 4= does not say which activity a row is. Write it like 7=pabc123."),
        (("--same", "x=act"), "--same: x=act does not say which activity a row is. Write it like 7=pabc123."),
        (("--same", "4=act", "--new", "4"), "--same: Two things are said of row 4. Say one of them."),
        (("--keep", "mine"), "--keep: mine does not say which value stays. Write it like 7:actual=mine."),
        (
            ("--keep", "7:actual=x"),
            "--keep: 7:actual=x does not say which value stays. Write it like 7:actual=mine.",
        ),
    ],
)
def test_a_decision_that_decides_nothing_is_refused(
    tmp_path: Path, home: Path, option: tuple[str, ...], said: str
) -> None:
    refused(call("read", file(tmp_path, *YEAR_1), "--administration", "XA", *option), said)


def test_an_approved_plan_takes_its_statuses_and_nothing_planned(tmp_path: Path, home: Path) -> None:
    plan = begun(tmp_path)
    done("write", plan, tmp_path / "w.xlsx", "--table", "work-plan")
    with opened() as store:
        service.approve(LOCAL, store, plan, "The Director General", date(2023, 1, 5))
    data = (tmp_path / "w.xlsx").read_bytes()
    (tmp_path / "w.xlsx").write_bytes(edited(data, E6="done"))
    done("read", tmp_path / "w.xlsx", "--administration", "XA")
    assert plans()[0].status(plans()[0].activities[0].id) == "done"
    (tmp_path / "w.xlsx").write_bytes(edited(data, B6="Write a shorter code"))
    refused(
        call("read", tmp_path / "w.xlsx", "--administration", "XA"),
        (
            f"{plan}: The plan is approved: what was planned cannot be changed. "
            "Revise it with a reason; that begins the next version."
        ),
    )


# --- writing


def test_each_form_of_a_plan_is_written(tmp_path: Path, home: Path) -> None:
    plan = begun(tmp_path)
    forms = {"work-plan": "Work plan", "tracking": "Tracking table", "plan": None}
    for form, name in forms.items():
        path = tmp_path / f"{form}.xlsx"
        assert done("write", plan, path, "--table", form) == [f"{path} is written."]
        titles = load_workbook(BytesIO(path.read_bytes())).sheetnames
        assert name is None or titles[0] == name
        assert len(titles) > 1
    assert done("write", plan, tmp_path / "left-out.xlsx") == [f"{tmp_path / 'left-out.xlsx'} is written."]
    whole = [load_workbook(tmp_path / name).sheetnames for name in ("plan.xlsx", "left-out.xlsx")]
    assert whole[0] == whole[1]


def test_what_is_written_and_read_back_changes_nothing(tmp_path: Path, home: Path) -> None:
    plan = begun(tmp_path)
    before = plans()
    for form in ("work-plan", "tracking"):
        done("write", plan, tmp_path / "w.xlsx", "--table", form)
        done("read", tmp_path / "w.xlsx", "--administration", "XA")
    assert plans() == before


def test_what_cannot_be_written_is_refused(tmp_path: Path, home: Path) -> None:
    plan = begun(tmp_path)
    refused(
        call("write", plan, tmp_path / "plan.xls"),
        f"{tmp_path / 'plan.xls'}: The name of an Excel workbook ends with .xlsx. Name it so.",
    )
    refused(call("write", "xa2023-pzzzzz", tmp_path / "other.xlsx"))
    assert not (tmp_path / "other.xlsx").exists()
    assert call("write", plan, tmp_path / "a.xlsx", "--table", "logframe").exit_code == 2


# --- listing and checking


def test_without_a_plan_the_list_says_so(home: Path) -> None:
    assert done("list") == ["There is no action plan yet."]
    assert json.loads(call("list", "--json").stdout) == []


def test_the_list_as_json_names_what_it_tells(tmp_path: Path, home: Path) -> None:
    plan = begun(tmp_path)
    assert json.loads(call("list", "--json").stdout) == [
        {
            "id": plan,
            "administration": "XA",
            "title": "Integrity plan",
            "start": "2023-01-01",
            "end": "2025-12-31",
            "state": "draft",
            "version": 1,
        }
    ]


def test_the_check_tells_each_finding_with_place_and_remedy(tmp_path: Path, home: Path) -> None:
    plan = begun(tmp_path)
    result = call("check", plan, "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["plan"]) == (1, plan)
    assert [list(problem) for problem in said["problems"]] == [
        ["rule", "subject", "place", "fault", "remedy"]
    ] * len(said["problems"])
    assert "1.1 Write the code" in {problem["place"] for problem in said["problems"]}
    text = call("check", plan)
    assert text.exit_code == 1
    assert len(text.stderr.splitlines()) == len(said["problems"])
    refused(call("check", "xa2023-pzzzzz"))
    assert json.loads(call("check", "xa2023-pzzzzz", "--json").stdout)["plan"] == "xa2023-pzzzzz"


def test_a_plan_without_a_finding_says_so(tmp_path: Path, home: Path) -> None:
    file(tmp_path, ["Goal 1: Rules are known"])
    plan = done(
        "read",
        tmp_path / "plan.xlsx",
        "--administration",
        "XA",
        *NEW[:3],
        "2099-01-01",
        "--end",
        "2099-12-31",
        *ALDORIA,
    )
    id_ = plan[-1].split()[2]
    assert done("check", id_) == ["The check found nothing."]


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "a.xlsx"],
        ["read", "--administration", "XA"],
        ["write", "x"],
        ["check"],
        ["read", "a", "--new", "x"],
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str], home: Path) -> None:
    assert call(*arguments).exit_code == 2
