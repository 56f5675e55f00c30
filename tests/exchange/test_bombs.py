"""No file does harm: each is refused with one reason or read as what it holds, soon and in little room."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arusha.exchange.limits import (
    LARGEST,
    LARGEST_PART,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FILLED,
    MOST_PACKED,
    MOST_ROWS,
    MOST_TEXT,
)
from arusha.exchange.reading import Found, Kind, opened
from questionnaires.problems import Refused
from tests.exchange.bombs import (
    BOOK,
    CELL,
    MAIN,
    RELATIONS,
    SHEET,
    TYPES,
    after_rows,
    digits,
    encrypted,
    in_part,
    in_sheet,
    laughs,
    moved,
    of_many,
    packed,
    plain,
    rows,
    slow,
    squared,
    twice,
    with_part,
    with_shared,
)

SOON = 20.0  # seconds
ROOM = 100_000_000  # bytes that this process may grow by, for all of them
DAMAGED = "a.xlsx: The workbook is damaged and cannot be read."
NO_BOOK = "a.xlsx: This is not an Excel workbook, or it is protected by a password."
LIVE = "a.xlsx: The workbook holds macros, embedded files or links to other files: {}."
FAR = f"a.xlsx · Sheet: Something stands at {{}}, beyond row {MOST_ROWS} or column {MOST_COLUMNS}."
LAST = f"row {MOST_ROWS} or column {MOST_COLUMNS}"
LARGE = f"a.xlsx · Sheet: The cells {{}} belong together and reach beyond {LAST}."
GROWN = "a.xlsx: The workbook has more parts inside it than one written by hand."
PACKED = f"a.xlsx: A part of the workbook is packed more than {MOST_PACKED} times: {{}}."
SPREAD = f"a.xlsx · Sheet: More than {MOST_CELLS} cells are merged or filled by formulas of several cells."
XXE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
AS_TYPED = Found(Kind.TEXT, "a"), Found(Kind.NUMBER, 1)
NUMBER = b"<v>1</v>"
Told = str | tuple[Found, Found]
"""What is said when it is refused, or what is read in A1 and B1."""

BOMBS: dict[str, tuple[Callable[[], bytes], Told]] = {
    "a far cell": (lambda: in_sheet(b'r="B1"', b'r="XFD1048576"'), FAR.format("XFD1048576")),
    "two corners": (
        lambda: in_sheet(b"</row>", b'</row><row r="1048576"><c r="XFD1048576"/></row>'),
        FAR.format("XFD1048576"),
    ),
    "a far cell of another name": (
        lambda: in_sheet(b"</row>", b'<anything r="XFD1"><v>1</v></anything></row>'),
        FAR.format("XFD1"),
    ),
    "more columns than are read, without names": (
        lambda: in_sheet(CELL, b"<c/>" * MOST_COLUMNS),
        FAR.format(MOST_COLUMNS + 1),
    ),
    "more rows than are read, without numbers": (
        lambda: in_sheet(b"</row>", b"</row>" + rows(MOST_ROWS, b"<c/>")),
        FAR.format(MOST_ROWS + 1),
    ),
    "a last row with nothing in it": (
        lambda: in_sheet(b"</row>", b'</row><row r="1048576" ht="9"/>'),
        AS_TYPED,
    ),
    "a last row with something in it": (
        lambda: in_sheet(b"</row>", b'</row><row r="1048576"><c><v>1</v></c></row>'),
        FAR.format("1048576"),
    ),
    "row 1048577": (lambda: in_sheet(b'<row r="1"', b'<row r="1048577"'), FAR.format("1048577")),
    "row 99999999999": (lambda: in_sheet(b'<row r="1"', b'<row r="99999999999"'), FAR.format("99999999999")),
    "a row with a broken number": (lambda: in_sheet(b'<row r="1"', b'<row r="1.5"'), FAR.format("1.5")),
    "rows out of order": (lambda: in_sheet(b"<sheetData>", b'<sheetData><row r="2"/>'), DAMAGED),
    "cells out of order": (lambda: in_sheet(CELL, CELL + b'<c r="A1"><v>2</v></c>'), DAMAGED),
    "a cell of another row": (lambda: in_sheet(b'r="B1"', b'r="B2"'), DAMAGED),
    "a row in a row": (lambda: in_sheet(CELL, b'<c r="B1"><row r="9"/></c>'), DAMAGED),
    "a huge dimension": (
        lambda: in_sheet(b'<dimension ref="A1:B1"', b'<dimension ref="A1:XFD1048576"'),
        AS_TYPED,
    ),
    "a merged sheet": (
        lambda: after_rows(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        LARGE.format("A1:XFD1048576"),
    ),
    "a merged sheet within the limits": (
        lambda: after_rows(b"<mergeCells>" + b'<mergeCell ref="A1:BH5000"/>' * 2 + b"</mergeCells>"),
        SPREAD,
    ),
    "a link on every cell": (
        lambda: after_rows(b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
        AS_TYPED,
    ),
    "more cells than are read": (
        lambda: in_sheet(b"</row>", b"</row>" + rows(MOST_CELLS // 50, b"<c/>" * 50)),
        f"a.xlsx · Sheet: The sheet has more than {MOST_CELLS} cells.",
    ),
    "more filled cells than are read": (
        lambda: in_sheet(
            b"</row>",
            b"</row>" + rows(MOST_FILLED // 50, b"".join(b"<c><v>%d</v></c>" % (n * n) for n in range(50))),
        ),
        f"a.xlsx: The workbook has more than {MOST_FILLED} cells that are filled.",
    ),
    "one long text in many cells": (
        lambda: with_shared(
            b"<si><t>" + bytes(97 + (n * n) % 26 for n in range(100_000)) + b"</t></si>",
            b'<c t="s"><v>0</v></c>' * 50 + b"</row>" + rows(10, b'<c t="s"><v>0</v></c>' * 50) + b"<row>",
        ),
        f"a.xlsx: The texts of the workbook have more than {MOST_TEXT} characters together.",
    ),
    "a part of zeros": (
        lambda: with_part("xl/media/a.png", bytes(LARGEST_PART)),
        PACKED.format("xl/media/a.png"),
    ),
    "a part of spaces in a sheet": (
        lambda: in_sheet(b"</sheetData>", b"</sheetData>" + b" " * LARGEST_PART),
        PACKED.format(SHEET),
    ),
    "shared texts of 40 million letters": (
        lambda: with_shared(b"<si><t>" + b"ha" * 20_000_000 + b"</t></si>"),
        PACKED.format("xl/sharedStrings.xml"),
    ),
    "a zip in a zip": (lambda: with_part("xl/media/a.zip", packed({"b": bytes(LARGEST)})), AS_TYPED),
    "100,000 parts": (lambda: of_many(100_000), DAMAGED),
    "200,000 parts": (lambda: of_many(200_000), f"a.xlsx: The file is larger than {LARGEST} bytes."),
    "a part twice": (lambda: twice(SHEET), DAMAGED),
    "a way out": (lambda: with_part("../../../evil.xml", b"<a/>"), DAMAGED),
    "another way out": (lambda: with_part("..\\evil.xml", b"<a/>"), DAMAGED),
    "a way to the root": (lambda: with_part("/evil.xml", b"<a/>"), DAMAGED),
    "an encrypted part": (encrypted, NO_BOOK),
    "a million laughs": (lambda: with_part(SHEET, laughs()), DAMAGED),
    "a squared text": (lambda: with_part(SHEET, squared()), DAMAGED),
    "a file of this computer": (lambda: with_part(SHEET, XXE), DAMAGED),
    "a file of this computer, in the table of contents": (lambda: with_part(TYPES, XXE), DAMAGED),
    "a file of this computer, in a picture": (lambda: with_part("xl/media/a.png", XXE), DAMAGED),
    "a declaration in UTF-16": (
        lambda: with_part(SHEET, '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")),
        DAMAGED,
    ),
    "links to other workbooks": (
        lambda: with_part("xl/externalLinks/externalLink1.xml", b"<a/>"),
        LIVE.format("xl/externalLinks/externalLink1.xml"),
    ),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), LIVE.format("xl/vbaProject.bin")),
    "macros by another name": (
        lambda: in_part(
            TYPES,
            b"</Types>",
            b'<Override PartName="/xl/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        ),
        LIVE.format("/xl/a.bin"),
    ),
    "macros of an old kind": (
        lambda: with_part("xl/macrosheets/sheet1.xml", b"<a/>"),
        LIVE.format("xl/macrosheets/sheet1.xml"),
    ),
    "an embedded object": (
        lambda: with_part("xl/embeddings/oleObject1.bin", b"x"),
        LIVE.format("xl/embeddings/oleObject1.bin"),
    ),
    "ActiveX": (
        lambda: with_part("xl/activeX/activeX1.xml", b"<a/>"),
        LIVE.format("xl/activeX/activeX1.xml"),
    ),
    "connections": (lambda: with_part("xl/connections.xml", b"<a/>"), LIVE.format("xl/connections.xml")),
    "tables from queries": (
        lambda: with_part("xl/queryTables/queryTable1.xml", b"<a/>"),
        LIVE.format("xl/queryTables/queryTable1.xml"),
    ),
    "a number of two million digits": (
        lambda: in_sheet(NUMBER, b"<v>" + digits(2_000_000) + b"</v>"),
        DAMAGED,
    ),
    "a number of 400 digits": (
        lambda: in_sheet(NUMBER, b"<v>" + b"9" * 400 + b"</v>"),
        (AS_TYPED[0], Found(Kind.ERROR)),
    ),
    "an endless number": (
        lambda: in_sheet(NUMBER, b"<v>1e999</v>"),
        (AS_TYPED[0], Found(Kind.ERROR)),
    ),
    "no number": (lambda: in_sheet(NUMBER, b"<v>NaN</v>"), DAMAGED),
    "an impossible date": (
        lambda: in_sheet(CELL, b'<c r="B1" t="d"><v>99999-99-99</v></c>'),
        DAMAGED,
    ),
    "a style that is not there": (lambda: in_sheet(b'r="B1"', b'r="B1" s="99999"'), AS_TYPED),
    "a shared text that is not there": (lambda: in_sheet(b'r="B1" t="n"', b'r="B1" t="s"'), DAMAGED),
    "a formula that says it is 7": (
        lambda: in_sheet(CELL, b'<c r="B1"><f>WEBSERVICE("x")</f><v>7</v></c>'),
        (AS_TYPED[0], Found(Kind.FORMULA)),
    ),
    "a formula that says nothing": (
        lambda: in_sheet(CELL, b'<c r="B1"><f>1+1</f></c>'),
        (AS_TYPED[0], Found(Kind.FORMULA)),
    ),
    "a result that stands beside its formula": (
        lambda: in_sheet(b"</row>", b'<c r="C1"><f t="array" ref="A1:C1">1</f><v>1</v></c></row>'),
        (Found(Kind.FORMULA), Found(Kind.FORMULA)),
    ),
    "a formula for more cells than there are": (
        lambda: in_sheet(CELL, b'<c r="B1"><f t="array" ref="A1:XFD9">1</f><v>1</v></c>'),
        LARGE.format("A1:XFD9"),
    ),
    "a formula for every cell": (
        lambda: in_sheet(CELL, b'<c r="B1"><f t="array" ref="A1:BH20000">1</f><v>1</v></c>'),
        SPREAD,
    ),
    "a workbook that says it is a picture": (
        lambda: in_part(TYPES, b"spreadsheetml.sheet.main+xml", b"drawing+xml"),
        DAMAGED,
    ),
    "a sheet that says it is a chart": (
        lambda: in_part(
            "xl/_rels/workbook.xml.rels", b"relationships/worksheet", b"relationships/chartsheet"
        ),
        DAMAGED,
    ),
    "a sheet that is not there": (
        lambda: in_part(RELATIONS, b"sheet1.xml", b"sheet2.xml"),
        DAMAGED,
    ),
    "two sheets of one name": (
        lambda: in_part(BOOK, b"</sheets>", b'<sheet name="Sheet" sheetId="2" r:id="rId1"/></sheets>'),
        DAMAGED,
    ),
    "a sheet that is a picture": (
        lambda: moved("xl/media/a.png"),
        FAR.format("XFD1"),
    ),
    "a strict workbook": (
        lambda: in_sheet(MAIN, b'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'),
        "a.xlsx: The workbook is saved as Strict Open XML, which is not read.",
    ),
    "deep XML": (lambda: with_part("xl/a.xml", b"<a>" * 100_000 + b"</a>" * 100_000), GROWN),
    "wide XML": (
        lambda: with_part("xl/a.xml", b"<a>" + b"".join(b"<b%d/>" % n for n in range(200_000)) + b"</a>"),
        GROWN,
    ),
    "one long tag": (
        lambda: after_rows(b'<a b="' + digits(900_000) + b'"/>'),
        GROWN,
    ),
    "one long remark": (
        lambda: after_rows(b"<!--" + digits(900_000) + b"-->"),
        GROWN,
    ),
    "no XML": (lambda: with_part(SHEET, b"<a><b></a>"), DAMAGED),
    "no zip": (lambda: b"PK\x03\x04" + bytes(5000), NO_BOOK),
    "nothing": (lambda: b"", NO_BOOK),
    "an old or locked workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(5000), NO_BOOK),
    "another zip": (lambda: packed({"a.txt": b"a"}), "a.xlsx: This is not an Excel workbook."),
    "a cut file": (lambda: plain()[:-200], NO_BOOK),
    "ten million bytes and one": (
        lambda: plain() + bytes(LARGEST + 1 - len(plain())),
        f"a.xlsx: The file is larger than {LARGEST} bytes.",
    ),
    "a burner of time": (slow, "a.xlsx: The workbook takes longer to read than one written by hand."),
}

# What a program reads that trusts the file; its own limits are small, so that it ends soon.
CARELESS = """
import io, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (250_000_000, 250_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (3, 3))
from openpyxl import load_workbook
book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
for sheet in book.worksheets:
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
"""


def careless(data: bytes) -> int:
    """Return how a program ends that reads a file without looking through it first."""
    command = [sys.executable, "-c", CARELESS]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        command, input=data, check=False, capture_output=True, timeout=60, env=environment
    ).returncode


def room(line: str) -> int:
    """Return a figure of this process's memory, in bytes: ``VmRSS`` is now, ``VmHWM`` the most so far."""
    found = re.search(rf"{line}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) * 1024


@pytest.fixture(scope="module", autouse=True)
def _as_small_as_before() -> Iterator[None]:
    before = room("VmRSS")
    yield
    assert room("VmRSS") - before < ROOM


@pytest.mark.parametrize(("made", "told"), BOMBS.values(), ids=BOMBS)
def test_a_harmful_or_damaged_file_is_refused_with_one_reason_or_read(
    made: Callable[[], bytes], told: Told
) -> None:
    data = made()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the most so far
    before, started = room("VmRSS"), time.perf_counter()
    assert what_is_said(data) == told
    assert time.perf_counter() - started < SOON
    assert room("VmHWM") - before < ROOM


def what_is_said(data: bytes) -> Told:
    try:
        page = opened(data, "a.xlsx")["Sheet"]
    except Refused as refused:
        (problem,) = refused.problems
        said = problem.as_dict()
        assert all(text.isprintable() and len(text) < 200 for text in said.values())
        return f"{problem.place}: {said['fault']}"
    return page.at(1, 1), page.at(1, 2)


@pytest.mark.parametrize("name", ["a far cell", "a merged sheet"])
def test_these_files_do_harm_to_a_reader_that_trusts_them(name: str) -> None:
    assert careless(BOMBS[name][0]()) != 0
    assert careless(plain()) == 0


def test_what_stands_in_a_file_of_this_computer_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="ascii")
    told = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><x>&a;</x>'.encode()
    with pytest.raises(Refused) as refused:
        opened(with_part(SHEET, told), "a.xlsx")
    assert "a secret" not in str(refused.value)
