"""The plan check: what a plan promises without being able to keep it or to show it, each with its remedy.

The rules refuse nothing. What can never be right (a cycle, an unknown owner) is refused when it is entered,
see ``rules``; here stands what is unwise or still missing. The rules are the toolkit's own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from arusha.plans.checkup.findings import OVER, Finding, Looked, of_part
from arusha.plans.checkup.measurable import (
    late_benchmarks,
    unmeasurable,
    unread_alone,
    without_baseline,
    without_target,
)
from arusha.plans.checkup.workable import (
    all_on_the_last_day,
    before_approval,
    late,
    outside_the_plan,
    overspent,
    stopped_without_a_word,
    undated,
    without_owner,
)
from arusha.plans.checkup.workloads import overloaded_owners, overloaded_quarters
from arusha.plans.gaps import number_of, weak
from arusha.plans.model import Goal, Indicator, Link, Plan
from arusha.plans.periods import Period, periods
from questionnaires.model import Questionnaire
from questionnaires.problems import N_
from scoring.answers import Answer

__all__ = ["NAMES", "Finding", "check", "overload"]


def check(
    plan: Plan,
    asked: Questionnaire | None,
    answers: Mapping[str, Answer] | None,
    today: date,
    language: str = "",
) -> tuple[Finding, ...]:
    """Return all that the check finds, by rule in the order of ``NAMES`` and then in the plan's order.

    Without a questionnaire or answers the gaps cannot be known, and the rules about them find nothing.
    ``language`` is that of the practices' and steps' names; '' is the questionnaire's own.
    """
    looked = Looked(plan, today, asked, answers or {}, language)
    found = [finding for rule in RULES for finding in rule(looked)]
    order = {rule: number for number, rule in enumerate(NAMES)}
    return tuple(sorted(found, key=lambda finding: order[finding.rule]))


def overload(plan: Plan, today: date) -> tuple[Finding, ...]:
    """Return the owners and quarters, today or later, that carry more than the plan's own limits."""
    looked = Looked(plan, today)
    return (*overloaded_owners(looked), *overloaded_quarters(looked))


def gaps_without_measure(looked: Looked) -> Iterator[Finding]:
    """Find weak practices that no activity is to lift above their present step; a dropped one lifts none."""
    if looked.asked is None:
        return
    links = [link for activity in looked.activities(["dropped"]) for link in activity.links]
    for practice, number in weak(looked.asked, looked.answers).items():
        numbers = looked.asked.scale_of(looked.asked.practices[practice]).numbers
        if any(link.practice == practice and numbers.get(link.step, -1) > number for link in links):
            continue
        yield Finding(
            "gap_without_measure",
            looked.question(practice),
            practice,
            N_("The practice stands at “{step}”, and no activity is to lift it."),
            N_("Choose one of its measures, or link an activity to it."),
            {"practice": practice, "step": looked.step(practice, list(numbers)[number])},
        )


def measures_without_gap(looked: Looked) -> Iterator[Finding]:
    """Find activities that answer no practice, or only steps that are reached already."""
    for one in looked.activities(["dropped"]):
        if not one.links:
            fault = N_("The activity is linked to no practice, so nothing says which gap it closes.")
            remedy = N_("Link it to the practice that it is to lift, or leave it out.")
            yield of_part("measure_without_gap", one, fault, remedy)
    for one in looked.activities(OVER):
        if one.links and all(_is_reached(looked, link) for link in one.links):
            fault = N_("The practices it is linked to stand already at the steps it is to reach.")
            yield of_part("measure_without_gap", one, fault, N_("Aim at a higher step, or leave it out."))


def _is_reached(looked: Looked, link: Link) -> bool:
    """Return whether a practice stands at the step of a link or above; False where that is not known."""
    if looked.asked is None or link.practice not in looked.asked.practices:
        return False
    numbers = looked.asked.scale_of(looked.asked.practices[link.practice]).numbers
    now = number_of(looked.asked, looked.answers.get(link.practice))
    return now is not None and link.step in numbers and now >= numbers[link.step]


def unmeasured(looked: Looked) -> Iterator[Finding]:
    """Find activities measured nowhere up to their goal, or only by what nobody can verify."""
    inside: dict[str, list[Indicator]] = {}
    for indicator in looked.indicators():
        inside.setdefault(indicator.within, []).append(indicator)
    for one in looked.activities():
        found = [each for part in looked.plan.chain(one.id) for each in inside.get(part.id, ())]
        if not found:
            fault = N_("No indicator measures the activity, nor any result above it.")
            remedy = N_("Give it an indicator, or give one to its output, outcome or goal.")
            yield of_part("without_indicator", one, fault, remedy)
        elif not any(each.verification for each in found):
            fault = N_("None of its indicators says where the evidence is.")
            remedy = N_("Write the means of verification of its indicator: a register, a report, a survey.")
            yield of_part("without_verification", one, fault, remedy)


def goals_without_a_line(looked: Looked) -> Iterator[Finding]:
    """Find goals of which nothing says what was reached in the last year of the plan that is over.

    The line of a year is a "reached" entry of a day in that year.
    """
    year = _last_year_over(looked)
    for goal in looked.plan.goals if year else ():
        if year and not _has_line(looked.plan, goal, year):
            fault = N_("Nothing says what was reached for the goal in {year}.")
            remedy = N_("Write one line on what came out of it in that year.")
            yield of_part("goal_without_outcome", goal, fault, remedy, year=year.label)


def _last_year_over(looked: Looked) -> Period | None:
    header = looked.plan.header
    years = periods("year", header.start, header.end, header.fiscal_start)
    return next((year for year in reversed(years) if year.end < looked.today), None)


def _has_line(plan: Plan, goal: Goal, year: Period) -> bool:
    return any(year.start <= one.on <= year.end for one in plan.entries(goal.id, "reached"))


Rule = Callable[[Looked], Iterable[Finding]]
RULES: tuple[Rule, ...] = (
    gaps_without_measure,
    measures_without_gap,
    without_owner,
    unmeasured,
    undated,
    outside_the_plan,
    before_approval,
    all_on_the_last_day,
    overloaded_owners,
    overloaded_quarters,
    late,
    stopped_without_a_word,
    unmeasurable,
    without_baseline,
    without_target,
    unread_alone,
    late_benchmarks,
    goals_without_a_line,
    overspent,
)
NAMES: Mapping[str, str] = {
    "gap_without_measure": N_("a gap without a measure"),
    "measure_without_gap": N_("a measure without a gap"),
    "without_owner": N_("nobody responsible"),
    "without_indicator": N_("no indicator"),
    "without_verification": N_("no means of verification"),
    "undated": N_("no dates"),
    "outside_plan": N_("a date outside of the plan"),
    "before_approval": N_("begun before the approval"),
    "all_on_last_day": N_("everything due on one day"),
    "overloaded_owner": N_("an overloaded owner"),
    "overloaded_quarter": N_("an overloaded quarter"),
    "late": N_("a late activity"),
    "stopped_without_reason": N_("stopped without a reason"),
    "vague_indicator": N_("an indicator in vague words"),
    "no_unit": N_("an indicator without a unit"),
    "no_baseline": N_("an indicator without a baseline"),
    "no_target": N_("an indicator without a target"),
    "ambiguous_alone": N_("an ambiguous indicator alone"),
    "late_benchmark": N_("a benchmark without a value"),
    "goal_without_outcome": N_("a goal without an outcome line"),
    "overspent": N_("a budget line overspent"),
}
"""Rule -> what it finds, in the order in which findings stand."""
