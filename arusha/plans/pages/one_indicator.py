"""One indicator in full: what it measures, its path as chart, table and words, and every entry made."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.pages.names import names_of
from arusha.access.rules import Permission, Subject
from arusha.plans import figures, frames
from arusha.plans.model import Figure, Indicator, Plan
from arusha.plans.pages import entering, indicator_rows, overriding, replacing
from arusha.plans.periods import period
from arusha.plans.progress.benchmarks import Benchmark, benchmarks
from arusha.plans.progress.telling import written
from arusha.plans.wording import DIRECTION_NAMES, FIGURE_NAMES, VERDICT_NAMES, titled
from arusha.ui import theme
from arusha.ui.parts.markup import href, md, show, tag, text
from arusha.ui.parts.table import table

STATIC = {"displayModeBar": False, "responsive": True}


def draw(here: Here, plan: Plan, one: Indicator, today: date) -> None:
    """Show the page of an indicator."""
    t = here.t
    back = tag("a", text(t("All indicators")), href=_to(here), target="_self", class_="go")
    show(tag("p", back))
    st.title(md(titled(t, one)))
    _facts(here, plan, one)
    row = frames.row_of(plan, one, today)
    show(tag("div", indicator_rows.reading(here, row.reading), class_="indicators verdict"))
    _chart(here, one, row)
    _forecast(here, row)
    _table(here, plan, one, today)
    if plan.state != "closed" and here.may(Permission.PLAN_UPDATE, Subject(plan.administration)):
        entering.draw(here, plan, one, today)
    _entries(here, plan, one)
    overriding.draw(here, plan, one.id, row.reading, today)
    if plan.state == "draft" and here.may(Permission.PLAN_WRITE, Subject(plan.administration)):
        replacing.draw(here, plan, one, today)


def _to(here: Here) -> str:
    return href("benchmarks", here.at(factor=""))


def _facts(here: Here, plan: Plan, one: Indicator) -> None:
    """Say what is measured, how it is read, and where the evidence is."""
    t = here.t
    above, beside = plan.by_id.get(one.within), plan.by_id.get(one.read_with)
    facts = [
        (t("Measures"), titled(t, above) if above else ""),
        (t("Unit"), one.unit or t("no unit")),
        (t("Direction"), t(DIRECTION_NAMES[one.direction])),
        (
            t("Figures"),
            t("add up from period to period") if one.cumulative else t("are the level at each end"),
        ),
        (t("Source"), one.source),
        (t("Means of verification"), one.verification),
        (t("Broken down by"), one.disaggregation),
        (t("Responsible"), frames.owner_of(plan, one)),
        (t("Read together with"), titled(t, beside) if beside else ""),
        (t("Ended"), t("{day}: {why}", day=t.day(one.ended), why=one.ended_because) if one.ended else ""),
    ]
    shown = "".join(tag("dt", text(name)) + tag("dd", text(said)) for name, said in facts if said)
    show(tag("dl", shown, class_="fact-list"))


def _chart(here: Here, one: Indicator, row: frames.Row) -> None:
    t, path = here.t, row.path
    if not path.actuals and not path.targets:
        st.info(t("There is no target and no actual yet."), icon=":material/show_chart:")
        return
    palette = theme.DARK if st.context.theme.type == "dark" else theme.LIGHT
    drawn = figures.indicator(path, one, figures.Drawn(t, palette))
    alt = indicator_rows.in_words(here, path)
    st.plotly_chart(drawn, theme=None, config=STATIC, key="indicator_path", alt=alt)


def _forecast(here: Here, row: frames.Row) -> None:
    """Say what the actuals lead to, or that they are too few to say."""
    t, ahead = here.t, row.path.forecast
    if ahead is None:
        said = t("No forecast: it needs at least four actuals over a year or more, with time still to come.")
    else:
        said = t(
            "Forecast for {day}: {value}, between {low} and {high} (from {points} actuals).",
            day=t.day(ahead.on),
            value=written(t, "low", ahead.value),
            low=written(t, "low", ahead.low),
            high=written(t, "high", ahead.high),
            points=ahead.points,
        )
    show(tag("p", text(said), class_="quiet"))


def _table(here: Here, plan: Plan, one: Indicator, today: date) -> None:
    """Show the data behind the chart: a line a period."""
    t = here.t
    heads = [t("Period"), t("Target"), t("Due on"), t("Actual"), t("Verdict")]
    if one.cumulative:
        heads = [
            t("Period"),
            t("Target"),
            t("Due on"),
            t("Actual"),
            t("Target in all"),
            t("In all"),
            t("Verdict"),
        ]
    rows = [_line(here, one, each) for each in benchmarks(plan, one, today)]
    baseline = plan.figure(one.id, "baseline")
    if baseline:
        said = t("Baseline {value}, {day}, {source}.", value=t.number(baseline.value), day=t.day(baseline.on),
                 source=baseline.source)  # fmt: skip
        show(tag("p", text(said)))
    if rows:
        table(heads, rows)


def _line(here: Here, one: Indicator, each: Benchmark) -> list[str]:
    t = here.t
    target, actual = each.target, each.actual
    totals = [t.number(each.planned), t.number(each.reached)] if one.cumulative else []
    return [
        each.period.label,
        t.number(target.value if target else None),
        t.day(target.on) if target else "–",
        t.number(actual.value if actual else None),
        *totals,
        t(VERDICT_NAMES[each.verdict]),
    ]


def _entries(here: Here, plan: Plan, one: Indicator) -> None:
    """Show every entry, newest first: who, when, why; what no longer counts stays readable."""
    t = here.t
    made = [figure for figure in plan.figures if figure.subject == one.id and figure.kind != "spent"]
    st.subheader(t("All entries"))
    if not made:
        st.caption(t("Nothing was entered yet."))
        return
    names = names_of(here)
    heads = [t("Entered"), t("By"), t("What"), t("Value"), t("Day"), t("Source"), t("Note"), t("Reason"), ""]
    table(heads, [_entry(here, plan, figure, names) for figure in reversed(made)], stacked=True)


def _entry(here: Here, plan: Plan, figure: Figure, names: Mapping[str, str]) -> list[str]:
    t = here.t
    label = period(figure.period, plan.header.fiscal_start).label if figure.period else ""
    newest = plan.current.get(figure.place)
    counts = newest is not None and newest.number == figure.number
    return [
        t.moment(figure.entered_at) if figure.entered_at else "",
        names.get(figure.entered_by, figure.entered_by),
        f"{t(FIGURE_NAMES[figure.kind])} {label}".strip(),
        t("taken back") if figure.value is None else t.number(figure.value),
        t.day(figure.on),
        figure.source,
        " · ".join(said for said in (figure.note, figure.evidence) if said),
        figure.reason,
        t("counts") if counts else t("replaced"),
    ]
