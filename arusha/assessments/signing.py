"""What is frozen when a round is signed off, and how it is kept and read back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arusha.assessments import rules
from arusha.assessments.records import SignatureRecord
from arusha.assessments.rules import Signature
from arusha.assessments.views import Sheet
from arusha.store.legible import Illegible, legible
from questionnaires.model import Questionnaire
from scoring.answers import Answer

FORM = "arusha-signature-2"
FIRST_FORM = "arusha-signature-1"  # of version 0.1.0, whose edition was the forty core practices
FIRST_EDITION = (
    "1fef63b323f7059899dabace98f33b0a82e95c6a08aa0dfdd566a7eb3a6535b4",
    "be56af011b27594c4b8f7afe24e548206200deb783039c0a1949b86a2eb7d028",
)
"""The hash that version 0.1.0 gave that edition, every key included, and what ``edition_hash`` gives it."""
COUNTED = ("id", "scale", "weight", "key")  # what the score takes from a practice
FIELDS = ("practice", *rules.POSITION, *rules.NOTE)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a time that cannot be read any more
CELLS: dict[str, Any] = {
    "round_id": "",
    "revision": 0,
    "signed_by": "",
    "signed_at": NEVER,
    "content": {},
    "content_hash": "",
    "reopened_at": None,
    "reopen_reason": "",
    "recorded_by": "",
    "reopened_by": "",
}
"""The fields of a signature, and what stands for one that cannot be read."""


def freeze(
    sheet: Sheet, before: Signature | None, *, signed_by: str, recorded_by: str, at: datetime
) -> Signature:
    """Return the signature of a round as it stands: answers, profile, edition, rule and hash.

    ``beside`` are the practices answered beside the edition's: national ones, which are not scored.
    ``before`` is the revision signed before this one: its hash, and how it was reopened, are frozen too.
    """
    round_, edition, profile = sheet.round, sheet.asked.edition, sheet.profile
    answers = {practice: given.answer for practice, given in sheet.given.items()}
    signed_at = at.astimezone(UTC)
    content = {
        "form": FORM,
        "round": round_.id,
        "administration": round_.administration,
        "year": round_.year,
        "revision": round_.revision,
        "signed_by": signed_by,
        "recorded_by": recorded_by,
        "signed_at": signed_at.isoformat(),
        "edition": edition.id,
        "asked": round_.form,
        "edition_hash": edition_hash(edition),
        "beside": sorted(set(answers) - set(edition.practices)),
        "national_hash": national_hash(sheet.asked.national),
        "rule": profile.rule,
        "follows": link_to(before),
        "answers": answer_rows(answers),
        "profile": profile.as_dict(),
    }
    mark = rules.fingerprint(content)
    revision = round_.revision
    return Signature(round_.id, revision, signed_by, signed_at, content, mark, None, "", recorded_by)


def edition_hash(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of what an edition's score rests on: ids, order, weights, keys and scales.

    References, owners and words may be corrected and translated without touching what was signed.
    """
    scales = questionnaire.structure.scales
    factors = [
        {
            "id": factor.id,
            "number": factor.number,
            "weight": factor.weight,
            "practices": [{name: getattr(one, name) for name in COUNTED} for one in factor.practices],
        }
        for factor in questionnaire.factors
    ]
    steps = {name: [[step.id, step.value] for step in scale.steps] for name, scale in scales.items()}
    return rules.fingerprint({"id": questionnaire.id, "scales": steps, "factors": factors})


def is_edition_of(content: Mapping[str, Any], questionnaire: Questionnaire) -> bool:
    """Return whether a content was signed on this questionnaire as it is today."""
    now = edition_hash(questionnaire)
    if content["form"] == FIRST_FORM:
        return (content["edition_hash"], now) == FIRST_EDITION
    return bool(content["edition_hash"] == now)


def national_hash(addition: Questionnaire | None) -> str:
    """Return the SHA-256 of an administration's own practices with their words, '' when it has none."""
    return rules.fingerprint(addition.model_dump(mode="json", by_alias=True)) if addition else ""


def link_to(signature: Signature | None) -> dict[str, Any] | None:
    """Return what a later revision freezes of an earlier one."""
    if signature is None:
        return None
    return {
        "revision": signature.revision,
        "content_hash": signature.content_hash,
        "reopened_at": signature.reopened_at.isoformat() if signature.reopened_at else None,
        "reopened_by": signature.reopened_by,
        "reason": signature.reopen_reason,
    }


def answer_rows(answers: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """Return the answers as plain values, by practice."""
    return [{name: getattr(answers[practice], name) for name in FIELDS} for practice in sorted(answers)]


def record_of(signature: Signature) -> SignatureRecord:
    """Return the row that keeps a signature."""
    cells = {name: getattr(signature, name) for name in CELLS}
    return SignatureRecord(**cells | {"content": dict(signature.content)})


def kept(session: Session, round_id: str) -> tuple[Signature, ...]:
    """Return what was signed in a round, newest revision first; of a damaged row what is left."""
    table = SignatureRecord
    revisions = select(table.revision).where(table.round_id == round_id).order_by(table.revision.desc())
    return tuple(_kept(session, round_id, revision) for revision in session.scalars(revisions).all())


def _kept(session: Session, round_id: str, revision: int) -> Signature:
    try:
        found = _cells(session, round_id, revision, list(CELLS))
    except Illegible:
        found = _what_is_left(session, round_id, revision)
    whole = found if isinstance(found["content"], dict) else found | {"content": {}}
    return Signature(**whole)


def _what_is_left(session: Session, round_id: str, revision: int) -> dict[str, Any]:
    found: dict[str, Any] = dict(CELLS)
    spoilt = []
    for name in CELLS:
        try:
            found |= _cells(session, round_id, revision, [name])
        except Illegible:
            spoilt.append(name)
    return found | {"spoilt": tuple(spoilt)}


def _cells(session: Session, round_id: str, revision: int, names: list[str]) -> dict[str, Any]:
    columns = [getattr(SignatureRecord, name) for name in names]
    found = select(*columns).where(SignatureRecord.round_id == round_id, SignatureRecord.revision == revision)
    with legible():
        return dict(session.execute(found).mappings().one())
