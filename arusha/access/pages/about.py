"""About: what the toolkit is, what changed, where the data is, and whose scale it is."""

from pathlib import Path

import streamlit as st

from arusha import settings
from arusha.access import gate
from arusha.access.rules import Permission
from arusha.ui.parts.markup import md, show, tag, text
from arusha.version import VERSION

HERE = Path(__file__).parents[2]

here = gate.open(Permission.QUESTIONNAIRE_READ)
t = here.t
st.title(t("About"))
lead = t(
    "A toolkit with which customs administrations assess their own integrity against the ten factors of the "
    "WCO's Revised Arusha Declaration. Questions, steps and levels are its own; it is no product of the WCO."
)
show(tag("p", text(lead), class_="lead"))
st.markdown(md(t("Version {version}", version=VERSION)))
st.subheader(t("Where your data is"))
st.write(t("Everything you write is in one database on this computer. Nothing is sent anywhere."))
st.code(here.store.name, language=None)
st.caption(md(t("Settings and folder: {home}", home=settings.read().home)))
st.subheader(t("What changed"))
told = HERE / f"CHANGES.{t.language}.md"
st.markdown((told if told.exists() else HERE / "CHANGES.md").read_text(encoding="utf-8"))
