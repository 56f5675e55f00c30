"""The classic work plan table: it comes back as written, changes are taken, faults are refused at cells."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from arusha.plans.model import Activity, Goal, Output, Plan, Update
from arusha.plans.tables.work_plan import Mark
from tests.plans.tables.written import (
    ACT1,
    ACT2,
    ACT3,
    ACT4,
    FILE,
    GOAL1,
    GOAL2,
    HEAD,
    HEADINGS,
    IMPACT1,
    IMPACT2,
    SHEET,
    TODAY,
    after,
    edited,
    faults,
    foreign,
    said,
    shown,
    shown_of,
    small,
    table,
    taking,
    written,
)

EMPTY = Plan("", "XA", HEAD)
HARD = "• first\n• second\n  – Обучение\nتدريب المفتشين\n=1+1\n_x000D_ 汉字"


# --- writing


def test_the_sheet_has_the_classic_columns_a_row_for_each_goal_and_its_expected_impact() -> None:
    sheet = load_workbook(BytesIO(written(small())))[SHEET]
    assert [cell.value for cell in sheet[4][:7]] == list(HEADINGS)
    assert [cell.value for cell in sheet[GOAL1][:2]] == ["1", "Rules are known"]
    assert [cell.value for cell in sheet[ACT1][:7]] == [
        "1.1",
        "Write the code",
        "Union",
        "A code of conduct",
        "ongoing",
        "Share of staff who signed",
        "Staff follow the code",
    ]
    assert sheet.cell(ACT3, 6).value == "Calls a year\nCalls answered in time"
    assert [sheet.cell(IMPACT1, column).value for column in (1, 3)] == [
        "Expected Impact",
        "People trust Customs.",
    ]
    assert [sheet.cell(row, 1).value for row in (GOAL2, ACT4, IMPACT2)] == ["2", "2.1", "Expected Impact"]


def test_it_prints_and_its_marks_are_hidden() -> None:
    book = load_workbook(BytesIO(written(small())))
    assert book[SHEET].column_dimensions["H"].hidden
    assert book["_work_plan"].sheet_state == "hidden"
    assert book[SHEET].print_title_rows == "$4:$4"
    assert book[SHEET].print_area == f"'{SHEET}'!$A$1:$G${IMPACT2 + 1}"
    assert table(written(small())).mark == Mark("xa2023-pabcde", 1)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_written_comes_back_and_changes_nothing(language: str) -> None:
    taken = taking(small(), written(small(), language))
    assert (taken.problems, taken.notices, taken.changes.parts, taken.changes.updates) == ((), (), (), ())
    assert (taken.matching.matched, taken.matching.new) == (4, 0)


def test_texts_of_every_script_survive() -> None:
    parts = [part.model_copy(update={"title": f"{part.title}\n{HARD}"}) for part in small().parts]
    plan = small(parts=tuple(parts))
    assert shown(table(written(plan))) == shown_of(plan)
    assert shown_of(after(EMPTY, written(plan))) == shown_of(plan)


def test_a_table_makes_a_new_plan_of_the_same_shape() -> None:
    plan = after(EMPTY, written(small()))
    assert shown_of(plan) == shown_of(small())
    assert [len([p for p in plan.parts if p.kind == kind]) for kind in ("outcome", "output")] == [1, 2]
    assert plan.status(plan.activities[0].id) == "ongoing"
    assert not {part.id for part in plan.parts} & {part.id for part in small().parts}


# --- what is taken


def test_changed_cells_are_taken_and_nothing_else() -> None:
    plan = small()
    data = edited(
        written(plan),
        **{
            f"A{ACT1}": "1.4",
            f"B{ACT2}": "Train all inspectors",
            f"C{ACT2}": "Union",
            f"E{ACT2}": "Completed",
        },
        **{f"C{IMPACT2}": "Posts are safe.", f"B{GOAL2}": "Posts rotate", f"F{ACT1}": "Signatures"},
    )
    taken = taking(plan, data)
    assert taken.problems == ()
    changed = {part.id: part for part in taken.changes.parts}
    assert set(changed) == {"act001", "act002", "goal02", "ind001"}
    assert (changed["act001"].number, changed["act002"].title) == ("1.4", "Train all inspectors")
    assert isinstance(changed["act002"], Activity)
    assert changed["act002"].stakeholders == "Union"
    assert isinstance(changed["goal02"], Goal)
    assert (changed["goal02"].title, changed["goal02"].impact) == ("Posts rotate", "Posts are safe.")
    assert changed["ind001"].title == "Signatures"
    assert taken.changes.updates == (Update("act002", "status", TODAY, "done"),)
    assert taken.changes.base == {"act001": 1, "act002": 1, "goal02": 1, "ind001": 1}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Completed", "done"),
        ("Not started", "planned"),
        ("IN PROGRESS", "ongoing"),
        ("Initiated", "initiated"),
        ("Ongoing", "ongoing"),
        ("en cours", "ongoing"),
        ("Terminée", "done"),
        ("annulé", "dropped"),
        ("On hold", "paused"),
    ],
)
def test_a_status_may_be_said_in_other_words(word: str, status: str) -> None:
    assert after(small(), edited(written(small()), **{f"E{ACT4}": word})).status("act004") == status


def test_an_empty_status_leaves_it_as_it_is() -> None:
    assert taking(small(), edited(written(small()), **{f"E{ACT1}": None})).changes.updates == ()


def test_an_output_renamed_in_all_its_rows_keeps_its_id() -> None:
    data = edited(written(small()), **{f"D{ACT1}": "A short code", f"D{ACT2}": "A short code"})
    plan = after(small(), data)
    assert plan.by_id["output01"].title == "A short code"
    assert [part.id for part in plan.parts] == [part.id for part in small().parts]


def test_an_output_changed_in_one_of_its_rows_is_another_output() -> None:
    plan = after(small(), edited(written(small()), **{f"D{ACT2}": "Trained staff"}))
    new = plan.by_id[plan.by_id["act002"].within]
    assert isinstance(new, Output)
    assert (new.title, new.within) == ("Trained staff", "outcome01")
    assert plan.by_id["act001"].within == "output01"


def test_an_output_that_gets_an_outcome_goes_with_its_activity() -> None:
    plan = after(small(), edited(written(small()), **{f"G{ACT3}": "Staff follow the code"}))
    assert plan.by_id["output02"].within == "outcome01"
    assert plan.by_id["act003"].within == "output02"


def test_an_emptied_output_leaves_the_level_out() -> None:
    plan = after(small(), edited(written(small()), **{f"D{ACT2}": None}))
    assert plan.by_id["act002"].within == "outcome01"
    plan = after(small(), edited(written(small()), **{f"D{ACT2}": None, f"G{ACT2}": None}))
    assert plan.by_id["act002"].within == "goal01"


def test_equal_texts_within_a_goal_become_one() -> None:
    data = foreign(
        ["Goal 1: Rules"],
        ["1.1", "Write", None, "A code", None, None, "Trust"],
        ["1.2", "Print", None, "a  CODE", None, None, "trust"],
        ["1.3", "Post", None, None, None, None, "Trust"],
        ["1.4", "Read"],
        ["Goal 2: Posts"],
        ["2.1", "Rotate", None, "A code", None, None, "Trust"],
    )
    plan = after(EMPTY, data)
    assert [len([p for p in plan.parts if p.kind == kind]) for kind in ("goal", "outcome", "output")] == [
        2,
        2,
        2,
    ]
    assert [plan.by_id[activity.within].kind for activity in plan.activities] == [
        "output",
        "output",
        "outcome",
        "goal",
        "output",
    ]


def test_rows_may_be_sorted_moved_and_renumbered() -> None:
    def swap(book: Workbook) -> None:
        sheet = book[SHEET]
        for column in range(1, 9):
            first, second = sheet.cell(ACT1, column), sheet.cell(ACT4, column)
            first.value, second.value = second.value, first.value

    plan = after(small(), edited(written(small()), swap, **{f"A{ACT1}": "1.1", f"A{ACT4}": "2.1"}))
    assert plan.by_id["act004"].within == "goal01"
    assert plan.by_id["act004"].number == "1.1"
    moved = plan.by_id[plan.by_id["act001"].within]
    assert moved.title == "A code of conduct"
    assert plan.goal_of("act001") == plan.by_id["goal02"]


def test_a_new_row_is_a_new_activity_and_an_absent_one_stays() -> None:
    def replace_row(book: Workbook) -> None:
        book[SHEET].delete_rows(ACT4)
        book[SHEET].insert_rows(ACT4)
        book[SHEET].cell(ACT4, 2, "Audit the lanes")

    taken = taking(small(), edited(written(small()), replace_row))
    assert (taken.matching.matched, taken.matching.new) == (3, 1)
    assert [part.title for part in taken.changes.parts] == ["Audit the lanes"]
    assert taken.changes.removed == ()
    assert said(taken.notices) == [
        (
            f"{FILE} · {SHEET}: The table does not name the activity 2.1 Publish the calendar of rotation; "
            "it stays as it is. Remove it on its page when it is given up."
        )
    ]


# --- what was changed here meanwhile


def test_a_cell_nobody_touched_does_not_undo_what_was_changed_here_meanwhile() -> None:
    data = edited(written(small()), **{f"C{ACT2}": "Union"})
    parts = tuple(
        part.model_copy(update={"title": "Write a short code"}) if part.id == "act001" else part
        for part in small().parts
    )
    plan = after(small(parts=parts), data)
    assert plan.by_id["act001"].title == "Write a short code"
    assert plan.by_id["act002"].stakeholders == "Union"  # type: ignore[union-attr]


def test_a_cell_changed_in_both_places_is_refused_there() -> None:
    data = edited(written(small()), **{f"B{ACT1}": "Write a long code"})
    parts = tuple(
        part.model_copy(update={"title": "Write a short code"}) if part.id == "act001" else part
        for part in small().parts
    )
    assert faults(data, small(parts=parts)) == [
        (
            f"B{ACT1}: This cell was changed, and so was the plan meanwhile: there it is Write a short code. "
            "Write into the cell what shall stay, as the plan has it, or write the table anew."
        )
    ]
    same = edited(data, **{f"B{ACT1}": "Write a short code"})
    assert faults(same, small(parts=parts)) == []


def test_an_activity_moved_in_both_places_is_refused_there() -> None:
    def move(book: Workbook) -> None:
        book[SHEET].move_range(f"A{ACT4}:H{ACT4}", rows=5)
        book[SHEET].cell(ACT4 + 4, 1, "3")
        book[SHEET].cell(ACT4 + 4, 2, "Another goal")

    parts = [
        part.model_copy(update={"within": "goal01"}) if part.id == "act004" else part
        for part in small().parts
    ]
    assert faults(edited(written(small()), move), small(parts=tuple(parts)))[0].startswith(
        f"A{ACT4 + 5}: This cell was changed, and so was the plan meanwhile: there it is 1 Rules are known."
    )


def test_a_table_of_an_earlier_version_says_so() -> None:
    taken = taking(small(version=3), written(small()))
    assert said(taken.notices) == [
        (
            f"{FILE} · {SHEET}: The table was written from version 1, and the plan is version 3 by now. "
            "Look at what changes before you take it."
        )
    ]


# --- tables that others wrote


def test_a_table_of_another_program_is_read() -> None:
    data = foreign(
        ["Goal 1: Rules are known"],
        ["1.1", "Write the code", "Union", "A code", "Ongoing", "85 % signed", "Trust"],
        [],
        ["Expected Impact: People trust Customs."],
        ["2", "Posts are rotated"],
        ["2.1", "Publish", None, None, "Initiated"],
        ["Impact attendu", None, "Des postes sûrs"],
        ["* figures of last year"],
        merged=["A3:G3", "A6:G6"],
    )
    found = table(data)
    assert [(one.number, one.title, one.impact) for one in found.sections] == [
        ("1", "Rules are known", "People trust Customs."),
        ("2", "Posts are rotated", "Des postes sûrs"),
    ]
    assert [(one.number, one.activity, one.status) for one in found.lines] == [
        ("1.1", "Write the code", "ongoing"),
        ("2.1", "Publish", "initiated"),
    ]
    assert said(found.notices) == [
        (
            "A10: The row is neither a goal nor an activity and is left out. "
            "Nothing needs to be done; a goal has a number."
        )
    ]
    assert found.problems == ()


def test_each_goal_may_have_a_table_of_its_own() -> None:
    data = foreign(
        HEADINGS,
        ["1.1", "Write the code"],
        ["Expected Impact", "Trust"],
        ["Goal 2. Posts are rotated"],
        HEADINGS,
        ["2.1", "Publish"],
        head=["Goal 1. Rules are known"],
    )
    found = table(data)
    assert [(one.number, one.title, len(one.lines)) for one in found.sections] == [
        ("1", "Rules are known", 1),
        ("2", "Posts are rotated", 1),
    ]
    assert found.problems == ()


def test_headings_may_stand_in_any_order_in_either_language_beside_others() -> None:
    head = ["Remarks", "Effet visé", "Indicateur", "Statut", "Produit attendu", "Parties prenantes"]
    data = foreign(
        ["x", None, None, None, None, None, "But 1 – Règles"],
        ["x", "Confiance", "Part", "achevé", "Un code", "Syndicat", "Écrire le code", 1.1],
        head=[*head, "Activité", "N°"],
    )
    found = table(data)
    assert shown(found)[0].title == "Règles"
    line = next(found.lines)
    assert (line.number, line.activity, line.output, line.status) == (
        "1.1",
        "Écrire le code",
        "Un code",
        "done",
    )
    assert (line.stakeholders, line.indicator, line.outcome) == ("Syndicat", "Part", "Confiance")
    assert said(found.notices) == [
        ("A2: The column Remarks is not part of this table and is left out. Nothing needs to be done.")
    ]


def test_a_text_merged_over_several_activities_is_said_of_each() -> None:
    data = foreign(
        ["1", "Rules"],
        ["1.1", "Write", None, "A code", None, None, "Trust"],
        ["1.2", "Print"],
        merged=["D4:D5", "G4:G5"],
    )
    assert [(line.output, line.outcome) for line in table(data).lines] == [("A code", "Trust")] * 2
