"""Disclosed profile: what an administration let this reader see of a round, and nothing else."""

import streamlit as st

from arusha.access import files, gate
from arusha.access.rules import Permission
from arusha.assessments import disclosure
from arusha.assessments.pages import as_shared, audiences
from arusha.ui.parts.markup import download, href, md, show, tag, text

here = gate.open(Permission.DISCLOSURE_READ)
t = here.t
seen = here(disclosure.read, here.round_id)
about = next(iter(here(disclosure.disclosed, here.round_id)), None)
if about is None:  # withdrawn since it was read: the next run says so
    st.rerun()
name = about.administration.name(t)
st.title(md(f"{name} · {about.year}"))
lead = t(
    "As disclosed on {day} to: {audience}. It shows what was signed off, not how the round stands today.",
    day=t.date(about.shared_at),
    audience=t.joined([audiences.name(t, audience) for audience in about.audiences]),
)
show(tag("p", text(lead), class_="lead"))
as_shared.draw(here, seen, about.parts)
if here.may(Permission.DISCLOSURE_EXPORT):
    show(download(t("Download as Excel workbook"), files.address("disclosed", here.round_id, t, here.space)))
back = href("shared", here.at(round="", factor=""))
show(tag("p", tag("a", text(t("Everything that is shared with me")), href=back, target="_self", class_="go")))
