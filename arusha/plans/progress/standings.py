"""Where an indicator, a goal and the plan stand: one published rule, and what a person set in its place.

The rule is this house's own; it stands in words, with worked tables, in ``arusha/plans/README.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from arusha.plans.model import Goal, Indicator, Plan, Standing, Update
from arusha.plans.periods import MONTHS, Period, period_of
from arusha.plans.progress.benchmarks import Benchmark, due, final_target, is_met, latest, share_of_way
from arusha.plans.progress.clocks import ALMOST_THERE, clocks, is_followed, scope_of, stands_still
from arusha.plans.progress.forecasting import Forecast, forecast
from arusha.plans.progress.remembering import remembered
from questionnaires.problems import N_

ON_TRACK, AT_RISK = ALMOST_THERE, 0.6  # shares of the planned way, from which on
FRESH = 3  # periods after its own for which an actual speaks: two, and one of grace
EXACT = 1e-9  # nine tenths of a way are nine tenths in floating point too

NAMES: dict[Standing, str] = {
    "on_track": N_("on track"),
    "at_risk": N_("at risk"),
    "off_track": N_("off track"),
    "no_data": N_("no data"),
}
WORST_FIRST: tuple[Standing, ...] = ("off_track", "at_risk", "on_track", "no_data")
READ_WITH_CARE = N_("read with care")
"""The name of the standing of an ambiguous indicator, which is neither on nor off track."""


@dataclass(frozen=True)
class Reading:
    """Where something stands, and why.

    ``standing`` is what is shown, ``computed`` what the rule says; they differ only under an ``override``,
    whose text is the reason. ``sentence`` says with figures why the rule says so, to be shown with
    ``values``: ``share`` and ``way`` are shares of 0..1, ``months`` and the counts whole numbers, ``day`` a
    date, the others numbers in the indicator's unit, titles and labels of periods (``telling.told`` writes
    them as the reader's language does).
    """

    standing: Standing
    computed: Standing
    sentence: str
    values: Mapping[str, object] = field(hash=False)
    override: Update | None = None
    with_care: bool = False

    @property
    def name(self) -> str:
        """Return what the standing is called, a sentence of the catalogue."""
        return READ_WITH_CARE if self.with_care and self.standing == "no_data" else NAMES[self.standing]


Computed = tuple[Standing, str, Mapping[str, object]]


@remembered
def of_indicator(plan: Plan, indicator: Indicator, today: date) -> Reading:
    """Return where an indicator stands on a day; one that has ended stands where it stood on its last day."""
    day = min(today, indicator.ended or today)
    with_care = indicator.direction == "ambiguous"
    found = _with_care(plan, indicator, day) if with_care else _judged(plan, indicator, day)
    return _reading(plan, indicator.id, today, found, with_care)


@remembered
def of_goal(plan: Plan, goal: Goal, today: date) -> Reading:
    """Return where a goal stands: as the worst of its indicators that are followed and have a standing."""
    inside = [
        part for part in plan.under(goal.id) if isinstance(part, Indicator) and is_followed(part, today)
    ]
    read = [(one, of_indicator(plan, one, today).standing) for one in inside]
    counts = _counts(standing for _, standing in read)
    worst: Standing = next((standing for standing in WORST_FIRST if counts[standing]), "no_data")
    if not read:
        sentence = N_("It has no indicator that is still followed.")
    elif worst == "no_data":
        sentence = N_("None of its indicators can be judged yet.")
    elif worst == "on_track":
        sentence = N_("Indicators on track: {on_track}, without data: {no_data}.")
    else:
        sentence = N_(
            "On track: {on_track}, at risk: {at_risk}, off track: {off_track}, no data: {no_data}. "
            "The worst decides: {name}."
        )
    name = next((one.title for one, standing in read if standing == worst), "")
    return _reading(plan, goal.id, today, (worst, sentence, {**counts, "name": name}))


@remembered
def of_plan(plan: Plan, today: date) -> Reading:
    """Return where the plan stands: off track when half or more of its goals with data are, and so on."""
    counts = _counts(of_goal(plan, goal, today).standing for goal in plan.goals)
    known = counts["on_track"] + counts["at_risk"] + counts["off_track"]
    sentence = N_(
        "Goals on track: {on_track}, at risk: {at_risk}, off track: {off_track}, without data: {no_data}."
    )
    standing: Standing = "on_track"
    if not known:
        standing, sentence = "no_data", N_("None of its goals can be judged yet.")
    elif 2 * counts["off_track"] >= known:
        standing = "off_track"
    elif counts["at_risk"] or counts["off_track"]:
        standing = "at_risk"
    return _reading(plan, "", today, (standing, sentence, counts))


def override_of(plan: Plan, part_id: str, today: date) -> Update | None:
    """Return the override that holds on a day for a part, '' for the plan; None when there is none."""
    entered = [update for update in plan.entries(part_id, "override") if update.on <= today]
    return entered[-1] if entered and entered[-1].choice else None


def is_fresh(plan: Plan, newest: Benchmark, today: date) -> bool:
    """Return whether an actual still speaks: fewer than three periods after its own are over.

    After the plan's end no time passes: the last readings stay.
    """
    day = min(today, plan.header.end)
    now = period_of(day, newest.period.every, plan.header.fiscal_start)
    return _count(now) - _count(newest.period) <= FRESH


def _count(period: Period) -> int:
    return period.year * (12 // MONTHS[period.every]) + period.number


def _judged(plan: Plan, indicator: Indicator, day: date) -> Computed:
    asked = due(plan, indicator, day)
    known = [one for one in asked if one.actual]
    newest = latest(plan, indicator, day)
    if not known or newest is None:
        return _unknown(plan, indicator, day, asked)
    if not is_fresh(plan, newest, day):
        sentence = N_("The newest value is that of {period}; nothing newer is known.")
        return "no_data", sentence, {"period": newest.period.label, "reached": newest.reached}
    return _by_way(plan, indicator, known[-1], day)


def _unknown(plan: Plan, indicator: Indicator, day: date, asked: tuple[Benchmark, ...]) -> Computed:
    if asked:
        return (
            "no_data",
            N_("No benchmark that is due has a value; the first was due on {day}."),
            {"day": _day(asked[0])},
        )
    final = final_target(plan, indicator, day)
    if final is None:
        return "no_data", N_("It has no target to be judged by."), {}
    return "no_data", N_("No benchmark of it is due yet."), {}


def _day(one: Benchmark) -> date | None:
    return one.target.on if one.target else None


def _by_way(plan: Plan, indicator: Indicator, judged: Benchmark, day: date) -> Computed:
    """Return the standing by the share of the way, after one look for standstill and one ahead."""
    way = share_of_way(plan, indicator, judged.planned, judged.reached)
    ahead = forecast(plan, indicator, day)
    values = _figures(judged, way, ahead)
    months = stands_still(plan, indicator, day)
    if months:
        share = clocks(plan, scope_of(plan, indicator), day).done_share
        return "off_track", _still(share), {**values, "share": share, "months": months}
    if way is None:
        sentence = N_(
            "{reached} against {target} due in {period}; without a baseline the way cannot be measured."
        )
        return "at_risk", sentence, values
    is_doubtful = misses(plan, indicator, ahead, day) or (judged.at_least and indicator.direction == "down")
    return _by_share(way, is_doubtful), _sentence(judged, ahead), values


def _by_share(way: float, is_doubtful: bool) -> Standing:
    if way < AT_RISK - EXACT:
        return "off_track"
    return "at_risk" if way < ON_TRACK - EXACT or is_doubtful else "on_track"


def misses(plan: Plan, indicator: Indicator, ahead: Forecast | None, day: date) -> bool:
    """Return whether not even the better end of a forecast's interval meets the final target."""
    final = final_target(plan, indicator, day)
    if ahead is None or final is None or final.planned is None:
        return False
    return not is_met(indicator, final.planned, ahead.high if indicator.direction == "up" else ahead.low)


