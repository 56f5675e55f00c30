"""A workbook from elsewhere is read as plain values, each kind told apart, each text as it was typed."""

from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from arusha.exchange.cells import put_text
from arusha.exchange.guard import column_number
from arusha.exchange.reading import EMPTY, Found, Kind, coordinate, opened
from questionnaires.problems import Refused
from tests.exchange.bombs import CELL, after_rows, in_sheet, plain, with_shared
from tests.exchange.reading import kept


def test_every_kind_of_cell_is_told_apart() -> None:
    found = opened(plain(["text", 1, 1.5, True, date(2026, 1, 1), "=1+1", "#N/A", None, "_x000D_"]), "a.xlsx")
    page = found["Sheet"]
    assert [page.at(1, column) for column in range(1, 10)] == [
        Found(Kind.TEXT, "text"),
        Found(Kind.NUMBER, 1),
        Found(Kind.NUMBER, 1.5),
        Found(Kind.TRUTH, True),
        Found(Kind.DATE, "2026-01-01"),
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


def test_merged_cells_are_counted_whichever_corner_is_named_first() -> None:
    area = after_rows(b'<mergeCells count="1"><mergeCell ref="BH20000:A1"/></mergeCells>')
    with pytest.raises(Refused, match="More than 200000 cells are merged"):
        opened(area, "a.xlsx")


def test_a_date_says_its_day_and_a_time_says_nothing() -> None:
    rows: list[list[object]] = [
        [date(2024, 2, 29), datetime.fromisoformat("2024-07-01T13:30"), time(9, 0), timedelta(hours=30)]
    ]
    page = opened(plain(*rows), "a.xlsx")["Sheet"]
    assert [page.at(1, column) for column in range(1, 5)] == [
        Found(Kind.DATE, "2024-02-29"),
        Found(Kind.DATE, "2024-07-01"),
        Found(Kind.DATE),
        Found(Kind.DATE),
    ]


def test_a_day_that_no_calendar_has_is_an_error_of_the_spreadsheet() -> None:
    book = Workbook()
    book.active["A1"], book.active["A1"].number_format = 99_999_999_999, "yyyy-mm-dd"
    assert opened(kept(book), "a.xlsx")["Sheet"].at(1, 1) == Found(Kind.ERROR)


@pytest.mark.parametrize(
    "text", ["_x000D_", "x005F_", "_x005F_x0041_", "a_x0041_", "=1+1", "é漢🙂", " a\n b "]
)
def test_text_that_a_spreadsheet_saved_again_is_the_same_text(text: str) -> None:
    """Spreadsheet programs move texts to a table that sheets share; the library drops ``x005F_`` there."""
    book = Workbook()
    put_text(book.active["B1"], text)
    written = book.active["B1"].value.replace("&", "&amp;").replace("<", "&lt;").encode()
    shared = with_shared(
        b'<si><t xml:space="preserve">' + written + b"</t></si>", b'<c r="B1" t="s"><v>0</v></c>'
    )
    for data in (kept(book), shared):
        assert opened(data, "a.xlsx")["Sheet"].at(1, 2) == Found(Kind.TEXT, text)


def test_what_no_database_can_hold_is_never_read() -> None:
    text = b'<c r="B1" t="inlineStr"><is><t>a_x0000_b_xD800_c</t></is></c>'
    assert opened(in_sheet(CELL, text), "a.xlsx")["Sheet"].at(1, 2) == Found(Kind.TEXT, "a␀b\ufffdc")


def test_a_whole_number_beyond_what_a_spreadsheet_knows_is_read_as_one_it_knows() -> None:
    data = in_sheet(b"<v>1</v>", b"<v>12345678901234567890</v>")
    assert opened(data, "a.xlsx")["Sheet"].at(1, 2) == Found(Kind.NUMBER, 12345678901234567000.0)


def test_every_sheet_is_read_in_its_order_with_its_own_cells() -> None:
    book = Workbook()
    book.active.append(["one"])
    book.create_sheet("Empty")
    book.create_sheet("Last 'é' & <3>")["C4"] = "=1"
    pages = opened(kept(book), "a.xlsx")
    assert list(pages) == ["Sheet", "Empty", "Last 'é' & <3>"]
    assert [(page.rows, page.columns) for page in pages.values()] == [(1, 1), (0, 0), (4, 3)]
    assert pages["Last 'é' & <3>"].at(4, 3) == Found(Kind.FORMULA)


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_columns_are_counted_as_a_spreadsheet_does(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert coordinate(3, number) == f"{letters}3"
