"""Thousands of damaged workbooks: each is read or refused with a reason, and nothing else ever happens.

Most are read in this process, by the very function that the child process calls; some by the child, which
must say the same.
"""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from arusha.exchange.found import Page
from arusha.exchange.parsing import parse
from arusha.exchange.reading import opened
from questionnaires.problems import Refused
from tests.exchange.bombs import packed, unpacked
from tests.exchange.reading import kept

IN_PARTS, IN_THE_FILE, IN_THE_CHILD = 1600, 400, 60
WORDS = (
    *(b"<c>", b"</c>", b"<row>", b"</row>", b'r="B1"', b'r="XFD9"', b't="s"', b't="b"', b't="e"', b't="d"'),
    *(
        b"<f>",
        b"<f/>",
        b"-1",
        b"99999999999",
        b"1e999",
        b"NaN",
        b"&amp;",
        b"&a;",
        b"<![CDATA[",
        b"]]>",
        b"\x00",
    ),
    *(b"\xff\xfe", b"<!DOCTYPE a>", b"<!--", b'="', b"'", b"<v>", b'xmlns:x="y"', b"_x0000_", b"_xD800_"),
)
Said = dict[str, Page] | str


def a_workbook() -> bytes:
    """Return a workbook with something of everything."""
    book = Workbook()
    sheet = book.active
    for number in range(1, 9):
        sheet.append(["text & <more>", number, number / 7, number % 2 == 0, "=A1", "é漢🙂", "_x000D_"])
        sheet.cell(number, 8).font = Font(bold=True)
    sheet.cell(1, 9).number_format = "yyyy-mm-dd"
    sheet.cell(1, 9).value = 45_000
    sheet.merge_cells("A9:B9")
    sheet.add_data_validation(DataValidation("list", formula1='"a,b"'))
    book.create_sheet("Two").append([1])
    return kept(book)


BOOK = a_workbook()
PARTS = unpacked(BOOK)
NAMES = sorted(PARTS)


def hurt(content: bytes, chance: random.Random) -> bytes:
    """Return bytes of which some were turned, cut, doubled or replaced by something that has a meaning."""
    mutant = bytearray(content)
    for _ in range(chance.randrange(1, 4)):
        start = chance.randrange(len(mutant) + 1)
        end = min(len(mutant), start + chance.randrange(1, 40))
        match chance.randrange(5):
            case 0 if start < len(mutant):
                mutant[start] ^= 1 << chance.randrange(8)
            case 1:
                del mutant[start:end]
            case 2:
                mutant[start:start] = mutant[start:end] * chance.randrange(1, 50)
            case 3:
                mutant[start:start] = chance.choice(WORDS)
            case _:
                mutant[start : start + chance.randrange(4)] = chance.randbytes(chance.randrange(1, 5))
    return bytes(mutant)


def in_a_part(chance: random.Random) -> bytes:
    """Return the workbook with one part hurt and packed again."""
    name = chance.choice(NAMES)
    return packed({**PARTS, name: hurt(PARTS[name], chance)})


def in_the_file(chance: random.Random) -> bytes:
    """Return the workbook with its packed bytes hurt."""
    return hurt(BOOK, chance)


def said(read: Callable[[bytes, str], dict[str, Page]], data: bytes) -> Said:
    """Return what was read, or the one reason for which it was refused."""
    try:
        return read(data, "a.xlsx")
    except Refused as refused:
        (problem,) = refused.problems
        assert problem.place.startswith("a.xlsx")
        assert all(text.isprintable() for text in problem.as_dict().values())
        return str(problem)


@pytest.mark.parametrize(
    ("mutant", "count", "least"), [(in_a_part, IN_PARTS, 100), (in_the_file, IN_THE_FILE, 1)]
)
def test_a_damaged_workbook_is_read_or_refused(
    mutant: Callable[[random.Random], bytes], count: int, least: int
) -> None:
    chance = random.Random(count)
    results = [said(parse, mutant(chance)) for _ in range(count)]
    told = Counter("read" if isinstance(result, dict) else "refused" for result in results)
    assert told.total() == count
    assert min(told["read"], told["refused"]) >= least  # or it tried nothing


def test_the_child_says_what_this_process_would_say() -> None:
    chance = random.Random(5)
    mutants = [in_a_part(chance) for _ in range(IN_THE_CHILD)]
    assert [said(opened, one) for one in mutants] == [said(parse, one) for one in mutants]
    assert len({type(said(parse, one)) for one in mutants}) == 2
