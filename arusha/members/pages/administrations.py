"""Administrations: every WCO Member by region, and those that have rounds here."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.members import service
from arusha.members.reference import REGION_NAMES, Region, members
from arusha.ui.parts.markup import md, show, tag, text
from arusha.ui.parts.table import table

here = gate.open(Permission.ADMINISTRATION_READ)
t = here.t
own = {found.code: found for found in here(service.registered)}
st.title(t("Administrations"))
lead = t.many(
    "{count} WCO Member, as reference data.", "{count} WCO Members, as reference data.", len(members())
)
show(tag("p", text(lead), class_="lead"))
wanted = st.text_input(t("Find"), placeholder=t("Name or code…")).strip().casefold()
names = {code: t.territory(code) or code for code in members()} | {
    c: found.name(t) for c, found in own.items()
}
regions = dict(members()) | {code: found.region for code, found in own.items()}
found = sorted(
    (c for c in names if wanted in f"{names[c]} {c}".casefold()), key=lambda c: names[c].casefold()
)
if not found:
    st.info(t("No administration bears this name or code."), icon=":material/search_off:")
for region in Region:
    inside = [code for code in found if regions[code] == region]
    if inside:
        with st.expander(f"{md(t(REGION_NAMES[region]))} · {len(inside)}", expanded=bool(wanted)):
            heads = [t("Administration"), t("Code"), t("Rounds here")]
            table(heads, [[names[code], code, t("yes") if code in own else ""] for code in inside])
