"""Open a page for a person: who they are, what they read in, which data and which round they look at.

Every page begins with ``here = gate.open(Permission.…)``; ``here(service.x, …)`` then asks a
service as this person and shows a refusal instead of the page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import local
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from arusha import settings
from arusha.access import roles, service
from arusha.access.guarding import guarded
from arusha.access.people import sessions
from arusha.access.rules import LOCAL, Actor, Permission, Subject, decide, require
from arusha.i18n import Translator, offered, own_name, translator
from arusha.store import Store
from arusha.store.opened import opened
from arusha.ui.parts import notices
from arusha.ui.parts.markup import show, tag, text
from questionnaires.problems import Refused

P = ParamSpec("P")
R = TypeVar("R")
SAMPLE = "sample"
LANGUAGE = "language"  # in the address: the language that a link chooses
SESSION = "session"  # what the middleware says of the signed-in session, see access.web.surface
SIGN_IN = "/auth/sign-in"
NOBODY = Actor("nobody", {})

run = local()


@dataclass(frozen=True)
class Here:
    """A person at a place: what a page needs to ask services and to speak."""

    t: Translator
    store: Store
    space: str
    round_id: str
    factor: str
    plan_id: str = ""

    @property
    def actor(self) -> Actor:
        """Return who acts, with the rights they have now: a part of a page may have been open long."""
        return acting(self.space)

    @property
    def in_sample(self) -> bool:
        """Return whether the fictional sample is shown, which lives in a database of its own."""
        return self.space == SAMPLE

    def may(self, permission: Permission, subject: Subject | None = None) -> bool:
        """Return whether the person may do this, to show only what they can use."""
        return decide(self.actor, permission, subject).allowed

    def __call__(
        self, service: Callable[Concatenate[Actor, Store, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Ask a service; when it refuses, show why and stop the page."""
        actor = self.actor
        if actor is NOBODY:
            st.rerun()  # the whole page says that the session has ended
        try:
            return service(actor, self.store, *args, **kwargs)
        except Refused as refused:
            notices.refused(self.t, refused)
            st.stop()

    def at(self, **where: str) -> dict[str, str]:
        """Return this place as the query of a link, changed by ``where`` (round, factor, plan, space).

        Another round leaves the plan behind, which may be another administration's.
        """
        plan = self.plan_id if where.get("round", self.round_id) == self.round_id else ""
        place = {"space": self.space, "round": self.round_id, "factor": self.factor, "plan": plan} | where
        return {name: value for name, value in place.items() if value}

    def elsewhere(self, space: str) -> "Here":
        """Return the same person in the other space: the sample, or the administration's own data."""
        return replace(self, space=space, store=store_of(space), round_id="", factor="", plan_id="")


def open(permission: Permission) -> Here:  # noqa: A001 - a page reads: gate.open(Permission.…)
    """Return the person and their place, or say why the page stays shut and stop."""
    space = SAMPLE if st.query_params.get("space") == SAMPLE else ""
    person = _known()  # whose language is kept beside their own data, also while they visit the sample
    not_kept = _take_choice(person)
    t = reader(person)
    if not_kept is not None:
        notices.refused(t, not_kept)
    if person is NOBODY:
        _ended(t)
    try:
        store = store_of(space)
        _require(acting(space), store, permission)
    except Refused as refused:
        notices.refused(t, refused)
        st.stop()
    asked = st.query_params
    return Here(t, store, space, asked.get("round", ""), asked.get("factor", ""), asked.get("plan", ""))


@guarded
def _require(actor: Actor, _store: Store, permission: Permission) -> None:
    """Raise ``Denied`` when the person may not open the page; that goes into the trail."""
    require(actor, permission)


def _known() -> Actor:
    """Return who this is, or say why that cannot be found out and stop."""
    try:
        return acting()
    except Refused as refused:
        notices.refused(translator(st.context.locale or ""), refused)
        st.stop()


def acting(space: str = "") -> Actor:
    """Return who acts: the person of this computer, or who signed in; in a server's sample a visitor."""
    if not settings.read().serves_people:
        return LOCAL
    person = _signed_in()
    return roles.visiting(person) if space == SAMPLE and person is not NOBODY else person


def _signed_in() -> Actor:
    """Return the person of the session this run came in by, read anew once in each run."""
    session, this_run = str(st.user.get(SESSION) or ""), _this_run()
    known: tuple[str, object, Actor] = getattr(run, "known", ("", None, NOBODY))
    if known[0] == session and this_run is not None and known[1] is this_run:
        return known[2]
    touch = not getattr(run, "unattended", False)
    found = sessions.actor_of(store_of(""), session, touch=touch) if session else None
    actor = found or NOBODY
    run.known = (session, this_run, actor)
    return actor


def _this_run() -> object | None:
    """Return what is the same throughout one run, of a page, a part of it or a callback, and never again."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.cursors if context else None


@contextmanager
def unattended() -> Iterator[None]:
    """Look something up by itself, which is no sign that the person is still there."""
    run.unattended = True
    try:
        yield
    finally:
        run.unattended = False


def _ended(t: Translator) -> None:
    """Say that the session has ended, and stop."""
    said = t(
        "You are signed out, because the session has ended or your rights were changed. What you were typing "
        "is kept in this browser until you are back."
    )
    link = tag("a", text(t("Sign in again")), href=SIGN_IN, target="_self")
    show(tag("div", tag("p", text(said)) + tag("p", link), class_="refusal", role="alert"))
    st.stop()


def reader(actor: Actor) -> Translator:
    """Return the translator for who reads: the setting, what they chose, or the browser's language."""
    wanted = settings.read().language or _chosen(actor) or st.context.locale or ""
    return translator(wanted, st.context.timezone or "")


def _chosen(actor: Actor) -> str:
    if actor is NOBODY:
        return ""
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
    if wanted is None or actor is NOBODY:
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
    return opened(now.sample_url if space == SAMPLE else now.database_url)
