"""Profiles as charts: the ladder and the radar. Pure: profile in, figure out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go

from arusha.i18n import Translator
from arusha.ui.theme import Palette
from questionnaires.model import LanguageWords, Scale
from scoring.profile import FactorResult, Profile, shown

Part = dict[str, Any]
"""A trace or an annotation as plotly's own plain form: a whole figure is checked once, not part by part."""

CLEAR = "rgba(0,0,0,0)"
ROW = 38  # pixels a factor
LETTER, NARROWEST, WIDEST = 7, 250, 340  # pixels: a letter of a name on average; the room for all names
ENOUGH = 0.8  # coverage below which a factor is marked as too little answered


@dataclass(frozen=True)
class Reading:
    """What a chart of a profile needs beside the profile: the words, the common scale, the colours."""

    t: Translator
    words: LanguageWords
    scale: Scale
    step_names: Sequence[str]
    palette: Palette
    previous_year: int | None = None

    @property
    def steps(self) -> int:
        """Return how many steps the axis has."""
        return len(self.scale.steps)

    def name(self, factor: FactorResult, *, short: bool = False) -> str:
        """Return a factor's name, or its short one where room is scarce."""
        words = self.words.factors[factor.id]
        return words.short or words.name if short else words.name

    def figure(self, value: float | None) -> str:
        """Return a value as it is displayed on the axis of steps."""
        return self.t.decimal(shown(value, self.steps))


@dataclass(frozen=True)
class Ahead:
    """What the profile is planned to be, with the name of its column; hollow marks right of the dots."""

    name: str
    profile: Profile


def ladder(
    profile: Profile, previous: Profile | None, reading: Reading, ahead: Sequence[Ahead] = ()
) -> go.Figure:
    """Return ten rows: a dot for the value, a whisker for what open practices could make of it.

    The axis is the scale's steps at their values; a hollow ring is the previous round. With profiles
    ``ahead`` (one, or one on the way and the target) a line leads to them, and their values stand beside.
    """
    rows = [*zip(profile.factors, range(len(profile.factors), 0, -1), strict=True)]
    traces = [_ways(ahead[-1].profile, rows, reading) if ahead else _whiskers(rows, reading)]
    for number, one in enumerate(ahead):
        traces.append(_planned(one, rows, reading, is_last=number == len(ahead) - 1))
    if previous is not None:
        traces.append(_rings(previous, rows, reading))
    traces.append(_dots(rows, reading))
    traces.append(_columns(rows, reading, ahead))
    drawn = layout(reading.palette, ROW * len(rows) + 84)
    longest = max(len(reading.name(factor)) for factor in profile.factors)
    beside = min(WIDEST, max(NARROWEST, LETTER * longest + 8))
    drawn["margin"] = {"l": beside, "r": 4, "t": 30, "b": 8, "autoexpand": False}
    drawn["xaxis"] = _steps_on_top(reading)
    drawn["yaxis"] = _names_beside(rows, reading)
    return go.Figure(data=traces, layout=drawn)


Rows = Sequence[tuple[FactorResult, int]]
"""Each factor with its place on the upright axis, the first factor on top."""


def _whiskers(rows: Rows, reading: Reading) -> Part:
    ends = [
        (f.low, f.high, y) for f, y in rows if f.low is not None and f.high is not None and f.high > f.low
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for low, high, _ in ends for x in (low, high, None)],
        "y": [place for _, _, y in ends for place in (y, y, None)],
        "line": {"color": reading.palette.whisker, "width": 7},
        "name": reading.t("what open practices could still make of it"),
        "hoverinfo": "skip",
    }


def _ways(target: Profile, rows: Rows, reading: Reading) -> Part:
    """Return a thin line from each value to what it is planned to be."""
    then = {factor.id: factor.value for factor in target.factors}
    ends = [(f.value, then.get(f.id), y) for f, y in rows if f.value is not None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for now, later, _ in ends for x in (now, later, None)],
        "y": [place for _, _, y in ends for place in (y, y, None)],
        "line": {"color": reading.palette.whisker, "width": 5},
        "name": reading.t("planned way"),
        "hoverinfo": "skip",
    }


def _planned(one: Ahead, rows: Rows, reading: Reading, *, is_last: bool) -> Part:
    then = {factor.id: factor.value for factor in one.profile.factors}
    xs = [then.get(f.id) if then.get(f.id) != f.value else None for f, _ in rows]
    line = {"width": 2, "color": reading.palette.strong}
    shape = {"size": 12, "symbol": "diamond"} if is_last else {"size": 9, "symbol": "line-ns"}
    said = [f"{reading.name(f)}<br>{one.name}: {reading.figure(then.get(f.id))}" for f, _ in rows]
    return _marks(xs, rows, one.name, {**shape, "color": reading.palette.paper, "line": line}, said)


def _rings(previous: Profile, rows: Rows, reading: Reading) -> Part:
    before = {factor.id: factor.value for factor in previous.factors}
    year, line = str(reading.previous_year), {"width": 1.5, "color": reading.palette.quiet}
    said = [f"{reading.name(f)}<br>{year}: {reading.figure(before.get(f.id))}" for f, _ in rows]
    marker = {"size": 12, "color": reading.palette.paper, "line": line}
    return _marks([before.get(f.id) for f, _ in rows], rows, year, marker, said)


def _dots(rows: Rows, reading: Reading) -> Part:
    said = [_hover(factor, reading) for factor, _ in rows]
    marker = {"size": 14, "color": reading.palette.strong}
    return _marks([f.value for f, _ in rows], rows, reading.t("own assessment"), marker, said)


