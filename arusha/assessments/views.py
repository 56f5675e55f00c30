"""What a service hands out to read: a round with its answers, and a maturity profile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from arusha.assessments import rules
from arusha.assessments.asking import Asked
from arusha.assessments.rules import Given, Met, Receipt, Round, Signature
from questionnaires.forms import in_factors
from questionnaires.model import Questionnaire
from questionnaires.receipts import Standing
from scoring.answers import Answer
from scoring.profile import Profile, score


@dataclass(frozen=True)
class Sheet:
    """A round with everything that was answered in it, and the changes that wait for a decision.

    ``given`` may hold answers to practices that are not asked any more; they are kept and not shown, and so
    are answers whose step the scale of a national practice has no more.
    """

    round: Round
    given: Mapping[str, Given]
    met: Mapping[str, tuple[Met, ...]]
    asked: Asked
    receipt: Receipt | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """Return what the round asks: its edition in its form, with national practices."""
        return self.asked.questionnaire

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Practice -> answer, of what is asked."""
        given = {practice: given.answer for practice, given in self.given.items()}
        return {practice: answer for practice, answer in given.items() if self._is_asked(answer)}

    def _is_asked(self, answer: Answer) -> bool:
        practice = self.questionnaire.practices.get(answer.practice)
        if practice is None:
            return False
        return answer.step is None or answer.step in self.questionnaire.scale_of(practice).numbers

    def within(self, factors: Collection[str]) -> "Sheet":
        """Return the sheet with these factors only."""
        whole = self.asked
        national = whole.national and in_factors(whole.national, factors)
        kept = in_factors(whole.questionnaire, factors), in_factors(whole.edition, factors), national
        asked = Asked(*kept, problems=whole.problems)
        given = {name: one for name, one in self.given.items() if name in asked.questionnaire.practices}
        met = {name: several for name, several in self.met.items() if name in asked.questionnaire.practices}
        return replace(self, asked=asked, given=given, met=met)

    def standing(self, practice: str) -> Standing:
        """Return whether a practice waits "to_confirm" or is "undetermined"; '' when neither."""
        return rules.standing(practice, self.answers, self.receipt)

    @property
    def profile(self) -> Profile:
        """Return the profile of the answers as they stand."""
        return score(self.questionnaire, self.answers)


@dataclass(frozen=True)
class Seen:
    """A maturity profile to read: of the answers as they stand, or of a signed revision."""

    round: Round
    profile: Profile
    answers: Mapping[str, Answer]
    signature: Signature | None
    asked: Asked

    @property
    def form(self) -> str:
        """Return the form in which this was answered, "whole" or "short"."""
        return self.signature.form if self.signature else self.round.form

    @property
    def questionnaire(self) -> Questionnaire:
        """Return what was asked: the edition in the round's form, with national practices."""
        return self.asked.questionnaire
