"""What the plan check finds: a rule that does not hold, its place, what is wrong there and the remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from arusha.plans.model import Activity, AnyPart, Indicator, Plan
from arusha.plans.rules import name_of
from questionnaires.model import Questionnaire
from questionnaires.problems import printable
from scoring.answers import Answer

OVER = ("done", "dropped")
RESTING = (*OVER, "paused")


@dataclass(frozen=True)
class Finding:
    """One thing the check finds.

    ``subject`` is the id of a part, of a practice, or '' for the plan as a whole; ``place`` is what it is
    called. ``fault`` and ``remedy`` are sentences of the catalogue, to be shown with ``values``.
    """

    rule: str
    place: str
    subject: str
    fault: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """All that a rule may look at; ``language`` is that of the questionnaire's words."""

    plan: Plan
    today: date
    asked: Questionnaire | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    language: str = ""

    def activities(self, without: Iterable[str] = OVER) -> tuple[Activity, ...]:
        """Return the activities whose status today is none of these, in order."""
        left_out = tuple(without)
        states = ((one, self.plan.status(one.id, self.today)) for one in self.plan.activities)
        return tuple(one for one, status in states if status not in left_out)

    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators that have not ended, in order."""
        return tuple(one for one in self.plan.indicators if is_alive(one, self.today))

    def question(self, practice: str) -> str:
        """Return what a practice asks, in one line; its id where the questionnaire has no words for it."""
        words = self.asked.words(self.language).practices.get(practice) if self.asked else None
        return printable(words.question, 120) if words else practice

    def step(self, practice: str, step: str) -> str:
        """Return the name of a step of a practice's scale; its id where the questionnaire has none."""
        if self.asked is None or practice not in self.asked.practices:
            return step
        scale = self.asked.practices[practice].scale
        return self.asked.words(self.language).scales.get(scale, {}).get(step, step)


def is_alive(indicator: Indicator, today: date) -> bool:
    """Return whether an indicator is still followed: it was not given up or replaced before today."""
    return indicator.ended is None or indicator.ended >= today


def of_part(rule: str, part: AnyPart, fault: str, remedy: str, **values: object) -> Finding:
    """Return a finding about a part."""
    return Finding(rule, name_of(part), part.id, fault, remedy, values)


def of_plan(rule: str, plan: Plan, fault: str, remedy: str, **values: object) -> Finding:
    """Return a finding about the plan as a whole."""
    return Finding(rule, printable(plan.header.title, 60) or plan.id, "", fault, remedy, values)
