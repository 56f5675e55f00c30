"""How a field of a plan saves: it is written through when it is left, and what became of it is remembered.

Fields stand in a fragment: only so the next change waits for the callback of the one before, instead of
breaking it off. The session remembers which text of a part the page showed and how the last save of a field
ended; what was written is in the database. A field is refused only when that very field was changed by
somebody else meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.plans import service
from arusha.plans.editing import with_field
from arusha.plans.ledger import HEADER
from arusha.plans.model import AnyPart, Header, Plan
from arusha.plans.pages import refusing
from arusha.plans.rules import Changes
from arusha.store.clock import now
from questionnaires.problems import N_, Refused, refuse

Subject = AnyPart | Header


@dataclass(frozen=True)
class Field:
    """A field of a part ('' is the plan's head); ``key`` is also the widget's."""

    plan: str
    part: str
    name: str
    row: str = ""  # of a list: the row's id and the row's own field

    @property
    def key(self) -> str:
        """Return the key of the field's widget (Streamlit keeps ``__`` in keys for itself)."""
        named = "-".join(one for one in (self.part or "head", self.name, self.row) if one)
        return f"field-{self.plan}-{named}".replace("_", "-")


@dataclass(frozen=True)
class Outcome:
    """How the last save of a field ended: "saved" at a moment, or "refused" with the reason."""

    kind: str
    at: datetime
    said: str = ""


def subject(plan: Plan, part: str) -> tuple[Subject | None, int]:
    """Return a part (or the plan's head) as it stands, and its version."""
    if part == HEADER:
        return plan.header, plan.header_version
    return plan.by_id.get(part), plan.revisions.get(part, 0)


def showing(here: Here, plan: Plan, part: str) -> None:
    """Remember which text of a part the page shows."""
    st.session_state[_shown_key(here, plan.id, part)] = subject(plan, part)


def outcome_of(field: Field) -> Outcome | None:
    """Return how the last save of a field ended, None when it was not changed here."""
    found = st.session_state.get(f"outcome-{field.key}")
    return found if isinstance(found, Outcome) else None


def is_refused(field: Field) -> bool:
    """Return whether what stands in the field was refused, so that it is kept as it was typed."""
    outcome = outcome_of(field)
    return outcome is not None and outcome.kind == "refused"


def forget(field: Field) -> None:
    """Forget how the last save ended, and what was typed; the field shows what is kept."""
    for key in (f"outcome-{field.key}", field.key):
        st.session_state.pop(key, None)


def tell(field: Field, said: str) -> None:
    """Say at the field why nothing was saved."""
    st.session_state[f"outcome-{field.key}"] = Outcome("refused", now(), said)


def save(here: Here, field: Field, read: Callable[[Subject], Any]) -> None:
    """Write a field through, inside its widget's callback; ``read`` gives its new value.

    The session is asked first and told last: asking it is where Streamlit may break off a callback.
    """
    seen = st.session_state.get(_shown_key(here, field.plan, field.part))
    try:
        plan = service.find(here.actor, here.store, field.plan)
        there, base = subject(plan, field.part)
        if there is None:
            raise refuse(field.name, N_("The part was removed meanwhile."), N_("Look at the plan again."))
        wanted = with_field(there, field.name, read(there))
        if wanted != there:
            base = _base(field, seen, there, base)
            plan = service.change(here.actor, here.store, field.plan, _changes(field, wanted, base))
        st.session_state[f"outcome-{field.key}"] = Outcome("saved", now())
    except Refused as refused:
        tell(field, refusing.in_words(here, refused))
        return
    showing(here, plan, field.part)


def _changes(field: Field, wanted: Subject, base: int) -> Changes:
    if isinstance(wanted, Header):
        return Changes(header=wanted, base={HEADER: base})
    return Changes(parts=(wanted,), base={field.part: base})


def _base(field: Field, seen: tuple[Subject, int] | None, there: Subject, version: int) -> int:
    """Return the version the change is based on: the newest, unless somebody else changed this very field."""
    shown, before = seen or (there, version)
    same = getattr(shown, field.name) == getattr(there, field.name)
    return version if same else before


def _shown_key(here: Here, plan: str, part: str) -> str:
    return f"shown:{here.space}:{plan}:{part}"
