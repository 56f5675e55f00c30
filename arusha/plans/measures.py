"""The measures of a plan as rows: whose they are, where they stand, what comes next; and which to show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from arusha.plans.model import Activity, Goal, Milestone, Plan, Status
from questionnaires.model import Questionnaire


@dataclass(frozen=True)
class Measure:
    """An activity as it stands on a day; ``late`` when its end is past and it is neither done nor dropped."""

    activity: Activity
    goal: Goal | None
    status: Status
    factors: tuple[str, ...]
    funders: tuple[str, ...]
    milestone: Milestone | None
    late: bool


@dataclass(frozen=True)
class Wanted:
    """Which measures to show; '' leaves a question open, ``words`` may stand anywhere in its texts."""

    factor: str = ""
    owner: str = ""
    status: str = ""
    funder: str = ""
    words: str = ""


def measures(plan: Plan, asked: Questionnaire | None, today: date) -> tuple[Measure, ...]:
    """Return every activity of a plan, goal by goal and in the plan's order within each."""
    found = [_measure(plan, activity, asked, today) for activity in plan.activities]
    places = {goal.id: number for number, goal in enumerate(plan.goals)}
    return tuple(sorted(found, key=lambda one: places[one.goal.id] if one.goal else len(places)))


def _measure(plan: Plan, activity: Activity, asked: Questionnaire | None, today: date) -> Measure:
    status = plan.status(activity.id, today)
    waiting = [one for one in activity.milestones if one.reached is None]
    return Measure(
        activity,
        plan.goal_of(activity.id),
        status,
        tuple(dict.fromkeys(_factors(activity, asked))),
        tuple(dict.fromkeys(line.funder for line in activity.budget if line.funder)),
        min(waiting, key=lambda one: one.due, default=None),
        activity.end is not None and activity.end < today and status not in ("done", "dropped"),
    )


def _factors(activity: Activity, asked: Questionnaire | None) -> Iterator[str]:
    """Return the factors of the practices that an activity is to lift, of those that are asked."""
    for link in activity.links:
        if asked and link.practice in asked.practices:
            yield asked.factor_of[link.practice].id


def matching(rows: Iterable[Measure], wanted: Wanted) -> tuple[Measure, ...]:
    """Return the measures that fit everything that is wanted."""
    return tuple(row for row in rows if _fits(row, wanted))


def _fits(row: Measure, wanted: Wanted) -> bool:
    status = "late" if wanted.status == "late" and row.late else row.status
    asked = (
        (wanted.factor, row.factors),
        (wanted.owner, (row.activity.responsible,)),
        (wanted.status, (status,)),
        (wanted.funder, row.funders),
    )
    return all(not one or one in there for one, there in asked) and _says(row, wanted.words)


def _says(row: Measure, words: str) -> bool:
    activity = row.activity
    texts = [activity.number, activity.title, activity.stakeholders, activity.responsible]
    texts += [milestone.title for milestone in activity.milestones]
    texts += [said for line in activity.budget for said in (line.title, line.funder)]
    texts += [support.title for support in activity.support]
    there = "\n".join(texts).casefold()
    return all(word in there for word in words.casefold().split())


def owners_of(plan: Plan) -> tuple[str, ...]:
    """Return the owners that a plan may name: the plan's own first, each once."""
    return tuple(dict.fromkeys(one for one in (plan.header.owner, *plan.header.owners) if one))


@dataclass(frozen=True)
class Bar:
    """A measure on the line of time: from its first to its last day, with its milestones."""

    label: str
    start: date
    end: date
    measure: Measure


def bars(rows: Iterable[Measure]) -> tuple[Bar, ...]:
    """Return the measures that have both dates, in the order of the rows."""
    return tuple(
        Bar(f"{a.number} {a.title}".strip(), a.start, a.end, row)
        for row in rows
        if (a := row.activity).start and a.end
    )
