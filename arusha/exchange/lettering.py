"""What charts are written and drawn with: titles, letters, labels and lines, each colour ``#RRGGBB``."""

from openpyxl.chart.data_source import NumFmt
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.descriptors import Typed
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from arusha.exchange.cells import storable
from arusha.exchange.look import FAMILY, hue

EMU = 12_700  # English Metric Units in a point


class Labels(DataLabelList):  # type: ignore[misc]  # openpyxl has no types
    """Data labels whose number format is their own, and not that of the cells."""

    tagname = "dLbls"
    numFmt = Typed(expected_type=NumFmt, allow_none=True)  # noqa: N815 - the format's word
    __attrs__, __elements__ = DataLabelList.__attrs__, DataLabelList.__elements__
    __nested__ = tuple(name for name in DataLabelList.__nested__ if name != "numFmt")


def labels(number_format: str, colour: str, position: str) -> Labels:
    """Return labels that write each value in its own format at a place of its bar."""
    shape = NumFmt(formatCode=number_format, sourceLinked=False)
    told = Labels(numFmt=shape, txPr=written(colour, 10, bold=True), dLblPos=position)
    told.showVal = True
    told.showLegendKey = told.showCatName = told.showSerName = told.showPercent = False
    told.showBubbleSize = False
    return told


def title(text: str, colour: str, size: int, *, bold: bool = False) -> Title:
    """Return a title; each line of the text is a line of it."""
    written_as = letters(colour, size, bold=bold)
    paragraphs = [
        Paragraph(pPr=ParagraphProperties(defRPr=written_as), r=[RegularTextRun(rPr=written_as, t=line)])
        for line in storable(text).split("\n")
    ]
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=paragraphs)), overlay=False)


def written(colour: str, size: int, *, bold: bool = False) -> RichText:
    """Return how the words of an axis or a legend are written."""
    look = ParagraphProperties(defRPr=letters(colour, size, bold=bold))
    paragraph = Paragraph(pPr=look, endParaRPr=CharacterProperties())
    paragraph.r = []  # openpyxl puts an empty run in, which has no place where nothing is said
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def letters(colour: str, size: int, *, bold: bool) -> CharacterProperties:
    """Return the letters of a size in points."""
    return CharacterProperties(sz=size * 100, b=bold, solidFill=hue(colour), latin=Font(typeface=FAMILY))


def stroke(colour: str, points: float) -> LineProperties:
    """Return a line so many points wide."""
    return LineProperties(solidFill=hue(colour), w=round(points * EMU))
