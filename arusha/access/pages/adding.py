"""Add an account: a name, a role and what the role needs; then a link to invite the person."""

from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.access.pages import account_fields, inviting
from arusha.access.people import accounts
from arusha.access.people.account_rules import LONGEST_NAME
from arusha.ui.parts import notices
from questionnaires.problems import Refused

ADDED = "accounts_added"  # how many were added here, so that the fields begin empty again


def draw(here: Here) -> None:
    """Ask for the account and add it."""
    t = here.t
    with st.expander(t("Add an account…"), key="add_account"):
        key = f"new_{st.session_state.setdefault(ADDED, 0)}"
        name = st.text_input(t("Name to sign in with"), max_chars=LONGEST_NAME, key=f"{key}_name")
        given = account_fields.ask(here, key)
        if st.button(t("Add and invite"), type="primary", disabled=not given):
            _add(here, name, given)


def _add(here: Here, name: str, given: dict[str, Any]) -> None:
    try:
        account = accounts.add(here.actor, here.store, name, **given)
    except Refused as refused:
        notices.refused(here.t, refused)
        return
    st.session_state[ADDED] += 1
    inviting.invite(here, account)
