"""Nobody gets a workbook that lost something on the way to the file, or in which something is live."""

import ast
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from arusha.exchange.cells import LONGEST, Number, pieces, put, put_text
from arusha.exchange.finishing import Count, NotAsWrittenError, compare, count, finished, heard
from arusha.exchange.reading import Kind, opened
from questionnaires.problems import Refused
from tests.exchange.reading import kept

ROOT = Path(__file__).parents[2]
VALUES = st.one_of(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False).map(Number))


def counted(data: bytes, book: Workbook) -> list[tuple[int, int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [heard(archive, sheet) for sheet in book.worksheets]
    return [(one.cells, one.characters) for one in found]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.tuples(st.integers(1, 30), st.integers(1, 12)), VALUES, max_size=25))
def test_whatever_is_written_is_counted_again_in_the_file(
    values: dict[tuple[int, int], str | Number],
) -> None:
    book = Workbook()
    for place, value in values.items():
        put(book.active.cell(*place), value)
    data = finished(book)
    filled = sum(value != "" for value in values.values())
    assert [cells for cells, _ in counted(data, book)] == [filled]


def test_empty_cells_and_empty_sheets_count_as_nothing() -> None:
    book = Workbook()
    book.active["A1"].number_format = "0.0"
    put(book.active["B1"], "")
    book.create_sheet("Two").append([1, "ab", None, True])
    assert counted(finished(book), book) == [(0, 0), (3, 2)]


def test_a_file_that_lost_a_cell_or_a_letter_is_not_given_away() -> None:
    whole, cut, shorter = Workbook(), Workbook(), Workbook()
    for book, texts in ((whole, "ab cd"), (cut, "ab"), (shorter, "ab c")):
        for row, text in enumerate(texts.split(), start=1):
            put_text(book.active.cell(row, 1), text)
    for book in (cut, shorter):
        with zipfile.ZipFile(io.BytesIO(kept(book))) as archive, pytest.raises(NotAsWrittenError) as told:
            compare("Sheet", count(whole.active), heard(archive, book.active), ())
        assert "were written" in str(told.value)


def test_a_formula_that_nobody_meant_is_not_given_away() -> None:
    book = Workbook()
    book.active["B7"] = "=HYPERLINK(A1)"
    with pytest.raises(NotAsWrittenError, match=r"Sheet: 'HYPERLINK\(A1\)' is a formula that is not allowed"):
        finished(book)


OURS = ("IF", "EXACT", "NOT", "OR")


@pytest.mark.parametrize(
    "formula", ["=IF('en'!$C$5=\"\",\"\",'en'!$C$5)", '=IF(EXACT(C5,H5),"a|b [c]","")', "=A1"]
)
def test_formulas_of_ours_are_given_away(formula: str) -> None:
    book = Workbook()
    book.active["A1"] = formula
    assert opened(finished(book, OURS), "a.xlsx")["Sheet"].at(1, 1).kind is Kind.FORMULA


@pytest.mark.parametrize(
    "formula",
    [
        '=WEBSERVICE("http://127.0.0.1")',
        '=IF(TRUE,HYPERLINK("a"),"")',
        "=IF([1]Sheet!A1,1,2)",
        "=cmd|' /C calc'!A0",
        "=IF(A1,1,2)#",
        '=IF("a,1,2)',
    ],
)
def test_formulas_of_anything_else_are_not(formula: str) -> None:
    book = Workbook()
    book.active["A1"] = formula
    with pytest.raises(NotAsWrittenError, match="not allowed"):
        finished(book, OURS)


def test_a_text_that_looks_live_passes_as_text() -> None:
    book = Workbook()
    put_text(book.active["A1"], '=WEBSERVICE("http://127.0.0.1")')
    assert opened(finished(book), "a.xlsx")["Sheet"].at(1, 1).kind is Kind.TEXT


@pytest.mark.parametrize("text", ["a" * (LONGEST + 1), "🙂" * 20_000, "_" * 5_000 + "\r" * 5_000])
def test_a_text_too_long_for_a_cell_is_refused_or_split_and_never_cut(text: str) -> None:
    book = Workbook()
    with pytest.raises(Refused, match="longer than the 32767 characters that a cell can hold"):
        put_text(book.active["A1"], text)
    for row, piece in enumerate(pieces(text), start=1):
        put_text(book.active.cell(row, 1), piece)
    page = opened(finished(book), "a.xlsx")["Sheet"]
    assert "".join(str(page.at(row, 1).value) for row in range(1, page.rows + 1)) == text


def test_a_text_that_the_library_cut_is_shorter_than_what_was_meant() -> None:
    """Without ``put_text`` the library cuts a text without a word; so only ``exchange`` fills cells."""
    book = Workbook()
    book.active["A1"] = "a" * (LONGEST + 1)
    assert count(book.active) == Count(1, LONGEST)


ALLOWED = {"arusha/exchange/cells.py", "arusha/authoring/sheets/tables.py"}  # the latter: live cells of ours


def test_cells_are_filled_in_one_place() -> None:
    """``cell.value = …`` and ``sheet.append(…)`` take any text for a formula, and cut it."""
    raw = []
    for path in sorted((ROOT / "arusha").rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if "openpyxl" in code:
            name, tree = path.relative_to(ROOT).as_posix(), ast.parse(code)
            raw += [name for node in ast.walk(tree) if is_raw(node)]
    assert set(raw) <= ALLOWED


def is_raw(node: ast.AST) -> bool:
    match node:
        case ast.Assign(targets=[ast.Attribute(attr="value" | "_value")]):
            return True
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id="sheet"))]):
            return True
        case ast.Call(func=ast.Attribute(attr="append", value=ast.Name(id="sheet"))):
            return True
        case ast.Call(func=ast.Attribute(attr="cell"), keywords=keywords, args=arguments):
            return len(arguments) > 2 or any(keyword.arg == "value" for keyword in keywords)
    return False


@pytest.mark.parametrize("code", ["a.value = 1", "sheet['A1'] = 1", "sheet.append([1])", "s.cell(1, 2, 3)"])
def test_a_cell_filled_elsewhere_would_be_seen(code: str) -> None:
    assert any(is_raw(node) for node in ast.walk(ast.parse(code)))


def test_every_workbook_is_finished_and_never_just_saved() -> None:
    savers = []
    for path in sorted((ROOT / "arusha").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        savers += [path.relative_to(ROOT).as_posix()] if "book.save" in called else []
    assert savers == ["arusha/exchange/long_tables.py"]  # for ``finished`` alone
