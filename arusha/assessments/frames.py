"""Answers and profiles reshaped for reading: pure, and free of pandas so that answering stays light."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from arusha.assessments import rules
from questionnaires.model import Factor, Questionnaire, Scale
from scoring.answers import Answer
from scoring.linking import Linked
from scoring.profile import FactorResult, Profile, shown


@dataclass(frozen=True)
class Progress:
    """How far a factor or a round is: practices settled of all, and key practices still open."""

    settled: int
    total: int
    open_key: int

    @property
    def share(self) -> float:
        """Return the settled share, 0..1."""
        return self.settled / self.total if self.total else 0.0

    @property
    def done(self) -> bool:
        """Return whether nothing waits any more."""
        return self.settled == self.total


def progress_of(factor: Factor, answers: Mapping[str, Answer]) -> Progress:
    """Return the progress of one factor."""
    waiting = [p for p in factor.practices if not rules.is_settled(answers.get(p.id))]
    total = len(factor.practices)
    return Progress(total - len(waiting), total, sum(practice.key for practice in waiting))


def progress_of_round(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> Progress:
    """Return the progress of a whole round."""
    return _sum(progress_of(factor, answers) for factor in questionnaire.factors)


def _sum(parts: Iterable[Progress]) -> Progress:
    parts = list(parts)
    settled, total = sum(p.settled for p in parts), sum(p.total for p in parts)
    return Progress(settled, total, sum(p.open_key for p in parts))


def next_factor(questionnaire: Questionnaire, answers: Mapping[str, Answer], after: str = "") -> str:
    """Return the next factor with an open practice, looking on from ``after``; '' when all are done."""
    ids = [factor.id for factor in questionnaire.factors]
    start = ids.index(after) + 1 if after in ids else 0
    for factor_id in ids[start:] + ids[:start]:
        if not progress_of(questionnaire.factor(factor_id), answers).done:
            return factor_id
    return ""


@dataclass(frozen=True)
class Move:
    """How far a factor moved between two rounds, over the same practices answered in both; values in 0..1."""

    factor: str
    change: float
    practices: int


def moves(linked: Linked) -> tuple[Move, ...]:
    """Return how each factor moved between two rounds, greatest move first."""
    found = [Move(one.id, one.change, one.used) for one in linked.factors if one.change is not None]
    return tuple(sorted(found, key=lambda move: (-abs(move.change), move.factor)))


def strongest(profile: Profile) -> tuple[FactorResult, ...]:
    """Return the factors with the highest value, those that show the same number together."""
    return _ends(profile, highest=True)


def weakest(profile: Profile) -> tuple[FactorResult, ...]:
    """Return the factors with the lowest value, those that show the same number together."""
    return _ends(profile, highest=False)


def _ends(profile: Profile, *, highest: bool) -> tuple[FactorResult, ...]:
    steps = max((len(factor.level_shares) for factor in profile.factors), default=0)
    known = [factor for factor in profile.factors if factor.value is not None]
    numbers = [shown(factor.value, steps) or Decimal() for factor in known]
    end = (max if highest else min)(numbers, default=None)
    return tuple(factor for factor, number in zip(known, numbers, strict=True) if number == end)


def count_by_step(factor: FactorResult) -> dict[int, int]:
    """Return step number -> how many practices of the factor stand at that step."""
    return dict(Counter(t.number for t in factor.practices if t.state == "answered" and t.number is not None))


def common_scale(questionnaire: Questionnaire) -> tuple[str, Scale]:
    """Return id and scale that most practices are answered on: its steps name the axis."""
    used = [practice.scale for practice in questionnaire.practices.values()]
    common = max(dict.fromkeys(used), key=used.count)
    return common, questionnaire.structure.scales[common]
