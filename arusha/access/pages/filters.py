"""Which records of the trail are shown: by what was done, by whom, how it ended, and on which day."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.access.proof import wording
from arusha.access.proof.trails import Entries
from arusha.access.trail import DONE, REFUSED
from arusha.i18n import Translator

BEFORE = "trail_before"  # the number that the records shown are older than
PAGE = 50  # records


def draw(here: Here, names: Mapping[str, str]) -> dict[str, Any]:
    """Ask for the choice; return it as ``trails.entries`` takes it."""
    t = here.t
    what, who, how, when = st.columns([3, 3, 2, 2])
    action = _choice(what, t("What happened"), t("Everything"), wording.actions(t))
    person = _choice(who, t("Who"), t("Everybody"), names)
    ends = {DONE: t("done"), REFUSED: t("refused")}
    outcome = _choice(how, t("Result"), t("Both"), ends)
    day = when.date_input(t("Day"), value=None, format="YYYY-MM-DD", on_change=_from_the_newest)
    chosen = {"action": action, "person": person, "outcome": outcome, "limit": PAGE}
    return {**chosen, **_of_day(t, day), "before_seq": st.session_state.get(BEFORE)}


def _choice(place: Any, label: str, every: str, options: Mapping[str, str]) -> str:
    chosen = place.selectbox(
        label,
        options,
        index=None,
        placeholder=every,
        format_func=lambda one: options.get(one, one),
        on_change=_from_the_newest,
    )
    return chosen or ""


def _of_day(t: Translator, day: Any) -> dict[str, datetime]:
    """Return the beginning and the end of a day, as the reader's clock has them."""
    if day is None:
        return {}
    begin, end = (datetime.combine(one, time(), t.zone) for one in (day, day + timedelta(days=1)))
    return {"since": begin, "until": end}


def pages(here: Here, found: Entries) -> None:
    """Lead on to older records, and back to the newest."""
    t = here.t
    with st.container(horizontal=True):
        if st.session_state.get(BEFORE) is not None:
            st.button(t("Newest records"), on_click=_from_the_newest)
        if found.more:
            st.button(t("Older records"), on_click=_before, args=(found.rows[-1].seq,))


def _before(seq: int) -> None:
    st.session_state[BEFORE] = seq


def _from_the_newest() -> None:
    st.session_state.pop(BEFORE, None)
