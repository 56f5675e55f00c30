"""An earlier round beside a present one: which practices may be compared, and how far they moved."""

from dataclasses import dataclass
from functools import cached_property

from arusha.assessments.asking import Asked
from arusha.assessments.rules import Given, Round
from arusha.assessments.views import Seen, Sheet
from arusha.members.rules import Administration
from questionnaires import loading
from questionnaires.editions import comparability, comparable
from questionnaires.lineage import editions_between
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from scoring.linking import Linked, linked_profiles
from scoring.profile import Profile


@dataclass(frozen=True)
class Before:
    """The round before another one, which asks ``now``; ``between`` are the editions on the way to it."""

    sheet: Sheet
    now: Asked
    between: tuple[Questionnaire, ...] = ()

    @property
    def round(self) -> Round:
        """Return the earlier round."""
        return self.sheet.round

    @cached_property
    def profile(self) -> Profile:
        """The earlier round's own profile."""
        return self.sheet.profile

    @cached_property
    def asks_the_same(self) -> bool:
        """Whether both rounds are scored on the very same practices and weights, so that values compare."""
        then, now = self.sheet.asked.edition, self.now.edition
        lines = comparability(then, now, self.between)
        if not all(line.is_comparable and not line.is_moved for line in lines):
            return False
        weights = [(then.practices[one.earlier].weight, now.practices[one.practice].weight) for one in lines]
        factors = {factor.id: factor.weight for factor in then.factors}
        return all(a == b for a, b in weights) and factors == {f.id: f.weight for f in now.factors}

    def given(self, practice: str) -> Given | None:
        """Return what was answered to the same question on the same scale, or None."""
        return self.sheet.given.get(self._earlier.get(practice, ""))

    @cached_property
    def _earlier(self) -> dict[str, str]:
        pairs = comparable(self.sheet.questionnaire, self.now.questionnaire, self.between)
        return {practice: earlier for earlier, practice in pairs}

    def linked(self, seen: Seen) -> Linked:
        """Return both rounds' means over the practices that are the same and answered in both."""
        then, now = self.sheet.asked.edition, seen.asked.edition
        return linked_profiles(then, self.profile, now, seen.profile, self.between)


@dataclass(frozen=True)
class Exported:
    """What leaves the program in a workbook: a profile, whose it is, and the round before it, if any."""

    administration: Administration
    seen: Seen
    before: Before | None


def beside(earlier: Sheet, now: Asked) -> Before | None:
    """Return an earlier round beside what a later one asks; None when the editions are not of one line."""
    try:
        return Before(earlier, now, editions_between(earlier.asked.edition, now.edition, loading.edition))
    except Refused:
        return None
