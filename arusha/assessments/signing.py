"""What is frozen when a round is signed off, and how it is proved later that it still holds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from arusha.assessments import rules
from arusha.assessments.records import SignatureRecord
from arusha.assessments.rules import Round, Signature
from questionnaires import loading
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem
from scoring.answers import Answer
from scoring.profile import score

FORM = "arusha-signature-1"


def freeze(
    round_: Round, questionnaire: Questionnaire, answers: Mapping[str, Answer], signed_by: str, at: datetime
) -> Signature:
    """Return the signature of a round as it stands: answers, profile, edition, rule and hash."""
    profile = score(questionnaire, answers)
    content = {
        "form": FORM,
        "round": round_.id,
        "administration": round_.administration,
        "year": round_.year,
        "revision": round_.revision,
        "signed_by": signed_by,
        "signed_at": at.astimezone(UTC).isoformat(),
        "edition": questionnaire.id,
        "edition_hash": rules.fingerprint(questionnaire.structure.model_dump(mode="json", by_alias=True)),
        "rule": profile.rule,
        "answers": answer_rows(answers),
        "profile": profile.as_dict(),
    }
    return Signature(
        round_.id,
        round_.revision,
        signed_by,
        at.astimezone(UTC),
        content,
        rules.fingerprint(content),
        None,
        "",
    )


def answer_rows(answers: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """Return the answers as plain values, by practice."""
    names = ("practice", *rules.POSITION, *rules.NOTE)
    return [{name: getattr(answers[practice], name) for name in names} for practice in sorted(answers)]


def faults_of(signature: Signature) -> list[Problem]:
    """Return what does not hold: the hash, the edition, or the profile computed anew from what was signed."""
    place = f"{signature.round_id}, revision {signature.revision}"
    content = signature.content
    problems = []
    if rules.fingerprint(content) != signature.content_hash:
        problems.append(_fault(place, N_("What was signed was changed afterwards: the hash does not fit.")))
    if (signature.signed_by, signature.signed_at.isoformat()) != (content["signed_by"], content["signed_at"]):
        problems.append(_fault(place, N_("The name or the time beside the signature was changed.")))
    questionnaire = loading.edition(content["edition"])
    structure = questionnaire.structure.model_dump(mode="json", by_alias=True)
    if rules.fingerprint(structure) != content["edition_hash"]:
        problems.append(_fault(place, N_("The edition was changed after the round was signed.")))
    elif score(questionnaire, (Answer(**row) for row in content["answers"])).as_dict() != content["profile"]:
        problems.append(_fault(place, N_("The profile computed anew differs from the one that was signed.")))
    return problems


def drift(signature: Signature | None, answers: Mapping[str, Answer], round_id: str) -> list[Problem]:
    """Return the problem when a signed round's answers are not those that were signed."""
    if signature is None:
        return [_fault(round_id, N_("The round is marked as signed, but there is no signature."))]
    if answer_rows(answers) != signature.content["answers"]:
        return [_fault(round_id, N_("The answers were changed after the round was signed."))]
    return []


def _fault(place: str, fault: str) -> Problem:
    return Problem(place, fault, N_("Compare with a copy of the database made when it was signed."))


def record_of(signature: Signature, recorded_by: str) -> SignatureRecord:
    """Return the row that keeps a signature."""
    return SignatureRecord(
        round_id=signature.round_id,
        revision=signature.revision,
        signed_by=signature.signed_by,
        signed_at=signature.signed_at,
        recorded_by=recorded_by,
        content=dict(signature.content),
        content_hash=signature.content_hash,
        reopened_by="",
        reopen_reason="",
    )


def signature_of(record: SignatureRecord) -> Signature:
    """Return a kept signature as a value."""
    return Signature(
        record.round_id,
        record.revision,
        record.signed_by,
        record.signed_at,
        record.content,
        record.content_hash,
        record.reopened_at,
        record.reopen_reason,
    )
