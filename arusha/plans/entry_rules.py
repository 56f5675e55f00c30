"""What figures and updates must be to be kept with a plan: pure decisions, every fault at once."""

from collections.abc import Callable, Iterator

from arusha.plans.model import (
    LONGEST_TEXT,
    MOST_ENTRIES,
    STATUSES,
    UPDATES,
    Activity,
    Figure,
    Indicator,
    Plan,
    Update,
)
from arusha.plans.periods import period
from arusha.plans.rules import STANDINGS, Changes, is_plausible, is_share, name_of
from arusha.texts import faults_of
from questionnaires.problems import N_, Problem, printable

FIGURES = ("baseline", "target", "actual", "spent")


def faults_of_entries(before: Plan, plan: Plan, changes: Changes) -> list[Problem]:
    """Return what is wrong with new figures and updates; ``plan`` holds the changed parts already."""
    problems: list[Problem] = []
    if len(plan.figures) > MOST_ENTRIES or len(plan.updates) > MOST_ENTRIES:
        fault = N_("A plan keeps at most {most} entries.")
        problems.append(Problem("plan", fault, N_("Begin another plan."), {"most": MOST_ENTRIES}))
    met: set[tuple[str, str, str]] = set()
    for figure in changes.figures:
        if figure.place in met:
            fault = N_("The {kind} of {period} is given twice.")
            problems.append(_of_figure(plan, figure, fault, N_("Give it once.")))
        met.add(figure.place)
        problems += _faults_of_figure(before, plan, figure)
    for update in changes.updates:
        problems += _faults_of_update(plan, update)
    return problems


def _faults_of_figure(before: Plan, plan: Plan, figure: Figure) -> Iterator[Problem]:
    def said(fault: str, remedy: str, **values: object) -> Problem:
        return _of_figure(plan, figure, fault, remedy, **values)

    for text in (figure.source, figure.note, figure.evidence, figure.reason):
        yield from (said(one.fault, one.remedy, **one.values) for one in faults_of("", text, LONGEST_TEXT))
    if figure.value is not None and not abs(figure.value) <= 1e15:
        yield said(N_("This is not a number that can be kept."), N_("Give a number."))
        return
    if figure.kind not in FIGURES:
        known = ", ".join(FIGURES)
        yield said(N_("{kind} is no kind of figure."), N_("Use one of: {known}."), known=known)
        return
    if figure.kind == "spent":
        if figure.subject not in plan.lines:
            yield said(N_("There is no such budget line in this plan."), N_("Choose one of its lines."))
        if figure.value is not None and figure.value < 0:
            yield said(N_("Spending cannot be below zero."), N_("Give what was spent."))
    else:
        indicator = plan.by_id.get(figure.subject)
        if not isinstance(indicator, Indicator):
            yield said(N_("There is no such indicator in this plan."), N_("Choose one of its indicators."))
            return
        yield from _faults_of_value(plan, indicator, figure, said)
    yield from _faults_of_place(plan, figure, said)
    earlier = before.figure(figure.subject, figure.kind, figure.period)
    if earlier is not None and earlier.value != figure.value and not figure.reason.strip():
        yield said(
            N_("It takes the place of another value, and nothing says why."),
            N_("Give a reason; both values are kept."),
        )


Said = Callable[..., Problem]


def _faults_of_value(plan: Plan, indicator: Indicator, figure: Figure, said: Said) -> Iterator[Problem]:
    if figure.value is None:
        return
    if is_share(indicator) and not 0 <= figure.value <= 100:
        yield said(
            N_("{value} is not between 0 and 100 %."), N_("Give a percentage."), value=f"{figure.value:g}"
        )
    if figure.kind in ("target", "baseline") and not indicator.unit:
        yield said(
            N_("The indicator has no unit, so no value of it can be planned."),
            N_("Give the indicator a unit first."),
        )
    if figure.kind in ("target", "baseline") and not figure.source.strip():
        yield said(
            N_("Nothing says where the value will be read."), N_("Name the source: a register, a survey.")
        )
    if figure.kind == "target":
        yield from _against_direction(plan, indicator, figure, said)


