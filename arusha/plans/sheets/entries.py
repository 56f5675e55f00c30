"""What a person typed into a cell of a plan's table -> text, number or day, or what is wrong with it."""

from datetime import date
from typing import NamedTuple

from arusha.exchange.reading import Found, Kind
from questionnaires.problems import N_
from questionnaires.wording import shown


class Wrong(NamedTuple):
    """A fault with its remedy; ``entry`` is what stands in the cell, ``most`` how long a text may be."""

    fault: str
    remedy: str
    entry: str = ""
    most: int = 0


AS_TEXT = N_("Format the cell as text, then type it again.")
AS_NUMBER = N_("Type it again in digits only; a number stands at the right of its cell.")
AS_DATE = N_("Type the day as a date, or as text like 2026-12-31.")
FORMULA = Wrong(
    N_("This is a formula, and a value is needed here."),
    N_("Copy the cell and paste it as a value, or type it."),
)
ERROR = Wrong(N_("This is an error of the spreadsheet and no value."), N_("Type the value again."))
NOT_VALUES = {Kind.FORMULA: FORMULA, Kind.ERROR: ERROR}
TOOK_FOR_A_DATE = N_("The spreadsheet took this for a date.")
NOT_TEXT = N_("{entry}: this is no text, and text is needed here.")
LARGEST = 1e15


def text_at(found: Found, most: int, *, digits: bool = False) -> str | Wrong:
    """Return a cell's text, '' when it is empty; with ``digits`` a number is taken as it is written."""
    if found.kind in NOT_VALUES:
        return NOT_VALUES[found.kind]
    if found.kind is Kind.DATE:
        return Wrong(TOOK_FOR_A_DATE, AS_TEXT)
    if digits and found.kind is Kind.NUMBER and isinstance(found.value, int | float):
        return written(found.value)
    if found.kind not in (Kind.TEXT, Kind.EMPTY):
        return Wrong(NOT_TEXT, AS_TEXT, shown(found.value))
    text = str(found.value or "").strip()
    return text if len(text) <= most else too_long(most)


def too_long(most: int) -> Wrong:
    """Return what is wrong with a text of more than so many characters."""
    return Wrong(N_("The text is longer than {most} characters."), N_("Shorten it."), most=most)


def written(value: float) -> str:
    """Return a number as a person types it: 3, 1.1."""
    return str(int(value)) if abs(value) < LARGEST and value == int(value) else repr(value)


def number_at(found: Found) -> float | Wrong | None:
    """Return a cell's number, None when it is empty; a number that was typed as text is refused."""
    if found.kind in NOT_VALUES:
        return NOT_VALUES[found.kind]
    if found.kind is Kind.DATE:
        return Wrong(TOOK_FOR_A_DATE, N_("Format the cell as a number, then type it again."))
    if found.kind is Kind.NUMBER and isinstance(found.value, int | float):
        return _ordinary(found.value)
    if found.kind is not Kind.TRUTH and not str(found.value or "").strip():
        return None
    fault = N_("{entry}: this is text, and a number is needed here.")
    return Wrong(fault, AS_NUMBER, shown(found.value))


def _ordinary(value: float) -> float | Wrong:
    if abs(value) <= LARGEST:
        return float(value)
    return Wrong(N_("{entry}: this is not an ordinary number."), AS_NUMBER, shown(value))


def day_at(found: Found) -> date | Wrong | None:
    """Return a cell's day, None when it is empty: a date, or text that writes one like 2026-12-31."""
    if found.kind in NOT_VALUES:
        return NOT_VALUES[found.kind]
    if found.kind in (Kind.TEXT, Kind.DATE) and isinstance(found.value, str):
        text = found.value.strip()
        return _day(text) if text else None
    if found.kind is Kind.EMPTY:
        return None
    return Wrong(N_("{entry}: this is no date."), AS_DATE, shown(found.value))


def _day(text: str) -> date | Wrong:
    try:
        return date.fromisoformat(text[:10] if text[10:] in ("", "T00:00:00", " 00:00:00") else text)
    except ValueError:
        return Wrong(N_("{entry}: this is no date."), AS_DATE, shown(text))
