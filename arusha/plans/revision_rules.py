"""What may not be changed once there are figures, and what only with a reason: pure decisions."""

from collections.abc import Iterator

from arusha.plans.model import Header, Indicator, Plan
from arusha.plans.periods import period
from arusha.plans.rules import Changes, name_of
from questionnaires.problems import N_, Problem

DEFINING = ("title", "unit", "direction", "cumulative")
"""What says how its figures are read."""


def faults_of_revisions(before: Plan, changes: Changes) -> list[Problem]:
    """Return what is wrong with changing indicators whose figures were entered already."""
    with_figures = {figure.subject for figure in before.figures}
    changed = [(before.by_id.get(part.id), part) for part in changes.parts if part.id in with_figures]
    return [
        problem
        for old, new in changed
        if isinstance(old, Indicator) and isinstance(new, Indicator)
        for problem in _of_one(before, old, new, changes.reason)
    ]


def faults_of_frame(before: Plan, header: Header | None) -> list[Problem]:
    """Return what is wrong with a plan's new dates or years, by which its figures are kept."""
    kept = {figure.period for figure in before.current.values() if figure.period}
    if header is None or not kept:
        return []
    if header.fiscal_start != before.header.fiscal_start:
        fault = N_("The plan has figures by period, which would be of other months then.")
        remedy = N_("Keep the month in which its years begin, or begin another plan.")
        return [Problem("plan", fault, remedy)]
    found = [period(key, header.fiscal_start) for key in kept]
    outside = sorted(one.label for one in found if one.end < header.start or one.start > header.end)
    if not outside:
        return []
    fault = N_("Figures of {periods} would lie outside of the plan.")
    remedy = N_("Keep the plan's dates, or take these figures back first.")
    return [Problem("plan", fault, remedy, {"periods": ", ".join(outside[:12])})]


def _of_one(before: Plan, old: Indicator, new: Indicator, reason: str) -> Iterator[Problem]:
    periods = {figure.period for figure in before.figures if figure.subject == old.id and figure.period}
    if old.every != new.every and periods:
        fault = N_("Its figures are of other periods, so they would be lost from sight.")
        remedy = N_("Put another indicator in its place; this one ends and keeps its figures.")
        yield Problem(name_of(old), fault, remedy)
    planned = any((old.id, kind) == place[:2] for place in before.current for kind in ("baseline", "target"))
    if old.unit and not new.unit and planned:
        fault = N_("The indicator has no unit, so no value of it can be planned.")
        yield Problem(name_of(old), fault, N_("Give the indicator a unit first."))
    redefined = any(getattr(old, name) != getattr(new, name) for name in DEFINING)
    if redefined and not reason.strip():
        fault = N_("The indicator has figures already, and nothing says why it is revised.")
        remedy = N_("Revise it on the page Benchmarks with a reason; both versions are kept.")
        yield Problem(name_of(old), fault, remedy)