def _hover(factor: FactorResult, reading: Reading) -> str:
    t = reading.t
    return t(
        "{name}<br>value {value}, between {low} and {high}<br>level {level}, {coverage} answered",
        name=reading.name(factor),
        value=reading.figure(factor.value),
        low=reading.figure(factor.low),
        high=reading.figure(factor.high),
        level=t.number(factor.level),
        coverage=t.percent(factor.coverage),
    )


def _marks(xs: Sequence[float | None], rows: Rows, name: str, marker: Part, said: Sequence[str]) -> Part:
    ys = [y for _, y in rows]
    kind = {"type": "scatter", "mode": "markers", "hoverinfo": "text", "cliponaxis": False}
    return {**kind, "x": list(xs), "y": ys, "name": name, "marker": marker, "text": list(said)}


Column = tuple[str, float, Callable[[FactorResult], str]]


def _columns(rows: Rows, reading: Reading, ahead: Sequence[Ahead] = ()) -> Part:
    """Return value, level and coverage at the right, as one trace of words: many annotations draw slowly."""
    t, palette = reading.t, reading.palette
    answered = (t("answered"), 1.38, lambda f: t.percent(f.coverage))
    columns: tuple[Column, ...] = (
        (t("value"), 1.12, lambda f: f"<b>{reading.figure(f.value)}</b>"),
        (t("level"), 1.24, lambda f: t.number(f.level)),
        answered,
    )
    if ahead:
        columns = ((t("now"), 1.12, columns[0][2]), *_columns_ahead(ahead, reading))
    words = [(x, len(rows) + 0.9, head, palette.quiet, 12) for head, x, _ in columns]
    for factor, y in rows:
        for _, x, of in columns:
            few = of is answered[2] and (factor.coverage or 0) < ENOUGH
            words.append((x, y, of(factor), palette.warn if few else palette.ink, 14))
    xs, ys, said, colours, sizes = zip(*words, strict=True)
    font = {"color": list(colours), "size": list(sizes)}
    kind = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False}
    return {**kind, "x": list(xs), "y": list(ys), "text": list(said), "textfont": font}


def _columns_ahead(ahead: Sequence[Ahead], reading: Reading) -> list[Column]:
    places = (1.24, 1.38) if len(ahead) > 1 else (1.3,)
    return [
        (one.name, place, partial(_planned_figure, one.profile, reading))
        for one, place in zip(ahead, places, strict=True)
    ]


def _planned_figure(then: Profile, reading: Reading, factor: FactorResult) -> str:
    return reading.figure(next((one.value for one in then.factors if one.id == factor.id), None))


def _names_beside(rows: Rows, reading: Reading) -> Part:
    return {
        "range": [0.4, len(rows) + 1.2],
        "tickvals": [y for _, y in rows],
        "ticktext": [f"{reading.name(factor)}  " for factor, _ in rows],
        "tickfont": {"size": 14, "color": reading.palette.ink},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _steps_on_top(reading: Reading) -> Part:
    return {
        "range": [-0.03, 1.46],
        "tickvals": [step.value for step in reading.scale.steps],
        "ticktext": list(reading.step_names),
        "tickfont": {"size": 12, "color": reading.palette.quiet},
        "gridcolor": reading.palette.line,
        "side": "top",
        "ticks": "",
        "tickangle": 0,
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
    }


def radar(profile: Profile, previous: Profile | None, reading: Reading) -> go.Figure:
    """Return the ten factors as a radar, the previous round as a dotted line."""
    names = [reading.name(factor, short=True) for factor in profile.factors]
    traces = []
    if previous is not None:
        before = {factor.id: factor.value for factor in previous.factors}
        values = [before.get(factor.id) for factor in profile.factors]
        line = {"color": reading.palette.quiet, "dash": "dot", "width": 1.5}
        traces.append(_around(names, values, str(reading.previous_year), line))
    line = {"color": reading.palette.strong, "width": 2.5}
    filled = {"fill": "toself", "fillcolor": "rgba(56,127,142,.18)"}
    values = [factor.value for factor in profile.factors]
    traces.append(_around(names, values, reading.t("own assessment"), line) | filled)
    drawn = layout(reading.palette, 460)
    drawn["margin"] = {"l": 70, "r": 70, "t": 30, "b": 30}
    drawn["polar"] = _round_axes(reading)
    return go.Figure(data=traces, layout=drawn)


def _around(names: Sequence[str], values: Sequence[float | None], name: str, line: Part) -> Part:
    closed = {"r": [*values, *values[:1]], "theta": [*names, *names[:1]]}
    kind = {"type": "scatterpolar", "mode": "lines+markers", "hoverinfo": "name+theta", "connectgaps": False}
    return {**kind, **closed, "name": name, "line": line}


def _round_axes(reading: Reading) -> Part:
    grid = {"gridcolor": reading.palette.line, "linecolor": reading.palette.line}
    ticks = {"tickvals": [s.value for s in reading.scale.steps], "ticktext": list(reading.step_names)}
    small = {"size": 10, "color": reading.palette.quiet}
    return {
        "bgcolor": CLEAR,
        "radialaxis": {"range": [0, 1], "tickfont": small, **ticks, **grid},
        "angularaxis": {"direction": "clockwise", "rotation": 90, "tickfont": {"size": 12}, **grid},
    }


def layout(palette: Palette, height: int) -> Part:
    """Return what every chart of the house has in common; ``height`` is in pixels."""
    return {
        "height": height,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": "Source Sans, sans-serif", "color": palette.ink, "size": 13},
        "hoverlabel": {"bgcolor": palette.paper, "font": {"color": palette.ink}, "align": "left"},
        "template": None,
    }
