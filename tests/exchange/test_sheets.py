"""Sheets have possible names, print on paper, carry no personal data, and lose no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.exchange.cells import LONGEST, Number, storable, text_of
from arusha.exchange.look import Look
from arusha.exchange.sheets import Footer, add_sheet, freeze_below, new_book, print_across, sheet_name
from arusha.exchange.tables import Column, fitting, lines_of, put_headings, put_line, put_row, set_widths
from tests.exchange.reading import kept, opened, parts

LOOK = Look(*["#14212B"] * 9)
COLUMNS = [Column("Name", 20), Column("Note", 30), Column("Number", 8, figures=True)]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
def test_every_name_becomes_one_that_a_sheet_may_have(wanted: list[str]) -> None:
    names: list[str] = []
    for name in wanted:
        names.append(sheet_name(name, names))
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < units(name) <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\'") for name in names)


@pytest.mark.parametrize(
    ("wanted", "taken", "given_name"),
    [
        ("1 Leadership", (), "1 Leadership"),
        ("Audit/Investigation?", (), "Audit-Investigation-"),
        ("Summary", ("summary",), "Summary (2)"),
        ("History", (), "History (2)"),
        ("", (), "-"),
        ("A" * 40, (), "A" * 30 + "…"),
        ("A" * 40, ("A" * 30 + "…",), "A" * 26 + "… (2)"),
    ],
)
def test_a_name_is_changed_no_more_than_needed(wanted: str, taken: tuple[str, ...], given_name: str) -> None:
    assert sheet_name(wanted, taken) == given_name


def test_the_properties_name_the_program_and_nobody_else() -> None:
    book = new_book("A title")
    add_sheet(book, "One", "en", Footer("x"))
    read = opened(kept(book)).properties
    assert (read.creator, read.lastModifiedBy, read.title) == ("Arusha toolkit", "Arusha toolkit", "A title")
    assert (read.description, read.subject, read.keywords, read.category) == (None, None, None, None)


def test_a_sheet_prints_landscape_on_one_page_width_with_its_headings_repeated() -> None:
    book = new_book("A title")
    sheet = add_sheet(
        book, "One", "en", Footer("Research & development, 2024", "Sample", "Page {page} of {pages}")
    )
    freeze_below(sheet, 3, 1)
    data = kept(book)
    read = opened(data)["One"]
    assert read.page_setup.orientation == "landscape"
    assert (read.page_setup.fitToWidth, read.page_setup.fitToHeight) == (1, 0)
    assert read.sheet_properties.pageSetUpPr.fitToPage
    assert (read.freeze_panes, read.print_title_rows) == ("B4", "$3:$3")
    footer = parts(data, "xl/worksheets/")["xl/worksheets/sheet1.xml"].decode()
    assert "&amp;LResearch &amp;&amp; development, 2024&amp;CSample&amp;RPage &amp;P of &amp;N" in footer


def test_a_wide_sheet_prints_on_several_pages_with_its_first_columns_on_each() -> None:
    book = new_book("A title")
    print_across(add_sheet(book, "One", "en", Footer("x")), 2, 3)
    read = opened(kept(book))["One"]
    assert (read.print_title_cols, read.page_setup.fitToWidth) == ("$A:$B", 3)


def test_arabic_runs_from_right_to_left() -> None:
    book = new_book("x")
    assert add_sheet(book, "One", "ar", Footer("x")).sheet_view.rightToLeft
    assert not add_sheet(book, "Two", "fr", Footer("x")).sheet_view.rightToLeft
    for name, side in (("One", "right"), ("Two", "left")):
        put_row(book[name], 1, COLUMNS, ["a", "b", Number(1)], LOOK)
        assert book[name]["A1"].alignment.horizontal == side


def test_a_text_longer_than_a_cell_goes_on_in_the_rows_below() -> None:
    book, note = new_book("x"), "é" * (2 * LONGEST + 10)
    sheet = add_sheet(book, "One", "en", Footer("x"))
    row = put_headings(sheet, 1, COLUMNS, LOOK)
    row = put_row(sheet, row, COLUMNS, ["=name", note, Number(1)], LOOK, continued="(continued)")
    row = put_row(sheet, row, COLUMNS, ["next", "", Number(2)], LOOK)
    read = opened(kept(book))["One"]
    names, notes, numbers = (
        [c.value for c in column[1:row] if c.value is not None] for column in read.columns
    )
    assert names == ["=name", *["(continued)"] * (len(notes) - 1), "next"]
    assert "".join(map(text_of, notes)) == note
    assert numbers == [1, 2]
    assert max(sheet.row_dimensions[n].height for n in range(1, row)) <= 409


@given(st.text(max_size=3000), st.floats(3, 60))
def test_text_is_parted_where_lines_end_and_joined_again_it_is_the_text(text: str, width: float) -> None:
    assert "".join(lines_of(text, width)) == text
    assert "".join(fitting(text, width)) == storable(text)


def test_rows_are_as_high_as_their_text() -> None:
    sheet = add_sheet(new_book("x"), "One", "en", Footer("x"))
    set_widths(sheet, COLUMNS)
    put_row(sheet, 1, COLUMNS, ["a", "word " * 30, Number(1)], LOOK)
    put_line(sheet, 2, "one line", COLUMNS, "#000000")
    assert sheet.row_dimensions[1].height >= 5 * 15
    assert sheet.row_dimensions[2].height == 15
    assert lines_of("a\nb\n\nc", 10) == ["a\n", "b\n", "\n", "c"]
    assert lines_of("one two three", 7) == ["one two ", "three"]
    assert len(lines_of("漢" * 20, 20)) > len(lines_of("a" * 20, 20))
