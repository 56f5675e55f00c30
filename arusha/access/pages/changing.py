"""One account: a new invitation, another role, disabled or enabled again."""

from collections.abc import Callable

import streamlit as st

from arusha.access.gate import Here
from arusha.access.pages import account_fields, inviting
from arusha.access.people import accounts
from arusha.access.people.accounts import Account
from arusha.ui.parts import notices
from arusha.ui.parts.markup import md
from questionnaires.problems import Refused


def draw(here: Here) -> None:
    """Let the person choose an account that they may change, and what to do with it."""
    t = here.t
    known = {one.id: one for one in here(accounts.listed) if account_fields.may_change(here, one)}
    if not known:
        return
    chosen = st.selectbox(
        t("Account to change"),
        known,
        index=None,
        placeholder=t("Choose an account…"),
        format_func=lambda one: known[one].name if one in known else one,
    )
    if chosen in known:
        account = known[chosen]
        if not account.disabled:
            _invite(here, account)
            _change(here, account)
        _switch(here, account)


def _invite(here: Here, account: Account) -> None:
    t = here.t
    with st.expander(t("Invite anew…"), key=f"invite_{account.id}"):
        st.write(t("A new link lets the person set a password. Earlier links end."))
        lost = account.has_second_step and st.checkbox(
            t("The person has lost the second step: remove it, and end the sessions"),
            key=f"lost_{account.id}",
        )
        if st.button(t("Make a link")):
            inviting.invite(here, account, without_second_step=lost)


def _change(here: Here, account: Account) -> None:
    t = here.t
    with st.expander(t("Change the role…"), key=f"change_{account.id}"):
        given = account_fields.ask(here, f"change_{account.id}", account)
        st.caption(t("The sessions of the account end, so that the person signs in with the new rights."))
        if st.button(t("Keep the change")):
            _done(here, lambda: accounts.change(here.actor, here.store, account.name, **given))


def _switch(here: Here, account: Account) -> None:
    """Disable or enable, each after it was confirmed."""
    t = here.t
    name = md(account.name)
    if account.disabled:
        label, button = t("Enable this account…"), t("Enable")
        sure = t("Yes, let {name} sign in again", name=name)
        do = accounts.enable
    else:
        label, button = t("Disable this account…"), t("Disable")
        sure = t("Yes, end every session of {name} and let them sign in no more", name=name)
        do = accounts.disable
    with st.expander(label, key=f"{button}_{account.id}"):
        confirmed = st.checkbox(sure, key=f"sure_{account.id}_{account.disabled}")
        if st.button(button, disabled=not confirmed):
            _done(here, lambda: do(here.actor, here.store, account.name))


def _done(here: Here, do: Callable[[], object]) -> None:
    """Do it and show the accounts as they are now, or say why it cannot be done."""
    try:
        do()
    except Refused as refused:
        notices.refused(here.t, refused)
        return
    st.rerun()
