"""Text comes back as it was, is never live, and is never cut; numbers keep every digit."""

import math
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import from_excel

from arusha.exchange.cells import (
    LIVE,
    LONGEST,
    Number,
    day,
    pieces,
    put,
    put_number,
    put_text,
    storable,
    text_of,
)
from questionnaires.problems import Refused
from tests.exchange.reading import CONTROL_OR_IMPOSSIBLE, formulas, kept, opened

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TRICKY = st.text(
    st.sampled_from("=+-@|\t\r\n＝＋－＠'_x0059AdfF<>&\" \u2028\x85é漢🙂\x0b\x00\ufffe\ud800"), max_size=40
)


def through_a_file(*texts: str) -> list[object]:
    book = Workbook()
    for row, text in enumerate(texts, start=1):
        put_text(book.active.cell(row, 1), text)
    data = kept(book)
    assert formulas(data) == []
    sheet = opened(data).active
    assert {sheet.cell(row, 1).data_type for row, text in enumerate(texts, start=1) if text} <= {"s"}
    return [sheet.cell(row, 1).value for row in range(1, len(texts) + 1)]


@SOME
@given(st.lists(st.one_of(TRICKY, st.text(max_size=60)), min_size=1, max_size=30))
@example(["_xABCD\r", "_x000D_", "_x_x0041_", "\r\n", "x0041_", "_x005F_x0041_"])
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    assert [text_of(value) for value in through_a_file(*texts)] == [storable(text) for text in texts]


@SOME
@given(st.lists(st.tuples(st.sampled_from(LIVE), st.text(max_size=40)).map("".join), min_size=1, max_size=20))
def test_text_that_looks_live_is_quoted_and_comes_back_exactly(texts: list[str]) -> None:
    book = Workbook()
    for row, text in enumerate(texts, start=1):
        put_text(book.active.cell(row, 1), text)
    data = kept(book)
    assert formulas(data) == []
    sheet = opened(data).active
    for row, text in enumerate(texts, start=1):
        cell = sheet.cell(row, 1)
        assert cell.quotePrefix
        assert text_of(cell.value) == storable(text)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "|cmd", "\tx", "#N/A", "#REF!", "1", "TRUE"]
)
def test_nothing_that_reads_like_something_else_is_anything_but_text(text: str) -> None:
    assert through_a_file(text) == [text]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80))
def test_what_a_workbook_can_hold_is_not_touched(text: str) -> None:
    if not CONTROL_OR_IMPOSSIBLE.search(text):
        assert storable(text) == text


def test_what_a_workbook_cannot_hold_is_seen() -> None:
    assert storable("a\x0bb\x00c\x7fd\ud83de\ufffff") == "a␋b␀c␡d\ufffde\ufffdf"
    assert storable("tab\tline\nreturn\r") == "tab\tline\nreturn\r"


@pytest.mark.parametrize("character", ["a", "🙂", "_", "\r"])
def test_a_long_text_is_split_and_never_cut(character: str) -> None:
    text = character * (LONGEST + 5)
    split = pieces(text)
    assert len(split) > 1
    assert "".join(split) == text
    assert "".join(text_of(value) for value in through_a_file(*split)) == text


@pytest.mark.parametrize("text", ["a" * (LONGEST + 1), "🙂" * (LONGEST // 2 + 1)])
def test_one_cell_refuses_what_it_cannot_hold(text: str) -> None:
    cell = Workbook().active["B2"]
    with pytest.raises(Refused) as refused:
        put_text(cell, text)
    assert refused.value.problems[0].place == "B2"
    assert cell.value is None


def test_the_longest_text_fits_one_cell() -> None:
    text = "a" * LONGEST
    assert pieces(text) == [text]
    assert through_a_file(text) == [text]


@SOME
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=40))
@example([0.1 + 0.2, 1 / 3, 2 / 3, 5e-324, 1.7976931348623157e308, 0.30000000000000004])
def test_a_number_keeps_every_digit(numbers: list[float]) -> None:
    book = Workbook()
    for row, number in enumerate(numbers, start=1):
        put_number(book.active.cell(row, 1), Number(number, "0.00"))
    sheet = opened(kept(book)).active
    assert [sheet.cell(row, 1).value for row in range(1, len(numbers) + 1)] == numbers
    assert sheet.cell(1, 1).number_format == "0.00"


def test_no_number_leaves_the_cell_empty_and_a_whole_one_stays_whole() -> None:
    sheet = Workbook().active
    put(sheet["A1"], Number(None))
    put(sheet["A2"], Number(7))
    read = opened(kept(sheet.parent)).active
    assert (read["A1"].value, read["A2"].value) == (None, 7)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        put_number(Workbook().active["A1"], Number(value))


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_a_day_is_kept_as_a_spreadsheet_reckons_with_it(on: date) -> None:
    cell = Workbook().active.cell(1, 1)
    put(cell, day(on))
    assert from_excel(float(cell.value)).date() == on
    assert cell.number_format == "yyyy-mm-dd"


def test_no_day_leaves_its_cell_empty() -> None:
    assert day(None).value is None
