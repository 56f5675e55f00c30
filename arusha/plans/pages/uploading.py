"""A work plan table or a tracking table taken back: a dry run that is looked at, and then all or nothing."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.exchange.reading import Page, opened
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.plans.pages import refusing, taken_tracking, taken_work_plan
from arusha.plans.rules import Changes
from arusha.plans.sheets import taken_tracking as tracking_sheet
from questionnaires.problems import Refused

READ = "plan_upload_read"  # the file that was read last, so that a decision does not read it again
TAKEN = "plan_uploads"  # how many files were taken, so that the field begins empty again
MOST_MEGABYTES = 10


def draw(here: Here, plan: Plan, today: date) -> None:
    """Ask for a file, show what it would do, and do it when a person says so."""
    t = here.t
    key = f"upload_{plan.id}_{st.session_state.setdefault(TAKEN, 0)}"
    hint = t("The work plan table or the tracking table as it was written here, filled in or changed.")
    given = st.file_uploader(
        t("Take a table back"), type="xlsx", key=key, help=hint, max_upload_size=MOST_MEGABYTES
    )
    if given is None:
        return
    try:
        pages = _read(given.file_id, given.name, given.getvalue())
        if tracking_sheet.is_one(pages):
            changes = taken_tracking.look(here, plan, pages, given.name, today)
        else:
            changes = taken_work_plan.look(here, plan, pages, given.name, today)
    except Refused as refused:
        refusing.refused(here, refused)
        return
    if changes is not None and st.button(t("Take it into the plan"), type="primary", key=f"{key}_take"):
        _take(here, plan, changes)


def _read(file_id: str, name: str, data: bytes) -> Mapping[str, Page]:
    """Return the sheets of a file; each file is read once, in a process of its own."""
    known: tuple[str, Mapping[str, Page]] | None = st.session_state.get(READ)
    if known is None or known[0] != file_id:
        known = file_id, opened(data, name)
        st.session_state[READ] = known
    return known[1]


def _take(here: Here, plan: Plan, changes: Changes) -> None:
    try:
        service.change(here.actor, here.store, plan.id, changes)
    except Refused as refused:
        refusing.refused(here, refused)
        return
    st.session_state.pop(READ, None)
    st.session_state[TAKEN] += 1
    st.rerun()
