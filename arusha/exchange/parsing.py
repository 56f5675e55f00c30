"""A workbook that was looked through -> its cells as plain values; run in a process of its own.

A formula is never computed and never believed: its stored result may say anything. It comes back as
``Kind.FORMULA``, so that whoever asks for a value can say at which cell one is missing.
"""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from xml.etree.ElementTree import iterparse

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from arusha.exchange.cells import text_of
from arusha.exchange.found import EMPTY, Found, Kind, Page, page
from arusha.exchange.guard import Book, look_through
from arusha.exchange.limits import FEWER_SHEETS, MOST_FILLED, MOST_TEXT, damaged
from questionnaires.problems import N_, Refused, refuse

UNKEPT = re.compile(r"[\x00\ud800-\udfff\ufffe\uffff]")  # what no database or file can hold
EXACT = 1e15  # above that a spreadsheet itself no longer knows a whole number to the unit
KINDS = {"s": Kind.TEXT, "n": Kind.NUMBER, "b": Kind.TRUTH, "d": Kind.DATE}
FORMULA = Found(Kind.FORMULA)
Filled = Iterator[tuple[tuple[int, int], Found]]


class Reader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """The library's reader, but for the texts that sheets share: it drops ``x005F_`` wherever it stands."""

    def read_strings(self) -> None:
        """Read the texts as they are, with their escapes."""
        listed = self.package.find(SHARED_STRINGS)
        if listed is not None:
            with self.archive.open(listed.PartName[1:]) as source:
                self.shared_strings = list(_texts(source))


def _texts(source: io.IOBase) -> Iterator[str]:
    for _, element in iterparse(source):  # noqa: S314 - what declares entities was refused before
        if element.tag == f"{{{SHEET_MAIN_NS}}}si":
            yield Text.from_tree(element).content
            element.clear()


def parse(data: bytes, name: str) -> dict[str, Page]:
    """Return the sheets of a workbook by name; raise ``Refused`` for a file that must not or cannot be read.

    ``name`` is the file's name, for messages. What a file costs is bounded only by what looking through
    it allows; ``reading.opened`` does this in a process that can be ended.
    """
    seen = look_through(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet program adds and we do not read
            return _pages(_book(data), seen, name)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a damaged file fails in any part of the library, with any error
        raise damaged(name) from error


def _book(data: bytes) -> Workbook:
    reader = Reader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def _pages(book: Workbook, seen: Book, name: str) -> dict[str, Page]:
    if tuple(book.sheetnames) != seen.titles or len(set(seen.titles)) < len(seen.titles):
        raise damaged(name)  # a sheet that is named and not there would be lost without a word
    counted = _Counted(name)
    return {sheet.title: _page(sheet, seen, counted) for sheet in book.worksheets}


def _page(sheet: ReadOnlyWorksheet, seen: Book, counted: "_Counted") -> Page:
    sheet.reset_dimensions()  # what a file says of its size may be wrong; ``look_through`` has seen the size
    outline = seen.outlines[sheet._worksheet_path]
    computed = outline.formulas | outline.spread
    cells = dict.fromkeys(outline.formulas, FORMULA)
    cells |= {place: FORMULA if place in computed else one for place, one in counted.each(_filled(sheet))}
    return page(sheet.title, cells, tuple(outline.merged))


def _filled(sheet: ReadOnlyWorksheet) -> Filled:
    for row in sheet.iter_rows():
        for cell in row:
            found = _found(cell.data_type, cell.value)
            if found is not EMPTY:
                yield (cell.row, cell.column), found


class _Counted:
    """How much was found in all sheets so far."""

    def __init__(self, name: str) -> None:
        self._name, self._cells, self._text = name, 0, 0

    def each(self, found: Filled) -> Filled:
        """Pass cells on; raise ``Refused`` when they become too many or too long."""
        for place, one in found:
            self._cells += 1
            self._text += len(one.value) if isinstance(one.value, str) else 0
            if self._cells > MOST_FILLED:
                fault = N_("The workbook has more than {most} cells that are filled.")
                raise refuse(self._name, fault, FEWER_SHEETS, most=MOST_FILLED)
            if self._text > MOST_TEXT:
                fault = N_("The texts of the workbook have more than {most} characters together.")
                raise refuse(self._name, fault, FEWER_SHEETS, most=MOST_TEXT)
            yield place, one


def _found(kind: str, value: object) -> Found:
    if value is None or value == "":
        return EMPTY
    match KINDS.get(kind, Kind.ERROR):
        case Kind.TEXT:
            return Found(Kind.TEXT, UNKEPT.sub(_seen, text_of(value)))
        case Kind.NUMBER if isinstance(value, int | float):
            return _number(value)
        case Kind.TRUTH:
            return Found(Kind.TRUTH, bool(value))
        case Kind.DATE:
            return Found(Kind.DATE, _day(value))
        case other:
            return Found(other)


def _seen(found: re.Match[str]) -> str:
    return "\u2400" if found.group() == "\x00" else "\ufffd"


def _number(value: float) -> Found:
    if isinstance(value, int) and abs(value) < EXACT:
        return Found(Kind.NUMBER, value)
    try:
        number = float(value)
    except OverflowError:
        return Found(Kind.ERROR)
    return Found(Kind.NUMBER, number) if isfinite(number) else Found(Kind.ERROR)


def _day(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else None
