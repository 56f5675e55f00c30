"""One assessment as a profile: each factor's value, range, coverage and level, with the trace behind them.

The method is the toolkit's own and is told in words, with worked examples, in ``scoring/README.md``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from math import fsum
from typing import Any, Self

from questionnaires.model import Factor, Practice, Questionnaire, Scale
from questionnaires.national import without_national
from questionnaires.problems import N_, Problem, Refused
from scoring.answers import Answer, State, faults_of

RULE = "arusha-score-1"
SHARE_OF_LEVEL = 0.8  # of the applicable weight must be at a step or above
TOLERANCE = 1e-9  # on that share, so that ten weights of 0.1 do not miss it by binary rounding


@dataclass(frozen=True)
class PracticeTrace:
    """What one practice brought to its factor: values in 0..1, ``None`` where there is nothing to count.

    ``number`` is the step's number, 0 when unanswered, ``None`` when not applicable.
    ``value`` is the answered step's; ``low`` and ``high`` are what it is, or could still become.
    """

    id: str
    weight: float
    key: bool
    state: State
    step: str | None
    number: int | None
    value: float | None
    low: float | None
    high: float | None
    outside: bool
    reason: str


@dataclass(frozen=True)
class FactorResult:
    """The result of one factor: figures in 0..1, counts of practices, a level from 0.

    ``outside`` is the share of the answered practices' weighted gap to 1 that is marked as lying outside
    Customs' own power; 0 without a gap, ``None`` when none is answered.
    ``level_shares[k]`` is the share of the applicable weight at step k or above.
    ``held_by`` names the key practices that stand below the step after ``level``.
    """

    id: str
    weight: float
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    answered: int
    applicable: int
    not_applicable: int
    level: int | None
    outside: float | None
    level_shares: tuple[float, ...]
    held_by: tuple[str, ...]
    practices: tuple[PracticeTrace, ...]


@dataclass(frozen=True)
class Overall:
    """The factors' weighted means in 0..1, and the answered share of all applicable practice weight."""

    value: float | None
    low: float | None
    high: float | None
    coverage: float | None


