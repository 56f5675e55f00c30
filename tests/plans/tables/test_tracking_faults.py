"""What a tracking table is refused with: each fault at its cell, every fault at once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from arusha.exchange.reading import Found, Kind
from arusha.plans import entry_rules, rules
from arusha.plans.rules import Changes
from arusha.plans.sheets import taken_tracking
from arusha.plans.tables import comparing, tracking_rules
from questionnaires.problems import Problem, Refused
from tests.plans.tables.tracked import (
    CALLS_2023,
    FIGURES,
    SHEET,
    Y2023,
    Y2024,
    Y2025,
    compared,
    edited,
    faults,
    plan,
    said,
    written,
)
from tests.plans.tables.written import FILE, TODAY, figure, kept, pages

AS_NUMBER = "Type it again in digits only; a number stands at the right of its cell."
FORMULA = "This is a formula, and a value is needed here. Copy the cell and paste it as a value, or type it."
AS_IT_WAS = "Write what stood there; this is changed on the page of the plan."

IN_A_CELL: list[tuple[str, object, str]] = [
    (f"H{Y2023}", "1 234,5", f'"1 234,5": this is text, and a number is needed here. {AS_NUMBER}'),
    (f"H{Y2023}", "1,234.5", f'"1,234.5": this is text, and a number is needed here. {AS_NUMBER}'),
    (f"G{Y2023}", "12 %", f'"12 %": this is text, and a number is needed here. {AS_NUMBER}'),
    (f"H{Y2023}", "=25+1", FORMULA),
    (f"I{Y2023}", "=TODAY()", FORMULA),
    (f"G{Y2023}", True, f"true: this is text, and a number is needed here. {AS_NUMBER}"),
    (
        f"H{Y2023}",
        date(2024, 1, 1),
        ("The spreadsheet took this for a date. Format the cell as a number, then type it again."),
    ),
    (f"H{Y2023}", "#N/A", "This is an error of the spreadsheet and no value. Type the value again."),
    (f"H{Y2023}", 1e200, f"1e+200: this is not an ordinary number. {AS_NUMBER}"),
    (
        f"I{Y2023}",
        "31.12.2023",
        '"31.12.2023": this is no date. Type the day as a date, or as text like 2026-12-31.',
    ),
    (f"I{Y2023}", True, "true: this is no date. Type the day as a date, or as text like 2026-12-31."),
    (
        f"J{Y2023}",
        7,
        "7: this is no text, and text is needed here. Format the cell as text, then type it again.",
    ),
    (f"H{Y2023}", 125, "125 is not between 0 and 100 %. Give a percentage."),
    (
        f"G{Y2023}",
        5,
        (
            "The target 5 goes against the direction of the indicator: it began at 10. "
            "Change the target, or the direction."
        ),
    ),
    (f"E{Y2023}", 11, f"The baseline of this row was changed. {AS_IT_WAS}"),
    (f"B{Y2023}", "Another indicator", f"The indicator of this row was changed. {AS_IT_WAS}"),
    (
        f"F{Y2023}",
        "2031-H7",
        "The indicator has no period 2031-H7 in this plan. Use one of: 2023, 2024, 2025.",
    ),
    (f"F{Y2023}", "2024", f"The indicator has this period in row {Y2023} too. Delete one of the two rows."),
    (
        f"I{Y2023}",
        date(2022, 3, 1),
        (
            "The value is of 2022-03-01, before its period begins on 2023-01-01. "
            "Correct the date, or the period."
        ),
    ),
    (
        f"I{Y2023}",
        date(2024, 12, 1),
        "The value is of 2024-12-01, a day that is still to come. Correct the date.",
    ),
    (
        f"J{CALLS_2023}",
        "Log of calls",
        ("The row has a day, a source or a note, and no actual. Write the actual, or empty the other cells."),
    ),
    (
        f"G{CALLS_2023}",
        300,
        "Nothing says where the value will be read. Name the source: a register, a survey.",
    ),
]


@pytest.mark.parametrize(("cell", "value", "fault"), IN_A_CELL)
def test_a_fault_is_named_at_its_cell(cell: str, value: object, fault: str) -> None:
    place = {"The indicator has this": f"F{Y2024}", "The row has a day": f"H{CALLS_2023}"}
    where = next((spot for begin, spot in place.items() if fault.startswith(begin)), cell)
    assert f"{where}: {fault}" in faults(edited(written(), **{cell: value}))


def test_a_changed_value_needs_a_reason() -> None:
    assert faults(edited(written(), **{f"H{Y2023}": 26})) == [
        (
            f"L{Y2023}: It takes the place of another value, and nothing says why. "
            "Give a reason; both values are kept."
        )
    ]


def test_a_value_without_a_day_is_refused() -> None:
    assert faults(edited(written(), **{f"H{Y2024}": 40})) == [
        f"I{Y2024}: Nothing says of which day the value is. Write the day it was read."
    ]


def test_dates_out_of_order_are_refused() -> None:
    late = plan(figure("ind001", "actual", "2023", 26.0, on=date(2024, 5, 31), reason="Counted late"))
    data = edited(written(late), **{f"H{Y2024}": 30, f"I{Y2024}": date(2024, 4, 30)})
    assert faults(data, late) == [
        (
            f"I{Y2024}: The dates are out of order: 2023 before it was read later, on 2024-05-31. "
            "Correct one of the two dates."
        )
    ]


def test_an_unknown_indicator_is_refused_with_the_near_name() -> None:
    data = edited(written(), B15="Calls a yaer", F15="2024", G15=500)
    assert faults(data) == ["B15: There is no indicator Calls a yaer in the plan. Did you mean Calls a year?"]
    data = edited(written(), B15="Rainfall", F15="2024", G15=500)
    assert faults(data) == ["B15: There is no indicator Rainfall in the plan. Copy it from another row."]


def test_near_names_are_looked_for_only_so_often_and_every_row_is_refused() -> None:
    strange = {f"B{row}": f"Calls a yaer {'x' * (row - 14)}" for row in range(15, 30)}
    found = faults(edited(written(), **strange))
    assert len(found) == len(strange)
    asked = [one for one in found if "Did you mean" in one or "Copy it from another row." in one]
    assert asked == found
    assert sum("Did you mean" in one for one in found[taken_tracking.MOST_GUESSES :]) == 0
    assert "Did you mean Calls a year?" in found[0]


def test_an_indicator_of_a_name_that_several_have_is_refused() -> None:
    parts = tuple(
        part.model_copy(update={"title": "Calls a year", "within": "goal02"}) if part.id == "ind003" else part
        for part in plan().parts
    )
    data = edited(written(plan(parts=parts)), B15="Calls a year", F15="2024", G15=500)
    assert faults(data, plan(parts=parts)) == [
        "B15: The plan has several indicators Calls a year. Copy it from another row."
    ]


def test_targets_of_an_approved_plan_are_refused_and_actuals_are_not() -> None:
    approved = plan(state="approved")
    data = edited(written(), **{f"G{Y2025}": 80, f"H{Y2024}": 40, f"I{Y2024}": date(2024, 6, 1)})
    assert faults(data, approved) == [
        (
            f"G{Y2025}: The plan is approved, and its targets cannot be changed. "
            "Write what stood there, or revise the plan first."
        )
    ]


def test_merged_cells_and_headings_are_refused() -> None:
    merged = edited(written(), lambda book: book[SHEET].merge_cells(f"H{Y2023}:H{Y2024}"))
    assert f"H{Y2023}:H{Y2024}: These cells are merged. Unmerge them, and fill each of them." in faults(
        merged
    )
    heads = edited(written(), lambda book: book[SHEET].merge_cells("G5:H5"))
    assert faults(heads)[0] == (
        "G5:H5: These headings are merged. Unmerge them, and write one heading in each cell."
    )


def test_a_missing_heading_is_named_with_the_near_one() -> None:
    assert faults(edited(written(), H5="Actaul")) == [
        "H5: The column Actual is missing. Is it this one, Actaul? Then call it Actual."
    ]


def test_a_table_of_another_plan_is_refused() -> None:
    assert faults(written(), plan(id="xb2020-pzzzzz")) == [
        (
            f"{FILE}: The table was written from another plan, xa2023-pabcde. "
            "Choose that plan, or write the table anew."
        )
    ]


def test_a_percentage_below_one_is_asked_about() -> None:
    data = edited(written(), **{f"H{Y2024}": 0.41, f"I{Y2024}": date(2024, 6, 30)})
    found = compared(data)
    assert said(found.notices) == [f"H{Y2024}: This is read as 0.41 %. Write 41 if you mean 41 %."]
    assert found.problems == ()


def test_every_fault_is_told_at_once_and_a_faulty_value_is_no_change() -> None:
    data = edited(written(), **{f"H{Y2023}": "n/a", f"G{Y2024}": "=1", f"I{Y2024}": "soon"})
    assert [fault.split(":")[0] for fault in faults(data)] == [f"H{Y2023}", f"G{Y2024}", f"I{Y2024}"]


def test_the_column_of_a_reason_is_told_by_the_words_of_the_rules() -> None:
    now = plan()
    changed = replace(FIGURES[2], value=1.0, number=0)
    (problem,) = entry_rules.faults_of_entries(now, now, Changes(figures=(changed,)))
    assert problem.fault == tracking_rules.NO_REASON


def test_the_table_goes_through_the_guarded_reader() -> None:
    data = written()
    assert taken_tracking.read(data, FILE, plan()) == taken_tracking.taken(pages(data), FILE, plan())
    assert not taken_tracking.is_one(pages(kept(Workbook())))


ANYTHING = st.builds(
    Found,
    st.sampled_from(Kind),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
) | st.builds(Found, st.just(Kind.TEXT), st.sampled_from(("ind001", "2024", "99", "2024-01-01", "12 %")))
SHEETS = pages(written())


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 16), st.integers(1, 17)), ANYTHING, max_size=4))
def test_whatever_stands_in_its_cells_a_table_is_answered(typed: dict[tuple[int, int], Found]) -> None:
    page = replace(SHEETS[SHEET], cells={**SHEETS[SHEET].cells, **typed})
    now = plan()
    problems: Iterable[Problem] = ()
    try:
        table = taken_tracking.taken({**SHEETS, SHEET: page}, FILE, now)
        changes = comparing.take(comparing.compare(now, table, TODAY))
    except Refused as refused:
        problems, changes = refused.problems, Changes()
    assert all(problem.place.startswith(FILE) and str(problem) for problem in problems)
    assert entry_rules.faults_of_entries(now, rules.after(now, changes), changes) == []
