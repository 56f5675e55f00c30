"""What an account must say: a name nobody else has, a role, and what that role needs and nothing else."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from arusha.access.roles import NATIONAL, Role
from questionnaires.problems import N_, Problem, near, printable

LONGEST_NAME = 120  # characters
LONGEST_LOGIN = 240  # characters; folding can make a name longer
REGIONS = (
    "americas",
    "europe",
    "east_southern_africa",
    "north_africa_near_middle_east",
    "west_central_africa",
    "asia_pacific",
)
CODE = re.compile(r"[A-Z]{2}")
FACTOR = re.compile(r"[a-z][a-z0-9_]{0,79}")
JOINERS = "\u200c\u200d"  # parts of names in Persian and in scripts of India
UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")

NEEDED: Mapping[Role, frozenset[str]] = {
    **{role: frozenset({"administration"}) for role in NATIONAL},
    Role.CONTRIBUTOR: frozenset({"administration", "factors"}),
    Role.REVIEWER: frozenset({"assigned"}),
    Role.REGIONAL_OFFICE: frozenset({"region"}),
}
"""Role -> what an account of it has to say; everything else it must not say."""

MISSING = {
    "administration": (
        N_("This role works within an administration, and none is named."),
        N_("Name it by its two-letter ISO 3166 code in capitals, e.g. KE."),
    ),
    "region": (N_("A regional office needs the region it serves."), N_("Use one of: {known}.")),
    "factors": (
        N_("A contributor needs the factors to answer for."),
        N_("Name at least one factor by its id."),
    ),
    "assigned": (
        N_("An external reviewer needs the administrations to review."),
        N_("Name at least one by its two-letter ISO 3166 code in capitals, e.g. KE."),
    ),
}
UNFIT = {
    "administration": N_("This role does not belong to an administration."),
    "region": N_("This role does not belong to a region."),
    "factors": N_("This role does not answer for factors."),
    "assigned": N_("This role does not review administrations."),
}
LEAVE_OUT = N_("Leave it out, or choose another role.")


@dataclass(frozen=True)
class Draft:
    """An account as it is asked for."""

    name: str
    role: str
    administration: str = ""
    region: str = ""
    factors: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()

    def changed(self, **given: Any) -> "Draft":
        """Return the draft with what was given; what a new role has no use for goes, unless it was given."""
        wanted = {name: value for name, value in given.items() if value is not None}
        made = replace(self, **wanted)
        if made.role not in list(Role):
            return made
        kept = NEEDED.get(Role(made.role), frozenset())
        empty = {name: type(getattr(made, name))() for name in UNFIT if name not in kept | wanted.keys()}
        return replace(made, **empty)


def login_of(name: str) -> str:
    """Return a name as it is looked up: no two names differ only by case, width, spaces or joiners."""
    seen = "".join(sign for sign in name if sign not in JOINERS)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return " ".join(folded.split())


def is_nameable(name: str) -> bool:
    """Return whether an account can have this name at all."""
    return not faults_of_name(name)


def is_code(code: str) -> bool:
    """Return whether this looks like the code of an administration."""
    return bool(CODE.fullmatch(code))


def faults_of(draft: Draft) -> list[Problem]:
    """Return everything that stands against an account, whatever other accounts there are."""
    return [
        *faults_of_name(draft.name),
        *_faults_of_role(draft),
        *_faults_of_codes("administration", [draft.administration] if draft.administration else []),
        *_faults_of_region(draft.region),
        *_faults_of_factors(draft.factors),
        *_faults_of_codes("assigned", draft.assigned),
    ]


def faults_of_name(name: str) -> list[Problem]:
    """Return what stands against a name."""
    if not login_of(name[: 4 * LONGEST_NAME]):
        fault = N_("An account needs a name.")
        return [Problem("name", fault, N_("Give the name the person signs in with."))]
    if len(name) > LONGEST_NAME or len(login_of(name)) > LONGEST_LOGIN:
        fault = N_("The name is too long; at most {longest} characters are kept.")
        return [Problem("name", fault, N_("Shorten it."), {"longest": LONGEST_NAME})]
    if any(unicodedata.category(sign) in UNSEEN and sign not in JOINERS for sign in name):
        fault = N_("The name holds a character that cannot be seen.")
        return [Problem("name", fault, N_("Type the name again."))]
    return []


def taken(name: str) -> Problem:
    """Return the problem of a name that another account has."""
    fault = N_("There is an account of the name {name}, or of one that looks the same.")
    remedy = N_("Choose another name, e.g. with the name of the administration.")
    return Problem("name", fault, remedy, {"name": printable(name)})


def _faults_of_role(draft: Draft) -> list[Problem]:
    if draft.role not in list(Role):
        return [_unknown("role", N_("There is no role {said}."), draft.role, list(Role))]
    needed = NEEDED.get(Role(draft.role), frozenset())
    problems = []
    for name, unfit in UNFIT.items():
        said = bool(getattr(draft, name))
        if name in needed and not said:
            problems.append(Problem(name, *MISSING[name], {"known": ", ".join(REGIONS)}))
        elif said and name not in needed:
            problems.append(Problem(name, unfit, LEAVE_OUT))
    return problems


def _faults_of_region(region: str) -> list[Problem]:
    if not region or region in REGIONS:
        return []
    return [_unknown("region", N_("There is no region {said}."), region, REGIONS)]


def _faults_of_codes(place: str, codes: Iterable[str]) -> list[Problem]:
    fault = N_("{said} is not the code of an administration.")
    remedy = N_("Use the two-letter ISO 3166 code in capitals, e.g. KE.")
    wrong = sorted(code for code in codes if not is_code(code))
    return [Problem(place, fault, remedy, {"said": printable(code, 20)}) for code in wrong]


def _faults_of_factors(factors: Iterable[str]) -> list[Problem]:
    fault = N_("{said} is not the id of a factor.")
    remedy = N_("Use ids as the questionnaire has them, e.g. leadership.")
    wrong = sorted(factor for factor in factors if not FACTOR.fullmatch(factor))
    return [Problem("factors", fault, remedy, {"said": printable(factor)}) for factor in wrong]


def _unknown(place: str, fault: str, said: str, known: Iterable[str]) -> Problem:
    meant = near(said[:80], known)
    remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
    return Problem(place, fault, remedy, {"said": printable(said), "meant": meant, "known": ", ".join(known)})
