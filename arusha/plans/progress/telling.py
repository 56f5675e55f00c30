"""The sentences about standings and clocks with their values written as the reader's language writes them."""

from collections.abc import Mapping
from datetime import date, datetime, time

from arusha.i18n import Translator

SHARES = ("share", "way")
ESTIMATES = ("low", "high")  # a forecast is no more exact than three digits


def told(t: Translator, sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence of the catalogue with its values as the reader's language writes them."""
    return t(sentence, **{name: written(t, name, value) for name, value in values.items()})


def written(t: Translator, name: str, value: object) -> str:
    """Return one value of a sentence; what is no number, share or day is written as it is."""
    if isinstance(value, int | float) and name in SHARES:
        return t.percent(value)
    if isinstance(value, int | float) and name in ESTIMATES:
        return t.number(float(f"{value:.3g}"))
    if isinstance(value, int | float):
        return t.number(value)
    if isinstance(value, date):
        return t.date(datetime.combine(value, time(12), t.zone))
    return "–" if value is None else str(value)