def _figures(judged: Benchmark, way: float | None, ahead: Forecast | None) -> dict[str, object]:
    values: dict[str, object] = {
        "reached": judged.reached,
        "target": judged.planned,
        "period": judged.period.label,
        "way": way,
    }
    return {**values, "low": ahead.low, "high": ahead.high} if ahead else values


def _still(share: float | None) -> str:
    if share == 1:
        return N_("All activities are done; the indicator has not moved for {months} months.")
    return N_("{share} of the activities are done; the indicator has not moved for {months} months.")


def _sentence(judged: Benchmark, ahead: Forecast | None) -> str:
    if judged.at_least:
        return N_("At least {reached} against {target} due in {period}; values are missing.")
    if ahead:
        return N_("{reached} against {target} due in {period}; on this path {low}–{high} by the end.")
    return N_("{reached} against {target} due in {period}.")


def _with_care(plan: Plan, indicator: Indicator, day: date) -> Computed:
    """Return what there is to read of an ambiguous indicator, and of the one to be read beside it."""
    newest = latest(plan, indicator, day)
    if newest is None:
        return "no_data", N_("It has no value yet."), {}
    values: dict[str, object] = {"reached": newest.reached, "period": newest.period.label}
    other = plan.by_id.get(indicator.read_with)
    if not isinstance(other, Indicator):
        return "no_data", N_("{reached} in {period}; more can be good news or bad."), values
    values["other"] = other.title
    beside = latest(plan, other, min(day, other.ended or day))
    if beside is None:
        sentence = N_("{reached} in {period}; read it with “{other}”, which has no value yet.")
        return "no_data", sentence, values
    values |= {"other_reached": beside.reached, "other_period": beside.period.label}
    sentence = N_("{reached} in {period}; read it with “{other}”: {other_reached} in {other_period}.")
    return "no_data", sentence, values


def _counts(standings: Iterable[Standing]) -> dict[str, int]:
    found = list(standings)
    return {name: found.count(name) for name in NAMES}


def _reading(plan: Plan, part_id: str, today: date, found: Computed, with_care: bool = False) -> Reading:
    computed, sentence, values = found
    override = override_of(plan, part_id, today)
    shown = next((name for name in NAMES if override and override.choice == name), computed)
    return Reading(shown, computed, sentence, values, override, with_care)
