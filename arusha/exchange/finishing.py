"""A workbook is saved, read back and counted before anyone gets it: nothing was lost and nothing is live.

What is read back is the file itself, as XML: each sheet must hold as many filled cells, and as many
characters of text, as were written, and no formula but those that are ours.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.long_tables import LongTable, saved

QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
PLAIN = re.compile(r"[A-Za-z0-9_$!.,:()=<>&+*/ -]*")


class NotAsWrittenError(RuntimeError):
    """The file does not hold what was written into the workbook: a fault of the program, not of a person."""


@dataclass
class Count:
    """How many cells of a sheet hold something, and how many characters their texts have."""

    cells: int = 0
    characters: int = 0


@dataclass
class Heard(Count):
    """What a sheet of the file holds, heard while its XML streams by; and its formulas."""

    formulas: list[str] = field(default_factory=list)
    _said: list[str] | None = None
    _is_filled: bool = False

    def start(self, tag: str, _attributes: object) -> None:
        """Begin an element."""
        if tag == "c":
            self._is_filled = False
        elif tag in ("t", "f", "v"):
            self._is_filled, self._said = True, []

    def text(self, said: str) -> None:
        """Take in text."""
        if self._said is not None:
            self._said.append(said)

    def end(self, tag: str) -> None:
        """End an element."""
        if tag == "c":
            self.cells += self._is_filled
        elif tag in ("t", "f", "v") and self._said is not None:
            said, self._said = "".join(self._said), None
            if tag == "t":
                self.characters += len(said)
            elif tag == "f":
                self.formulas.append(said)


def finished(book: Workbook, functions: Collection[str] = (), tables: Collection[LongTable] = ()) -> bytes:
    """Return the workbook (xlsx), read back and counted.

    ``functions`` are the names of the functions that our own formulas are made of; without any, no formula
    is allowed. ``tables`` are its long tables. Raises ``NotAsWrittenError`` when the file is not what was
    written.
    """
    data = saved(book, tables)
    long = {id(table.sheet): table for table in tables}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in book.worksheets:
            written = count(sheet, long.get(id(sheet)))
            compare(sheet.title, written, heard(archive, sheet), functions)
    return data


def count(sheet: Worksheet, table: LongTable | None = None) -> Count:
    """Return what was written into a sheet, and into the long table on it."""
    values = [cell for cell in sheet._cells.values() if cell.value not in (None, "")]
    cells = len(values) + (table.cells if table else 0)
    characters = sum(len(cell.value) for cell in values if cell.data_type == "s")
    return Count(cells, characters + (table.characters if table else 0))


def heard(archive: zipfile.ZipFile, sheet: Worksheet) -> Heard:
    """Return what the file holds of a sheet."""
    found, parser = Heard(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    parser.CharacterDataHandler = found.text
    parser.Parse(archive.read(sheet.path.removeprefix("/")), True)
    return found


def compare(title: str, written: Count, read: Heard, functions: Collection[str]) -> None:
    """Raise ``NotAsWrittenError`` when a sheet does not hold what was written, or a formula not of ours."""
    if (read.cells, read.characters) != (written.cells, written.characters):
        raise NotAsWrittenError(
            f"{title}: {read.cells} cells with {read.characters} characters of text were read back, "
            f"and {written.cells} with {written.characters} were written"
        )
    if strange := next(_strange(read.formulas, functions), ""):
        raise NotAsWrittenError(f"{title}: {strange[:80]!r} is a formula that is not allowed here")


def _strange(formulas: Iterable[str], functions: Collection[str]) -> Iterator[str]:
    """Yield the formulas that are made of anything but these functions and cells of the same workbook."""
    for formula in formulas:
        bare = QUOTED.sub("", formula)
        used = set(FUNCTION.findall(bare))
        if not functions or not used <= set(functions) or not PLAIN.fullmatch(bare):
            yield formula
