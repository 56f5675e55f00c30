"""Accounts as a table: who, in which role, for what, and whether they can sign in."""

from collections.abc import Sequence

import streamlit as st

from arusha.access.pages import places
from arusha.access.people.accounts import Account
from arusha.access.roles import NAMES, Role
from arusha.i18n import Translator
from arusha.ui.parts.table import table


def draw(t: Translator, accounts: Sequence[Account]) -> None:
    """Show the accounts, or say that there is none."""
    if not accounts:
        st.info(t("There is no account yet."), icon=":material/group:")
        return
    heads = [t("Name"), t("Role"), t("For"), t("Sign-in"), t("Second step")]
    table(heads, [_row(t, account) for account in accounts], stacked=True)


def _row(t: Translator, account: Account) -> list[str]:
    role = t(NAMES[Role(account.role)]) if account.role in list(Role) else account.role
    second = t("yes") if account.has_second_step else t("no")
    return [account.name, role, belongs_to(t, account), state(t, account), second]


def belongs_to(t: Translator, account: Account) -> str:
    """Return the administration, region, factors or assignments of an account in words."""
    parts = [places.administration(t, account.administration) if account.administration else ""]
    parts.append(places.region(t, account.region) if account.region else "")
    parts.append(places.factors_in_words(t, account.factors) if account.factors else "")
    parts.append(t.joined([places.administration(t, code) for code in sorted(account.assigned)]))
    return " · ".join(part for part in parts if part) or "–"


def state(t: Translator, account: Account) -> str:
    """Return whether an account can sign in."""
    if account.disabled:
        return t("disabled")
    return t("with a password") if account.has_password else t("no password set yet")
