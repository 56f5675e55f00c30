"""Safe cells: text that stays text and numbers that stay exact, whatever a spreadsheet would make of them.

A workbook cannot hold every character. A control character becomes its picture (U+2400 and up, such as
␋ for a vertical tab), and what XML cannot carry at all (half a surrogate pair, U+FFFE, U+FFFF) becomes
U+FFFD. A carriage return, and text that looks like an escape, are written as Office Open XML escapes
(``_x000D_``, ECMA-376 part 1, 22.9.2.19), so that a spreadsheet shows them and ``text_of`` reads them
back unchanged.
"""

import re
from dataclasses import dataclass
from datetime import date
from math import isfinite

from openpyxl.cell.cell import Cell

from questionnaires.problems import N_, refuse

LONGEST = 32_767  # UTF-16 units in one cell; openpyxl cuts off what is beyond without a word
LIVE = tuple("=+-@\t\r\n|＝＋－＠")
"""A spreadsheet could take a text that begins with one of these for a formula."""

WHOLE = "0"
ONE_DECIMAL = "0.0"
FOUR_DECIMALS = "0.0000"
PERCENT = "0%"
DAY = "yyyy-mm-dd"  # reads the same in every language
CHANGE = "+0.0;\u22120.0;0.0"

_DAY_NOUGHT = date(1899, 12, 30)  # right from March 1900 on: a spreadsheet takes 1900 for a leap year
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IMPOSSIBLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}[_\r])")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WIDEST = 7  # what one escape takes


@dataclass(frozen=True)
class Number:
    """A number and how a spreadsheet shows it; ``None`` leaves the cell empty."""

    value: float | int | None
    format: str = WHOLE


Value = str | Number


def day(on: date | None) -> Number:
    """Return a day as a spreadsheet sorts it and reckons with it; None leaves the cell empty."""
    return Number(None if on is None else (on - _DAY_NOUGHT).days, DAY)


def storable(text: str) -> str:
    """Return the text with every character that a workbook cannot hold replaced by one that is seen."""
    return _IMPOSSIBLE.sub("\ufffd", _CONTROL.sub(_picture, text))


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    return "\u2421" if code == 0x7F else chr(0x2400 + code)


def pieces(text: str) -> list[str]:
    """Return the text in parts that each fit a cell; joined again they are the text."""
    if len(text) * _WIDEST <= LONGEST:
        return [text]
    parts, start, used = [], 0, 0
    for place, character in enumerate(text):
        room = _room(character)
        if used + room > LONGEST:
            parts.append(text[start:place])
            start, used = place, 0
        used += room
    return [*parts, text[start:]]


def _room(character: str) -> int:
    if character in "_\r":
        return _WIDEST
    return 2 if ord(character) > 0xFFFF else 1


def put_text(cell: Cell, text: str) -> None:
    """Write a text as text, never as a formula, an error or a number; raise ``Refused`` when it is too long.

    Use ``pieces`` for text that may be longer than one cell holds.
    """
    cell.value = kept_text(text, cell.coordinate)
    cell.data_type = "s"
    if is_live(text):
        cell.quotePrefix = True


def kept_text(text: str, place: str) -> str:
    """Return a text as a cell keeps it; raise ``Refused`` when it is longer than one cell holds."""
    kept = storable(text)
    if len(kept) * _WIDEST > LONGEST and len(pieces(kept)) > 1:
        fault = N_("The text is longer than the {longest} characters that a cell can hold.")
        raise refuse(place, fault, N_("Write it in several cells."), longest=LONGEST)
    return _LIKE_AN_ESCAPE.sub("_x005F_", kept).replace("\r", "_x000D_")


def is_live(text: str) -> bool:
    """Return whether a spreadsheet could take a text for a formula when a person edits its cell."""
    return text.startswith(LIVE)


def text_of(value: object) -> str:
    """Return the text that ``put_text`` wrote, from a cell's value as openpyxl reads it."""
    return "" if value is None else _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), str(value))


def put_number(cell: Cell, number: Number) -> None:
    """Write a number with every digit it has; raise ``ValueError`` for one that is not finite."""
    cell.number_format = number.format
    if number.value is None:
        return
    cell.value = kept_number(number.value, cell.coordinate)
    cell.data_type = "n"


def kept_number(value: float | int, place: str) -> str:
    """Return a number as a cell keeps it, as text: openpyxl writes sixteen digits where some need seventeen.

    Raise ``ValueError`` for one that is not finite.
    """
    if not isfinite(value):
        raise ValueError(f"{place}: {value} is not a number a cell can hold")
    return repr(value)


def put(cell: Cell, value: Value) -> None:
    """Write a text or a number."""
    if isinstance(value, Number):
        put_number(cell, value)
    else:
        put_text(cell, value)