def _against_direction(plan: Plan, indicator: Indicator, figure: Figure, said: Said) -> Iterator[Problem]:
    """Refuse a target on the wrong side of where a level began; a sum begins at nothing."""
    baseline = plan.figure(indicator.id, "baseline")
    if baseline is None or baseline.value is None or figure.value is None or indicator.cumulative:
        return
    wrong = {"up": figure.value < baseline.value, "down": figure.value > baseline.value}
    if wrong.get(indicator.direction):
        yield said(
            N_("The target {value} goes against the direction of the indicator: it began at {baseline}."),
            N_("Change the target, or the direction."),
            value=f"{figure.value:g}",
            baseline=f"{baseline.value:g}",
        )


def _faults_of_place(plan: Plan, figure: Figure, said: Said) -> Iterator[Problem]:
    if not is_plausible(figure.on):
        yield said(N_("{day} is no day a plan can speak of."), N_("Correct the date."), day=figure.on)
    if figure.kind == "baseline":
        if figure.period:
            yield said(N_("A baseline belongs to no period."), N_("Leave the period out."))
        return
    try:
        found = period(figure.period, plan.header.fiscal_start)
    except ValueError:
        yield said(N_("{period} is no period."), N_("Write it like 2026, 2026-H1 or 2026-Q3."))
        return
    subject = plan.by_id.get(figure.subject)
    if isinstance(subject, Indicator) and found.every != subject.every:
        remedy = N_("Give a value for each {every}.")
        yield said(N_("The indicator is not followed in such periods."), remedy, every=subject.every)
    if found.end < plan.header.start or found.start > plan.header.end:
        yield said(N_("{period} lies outside of the plan."), N_("Choose a period of the plan."))


def _faults_of_update(plan: Plan, update: Update) -> Iterator[Problem]:
    part = plan.by_id.get(update.subject)
    place = name_of(part) if part else "plan"
    yield from faults_of(place, update.text, LONGEST_TEXT)
    if update.kind not in UPDATES:
        known = {"kind": printable(update.kind), "known": ", ".join(UPDATES)}
        yield Problem(place, N_("{kind} is no kind of entry."), N_("Use one of: {known}."), known)
        return
    if update.subject and part is None:
        fault = N_("There is no such part in this plan.")
        yield Problem(printable(update.subject), fault, N_("Choose one of its parts."))
    elif update.kind == "status" and not isinstance(part, Activity):
        yield Problem(place, N_("Only an activity has a status."), N_("Choose an activity."))
    allowed = {"status": STATUSES, "override": ("", *STANDINGS)}.get(update.kind, ("",))
    if update.choice not in allowed:
        fault = N_("{choice} cannot be chosen here.")
        known = {"choice": printable(update.choice), "known": ", ".join(name for name in allowed if name)}
        yield Problem(place, fault, N_("Use one of: {known}."), known)
    if update.kind in ("override", "progress", "reached", "learned", "next") and not update.text.strip():
        fault = N_("The entry says nothing.")
        yield Problem(place, fault, N_("Write what is to be kept; an override needs its reason."))
    if not is_plausible(update.on):
        fault = N_("{day} is no day a plan can speak of.")
        yield Problem(place, fault, N_("Correct the date."), {"day": update.on})


def _of_figure(plan: Plan, figure: Figure, fault: str, remedy: str, **values: object) -> Problem:
    subject = plan.by_id.get(figure.subject) or plan.lines.get(figure.subject)
    kind, key = printable(figure.kind), printable(figure.period)
    place = f"{name_of(subject) if subject else printable(figure.subject)} · {kind} {key}"
    return Problem(place.strip(), fault, remedy, {"kind": kind, "period": key, **values})
