"""What a service hands out to read: a round with its answers, and a maturity profile."""

from collections.abc import Mapping
from dataclasses import dataclass

from arusha.assessments.rules import Given, Met, Round, Signature
from arusha.members.rules import Administration
from questionnaires import loading
from questionnaires.model import Questionnaire
from scoring.answers import Answer
from scoring.profile import Profile, score


@dataclass(frozen=True)
class Sheet:
    """A round with everything that was answered in it, and the changes that wait for a decision."""

    round: Round
    given: Mapping[str, Given]
    met: Mapping[str, tuple[Met, ...]]

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the edition that the round answers."""
        return loading.edition(self.round.edition)

    @property
    def answers(self) -> dict[str, Answer]:
        """Return practice -> answer."""
        return {practice: given.answer for practice, given in self.given.items()}

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

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the edition that was answered."""
        return loading.edition(self.round.edition)


@dataclass(frozen=True)
class Exported:
    """What leaves the program in a workbook: a profile, whose it is, and the round before it, if any."""

    administration: Administration
    seen: Seen
    before: Sheet | None
