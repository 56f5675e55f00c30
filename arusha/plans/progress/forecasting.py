"""Where an indicator will stand at the plan's end if it goes on as it has, and how sure that is.

The line is that of Theil (1950) and Sen (1968): its slope is the median of the slopes between every two
points, so that one odd year does not carry it away. The method stands in words in ``arusha/plans/README.md``.

Theil, H. (1950). A rank-invariant method of linear and polynomial regression analysis. Proceedings of the
Royal Netherlands Academy of Sciences 53, 386-392, 521-525, 1397-1412.
Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau. Journal of the American
Statistical Association 63, 1379-1389.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import ceil, floor, inf, sqrt
from statistics import NormalDist, median

from arusha.plans.model import Indicator, Plan
from arusha.plans.progress.benchmarks import benchmarks, latest, readings, whole_months
from arusha.plans.progress.remembering import remembered
from arusha.plans.rules import is_share

FEWEST_POINTS = 4
FEWEST_DAYS = 3
SHORTEST_SPAN = 12  # months
CONFIDENCE = 0.8
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)

Point = tuple[float, float]


@dataclass(frozen=True)
class Forecast:
    """The level or running total expected on a day, and the interval it lies in, in the indicator's unit.

    ``low`` <= ``value`` <= ``high``; ``points`` is how many actuals it rests on.
    """

    on: date
    value: float
    low: float
    high: float
    points: int


@dataclass(frozen=True)
class Line:
    """A Theil-Sen line through points, the bounds of its slope, and how far the points lie from it."""

    slope: float
    lowest: float
    highest: float
    level: float
    at: float
    scatter: float

    def on(self, x: float) -> tuple[float, float, float]:
        """Return value, low and high at a place beyond the points."""
        ahead = x - self.at
        low = self.level + self.lowest * ahead - self.scatter
        return self.level + self.slope * ahead, low, self.level + self.highest * ahead + self.scatter


@remembered
def forecast(plan: Plan, indicator: Indicator, today: date) -> Forecast | None:
    """Return what the actuals known on a day lead to at the plan's end.

    None with fewer than four of them, when they span less than twelve months, when they already reach the
    plan's end, or when the indicator has ended.
    """
    points = _points(plan, indicator, today)
    end = plan.header.end
    has_ended = indicator.ended is not None and indicator.ended < today
    if has_ended or not are_enough(points) or max(points)[0] >= end:
        return None
    line = theil_sen([(day.toordinal(), value) for day, value in points])
    values = line.on(end.toordinal())
    least, most = _bounds(plan, indicator, today)
    value, low, high = (min(max(one, least), most) for one in values)
    return Forecast(end, value, low, high, len(points))


def are_enough(points: Sequence[tuple[date, float]]) -> bool:
    """Return whether points carry a forecast."""
    days = {day for day, _ in points}
    if len(points) < FEWEST_POINTS or len(days) < FEWEST_DAYS:
        return False
    return whole_months(min(days), max(days)) >= SHORTEST_SPAN


def theil_sen(points: Sequence[Point]) -> Line:
    """Return the Theil-Sen line through points of at least two different places.

    The bounds of the slope are Sen's: with N slopes in order and C = z sqrt(Var S), the ones of rank
    (N - C)/2 and (N + C)/2 + 1, both rounded outwards. ``level`` is the line's value at the median place.
    """
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2) if a[0] != b[0])
    slope, at = median(slopes), median(x for x, _ in points)
    start = median(y - slope * x for x, y in points)
    scatter = median(abs(y - start - slope * x) for x, y in points)
    spread = Z * sqrt(_variance([x for x, _ in points]))
    lowest = max(floor((len(slopes) - spread) / 2), 1)
    highest = min(ceil((len(slopes) + spread) / 2) + 1, len(slopes))
    return Line(slope, slopes[lowest - 1], slopes[highest - 1], start + slope * at, at, scatter)


def _variance(places: Sequence[float]) -> float:
    """Return the variance of Kendall's S, less what points at the same place take away from it."""
    ties = [places.count(place) for place in set(places)]
    return (_term(len(places)) - sum(_term(tie) for tie in ties)) / 18


def _term(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _points(plan: Plan, indicator: Indicator, today: date) -> list[tuple[date, float]]:
    """Return the actuals by period, without the baseline, which another hand may have read in another way."""
    read = readings(plan, indicator, today)
    has_start = indicator.cumulative or plan.figure(indicator.id, "baseline") is not None
    return read[1:] if has_start else read


def _bounds(plan: Plan, indicator: Indicator, today: date) -> tuple[float, float]:
    """Return what a forecast cannot go below and above; zero where nothing was or is to be below zero."""
    newest = latest(plan, indicator, today)
    known = [value for _, value in readings(plan, indicator, today)]
    known += [one.planned for one in benchmarks(plan, indicator, today) if one.planned is not None]
    least = 0.0 if min(known) >= 0 else -inf
    if indicator.cumulative and newest and newest.reached is not None:
        least = newest.reached
    return least, 100.0 if is_share(indicator) and not indicator.cumulative else inf
