"""What a person typed into a cell -> the value that its column takes, or what is wrong with it."""

from typing import NamedTuple

from arusha.authoring.lists import split
from arusha.authoring.sheets.columns import NO, YES, Takes
from arusha.exchange.reading import Found, Kind
from questionnaires.problems import N_
from questionnaires.wording import shown

Value = str | float | int | bool | tuple[str, ...]


class Wrong(NamedTuple):
    """A fault with its remedy, and what stands in the cell."""

    fault: str
    remedy: str
    entry: str = ""


LARGEST = 1e15
AS_TEXT = N_("Format the cell as text, then type it again.")
AS_NUMBER = N_("Type it again in digits only; a number stands at the right of its cell.")
NOT_VALUES = {
    Kind.FORMULA: (
        N_("This is a formula, and a value is needed here."),
        N_("Copy the cell and paste it as a value, or type it."),
    ),
    Kind.DATE: (N_("The spreadsheet took this for a date."), AS_TEXT),
    Kind.ERROR: (N_("This is an error of the spreadsheet and no value."), N_("Type the value again.")),
}


def value_of(found: Found, takes: Takes) -> Value | Wrong | None:
    """Return what a cell says, None when it is empty, or what is wrong."""
    if found.kind in NOT_VALUES:
        return _not_a_value(found.kind, takes)
    if found.kind is Kind.EMPTY or (isinstance(found.value, str) and not found.value.strip()):
        return None
    if takes is Takes.TRUTH:
        return _truth(found)
    if takes in (Takes.NUMBER, Takes.WHOLE):
        return _number(found, takes)
    if not isinstance(found.value, str):
        return Wrong(N_("{entry}: this is no text, and text is needed here."), AS_TEXT, shown(found.value))
    return _list(found.value) if takes is Takes.LIST else found.value.strip()


def _not_a_value(kind: Kind, takes: Takes) -> Wrong:
    fault, remedy = NOT_VALUES[kind]
    is_figure = kind is Kind.DATE and takes in (Takes.NUMBER, Takes.WHOLE)
    return Wrong(fault, N_("Format the cell as a number, then type it again.") if is_figure else remedy)


def _truth(found: Found) -> bool | Wrong:
    words = {YES: True, NO: False}
    if isinstance(found.value, bool):
        return found.value
    if isinstance(found.value, str) and found.value.strip().casefold() in words:
        return words[found.value.strip().casefold()]
    fault = N_("{entry}: this must be yes or no.")
    return Wrong(fault, N_("Choose one from the list of the cell."), shown(found.value))


def _number(found: Found, takes: Takes) -> float | int | Wrong:
    value = found.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        fault = N_("{entry}: this is text, and a number is needed here.")
        return Wrong(fault, AS_NUMBER, shown(value))
    if abs(value) > LARGEST:
        fault = N_("{entry}: this is not an ordinary number.")
        return Wrong(fault, N_("Write a number such as 1.0."), shown(value))
    if takes is Takes.WHOLE and value != int(value):
        fault = N_("{entry}: this must be a whole number.")
        return Wrong(fault, N_("Write it in digits only."), shown(value))
    return int(value) if takes is Takes.WHOLE else float(value)


def _list(text: str) -> tuple[str, ...] | Wrong:
    names = split(text)
    fault = N_("{entry}: this is no list of names with commas between.")
    remedy = N_("Write a name between two commas; put a name with a comma in it in quotation marks.")
    return Wrong(fault, remedy, shown(text)) if names is None else names
