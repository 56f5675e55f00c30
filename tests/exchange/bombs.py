"""Workbooks that do harm to a careless reader, each a few kilobytes of what nobody types."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise

from openpyxl import Workbook

from tests.exchange.reading import kept

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
CELL = b'<c r="B1" t="n"><v>1</v></c>'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHARED = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
Parts = dict[str, bytes]


def plain(*rows: list[object]) -> bytes:
    """Return a workbook of one sheet with these rows; without any, A1 is a text and B1 the number 1."""
    book = Workbook()
    for row in rows or (["a", 1],):
        book.active.append(row)
    return kept(book)


def unpacked(data: bytes) -> Parts:
    """Return path -> content of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def changed(change: Callable[[Parts], object], data: bytes = b"") -> bytes:
    """Return a workbook whose parts were changed."""
    parts = unpacked(data or plain())
    change(parts)
    return packed(parts)


def with_part(path: str, content: bytes) -> bytes:
    """Return a workbook with one part more, or another one."""
    return changed(lambda parts: parts.update({path: content}))


def in_part(path: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something else in a part."""

    def change(parts: Parts) -> None:
        assert old in parts[path]
        parts[path] = parts[path].replace(old, new, 1)

    return changed(change)


def in_sheet(old: bytes, new: bytes) -> bytes:
    """Return a workbook with something else in its sheet."""
    return in_part(SHEET, old, new)


def after_rows(xml: bytes) -> bytes:
    """Return a workbook with something behind the rows of its sheet."""
    return in_sheet(b"</sheetData>", b"</sheetData>" + xml)


def with_shared(texts: bytes, cells: bytes = CELL) -> bytes:
    """Return a workbook with texts that sheets share."""

    def change(parts: Parts) -> None:
        kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + SHARED + b'"/></Types>'
        parts[TYPES] = parts[TYPES].replace(b"</Types>", kind)
        parts["xl/sharedStrings.xml"] = b"<sst " + MAIN + b">" + texts + b"</sst>"
        parts[SHEET] = parts[SHEET].replace(CELL, cells)

    return changed(change)


def twice(path: str) -> bytes:
    """Return a workbook that has a part two times, the second one another."""
    target = io.BytesIO(plain())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(path.swapcase(), b"<a/>")
    return target.getvalue().replace(path.swapcase().encode(), path.encode())


def of_many(entries: int) -> bytes:
    """Return an archive with so many empty entries beside a workbook."""
    target = io.BytesIO(plain())
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(entries):
            archive.writestr(zipfile.ZipInfo(f"x{number}"), b"")
    return target.getvalue()


def encrypted() -> bytes:
    """Return a workbook whose first part says that it is encrypted."""
    data = bytearray(plain())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def laughs() -> bytes:
    """Return a sheet whose few lines would become thousands of millions of letters."""
    names = "abcdefghijk"
    lines = [f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in pairwise(names)]
    return f'<!DOCTYPE x [<!ENTITY a "ha">{"".join(lines)}]><x>&k;</x>'.encode()


def squared() -> bytes:
    """Return a sheet that says one long thing many times."""
    return b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]><x>' + b"&a;" * 50_000 + b"</x>"


def slow() -> bytes:
    """Return a workbook of one cell whose titles for printing take the library hours to look for."""
    name = b'<definedName name="_xlnm.Print_Titles" localSheetId="0">%s</definedName>' % digits(900_000)
    return in_part(BOOK, b"<definedNames />", b"<definedNames>" + name + b"</definedNames>")


def roomy() -> bytes:
    """Return a workbook within every limit of size, of texts in too many kinds of letters."""
    chance = random.Random(1)
    letters = b'<r><rPr><b/><i/><u/><strike/><sz val="%d"/></rPr><t>%d</t></r>'
    runs = [letters % (chance.randrange(400), number) for number in range(120_000)]
    cell = b'<c t="inlineStr"><is>%s</is></c>'
    cells = [cell % b"".join(runs[number * 18 : number * 18 + 18]) for number in range(6_000)]
    inside = b"".join(b"<row>" + b"".join(cells[at : at + 60]) + b"</row>" for at in range(0, 6_000, 60))
    data = with_shared(b"<si>" + b"".join(runs) + b"</si>")
    sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, inside)
    return changed(lambda parts: parts.update({SHEET: sheet}), data)


def moved(path: str) -> bytes:
    """Return a workbook whose sheet, with a cell far out, is called as something else is."""
    parts = unpacked(in_sheet(b'r="B1"', b'r="XFD1"'))
    sheet = parts.pop(SHEET)
    new = path.removeprefix("xl/").encode()
    parts = {name: content.replace(b"worksheets/sheet1.xml", new) for name, content in parts.items()}
    return packed({**parts, path: sheet})


def digits(count: int) -> bytes:
    """Return so many digits in no order, which no archive packs tightly."""
    return bytes(random.Random(2).choices(b"123456789", k=count))


def numbers(count: int) -> bytes:
    """Return so many cells with numbers."""
    return b"".join(b"<c><v>%d</v></c>" % number**3 for number in range(count))


def rows(count: int, cells: bytes) -> bytes:
    """Return so many rows of the same cells."""
    return (b"<row>" + cells + b"</row>") * count
