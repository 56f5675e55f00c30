"""The periods of a plan: years, half-years and quarters of fiscal years that begin in any month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Every = Literal["year", "half", "quarter"]
MONTHS: dict[Every, int] = {"year": 12, "half": 6, "quarter": 3}
LETTER: dict[Every, str] = {"year": "", "half": "H", "quarter": "Q"}
KEY = re.compile(r"([0-9]{4})(?:-(H|Q)([1-4]))?")


@dataclass(frozen=True, order=True)
class Period:
    """A period from its first to its last day.

    ``year`` is the calendar year in which its fiscal year begins; ``number`` counts within that year from 1.
    """

    start: date
    end: date
    every: Every
    year: int
    number: int

    @property
    def key(self) -> str:
        """Return the name that is kept: "2024", "2024-H1", "2024-Q3"."""
        return f"{self.year}" if self.every == "year" else f"{self.year}-{LETTER[self.every]}{self.number}"

    @property
    def label(self) -> str:
        """Return the name that is shown: as kept, or "2024/25-Q3" where years do not begin in January."""
        across = f"{self.year}/{(self.year + 1) % 100:02d}" if _begins_late(self) else f"{self.year}"
        return across if self.every == "year" else f"{across}-{LETTER[self.every]}{self.number}"


def _begins_late(period: Period) -> bool:
    """Return whether the fiscal year of a period begins in another month than January."""
    months = MONTHS[period.every] * (period.number - 1)
    return (period.start.month - 1 - months) % 12 != 0


def period(key: str, fiscal_start: int = 1) -> Period:
    """Return the period of a key; raise ``ValueError`` for what is none."""
    found = KEY.fullmatch(key)
    if found is None:
        raise ValueError(key)
    year, letter, number = int(found[1]), found[2] or "", int(found[3] or 1)
    every = next(name for name, sign in LETTER.items() if sign == letter)
    if number > 12 // MONTHS[every] or not 1900 <= year <= 2200:
        raise ValueError(key)
    return _made(every, year, number, fiscal_start)


def _made(every: Every, year: int, number: int, fiscal_start: int) -> Period:
    first = fiscal_start - 1 + MONTHS[every] * (number - 1)
    start = _month(year, first)
    return Period(start, _month(year, first + MONTHS[every]) - timedelta(days=1), every, year, number)


def _month(year: int, months: int) -> date:
    """Return the first day of the month so many months after January of a year."""
    return date(year + months // 12, months % 12 + 1, 1)


def period_of(day: date, every: Every, fiscal_start: int = 1) -> Period:
    """Return the period that a day lies in."""
    months = day.year * 12 + day.month - fiscal_start
    year, within = divmod(months, 12)
    return _made(every, year, within // MONTHS[every] + 1, fiscal_start)


def following(one: Period, fiscal_start: int = 1) -> Period:
    """Return the period after this one."""
    return period_of(one.end + timedelta(days=1), one.every, fiscal_start)


def periods(every: Every, start: date, end: date, fiscal_start: int = 1) -> tuple[Period, ...]:
    """Return every period that has a day from ``start`` to ``end``, in order."""
    found = []
    current = period_of(start, every, fiscal_start)
    while current.start <= end:
        found.append(current)
        current = following(current, fiscal_start)
    return tuple(found)
