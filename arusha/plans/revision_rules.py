"""What may not be changed of an indicator that has figures, and what only with a reason: pure decisions."""

from collections.abc import Iterator

from arusha.plans.model import Indicator, Plan
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


def _of_one(before: Plan, old: Indicator, new: Indicator, reason: str) -> Iterator[Problem]:
    periods = {figure.period for figure in before.figures if figure.subject == old.id and figure.period}
    if old.every != new.every and periods:
        fault = N_("Its figures are of other periods, so they would be lost from sight.")
        remedy = N_("Put another indicator in its place; this one ends and keeps its figures.")
        yield Problem(name_of(old), fault, remedy)
    redefined = any(getattr(old, name) != getattr(new, name) for name in DEFINING)
    if redefined and not reason.strip():
        fault = N_("The indicator has figures already, and nothing says why it is revised.")
        remedy = N_("Revise it on the page Benchmarks with a reason; both versions are kept.")
        yield Problem(name_of(old), fault, remedy)
