"""A table taken back on the page: looked at first, decided where there is doubt, then taken as a whole."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from streamlit.testing.v1 import AppTest

from arusha.access.rules import LOCAL
from arusha.i18n import translator
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.plans.sheets import tracking, work_plan
from arusha.store import Store
from tests.assessments.pages.using import choose, labelled, press, run
from tests.plans.building import actual
from tests.plans.pages.running import TODAY, YEAR, running
from tests.visiting import all_shown, visit, went_wrong

T = translator("en")
TAKE = "Take it into the plan"
Change = Callable[[Worksheet], None]


@pytest.fixture
def plan(own: Store) -> Plan:
    """Return a plan that is still a draft."""
    return running(own, state="draft")


def given(plan: Plan, content: bytes, name: str = "table.xlsx") -> AppTest:
    """Open the page and hand a file in."""
    at = visit("plans/pages/plan.py", plan=plan.id)
    assert went_wrong(at) == []
    labelled(at.file_uploader, "Take a table back").set_value((name, content, "application/octet-stream"))
    return run(at)


def changed(content: bytes, change: Change) -> bytes:
    """Return a workbook changed as somebody does in a spreadsheet."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    change(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def cell_of(sheet: Worksheet, text: object) -> tuple[int, int]:
    """Return row and column of the first cell that says a text."""
    return next((c.row, c.column) for row in sheet.iter_rows() for c in row if c.value == text and c.column)


def below(sheet: Worksheet, heading: str, text: str) -> tuple[int, int]:
    """Return the cell under a heading in the row that says a text."""
    return cell_of(sheet, text)[0], cell_of(sheet, heading)[1]


