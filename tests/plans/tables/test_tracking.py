"""The tracking table: what is filled in offline comes back row by row, and a person decides."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from arusha.plans.model import Figure, Indicator
from arusha.plans.tables import comparing
from arusha.plans.tables.tracking import spots
from questionnaires.problems import Refused
from tests.plans.tables.tracked import (
    CALLS_2024,
    FIGURES,
    HEADINGS,
    SHEET,
    Y2023,
    Y2024,
    Y2025,
    compared,
    edited,
    faults,
    plan,
    row,
    states,
    written,
)
from tests.plans.tables.written import figure

# --- writing


def test_a_row_for_each_indicator_and_period_with_what_is_known() -> None:
    sheet = load_workbook(BytesIO(written()))[SHEET]
    assert [cell.value for cell in sheet[Y2023 - 1][:12]] == list(HEADINGS)
    shown = [cell.value for cell in sheet[Y2023][:12]]
    assert shown[1:8] == ["Share of staff who signed", "%", "up: more is better", 10, "2023", 30, 25]
    assert shown[8].date() == date(2023, 12, 31)
    assert shown[9:] == ["Register", "Two offices missing", None]
    assert [sheet.cell(Y2024, column).value for column in (6, 7, 8, 9)] == ["2024", 60, None, None]
    assert sheet.max_row == Y2023 + 8


def test_what_is_read_back_is_identified_in_hidden_columns_and_a_hidden_sheet() -> None:
    book = load_workbook(BytesIO(written()))
    assert all(book[SHEET].column_dimensions[letter].hidden for letter in "MNOP")
    assert [book[SHEET].cell(Y2023, column).value for column in range(13, 17)] == ["ind001", "2023", "2", "3"]
    assert book["_tracking"].sheet_state == "hidden"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_untouched_table_is_all_the_same(language: str) -> None:
    found = compared(written(language=language))
    assert (states(found), found.problems, found.notices) == ({}, (), ())
    assert found.count("same") == len(found.rows) == 18
    assert comparing.take(found).figures == ()


def test_fiscal_periods_are_shown_as_they_are_said_and_found_again() -> None:
    head = plan().header.model_copy(update={"fiscal_start": 4})
    quarterly = tuple(
        part.model_copy(update={"every": "quarter"}) if isinstance(part, Indicator) else part
        for part in plan().parts
    )
    of = plan(header=head, parts=quarterly, figures=())
    assert next(spots(of)).period.label == "2022/23-Q4"
    data = edited(written(of), H6=5, I6=date(2023, 3, 31))
    assert row(compared(data, of), "6:actual").period == "2022-Q4"
    retyped = edited(data, F6="2022-Q4")
    assert row(compared(retyped, of), "6:actual").period == "2022-Q4"


def test_an_indicator_that_ended_has_no_later_periods() -> None:
    ended = {"ended": date(2023, 6, 30), "ended_because": "Replaced"}
    parts = tuple(p.model_copy(update=ended) if p.id == "ind001" else p for p in plan().parts)
    keys = [one.period.key for one in spots(plan(parts=parts)) if one.indicator.id == "ind001"]
    assert keys == ["2023", "2024"]  # 2024 has a target


# --- what was filled in


def test_a_new_value_is_new_and_a_changed_one_is_changed_by_you() -> None:
    data = edited(
        written(),
        **{
            f"H{Y2024}": 41.5,
            f"I{Y2024}": date(2024, 6, 30),
            f"J{Y2024}": "Survey",
            f"K{Y2024}": "Half\nyear",
        },
        **{f"H{Y2023}": 26, f"L{Y2023}": "One office more"},
    )
    found = compared(data)
    assert states(found) == {f"{Y2024}:actual": "new", f"{Y2023}:actual": "mine"}
    assert comparing.take(found).figures == (
        replace(FIGURES[2], value=26.0, reason="One office more", number=0),
        Figure("ind001", "actual", "2024", 41.5, date(2024, 6, 30), "Survey", "Half\nyear"),
    )


def test_a_changed_note_or_day_is_a_change_too() -> None:
    data = edited(written(), **{f"K{Y2023}": "All offices", f"I{Y2023}": "2023-12-30"})
    (figure_,) = comparing.take(compared(data)).figures
    assert (figure_.value, figure_.note, figure_.on) == (25.0, "All offices", date(2023, 12, 30))


def test_a_target_takes_day_and_source_from_the_one_before_or_from_its_indicator() -> None:
    data = edited(written(), **{f"G{Y2024}": 55, f"L{Y2024}": "Fewer trainers", f"G{Y2025}": 80})
    changed, new = comparing.take(compared(data)).figures
    assert changed == Figure(
        "ind001", "target", "2024", 55.0, date(2024, 12, 31), "Register", reason="Fewer trainers"
    )
    assert new == Figure("ind001", "target", "2025", 80.0, date(2025, 12, 31), "Register")


def test_an_emptied_value_is_taken_back_with_a_reason() -> None:
    cells = {f"{letter}{Y2023}": None for letter in "HIJK"}
    assert faults(edited(written(), **cells)) == [
        (
            f"L{Y2023}: It takes the place of another value, and nothing says why. "
            "Give a reason; both values are kept."
        )
    ]
    data = edited(written(), **cells, **{f"L{Y2023}": "It was counted twice"})
    (taken,) = comparing.take(compared(data)).figures
    assert (taken.value, taken.reason) == (None, "It was counted twice")


def test_what_was_changed_here_meanwhile_stays() -> None:
    now = plan(figure("ind001", "actual", "2023", 27.0, reason="Counted again"))
    found = compared(written(), now)
    assert states(found) == {f"{Y2023}:actual": "theirs"}
    assert comparing.take(found).figures == ()


def test_a_value_changed_in_both_places_waits_for_a_decision() -> None:
    now = plan(figure("ind001", "actual", "2023", 27.0, reason="Counted again"))
    data = edited(written(), **{f"H{Y2023}": 26, f"L{Y2023}": "One office more"})
    found, name = compared(data, now), f"{Y2023}:actual"
    assert states(found) == {name: "both"}
    one = row(found, name)
    assert [entry.value for entry in (one.mine, one.theirs, one.base) if entry] == [26.0, 27.0, 25.0]
    assert faults(data, now) == [
        (
            f"H{Y2023}: This was changed in the table to 26, and here meanwhile to 27. "
            f"Say for {name} whether mine or theirs shall stay."
        )
    ]
    assert comparing.take(found, {name: "theirs"}).figures == ()
    assert [entry.value for entry in comparing.take(found, {name: "mine"}).figures] == [26.0]


def test_the_same_change_in_both_places_is_the_same() -> None:
    now = plan(figure("ind001", "actual", "2023", 27.0, note="Two offices missing", reason="Counted again"))
    assert states(compared(edited(written(), **{f"H{Y2023}": 27}), now)) == {}


def test_a_decision_about_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="There is nothing to decide about 6:actual"):
        comparing.take(compared(written()), {"6:actual": "mine"})


def test_rows_may_be_sorted_and_added() -> None:
    def swap(book: Workbook) -> None:
        sheet = book[SHEET]
        for column in range(1, 17):
            first, second = sheet.cell(Y2023, column), sheet.cell(CALLS_2024, column)
            first.value, second.value = second.value, first.value

    assert states(compared(edited(written(), swap))) == {}
    without = edited(written(), lambda book: book[SHEET].delete_rows(CALLS_2024))
    found = compared(edited(without, B14="Calls a year", F14=2024, G14=500))
    assert states(found) == {"14:target": "new"}
