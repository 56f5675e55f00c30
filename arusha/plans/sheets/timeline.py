"""The timeline: a row for each measure, a column for each month or quarter, and a sign in the cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter

from arusha.exchange.cells import Value, day
from arusha.exchange.long_tables import LongTable
from arusha.exchange.marking import Mark, mark_beginnings
from arusha.exchange.sheets import print_across
from arusha.exchange.tables import Column
from arusha.plans.model import Activity, Milestone
from arusha.plans.periods import periods
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import cells_of, mark_statuses, put_head, put_table, sheet_of
from arusha.plans.wording import STATUS_NAMES
from arusha.ui.theme import AMBER, GREY, RED, SAND, TEAL
from questionnaires.problems import N_

MOST_MONTHS = 24  # a longer plan is shown by quarters
PAGE = 20  # columns of time on one printed page
PLANNED, RUNNING, DONE, STOPPED, LATE = "○", "●", "✓", "×", "!"
DUE, REACHED = "◇", "◆"
SIGNS: Mapping[str, str] = {
    PLANNED: N_("planned"),
    RUNNING: N_("under way"),
    DONE: N_("done"),
    STOPPED: N_("paused or dropped"),
    LATE: N_("past its end and not done"),
    DUE: N_("a milestone is due"),
    REACHED: N_("a milestone is reached"),
}
MARKS = {
    PLANNED: Mark(GREY, "#E3E9EC"),
    RUNNING: Mark(TEAL, "#B4CDD5"),
    DONE: Mark("#FFFFFF", TEAL),
    STOPPED: Mark(GREY, SAND),
    LATE: Mark(RED, "#F8E4E4"),
    DUE: Mark(AMBER),
    REACHED: Mark(TEAL),
}
SIGN_OF = {"planned": PLANNED, "initiated": RUNNING, "ongoing": RUNNING, "done": DONE}
SETTLED = ("done", "paused", "dropped")
FIXED = 6  # columns before those of time


@dataclass(frozen=True)
class Slot:
    """A month or a quarter."""

    label: str
    start: date
    end: date


def write(content: Content) -> None:
    """Write the sheet."""
    t, slots = content.t, slots_of(content)
    columns = [*_columns(content), *(Column(slot.label, 6.5, figures=True) for slot in slots)]
    sheet = sheet_of(content, t("Timeline"), columns)
    legend = "   ".join(f"{sign} {t(name)}" for sign, name in SIGNS.items())
    row = put_head(sheet, t("Timeline"), columns, [legend, _note(content, slots)])
    rows = (_row(content, one, slots) for one in content.plan.activities)
    table = put_table(content, sheet, row, columns, rows, frozen=2)
    mark_statuses(sheet, cells_of(table, 4), t)
    mark_beginnings(sheet, _cells_of_time(table), MARKS)
    print_across(sheet, 2, max(1, -(-len(slots) // PAGE)))


def slots_of(content: Content) -> list[Slot]:
    """Return the months of a plan, or its quarters when there would be too many."""
    head = content.plan.header
    if (head.end.year - head.start.year) * 12 + head.end.month - head.start.month < MOST_MONTHS:
        return _months(head.start, head.end)
    quarters = periods("quarter", head.start, head.end, head.fiscal_start)
    return [Slot(one.label, one.start, one.end) for one in quarters]


def _months(start: date, end: date) -> list[Slot]:
    found, first = [], start.replace(day=1)
    while first <= end:
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        found.append(Slot(f"{first:%Y-%m}", first, date.fromordinal(after.toordinal() - 1)))
        first = after
    return found


def _note(content: Content, slots: Sequence[Slot]) -> str:
    t = content.t
    if "Q" not in slots[0].label:
        return t("A sign stands in every month of a measure, as it was on {day}.", day=t.day(content.today))
    return t("A sign stands in every quarter of a measure, as it was on {day}.", day=t.day(content.today))


def _columns(content: Content) -> list[Column]:
    t = content.t
    return [
        Column(t("No."), 8),
        Column(t("Measure"), 44),
        Column(t("Responsible"), 20),
        Column(t("Status"), 12),
        Column(t("Start"), 12, figures=True),
        Column(t("End"), 12, figures=True),
    ]


def _row(content: Content, one: Activity, slots: Sequence[Slot]) -> list[Value]:
    status = content.plan.status(one.id, content.today)
    signs = signs_of(one, status, slots, content.today)
    named: list[Value] = [one.number, one.title, one.responsible, content.t(STATUS_NAMES[status])]
    return [*named, day(one.start), day(one.end), *signs]


def signs_of(one: Activity, status: str, slots: Sequence[Slot], today: date) -> list[str]:
    """Return what stands in each slot: the sign of the status while it lasts, milestones, and lateness."""
    signs = [""] * len(slots)
    start, end = one.start or one.end, one.end or one.start
    if start and end:
        first, beyond = _places(slots, start, end)
        signs[first:beyond] = [SIGN_OF.get(status, STOPPED)] * (beyond - first)
        if status not in SETTLED and end < today:
            late, until = _places(slots, end, today)
            signs[late:until] = [LATE] * (until - late)
    for milestone in one.milestones:
        _put_milestone(signs, slots, milestone)
    return signs


def _places(slots: Sequence[Slot], start: date, end: date) -> tuple[int, int]:
    """Return the first slot of a time, and the one after its last; the same twice when it is in none."""
    first = bisect_left(slots, start, key=lambda slot: slot.end)
    return first, max(first, bisect_right(slots, end, key=lambda slot: slot.start))


def _put_milestone(signs: list[str], slots: Sequence[Slot], milestone: Milestone) -> None:
    first, beyond = _places(slots, milestone.due, milestone.due)
    if first < beyond:
        signs[first] += REACHED if milestone.reached else DUE


def _cells_of_time(table: LongTable) -> str:
    first, last = get_column_letter(FIXED + 1), table.last_column
    return f"{first}{table.first}:{last}{max(table.first, table.below - 1)}"
