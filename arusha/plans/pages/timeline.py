"""The measures on a line of time, with what it shows in words and the data behind it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.plans import figures
from arusha.plans.figures import Drawn
from arusha.plans.measures import Bar, Measure, bars
from arusha.plans.model import Plan
from arusha.plans.wording import STATUS_NAMES
from arusha.ui.parts.table import table
from arusha.ui.theme import DARK, LIGHT

STATIC = {"displayModeBar": False, "staticPlot": False}


def draw(here: Here, plan: Plan, rows: Sequence[Measure], today: date) -> None:
    """Draw the measures that have both dates; say how many have not."""
    t, found = here.t, bars(rows)
    without = len(rows) - len(found)
    if without:
        st.caption(
            t.many(
                "{count} measure has no dates and is not on the line.",
                "{count} measures have no dates and are not on the line.",
                without,
            )
        )
    if not found:
        return
    said = _said(here, found)
    drawn = Drawn(t, DARK if st.context.theme.type == "dark" else LIGHT)
    figure = figures.timeline(found, (plan.header.start, plan.header.end), today, drawn)
    st.plotly_chart(figure, theme=None, config=STATIC, key="timeline", alt=said)
    st.caption(said)
    with st.expander(t("The same as a table"), key="timeline_table"):
        heads = [t("Measure"), t("Begins"), t("Ends"), t("Status"), t("Milestones")]
        table(heads, [_row(here, bar) for bar in found], stacked=True)


def _said(here: Here, found: Sequence[Bar]) -> str:
    """Return what the line shows in words."""
    t = here.t
    said = [
        t(
            "{count} measures from {start} to {end}.",
            count=t.number(len(found)),
            start=t.day(min(bar.start for bar in found)),
            end=t.day(max(bar.end for bar in found)),
        )
    ]
    if late := sum(bar.measure.late for bar in found):
        said.append(t.many("{count} is late.", "{count} are late.", late))
    return " ".join(said)


def _row(here: Here, bar: Bar) -> list[str]:
    t = here.t
    milestones = [f"{one.title} ({t.day(one.due)})" for one in bar.measure.activity.milestones]
    status = t(STATUS_NAMES[bar.measure.status])
    late = t("late") if bar.measure.late else ""
    return [
        bar.label,
        t.day(bar.start),
        t.day(bar.end),
        ", ".join(one for one in (status, late) if one),
        "; ".join(milestones) or "–",
    ]
