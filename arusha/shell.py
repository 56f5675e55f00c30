"""The Streamlit script: page set-up, the one registry of pages, and the frame around them."""

from dataclasses import replace

import streamlit as st

from arusha import settings
from arusha.access import gate, roles
from arusha.access.gate import Here
from arusha.access.roles import Role
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.i18n import Translator
from arusha.members import service as members
from arusha.ui import theme
from arusha.ui.parts import frame, notices
from arusha.ui.parts.frame import Entry
from questionnaires.problems import Refused

ACROSS = "across/pages/"
ASSESS = "assessments/pages/"
PEOPLE = "access/pages/"
PLANS = "plans/pages/"


def registry(t: Translator) -> dict[str, list[Entry]]:
    """Return the pages by section, each with the permission it opens with."""
    return {
        "": [
            Entry("", ACROSS + "home.py", t("Home"), needs="preference:set"),
            Entry("start", ASSESS + "start.py", t("Start a round"), needs="round:open", listed=False),
        ],
        t("Assess"): [
            Entry("answer", ASSESS + "answer.py", t("Answer"), needs="answer:read", needs_round=True),
            Entry(
                "carry-over",
                ASSESS + "carry_over.py",
                t("Carry over"),
                needs="answer:read",
                needs_round=True,
                listed=False,
            ),
            Entry(
                "sign-off",
                ASSESS + "sign_off.py",
                t("Review and sign-off"),
                needs="profile:read",
                needs_round=True,
            ),
            Entry("profile", ACROSS + "profile.py", t("Profile"), needs="profile:read", needs_round=True),
            Entry(
                "sharing",
                ASSESS + "sharing.py",
                t("Sharing"),
                needs="profile:read",
                needs_round=True,
                on_a_server=True,
            ),
            Entry(
                "reference", "reference/pages/reference.py", t("Questionnaire"), needs="questionnaire:read"
            ),
        ],
        t("Improve"): [
            Entry("plan", PLANS + "plan.py", t("Action plan"), needs="plan:read"),
            Entry("benchmarks", PLANS + "benchmarks.py", t("Benchmarks"), needs="plan:read"),
            Entry("progress", PLANS + "progress.py", t("Progress"), needs="plan:read"),
            Entry("gaps", PLANS + "gaps.py", t("From gap to measure"), needs="plan:write", listed=False),
        ],
        t("Shared"): [
            Entry(
                "shared", ASSESS + "shared.py", t("Shared with me"), needs="disclosure:read", on_a_server=True
            ),
            Entry(
                "disclosed",
                ASSESS + "disclosed.py",
                t("Disclosed profile"),
                needs="disclosure:read",
                listed=False,
                on_a_server=True,
            ),
            Entry(
                "together",
                ASSESS + "together.py",
                t("All together"),
                needs="aggregate:read",
                on_a_server=True,
            ),
        ],
        t("Manage"): [
            Entry(
                "administrations",
                "members/pages/administrations.py",
                t("Administrations"),
                needs="administration:read",
            ),
            Entry("people", PEOPLE + "people.py", t("People"), needs="account:read", on_a_server=True),
            Entry("trail", PEOPLE + "trail.py", t("Trail"), needs="trail:read"),
            Entry(
                "why", PEOPLE + "why.py", t("Why may I see this?"), needs="access:explain", on_a_server=True
            ),
            Entry("health", PEOPLE + "health.py", t("Health"), needs="health:read", on_a_server=True),
            Entry("about", PEOPLE + "about.py", t("About"), needs="questionnaire:read"),
        ],
    }


def seen_by(here: Here, sections: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
    """Return the pages there are, listing those that this person may open; the others tell why not."""
    serves = settings.read().serves_people
    return {
        title: [_seen_by(here, e) for e in s if serves or not e.on_a_server] for title, s in sections.items()
    }


def _seen_by(here: Here, entry: Entry) -> Entry:
    return replace(entry, listed=entry.listed and here.may(Permission(entry.needs)))


def signed_in(here: Here) -> frame.Person | None:
    """Return whose session this is; None on a computer of one's own."""
    if not settings.read().serves_people:
        return None
    t, actor = here.t, gate.acting()
    role = t(roles.NAMES[Role(actor.role)]) if actor.role in set(Role) else ""
    return frame.Person(actor.name, role, t("Account and sign-out"))


def place(here: Here) -> tuple[dict[str, str], str]:
    """Return where the links of the frame lead, and that place in words."""
    if not here.may(Permission.ROUND_READ):
        return here.at(factor=""), ""
    visited = service.last_visit(here.actor, here.store) if here.may(Permission.ANSWER_READ) else None
    round_id = here.round_id or (visited[0] if visited else "")
    try:
        round_ = service.find(here.actor, here.store, round_id)
    except Refused:
        return here.at(round="", factor="", plan=here.plan_id), ""
    administration = members.find(here.actor, here.store, round_.administration)
    name = administration.name(here.t) if administration else round_.administration
    return here.at(round=round_id, factor="", plan=here.plan_id), f"{name} · {round_.year}"


st.set_page_config(
    page_title="Arusha toolkit", layout="wide", page_icon=str(theme.ICON), initial_sidebar_state=260
)
st.html(theme.style())
here = gate.open(Permission.PREFERENCE_SET)
query, where = place(here)
if here.in_sample:
    notices.fictional(here.t)
choice = frame.Choice(here.t("Language"), gate.LANGUAGE, gate.languages(), here.t.language)
frame.run(seen_by(here, registry(here.t)), query, where, here.t("Pages"), choice, signed_in(here))