def put(heading: str, row: str, value: object) -> Change:
    """Return what writes a value under a heading into the row that says a text."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(*below(sheet, heading, row)).value = value

    return change


def the_work_plan(plan: Plan) -> bytes:
    return work_plan.write(T, plan, TODAY)


def test_a_work_plan_as_it_was_written_changes_nothing(plan: Plan) -> None:
    at = given(plan, the_work_plan(plan))
    said = all_shown(at)
    assert "Goals: 2. Activities: 4, 4 matched and 0 new." in said
    assert "The table says what the plan says: nothing would change." in said
    assert TAKE not in [one.label for one in at.button]


def test_what_was_changed_in_a_work_plan_is_shown_row_by_row_and_then_taken(own: Store, plan: Plan) -> None:
    content = changed(the_work_plan(plan), put("Stakeholders", "Hang posters", "Traders\n• drivers"))
    content = changed(content, put("Status", "Hang posters", "done"))
    at = given(plan, content)
    said = all_shown(at)
    assert "Stakeholders: – → Traders" in said
    assert "Status: planned → done" in said
    assert service.find(LOCAL, own, plan.id).parts == plan.parts
    at = press(at, TAKE)
    now = service.find(LOCAL, own, plan.id)
    assert now.by_id["posters"].stakeholders == "Traders\n• drivers"  # type: ignore[union-attr]
    assert now.status("posters") == "done"
    assert TAKE not in [one.label for one in at.button]


def reworded(sheet: Worksheet) -> None:
    """Say a row in other words and without its id, as in a table that was typed anew."""
    row, column = below(sheet, "Activity", "Review a sample each month")
    sheet.cell(row, column).value = "Review samples monthly"
    sheet.cell(row, cell_of(sheet, "arusha:id")[1]).value = None


def test_a_doubtful_row_waits_for_a_decision(own: Store, plan: Plan) -> None:
    at = given(plan, changed(the_work_plan(plan), reworded))
    assert "It is doubtful which activity of the plan this is." in all_shown(at)
    assert TAKE not in [one.label for one in at.button]
    doubt = next(one for one in at.selectbox if "Review samples monthly" in one.label.replace("\\", ""))
    doubt.set_value("reviews")
    at = press(run(at), TAKE)
    now = service.find(LOCAL, own, plan.id)
    assert now.by_id["reviews"].title == "Review samples monthly"
    assert len(now.activities) == 4


def test_a_row_decided_to_be_new_is_added(own: Store, plan: Plan) -> None:
    at = given(plan, changed(the_work_plan(plan), reworded))
    next(one for one in at.selectbox if "Row" in one.label).set_value("new")
    press(run(at), TAKE)
    assert len(service.find(LOCAL, own, plan.id).activities) == 5


def test_a_table_with_a_fault_is_refused_at_its_cell_and_changes_nothing(own: Store, plan: Plan) -> None:
    at = given(plan, changed(the_work_plan(plan), put("Status", "Hang posters", "dnoe")))
    markup = "".join(one.value for one in at.markdown if 'class="refusal"' in one.value)
    assert "dnoe" in markup
    assert TAKE not in [one.label for one in at.button]
    assert service.find(LOCAL, own, plan.id) == plan


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(content: bytes, plan: Plan) -> None:
    at = given(plan, content)
    assert [one for one in at.markdown if 'class="refusal"' in one.value]


def test_a_workbook_without_the_columns_is_refused(plan: Plan) -> None:
    book, kept = Workbook(), io.BytesIO()
    book.active["A1"] = "Something else"
    book.save(kept)
    assert [one for one in given(plan, kept.getvalue()).markdown if 'class="refusal"' in one.value]


def test_planned_things_of_an_approved_plan_are_not_changed_by_a_table(own: Store) -> None:
    plan = running(own)
    content = changed(the_work_plan(plan), put("Stakeholders", "Hang posters", "Traders"))
    at = press(given(plan, content), TAKE)
    assert "The plan is approved: what was planned cannot be changed." in all_shown(at)
    assert service.find(LOCAL, own, plan.id) == plan


# The tracking table


def the_tracking(plan: Plan) -> bytes:
    return tracking.write(T, plan, TODAY)


def enter(value: object, heading: str = "Actual", year: int = YEAR - 1) -> Change:
    """Return what writes a value of the release time of a year."""

    def change(sheet: Worksheet) -> None:
        columns = {one: cell_of(sheet, one)[1] for one in ("Indicator", "Period", "Date", heading)}
        row = next(
            row
            for row in range(1, sheet.max_row + 1)
            if sheet.cell(row, columns["Indicator"]).value == "Median release time"
            and str(sheet.cell(row, columns["Period"]).value) == str(year)
        )
        sheet.cell(row, columns[heading]).value = value
        sheet.cell(row, columns["Date"]).value = date(year, 12, 31)

    return change


def test_a_tracking_table_as_it_was_written_changes_nothing(plan: Plan) -> None:
    said = all_shown(given(plan, the_tracking(plan)))
    assert "nothing would change" in said
    assert "changed by you: 0" in said


def test_a_value_filled_in_offline_is_shown_and_then_entered(own: Store) -> None:
    plan = running(own)
    at = given(plan, changed(the_tracking(plan), enter(21.5)))
    assert "new: 1" in all_shown(at)
    assert "21.5" in all_shown(at)
    press(at, TAKE)
    entered = service.find(LOCAL, own, plan.id).figure("release", "actual", str(YEAR - 1))
    assert entered is not None
    assert entered.value == 21.5


def test_where_both_were_changed_a_person_decides_which_value_stays(own: Store) -> None:
    plan = running(own)
    content = changed(the_tracking(plan), enter(21.5))
    service.enter(LOCAL, own, plan.id, [actual(str(YEAR - 1), 23, "release")])
    at = given(plan, changed(content, enter("We read it again", "Reason for a change")))
    assert "changed by you, and here meanwhile: 1" in all_shown(at)
    assert TAKE not in [one.label for one in at.button]
    label = next(one.label for one in at.selectbox if "which value stays?" in one.label)
    at = choose(at, label, "theirs")
    assert TAKE not in [one.label for one in at.button]
    press(choose(at, label, "mine"), TAKE)
    entered = service.find(LOCAL, own, plan.id).figure("release", "actual", str(YEAR - 1))
    assert entered is not None
    assert entered.value == 21.5


def test_a_tracking_table_of_another_plan_is_refused(own: Store, plan: Plan) -> None:
    other = running(own, code="UG")
    assert "The table was written from another plan" in all_shown(given(plan, the_tracking(other)))
