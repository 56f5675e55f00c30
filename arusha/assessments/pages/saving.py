"""How a card saves: every change goes to the service at once, and what became of it is remembered.

The session remembers only which version a card showed and how its last save ended; what was
written is in the database, or in the reader's own browser until it is.
"""

from dataclasses import dataclass, field

import streamlit as st

from arusha.access import gate
from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.assessments.rules import Change, Met
from arusha.assessments.views import Sheet
from arusha.ui.components.foot import typed
from questionnaires.model import Factor
from questionnaires.problems import Refused

LOOK_AGAIN = 20  # seconds between two looks for changes made elsewhere


@dataclass(frozen=True)
class Outcome:
    """How the last save of a card ended: saved, met another change, or refused with the reason."""

    kind: str = ""
    save_id: str = ""
    said: str = ""
    practice: str = ""
    change: Change = field(default_factory=dict)
    base_version: int = 0

    def again(self, here: Here) -> None:
        """Try the refused save again, still based on what its writer saw."""
        save(here, self.practice, self.change, self.save_id, self.base_version)


def key_of(practice: str) -> str:
    """Return the key of a practice's card."""
    return name_of("card", practice)


def name_of(part: str, practice: str) -> str:
    """Return the key of a part of a card (Streamlit keeps ``__`` in keys for itself)."""
    return f"{part}_{practice.replace('_', '-').replace('.', '--')}"


def is_locked(here: Here, sheet: Sheet) -> bool:
    """Return whether this person can only read: the round is signed off, or answering is not theirs."""
    return sheet.round.signed or not here.may(Permission.ANSWER_WRITE)


def shown_version(here: Here, practice: str, version: int) -> None:
    """Remember which version of an answer the card shows."""
    st.session_state[_version_key(here, practice)] = version


def outcome_of(here: Here, practice: str) -> Outcome:
    """Return how the last save of a card ended."""
    found = st.session_state.get(_outcome_key(here, practice))
    return found if isinstance(found, Outcome) else Outcome()


def save(
    here: Here, practice: str, change: Change, save_id: str = "", base_version: int | None = None
) -> None:
    """Write a change through; inside a widget's callback, after which the card is drawn anew."""
    base = st.session_state.get(_version_key(here, practice), 0) if base_version is None else base_version
    try:
        done = service.save_answer(
            here.actor, here.store, here.round_id, practice, change, base, save_id=save_id
        )
        outcome = Outcome("met" if isinstance(done, Met) else "saved", save_id)
    except Refused as refused:
        said = " ".join(here.t.problem(problem) for problem in refused.problems)
        outcome = Outcome("refused", save_id, said, practice, change, base)
    st.session_state[_outcome_key(here, practice)] = outcome


def tell(here: Here, practice: str, said: str) -> None:
    """Say in the card why nothing was saved; inside a widget's callback."""
    st.session_state[_outcome_key(here, practice)] = Outcome("refused", said=said)


def save_note(here: Here, practice: str, key: str) -> None:
    """Write a note through that was just typed."""
    sent = typed(key)
    if sent is not None:
        save(here, practice, {"note": sent.text}, sent.save_id, sent.base_version)


def panel_of(here: Here, practice: str) -> str:
    """Return which panel of a card is open, or ''."""
    return str(st.session_state.get(_panel_key(here, practice), ""))


def toggle_panel(here: Here, practice: str, panel: str) -> None:
    """Open a panel of a card, or close it when it is open."""
    st.session_state[_panel_key(here, practice)] = "" if panel_of(here, practice) == panel else panel


def close_panel(here: Here, practice: str) -> None:
    """Close whatever is open in a card."""
    st.session_state[_panel_key(here, practice)] = ""


@st.fragment(run_every=LOOK_AGAIN, key="watch")
def watch(here: Here, sheet: Sheet, factor: Factor) -> None:
    """Look now and then for changes made elsewhere, and draw the page anew when there are any."""
    with st.container(key="watch"):
        with gate.unattended():
            now: Sheet = here(service.sheet, sheet.round.id)
        shown = {p.id: st.session_state.get(_version_key(here, p.id)) for p in factor.practices}
        there = {p.id: now.given[p.id].version if p.id in now.given else 0 for p in factor.practices}
        if shown != there or now.round.state != sheet.round.state:
            st.rerun()


def _version_key(here: Here, practice: str) -> str:
    return f"version:{here.space}:{here.round_id}:{practice}"


def _outcome_key(here: Here, practice: str) -> str:
    return f"outcome:{here.space}:{here.round_id}:{practice}"


def _panel_key(here: Here, practice: str) -> str:
    return f"panel:{here.space}:{here.round_id}:{practice}"
