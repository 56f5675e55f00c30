"""Which profile is read: the answers as they stand, or a revision that was signed."""

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments import service
from arusha.assessments.rules import Round


def choose(here: Here, round_: Round) -> int:
    """Return the revision to show, 0 for the present one; ask only when there is a choice."""
    signed = here(service.signatures, round_.id)
    if not signed or (round_.signed and len(signed) == 1):
        return 0
    t = here.t
    named = {
        s.revision: t("revision {number}, signed {day}", number=s.revision, day=t.date(s.signed_at))
        for s in signed
    }
    if not round_.signed:
        named = {0: t("now, revision {number}", number=round_.revision)} | named
    return st.pills(
        t("What to read"),
        list(named),
        format_func=named.__getitem__,
        default=next(iter(named)),
        required=True,
        key="revision",
    )
