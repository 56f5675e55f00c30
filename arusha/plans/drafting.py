"""From gap to measure: what the questionnaire suggests for the weak practices, and a plan drafted from it.

A draft is a beginning: goal, output, activity and indicator in the questionnaire's words, dates that the
plan's limits allow, and a link to the practice with its next step. Nothing that stands in the plan changes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from arusha.i18n import translator
from arusha.plans.checkup.workloads import Span, spans
from arusha.plans.gaps import weak
from arusha.plans.model import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Activity,
    AnyPart,
    Direction,
    Goal,
    Header,
    Indicator,
    Link,
    Output,
    Plan,
)
from arusha.plans.rules import Changes
from arusha.plans.scheduling import deadline, slot
from questionnaires.model import Practice, Questionnaire
from scoring.answers import Answer

LONGEST_UNIT = 60
LONGEST_NUMBER = 20


@dataclass(frozen=True)
class Suggestion:
    """A measure of the questionnaire that would lift a weak practice by one step.

    ``step_now`` and ``next_step`` are step ids; ``measure`` is unique within its practice. The texts are in
    the language that was asked for; ``months`` is the usual duration.
    """

    practice: str
    factor: str
    step_now: str | None
    next_step: str
    measure: str
    title: str
    output: str
    indicator: str
    unit: str
    direction: Direction
    months: int


def suggestions(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], language: str
) -> tuple[Suggestion, ...]:
    """Return the measures of the weak practices: weakest first, then key practices, then in their order."""
    gaps = weak(questionnaire, answers)
    practices = sorted(
        (questionnaire.practices[one] for one in gaps),
        key=lambda one: (gaps[one.id] / (len(questionnaire.scale_of(one).steps) - 1), not one.key),
    )
    return tuple(
        suggestion
        for practice in practices
        for suggestion in _of_practice(questionnaire, practice, gaps[practice.id], language)
    )


def _of_practice(
    questionnaire: Questionnaire, practice: Practice, number: int, language: str
) -> Iterator[Suggestion]:
    steps = questionnaire.scale_of(practice).steps
    words = questionnaire.words(language).practices[practice.id].measures if practice.measures else {}
    for measure in practice.measures:
        said = words[measure.id]
        yield Suggestion(
            practice.id,
            questionnaire.factor_of[practice.id].id,
            steps[number].id,
            steps[number + 1].id,
            measure.id,
            said.name,
            said.output,
            said.indicator,
            said.unit,
            measure.direction,
            measure.months,
        )


def is_taken(plan: Plan, pick: Suggestion) -> bool:
    """Return whether a measure stands in a plan already: as its activity, linked to the same practice."""
    return (pick.measure, pick.practice) in _taken(plan)


def _taken(plan: Plan) -> set[tuple[str, str]]:
    return {(one.measure, link.practice) for one in plan.activities if one.measure for link in one.links}


def draft(
    plan: Plan | None,
    header: Header,
    picks: Sequence[Suggestion],
    questionnaire: Questionnaire,
    language: str,
    today: date,
    new_id: Callable[[], str],
) -> Changes:
    """Return the parts that the picked measures add to a plan (None: one that is to be opened).

    A factor has one goal: the plan's own, or a new one. A measure that the plan has already, or that is
    picked twice, adds nothing. The person responsible is the owner of the plan whose name is that of an owner
    of the practice; where there is none, nobody is, and the plan check says so.
    """
    work = _Draft(plan or Plan("", "", header), header, questionnaire, language, today, new_id)
    for pick in picks:
        work.take(pick)
    return Changes(parts=tuple(work.parts))


@dataclass
class _Draft:
    """The parts that were made so far, and what the next may not meet."""

    plan: Plan
    header: Header
    questionnaire: Questionnaire
    language: str
    today: date
    new_id: Callable[[], str]
    parts: list[AnyPart] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taken = _taken(self.plan)
        self.goals = _goals_by_factor(self.plan, self.questionnaire)
        self.numbers = {part.number for part in self.plan.parts}
        self.texts = {_key(part): part.id for part in self.plan.parts if part.title}
        self.carried: list[Span] = list(spans(self.plan))

    def take(self, pick: Suggestion) -> None:
        """Add a measure with all that belongs to it, unless it is there."""
        if (pick.measure, pick.practice) in self.taken:
            return
        self.taken.add((pick.measure, pick.practice))
        goal = self.goals.get(pick.factor) or self._goal(pick)
        self.goals[pick.factor] = goal
        output = self._output(pick, goal)
        if self._there("activity", output, pick.title) is None:
            self._put(self._activity(pick, goal, output))
        if self._there("indicator", output, pick.indicator) is None:
            self._put(self._indicator(pick, output))

    def _put(self, part: AnyPart) -> None:
        self.parts.append(part)
        self.texts[_key(part)] = part.id
        self.numbers.add(part.number)

    def _there(self, kind: str, within: str, title: str) -> str | None:
        """Return the part of this kind that has this title in the same place, or None."""
        return self.texts.get((kind, within, _folded(_fitted(title, LONGEST_TITLE))))

    def _goal(self, pick: Suggestion) -> Goal:
        words = self.questionnaire.words(self.language)
        step = words.scales[self.questionnaire.practices[pick.practice].scale][pick.next_step]
        t = translator(self.language)
        title = t("{factor}: reach the step “{step}”", factor=words.factors[pick.factor].name, step=step)
        there = self._there("goal", "", title)
        for goal in (*self.plan.goals, *self.goals.values()):
            if goal.id == there:
                return goal
        goal = Goal(id=self.new_id(), number=self._next(""), title=_fitted(title, LONGEST_TITLE))
        self._put(goal)
        return goal

    def _output(self, pick: Suggestion, goal: Goal) -> str:
        there = self._there("output", goal.id, pick.output)
        if there is None:
            there = self.new_id()
            self._put(Output(id=there, within=goal.id, title=_fitted(pick.output, LONGEST_TITLE)))
        return there

    def _activity(self, pick: Suggestion, goal: Goal, output: str) -> Activity:
        owner = self._owner(pick)
        span = slot(self.carried, self.header, owner, pick.months, self.today)
        self.carried += [span] if span else []
        return Activity(
            id=self.new_id(),
            within=output,
            number=self._next(f"{goal.number}." if goal.number else ""),
            title=_fitted(pick.title, LONGEST_TITLE),
            responsible=owner,
            start=span.start if span else None,
            end=span.end if span else None,
            links=(Link(practice=pick.practice, step=pick.next_step, by=deadline(span, self.header)),),
            measure=pick.measure,
        )

    def _owner(self, pick: Suggestion) -> str:
        names = {name.casefold(): name for name in (*self.header.owners, self.header.owner) if name}
        words = self.questionnaire.words(self.language).owner
        asked = [words.get(one, one) for one in self.questionnaire.practices[pick.practice].owner]
        return next((names[name.casefold()] for name in asked if name.casefold() in names), "")

    def _indicator(self, pick: Suggestion, output: str) -> Indicator:
        evidence = self.questionnaire.words(self.language).practices[pick.practice].evidence
        return Indicator(
            id=self.new_id(),
            within=output,
            title=_fitted(pick.indicator, LONGEST_TITLE),
            unit=_fitted(pick.unit, LONGEST_UNIT),
            direction=pick.direction,
            verification=_fitted("\n".join(evidence), LONGEST_TEXT),
        )

    def _next(self, before: str) -> str:
        """Return the next free number after those that begin so: "3", or "3.1" after "3."."""
        used = {number.removeprefix(before) for number in self.numbers if number.startswith(before)}
        last = max((int(one) for one in used if one.isdecimal()), default=0)
        number = f"{before}{last + 1}"
        return number if len(number) <= LONGEST_NUMBER else ""


def _goals_by_factor(plan: Plan, questionnaire: Questionnaire) -> dict[str, Goal]:
    """Return for each factor the first goal with an activity that is to lift one of its practices."""
    found: dict[str, Goal] = {}
    for activity in plan.activities:
        goal = plan.goal_of(activity.id)
        for link in activity.links if goal else ():
            if goal and link.practice in questionnaire.practices:
                found.setdefault(questionnaire.factor_of[link.practice].id, goal)
    return found


def _key(part: AnyPart) -> tuple[str, str, str]:
    return part.kind, part.within, _folded(part.title)


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _fitted(text: str, longest: int) -> str:
    """Return a text of the questionnaire, its end left out where a plan keeps none so long."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
