"""Benchmarks: every indicator from its baseline along its targets to what was reached, and what that says."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.plans.model import Indicator
from arusha.plans.pages import all_indicators, one_indicator
from arusha.plans.pages.chosen import chosen
from arusha.store.clock import now

here = gate.open(Permission.PLAN_READ)
here, plan = chosen(here)
wanted = plan.by_id.get(st.query_params.get("indicator", ""))
if isinstance(wanted, Indicator):
    one_indicator.draw(here, plan, wanted, now().date())
else:
    all_indicators.draw(here, plan, now().date())
