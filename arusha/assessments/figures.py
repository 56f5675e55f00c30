"""Profiles as charts: the ladder, the radar and "from paper to practice". Pure: profile in, figure out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from arusha.assessments.frames import count_by_step
from arusha.i18n import Translator
from arusha.ui.theme import Palette, ink_on, step_colour
from questionnaires.model import LanguageWords, Scale
from scoring.profile import FactorResult, Profile, shown

ROW = 38  # pixels a factor
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


def ladder(
    profile: Profile, previous: Profile | None, reading: Reading, *, narrow: bool = False
) -> go.Figure:
    """Return ten rows: a dot for the value, a whisker for what open practices could make of it.

    The axis is the scale's steps at their values; a hollow ring is the previous round. ``narrow``
    writes the names above the rows and leaves the columns at the right to the table.
    """
    figure = go.Figure()
    rows = list(profile.factors)
    places = list(range(len(rows), 0, -1))
    _whiskers(figure, rows, places, reading)
    if previous is not None:
        _rings(figure, previous, rows, places, reading)
    _dots(figure, rows, places, reading)
    _names(figure, rows, places, reading, narrow=narrow)
    if not narrow:
        _columns(figure, rows, places, reading)
    _steps_on_top(figure, reading, narrow=narrow)
    height = (ROW + 14 if narrow else ROW) * len(rows) + 70
    left, right = (10, 10) if narrow else (250, 190)
    _lay_out(figure, reading, height, {"l": left, "r": right, "t": 44, "b": 8})
    figure.update_yaxes(visible=False, range=[0.4, len(rows) + (0.85 if narrow else 0.6)], fixedrange=True)
    return figure


def _whiskers(
    figure: go.Figure, rows: Sequence[FactorResult], places: Sequence[int], reading: Reading
) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for factor, y in zip(rows, places, strict=True):
        if factor.low is not None and factor.high is not None and factor.high > factor.low:
            xs += [factor.low, factor.high, None]
            ys += [y, y, None]
    line = {"color": reading.palette.whisker, "width": 7}
    name = reading.t("what open practices could still make of it")
    figure.add_scatter(x=xs, y=ys, mode="lines", line=line, name=name, hoverinfo="skip")


def _rings(
    figure: go.Figure,
    previous: Profile,
    rows: Sequence[FactorResult],
    places: Sequence[int],
    reading: Reading,
) -> None:
    before = {factor.id: factor.value for factor in previous.factors}
    said = [f"{reading.name(f)}<br>{reading.previous_year}: {reading.figure(before.get(f.id))}" for f in rows]
    marker = {
        "size": 12,
        "color": reading.palette.paper,
        "line": {"width": 1.5, "color": reading.palette.quiet},
    }
    xs = [before.get(factor.id) for factor in rows]
    _marks(figure, xs, places, str(reading.previous_year), marker, said)


def _dots(figure: go.Figure, rows: Sequence[FactorResult], places: Sequence[int], reading: Reading) -> None:
    t = reading.t
    said = [
        t(
            "{name}<br>value {value}, between {low} and {high}<br>level {level}, {coverage} answered",
            name=reading.name(f),
            value=reading.figure(f.value),
            low=reading.figure(f.low),
            high=reading.figure(f.high),
            level=t.number(f.level),
            coverage=t.percent(f.coverage),
        )
        for f in rows
    ]
    marker = {"size": 14, "color": reading.palette.strong}
    _marks(figure, [factor.value for factor in rows], places, t("own assessment"), marker, said)


def _marks(
    figure: go.Figure,
    xs: Sequence[float | None],
    ys: Sequence[int],
    name: str,
    marker: dict[str, object],
    said: Sequence[str],
) -> None:
    figure.add_scatter(
        x=list(xs),
        y=list(ys),
        mode="markers",
        name=name,
        marker=marker,
        text=list(said),
        hoverinfo="text",
        cliponaxis=False,
    )


def _names(
    figure: go.Figure, rows: Sequence[FactorResult], places: Sequence[int], reading: Reading, *, narrow: bool
) -> None:
    for factor, y in zip(rows, places, strict=True):
        if narrow:
            said = f"{reading.name(factor)} <b>{reading.figure(factor.value)}</b>"
            _write(figure, said, 13, x=0, y=y + 0.36, xanchor="left")
        else:
            _write(figure, reading.name(factor), 14, x=0, y=y, xanchor="right", xshift=-18)


def _columns(
    figure: go.Figure, rows: Sequence[FactorResult], places: Sequence[int], reading: Reading
) -> None:
    t, palette = reading.t, reading.palette
    columns: tuple[tuple[str, int, Callable[[FactorResult], str]], ...] = (
        (t("value"), 40, lambda f: f"<b>{reading.figure(f.value)}</b>"),
        (t("level"), 92, lambda f: t.number(f.level)),
        (t("answered"), 150, lambda f: t.percent(f.coverage)),
    )
    for head, shift, of in columns:
        top = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 4}
        _write(figure, head, 12, palette.quiet, x=1, xanchor="center", xshift=shift, **top)
        for factor, y in zip(rows, places, strict=True):
            few = shift == 150 and (factor.coverage or 0) < ENOUGH
            colour = palette.warn if few else palette.ink
            _write(figure, of(factor), 14, colour, x=1, y=y, xanchor="center", xshift=shift)


def _write(figure: go.Figure, said: str, size: int, colour: str | None = None, **place: object) -> None:
    font = {"size": size, "color": colour} if colour else {"size": size}
    figure.add_annotation(text=said, showarrow=False, font=font, **{"yanchor": "middle", **place})


def _steps_on_top(figure: go.Figure, reading: Reading, *, narrow: bool) -> None:
    size = 10 if narrow else 12
    figure.update_xaxes(
        range=[-0.03, 1.03],
        tickvals=[step.value for step in reading.scale.steps],
        ticktext=list(reading.step_names),
        side="top",
        fixedrange=True,
        zeroline=False,
        gridcolor=reading.palette.line,
        ticks="",
        tickangle=0,
        tickfont={"size": size, "color": reading.palette.quiet},
        showline=False,
    )


def radar(profile: Profile, previous: Profile | None, reading: Reading) -> go.Figure:
    """Return the ten factors as a radar, the previous round as a dotted line."""
    figure = go.Figure()
    names = [reading.name(factor, short=True) for factor in profile.factors]
    if previous is not None:
        before = {factor.id: factor.value for factor in previous.factors}
        values = [before.get(factor.id) for factor in profile.factors]
        line = {"color": reading.palette.quiet, "dash": "dot", "width": 1.5}
        _around(figure, names, values, str(reading.previous_year), line, None)
    line = {"color": reading.palette.strong, "width": 2.5}
    _around(figure, names, [f.value for f in profile.factors], reading.t("own assessment"), line, "toself")
    _lay_out(figure, reading, 460, {"l": 60, "r": 60, "t": 30, "b": 30})
    grid = {"gridcolor": reading.palette.line, "linecolor": reading.palette.line}
    ticks = {"tickvals": [s.value for s in reading.scale.steps], "ticktext": list(reading.step_names)}
    figure.update_polars(
        bgcolor="rgba(0,0,0,0)",
        radialaxis={
            "range": [0, 1],
            "tickfont": {"size": 10, "color": reading.palette.quiet},
            **ticks,
            **grid,
        },
        angularaxis={"direction": "clockwise", "rotation": 90, "tickfont": {"size": 12}, **grid},
    )
    return figure


def _around(
    figure: go.Figure,
    names: Sequence[str],
    values: Sequence[float | None],
    name: str,
    line: dict[str, object],
    fill: str | None,
) -> None:
    figure.add_scatterpolar(
        r=[*values, *values[:1]],
        theta=[*names, *names[:1]],
        mode="lines+markers",
        name=name,
        line=line,
        fill=fill,
        fillcolor="rgba(63,135,150,.18)",
        hoverinfo="name+theta",
        connectgaps=False,
    )


def paper_to_practice(profile: Profile, reading: Reading) -> go.Figure:
    """Return one bar a factor: the share of its answered practices at each step, in percent."""
    figure = go.Figure()
    labels = [str(number + 1) for number in range(len(profile.factors))]
    counts = [count_by_step(factor) for factor in profile.factors]
    for step, name in enumerate(reading.step_names):
        shares = [_percent(count.get(step, 0), sum(count.values())) for count in counts]
        colour = step_colour(step, reading.steps)
        figure.add_bar(
            x=shares,
            y=labels,
            name=name,
            orientation="h",
            marker={"color": colour, "line": {"width": 1.5, "color": reading.palette.paper}},
            text=[f"{round(share)}" if share >= 8 else "" for share in shares],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink_on(colour), "size": 12},
            hovertext=[
                f"{reading.name(f)}<br>{name}: {round(s)} %"
                for f, s in zip(profile.factors, shares, strict=True)
            ],
            hoverinfo="text",
        )
    _lay_out(figure, reading, 27 * len(labels) + 20, {"l": 26, "r": 6, "t": 4, "b": 4})
    figure.update_layout(barmode="stack", bargap=0.28)
    figure.update_xaxes(visible=False, range=[0, 100], fixedrange=True)
    figure.update_yaxes(
        autorange="reversed", type="category", fixedrange=True, tickfont={"color": reading.palette.quiet}
    )
    return figure


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _lay_out(figure: go.Figure, reading: Reading, height: int, margin: dict[str, int]) -> None:
    palette = reading.palette
    figure.update_layout(
        height=height,
        margin={**margin, "autoexpand": False},
        showlegend=False,
        hovermode="closest",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        font={"family": "Source Sans, sans-serif", "color": palette.ink, "size": 13},
        hoverlabel={"bgcolor": palette.paper, "font": {"color": palette.ink}, "align": "left"},
    )
