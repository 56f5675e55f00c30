"""How a workbook looks: the few fonts, fills and borders that every sheet is made of."""

from copy import copy
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

FAMILY = "Calibri"


@dataclass(frozen=True)
class Look:
    """The colours of a workbook, each as ``#RRGGBB``."""

    ink: str
    quiet: str
    line: str
    heading: str
    on_heading: str
    band: str
    warn: str
    strong: str
    pale: str


@dataclass(frozen=True)
class Style:
    """Everything about how one cell looks; cells of the same style share what a workbook keeps of it.

    ``ink``, ``fill`` and ``line`` are ``#RRGGBB``, '' for no fill and no line below; ``left`` is where
    reading begins, as with ``place``. ``quoted`` marks a text that could be taken for a formula.
    """

    ink: str
    size: int = 11
    bold: bool = False
    italic: bool = False
    fill: str = ""
    line: str = ""
    across: str = "general"
    down: str = "top"
    indent: int = 0
    format: str = "General"
    quoted: bool = False


_KEPT: WeakKeyDictionary[Workbook, dict[tuple[Style, bool], Any]] = WeakKeyDictionary()


def styled(cell: Cell, style: Style) -> None:
    """Give a cell a style; the first cell of a style costs some hundred times more than every further one."""
    cell._style = copy(_array(cell.parent, style))


def style_number(sheet: Worksheet, style: Style) -> int:
    """Return the number under which the workbook of a sheet keeps a style, as the file refers to it."""
    number: int = sheet.parent._cell_styles.add(_array(sheet, style))
    return number


def _array(sheet: Worksheet, style: Style) -> Any:
    """Return what openpyxl keeps of a style: the places of its font, fill, border and so on."""
    known = _KEPT.setdefault(sheet.parent, {})
    key = (style, bool(sheet.sheet_view.rightToLeft))
    if key not in known:
        cell = Cell(sheet)
        write_in(cell, style.ink, size=style.size, bold=style.bold, italic=style.italic)
        place(cell, across=style.across, down=style.down, indent=style.indent)
        cell.number_format = style.format
        if style.fill:
            fill(cell, style.fill)
        if style.line:
            underline(cell, style.line)
        cell.quotePrefix = style.quoted
        known[key] = cell._style
    return known[key]


def hue(colour: str) -> str:
    """Return ``#RRGGBB`` as a workbook writes it."""
    return colour.removeprefix("#").upper()


def write_in(cell: Cell, colour: str, *, size: int = 11, bold: bool = False, italic: bool = False) -> None:
    """Set the font of a cell."""
    cell.font = Font(name=FAMILY, size=size, bold=bold, italic=italic, color=hue(colour))


def fill(cell: Cell, colour: str) -> None:
    """Give a cell a background."""
    cell.fill = PatternFill("solid", start_color=hue(colour), end_color=hue(colour))


def underline(cell: Cell, colour: str, weight: str = "thin") -> None:
    """Draw a line below a cell."""
    cell.border = Border(bottom=Side(border_style=weight, color=hue(colour)))


def place(cell: Cell, *, across: str = "general", down: str = "top", indent: int = 0) -> None:
    """Align a cell, ``indent`` characters from its edge; long text goes on in the next line.

    ``left`` is where reading begins: the right on a sheet that is laid out from right to left.
    """
    if across == "left" and cell.parent.sheet_view.rightToLeft:
        across = "right"
    cell.alignment = Alignment(horizontal=across, vertical=down, wrap_text=True, indent=indent)
