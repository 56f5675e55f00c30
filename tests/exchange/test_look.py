"""Cells of one style look as if each had been set by hand, and changing one changes no other."""

from openpyxl import Workbook

from arusha.exchange import look as looks
from arusha.exchange.look import Style, style_number, styled

STYLE = Style(
    "#14212B",
    13,
    bold=True,
    italic=True,
    fill="#F4F1EA",
    line="#D9D4C8",
    across="left",
    indent=2,
    format="0.0",
)


def test_a_style_is_what_its_parts_are_when_set_one_by_one() -> None:
    sheet = Workbook().active
    styled(sheet["A1"], STYLE)
    by_hand = sheet["B1"]
    looks.write_in(by_hand, "#14212B", size=13, bold=True, italic=True)
    looks.fill(by_hand, "#F4F1EA")
    looks.underline(by_hand, "#D9D4C8")
    looks.place(by_hand, across="left", indent=2)
    by_hand.number_format = "0.0"
    assert sheet["A1"].style_id == by_hand.style_id == style_number(sheet, STYLE)


def test_left_is_where_reading_begins() -> None:
    book = Workbook()
    styled(book.active["A1"], STYLE)
    arabic = book.create_sheet("ar")
    arabic.sheet_view.rightToLeft = True
    styled(arabic["A1"], STYLE)
    assert (book.active["A1"].alignment.horizontal, arabic["A1"].alignment.horizontal) == ("left", "right")


def test_changing_one_cell_changes_no_other_of_its_style() -> None:
    sheet = Workbook().active
    for place in ("A1", "A2"):
        styled(sheet[place], STYLE)
    sheet["A1"].number_format = "0%"
    assert sheet["A2"].number_format == "0.0"
