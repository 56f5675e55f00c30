"""The indicators of a plan in rows: where each began, is to be and is, and how to read that."""

from collections.abc import Iterable, Sequence
from datetime import date

from arusha.access.gate import Here
from arusha.plans.frames import Path, Place, Row
from arusha.plans.model import Indicator, Plan
from arusha.plans.periods import period_of
from arusha.plans.progress.standings import Reading
from arusha.plans.progress.telling import told
from arusha.ui.components.indicators import Shown, indicators
from arusha.ui.parts.markup import href, tag, text
from arusha.ui.parts.paths import SmallPath, Spot


def draw(here: Here, plan: Plan, rows: Sequence[Row]) -> None:
    """Show a row an indicator; each name leads to the page of that one."""
    t = here.t
    figures = (t("baseline"), t("target"), t("newest"))
    heads = [t("Indicator"), *figures, t("path of targets · actual · forecast"), t("reading")]
    indicators(heads, [_row(here, plan, row) for row in rows], key="indicators")


def _row(here: Here, plan: Plan, row: Row) -> Shown:
    t, one, read = here.t, row.indicator, row.reading
    about = " · ".join(said for said in (one.number, unit_of(here, one)) if said)
    return Shown(
        one.title or t("Indicator without a title"),
        about,
        href("benchmarks", here.at(factor="", indicator=one.id)),
        _figures(here, plan, row),
        small(here, row),
        read.standing,
        t(read.name),
        said_of(here, read),
    )


def _figures(here: Here, plan: Plan, row: Row) -> list[tuple[str, str]]:
    t, final, newest = here.t, row.final, row.latest
    began = period_of(row.baseline.on, "year", plan.header.fiscal_start).label if row.baseline else ""
    return [
        (t.number(row.baseline.value if row.baseline else None), began),
        (t.number(final.planned if final else None), final.period.label if final else ""),
        (t.number(newest.reached if newest else None), newest.period.label if newest else ""),
    ]


def unit_of(here: Here, indicator: Indicator) -> str:
    """Return unit and direction in short: "% · ↑"."""
    t = here.t
    ways = {"up": "↑", "down": "↓", "ambiguous": t("ambiguous")}
    kinds = [indicator.unit or t("no unit"), ways[indicator.direction]]
    return " · ".join([*kinds, t("adds up")] if indicator.cumulative else kinds)


def reading(here: Here, read: Reading) -> str:
    """Return the verdict as markup: a word and a sentence."""
    word = tag("b", text(here.t(read.name)), class_=f"standing-{read.standing}")
    return word + tag("small", text(said_of(here, read)))


def said_of(here: Here, read: Reading) -> str:
    """Return the sentence of a verdict; one that was set by hand stands with its reason before it."""
    t = here.t
    said = told(t, read.sentence, read.values)
    if read.override is None:
        return said
    return f"{t('Set by hand: {reason}', reason=read.override.text)} {said}"


def small(here: Here, row: Row) -> SmallPath:
    """Return the row's path as places in a small picture, and in words."""
    path = row.path
    first, last = (str(day.year) for day in (path.start, path.end))
    breaks = [_across(path, one.ended) for one, _ in path.earlier if one.ended]
    return SmallPath(
        _spots(path, path.targets),
        _spots(path, path.actuals),
        _fan(path),
        [place for place in breaks if 0 <= place <= 1],
        first,
        last,
        _briefly(here, path),
    )


def _fan(path: Path) -> tuple[Spot, Spot, Spot] | None:
    ahead = path.forecast
    if ahead is None or not path.actuals:
        return None
    ends = _spots(path, [(ahead.on, ahead.low), (ahead.on, ahead.high)])
    return _spots(path, path.actuals[-1:])[0], ends[0], ends[1]


def _spots(path: Path, places: Iterable[Place]) -> list[Spot]:
    values = list(path.values)
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = high - low
    return [(_across(path, day), (value - low) / room if room else 0.5) for day, value in places]


def _across(path: Path, day: date) -> float:
    days = (path.end - path.start).days or 1
    return min(max((day - path.start).days / days, 0.0), 1.0)


def _briefly(here: Here, path: Path) -> str:
    t = here.t
    if not path.actuals:
        return t("No actuals yet.")
    (start, first), (end, last) = path.actuals[0], path.actuals[-1]
    return t(
        "From {first} in {start} to {last} in {end}.",
        first=t.number(first),
        start=start.year,
        last=t.number(last),
        end=end.year,
    )


def in_words(here: Here, path: Path) -> str:
    """Return the actuals of a path in words, for who cannot see it."""
    t = here.t
    actuals = ", ".join(f"{day.year}: {t.number(value)}" for day, value in path.actuals)
    return t("Actuals: {values}.", values=actuals) if actuals else t("No actuals yet.")
