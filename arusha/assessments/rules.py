"""What a round is and how an answer may change: legal moves, changes that meet, and what may be signed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from arusha.assessments import limits
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem
from questionnaires.receipts import Carried, Standing
from questionnaires.receipts import standing as standing_of
from scoring.answers import Answer

POSITION = ("step", "not_applicable", "outside", "reason")
NOTE = ("note",)

Change = Mapping[str, Any]
"""The fields of an answer that a person set: any of step, not_applicable, outside, reason, note."""


@dataclass(frozen=True)
class Round:
    """An assessment round: administration × edition × reference year; ``form`` is whole or short."""

    id: str
    administration: str
    edition: str
    year: int
    form: str
    state: str
    revision: int
    opened_at: datetime
    touched_at: datetime

    @property
    def signed(self) -> bool:
        """Return whether the round is signed off and closed to changes."""
        return self.state == "signed"


@dataclass(frozen=True)
class Given:
    """An answer as it stands: its version, and when and by whom it was changed last."""

    answer: Answer
    version: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True)
class Met:
    """A change that met another made since ``base_version``; both are kept."""

    save_id: str
    practice: str
    base_version: int
    change: Change
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True)
class Save:
    """What is asked for when an answer is changed: ``base_version`` is the version the person saw."""

    id: str
    round_id: str
    practice: str
    change: Change
    base_version: int
    at: datetime
    by: str


@dataclass(frozen=True)
class Entry:
    """A whole round as files have it, with the moments of its life; ``signed_by`` is '' while it is open."""

    administration: str
    name: str
    region: str
    edition: str
    year: int
    form: str
    answers: tuple[Answer, ...]
    signed_by: str
    opened_at: datetime
    answered_at: datetime
    signed_at: datetime


@dataclass(frozen=True)
class Signature:
    """A signed revision of a round; ``content`` is what was frozen, ``content_hash`` its SHA-256.

    ``content`` is empty when it cannot be read any more; ``spoilt`` names the cells of which that is true.
    """

    round_id: str
    revision: int
    signed_by: str
    signed_at: datetime
    content: Mapping[str, Any]
    content_hash: str
    reopened_at: datetime | None
    reopen_reason: str
    recorded_by: str = ""
    reopened_by: str = ""
    spoilt: tuple[str, ...] = ()

    @property
    def edition(self) -> str:
        """Return the edition that was signed, '' when that cannot be read any more."""
        return str(self.content.get("edition", ""))

    @property
    def form(self) -> str:
        """Return the form in which the edition was asked; before it was recorded there was the short one."""
        return str(self.content.get("asked", "short"))

    @property
    def rule(self) -> str:
        """Return the rule the profile was computed by, '' when that cannot be read any more."""
        return str(self.content.get("rule", ""))


@dataclass(frozen=True)
class Receipt:
    """What was carried over into a round, and from which one: a row for each answer and where it went."""

    source: Round
    rows: tuple[Carried, ...]
    at: datetime
    by: str

    @cached_property
    def by_practice(self) -> Mapping[str, tuple[Carried, ...]]:
        """Practice of the round -> the rows that bear on it."""
        found: dict[str, tuple[Carried, ...]] = {}
        for row in self.rows:
            found[row.practice] = (*found.get(row.practice, ()), row)
        return found


def changed(answer: Answer, change: Change) -> Answer:
    """Return the answer after a change, with what no longer fits taken back.

    A step and "not applicable" exclude each other; the mark "outside our powers" goes with its step;
    a reason belongs to the position it was given for. The history keeps what was taken back.
    """
    after = replace(answer, **change)
    if change.get("step"):
        after = replace(after, not_applicable=False)
    if change.get("not_applicable"):
        after = replace(after, step=None)
    if after.step is None and not change.get("outside"):
        after = replace(after, outside=False)
    moved = (answer.step is None) != (after.step is None) or answer.not_applicable != after.not_applicable
    unmarked = answer.outside and not after.outside
    if (moved or unmarked) and "reason" not in change:
        after = replace(after, reason="")
    return after


def meets_another(base: Answer, current: Answer, change: Change) -> bool:
    """Return whether a change based on ``base`` would overwrite what was changed since.

    A note and the position (step, not applicable, outside, reason) are apart: who writes a note
    while another chooses a step loses nothing and is not disturbed.
    """
    touched = [group for group in (POSITION, NOTE) if any(name in change for name in group)]
    since = any(getattr(base, name) != getattr(current, name) for group in touched for name in group)
    return since and changed(current, change) != current


def chosen(current: Answer, change: Change, choice: str) -> Answer:
    """Return the answer after a decision about a change that met another: theirs, mine, or both notes."""
    if choice == "theirs":
        return current
    mine = changed(current, change)
    if choice == "both" and current.note and mine.note != current.note:
        return replace(mine, note=f"{current.note}\n\n{mine.note}")
    return mine


def is_settled(answer: Answer | None) -> bool:
    """Return whether a practice is answered, not applicable, or left open with a reason."""
    return answer is not None and answer.state != "unanswered"


def standing(practice: str, answers: Mapping[str, Answer], receipt: Receipt | None) -> Standing:
    """Return whether a practice waits "to_confirm" or is "undetermined"; '' when neither."""
    rows = receipt.by_practice.get(practice, ()) if receipt else ()
    return standing_of(practice, rows, is_settled=is_settled(answers.get(practice)))


def open_practices(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the practices that still wait for an answer or a reason, in order."""
    return tuple(name for name in questionnaire.practices if not is_settled(answers.get(name)))


def faults_against_signing(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], unsettled: Iterable[str], signed_by: str
) -> list[Problem]:
    """Return everything that stands against signing; ``unsettled`` are practices with changes that met."""
    problems = []
    for practice in open_practices(questionnaire, answers):
        fault = N_("The practice is not answered.")
        problems.append(Problem(practice, fault, N_("Answer it, or leave it open with a reason.")))
    for practice in sorted(set(unsettled)):
        fault = N_("Two people changed this answer, and nobody has decided yet.")
        problems.append(Problem(practice, fault, N_("Open it on the answer page and choose.")))
    return problems + limits.faults_of_signer(signed_by.strip())


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content in canonical JSON: the same content gives the same hash anywhere."""
    canonical = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
