"""Many assessments scored at once, with the same rules and results as ``scoring.profile``.

Answers are looked up a few practices at a time in the table that ``scoring.tables`` lays out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from questionnaires.model import Questionnaire
from questionnaires.national import without_national
from scoring.answers import Answer
from scoring.profile import by_practice
from scoring.tables import FIRST_LANES, NOT_APPLICABLE, UNANSWERED, VALUE, Lookup, lay_out

Floats = npt.NDArray[np.float64]
Steps = npt.NDArray[np.int16]
BLOCK = 256  # assessments turned from rows to columns at a time, few enough for the processor's first cache


@dataclass(frozen=True, eq=False)
class PanelScores:
    """Results as arrays [assessments, factors]; those that begin with overall are [assessments].

    Values lie in 0..1; ``nan`` stands where ``scoring.profile`` has ``None``, and -1 for no level.
    """

    value: Floats
    low: Floats
    high: Floats
    coverage: Floats
    level: npt.NDArray[np.int8]
    overall_value: Floats
    overall_low: Floats
    overall_high: Floats
    overall_coverage: Floats


@dataclass(frozen=True, eq=False)
class Panel:
    """A questionnaire laid out for scoring many assessments; ``practices`` are the columns in order.

    ``limits`` [practices] is each practice's highest step number, ``factor_weights`` is [factors].
    """

    factors: tuple[str, ...]
    practices: tuple[str, ...]
    factor_weights: Floats
    limits: Steps
    lookup: Lookup

    def score(self, steps: Steps) -> PanelScores:
        """Score step numbers [assessments, practices]; -1 is unanswered, -2 not applicable.

        Raises ``TypeError`` unless the array is int16, ``ValueError`` for a wrong shape or an unknown step.
        """
        sums = self._sums(self._columns(steps))
        level = self._levels(sums)
        first_lanes = sums[:, :, :FIRST_LANES].transpose(2, 0, 1)
        applicable, answered, value, high = first_lanes.astype(np.float64, order="C")
        low = value if self.lookup.low == VALUE else sums[:, :, self.lookup.low].astype(np.float64)
        if not applicable.all():
            level[applicable == 0] = -1
        with np.errstate(invalid="ignore"):  # 0 / 0 is nan: nothing answered, or nothing applicable
            return self._means(applicable, answered, (value, low, high), level)

    def _columns(self, steps: Steps) -> Steps:
        """Return [practices + 1, assessments], checked; the last row fills groups that are not full."""
        if steps.dtype != np.int16:
            raise TypeError(f"steps must be int16, not {steps.dtype}")
        if steps.ndim != 2 or steps.shape[1] != len(self.practices):
            raise ValueError(f"steps must be [assessments, {len(self.practices)}], not {list(steps.shape)}")
        columns = np.empty((steps.shape[1] + 1, len(steps)), np.int16)
        columns[-1] = NOT_APPLICABLE
        for start in range(0, len(steps), BLOCK):
            columns[:-1, start : start + BLOCK] = steps[start : start + BLOCK].T
        lowest = columns[:-1].min(axis=1, initial=NOT_APPLICABLE)
        wrong = (lowest < NOT_APPLICABLE) | (columns[:-1].max(axis=1, initial=NOT_APPLICABLE) > self.limits)
        if wrong.any():
            raise ValueError(f"a step number its scale does not have: {self.practices[int(wrong.argmax())]}")
        return columns

    def _sums(self, columns: Steps) -> npt.NDArray[Any]:
        """Return each factor's sums [factors, assessments, lanes]."""
        lookup = self.lookup
        code = columns[lookup.members[0]]
        for member in lookup.members[1:]:
            code *= lookup.radix
            code += columns[member]
        lanes = lookup.table.shape[1]
        sums = np.empty((len(lookup.spans), code.shape[1] * lanes), lookup.table.dtype)
        for factor, (start, stop) in enumerate(lookup.spans):
            rows = code[start:stop] + lookup.offsets[start:stop]
            looked_up = lookup.table.take(rows, axis=0, mode="clip")
            np.add.reduce(looked_up.reshape(stop - start, -1), axis=0, out=sums[factor])
        return sums.reshape(len(lookup.spans), -1, lanes)

    def _levels(self, sums: npt.NDArray[Any]) -> npt.NDArray[np.int8]:
        """Return levels [factors, assessments]: only lanes of steps that are not reached lie below zero."""
        missed = np.bitwise_count((sums < 0).view(np.uint64))  # eight lanes a word
        level = self.lookup.levels - missed[:, :, 0].astype(np.int8)
        for word in range(1, missed.shape[2]):
            level -= missed[:, :, word].astype(np.int8)
        return level

    def _means(
        self,
        applicable: Floats,
        answered: Floats,
        sums: tuple[Floats, Floats, Floats],
        level: npt.NDArray[np.int8],
    ) -> PanelScores:
        value, low, high = sums[0] / answered, sums[1] / applicable, sums[2] / applicable
        return PanelScores(
            value.T,
            low.T,
            high.T,
            (answered / applicable).T,
            level.T,
            overall_value=_mean(self.factor_weights, value),
            overall_low=_mean(self.factor_weights, low),
            overall_high=_mean(self.factor_weights, high),
            overall_coverage=answered.sum(axis=0) / applicable.sum(axis=0),
        )


def _mean(weights: Floats, values: Floats) -> Floats:
    """Return the weighted mean over the factors that have a value; values are [factors, assessments]."""
    total = weights @ values
    if not np.isnan(total).any():
        return np.asarray(total / weights.sum())
    known = ~np.isnan(values)
    return np.asarray((weights @ np.where(known, values, 0.0)) / (weights @ known))


def steps_of(questionnaire: Questionnaire, answers: Mapping[str, Answer] | Iterable[Answer]) -> Steps:
    """Return one assessment as a row [practices] for ``Panel.score``; refuses what ``score`` refuses."""
    given = by_practice(questionnaire, answers)
    counted = without_national(questionnaire).practices
    in_order = [given.get(practice, Answer(practice)) for practice in counted]
    return np.array([_step_of(questionnaire, answer) for answer in in_order], np.int16)


def _step_of(questionnaire: Questionnaire, answer: Answer) -> int:
    if answer.not_applicable:
        return NOT_APPLICABLE
    numbers = questionnaire.scale_of(questionnaire.practices[answer.practice]).numbers
    return UNANSWERED if answer.step is None else numbers[answer.step]


def compile_panel(questionnaire: Questionnaire) -> Panel:
    """Lay a questionnaire out for scoring many assessments; well under a second, done once an edition."""
    counted = without_national(questionnaire)
    scales = [counted.scale_of(practice) for practice in counted.practices.values()]
    return Panel(
        factors=tuple(factor.id for factor in counted.factors),
        practices=tuple(counted.practices),
        factor_weights=np.array([factor.weight for factor in counted.factors]),
        limits=np.array([len(scale.steps) - 1 for scale in scales], np.int16),
        lookup=lay_out(counted),
    )
