"""Shared with me: the rounds of which administrations let this reader see something."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.assessments import disclosure
from arusha.assessments.pages import audiences
from arusha.ui.parts.markup import href, show, tag, text
from arusha.ui.parts.table import table
from questionnaires import loading

here = gate.open(Permission.DISCLOSURE_READ)
t = here.t
rounds = here(disclosure.disclosed)
st.title(t("Shared with me"))
lead = t(
    "An administration decides for itself who may see its rounds, factor by factor. Here is what is open to "
    "you; it goes away when an administration withdraws it."
)
show(tag("p", text(lead), class_="lead"))
if not rounds:
    st.info(
        t("No administration has shared a round with you yet. Nothing is open to you until one does."),
        icon=":material/lock:",
    )
    st.stop()
wanted = st.text_input(t("Find"), placeholder=t("Administration or year…")).strip().casefold()
names = {one.round_id: one.administration.name(t) for one in rounds}
found = [one for one in rounds if wanted in f"{names[one.round_id]} {one.year}".casefold()]
if not found:
    st.info(t("No round of this administration or year is open to you."), icon=":material/search_off:")
    st.stop()
rows = []
for one in found:
    link = href("disclosed", here.at(round=one.round_id, factor=""))
    name = tag("a", text(names[one.round_id]), href=link, target="_self", class_="go")
    factors = t("{count} of {total}", count=len(one.factors), total=len(loading.edition(one.edition).factors))
    open_to = t.joined([audiences.name(t, audience) for audience in one.audiences])
    rows.append([name, *(text(said) for said in (one.year, factors, open_to, t.date(one.shared_at)))])
heads = [t("Administration"), t("Year"), t("Factors"), t("Open to"), t("Shared on")]
table(heads, rows, links=True, stacked=True)
