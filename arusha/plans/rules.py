"""What a plan must be to be kept, and which moves are legal: pure decisions, every fault at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from arusha.plans.model import (
    ABOVE,
    Activity,
    AnyPart,
    Figure,
    Header,
    Indicator,
    Plan,
    Update,
)
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, near, printable

PERCENT = ("%", "per cent", "percent", "pour cent")
MOVES = {
    "approve": ("draft", "approved"),
    "revise": ("approved", "draft"),
    "close": ("approved", "closed"),
    "reopen": ("closed", "approved"),
}
"""What is done with a plan -> the state it has to be in, and the state it is in then."""
STANDINGS = ("on_track", "at_risk", "off_track", "no_data")
DAYS = (date(1990, 1, 1), date(2100, 12, 31))


@dataclass(frozen=True)
class Changes:
    """What is to be done with a plan in one transaction, all of it or none.

    ``parts`` are added, or take the place of those with the same id; ``base`` says which version of a part a
    change was made on (left out: whichever there is). ``removed`` parts go with everything within them.
    """

    parts: tuple[AnyPart, ...] = ()
    removed: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    updates: tuple[Update, ...] = ()
    header: Header | None = None
    base: Mapping[str, int] = field(default_factory=dict, hash=False)
    reason: str = ""

    @property
    def of_structure(self) -> bool:
        """Return whether they change what was planned, which only a draft allows."""
        planned = any(figure.kind in ("baseline", "target") for figure in self.figures)
        return bool(self.parts or self.removed or self.header or planned)


def after(plan: Plan, changes: Changes) -> Plan:
    """Return the plan as it would stand after the changes."""
    gone = {part.id for top in changes.removed for part in plan.under(top)}
    new = {part.id: part for part in changes.parts}
    kept = [new.pop(part.id, part) for part in plan.parts if part.id not in gone]
    return replace(
        plan,
        header=changes.header or plan.header,
        parts=(*kept, *new.values()),
        figures=(*plan.figures, *changes.figures),
        updates=(*plan.updates, *changes.updates),
    )


def name_of(part: AnyPart) -> str:
    """Return how a part is called in a message: its printed number and the beginning of its title."""
    title = printable(part.title or part.id, 60)
    return f"{part.number} {title}".strip()


def faults_of_header(header: Header) -> list[Problem]:
    """Return what is wrong with what is said of the plan as a whole."""
    problems = []
    if not header.title:
        problems.append(Problem("title", N_("The plan has no title."), N_("Give it one.")))
    if header.end < header.start:
        problems.append(_order("plan", header.start, header.end))
    problems += [odd_day("plan", day) for day in (header.start, header.end) if not is_plausible(day)]
    return problems


def faults_of_parts(plan: Plan, asked: Questionnaire | None) -> list[Problem]:
    """Return what is wrong with the parts of a plan; ``asked`` is the questionnaire its links point into."""
    problems: list[Problem] = []
    for part in plan.parts:
        problems += _misplaced(plan, part)
        if isinstance(part, Activity):
            problems += _of_activity(plan, part, asked)
        elif isinstance(part, Indicator):
            problems += _of_indicator(plan, part)
        problems += _unknown_owner(plan, part)
    return [*problems, *_twice(plan), *_shared_lines(plan), *_cycles(plan)]


def _misplaced(plan: Plan, part: AnyPart) -> Iterator[Problem]:
    above = plan.by_id.get(part.within)
    if not ABOVE[part.kind]:
        if part.within:
            yield _fault(part, N_("A goal stands within nothing else."), N_("Leave out what it is within."))
    elif above is None or above.kind not in ABOVE[part.kind]:
        yield _fault(
            part,
            N_("It stands within {within}, which is no part of this plan that it could be within."),
            N_("Put it within one of: {kinds}."),
            within=printable(part.within) or "nothing",
            kinds=", ".join(ABOVE[part.kind]),
        )


def _of_activity(plan: Plan, activity: Activity, asked: Questionnaire | None) -> Iterator[Problem]:
    if activity.start and activity.end and activity.end < activity.start:
        yield _order(name_of(activity), activity.start, activity.end)
    dates = [activity.start, activity.end, *(milestone.due for milestone in activity.milestones)]
    dates += [milestone.reached for milestone in activity.milestones]
    dates += [link.by for link in activity.links]
    yield from (odd_day(name_of(activity), day) for day in dates if day and not is_plausible(day))
    for other in activity.after:
        if not isinstance(plan.by_id.get(other), Activity):
            known = {a.number or a.id: a.id for a in plan.activities}
            yield _unknown(activity, N_("It comes after {name}, which is no activity here."), other, known)
    for link in activity.links if asked else ():
        yield from _of_link(activity, link.practice, link.step, asked)
    yield from _repeated(activity)


def _of_link(activity: Activity, practice: str, step: str, asked: Questionnaire | None) -> Iterator[Problem]:
    assert asked is not None  # noqa: S101 - the caller looked
    if practice not in asked.practices:
        yield _unknown(
            activity, N_("There is no practice {name} in the questionnaire."), practice, asked.practices
        )
        return
    steps = asked.scale_of(asked.practices[practice]).numbers
    if step not in steps:
        yield _unknown(activity, N_("The practice has no step {name}."), step, steps)


def _repeated(activity: Activity) -> Iterator[Problem]:
    for ids in ([m.id for m in activity.milestones], [line.id for line in activity.budget]):
        yield from (
            _fault(activity, N_("{name} stands in it twice."), N_("Leave one of them out."), name=one)
            for one in sorted({one for one in ids if ids.count(one) > 1})
        )


def _of_indicator(plan: Plan, indicator: Indicator) -> Iterator[Problem]:
    if indicator.ended and not is_plausible(indicator.ended):
        yield odd_day(name_of(indicator), indicator.ended)
    for other in (indicator.replaces, indicator.read_with):
        if other and (other == indicator.id or not isinstance(plan.by_id.get(other), Indicator)):
            known = {one.id: one.id for one in plan.indicators}
            yield _unknown(
                indicator, N_("It points to {name}, which is no other indicator here."), other, known
            )
    if indicator.ended and not indicator.ended_because:
        yield _fault(
            indicator, N_("It has ended, and nothing says why."), N_("Say why it was given up or replaced.")
        )


def _unknown_owner(plan: Plan, part: AnyPart) -> Iterator[Problem]:
    owner = part.responsible if isinstance(part, Activity) else part.owner
    if owner and owner not in (*plan.header.owners, plan.header.owner):
        yield _unknown(part, N_("{name} is not among the owners of this plan."), owner, plan.header.owners)


def _twice(plan: Plan) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], AnyPart] = {}
    for part in plan.parts:
        if isinstance(part, Indicator) and part.ended:
            continue  # the one in its place may measure the same in another way
        key = (part.kind, part.within, " ".join(part.title.split()).casefold())
        if part.title and key in seen:
            yield _fault(
                part,
                N_("The same text stands here twice, also as {other}."),
                N_("Remove one, or say how they differ."),
                other=name_of(seen[key]),
            )
        seen.setdefault(key, part)


def _shared_lines(plan: Plan) -> Iterator[Problem]:
    owners: dict[str, Activity] = {}
    for activity in plan.activities:
        for line in activity.budget:
            if owners.setdefault(line.id, activity) is not activity:
                fault = N_("{name} stands in another activity too, {other}.")
                values = {"name": line.id, "other": name_of(owners[line.id])}
                yield _fault(activity, fault, N_("Give each its own line."), **values)


def _cycles(plan: Plan) -> Iterator[Problem]:
    """Return each cycle of activities that wait for one another, once."""
    told: set[str] = set()
    for first in plan.activities:
        way = _way_back(plan, first.id)
        if way and not told & set(way):
            told |= set(way)
            names = " → ".join(name_of(plan.by_id[one]) for one in (*way, way[0]))
            fault = N_("Activities wait for one another in a circle: {names}.")
            yield _fault(first, fault, N_("Leave out one of these dependencies."), names=names)


def _way_back(plan: Plan, start: str) -> list[str]:
    """Return the shortest way from an activity back to itself along what it comes after, or nothing."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        current = plan.by_id.get(way[-1])
        for one in current.after if isinstance(current, Activity) else ():
            if one == start:
                return way
            if one not in seen:
                seen.add(one)
                ways.append([*way, one])
    return []


def is_share(indicator: Indicator) -> bool:
    """Return whether an indicator is a percentage, which lies between 0 and 100."""
    return indicator.unit.strip().casefold() in PERCENT


def is_plausible(day: date) -> bool:
    """Return whether a day is one that a plan can speak of."""
    return DAYS[0] <= day <= DAYS[1]


def odd_day(place: str, day: date) -> Problem:
    """Return what is said of a day that no plan can speak of."""
    fault = N_("{day} is no day a plan can speak of.")
    return Problem(place, fault, N_("Correct the date."), {"day": day})


def _order(place: str, start: date, end: date) -> Problem:
    fault = N_("It ends on {end}, before it starts on {start}.")
    return Problem(place, fault, N_("Put the dates in order."), {"start": start, "end": end})


def _fault(part: AnyPart, fault: str, remedy: str, **values: object) -> Problem:
    return Problem(name_of(part), fault, remedy, values)


def _unknown(part: AnyPart, fault: str, name: str, known: Iterable[str]) -> Problem:
    names = list(known)
    meant = near(name, names)
    remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
    values = {"name": printable(name), "meant": meant, "known": ", ".join(names[:12])}
    return Problem(name_of(part), fault, remedy, values)
