"""What leaves a signed revision when it is shared, and how others' rows are read back as a profile."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from arusha.assessments import rules, signing
from arusha.assessments.asking import Asked
from arusha.assessments.consent import Choice, Shared, form_of
from arusha.assessments.rules import Round, Signature
from arusha.assessments.views import Seen
from questionnaires import loading
from questionnaires.forms import in_forms
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused
from scoring.profile import score

FORM = "arusha-disclosure-1"
SHOWN = ("practice", "step", "not_applicable", "outside")
TEXTS = ("reason", "note")
"""What a person wrote in words: it stays home unless it is shared on purpose."""


@dataclass(frozen=True)
class Source:
    """A signed revision to share from; ``asked`` is what it asked, without national practices.

    ``secret`` is one of the program's own: a hash of what was shared must not tell it to who tries out every
    answer of a factor.
    """

    round: Round
    region: str
    signature: Signature
    asked: Questionnaire
    secret: bytes = field(repr=False)

    @property
    def factors(self) -> tuple[str, ...]:
        """Return the factors that can be shared."""
        return tuple(factor.id for factor in self.asked.factors)

    def row(self, factor: str, choice: Choice, at: datetime, by: str) -> Shared:
        """Return the row of a factor as others would read it."""
        content = self.content(factor, with_notes=choice.with_notes)
        return Shared(
            round_id=self.round.id,
            revision=self.signature.revision,
            factor=factor,
            administration=self.round.administration,
            region=self.region,
            edition=self.round.edition,
            form=self.signature.form,
            year=self.round.year,
            audience=choice.audience,
            with_notes=choice.with_notes,
            content=content,
            content_hash=rules.fingerprint(content),
            shared_at=at,
            shared_by=by,
        )

    def content(self, factor: str, *, with_notes: bool) -> dict[str, Any]:
        """Return what others see of a factor; nothing in it stems from other factors.

        So the signature stays home too: its hash is over everything that was signed.
        """
        signed = {row["practice"]: row for row in self.signature.content["answers"]}
        shown = (*SHOWN, *TEXTS) if with_notes else SHOWN
        names = [practice.id for practice in self.asked.factor(factor).practices if practice.id in signed]
        return {
            "form": FORM,
            "round": self.round.id,
            "administration": self.round.administration,
            "year": self.round.year,
            "edition": self.round.edition,
            "edition_hash": signing.edition_hash(self.asked),
            "asked": self.signature.form,
            "revision": self.signature.revision,
            "factor": factor,
            "with_notes": with_notes,
            "salt": self._salt(factor),
            "answers": [{name: signed[practice][name] for name in shown} for practice in names],
        }

    def _salt(self, factor: str) -> str:
        said = f"disclosure {self.round.id} {self.signature.revision} {factor}"
        return hmac.new(self.secret, said.encode(), sha256).hexdigest()[:32]


def seen_of(rows: Sequence[Shared]) -> Seen:
    """Return the profile that rows of one round say, over their factors only; there is at least one row.

    Raises ``Refused`` when a row is not what was shared any more, or its edition was changed since.
    """
    edition, first = loading.edition(rows[0].edition), rows[0]
    if problems := [problem for row in rows for problem in _faults_of_row(row, edition)]:
        raise Refused(problems)
    asked = in_forms(edition, {row.factor: row.form for row in rows})
    answers = {answer.practice: answer for row in rows for answer in row.answers}
    at, revision = max(row.shared_at for row in rows), max(row.revision for row in rows)
    whose = (first.round_id, first.administration, first.edition, first.year)
    round_ = Round(*whose, form_of(rows), "signed", revision, at, at)
    return Seen(round_, score(asked, answers), answers, None, Asked(asked, asked))


def _faults_of_row(row: Shared, edition: Questionnaire) -> list[Problem]:
    place, remedy = f"{row.round_id}, {row.factor}", N_("Ask the administration to share it again.")
    said = row.content
    whose = (row.round_id, row.administration, row.year, row.edition, row.form, row.revision, row.factor)
    names = ("round", "administration", "year", "edition", "asked", "revision", "factor")
    if rules.fingerprint(said) != row.content_hash or whose != tuple(said.get(name) for name in names):
        return [Problem(place, N_("What was shared was changed afterwards: the hash does not fit."), remedy)]
    if said["edition_hash"] != signing.edition_hash(asked_in(edition, row.form)):
        return [Problem(place, N_("The edition was changed after this was shared."), remedy)]
    return []


def asked_in(edition: Questionnaire, form: str) -> Questionnaire:
    """Return what can be shared of a round: its edition in its form, without national practices."""
    return in_forms(edition, {factor.id: form for factor in edition.factors})
