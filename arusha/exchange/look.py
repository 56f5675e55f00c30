"""How a workbook looks: the few fonts, fills and borders that every sheet is made of."""

from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

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
