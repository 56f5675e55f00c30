"""Carry over: propose the answers of an earlier round, each to be confirmed, and keep the receipt."""

import streamlit as st

from arusha.access import files, gate
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.assessments.pages import carried
from arusha.assessments.views import Sheet
from arusha.ui.parts.markup import download, md, show, tag, text

here = gate.open(Permission.ANSWER_READ)
t = here.t
sheet: Sheet = here(service.sheet, here.round_id)
receipt = sheet.receipt
st.title(t("Carry over"))
if receipt is not None:
    lead = t(
        "The answers of {year} were carried over on {day}. None of them counts before it is confirmed.",
        year=receipt.source.year,
        day=t.date(receipt.at),
    )
    show(tag("p", text(lead), class_="lead"))
    file = files.address("carried", sheet.round.id, t, here.space)
    show(download(t("Download this list as Excel workbook"), file))
    carried.as_table(here, receipt.source, sheet, receipt.rows)
    st.stop()
earlier = here(service.earlier_rounds, here.round_id)
if sheet.round.signed or not earlier:
    signed = t("The round is signed off and cannot be changed.")
    st.info(signed if sheet.round.signed else t("There is no earlier round of this administration."))
    st.stop()
lead = t(
    "What was answered earlier is proposed here, and each proposal waits until somebody confirms it. Where a "
    "question changed, nothing is proposed. Notes come along, and the earlier round stays as it is."
)
show(tag("p", text(lead), class_="lead"))
by_id = {round_.id: round_ for round_ in earlier}
chosen = st.selectbox(t("Earlier round"), list(by_id), format_func=lambda name: str(by_id[name].year))
plan = here(service.carry_plan, here.round_id, chosen)
if not plan:
    st.info(t("Nothing was answered in this round."))
    st.stop()
if st.button(t("Carry over {year}", year=by_id[chosen].year), type="primary"):
    here(service.carry_over, here.round_id, chosen)
    st.rerun()
st.caption(md(t("What would happen to each answer:")))
carried.as_table(here, by_id[chosen], sheet, plan)
