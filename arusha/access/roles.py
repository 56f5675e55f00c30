"""The roles of people on a server: which permissions each holds, how far, and what an account of it needs."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from arusha.access.rules import Actor, Permission, Reach
from questionnaires.problems import N_

P = Permission
OWN = Reach.OWN


class Role(StrEnum):
    """What a person is here for; an account has exactly one."""

    COORDINATOR = "coordinator"
    CONTRIBUTOR = "contributor"
    HEAD = "head"
    OBSERVER = "observer"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    PROGRAMME_MANAGER = "programme_manager"
    REGIONAL_OFFICE = "regional_office"
    DONOR = "donor"
    SYSTEM = "system"


NATIONAL = frozenset({Role.COORDINATOR, Role.CONTRIBUTOR, Role.HEAD, Role.OBSERVER})
"""Roles within an administration: the account names it."""

NAMES = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.CONTRIBUTOR: N_("Contributor"),
    Role.HEAD: N_("Head of administration"),
    Role.OBSERVER: N_("National observer"),
    Role.ANALYST: N_("WCO analyst"),
    Role.REVIEWER: N_("External reviewer"),
    Role.PROGRAMME_MANAGER: N_("Programme manager"),
    Role.REGIONAL_OFFICE: N_("Regional office"),
    Role.DONOR: N_("Donor observer"),
    Role.SYSTEM: N_("System administrator"),
}

EVERYONE: Mapping[Permission, Reach] = {
    P.PREFERENCE_SET: Reach.ANYWHERE,
    P.QUESTIONNAIRE_READ: Reach.ANYWHERE,
}
_NATIONAL = {P.ADMINISTRATION_READ: OWN, P.ROUND_READ: OWN, P.DISCLOSURE_READ: Reach.PUBLIC}
_STAFF = {P.AGGREGATE_READ: Reach.ANYWHERE}

GRANTS: Mapping[Role, Mapping[Permission, Reach]] = {
    Role.COORDINATOR: {
        **EVERYONE,
        **_NATIONAL,
        P.ROUND_OPEN: OWN,
        P.ANSWER_READ: OWN,
        P.ANSWER_WRITE: OWN,
        P.PROFILE_READ: OWN,
        P.PROFILE_EXPORT: OWN,
        P.PLAN_READ: OWN,
        P.PLAN_WRITE: OWN,
        P.PLAN_UPDATE: OWN,
        P.PLAN_EXPORT: OWN,
        P.AGGREGATE_READ: Reach.ANYWHERE,
        P.ACCOUNT_READ: OWN,
        P.ACCOUNT_CHANGE: OWN,
        P.TRAIL_READ: OWN,
    },
    Role.CONTRIBUTOR: {
        **EVERYONE,
        **_NATIONAL,
        P.ANSWER_READ: Reach.OWN_FACTORS,
        P.ANSWER_WRITE: Reach.OWN_FACTORS,
    },
    Role.HEAD: {
        **EVERYONE,
        **_NATIONAL,
        P.ROUND_SIGN: OWN,
        P.ROUND_REOPEN: OWN,
        P.ANSWER_READ: OWN,
        P.PROFILE_READ: OWN,
        P.PROFILE_EXPORT: OWN,
        P.PLAN_READ: OWN,
        P.PLAN_APPROVE: OWN,
        P.PLAN_EXPORT: OWN,
        P.DISCLOSURE_DECIDE: OWN,
        P.AGGREGATE_READ: Reach.ANYWHERE,
        P.ACCOUNT_READ: OWN,
        P.TRAIL_READ: OWN,
    },
    Role.OBSERVER: {
        **EVERYONE,
        **_NATIONAL,
        P.ANSWER_READ: OWN,
        P.PROFILE_READ: OWN,
        P.PLAN_READ: OWN,
        P.AGGREGATE_READ: Reach.ANYWHERE,
    },
    Role.ANALYST: {
        **EVERYONE,
        **_STAFF,
        P.DISCLOSURE_READ: Reach.WCO,
        P.DISCLOSURE_EXPORT: Reach.WCO,
    },
    Role.REVIEWER: {**EVERYONE, P.DISCLOSURE_READ: Reach.ASSIGNED},
    Role.PROGRAMME_MANAGER: {
        **EVERYONE,
        **_STAFF,
        P.DISCLOSURE_READ: Reach.WCO,
        P.DISCLOSURE_EXPORT: Reach.WCO,
    },
    Role.REGIONAL_OFFICE: {
        **EVERYONE,
        **_STAFF,
        P.DISCLOSURE_READ: Reach.REGION,
        P.DISCLOSURE_EXPORT: Reach.REGION,
    },
    Role.DONOR: {**EVERYONE, **_STAFF},
    Role.SYSTEM: {
        **EVERYONE,
        P.ACCOUNT_READ: Reach.ANYWHERE,
        P.ACCOUNT_CHANGE: Reach.ANYWHERE,
        P.TRAIL_READ: Reach.ANYWHERE,
        P.TRAIL_VERIFY: Reach.ANYWHERE,
        P.ACCESS_EXPLAIN: Reach.ANYWHERE,
        P.HEALTH_READ: Reach.ANYWHERE,
    },
}
"""Role -> permission -> how far it goes. What is not here is refused."""

VISITOR = "visitor"
"""Whoever looks at the sample on a server: no account has this role, and no other database opens for it."""

GIVEN_BY_A_COORDINATOR = frozenset({Role.CONTRIBUTOR, Role.OBSERVER})
"""The roles of accounts that a coordinator makes in their own administration."""

READING = (
    P.ADMINISTRATION_READ,
    P.ROUND_READ,
    P.ANSWER_READ,
    P.PROFILE_READ,
    P.PROFILE_EXPORT,
    P.PLAN_READ,
    P.PLAN_EXPORT,
    P.QUESTIONNAIRE_READ,
    P.PREFERENCE_SET,
)


def visiting(person: Actor) -> Actor:
    """Return a person as a reader of the sample, which everyone sees and nobody changes."""
    grants = dict.fromkeys(READING, Reach.ANYWHERE)
    return replace(person, role=VISITOR, grants=grants, factors=frozenset())