@dataclass(frozen=True)
class Profile:
    """All that one assessment's answers are worth under one rule; survives being kept as JSON."""

    questionnaire: str
    rule: str
    overall: Overall
    factors: tuple[FactorResult, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the profile as JSON's own types, with lists for tuples."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), allow_nan=False))
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the profile ``as_dict`` gave; raise ``ValueError`` when a field is missing or unknown."""
        factors = tuple(_rebuilt_factor(factor) for factor in _whole(cls, data)["factors"])
        return cls(**{**data, "overall": Overall(**_whole(Overall, data["overall"])), "factors": factors})


def _rebuilt_factor(data: Mapping[str, Any]) -> FactorResult:
    kept = _whole(FactorResult, data)
    traces = tuple(PracticeTrace(**_whole(PracticeTrace, trace)) for trace in kept["practices"])
    tuples = {name: tuple(kept[name]) for name in ("level_shares", "held_by")}
    return FactorResult(**{**kept, **tuples, "practices": traces})


def _whole(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    if strays := {field.name for field in fields(kind)} ^ set(data):
        raise ValueError(f"{kind.__name__}: missing or unknown {', '.join(sorted(strays))}")
    return dict(data)


def score(questionnaire: Questionnaire, answers: Mapping[str, Answer] | Iterable[Answer]) -> Profile:
    """Return the profile of one assessment; a practice without an answer is unanswered.

    National practices may be answered and are left out of every figure. Raises ``Refused`` for an answer
    that the questionnaire does not allow, or a practice answered twice.
    """
    given = by_practice(questionnaire, answers)
    counted = without_national(questionnaire)
    factors = tuple(_factor_result(counted, factor, given) for factor in counted.factors)
    return Profile(questionnaire.id, RULE, _overall(factors), factors)


def by_practice(
    questionnaire: Questionnaire, answers: Mapping[str, Answer] | Iterable[Answer]
) -> dict[str, Answer]:
    """Return the answers by practice id; raises ``Refused`` with every fault, as ``score`` does."""
    given: dict[str, Answer] = {}
    problems: list[Problem] = []
    for answer in answers.values() if isinstance(answers, Mapping) else answers:
        problems += faults_of(questionnaire, answer, answer.practice, in_round=False)
        if answer.practice in given:
            problems.append(
                Problem(
                    answer.practice, N_("The practice is answered twice."), N_("Keep one of the two answers.")
                )
            )
        given[answer.practice] = answer
    if problems:
        raise Refused(problems)
    return given


def _factor_result(questionnaire: Questionnaire, factor: Factor, given: Mapping[str, Answer]) -> FactorResult:
    traces = tuple(
        _trace(practice, questionnaire.scale_of(practice), given.get(practice.id, Answer(practice.id)))
        for practice in factor.practices
    )
    applicable = [trace for trace in traces if trace.state != "not_applicable"]
    answered = [trace for trace in applicable if trace.value is not None]
    scales = [questionnaire.scale_of(questionnaire.practices[trace.id]) for trace in applicable]
    reach = max((len(scale.steps) for scale in scales), default=0)
    shares = tuple(_share_at(applicable, step) for step in range(reach))
    level = _level(applicable, shares)
    return FactorResult(
        id=factor.id,
        weight=factor.weight,
        value=_mean((trace.weight, trace.value) for trace in answered),
        low=_mean((trace.weight, trace.low) for trace in applicable),
        high=_mean((trace.weight, trace.high) for trace in applicable),
        coverage=_ratio(_weight(answered), _weight(applicable)),
        answered=len(answered),
        applicable=len(applicable),
        not_applicable=len(traces) - len(applicable),
        level=level,
        outside=_outside(answered),
        level_shares=shares,
        held_by=_held_by(applicable, level, reach),
        practices=traces,
    )


def _trace(practice: Practice, scale: Scale, answer: Answer) -> PracticeTrace:
    number, value, low, high = None, None, None, None
    if answer.state == "answered":
        number = scale.numbers[str(answer.step)]
        value = low = high = scale.steps[number].value
    elif answer.state != "not_applicable":
        number, low, high = 0, scale.steps[0].value, scale.steps[-1].value
    return PracticeTrace(
        practice.id,
        practice.weight,
        practice.key,
        answer.state,
        answer.step,
        number,
        value,
        low,
        high,
        answer.outside,
        answer.reason,
    )


def _weight(traces: Iterable[PracticeTrace]) -> float:
    return fsum(trace.weight for trace in traces)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _mean(weighted: Iterable[tuple[float, float | None]]) -> float | None:
    """Return the weighted mean of the values there are, or ``None`` when there is none."""
    known = [(weight, value) for weight, value in weighted if value is not None]
    return _ratio(fsum(weight * value for weight, value in known), fsum(weight for weight, _ in known))


def _share_at(applicable: list[PracticeTrace], step: int) -> float:
    return _weight(trace for trace in applicable if (trace.number or 0) >= step) / _weight(applicable)


def _level(applicable: list[PracticeTrace], shares: tuple[float, ...]) -> int | None:
    """Return the highest step that every key practice and 80 % of the applicable weight have reached."""
    held = min((trace.number or 0 for trace in applicable if trace.key), default=len(shares))
    reached = [step for step, share in enumerate(shares) if share >= SHARE_OF_LEVEL - TOLERANCE]
    return max((step for step in reached if step <= held), default=None)


def _held_by(applicable: list[PracticeTrace], level: int | None, reach: int) -> tuple[str, ...]:
    if level is None or level + 1 >= reach:
        return ()
    return tuple(trace.id for trace in applicable if trace.key and (trace.number or 0) <= level)


def _outside(answered: list[PracticeTrace]) -> float | None:
    gaps = [(trace.outside, trace.weight * (1 - (trace.value or 0.0))) for trace in answered]
    whole = fsum(gap for _, gap in gaps)
    if not whole:
        return 0.0 if answered else None
    return fsum(gap for outside, gap in gaps if outside) / whole


def _overall(factors: tuple[FactorResult, ...]) -> Overall:
    traces = [trace for factor in factors for trace in factor.practices if trace.state != "not_applicable"]
    return Overall(
        value=_mean((factor.weight, factor.value) for factor in factors),
        low=_mean((factor.weight, factor.low) for factor in factors),
        high=_mean((factor.weight, factor.high) for factor in factors),
        coverage=_ratio(_weight(trace for trace in traces if trace.value is not None), _weight(traces)),
    )


def shown(value: float | None, steps: int) -> Decimal | None:
    """Return a value of 0..1 on the axis 0..``steps`` - 1, rounded half up to one decimal, to be displayed.

    What binary arithmetic leaves beyond the twelfth decimal is cleared first: it must not decide a rounding.
    """
    if value is None:
        return None
    exact = Decimal(repr(value)).quantize(Decimal("1e-12"))
    return (exact * (steps - 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def as_json(profile: Profile) -> dict[str, Any]:
    """Return what ``python -m arusha score --json`` prints for a profile."""
    names = ("id", "value", "low", "high", "coverage", "answered", "applicable", "level")
    factors = [{name: getattr(factor, name) for name in names} for factor in profile.factors]
    return {
        "questionnaire": profile.questionnaire,
        "overall": asdict(profile.overall),
        "factors": factors,
        "problems": [],
    }
