"""What is shared of a round now, how it is withdrawn, and everything that was ever shared of it."""

from collections.abc import Mapping

import streamlit as st

from arusha.access.gate import Here
from arusha.access.people import accounts
from arusha.access.rules import Permission
from arusha.assessments import disclosure
from arusha.assessments.consent import Shared, Standing
from arusha.assessments.pages import audiences
from arusha.assessments.pages.as_shared import names_of
from arusha.assessments.pages.deciding import KEY, forget
from arusha.ui.parts.markup import show, tag, text
from arusha.ui.parts.table import table


def state(here: Here, standing: Standing) -> None:
    """Show what is open to whom now, and whether others see an earlier revision."""
    t = here.t
    st.subheader(t("Shared now"))
    if not standing.shared:
        show(tag("p", text(t("Nothing of this round is shared. Only your administration sees it."))))
        return
    names, people = names_of(here, standing.round.edition), _people(here)
    heads = [t("Factor"), t("Open to"), t("Revision"), t("Reasons and notes"), t("Since"), t("By")]
    rows = [
        [names[factor], *_what(here, one), t.date(one.shared_at), people.get(one.shared_by, one.shared_by)]
        for factor, one in standing.shared.items()
    ]
    table(heads, rows, stacked=True)
    _earlier_revision(here, standing)


def _earlier_revision(here: Here, standing: Standing) -> None:
    t = here.t
    if standing.behind:
        said = t.many(
            "Revision {revision} was signed since. Of {count} factor, others still see what was shared "
            "before, until you share the new revision.",
            "Revision {revision} was signed since. Of {count} factors, others still see what was shared "
            "before, until you share the new revision.",
            len(standing.behind),
            revision=standing.revision,
        )
        st.warning(said, icon=":material/history:")
    elif not standing.revision:
        said = t(
            "The round was reopened. Others still see what was shared before; "
            "reopening changes nothing for them."
        )
        st.info(said, icon=":material/history:")


def _what(here: Here, one: Shared) -> list[str]:
    t = here.t
    notes = t("shared") if one.with_notes else t("not shared")
    return [audiences.name(t, one.audience), t.number(one.revision), notes]


def _people(here: Here) -> Mapping[str, str]:
    """Return id -> name of the accounts this reader may know of."""
    actor = here.actor
    found = here(accounts.listed) if here.may(Permission.ACCOUNT_READ) else ()
    return {one.id: one.name for one in found} | ({actor.id: actor.name} if actor.name else {})


def withdraw(here: Here, standing: Standing) -> None:
    """Offer to end the sharing of some factors or of all."""
    t, names = here.t, names_of(here, standing.round.edition)
    with st.expander(t("Withdraw…"), key="withdraw"):
        st.write(t("What was read cannot be unread; from now on nobody else can open it."))
        shared = list(standing.shared)
        chosen = st.multiselect(
            t("Factors to withdraw"),
            shared,
            default=shared,
            format_func=names.__getitem__,
            key=f"{KEY}withdraw",
        )
        if st.button(t("Withdraw"), disabled=not chosen):
            here(disclosure.withdraw, standing.round.id, chosen)
            forget(t("Withdrawn. From now on nobody else can open it."))


def history(here: Here, standing: Standing) -> None:
    """Show everything that was ever shared of the round, newest first."""
    found = here(disclosure.history, standing.round.id)
    if not found:
        return
    t, names, people = here.t, names_of(here, standing.round.edition), _people(here)
    with st.expander(t("Everything that was ever shared"), key="sharing_history"):
        heads = [
            t("Shared on"),
            t("Factor"),
            t("Open to"),
            t("Revision"),
            t("Reasons and notes"),
            t("By"),
            t("Ended on"),
        ]
        rows = [
            [
                t.moment(one.shared_at),
                names[one.factor],
                *_what(here, one),
                people.get(one.shared_by, one.shared_by),
                t.moment(one.withdrawn_at) if one.withdrawn_at else "–",
            ]
            for one in found
        ]
        table(heads, rows, stacked=True)
        said = t(
            "A row ends when it is withdrawn, or when a later decision takes its place. "
            "The trail holds who did it."
        )
        st.caption(said)
