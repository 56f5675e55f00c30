"""What our own editions must obey beyond the format, one function a rule: what is asked, and how much.

The format admits a foreign questionnaire; these rules say what an edition of ours owes its reader.
The rules for its words are in ``prose``.
"""

import re
from collections.abc import Iterator

from questionnaires import prose
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem

DECLARATION = (
    "Leadership and Commitment",
    "Regulatory Framework",
    "Transparency",
    "Automation",
    "Reform and Modernization",
    "Audit and Investigation",
    "Code of Conduct",
    "Human Resource Management",
    "Morale and Organizational Culture",
    "Relationship with the Private Sector",
)
# How many commitments each factor of the Declaration holds, one testable thing each: 1.1 … 1.5, 2.1 … 2.6, …
COMMITMENTS_OF = {1: 5, 2: 6, 3: 6, 4: 5, 5: 3, 6: 8, 7: 4, 8: 6, 9: 5, 10: 5}
COMMITMENTS = frozenset(
    f"{factor}.{n}" for factor, count in COMMITMENTS_OF.items() for n in range(1, count + 1)
)
REFERENCE = re.compile(
    r"UNCAC ([1-9]|[1-6]\d|7[01])"  # articles 1 to 71
    r"|RKC GA ([1-9]|10)(\.\d+)?"  # chapters of the Revised Kyoto Convention's General Annex
    r"|RKC SA (A[12]|B[1-3]|C1|D[12]|E[1-3]|F[1-4]|G1|H1|J[1-5]|K[1-3])"  # of its Specific Annexes
    r"|TFA ([1-9]|1\d|2[0-4])(\.\d+)?"  # articles 1 to 24 of the Trade Facilitation Agreement
)
MEASURES = range(2, 4)
PRACTICES = range(110, 131)
PRACTICES_OF_A_FACTOR = range(10, 15)
CORE_OF_A_FACTOR = 4
KEY_SHARE = 0.3
LISTED = 12  # names shown in one message


def house_faults(questionnaire: Questionnaire) -> list[Problem]:
    """Return every fault of one of our own editions against the rules of this house."""
    return [
        *factors_are_the_declaration_s(questionnaire),
        *practices_are_enough(questionnaire),
        *practices_are_complete(questionnaire),
        *commitments_are_known(questionnaire),
        *commitments_are_covered(questionnaire),
        *references_are_well_written(questionnaire),
        *core_is_even(questionnaire),
        *key_practices_are_enough(questionnaire),
        *prose.faults(questionnaire),
    ]


def _structure(questionnaire: Questionnaire, entry: str = "") -> str:
    return f"{questionnaire.id}/structure.toml" + (f" · {entry}" if entry else "")


