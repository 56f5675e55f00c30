"""What an account has to say, asked for by its role: administration, region, factors, or whom to review."""

import re
from collections.abc import Sequence
from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.access.pages import places
from arusha.access.people.account_rules import NEEDED
from arusha.access.people.accounts import Account
from arusha.access.roles import GIVEN_BY_A_COORDINATOR, NAMES, Role
from arusha.access.rules import Permission, Reach, Subject
from arusha.ui.parts.markup import md


def is_within_one_administration(here: Here) -> bool:
    """Return whether the person makes accounts of their own administration only."""
    return here.actor.grants.get(Permission.ACCOUNT_CHANGE) is Reach.OWN


def may_change(here: Here, account: Account) -> bool:
    """Return whether the person may change this account, so that only those are offered."""
    within = here.may(Permission.ACCOUNT_CHANGE, Subject(account.administration))
    return within and account.role in roles(here)


def roles(here: Here) -> Sequence[Role]:
    """Return the roles the person may give."""
    own = is_within_one_administration(here)
    return [role for role in Role if not own or role in GIVEN_BY_A_COORDINATOR]


def ask(here: Here, key: str, account: Account | None = None) -> dict[str, Any]:
    """Ask for a role and for what it needs; return it as ``accounts.add`` and ``change`` take it.

    Nothing comes back as long as no role is chosen. ``account`` is what the fields begin with.
    """
    t, offered = here.t, roles(here)
    role = st.selectbox(
        t("Role"),
        offered,
        index=offered.index(Role(account.role)) if account else None,
        placeholder=t("Choose a role…"),
        format_func=lambda one: t(NAMES[one]),
        key=f"{key}_role",
    )
    if role is None:
        return {}
    needed = NEEDED.get(role, frozenset())
    asked = {name: ask(here, f"{key}_{name}", account) for name, ask in FIELDS.items() if name in needed}
    return {"role": role.value, **asked}


def _administration(here: Here, key: str, account: Account | None) -> str:
    t = here.t
    if is_within_one_administration(here):
        own = here.actor.administration
        st.caption(md(t("Administration: {name}", name=places.administration(t, own))))
        return own
    said = st.text_input(
        t("Code of the administration"),
        value=account.administration if account else "",
        help=t("Two letters as in ISO 3166, e.g. KE."),
        key=key,
    )
    code = said.strip().upper()
    if places.administration(t, code) != code:
        st.caption(md(places.administration(t, code)))
    return code


def _region(here: Here, key: str, account: Account | None) -> str:
    t, known = here.t, list(places.REGION_NAMES)
    now = account.region if account else ""
    chosen = st.selectbox(
        t("Region"),
        known,
        index=known.index(now) if now in known else None,
        placeholder=t("Choose a region…"),
        format_func=lambda one: places.region(t, one),
        key=key,
    )
    return chosen or ""


def _factors(here: Here, key: str, account: Account | None) -> list[str]:
    t, names = here.t, places.factors(here.t)
    now = sorted(account.factors) if account else []
    return st.multiselect(
        t("Factors to answer for"),
        [*names, *(one for one in now if one not in names)],
        default=now,
        placeholder=t("Choose one or more…"),
        format_func=lambda one: names.get(one, one),
        key=key,
    )


def _assigned(here: Here, key: str, account: Account | None) -> list[str]:
    t = here.t
    said = st.text_input(
        t("Codes of the administrations to review"),
        value=", ".join(sorted(account.assigned)) if account else "",
        help=t("Two letters each as in ISO 3166, with commas between, e.g. KE, FJ."),
        key=key,
    )
    codes = [code.upper() for code in re.split(r"[\s,;]+", said) if code]
    if codes:
        st.caption(md(t.joined([places.administration(t, code) for code in codes])))
    return codes


FIELDS = {
    "administration": _administration,
    "region": _region,
    "factors": _factors,
    "assigned": _assigned,
}
