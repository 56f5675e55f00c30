"""A workbook from elsewhere is read as plain values, or refused with a reason before it can do harm."""

import io
import random
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from openpyxl import Workbook

from arusha.exchange.guard import LARGEST, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, UNPACKED, column_number
from arusha.exchange.reading import EMPTY, Found, Kind, coordinate, opened
from questionnaires.problems import Refused
from tests.exchange.reading import kept

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
DAMAGED = "a.xlsx: The workbook is damaged and cannot be read."
NO_BOOK = "a.xlsx: This is not an Excel workbook, or it is protected by a password."
MACROS = "a.xlsx: The workbook holds macros, embedded files or links to other files: "
Parts = dict[str, bytes]


def plain(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows or (["a", 1],):
        book.active.append(row)
    return kept(book)


def packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def changed(change: Callable[[Parts], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(plain())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


def in_sheet(old: bytes, new: bytes) -> bytes:
    def change(parts: Parts) -> None:
        assert old in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(old, new, 1)

    return changed(change)


def refusal(data: bytes) -> str:
    started = time.perf_counter()
    with pytest.raises(Refused) as refused:
        opened(data, "a.xlsx")
    assert time.perf_counter() - started < 20
    (problem,) = refused.value.problems
    return f"{problem.place}: {problem.as_dict()['fault']}"


def test_every_kind_of_cell_is_told_apart() -> None:
    found = opened(plain(["text", 1, 1.5, True, date(2026, 1, 1), "=1+1", "#N/A", None, "_x000D_"]), "a.xlsx")
    page = found["Sheet"]
    assert [page.at(1, column) for column in range(1, 10)] == [
        Found(Kind.TEXT, "text"),
        Found(Kind.NUMBER, 1),
        Found(Kind.NUMBER, 1.5),
        Found(Kind.TRUTH, True),
        Found(Kind.DATE),
        Found(Kind.FORMULA),
        Found(Kind.ERROR),
        EMPTY,
        Found(Kind.TEXT, "\r"),
    ]
    assert (page.rows, page.columns) == (1, 9)


def test_a_formula_s_stored_result_is_never_believed() -> None:
    data = in_sheet(b'<c r="B1" t="n"><v>1</v></c>', b'<c r="B1"><f>1+1</f><v>7</v></c>')
    assert opened(data, "a.xlsx")["Sheet"].at(1, 2) == Found(Kind.FORMULA)


def test_merged_cells_are_told() -> None:
    book = Workbook()
    book.active.append(["a"])
    book.active.merge_cells("A1:B3")
    assert opened(kept(book), "a.xlsx")["Sheet"].merged == ("A1:B3",)


FAR = f"Something stands at {{where}}, beyond row {MOST_ROWS} or column {MOST_COLUMNS}."
CELL = b'<c r="B1" t="n"><v>1</v></c>'
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"PK", NO_BOOK),
    "empty": (lambda: b"", NO_BOOK),
    "an old or locked workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(5000), NO_BOOK),
    "another zip": (lambda: packed({"a.txt": b"a"}), "a.xlsx: This is not an Excel workbook."),
    "too large": (lambda: bytes(LARGEST + 1), f"a.xlsx: The file is larger than {LARGEST} bytes."),
    "cut": (lambda: plain()[:-200], NO_BOOK),
    "a bomb": (
        lambda: changed(lambda parts: parts.update({"xl/media/a.png": bytes(UNPACKED)})),
        f"a.xlsx: Unpacked, the workbook is larger than {UNPACKED} bytes.",
    ),
    "many parts": (
        lambda: changed(lambda parts: parts.update({f"xl/{n}.xml": b"<a/>" for n in range(600)})),
        DAMAGED,
    ),
    "a way out": (lambda: changed(lambda parts: parts.update({"../evil": b""})), DAMAGED),
    "macros": (
        lambda: changed(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})),
        f"{MACROS}xl/vbaProject.bin.",
    ),
    "links": (
        lambda: changed(lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<a/>"})),
        f"{MACROS}xl/externalLinks/externalLink1.xml.",
    ),
    "an entity": (
        lambda: changed(
            lambda parts: parts.update(
                {SHEET: b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'">]><a>&x;&x;</a>'}
            )
        ),
        DAMAGED,
    ),
    "an entity in UTF-16": (
        lambda: changed(
            lambda parts: parts.update({SHEET: '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")})
        ),
        DAMAGED,
    ),
    "no XML": (lambda: changed(lambda parts: parts.update({SHEET: b"<a><b></a>"})), DAMAGED),
    "a far cell": (
        lambda: in_sheet(b'r="B1"', b'r="XFD1048576"'),
        f"a.xlsx · Sheet: {FAR.format(where='XFD1048576')}",
    ),
    "a far row": (
        lambda: in_sheet(b'<row r="1"', b'<row r="99999999999"'),
        f"a.xlsx · Sheet: {FAR.format(where='99999999999')}",
    ),
    "deep": (
        lambda: changed(lambda parts: parts.update({"xl/a.xml": b"<a>" * 100 + b"</a>" * 100})),
        "a.xlsx: The workbook has more parts inside it than one written by hand.",
    ),
    "long": (
        lambda: changed(lambda parts: parts.update({"xl/a.xml": b"<a>" + b"<b/>" * 200_000 + b"</a>"})),
        "a.xlsx: The workbook has more parts inside it than one written by hand.",
    ),
    "many cells": (
        lambda: in_sheet(CELL, b"<c/>" * (MOST_CELLS + 1)),
        f"a.xlsx · Sheet: The sheet has more than {MOST_CELLS} cells.",
    ),
    "a number of millions of digits": (
        lambda: in_sheet(b"<v>1</v>", b"<v>" + b"9" * 2_000_000 + b"</v>"),
        DAMAGED,
    ),
    "a text that is not there": (lambda: in_sheet(b'<c r="B1" t="n">', b'<c r="B1" t="s">'), DAMAGED),
}


@pytest.mark.parametrize(("made", "told"), BOMBS.values(), ids=BOMBS)
def test_a_harmful_or_damaged_file_is_refused_at_once(made: Callable[[], bytes], told: str) -> None:
    assert refusal(made()) == told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<dimension ref="A1:B1"', b'<dimension ref="A1:XFD1048576"'),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    ],
    ids=["dimension", "merge", "link"],
)
def test_a_range_that_is_said_to_be_huge_costs_nothing(old: bytes, new: bytes) -> None:
    started = time.perf_counter()
    page = opened(in_sheet(old, new), "a.xlsx")["Sheet"]
    assert page.at(1, 1) == Found(Kind.TEXT, "a")
    assert (page.rows, page.columns) == (1, 2)
    assert time.perf_counter() - started < 5


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(plain())
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    assert refusal(bytes(data)) == NO_BOOK


def test_damaged_bytes_end_in_a_page_or_a_refusal() -> None:
    chance = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(plain(*[["a", 1, "=1", None, 2.5]] * 20))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    said = []
    for _ in range(400):
        name = chance.choice(sorted(parts))
        content = bytearray(parts[name])
        for _ in range(chance.randrange(1, 5)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            opened(packed({**parts, name: bytes(content)}), "a.xlsx")
        except Refused as error:
            said.append(str(error))
    assert 0 < len(said) < 400
    assert all(one.isprintable() for one in said)


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_columns_are_counted_as_a_spreadsheet_does(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert coordinate(3, number) == f"{letters}3"
