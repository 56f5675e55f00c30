"""A long table is the same in the file as one written cell by cell, and is counted like it."""

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import PERCENT, Number, Value, storable, text_of
from arusha.exchange.finishing import NotAsWrittenError, finished
from arusha.exchange.long_tables import LongTable, saved
from arusha.exchange.look import Look
from arusha.exchange.sheets import Footer, add_sheet, freeze_below, new_book
from arusha.exchange.tables import Column, put_headings, put_row
from tests.exchange.reading import formulas, opened

SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
LOOK = Look(*["#14212B"] * 9)
COLUMNS = [Column("Name", 12), Column("Share", 8, figures=True), Column("Note", 30)]
TEXTS = st.text(max_size=80) | st.sampled_from(
    ["=1+1", "a\r\nb", " x ", "_x000D_", "<b>&amp;", "Отдел", "وحدة"]
)
SHARES = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
ROWS = st.lists(st.tuples(TEXTS, SHARES, TEXTS), max_size=6)

Row = tuple[str, float | None, str]


def begun(language: str = "en") -> tuple[Workbook, Worksheet]:
    book = new_book("A title")
    sheet = add_sheet(book, "Table", language, Footer("x"))
    freeze_below(sheet, put_headings(sheet, 1, COLUMNS, LOOK) - 1, 1)
    return book, sheet


def values(row: Row) -> list[Value]:
    return [row[0], Number(row[1], PERCENT), row[2]]


def long(rows: list[Row], language: str = "en") -> tuple[Workbook, LongTable]:
    book, sheet = begun(language)
    table = LongTable(sheet, COLUMNS, LOOK, 2)
    for row in rows:
        table.put(values(row))
    return book, table


def seen(data: bytes) -> list[Any]:
    """Return everything that is kept of the cells and rows of the only sheet."""
    sheet = opened(data).worksheets[0]
    cells = [(c.coordinate, said(c), *looks(c)) for row in sheet.iter_rows() for c in row]
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    return [sheet.dimensions, sheet.freeze_panes, cells, heights]


def said(cell: Any) -> tuple[Any, ...]:
    return () if cell.value in (None, "") else (cell.value, cell.data_type)


def looks(cell: Any) -> tuple[Any, ...]:
    side, font = cell.alignment, cell.font
    placed = side.horizontal, side.vertical, side.indent, side.wrap_text
    shown = cell.number_format, cell.quotePrefix, font.color.rgb, font.bold
    return (*shown, cell.border.bottom.style, *placed)


@SOME
@given(ROWS, st.sampled_from(["en", "ar"]))
def test_a_long_table_is_the_same_as_one_written_cell_by_cell(rows: list[Row], language: str) -> None:
    book, sheet = begun(language)
    below = 2
    for row in rows:
        below = put_row(sheet, below, COLUMNS, values(row), LOOK)
    in_bulk, table = long(rows, language)
    assert seen(finished(in_bulk, tables=[table])) == seen(finished(book))
    assert table.below == below


@SOME
@given(ROWS)
def test_every_text_and_number_comes_back_exactly_and_nothing_is_a_formula(rows: list[Row]) -> None:
    book, table = long(rows)
    data = finished(book, tables=[table])
    assert formulas(data) == []
    cells = list(opened(data).worksheets[0].iter_rows(min_row=2, values_only=True)) if rows else []
    assert [text_of(cell[0]) for cell in cells] == [storable(row[0]) for row in rows]
    assert [cell[1] for cell in cells] == [row[1] for row in rows]


def test_text_that_one_row_cannot_show_goes_on_in_rows_below() -> None:
    book, table = long([("Why", 0.5, "word " * 400), ("Next", None, "")])
    cells = list(opened(saved(book, [table])).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(cells) > 3
    assert [cell[0] for cell in cells[:2]] == ["Why", "…"]
    assert "".join(text_of(cell[2]) for cell in cells[:-1]) == "word " * 400
    assert cells[-1][0] == "Next"


def test_a_workbook_without_long_tables_is_saved_as_it_is() -> None:
    book, _ = begun()
    assert opened(saved(book)).worksheets[0]["A1"].value == "Name"


def test_nothing_may_stand_beside_or_below_a_long_table() -> None:
    book, table = long([("One", 1, "")])
    table.sheet["A2"] = "in the way"
    with pytest.raises(ValueError, match="Table: something stands beside or below the long table"):
        saved(book, [table])


def test_a_number_that_is_none_is_refused_with_its_cell() -> None:
    with pytest.raises(ValueError, match=r"B2: nan is not a number a cell can hold"):
        long([("One", math.nan, "")])


def test_a_row_that_got_lost_on_the_way_is_noticed() -> None:
    book, table = long([("One", 1, "a"), ("Two", 2, "b")])
    table.rows.pop()
    with pytest.raises(NotAsWrittenError, match=r"Table: 6 cells .* were read back, and 9 .* were written"):
        finished(book, tables=[table])
