"""Records of the trail as a table, newest first, each in plain words."""

from collections.abc import Mapping

import streamlit as st

from arusha.access.gate import Here
from arusha.access.pages import places
from arusha.access.proof import wording
from arusha.access.proof.trails import Entries, Entry
from arusha.access.roles import NAMES, Role
from arusha.access.trail import REFUSED
from arusha.i18n import Translator
from arusha.ui.parts.markup import tag, text
from arusha.ui.parts.table import table


def draw(here: Here, found: Entries, names: Mapping[str, str]) -> None:
    """Show the records, or say that none fits."""
    t = here.t
    if not found.rows:
        st.info(t("No record fits."), icon=":material/search_off:")
        return
    heads = [t("Number"), t("When"), t("Who"), t("Administration"), t("What happened"), t("Result")]
    table(heads, [_row(t, entry, names) for entry in found.rows], links=True, stacked=True)


def _row(t: Translator, entry: Entry, names: Mapping[str, str]) -> list[str]:
    moment = t.moment(entry.at) if entry.at else "–"
    plain = [text(cell) for cell in (entry.seq, moment)]
    whose = text(places.administration(t, entry.administration) or "–")
    return [*plain, _who(t, entry, names), whose, _what(t, entry, names), _outcome(t, entry)]


def _who(t: Translator, entry: Entry, names: Mapping[str, str]) -> str:
    """Return the name where it may be known, with role and id below it."""
    name = names.get(entry.actor, "")
    role = t(NAMES[Role(entry.role)]) if entry.role in list(Role) else ""
    below = " · ".join(part for part in (role, entry.actor if name else "") if part)
    return tag("div", text(name or entry.actor or "–")) + tag("div", text(below), class_="quiet")


def _what(t: Translator, entry: Entry, names: Mapping[str, str]) -> str:
    said = tag("div", text(wording.deed(t, entry, names)))
    why = wording.reason(t, entry)
    return said + tag("div", text(why), class_="quiet") if why else said


def _outcome(t: Translator, entry: Entry) -> str:
    said = text(wording.outcome(t, entry))
    return tag("strong", said) if entry.outcome == REFUSED else said
