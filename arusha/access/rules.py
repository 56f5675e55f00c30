"""May this person do this, with this? One list of permissions, one pure decision, refused by default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from arusha.store.scope import Scope
from questionnaires.problems import N_, Problem, Refused


class Permission(StrEnum):
    """Every permission, as ``<resource>:<action>``."""

    ADMINISTRATION_READ = "administration:read"
    ROUND_OPEN = "round:open"
    ROUND_READ = "round:read"
    ROUND_SIGN = "round:sign"
    ROUND_REOPEN = "round:reopen"
    ANSWER_READ = "answer:read"
    ANSWER_WRITE = "answer:write"
    PROFILE_READ = "profile:read"
    PROFILE_EXPORT = "profile:export"
    DISCLOSURE_DECIDE = "disclosure:decide"
    DISCLOSURE_READ = "disclosure:read"
    DISCLOSURE_EXPORT = "disclosure:export"
    AGGREGATE_READ = "aggregate:read"
    PLAN_READ = "plan:read"
    PLAN_WRITE = "plan:write"
    PLAN_UPDATE = "plan:update"
    PLAN_APPROVE = "plan:approve"
    PLAN_EXPORT = "plan:export"
    PREFERENCE_SET = "preference:set"
    QUESTIONNAIRE_READ = "questionnaire:read"
    ACCOUNT_READ = "account:read"
    ACCOUNT_CHANGE = "account:change"
    TRAIL_READ = "trail:read"
    TRAIL_VERIFY = "trail:verify"
    ACCESS_EXPLAIN = "access:explain"
    HEALTH_READ = "health:read"


class Audience(StrEnum):
    """Who a head lets see a round or a factor of it; each includes those before it."""

    NATIONAL = "national"
    REGION = "region"
    WCO = "wco"
    MEMBERS = "members"
    PUBLIC = "public"

    def includes(self, other: "Audience") -> bool:
        """Return whether what is open to this audience is open to the other too."""
        order = list(Audience)
        return order.index(self) >= order.index(other)


class Reach(StrEnum):
    """How far a permission goes."""

    ANYWHERE = "anywhere"
    OWN = "own"  # one's own administration
    OWN_FACTORS = "own_factors"  # of one's own administration, only the factors one answers for
    REGION = "region"  # what administrations of one's region disclosed to their regional office
    WCO = "wco"  # what was disclosed to WCO staff
    ASSIGNED = "assigned"  # of that, only the administrations one was asked to review
    PUBLIC = "public"  # what was disclosed to everyone


@dataclass(frozen=True)
class Subject:
    """What a decision is about: whose it is, which factor of it, and for whom it was disclosed."""

    administration: str = ""
    factor: str = ""
    region: str = ""
    audience: Audience = Audience.NATIONAL


@dataclass(frozen=True)
class Actor:
    """The person or office that acts; ``id`` goes into the history, ``grants`` decide.

    ``session`` is the id of the session they act in, '' outside of one; ``name`` is how people know them.
    """

    id: str
    grants: Mapping[Permission, Reach] = field(hash=False)
    role: str = ""
    administration: str = ""
    region: str = ""
    factors: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()
    session: str = ""
    name: str = ""

    @property
    def scope(self) -> Scope:
        """Return the rows this person's sessions may meet, as far as their grants reach."""
        reading = self.grants.get(Permission.DISCLOSURE_READ)
        answers, trail = self.grants.get(Permission.ANSWER_READ), self.grants.get(Permission.TRAIL_READ)
        return Scope(
            person=self.id,
            everything=self.role in ("local", "visitor"),
            sample=self.role == "visitor",
            administration=self.administration,
            factors=self.factors if answers is Reach.OWN_FACTORS else None,
            reads=str(reading or ""),
            region=self.region,
            assigned=self.assigned,
            trail={Reach.ANYWHERE: "all", Reach.OWN: "own"}.get(trail, "") if trail else "",
        )


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and the reason, as a sentence with its values."""

    allowed: bool
    reason: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


class Denied(Refused):
    """A person may not do this; it goes into the trail."""

    def __init__(self, problem: Problem, permission: Permission, subject: Subject) -> None:
        super().__init__([problem])
        self.permission = permission
        self.subject = subject
        self.recorded = False


LOCAL = Actor("local", dict.fromkeys(Permission, Reach.ANYWHERE), role="local")
"""The one person or office on one computer: no accounts, every permission."""

ALLOWED = {
    Reach.ANYWHERE: N_("You hold this permission everywhere."),
    Reach.OWN: N_("You hold this permission for your own administration."),
    Reach.OWN_FACTORS: N_("You hold this permission for the factors you answer for."),
    Reach.REGION: N_("It was disclosed to the regional office of the region, which you belong to."),
    Reach.WCO: N_("It was disclosed to WCO staff, to which you belong."),
    Reach.ASSIGNED: N_("It was disclosed to WCO staff, and you were asked to review this administration."),
    Reach.PUBLIC: N_("It was disclosed to everyone."),
}
NOT_HELD = N_("You do not hold the permission {permission}.")
FOREIGN = N_("It belongs to another administration.")
NOT_YOUR_FACTOR = N_("You do not answer for this factor.")
NOT_DISCLOSED = N_("The administration did not disclose it to you.")
OTHER_REGION = N_("The administration belongs to another region.")
ASK_AT_HOME = N_("Ask the coordinator of your administration.")
ASK = N_("Ask the system administrator of this server.")
NOT_ASSIGNED = N_("You were not asked to review this administration.")


def decide(actor: Actor, permission: Permission, subject: Subject | None = None) -> Decision:
    """Return whether the actor may do this with this subject; what is not granted is refused.

    Without a subject the question is whether they may do it with anything at all.
    """
    reach = actor.grants.get(permission)
    if reach is None:
        return Decision(False, NOT_HELD, {"permission": permission.value})
    against = _against(actor, reach, subject) if subject is not None else ""
    if against:
        return Decision(False, against, {"permission": permission.value})
    return Decision(True, ALLOWED[reach], {"permission": permission.value})


def _against(actor: Actor, reach: Reach, subject: Subject) -> str:
    """Return what stands against a subject within a reach, '' when nothing does."""
    own = bool(actor.administration) and subject.administration == actor.administration
    if reach is Reach.ANYWHERE:
        return ""
    if reach is Reach.OWN:
        return "" if own else FOREIGN
    if reach is Reach.OWN_FACTORS:
        if not own:
            return FOREIGN
        return "" if not subject.factor or subject.factor in actor.factors else NOT_YOUR_FACTOR
    whole = own and not actor.factors  # who answers for some factors meets what was shared as others do
    return "" if whole else _against_reading(actor, reach, subject)


def _against_reading(actor: Actor, reach: Reach, subject: Subject) -> str:
    """Return what stands against reading what another administration may have disclosed."""
    if subject.audience is Audience.PUBLIC:
        return ""
    if reach is Reach.REGION:
        if not subject.audience.includes(Audience.REGION):
            return NOT_DISCLOSED
        return "" if actor.region and subject.region == actor.region else OTHER_REGION
    if reach is Reach.PUBLIC or not subject.audience.includes(Audience.WCO):
        return NOT_DISCLOSED
    if reach is Reach.ASSIGNED and subject.administration not in actor.assigned:
        return NOT_ASSIGNED
    return ""


def require(actor: Actor, permission: Permission, subject: Subject | None = None) -> None:
    """Raise ``Denied`` with the reason when the actor may not."""
    decision = decide(actor, permission, subject)
    if not decision.allowed:
        place = actor.name or actor.id
        remedy = ASK_AT_HOME if actor.administration or actor.role == "local" else ASK
        problem = Problem(place, decision.reason, remedy, decision.values)
        raise Denied(problem, permission, subject or Subject())
