"""Indicators and plans as charts: one path in full, and what the plan would make of the profile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from arusha.assessments.figures import Reading, layout
from arusha.i18n import Translator
from arusha.plans.frames import Path, Place
from arusha.plans.measures import Bar
from arusha.plans.model import Indicator
from arusha.plans.progress.projecting import Projection
from arusha.plans.wording import STATUS_NAMES
from arusha.ui.theme import Palette

Part = dict[str, Any]
"""A trace as plotly's own plain form: a whole figure is checked once, not part by part."""

HIGH = 340  # pixels


@dataclass(frozen=True)
class Drawn:
    """What a chart needs beside its data: the words and the colours."""

    t: Translator
    palette: Palette


def indicator(path: Path, one: Indicator, drawn: Drawn) -> go.Figure:
    """Return the path of an indicator: targets dashed, actuals in full, the forecast with its range.

    What an indicator before it measured stands apart in a quiet colour, with a break where it ended.
    """
    t, palette = drawn.t, drawn.palette
    traces = [*_forecast(path, drawn)]
    for before, places in path.earlier:
        traces.append(_line(places, _plain(before.title), {"color": palette.quiet, "width": 1.5}, drawn))
    dashed = {"color": palette.quiet, "width": 1.8, "dash": "dash"}
    hollow = {"size": 7, "color": palette.paper, "line": {"color": palette.quiet, "width": 1.5}}
    traces.append(_line(path.targets, t("targets"), dashed, drawn) | {"marker": hollow})
    traces.append(_line(path.actuals, t("actual"), {"color": palette.strong, "width": 2.5}, drawn))
    layout = _layout(path, one, drawn)
    breaks = [(before.ended, before.title) for before, _ in path.earlier if before.ended]
    layout["shapes"] = [_break(day.isoformat(), palette) for day, _ in breaks]
    layout["annotations"] = [*_names(path, drawn), *(_broken(day.isoformat(), drawn) for day, _ in breaks)]
    return go.Figure(data=traces, layout=layout)


def _line(places: Sequence[Place], name: str, line: Part, drawn: Drawn) -> Part:
    said = [f"{drawn.t.day(day)}: {drawn.t.number(value)}" for day, value in places]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [day.isoformat() for day, _ in places],
        "y": [value for _, value in places],
        "name": name,
        "line": line,
        "marker": {"size": 8, "color": line["color"]},
        "text": said,
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
        "cliponaxis": False,
    }


def _forecast(path: Path, drawn: Drawn) -> Iterator[Part]:
    """Yield the range that the forecast opens into from the last actual, and its middle."""
    ahead, palette, t = path.forecast, drawn.palette, drawn.t
    if ahead is None or not path.actuals:
        return
    day, value = path.actuals[-1]
    xs = [day.isoformat(), ahead.on.isoformat()]
    yield {
        "type": "scatter",
        "mode": "lines",
        "x": [*xs, *xs[::-1]],
        "y": [value, ahead.high, ahead.low, value],
        "fill": "toself",
        "fillcolor": palette.whisker,
        "line": {"width": 0},
        "opacity": 0.6,
        "name": t("range of the forecast"),
        "hoverinfo": "skip",
    }
    dotted = {"color": palette.strong, "width": 1.5, "dash": "dot"}
    yield _line([(day, value), (ahead.on, ahead.value)], t("forecast"), dotted, drawn) | {"mode": "lines"}


def _names(path: Path, drawn: Drawn) -> Iterator[Part]:
    """Yield the name of each line at its end: no legend has to be looked up."""
    t, palette = drawn.t, drawn.palette
    ends = [
        (path.targets[-1:], t("targets"), palette.quiet),
        (path.actuals[-1:], t("actual"), palette.strong),
    ]
    ahead = path.forecast
    if ahead and path.actuals and (ahead.on - path.actuals[-1][0]) > (path.end - path.start) / 10:
        ends.append((((ahead.on, ahead.value),), t("forecast"), palette.strong))
    for last, name, colour in ends:
        for day, value in last:
            is_right = day >= path.end
            yield {
                "x": day.isoformat(),
                "y": value,
                "text": name,
                "showarrow": False,
                "xanchor": "left",
                "xshift": 8,
                "yshift": 0 if is_right else -14,
                "font": {"color": colour, "size": 12},
            }


