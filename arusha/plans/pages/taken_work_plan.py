"""What a work plan table would do with the plan, row by row, and the decisions it needs."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.exchange.reading import Page
from arusha.plans.lifecycle import new_id
from arusha.plans.model import Plan
from arusha.plans.pages import refusing
from arusha.plans.rules import Changes
from arusha.plans.sheets import taken_work_plan as sheet
from arusha.plans.tables.matching import Match, matches
from arusha.plans.tables.taking import Taken, take
from arusha.plans.tables.work_plan import COLUMNS, Line, Table, line_of
from arusha.plans.wording import STATUS_NAMES, titled
from arusha.ui.parts.markup import md, show, tag, text
from arusha.ui.parts.table import table as shown_table
from questionnaires.problems import N_, Refused

HOW = {
    "id": N_("the same activity"),
    "text": N_("found by its text"),
    "similar": N_("found by a text like it"),
    "decided": N_("as you decided"),
    "doubtful": N_("to be decided"),
    "new": N_("new"),
}
NEW = "new"  # what a decision holds for a new activity


def look(here: Here, plan: Plan, pages: Mapping[str, Page], name: str, today: date) -> Changes | None:
    """Show what the table would do; return its changes when nothing stands against them."""
    t = here.t
    table = sheet.taken(pages, name)
    decided = _decisions(here, plan, table)
    taken = take(plan, table, today, new_id, decided)
    said = t(
        "Goals: {goals}. Activities: {activities}, {matched} matched and {new} new.",
        goals=t.number(len(table.sections)),
        activities=t.number(len(taken.matching.lines)),
        matched=t.number(taken.matching.matched),
        new=t.number(taken.matching.new),
    )
    st.markdown(md(said))
    _rows(here, plan, table, taken)
    for notice in taken.notices:
        show(tag("p", text(f"{notice.place}: {t.problem(notice)}"), class_="quiet"))
    if taken.problems:
        refusing.refused(here, Refused(taken.problems))
        return None
    if not (taken.changes.parts or taken.changes.updates):
        st.info(t("The table says what the plan says: nothing would change."), icon=":material/check:")
        return None
    return taken.changes


def _decisions(here: Here, plan: Plan, table: Table) -> dict[int, str]:
    """Ask which activity each doubtful row is; return row -> activity, '' for a new one."""
    t, decided = here.t, {}
    lines = {line.row: line for line in table.lines}
    for match in matches(plan, table).doubtful:
        names = {one.activity: titled(t, plan.by_id[one.activity]) for one in match.candidates}
        options = {"": t("to be decided"), **names, NEW: t("a new activity")}
        label = t("Row {row}: {title}", row=match.row, title=lines[match.row].activity)
        key = f"decide_{plan.id}_{match.row}"
        chosen = st.selectbox(md(label), list(options), format_func=options.__getitem__, key=key)
        if chosen:
            decided[match.row] = "" if chosen == NEW else chosen
    return decided


def _rows(here: Here, plan: Plan, table: Table, taken: Taken) -> None:
    t = here.t
    heads = [t("Row"), t("No."), t("Activity"), t("What it is"), t("What changes")]
    ours = table.mark is not None and table.mark.plan == plan.id
    rows = [_row(here, plan, line, taken.matching.lines[line.row], ours=ours) for line in table.lines]
    if rows:
        shown_table(heads, rows, stacked=True)


def _row(here: Here, plan: Plan, line: Line, match: Match, *, ours: bool) -> list[str]:
    t = here.t
    what = t(HOW[match.how])
    if match.activity_id is None:
        return [str(line.row), line.number, line.activity, what, "–"]
    now = line_of(plan, plan.by_id[match.activity_id])  # type: ignore[arg-type]
    return [
        str(line.row),
        line.number,
        line.activity,
        what,
        "; ".join(_changed(here, now, line, ours=ours)) or "–",
    ]


def _changed(here: Here, now: Line, line: Line, *, ours: bool) -> list[str]:
    """Return the cells that say something else than the plan, with what the plan says.

    An empty cell says nothing in a table that is not ``ours``, which we did not write.
    """
    t, found = here.t, []
    for key, heading in COLUMNS.items():
        mine, theirs = getattr(line, key), getattr(now, key)
        if mine != theirs and (mine or (ours and key != "status")):
            before, after = (_word(here, key, one) for one in (theirs, mine))
            found.append(t("{field}: {before} → {now}", field=t(heading), before=before, now=after))
    return found


def _word(here: Here, key: str, value: str) -> str:
    if key == "status":
        return next((here.t(name) for status, name in STATUS_NAMES.items() if status == value), "–")
    return value or "–"
