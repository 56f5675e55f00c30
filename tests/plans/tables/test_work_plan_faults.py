"""What a work plan table is refused with: each fault at its cell, every fault at once."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from openpyxl import Workbook

from arusha.plans.model import Activity, Outcome, Plan
from arusha.plans.sheets import taken_work_plan
from questionnaires.problems import Refused
from tests.plans.tables.written import (
    ACT1,
    ACT2,
    ACT3,
    ACT4,
    FILE,
    GOAL1,
    HEAD,
    HEADINGS,
    IMPACT2,
    SHEET,
    after,
    edited,
    faults,
    foreign,
    pages,
    small,
    table,
    taking,
    written,
)

EMPTY = Plan("", "XA", HEAD)
HARD = "• first\n• second\n  – Обучение\nتدريب المفتشين\n=1+1\n_x000D_ 汉字"


FORMULA = "This is a formula, and a value is needed here. Copy the cell and paste it as a value, or type it."
AS_TEXT = "Format the cell as text, then type it again."

IN_A_CELL: dict[str, tuple[object, str]] = {
    f"B{ACT1}": ("=1+1", FORMULA),
    f"C{ACT1}": (12.5, f"12.5: this is no text, and text is needed here. {AS_TEXT}"),
    f"D{ACT1}": (True, f"true: this is no text, and text is needed here. {AS_TEXT}"),
    f"A{ACT1}": (date(2026, 2, 1), f"The spreadsheet took this for a date. {AS_TEXT}"),
    f"G{ACT1}": ("#REF!", "This is an error of the spreadsheet and no value. Type the value again."),
    f"E{ACT1}": ("compleeted", "There is no status compleeted. Did you mean completed?"),
    f"E{ACT2}": (
        "perhaps",
        "There is no status perhaps. Use one of: planned, initiated, ongoing, done, paused, dropped.",
    ),
    f"A{ACT2}": ("1.2 and what follows it", "The text is longer than 20 characters. Shorten it."),
    f"B{ACT2}": ("x" * 2001, "The text is longer than 2000 characters. Shorten it."),
    f"B{ACT3}": (
        None,
        (
            "The activity has lost its text. "
            "Write it again; what is given up is removed on its page, or its status set so."
        ),
    ),
    f"B{GOAL1}": (
        None,
        (
            "The goal has lost its title. "
            "Write it again; what is given up is removed on its page, or its status set so."
        ),
    ),
    f"F{ACT3}": (
        "Calls",
        (
            "The cell stands for 2 indicators, and its text was changed. "
            "Write what stood there, and change the indicators on their page."
        ),
    ),
    f"F{ACT1}": (
        None,
        (
            "The cell is empty, and the activity has an indicator. "
            "Write what stood there; an indicator is removed on its page."
        ),
    ),
    f"B{IMPACT2 + 1}": ("Count", None),  # type: ignore[dict-item]
    f"A{IMPACT2 + 1}": ("2.9", "The row names no activity. Write what is done, or delete the row."),
    "D4": (
        "Expected Outptu",
        (
            "The column Expected Output is missing. "
            "Is it this one, Expected Outptu? Then call it Expected Output."
        ),
    ),
    "E4": ("Indicator", "The column Indicator is there twice. Delete one of the two."),
}


@pytest.mark.parametrize(("cell", "value", "fault"), [(c, *v) for c, v in IN_A_CELL.items() if v[1]])
def test_a_fault_is_named_at_its_cell(cell: str, value: object, fault: str) -> None:
    place = "F4" if cell == "E4" else f"B{IMPACT2 + 1}" if "no activity" in fault else cell
    assert faults(edited(written(small()), **{cell: value}))[0] == f"{place}: {fault}"


def test_an_empty_cell_of_a_table_that_others_wrote_leaves_the_plan_as_it_is() -> None:
    data = foreign(
        ["1", "Rules are known"], ["1.5", "Write the code"], ["1.6", "Train inspectors on the code"]
    )
    plan = after(small(), data)
    assert plan.by_id["act001"] == small().by_id["act001"].model_copy(update={"number": "1.5"})
    assert plan.by_id["ind001"] == small().by_id["ind001"]
    assert plan.status("act001") == "ongoing"


def test_an_empty_number_or_impact_of_a_goal_that_others_wrote_leaves_the_plan_as_it_is() -> None:
    rows = (["Rules are known"], ["1.1", "Write the code"], ["Expected Impact"])
    data = foreign(*rows, merged=["A3:G3"])
    before = small().goals[0]
    assert before.number
    assert before.impact
    assert after(small(), data).by_id[before.id] == before


def test_every_fault_is_told_at_once() -> None:
    data = edited(written(small()), **{f"E{ACT1}": "perhaps", f"B{ACT2}": "=1", f"C{ACT4}": 3})
    assert [fault.split(":")[0] for fault in faults(data)] == [f"E{ACT1}", f"B{ACT2}", f"C{ACT4}"]


def test_merged_headings_are_refused_with_their_cells() -> None:
    def merge(book: Workbook) -> None:
        book[SHEET].merge_cells("C4:D4")

    assert faults(edited(written(small()), merge)) == [
        "C4:D4: These headings are merged. Unmerge them, and write one heading in each cell.",
        "A4: The column Expected Output is missing. Add it, with its heading.",
    ]


def test_merged_activities_are_refused_with_their_cells() -> None:
    def merge(book: Workbook) -> None:
        book[SHEET].merge_cells(f"B{ACT1}:B{ACT2}")
        book[SHEET].merge_cells(f"C{ACT4}:D{ACT4}")
        book[SHEET][f"C{ACT4}"] = "Union"

    found = faults(edited(written(small()), merge))
    unmerge = "These cells are merged. Unmerge them, and fill each of them."
    assert f"B{ACT1}:B{ACT2}: {unmerge}" in found
    assert f"C{ACT4}:D{ACT4}: {unmerge}" in found


def test_a_workbook_without_the_headings_is_refused() -> None:
    rows = [["", ""]] * 25
    for data in (foreign(head=["Activity", "Remarks"]), foreign(*rows, HEADINGS, head=[])):
        assert faults(data) == [
            (
                f"{FILE}: No sheet has the headings of this table in its first 20 rows: #, Activity, "
                "Stakeholders, Expected Output, Status, Indicator, Intended Outcome. "
                "Write the headings in one row."
            )
        ]


def test_an_activity_or_a_goal_twice_is_refused() -> None:
    data = edited(written(small()), **{f"H{ACT2}": "activity:act001"})
    delete = "Delete one of them, or say how they differ."
    assert f"B{ACT2}: This stands in row {ACT1} too. {delete}" in faults(data)
    data = foreign(["1", "Rules"], ["1.1", "Write"], ["1.2", "  WRITE "], ["2", "rules"], ["2.1", "Write"])
    assert faults(data, EMPTY)[:2] == [
        f"B5: This stands in row 4 too. {delete}",
        f"B6: This stands in row 3 too. {delete}",
    ]


def test_an_activity_without_a_goal_is_refused() -> None:
    assert faults(foreign(["1.1", "Write the code"]), EMPTY) == [
        ("A3: The row stands under no goal. Write a row with the number and title of its goal above it.")
    ]


def test_what_stands_beside_a_goal_or_in_a_second_impact_is_refused() -> None:
    data = foreign(["Goal 1: Rules", None], ["1.1", "W"], ["Expected Impact: a"], ["Expected Impact: b"])
    assert faults(data, EMPTY) == [
        "A6: The goal has a row with its expected impact already, row 5. Write it in one row."
    ]
    data = edited(written(small()), lambda book: book[SHEET].unmerge_cells(f"B{GOAL1}:G{GOAL1}"))
    assert faults(edited(data, **{f"C{GOAL1}": "Union"})) == [
        (f"C{GOAL1}: A goal's row takes only its number and its title. Move this to a row of its own.")
    ]


def test_a_fault_of_the_plans_own_rules_is_told_at_the_cell() -> None:
    data = edited(written(small()), **{f"B{ACT2}": "Write the code"})
    assert faults(data) == [
        (
            f"B{ACT2}: The same text stands here twice, also as 1.1 Write the code. "
            "Remove one, or say how they differ."
        )
    ]


def test_a_file_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(Refused, match="This is not an Excel workbook"):
        taken_work_plan.read(b"PK", FILE)


def test_reading_takes_the_same_way_through_the_guarded_process() -> None:
    data = written(small())
    assert taken_work_plan.read(data, FILE) == taken_work_plan.taken(pages(data), FILE)


def test_marks_that_somebody_broke_are_not_believed() -> None:
    def spoil(book: Workbook) -> None:
        book["_work_plan"]["A1"] = "something else"

    data = edited(written(small()), spoil, **{f"H{ACT1}": "activity:nobody", f"H{ACT2}": "rubbish"})
    taken = taking(small(), data)
    assert table(data).mark is None
    assert (taken.problems, taken.matching.matched, taken.changes.parts) == ((), 4, ())


def test_the_outcome_of_another_goal_is_its_own(tmp_path: object) -> None:
    plan = after(small(), edited(written(small()), **{f"G{ACT4}": "Staff follow the code"}))
    outcome = plan.by_id[plan.by_id["act004"].within]
    assert isinstance(outcome, Outcome)
    assert (outcome.id != "outcome01", outcome.within) == (True, "goal02")


def test_a_plan_keeps_what_the_table_does_not_show() -> None:
    plan = small(updates=())
    data = written(plan)
    activity = plan.by_id["act002"]
    assert isinstance(activity, Activity)
    more = activity.model_copy(update={"responsible": "Unit", "start": date(2023, 2, 1)})
    plan = replace(plan, parts=tuple(more if part.id == "act002" else part for part in plan.parts))
    changed = after(plan, edited(data, **{f"B{ACT2}": "Train everybody"})).by_id["act002"]
    assert changed == more.model_copy(update={"title": "Train everybody"})


def test_a_table_of_far_too_many_rows_is_refused() -> None:
    rows = [["1", "Rules"], *(["1.1", f"Write {number}"] for number in range(1_000))]
    assert faults(foreign(*rows), EMPTY) == [
        f"{FILE} · {SHEET}: The table has more than 1000 rows. Keep only the rows of the plan."
    ]


def test_a_label_torn_apart_by_spaces_is_read_in_no_time() -> None:
    label = "Expected" + " " * 9_000 + "Impact"
    data = foreign(["1", "Rules are known"], ["1.1", "Write the code"], *[[f"{label}: Trust"]] * 20)
    begun = process_time()
    found = table(data)
    assert process_time() - begun < 5
    assert found.sections[0].impact == "Trust"
