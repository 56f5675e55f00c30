"""Plans and what their check found, as rows; the answers behind a plan."""

from collections.abc import Mapping

from arusha.access.rules import Actor
from arusha.assessments import service as assessments
from arusha.plans.checkup.checking import Finding
from arusha.plans.model import Plan
from arusha.plans.service import Listed
from arusha.store import Store
from questionnaires import loading
from questionnaires.model import Questionnaire
from questionnaires.problems import Problem
from scoring.answers import Answer


def as_row(one: Listed) -> dict[str, object]:
    """Return what a list says about a plan."""
    return {
        "id": one.id,
        "administration": one.administration,
        "title": one.header.title,
        "start": one.header.start.isoformat(),
        "end": one.header.end.isoformat(),
        "state": one.state,
        "version": one.version,
    }


def answered(actor: Actor, store: Store, plan: Plan) -> tuple[Questionnaire, Mapping[str, Answer] | None]:
    """Return the questionnaire a plan's practices are of, and the answers of the round it follows, if any."""
    if plan.header.round_id:
        sheet = assessments.sheet(actor, store, plan.header.round_id)
        return sheet.questionnaire, sheet.answers
    return loading.edition(loading.editions()[-1]), None


def finding_as_row(one: Finding) -> dict[str, str]:
    """Return what a check found, in English, as it goes into JSON."""
    return {
        "rule": one.rule,
        "subject": one.subject,
        **Problem(one.place, one.fault, one.remedy, one.values).as_dict(),
    }
