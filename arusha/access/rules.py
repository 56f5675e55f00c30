"""May this person do this? One list of permissions, one pure decision; what is not allowed is refused."""

from dataclasses import dataclass
from enum import StrEnum

from questionnaires.problems import N_, refuse


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
    PREFERENCE_SET = "preference:set"
    QUESTIONNAIRE_READ = "questionnaire:read"


@dataclass(frozen=True)
class Actor:
    """The person or office that acts; ``id`` goes into the history, ``permissions`` decide."""

    id: str
    permissions: frozenset[Permission]


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and the reason, told when it is not."""

    allowed: bool
    reason: str


LOCAL = Actor("local", frozenset(Permission))
"""The one person or office on one computer: no accounts, every permission."""


def decide(actor: Actor, permission: Permission) -> Decision:
    """Return whether the actor may; anything not granted is refused."""
    if permission in actor.permissions:
        return Decision(True, N_("You hold this permission."))
    return Decision(False, N_("You do not hold the permission {permission}."))


def require(actor: Actor, permission: Permission) -> None:
    """Raise ``Refused`` with the reason when the actor may not."""
    decision = decide(actor, permission)
    if not decision.allowed:
        remedy = N_("Ask the coordinator of your administration.")
        raise refuse(actor.id, decision.reason, remedy, permission=permission.value)
