"""Open a page for a person: who they are, what they read in, which data and which round they look at.

Every page begins with ``here = gate.open(Permission.…)``; ``here(service.x, …)`` then asks a
service as this person and shows a refusal instead of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from arusha import settings
from arusha.access import service
from arusha.access.rules import LOCAL, Actor, Permission, decide
from arusha.i18n import Translator, offered, own_name, translator
from arusha.store import Store, open_store
from arusha.ui.parts import notices
from questionnaires.problems import N_, Problem, Refused

P = ParamSpec("P")
R = TypeVar("R")
SAMPLE = "sample"
LANGUAGE = "language"  # in the address: the language that a link chooses


@dataclass(frozen=True)
class Here:
    """A person at a place: what a page needs to ask services and to speak."""

    actor: Actor
    t: Translator
    store: Store
    space: str
    round_id: str
    factor: str

    @property
    def in_sample(self) -> bool:
        """Return whether the fictional sample is shown, which lives in a database of its own."""
        return self.space == SAMPLE

    def __call__(
        self, service: Callable[Concatenate[Actor, Store, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Ask a service; when it refuses, show why and stop the page."""
        try:
            return service(self.actor, self.store, *args, **kwargs)
        except Refused as refused:
            notices.refused(self.t, refused)
            st.stop()

    def at(self, **where: str) -> dict[str, str]:
        """Return this place as the query of a link, changed by ``where`` (round, factor, space)."""
        place = {"space": self.space, "round": self.round_id, "factor": self.factor} | where
        return {name: value for name, value in place.items() if value}

    def elsewhere(self, space: str) -> "Here":
        """Return the same person in the other space: the sample, or the administration's own data."""
        return replace(self, space=space, store=store_of(space), round_id="", factor="")


def open(permission: Permission) -> Here:  # noqa: A001 - a page reads: gate.open(Permission.…)
    """Return the person and their place, or say why the page stays shut and stop."""
    actor = LOCAL
    not_kept = _take_choice(actor)
    t = reader(actor)
    if not_kept is not None:
        notices.refused(t, not_kept)
    decision = decide(actor, permission)
    if not decision.allowed:
        remedy = N_("Ask the coordinator of your administration.")
        values = {"permission": permission.value}
        notices.refused(t, Refused([Problem(actor.id, decision.reason, remedy, values)]))
        st.stop()
    try:
        space = SAMPLE if st.query_params.get("space") == SAMPLE else ""
        store = store_of(space)
    except Refused as refused:
        notices.refused(t, refused)
        st.stop()
    return Here(actor, t, store, space, st.query_params.get("round", ""), st.query_params.get("factor", ""))


def reader(actor: Actor) -> Translator:
    """Return the translator for who reads: the setting, what they chose, or the browser's language."""
    wanted = settings.read().language or _chosen(actor) or st.context.locale or ""
    return translator(wanted, st.context.timezone or "")


def _chosen(actor: Actor) -> str:
    try:
        return service.language_of(actor, store_of(""))
    except Refused:
        return ""  # the page itself says what is wrong with the database


def languages() -> dict[str, str]:
    """Return tag -> own name of the languages to choose from; none when the setting has chosen."""
    return {} if settings.read().language else {tag: own_name(tag) for tag in offered()}


def _take_choice(actor: Actor) -> Refused | None:
    """Keep the language that a link chose, beside the person's own data also while they see the sample.

    Returns why it cannot be kept; the page then stays in the language it had.
    """
    wanted = st.query_params.get(LANGUAGE)
    if wanted is None:
        return None
    del st.query_params[LANGUAGE]  # a link that is sent on must not choose for who opens it
    try:
        if languages():
            service.choose_language(actor, store_of(""), wanted)
    except Refused as refused:
        return refused
    return None


def store_of(space: str) -> Store:
    """Return the database of a space, opened once for each running server."""
    now = settings.read()
    return _store(now.sample_url if space == SAMPLE else now.database_url)


@lru_cache(maxsize=8)
def _store(url: str) -> Store:
    return open_store(url)
