"""The Streamlit script: page set-up, the one registry of pages, and the frame around them."""

import streamlit as st

from arusha.access import gate
from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.i18n import Translator
from arusha.members import service as members
from arusha.ui import theme
from arusha.ui.parts import frame, notices
from arusha.ui.parts.frame import Entry
from questionnaires.problems import Refused

ASSESS = "assessments/pages/"


def registry(t: Translator) -> dict[str, list[Entry]]:
    """Return the pages by section."""
    return {
        "": [
            Entry("", ASSESS + "home.py", t("Home")),
            Entry("start", ASSESS + "start.py", t("Start a round"), listed=False),
        ],
        t("Assess"): [
            Entry("answer", ASSESS + "answer.py", t("Answer"), needs_round=True),
            Entry("carry-over", ASSESS + "carry_over.py", t("Carry over"), needs_round=True, listed=False),
            Entry("sign-off", ASSESS + "sign_off.py", t("Review and sign-off"), needs_round=True),
            Entry("profile", ASSESS + "profile.py", t("Profile"), needs_round=True),
            Entry("reference", "reference/pages/reference.py", t("Questionnaire")),
        ],
        t("Manage"): [
            Entry("administrations", "members/pages/administrations.py", t("Administrations")),
            Entry("about", "access/pages/about.py", t("About")),
        ],
    }


def place(here: Here) -> tuple[dict[str, str], str]:
    """Return where the links of the frame lead, and that place in words."""
    visited = service.last_visit(here.actor, here.store)
    round_id = here.round_id or (visited[0] if visited else "")
    try:
        round_ = service.find(here.actor, here.store, round_id)
    except Refused:
        return here.at(round="", factor=""), ""
    administration = members.find(here.actor, here.store, round_.administration)
    name = administration.name(here.t) if administration else round_.administration
    return here.at(round=round_id, factor=""), f"{name} · {round_.year}"


st.set_page_config(
    page_title="Arusha toolkit", layout="wide", page_icon=str(theme.ICON), initial_sidebar_state=260
)
st.html(theme.style())
here = gate.open(Permission.ROUND_READ)
query, where = place(here)
if here.in_sample:
    notices.fictional(here.t)
choice = frame.Choice(here.t("Language"), gate.LANGUAGE, gate.languages(), here.t.language)
frame.run(registry(here.t), query, where, here.t("Pages"), choice)
