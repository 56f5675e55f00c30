"""How it is proved that what was signed still holds: every fault is a problem, whatever was done to it.

What is found: any change of what was signed, of who signed it and when, of the answers beside it, and of
how an earlier revision was reopened. What cannot be found: a forger who changes answers, profile, hash and
every revision that follows consistently. Against that helps only the hash kept elsewhere, on paper.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from arusha.assessments import asking, limits, signing
from arusha.assessments.rules import Round, Signature, fingerprint
from questionnaires import loading
from questionnaires.forms import FORMS as FORMS_OF_ROUNDS
from questionnaires.forms import in_form
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, printable
from scoring.answers import Answer
from scoring.profile import RULE, Profile, score

KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("form", "round", "administration", "signed_by", "recorded_by", "signed_at"), str),
    **dict.fromkeys(("edition", "edition_hash", "rule"), str),
    **dict.fromkeys(("year", "revision"), int),
    "follows": (dict, type(None)),
    "answers": list,
    "profile": dict,
}
SINCE: dict[str, type | tuple[type, ...]] = {"asked": str, "beside": list, "national_hash": str}
FORMS = {signing.FIRST_FORM: KINDS, signing.FORM: KINDS | SINCE}
SHAPELESS = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def read(signature: Signature, round_: Round) -> tuple[Profile, dict[str, Answer]]:
    """Return the profile and the answers that were signed; raise ``Refused`` when they are not."""
    problems = damage(signature, round_)
    if problems:
        raise Refused(problems)
    return Profile.from_dict(signature.content["profile"]), _answers(signature.content)


def faults_of(signature: Signature, round_: Round) -> list[Problem]:
    """Return everything that does not hold of a signed revision."""
    found = damage(signature, round_)
    return found or _changes_of_method(signature)


def damage(signature: Signature, round_: Round) -> list[Problem]:
    """Return why this is not what was signed: shape, hash, whose it is, or the profile computed anew."""
    place, content = place_of(signature), signature.content
    shape = [_fault(place, fault, **values) for fault, values in _faults_of_shape(content)]
    found = [] if _fits(content, signature.content_hash) else [_fault(place, HASH)]
    if signature.spoilt:
        found.append(
            _fault(place, N_("Of the signature cannot be read: {names}."), names=", ".join(signature.spoilt))
        )
    if shape:
        return found + shape
    return found + _faults_of_belonging(signature, round_, place) + _faults_of_profile(content, place)


HASH = N_("What was signed was changed afterwards: the hash does not fit.")
COMPUTED = N_("The profile computed anew differs from the one that was signed.")


def _fits(content: Mapping[str, Any], content_hash: str) -> bool:
    try:
        return fingerprint(content) == content_hash
    except SHAPELESS:
        return False


def _faults_of_shape(content: Mapping[str, Any]) -> list[tuple[str, dict[str, str]]]:
    if not content:
        return [(N_("What was signed cannot be read."), {})]
    kinds = FORMS.get(str(content.get("form")), KINDS | SINCE)
    strays = sorted(set(kinds) ^ set(content))
    wrong = strays or [name for name, kind in kinds.items() if not _is(content[name], kind)]
    if not wrong:
        wrong = [name for name, is_whole in PARTS.items() if name in kinds and not is_whole(content[name])]
    named = {"names": ", ".join(printable(name) for name in wrong[:10])}
    return [(N_("What was signed is not whole: {names}."), named)] if wrong else []


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _are_answers(rows: list[Any]) -> bool:
    if not all(isinstance(row, dict) and set(row) == set(signing.FIELDS) for row in rows):
        return False
    if any(type(row["practice"]) is not str or limits.faults_of_kinds("", row) for row in rows):
        return False
    return len({row["practice"] for row in rows}) == len(rows)


def _is_profile(found: dict[str, Any]) -> bool:
    try:
        Profile.from_dict(found)
    except SHAPELESS:
        return False
    return True


def _are_names(found: list[Any]) -> bool:
    return all(isinstance(name, str) for name in found)


PARTS: dict[str, Callable[[Any], bool]] = {
    "answers": _are_answers,
    "profile": _is_profile,
    "asked": lambda form: form in FORMS_OF_ROUNDS,
    "beside": _are_names,
}


def _answers(content: Mapping[str, Any]) -> dict[str, Answer]:
    return {row["practice"]: Answer(**row) for row in content["answers"]}


def _edition(content: Mapping[str, Any]) -> Questionnaire:
    """Return what was scored: the edition in the form of the round; at first it was the short one."""
    return in_form(loading.edition(content["edition"]), content.get("asked", "short"))


def _scored(content: Mapping[str, Any]) -> dict[str, Answer]:
    beside = content.get("beside", ())
    return {name: answer for name, answer in _answers(content).items() if name not in beside}


def _faults_of_belonging(signature: Signature, round_: Round, place: str) -> list[Problem]:
    content, problems = signature.content, []
    beside = (signature.signed_by, signature.recorded_by, signature.signed_at.isoformat())
    if beside != (content["signed_by"], content["recorded_by"], content["signed_at"]):
        problems.append(_fault(place, N_("The name or the time beside the signature was changed.")))
    whose = (round_.id, round_.administration, round_.year, round_.edition, signature.revision)
    if whose != tuple(content[name] for name in ("round", "administration", "year", "edition", "revision")):
        fault = N_("The signature is of another round, administration, year, edition or revision.")
        problems.append(_fault(place, fault))
    return problems


def _faults_of_profile(content: Mapping[str, Any], place: str) -> list[Problem]:
    """Compare with the profile computed anew, where edition and rule are those it was signed with."""
    if content["edition"] not in loading.editions():
        return [_fault(place, N_("This program has no edition {name}."), name=printable(content["edition"]))]
    questionnaire = _edition(content)
    if content["rule"] != RULE or not _is_edition_of(content):
        return []
    try:
        anew = score(questionnaire, _scored(content)).as_dict()
        same = json.dumps(anew, sort_keys=True) == json.dumps(content["profile"], sort_keys=True)
        beside = sorted(set(_answers(content)) - set(questionnaire.practices))
        same = same and content.get("beside", []) == beside
    except Refused as refused:
        return [Problem(place, problem.fault, problem.remedy, problem.values) for problem in refused.problems]
    except SHAPELESS:
        same = False
    return [] if same else [_fault(place, COMPUTED)]


def _changes_of_method(signature: Signature) -> list[Problem]:
    """Return why a signature that is whole cannot be proved by computing its profile anew."""
    place, content, problems = place_of(signature), signature.content, []
    if content["form"] not in FORMS:
        problems.append(_fault(place, N_("It was signed in a form this program does not know.")))
    if content["rule"] != RULE:
        fault = N_("It was computed by the rule {rule}; this program knows {known}.")
        problems.append(_fault(place, fault, rule=printable(content["rule"]), known=RULE))
    if not _is_edition_of(content):
        problems.append(_fault(place, N_("The edition was changed after the round was signed.")))
    national = asking.asked(content["administration"], content["edition"], "whole", content["year"]).national
    is_beside = content.get("beside") or content.get("national_hash")
    if is_beside and signing.national_hash(national) != content["national_hash"]:
        problems.append(_fault(place, N_("The national practices were changed after the round was signed.")))
    return problems


def _is_edition_of(content: Mapping[str, Any]) -> bool:
    return signing.is_edition_of(content, _edition(content))


def faults_of_series(round_: Round, signed: Sequence[Signature]) -> list[Problem]:
    """Return what does not fit between a round and its signatures, newest first, and from one to the next."""
    by_revision = {signature.revision: signature for signature in signed}
    problems = _missing(round_, by_revision) + _of_another_form(round_, by_revision.get(round_.revision))
    for signature in signed:
        place = place_of(signature)
        if not _was_reopened_rightly(signature, round_):
            problems.append(_fault(place, N_("What is said about reopening it does not fit the round.")))
        follows = signature.content.get("follows")
        if signature.content and follows != signing.link_to(by_revision.get(_before(signature))):
            fault = N_("The revision before it, or how it was reopened, was changed.")
            problems.append(_fault(place, fault))
    return problems


def _before(signature: Signature) -> int:
    return signature.revision - 1 if isinstance(signature.revision, int) else 0


def _of_another_form(round_: Round, newest: Signature | None) -> list[Problem]:
    if newest is None or not round_.signed or not newest.content or newest.form == round_.form:
        return []
    return [_fault(place_of(newest), N_("The round is marked as answered in another form than was signed."))]


def _missing(round_: Round, by_revision: Mapping[int, Signature]) -> list[Problem]:
    if round_.signed and round_.revision not in by_revision:
        return [_fault(round_.id, N_("The round is marked as signed, but there is no signature."))]
    number = next((number for number in range(1, round_.revision) if number not in by_revision), None)
    if number is None:
        return []
    return [_fault(round_.id, N_("The signature of revision {number} is not there."), number=number)]


def _was_reopened_rightly(signature: Signature, round_: Round) -> bool:
    told = [bool(signature.reopened_at), bool(signature.reopened_by), bool(signature.reopen_reason)]
    is_past = isinstance(signature.revision, int) and signature.revision < round_.revision
    is_present = signature.revision == round_.revision and round_.signed
    return (is_past and all(told)) or (is_present and not any(told))


def drift(newest: Signature | None, answers: Mapping[str, Answer], round_id: str) -> list[Problem]:
    """Return the problem when a signed round's answers are not those that were signed."""
    if newest is not None and signing.answer_rows(answers) != newest.content.get("answers"):
        return [_fault(round_id, N_("The answers were changed after the round was signed."))]
    return []


def strayed(round_id: str, practices: Sequence[str]) -> list[Problem]:
    """Return a problem for each practice whose answer does not follow from its history."""
    fault = N_("The answer to {practice} is not the newest version of its history.")
    return [_fault(round_id, fault, practice=printable(practice)) for practice in practices]


def unlike_the_trail(round_id: str, practices: Sequence[str]) -> list[Problem]:
    """Return a problem for each practice whose history is not what the trail says was saved."""
    fault = N_("The answers to {practice} are not those that the trail says were saved.")
    return [_fault(round_id, fault, practice=printable(practice)) for practice in practices]


def place_of(signature: Signature) -> str:
    """Return how a signature is called in a problem."""
    return f"{signature.round_id}, revision {signature.revision}"


def _fault(place: str, fault: str, **values: object) -> Problem:
    return Problem(place, fault, N_("Compare with a copy of the database made when it was signed."), values)
