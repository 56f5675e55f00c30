"""Tables of thousands of rows: each row is kept as the XML it becomes, and put into the file at the end.

A cell object for each of tens of thousands of cells takes longer than everything that is said in them. What
is written here is Office Open XML (ECMA-376 part 1, 18.3.1): rows of inline strings and numbers, whose styles
are those of the workbook. ``finishing.finished`` saves a workbook with its long tables.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import Value, is_live, kept_number, kept_text
from arusha.exchange.look import Look, style_number
from arusha.exchange.sheets import LINE
from arusha.exchange.tables import MOST_LINES, Column, lines_of, parts_of, style_of

PRESERVED = '<t xml:space="preserve">'
DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')
END_OF_ROWS = re.compile(rb"</sheetData>|<sheetData ?/>")


@dataclass
class LongTable:
    """The rows of one table from row ``first`` on; on its sheet nothing else stands beside or below them."""

    sheet: Worksheet
    columns: Sequence[Column]
    look: Look
    first: int
    rows: list[str] = field(default_factory=list)
    cells: int = 0  # that hold something
    characters: int = 0  # of their texts, as they are kept
    _letters: list[str] = field(init=False)
    _styles: dict[tuple[object, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._letters = [get_column_letter(number) for number in range(1, len(self.columns) + 1)]

    @property
    def below(self) -> int:
        """Return the row below the last one."""
        return self.first + len(self.rows)

    @property
    def last_column(self) -> str:
        """Return the letter of the last column."""
        return self._letters[-1]

    def put(
        self, values: Sequence[Value], *, bold: bool = False, fill: str = "", continued: str = "…"
    ) -> None:
        """Add a row, as high as its texts; what one row cannot show goes on in rows below.

        These say ``continued`` in their first column.
        """
        lines = self._lines(values)
        if lines <= MOST_LINES:
            self._add(values, lines, bold, fill)
            return
        for row in parts_of(values, self.columns, continued):
            self._add(row, self._lines(row), bold, fill)

    def _lines(self, values: Sequence[Value]) -> int:
        """Return how many lines the longest text of a row takes."""
        most = 1
        for value, column in zip(values, self.columns, strict=True):
            if isinstance(value, str) and (len(value) > column.width or not value.isascii() or "\n" in value):
                most = max(most, len(lines_of(value, column.width)))
        return most

    def _add(self, values: Sequence[Value], lines: int, bold: bool, fill: str) -> None:
        row, down = self.below, "top" if lines > 1 else "center"
        cells = [f'<row r="{row}" ht="{LINE * lines + 4}" customHeight="1">']
        for place, (letter, value) in enumerate(zip(self._letters, values, strict=True)):
            style = self._style(place, value, down, bold, fill)
            cells.append(self._cell(f"{letter}{row}", value, style))
        cells.append("</row>")
        self.rows.append("".join(cells))

    def _style(self, place: int, value: Value, down: str, bold: bool, fill: str) -> int:
        kind: object = is_live(value) if isinstance(value, str) else value.format
        key = (place, kind, down, bold, fill)
        if key not in self._styles:
            style = style_of(value, self.columns[place], self.look, down=down, bold=bold)
            self._styles[key] = style_number(self.sheet, replace(style, fill=fill))
        return self._styles[key]

    def _cell(self, name: str, value: Value, style: int) -> str:
        if isinstance(value, str) and value:
            kept = kept_text(value, name)
            self.cells += 1
            self.characters += len(kept)
            return f'<c r="{name}" s="{style}" t="inlineStr"><is>{PRESERVED}{escape(kept)}</t></is></c>'
        if isinstance(value, str) or value.value is None:
            return f'<c r="{name}" s="{style}"/>'
        self.cells += 1
        return f'<c r="{name}" s="{style}"><v>{kept_number(value.value, name)}</v></c>'


def saved(book: Workbook, tables: Iterable[LongTable] = ()) -> bytes:
    """Return a workbook (xlsx) with the rows of its long tables."""
    kept = io.BytesIO()
    book.save(kept)
    rows = {table.sheet.path.removeprefix("/"): table for table in tables if table.rows}
    if not rows:
        return kept.getvalue()
    whole = io.BytesIO()
    with zipfile.ZipFile(kept) as source, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in rows:
                content = _filled(content, rows[entry.filename])
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _filled(content: bytes, table: LongTable) -> bytes:
    """Return the XML of a sheet with the rows of its long table below the rows it has."""
    if table.sheet.max_row >= table.first:
        raise ValueError(f"{table.sheet.title}: something stands beside or below the long table")
    ref = f'<dimension ref="A1:{table.last_column}{table.below - 1}"/>'.encode()
    content = DIMENSION.sub(ref, content, count=1)
    end = END_OF_ROWS.search(content)
    if end is None:
        raise ValueError(f"{table.sheet.title}: this is no sheet")
    before = (
        content[: end.start()] if end.group().startswith(b"</") else content[: end.start()] + b"<sheetData>"
    )
    rows = "".join(table.rows).encode()
    return b"".join((before, rows, b"</sheetData>", content[end.end() :]))
