"""What a person may do and how far, in words: the same grants and the same decisions as everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from arusha.access.roles import GRANTS, NATIONAL, Role
from arusha.access.rules import Actor, Permission, Reach
from questionnaires.problems import N_

P = Permission

PERMISSIONS: Mapping[Permission, str] = {
    P.ADMINISTRATION_READ: N_("See the administrations"),
    P.ROUND_OPEN: N_("Open a round"),
    P.ROUND_READ: N_("See rounds and their state"),
    P.ROUND_SIGN: N_("Sign a round off"),
    P.ROUND_REOPEN: N_("Reopen a signed round"),
    P.ANSWER_READ: N_("See answers, their notes and their history"),
    P.ANSWER_WRITE: N_("Answer, import answers and carry them over"),
    P.PROFILE_READ: N_("See the profile and what was signed"),
    P.PROFILE_EXPORT: N_("Download the profile as a workbook"),
    P.DISCLOSURE_DECIDE: N_("Decide who else may see a signed round"),
    P.DISCLOSURE_READ: N_("See what administrations disclosed"),
    P.DISCLOSURE_EXPORT: N_("Download what administrations disclosed"),
    P.AGGREGATE_READ: N_("See figures over many administrations, which name none"),
    P.PLAN_READ: N_("See action plans, their benchmarks and their progress"),
    P.PLAN_WRITE: N_("Write action plans, and revise approved ones"),
    P.PLAN_UPDATE: N_("Enter what happened in an action plan"),
    P.PLAN_APPROVE: N_("Approve, close and open action plans again"),
    P.PLAN_EXPORT: N_("Download an action plan as a workbook"),
    P.PREFERENCE_SET: N_("Set what concerns oneself, such as the language"),
    P.QUESTIONNAIRE_READ: N_("Read the questionnaire"),
    P.ACCOUNT_READ: N_("See accounts"),
    P.ACCOUNT_CHANGE: N_("Add and change accounts"),
    P.TRAIL_READ: N_("Read the trail"),
    P.TRAIL_VERIFY: N_("Prove the trail"),
    P.ACCESS_EXPLAIN: N_("See why somebody may do something"),
    P.HEALTH_READ: N_("See the health of the server"),
}
"""Permission -> what it allows, as a person says it."""

REACHES: Mapping[Reach, str] = {
    Reach.ANYWHERE: N_("Everywhere."),
    Reach.OWN: N_("In the administration {administration} only."),
    Reach.OWN_FACTORS: N_(
        "In the administration {administration} only, and only for these factors: {factors}."
    ),
    Reach.REGION: N_(
        "Of the region {region}, what was disclosed to its regional office; and what is public."
    ),
    Reach.WCO: N_("What was disclosed to WCO staff, of every administration; and what is public."),
    Reach.ASSIGNED: N_(
        "What was disclosed to WCO staff, only of these administrations: {assigned}; and what is public."
    ),
    Reach.PUBLIC: N_("What was disclosed to everyone."),
}
"""Reach -> how far it goes, with the values of who holds it."""

NOT_AT_ALL = N_("Not at all.")


@dataclass(frozen=True)
class Line:
    """A permission, how far it goes (None: it is not held), and that as a sentence with its values."""

    permission: Permission
    reach: Reach | None
    sentence: str
    values: Mapping[str, str]


def explained(actor: Actor) -> tuple[Line, ...]:
    """Return a line for every permission there is, in their order, also for those that are not held."""
    values = {
        "administration": actor.administration or "–",
        "region": actor.region or "–",
        "factors": ", ".join(sorted(actor.factors)) or "–",
        "assigned": ", ".join(sorted(actor.assigned)) or "–",
    }
    return tuple(_line(permission, actor.grants.get(permission), values) for permission in Permission)


def _line(permission: Permission, reach: Reach | None, values: Mapping[str, str]) -> Line:
    return Line(permission, reach, NOT_AT_ALL if reach is None else REACHES[reach], values)


def of_role(
    role: Role,
    *,
    administration: str = "",
    region: str = "",
    factors: frozenset[str] = frozenset(),
    assigned: frozenset[str] = frozenset(),
) -> Actor:
    """Return somebody of a role who has no account, to ask what such a person may do."""
    own = administration if role in NATIONAL else ""
    return Actor(
        role.value,
        GRANTS[role],
        role=role.value,
        administration=own,
        region=region,
        factors=factors,
        assigned=assigned,
    )