def _break(day: str, palette: Palette) -> Part:
    line = {"color": palette.warn, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _broken(day: str, drawn: Drawn) -> Part:
    said = drawn.t("replaced: not the same measure any more")
    font = {"color": drawn.palette.warn, "size": 12}
    return {"x": day, "y": 1, "yref": "paper", "text": said, "showarrow": False, "xanchor": "left",
            "yanchor": "bottom", "font": font}  # fmt: skip


def _layout(path: Path, one: Indicator, drawn: Drawn) -> Part:
    palette = drawn.palette
    return {
        **layout(palette, HIGH),
        "margin": {"l": 8, "r": 84, "t": 28, "b": 30},
        "xaxis": {
            "range": [path.start.isoformat(), max([path.end, *(day for day, _ in path.actuals)]).isoformat()],
            "tickformat": "%Y",
            "dtick": "M12",
            "gridcolor": palette.line,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"color": palette.quiet},
        },
        "yaxis": {
            "title": {"text": _plain(one.unit), "font": {"color": palette.quiet, "size": 12}},
            "gridcolor": palette.line,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
            "tickfont": {"color": palette.quiet},
        },
    }


ROW = 40  # pixels that a measure takes on the line of time
LONGEST_LABEL = 70  # signs


def timeline(rows: Sequence[Bar], span: tuple[date, date], today: date, drawn: Drawn) -> go.Figure:
    """Return measures as bars on a line of time, each under its name, with milestones and today's day.

    The word of its status stands beside each bar; what is paused or dropped is hatched besides.
    """
    traces: list[Part] = [_bar(number, row, drawn) for number, row in enumerate(rows)]
    traces.append(_diamonds(rows, drawn))
    figure = layout(drawn.palette, ROW * len(rows) + 70)
    quiet = {"color": drawn.palette.quiet}
    figure |= {
        "margin": {"l": 4, "r": 4, "t": 28, "b": 8},
        "barmode": "overlay",
        "bargap": 0.55,
        "xaxis": {
            "type": "date",
            "range": [day.isoformat() for day in span],
            "tickformat": "%Y",
            "dtick": "M12",
            "ticklabelmode": "period",
            "side": "top",
            "gridcolor": drawn.palette.line,
            "fixedrange": True,
            "tickfont": quiet,
        },
        "yaxis": {"visible": False, "range": [len(rows) - 0.3, -0.9], "fixedrange": True},
        "shapes": [_now(today, drawn)] if span[0] <= today <= span[1] else [],
        "annotations": [_name(number, row, drawn) for number, row in enumerate(rows)],
    }
    return go.Figure(data=traces, layout=figure)


def _bar(number: int, row: Bar, drawn: Drawn) -> Part:
    palette, t, status = drawn.palette, drawn.t, row.measure.status
    fill = palette.strong if status == "done" else palette.whisker
    hatched = {"shape": "/", "size": 6, "fgcolor": palette.quiet, "bgcolor": palette.paper}
    late = t("late") if row.measure.late else ""
    said = ", ".join(one for one in (t(STATUS_NAMES[status]), late) if one)
    days = f"{t.day(row.start)} – {t.day(row.end)}"
    return {
        "type": "bar",
        "orientation": "h",
        "y": [number],
        "base": [row.start.isoformat()],
        "x": [((row.end - row.start).days + 1) * 86_400_000],
        "width": 0.42,
        "marker": {
            "color": fill,
            "line": {"color": palette.warn if row.measure.late else palette.strong, "width": 1},
            "pattern": hatched if status in ("paused", "dropped") else {"shape": ""},
        },
        "text": [f"\u2002{said}"],
        "textposition": "outside",
        "textfont": {"color": palette.warn if late else palette.quiet, "size": 12},
        "hovertext": [f"{_plain(row.label)}<br>{days}<br>{said}"],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _diamonds(rows: Sequence[Bar], drawn: Drawn) -> Part:
    """Return the milestones: filled when reached, hollow while they wait."""
    palette, t = drawn.palette, drawn.t
    found = [(number, one) for number, row in enumerate(rows) for one in row.measure.activity.milestones]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [(one.reached or one.due).isoformat() for _, one in found],
        "y": [number for number, _ in found],
        "marker": {
            "symbol": "diamond",
            "size": 10,
            "color": [palette.ink if one.reached else palette.paper for _, one in found],
            "line": {"color": palette.ink, "width": 1.5},
        },
        "hovertext": [f"{_plain(one.title)}<br>{t.day(one.reached or one.due)}" for _, one in found],
        "hoverinfo": "text",
    }


