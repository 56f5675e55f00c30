"""A translator for one language and one time zone: sentences, dates, numbers and names of territories.

It is a value handed from caller to callee, so that two readers on one server never share a language.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from questionnaires.problems import Problem

CATALOGUES = Path(__file__).parent / "catalogues"
SOURCE = "en"
Day = date  # the translator has a method of that name


def offered() -> tuple[str, ...]:
    """Return the languages the interface is offered in; the source language first."""
    return (SOURCE, *sorted(path.stem for path in CATALOGUES.glob("*.po")))


def own_name(language: str) -> str:
    """Return a language's own name, as in a list to choose from: English, Français."""
    name = _locale(language).get_language_name() or language
    return name[:1].upper() + name[1:]


@dataclass(frozen=True)
class Translator:
    """Everything that depends on who reads."""

    language: str
    zone: ZoneInfo
    _catalogue: NullTranslations = field(repr=False, compare=False)

    def __call__(self, sentence: str, /, **values: object) -> str:
        """Return the sentence in the reader's language with its ``{values}`` filled in."""
        return self._catalogue.gettext(sentence).format_map(values)

    def many(self, one: str, several: str, count: int, /, **values: object) -> str:
        """Return the form that fits ``count``, which also fills ``{count}``."""
        chosen = self._catalogue.ngettext(one, several, count)
        return chosen.format_map({"count": self.number(count), **values})

    def problem(self, problem: Problem) -> str:
        """Return fault and remedy of a problem, without its place."""
        return f"{self(problem.fault, **problem.values)} {self(problem.remedy, **problem.values)}"

    def number(self, value: Decimal | float | int | None) -> str:
        """Return a number as the language writes it, or a dash for none."""
        return "–" if value is None else format_decimal(value, locale=self._locale)

    def decimal(self, value: Decimal | None) -> str:
        """Return a number with exactly one decimal, or a dash for none."""
        return "–" if value is None else format_decimal(value, format="0.0", locale=self._locale)

    def exact(self, value: float | None) -> str:
        """Return a number with up to six decimals, or a dash for none: for the way a number is computed."""
        return "–" if value is None else format_decimal(value, format="#,##0.######", locale=self._locale)

    def percent(self, share: float | None) -> str:
        """Return a share of 0..1 as whole percent, or a dash for none."""
        return "–" if share is None else format_percent(share, locale=self._locale)

    def date(self, moment: datetime) -> str:
        """Return the day of a moment, in the reader's zone."""
        return format_date(moment.astimezone(self.zone), "long", locale=self._locale)

    def day(self, day: Day | None) -> str:
        """Return a day as the language writes it shortly, or a dash for none: 21 Nov 2026."""
        return "–" if day is None else format_date(day, "medium", locale=self._locale)

    def time(self, moment: datetime) -> str:
        """Return the time of day of a moment, in the reader's zone."""
        return format_time(moment.astimezone(self.zone), "HH:mm", locale=self._locale)

    def moment(self, moment: datetime) -> str:
        """Return day and time of a moment, in the reader's zone."""
        return format_datetime(moment.astimezone(self.zone), "d MMM y, HH:mm", locale=self._locale)

    def joined(self, parts: Sequence[str]) -> str:
        """Return parts joined as the language joins them: "a, b and c"."""
        return format_list(parts, locale=self._locale)

    def territory(self, code: str) -> str | None:
        """Return CLDR's name of a country or territory, or None when it has none."""
        return self._locale.territories.get(code)

    @property
    def _locale(self) -> Locale:
        return _locale(self.language)


def translator(wanted: str = "", zone: str = "") -> Translator:
    """Return the translator for the language that fits best; English when none does."""
    language = wanted.replace("-", "_").split("_")[0].casefold()
    language = language if language in offered() else SOURCE
    return Translator(language, _zone(zone), _catalogue(language))


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(
        "en_001" if language == SOURCE else language
    )  # English of the world: 21 November 2026


@lru_cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    compiled = io.BytesIO()
    with (CATALOGUES / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
