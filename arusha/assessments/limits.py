"""What is refused before the database sees it: wrong kinds of values, texts too long, impossible moves."""

from collections.abc import Mapping
from typing import Any

from arusha import texts
from questionnaires.problems import N_, Problem, near, printable

KINDS = {
    "step": (str, type(None)),
    "not_applicable": (bool,),
    "outside": (bool,),
    "reason": (str,),
    "note": (str,),
}
CHOICES = ("theirs", "mine", "both")

LONGEST_SAVE_ID = 64  # characters, as in all that follow
LONGEST_SIGNER = 200
LONGEST_REASON = 20_000


def faults_of_change(practice: str, change: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a change by itself: an unknown field, a wrong kind, a contradiction."""
    problems = [_unknown_field(practice, name) for name in change if name not in KINDS]
    problems += faults_of_kinds(practice, change)
    if not problems and change.get("step") is not None and change.get("not_applicable"):
        fault = N_("A step is given and the practice is marked as not applicable.")
        problems.append(Problem(practice, fault, N_("Keep the step, or the mark, not both.")))
    return problems


def faults_of_kinds(practice: str, fields: Mapping[str, Any]) -> list[Problem]:
    """Return a problem for each field of an answer that is of another kind than it has to be."""
    return [
        _wrong_kind(practice, name, fields[name])
        for name, kinds in KINDS.items()
        if name in fields and type(fields[name]) not in kinds
    ]


def _unknown_field(practice: str, name: object) -> Problem:
    meant = near(str(name)[:80], KINDS)
    values = {"name": printable(str(name)), "meant": meant, "known": ", ".join(KINDS)}
    remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
    return Problem(practice, N_("An answer has no field {name}."), remedy, values)


def _wrong_kind(practice: str, name: str, value: object) -> Problem:
    values = {"name": name, "kind": type(value).__name__, "known": KINDS[name][0].__name__}
    fault = N_("The {name} of an answer cannot be of the kind {kind}.")
    return Problem(practice, fault, N_("Give it as {known}."), values)


def faults_of_base(practice: str, base_version: int, present_version: int) -> list[Problem]:
    """Return the problem when a change was made to a version that never was."""
    if type(base_version) is int and 0 <= base_version <= present_version:
        return []
    fault = N_("The change was made to a version of the answer that is not there; the newest is {newest}.")
    remedy = N_("Reload the page, then change the answer again.")
    return [Problem(practice, fault, remedy, {"newest": present_version})]


def faults_of_choice(practice: str, change: Mapping[str, Any], choice: str) -> list[Problem]:
    """Return what stands against deciding so about a change that met another."""
    if choice not in CHOICES:
        values = {"choice": printable(choice), "known": ", ".join(CHOICES)}
        fault = N_("“{choice}” is no decision about two changes.")
        return [Problem(practice, fault, N_("Use one of: {known}."), values)]
    if choice == "both" and "note" not in change:
        fault = N_("Only two notes can both be kept: a practice has one answer.")
        return [Problem(practice, fault, N_("Choose one of the two."))]
    return []


def faults_of_save_id(save_id: str) -> list[Problem]:
    """Return what stands against this name of a save."""
    return texts.faults_of("save_id", save_id, LONGEST_SAVE_ID)


def faults_of_signer(signed_by: str) -> list[Problem]:
    """Return what stands against this name of who signs."""
    if not signed_by:
        fault = N_("The name of who signs is missing.")
        return [Problem("signed_by", fault, N_("Write name and function of the person who signs."))]
    return texts.faults_of("signed_by", signed_by, LONGEST_SIGNER)


def faults_of_reopening(round_id: str, reason: str) -> list[Problem]:
    """Return what stands against reopening a round for this reason."""
    if not reason:
        return [Problem(round_id, N_("A reason is missing."), N_("Write why the round is reopened."))]
    return texts.faults_of("reason", reason, LONGEST_REASON)