def _name(number: int, row: Bar, drawn: Drawn) -> Part:
    text = row.label if len(row.label) <= LONGEST_LABEL else row.label[: LONGEST_LABEL - 1] + "…"
    return {
        "xref": "paper",
        "x": 0,
        "y": number - 0.42,
        "text": _plain(text),
        "showarrow": False,
        "xanchor": "left",
        "font": {"color": drawn.palette.ink, "size": 13},
    }


def _now(today: date, drawn: Drawn) -> Part:
    line = {"color": drawn.palette.warn, "width": 1.5}
    return {"type": "line", "x0": today.isoformat(), "x1": today.isoformat(), "y0": 0, "y1": 1,
            "yref": "paper", "line": line}  # fmt: skip


def _plain(text: str) -> str:
    """Return a text that plotly shows as it is: its own few tags are no more than signs."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def trend(ahead: Sequence[Projection], reading: Reading) -> go.Figure:
    """Return how the profile would move over the plan's years: all factors in full, those that move beside.

    The upright axis is the scale's steps at their values.
    """
    palette = reading.palette
    first, last = ahead[0].profile, ahead[-1].profile
    quiet, strong = {"color": palette.quiet, "width": 1.5}, {"color": palette.strong, "width": 3}
    moved = [
        number
        for number, factor in enumerate(first.factors)
        if factor.value is not None and last.factors[number].value != factor.value
    ]
    lines = [
        (reading.name(first.factors[n], short=True), [one.profile.factors[n].value for one in ahead], quiet)
        for n in moved
    ]
    lines.append((reading.t("all factors"), [one.profile.overall.value for one in ahead], strong))
    days = [one.on.isoformat() for one in ahead]
    said = layout(palette, HIGH + 60)
    said["margin"] = {"l": 8, "r": 190, "t": 12, "b": 30}
    said["annotations"] = _beside(lines, days[-1])
    said["xaxis"] = {"gridcolor": palette.line, "tickvals": days, "tickformat": "%b %Y", "fixedrange": True}
    said["yaxis"] = {
        "range": [-0.03, 1.03],
        "tickvals": [step.value for step in reading.scale.steps],
        "ticktext": list(reading.step_names),
        "gridcolor": palette.line,
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
    }
    return go.Figure(data=[_over(days, *line, reading) for line in lines], layout=said)


Line = tuple[str, Sequence[float | None], Part]


def _over(
    days: Sequence[str], name: str, values: Sequence[float | None], line: Part, reading: Reading
) -> Part:
    said = [f"{name}: {reading.figure(value)}" for value in values]
    kind = {"type": "scatter", "mode": "lines+markers", "hoverinfo": "text", "cliponaxis": False}
    return {**kind, "x": list(days), "y": list(values), "name": name, "line": line, "text": said}


def _beside(lines: Sequence[Line], day: str) -> list[Part]:
    """Return the names at the right ends, pushed apart where they would lie on one another."""
    ends = sorted(((values[-1] or 0.0, name, line) for name, values, line in lines), key=lambda end: end[0])
    shown: list[Part] = []
    place = -1.0
    for value, name, line in ends:
        place = max(value, place + 0.052)
        kind = {"x": day, "y": place, "showarrow": False, "xanchor": "left", "xshift": 10}
        shown.append({**kind, "text": name, "font": {"color": line["color"], "size": 12}})
    return shown
