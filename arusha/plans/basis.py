"""What a plan's practices are of: the questionnaire of its round, and how the round was answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from arusha.access.rules import Actor, Permission, Subject, decide
from arusha.assessments import service as assessments
from arusha.plans.model import Plan
from arusha.store import Store
from questionnaires import loading
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from scoring.answers import Answer


@dataclass(frozen=True)
class Basis:
    """A questionnaire, and the answers of the round a plan was made from; None when they are not known."""

    questionnaire: Questionnaire
    answers: Mapping[str, Answer] | None


def basis(actor: Actor, store: Store, plan: Plan) -> Basis:
    """Return the round's questionnaire and answers, or without a round the newest edition.

    So it is too when the person may not see the round's answers.
    """
    if plan.header.round_id and may_see(actor, plan):
        try:
            sheet = assessments.sheet(actor, store, plan.header.round_id)
        except Refused:
            return Basis(newest_edition(), None)  # another program took the round away
        return Basis(sheet.questionnaire, sheet.answers)
    return Basis(newest_edition(), None)


def may_see(actor: Actor, plan: Plan) -> bool:
    """Return whether a person may see the answers of the plan's administration."""
    return decide(actor, Permission.ANSWER_READ, Subject(plan.administration)).allowed


def newest_edition() -> Questionnaire:
    """Return the newest edition of the questionnaire."""
    return loading.edition(loading.editions()[-1])
