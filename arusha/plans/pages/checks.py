"""The plan check on the page: what the plan cannot keep or show, each with its place and remedy."""

from datetime import date
from itertools import groupby

import streamlit as st

from arusha.access.gate import Here
from arusha.plans.checkup.checking import NAMES, check
from arusha.plans.checkup.findings import Finding
from arusha.plans.model import Plan
from arusha.plans.pages.asked import Basis
from arusha.plans.pages.places import HEAD, link_to
from arusha.plans.progress.telling import told
from arusha.ui.parts.markup import href, md, show, tag, text


def draw(here: Here, plan: Plan, basis: Basis, today: date) -> None:
    """Show what the check finds, by rule; the gaps only where the round's answers are known."""
    t = here.t
    found = check(plan, basis.questionnaire, basis.answers, today, t.language)
    st.subheader(t("Plan check"))
    if basis.answers is None:
        st.caption(t("The plan names no round, so the gaps it should close are not known."))
    if not found:
        st.success(t("The check finds nothing."), icon=":material/check:")
        return
    said = t.many("The check finds {count} thing.", "The check finds {count} things.", len(found))
    with st.expander(md(said), key="plan_check"):
        for rule, those in groupby(found, key=lambda one: one.rule):
            several = list(those)
            lines = "".join(_finding(here, plan, one) for one in several)
            name = t(NAMES[rule])
            summary = tag("summary", text(f"{name[:1].upper()}{name[1:]} ({t.number(len(several))})"))
            show(tag("details", summary + tag("ul", lines, class_="findings"), class_="reading"))


def _finding(here: Here, plan: Plan, one: Finding) -> str:
    t = here.t
    said = f"{told(t, one.fault, one.values)} {told(t, one.remedy, one.values)}"
    return tag("li", f"{_place(here, plan, one)} {text(said)}")


def _place(here: Here, plan: Plan, one: Finding) -> str:
    """Return the place of a finding as a link to where it is mended."""
    if one.subject in plan.by_id:
        return link_to(here, "plan", one.place, part=one.subject)
    if not one.subject:
        return link_to(here, "plan", one.place, part=HEAD)
    gaps = href("gaps", here.at(factor=""))
    return tag("a", text(one.place), href=gaps, target="_self", class_="go")
