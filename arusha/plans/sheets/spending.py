"""What was planned and what was spent: of a budget line, an activity and a funder, in the plan's currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, inf, isfinite

from arusha.plans.model import Activity, BudgetLine, Plan


@dataclass(frozen=True)
class Money:
    """Planned and spent amounts in the plan's currency."""

    planned: float
    spent: float

    @property
    def remaining(self) -> float:
        """Return what is left; below zero when more was spent than planned."""
        return self.planned - self.spent

    @property
    def share(self) -> float | None:
        """Return the share spent, None when nothing was planned, or as good as nothing."""
        share = self.spent / self.planned if self.planned else inf
        return share if isfinite(share) else None


def spent_by_line(plan: Plan) -> dict[str, float]:
    """Return budget line -> the sum of what was spent in each period; only lines with an entry."""
    found: dict[str, list[float]] = {}
    for (subject, kind, _), figure in plan.current.items():
        if kind == "spent" and figure.value is not None:
            found.setdefault(subject, []).append(figure.value)
    return {line: fsum(values) for line, values in found.items()}


def planned_of(activity: Activity) -> float | None:
    """Return what an activity is planned to cost, None when it has no budget line."""
    return fsum(line.amount for line in activity.budget) if activity.budget else None


def spent_of(spent: dict[str, float], activity: Activity) -> float | None:
    """Return what was spent on an activity, None when nothing was entered."""
    values = [spent[line.id] for line in activity.budget if line.id in spent]
    return fsum(values) if values else None


def of_lines(spent: dict[str, float], lines: Iterable[BudgetLine]) -> Money:
    """Return what lines together were planned to cost, and what was spent on them."""
    kept = list(lines)
    return Money(fsum(line.amount for line in kept), fsum(spent.get(line.id, 0.0) for line in kept))


def by_funder(plan: Plan, spent: dict[str, float]) -> dict[str, Money]:
    """Return funder ('' where none is named) -> money, in the order of the names, '' last."""
    lines: dict[str, list[BudgetLine]] = {}
    for activity in plan.activities:
        for line in activity.budget:
            lines.setdefault(line.funder, []).append(line)
    ordered = sorted(lines, key=lambda funder: (not funder, funder.casefold(), funder))
    return {funder: of_lines(spent, lines[funder]) for funder in ordered}
