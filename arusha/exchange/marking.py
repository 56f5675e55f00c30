"""Colours that follow the words in a cell: conditional formats, so that a word and its colour never part.

A colour only repeats what the word says, for those who see it; it changes with the word when somebody edits
the workbook.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.look import hue


@dataclass(frozen=True)
class Mark:
    """How a cell looks that says a certain word: ``#RRGGBB`` for the letters and behind them, '' for none."""

    ink: str
    fill: str = ""
    bold: bool = True


def mark_words(sheet: Worksheet, cells: str, marks: Mapping[str, Mark]) -> None:
    """Mark the cells of a range (as in ``C5:C90``) that say exactly one of these words."""
    for word, mark in marks.items():
        rule = Rule(type="cellIs", operator="equal", formula=[_quoted(word)], dxf=_look(mark))
        sheet.conditional_formatting.add(cells, rule)


def mark_beginnings(sheet: Worksheet, cells: str, marks: Mapping[str, Mark]) -> None:
    """Mark the cells of a range that begin with one of these signs."""
    first = cells.partition(":")[0]
    for sign, mark in marks.items():
        formula = f"LEFT({first},{len(sign)})={_quoted(sign)}"
        rule = Rule(type="beginsWith", operator="beginsWith", text=sign, formula=[formula], dxf=_look(mark))
        sheet.conditional_formatting.add(cells, rule)


def _quoted(word: str) -> str:
    """Return a word as a formula writes it."""
    return '"' + word.replace('"', '""') + '"'


def _look(mark: Mark) -> DifferentialStyle:
    fill = PatternFill("solid", bgColor=hue(mark.fill), fgColor=hue(mark.fill)) if mark.fill else None
    return DifferentialStyle(font=Font(color=hue(mark.ink), bold=mark.bold), fill=fill)
