"""Two rounds of different editions side by side: their means over the practices that are the same in both.

The method is told in words, with a worked example, in ``scoring/README.md``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from questionnaires.editions import Line, Why, comparability
from questionnaires.lineage import later_of
from questionnaires.model import Factor, Practice, Questionnaire
from questionnaires.problems import N_
from scoring.answers import Answer
from scoring.profile import PracticeTrace, Profile, score

Answers = Mapping[str, Answer] | Iterable[Answer]

REASONS = {
    "indirect": N_("The question or its steps were changed."),
    "subject": N_("Only the subject is the same."),
    "new": N_("It is asked in the second round only."),
    "dropped": N_("It is asked in the first round only."),
}
RESCALED = N_("It was answered on another scale.")
NATIONAL = N_("It is a national practice and never scored.")
NOT_APPLICABLE = N_("It is not applicable in one of the rounds or in both.")
UNANSWERED = N_("It is not answered in both rounds.")


@dataclass(frozen=True)
class LinkedPractice:
    """One pair that both means rest on: its weight in the later edition, its values in 0..1."""

    earlier: str
    practice: str
    weight: float
    before: float
    after: float


@dataclass(frozen=True)
class LinkedFactor:
    """Both rounds' means for one factor of the later edition, in 0..1; ``None`` when no pair is used.

    ``change`` is the mean of the differences: what ``after - before`` is, without its rounding error.
    ``same`` counts the pairs that could be used, answered or not; ``practices`` are those that were.
    """

    id: str
    weight: float
    before: float | None
    after: float | None
    change: float | None
    same: int
    practices: tuple[LinkedPractice, ...]

    @property
    def used(self) -> int:
        """Return on how many practices the means rest."""
        return len(self.practices)


@dataclass(frozen=True)
class LeftOut:
    """A line of the comparability table that no mean rests on, and why; ``""`` stands for no practice."""

    earlier: str
    practice: str
    why: Why


@dataclass(frozen=True)
class Linked:
    """Two rounds over the same practices: the factors' weighted means, and everything that was left out."""

    before: float | None
    after: float | None
    change: float | None
    factors: tuple[LinkedFactor, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def used(self) -> int:
        """Return on how many practices the means rest."""
        return sum(factor.used for factor in self.factors)

    @property
    def same(self) -> int:
        """Return how many pairs could be used if both rounds had answered them."""
        return sum(factor.same for factor in self.factors)


def linked(
    old: Questionnaire,
    old_answers: Answers,
    new: Questionnaire,
    new_answers: Answers,
    between: Sequence[Questionnaire] = (),
) -> Linked:
    """Return both rounds' means over the pairs that are the same and answered in both.

    ``between`` are the editions on the way from ``old`` to ``new``. Weights and factors are the later
    edition's for both rounds, whichever of the two it is. Raises ``Refused`` as ``comparability`` and
    ``score`` do.
    """
    return linked_profiles(old, score(old, old_answers), new, score(new, new_answers), between)


def linked_profiles(
    old: Questionnaire,
    before: Profile,
    new: Questionnaire,
    after: Profile,
    between: Sequence[Questionnaire] = (),
) -> Linked:
    """Return what ``linked`` does, from two profiles, as a signed round has kept its own."""
    lines = comparability(old, new, between)
    later = later_of(old, new, between)
    then, now = _traces(before), _traces(after)
    cases = []
    for line in lines:
        name = line.practice if later is new else line.earlier
        case = _case(line, later.practices.get(name), then.get(line.earlier), now.get(line.practice))
        cases.append(case)
    factors = tuple(_factor(factor, cases) for factor in later.factors)
    left_out = tuple(LeftOut(one.line.earlier, one.line.practice, Why(one.why)) for one in cases if one.why)
    return Linked(
        before=_mean((factor.weight, factor.before) for factor in factors),
        after=_mean((factor.weight, factor.after) for factor in factors),
        change=_mean((factor.weight, factor.change) for factor in factors),
        factors=factors,
        left_out=left_out,
    )


@dataclass(frozen=True)
class _Case:
    """A line, its practice in the later edition, and why no mean rests on it, ``""`` when one does."""

    line: Line
    practice: Practice | None
    is_same: bool
    why: str
    values: tuple[float, float] = (0.0, 0.0)


def _case(
    line: Line, practice: Practice | None, then: PracticeTrace | None, now: PracticeTrace | None
) -> _Case:
    if barred := _barred(line, practice):
        return _Case(line, practice, False, barred)
    if "not_applicable" in {trace.state for trace in (then, now) if trace}:
        return _Case(line, practice, True, NOT_APPLICABLE)
    if then is None or now is None or then.value is None or now.value is None:
        return _Case(line, practice, True, UNANSWERED)
    return _Case(line, practice, True, "", (then.value, now.value))


def _barred(line: Line, practice: Practice | None) -> str:
    """Return why a line can have no part in any mean, whatever was answered; ``""`` when it can."""
    if line.class_ != "same":
        return REASONS[line.class_]
    if practice and practice.national:
        return NATIONAL
    return RESCALED if line.is_rescaled else ""


def _traces(profile: Profile) -> dict[str, PracticeTrace]:
    return {trace.id: trace for factor in profile.factors for trace in factor.practices}


def _factor(factor: Factor, cases: Iterable[_Case]) -> LinkedFactor:
    ids = {practice.id for practice in factor.practices}
    here = [case for case in cases if case.is_same and case.practice and case.practice.id in ids]
    used = tuple(
        LinkedPractice(case.line.earlier, case.line.practice, case.practice.weight, *case.values)
        for case in here
        if case.practice and not case.why
    )
    return LinkedFactor(
        id=factor.id,
        weight=factor.weight,
        before=_mean((one.weight, one.before) for one in used),
        after=_mean((one.weight, one.after) for one in used),
        change=_mean((one.weight, one.after - one.before) for one in used),
        same=len(here),
        practices=used,
    )


def _mean(weighted: Iterable[tuple[float, float | None]]) -> float | None:
    """Return the weighted mean of the values there are, or ``None`` when there is none."""
    known = [(weight, value) for weight, value in weighted if value is not None]
    whole = fsum(weight for weight, _ in known)
    return fsum(weight * value for weight, value in known) / whole if known else None
