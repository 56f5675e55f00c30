"""Of whom it is explained what they may do: an account, or a role that nobody need have."""

import streamlit as st

from arusha.access import explaining
from arusha.access.gate import Here
from arusha.access.pages import account_fields
from arusha.access.people import accounts
from arusha.access.roles import Role
from arusha.access.rules import Actor
from arusha.ui.parts.markup import md

ACCOUNT, ROLE = "account", "role"


def ask(here: Here) -> Actor | None:
    """Ask for an account or a role; return who acts then, None as long as nothing is chosen."""
    t = here.t
    kinds = {ACCOUNT: t("An account"), ROLE: t("A role")}
    kind = st.radio(t("Of whom"), kinds, format_func=kinds.__getitem__, horizontal=True)
    return _account(here) if kind == ACCOUNT else _role(here)


def _account(here: Here) -> Actor | None:
    t = here.t
    known = {one.id: one for one in here(accounts.listed)}
    chosen = st.selectbox(
        t("Account"),
        known,
        index=None,
        placeholder=t("Choose an account…"),
        format_func=lambda one: known[one].name if one in known else one,
    )
    if chosen not in known:
        return None
    if known[chosen].disabled:
        st.warning(md(t("{name} is disabled and may do nothing.", name=known[chosen].name)))
    return accounts.actor_of(known[chosen])


def _role(here: Here) -> Actor | None:
    given = account_fields.ask(here, "why")
    if not given:
        return None
    return explaining.of_role(
        Role(given["role"]),
        administration=given.get("administration", ""),
        region=given.get("region", ""),
        factors=frozenset(given.get("factors", ())),
        assigned=frozenset(given.get("assigned", ())),
    )
