"""A colour follows the word in a cell, also when the word has quotation marks or is a sign."""

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule

from arusha.exchange.marking import Mark, mark_beginnings, mark_words
from tests.exchange.reading import kept, opened


def rules(book: Workbook) -> list[Rule]:
    sheet = opened(kept(book)).worksheets[0]
    return [rule for one in sheet.conditional_formatting for rule in one.rules]


def test_a_word_is_marked_where_the_cell_says_exactly_that() -> None:
    book = Workbook()
    mark_words(book.active, "C5:C90", {"on track": Mark("#16697A", "#E3F0F2"), 'say "no"': Mark("#9B1C1C")})
    first, second = rules(book)
    assert (first.type, first.operator, first.formula) == ("cellIs", "equal", ['"on track"'])
    assert (first.dxf.font.color.rgb, first.dxf.fill.bgColor.rgb) == ("0016697A", "00E3F0F2")
    assert second.formula == ['"say ""no"""']
    assert second.dxf.fill is None


def test_a_sign_is_marked_where_the_cell_begins_with_it() -> None:
    book = Workbook()
    mark_beginnings(book.active, "G7:AH90", {"✓": Mark("#FFFFFF", "#16697A")})
    (rule,) = rules(book)
    assert (rule.type, rule.text, rule.formula) == ("beginsWith", "✓", ['LEFT(G7,1)="✓"'])
