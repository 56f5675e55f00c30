"""What the planned steps would make of the profile, day by day, and what the next round made of the plan.

A link says which step a practice is to reach, and by when. Nothing here lowers a step, and a practice that
is not answered stays so: a plan does not say where it stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from arusha.plans.gaps import number_of
from arusha.plans.model import Activity, Link, Plan
from arusha.plans.periods import periods
from questionnaires.model import Questionnaire
from questionnaires.problems import N_
from scoring.answers import Answer
from scoring.profile import Profile, score

Verdict = Literal["reached", "partly", "unchanged", "fell", "not_asked"]
VERDICTS: Mapping[Verdict, str] = {
    "reached": N_("the planned step is reached"),
    "partly": N_("higher than before, below the planned step"),
    "unchanged": N_("as before"),
    "fell": N_("lower than before"),
    "not_asked": N_("not answered in both rounds"),
}
STOPPED = ("dropped", "paused")


@dataclass(frozen=True)
class Projection:
    """The profile as it would be on a day."""

    on: date
    profile: Profile


@dataclass(frozen=True)
class Outcome:
    """What became of one link by the next round.

    ``activity`` is the activity's id, ``done`` whether it was done by the day of the round. ``planned``,
    ``before`` and ``answered`` are step ids, None where no step was given.
    """

    practice: str
    activity: str
    planned: str
    by: date
    before: str | None
    answered: str | None
    verdict: Verdict
    done: bool


def projected(
    plan: Plan,
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    on: date,
    today: date | None = None,
) -> dict[str, Answer]:
    """Return the answers with each practice at the best step that is planned for it by a day.

    Activities that are paused or dropped promise nothing. With ``today`` an activity that is late moves its
    links by the days it is late, and one that is not done has changed nothing yet; without, the links keep
    the days they were planned for.
    """
    best: dict[str, Answer] = dict(answers)
    for activity, link in _promised(plan):
        if link.practice in best and day_of(plan, activity, link, today) <= on:
            best[link.practice] = _lifted(questionnaire, best[link.practice], link.step)
    return best


def _promised(plan: Plan) -> Iterator[tuple[Activity, Link]]:
    for activity in plan.activities:
        if plan.status(activity.id) not in STOPPED:
            yield from ((activity, link) for link in activity.links)


def day_of(plan: Plan, activity: Activity, link: Link, today: date | None) -> date:
    """Return the day by which a link can be hoped for, seen from today (None: as it was planned)."""
    if today is None or plan.status(activity.id) == "done":
        return link.by
    delay = max(today - (activity.end or link.by), timedelta(0))
    return max(link.by + delay, today + timedelta(days=1))


def _lifted(questionnaire: Questionnaire, answer: Answer, step: str) -> Answer:
    """Return the answer at a step, or as it is when it stands there or above, or gives no step."""
    now = number_of(questionnaire, answer)
    then = number_of(questionnaire, Answer(answer.practice, step))
    return answer if now is None or then is None or then <= now else replace(answer, step=step)


def path(
    plan: Plan, questionnaire: Questionnaire, answers: Mapping[str, Answer], today: date
) -> tuple[Projection, ...]:
    """Return the projected profiles of today, of the end of each year of the plan to come, and of its end."""
    head = plan.header
    ends = [year.end for year in periods("year", head.start, head.end, head.fiscal_start)]
    days = sorted({today, *(min(end, head.end) for end in ends if min(end, head.end) > today)})
    return tuple(
        Projection(day, score(questionnaire, projected(plan, questionnaire, answers, day, today)))
        for day in days
    )


def outcomes(
    plan: Plan,
    questionnaire: Questionnaire,
    before: Mapping[str, Answer],
    answered: Mapping[str, Answer],
    round_date: date,
) -> tuple[Outcome, ...]:
    """Return what became of each link that was planned for the day of a round or earlier, in plan order.

    ``before`` are the answers the plan began from, ``answered`` those of the round. Links of activities that
    were dropped by then are left out; late and paused ones stand with the others and are not ``done``.
    """
    return tuple(
        _outcome(plan, questionnaire, activity, link, before, answered, round_date)
        for activity in plan.activities
        if plan.status(activity.id, round_date) != "dropped"
        for link in activity.links
        if link.by <= round_date and link.practice in questionnaire.practices
    )


def _outcome(
    plan: Plan,
    questionnaire: Questionnaire,
    activity: Activity,
    link: Link,
    before: Mapping[str, Answer],
    answered: Mapping[str, Answer],
    round_date: date,
) -> Outcome:
    old, new = before.get(link.practice), answered.get(link.practice)
    planned = number_of(questionnaire, Answer(link.practice, link.step))
    return Outcome(
        link.practice,
        activity.id,
        link.step,
        link.by,
        old.step if old else None,
        new.step if new else None,
        verdict(number_of(questionnaire, old), planned, number_of(questionnaire, new)),
        plan.status(activity.id, round_date) == "done",
    )


def verdict(before: int | None, planned: int | None, answered: int | None) -> Verdict:
    """Return what became of a practice, from the numbers of its steps; None where no step was given."""
    if planned is None or answered is None:
        return "not_asked"
    if before is not None and answered < before:
        return "fell"
    if answered >= planned:
        return "reached"
    if before is None:
        return "not_asked"
    return "partly" if answered > before else "unchanged"
