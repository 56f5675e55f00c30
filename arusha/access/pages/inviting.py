"""The link of an invitation, shown once: nothing but its hash is kept."""

from urllib.parse import urlencode

import streamlit as st

from arusha import settings
from arusha.access.gate import Here
from arusha.access.people import invitations
from arusha.access.people.accounts import Account
from arusha.access.people.invitations import Invitation
from arusha.ui.parts import notices
from arusha.ui.parts.markup import md
from questionnaires.problems import Refused

ON_THIS_COMPUTER = "http://127.0.0.1:8501"  # where a server is found that no address was set for


def invite(here: Here, account: Account, *, without_second_step: bool = False) -> None:
    """Make an invitation and show its link, or why there is none."""
    try:
        made = invitations.invite(
            here.actor, here.store, account.name, without_second_step=without_second_step
        )
    except Refused as refused:
        notices.refused(here.t, refused)
        return
    _show(here, account, made)


def _show(here: Here, account: Account, made: Invitation) -> None:
    t = here.t
    said = t(
        "Give this link to {name} in person, or by a way that nobody else reads. It works once, until "
        "{moment}, and is shown only now.",
        name=account.name,
        moment=t.moment(made.ends_at),
    )
    st.success(md(said), icon=":material/link:")
    st.code(link_of(made.token), language=None)


def link_of(token: str) -> str:
    """Return the address of an invitation on this server."""
    origin = settings.read().origin or ON_THIS_COMPUTER
    return f"{origin}/auth/invitation?{urlencode({'token': token})}"