def factors_are_the_declaration_s(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require the Declaration's ten factors, in its order and in English by its names."""
    numbers = [factor.number for factor in questionnaire.factors]
    if numbers != list(range(1, len(DECLARATION) + 1)):
        fault = N_("The factors are not numbered 1 to {count} in order.")
        remedy = N_("Follow the Declaration.")
        yield Problem(_structure(questionnaire), fault, remedy, {"count": len(DECLARATION)})
        return
    english = questionnaire.languages.get("en")
    for factor, name in zip(questionnaire.factors, DECLARATION, strict=True) if english else ():
        given = english.factors[factor.id].name if english else name
        if given != name:
            place = f"{questionnaire.id}/text.en.toml · {factor.id}"
            fault = N_("Factor {number} is called “{given}”.")
            values: dict[str, object] = {"number": factor.number, "given": given, "name": name}
            yield Problem(place, fault, N_("Call it “{name}”, as the Declaration does."), values)


def practices_are_enough(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require a number of practices that asks everything and can still be answered."""
    for place, found, wanted in [
        (_structure(questionnaire), len(questionnaire.practices), PRACTICES),
        *(
            (_structure(questionnaire, f.id), len(f.practices), PRACTICES_OF_A_FACTOR)
            for f in questionnaire.factors
        ),
    ]:
        if found not in wanted:
            values = {"found": found, "fewest": wanted[0], "most": wanted[-1]}
            fault = N_("There are {found} practices.")
            yield Problem(place, fault, N_("Ask {fewest} to {most}."), values)


def practices_are_complete(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require owner, drivers, kinds of evidence and commitments of each practice, and its measures."""
    for practice in questionnaire.practices.values():
        place = _structure(questionnaire, practice.id)
        for key in ("owner", "drivers", "evidence", "commitments"):
            if not getattr(practice, key):
                yield Problem(place, N_("{key} is empty."), N_("Name at least one."), {"key": key})
        if len(practice.measures) not in MEASURES:
            values = {"found": len(practice.measures)}
            yield Problem(place, N_("The practice has {found} measures."), N_("Offer two or three."), values)


def commitments_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require commitments of the Declaration, the first one of the practice's own factor."""
    for practice in questionnaire.practices.values():
        place = _structure(questionnaire, practice.id)
        for commitment in practice.commitments:
            if commitment not in COMMITMENTS:
                fault = N_("The Declaration has no commitment {commitment}.")
                remedy = N_("Use one of 1.1 to 10.5, as questionnaires/README.md lists them.")
                yield Problem(place, fault, remedy, {"commitment": commitment})
        number = questionnaire.factor_of[practice.id].number
        if practice.commitments and not practice.commitments[0].startswith(f"{number}."):
            fault = N_("The first commitment, {commitment}, is not of factor {number}.")
            values = {"commitment": practice.commitments[0], "number": number}
            yield Problem(place, fault, N_("Put one of the factor's own first."), values)


def commitments_are_covered(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require a practice for every commitment of the Declaration."""
    served = {one for practice in questionnaire.practices.values() for one in practice.commitments}
    lacking = sorted(COMMITMENTS - served, key=lambda one: [*map(int, one.split("."))])
    if lacking:
        values = {"commitments": ", ".join(lacking[:LISTED]) + (" …" if len(lacking) > LISTED else "")}
        fault = N_("No practice serves these commitments: {commitments}.")
        yield Problem(_structure(questionnaire), fault, N_("Ask something for each."), values)


def references_are_well_written(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require references by number only, in the form all practices share."""
    for practice in questionnaire.practices.values():
        for reference in practice.references:
            if not REFERENCE.fullmatch(reference):
                fault = N_("The reference {reference} cannot be looked up.")
                remedy = N_("Write it like UNCAC 8, RKC GA 9.5, RKC SA B3 or TFA 10.1.")
                yield Problem(_structure(questionnaire, practice.id), fault, remedy, {"reference": reference})


def core_is_even(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require four core practices of each factor: the short form is as fair to one as to another."""
    for factor in questionnaire.factors:
        found = sum(practice.core for practice in factor.practices)
        if found != CORE_OF_A_FACTOR:
            values = {"found": found, "wanted": CORE_OF_A_FACTOR}
            fault = N_("The factor has {found} core practices.")
            yield Problem(_structure(questionnaire, factor.id), fault, N_("Mark {wanted} as core."), values)


def key_practices_are_enough(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require a key practice of each factor, and three of ten: without them a level means nothing."""
    for factor in questionnaire.factors:
        if not any(practice.key for practice in factor.practices):
            fault = N_("The factor has no key practice.")
            yield Problem(_structure(questionnaire, factor.id), fault, N_("Mark at least one as key."))
    practices = questionnaire.practices.values()
    found = sum(practice.key for practice in practices)
    if found < KEY_SHARE * len(practices):
        values = {"found": found, "all": len(practices)}
        fault = N_("Only {found} of {all} practices are key.")
        yield Problem(_structure(questionnaire), fault, N_("Mark three in ten or more as key."), values)
