"""Native charts of a workbook: bars, stacked bars and a radar, drawn from the cells of a sheet.

Every colour is ``#RRGGBB``; a chart's size is in centimetres. Nothing is computed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart, RadarChart, Reference, Series
from openpyxl.chart.axis import ChartLines, NumericAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.fill import ColorChoice, PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import storable
from arusha.exchange.lettering import labels, stroke, title, written
from arusha.exchange.look import Look, hue


@dataclass(frozen=True)
class Range:
    """The cells of one column of a table, ``first`` to ``last`` row, on a sheet."""

    sheet: Worksheet
    column: int
    first: int
    last: int

    @property
    def length(self) -> int:
        """Return how many cells they are."""
        return self.last - self.first + 1

    @property
    def cells(self) -> Reference:
        """Return the cells as a chart refers to them."""
        return Reference(self.sheet, min_col=self.column, min_row=self.first, max_row=self.last)


@dataclass(frozen=True)
class Line:
    """One series: its name in words, its cells, its colour, and how it is told apart without colour.

    ``label_ink`` writes each value beside or in its bar; ``hatched`` and ``dashed`` draw it so.
    ``fall`` and ``rise`` say in cells how far each value could still go down and up, drawn as a whisker.
    """

    name: str
    cells: Range
    colour: str
    outline: str = ""
    label_ink: str = ""
    hatched: bool = False
    dashed: bool = False
    fall: Range | None = None
    rise: Range | None = None


@dataclass(frozen=True)
class Picture:
    """What every chart is told: title, words below the value axis, size, look.

    ``unit`` is the distance of two marks on the value axis, ``numbers`` how they are written and ``labels``
    how the values in the chart are, both as number formats.
    """

    title: str
    axis: str
    width: float
    height: float
    look: Look
    unit: float = 1
    numbers: str = "0"
    labels: str = "0.0"


def bars(picture: Picture, names: Range, lines: Sequence[Line], top: float) -> BarChart:
    """Return horizontal bars from 0 to ``top``, in the order of the rows."""
    chart = _lying(picture, names, lines)
    chart.gapWidth, chart.overlap = 45, 0
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit = 0, top, picture.unit
    chart.y_axis.number_format = picture.numbers
    for series, line in zip(chart.series, lines, strict=True):
        if line.fall and line.rise:
            series.errBars = _whiskers(line.fall, line.rise, picture.look.warn)
        if line.label_ink:  # a whisker at the end of a bar would run through the number
            ink, place = (line.label_ink, "inBase") if series.errBars else (picture.look.ink, "outEnd")
            series.dLbls = labels(picture.labels, ink, place)
    return chart


def stacked(picture: Picture, names: Range, lines: Sequence[Line]) -> BarChart:
    """Return horizontal bars of 100 %, each part labelled with its count."""
    chart = _lying(picture, names, lines)
    chart.grouping, chart.gapWidth, chart.overlap = "percentStacked", 35, 100
    chart.y_axis.number_format = "0%"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    for series, line in zip(chart.series, lines, strict=True):
        series.dLbls = labels("0;;;", line.label_ink or picture.look.ink, "ctr")
    return chart


def radar(picture: Picture, names: Range, lines: Sequence[Line], top: float) -> RadarChart:
    """Return a radar from 0 to ``top``, one spoke a row, with the values named below the title."""
    chart = RadarChart(radarStyle="marker")
    for line in lines:
        chart.series.append(_around(_series(line, names), line))
    _frame(chart, picture)
    axis = chart.y_axis
    axis.scaling.min, axis.scaling.max, axis.majorUnit = 0, top, 1
    axis.number_format = "0"
    _show_axes(chart, picture)
    axis.title = None
    return chart


def _lying(picture: Picture, names: Range, lines: Sequence[Line]) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping = "bar", "clustered"
    for line in lines:
        chart.series.append(_filled(_series(line, names), line))
    _frame(chart, picture)
    _show_axes(chart, picture)
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.y_axis.crosses = "max"  # which puts the values below
    return chart


def _series(line: Line, names: Range) -> Series:
    series = Series(line.cells.cells)
    series.tx = SeriesLabel(v=storable(line.name))
    series.cat = AxDataSource(strRef=StrRef(f=str(names.cells)))
    return series


def _filled(series: Series, line: Line) -> Series:
    if line.hatched:
        pattern = PatternFillProperties(prst="wdUpDiag")
        pattern.fgClr, pattern.bgClr = (ColorChoice(srgbClr=hue(c)) for c in (line.outline, line.colour))
        series.spPr = GraphicalProperties(pattFill=pattern)
    else:
        series.spPr = GraphicalProperties(solidFill=hue(line.colour))
    series.spPr.ln = stroke(line.outline, 0.75) if line.outline else stroke("#FFFFFF", 1)
    series.invertIfNegative = False
    return series


def _around(series: Series, line: Line) -> Series:
    colour = line.outline or line.colour
    drawn = stroke(colour, 1.5 if line.dashed else 2.25)
    drawn.dashStyle = "sysDash" if line.dashed else None
    series.spPr = GraphicalProperties(ln=drawn)
    series.marker = Marker(symbol="circle", size=6 if line.dashed else 7)
    inside = "#FFFFFF" if line.dashed else colour
    series.marker.spPr = GraphicalProperties(solidFill=hue(inside), ln=stroke(colour, 1))
    return series


def _whiskers(fall: Range, rise: Range, colour: str) -> ErrorBars:
    minus, plus = (NumDataSource(numRef=NumRef(f=str(side.cells))) for side in (fall, rise))
    whiskers = ErrorBars(errBarType="both", errValType="cust", noEndCap=False, minus=minus, plus=plus)
    whiskers.spPr = GraphicalProperties(ln=stroke(colour, 1.75))
    return whiskers


def _frame(chart: BarChart | RadarChart, picture: Picture) -> None:
    chart.width, chart.height = picture.width, picture.height
    chart.title = title(picture.title, picture.look.ink, 13, bold=True)
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=stroke(picture.look.line, 0.75))
    if len(chart.series) > 1:
        chart.legend.position, chart.legend.overlay = "b", False
        chart.legend.txPr = written(picture.look.ink, 10)
    else:
        chart.legend = None


def _show_axes(chart: BarChart | RadarChart, picture: Picture) -> None:
    look = picture.look
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # openpyxl leaves the axes out of sight otherwise
        axis.majorTickMark = axis.minorTickMark = "none"
    chart.x_axis.txPr = written(look.ink, 10)
    chart.x_axis.spPr = GraphicalProperties(ln=stroke(look.line, 0.75))
    _quiet(chart.y_axis, look)
    chart.y_axis.title = title(picture.axis, look.quiet, 9) if picture.axis else None


def _quiet(axis: NumericAxis, look: Look) -> None:
    axis.txPr = written(look.quiet, 9)
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=stroke(look.line, 0.75)))
    axis.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
