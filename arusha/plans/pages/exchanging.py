"""What leaves the plan as a file, and what comes back."""

from datetime import date

import streamlit as st

from arusha.access import files
from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.plans.model import Plan
from arusha.plans.pages import uploading
from arusha.plans.pages.statuses import may_enter
from arusha.ui.parts.markup import show, tag, text


def draw(here: Here, plan: Plan, today: date) -> None:
    """Offer the files of the plan, each written only when it is asked for, and take tables back."""
    t, takes = here.t, may_enter(here, plan)
    gives = here.may(Permission.PLAN_EXPORT, Subject(plan.administration))
    if not (gives or takes):
        return
    st.subheader(t("Excel"))
    if gives:
        names = {
            "plan": t("The whole plan"),
            "work-plan": t("Work plan table"),
            "tracking": t("Indicator tracking table"),
        }
        links = "".join(_link(here, plan, maker, name) for maker, name in names.items())
        show(tag("p", links, class_="downloads"))
    if takes:
        uploading.draw(here, plan, today)


def _link(here: Here, plan: Plan, maker: str, name: str) -> str:
    address = files.address(maker, plan.id, here.t, here.space)
    return tag("a", text(name), href=address, target="_self", class_="download")
