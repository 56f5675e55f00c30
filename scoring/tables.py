"""What answers bring to their factor, laid out beforehand so that scoring a panel is only looking up.

Practices of one factor are taken in groups of a few. A group has so few possible answers that all the
sums it can bring are kept in a table, one row for each combination of states (not applicable,
unanswered, step 0, step 1 ...). A row's lanes are the sums the score is made of. They are int16 when
weights and step values are small multiples of a common unit, as 1, 2 and 0.5 are: exact, and about half
the work of float64, which holds everything else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, inf, lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from questionnaires.model import Questionnaire
from scoring.profile import TOLERANCE

UNANSWERED, NOT_APPLICABLE = -1, -2
LARGEST_GROUP = 1024  # rows of one group, so that the whole table stays in the processor's cache
LARGEST_WHOLE = 32_767  # of an int16
APPLICABLE, ANSWERED, VALUE, HIGH = range(4)  # the first lanes; then one for each step above the first
FIRST_LANES = 4
LANES_OF_SUMS = [APPLICABLE, ANSWERED, VALUE, HIGH, -1]  # the last is the lowest sum
WORD = 8  # lanes come in multiples of it

Sums = npt.NDArray[Any]  # int16 or float64
Columns = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Lookup:
    """The table of a questionnaire and the way into it.

    ``table`` [groups x combinations, lanes]. ``members`` [size, groups] are the columns of each group, -1
    where a group is not full; ``spans`` are each factor's first group and the one after its last.
    ``offsets`` [groups, 1] are where a group's rows begin, for states counted from -2.
    ``levels`` lanes after the first four are 0 or more where the factor has reached step 1, 2 and so on,
    and the only ones that can lie below 0.
    ``low`` is the lane of the lowest possible sum of values.
    """

    table: Sums
    members: Columns
    spans: tuple[tuple[int, int], ...]
    offsets: Columns
    radix: int
    levels: int
    low: int


def lay_out(questionnaire: Questionnaire) -> Lookup:
    """Return the table of every sum that answers to a group of practices can bring to their factor."""
    scales = [questionnaire.scale_of(practice) for practice in questionnaire.practices.values()]
    levels = max(len(scale.steps) for scale in scales) - 1
    radix = levels + 3
    size = _group_size(radix, max(len(factor.practices) for factor in questionnaire.factors))
    members, spans = _groups(questionnaire, size)
    worth = _worth(questionnaire, levels)
    starts_at_nothing = all(scale.steps[0].value == 0 for scale in scales)  # the lowest sum is the value's
    shift = -NOT_APPLICABLE * sum(radix**place for place in range(size))
    return Lookup(
        table=_table(_in_words(worth[:, :, :-1] if starts_at_nothing else worth), members),
        members=members,
        spans=spans,
        offsets=(np.arange(members.shape[1], dtype=np.intp) * radix**size + shift)[:, np.newaxis],
        radix=radix,
        levels=levels,
        low=VALUE if starts_at_nothing else FIRST_LANES + levels,
    )


def _group_size(radix: int, longest: int) -> int:
    size = 1
    while size < longest and radix ** (size + 1) <= LARGEST_GROUP:
        size += 1
    return size


def _spans(questionnaire: Questionnaire) -> Iterator[tuple[int, int]]:
    """Yield each factor's first column and the one after its last."""
    first = 0
    for factor in questionnaire.factors:
        yield first, first + len(factor.practices)
        first += len(factor.practices)


def _groups(questionnaire: Questionnaire, size: int) -> tuple[Columns, tuple[tuple[int, int], ...]]:
    groups: list[list[int]] = []
    spans = []
    for first, end in _spans(questionnaire):
        begin = len(groups)
        groups += [list(range(at, min(at + size, end))) for at in range(first, end, size)]
        spans.append((begin, len(groups)))
    full = [group + [-1] * (size - len(group)) for group in groups]
    return np.array(full, np.intp).T.copy(), tuple(spans)


def _in_words(worth: Sums) -> Sums:
    """Add empty lanes up to a full number of words."""
    return np.pad(worth, ((0, 0), (0, 0), (0, -worth.shape[2] % WORD)))


def _table(worth: Sums, members: Columns) -> Sums:
    """Add up what every combination of states of each group brings."""
    lanes = worth.shape[2]
    table = worth[members[0]]
    for member in members[1:]:
        table = (table[:, :, np.newaxis] + worth[member][:, np.newaxis]).reshape(members.shape[1], -1, lanes)
    return np.ascontiguousarray(table).reshape(-1, lanes)


def _worth(questionnaire: Questionnaire, levels: int) -> Sums:
    """Return what practices bring in each state [practices + 1, states, lanes]; the last row is nothing."""
    weights, values, unit = _in_whole_units(questionnaire)
    if max(weights) * unit <= LARGEST_WHOLE:
        whole = _filled(questionnaire, weights, values, unit, levels)
        if _largest_sum(questionnaire, whole) <= LARGEST_WHOLE:
            return whole.astype(np.int16)
    practices = questionnaire.practices.values()
    real = [[step.value for step in questionnaire.scale_of(practice).steps] for practice in practices]
    return _filled(questionnaire, [practice.weight for practice in practices], real, None, levels)


def _largest_sum(questionnaire: Questionnaire, worth: Sums) -> float:
    largest = np.abs(worth).max(axis=1)
    return max(float(largest[first:end].sum(axis=0).max()) for first, end in _spans(questionnaire))


def _in_whole_units(questionnaire: Questionnaire) -> tuple[list[int], list[list[int]], int]:
    """Return the practices' weights and step values as whole numbers, and what a value of 1 then is."""
    practices = questionnaire.practices.values()
    scales = [questionnaire.scale_of(practice) for practice in practices]
    unit, *values = _whole([1.0, *(step.value for scale in scales for step in scale.steps)])
    each = iter(values)
    weights = _whole([practice.weight for practice in practices])
    return weights, [[next(each) for _ in scale.steps] for scale in scales], unit


def _whole(numbers: list[float]) -> list[int]:
    """Return the smallest whole numbers in the same proportions as these decimal fractions."""
    exact = [Fraction(repr(number)) for number in numbers]
    unit = lcm(*(number.denominator for number in exact))
    whole = [int(number * unit) for number in exact]
    shared = gcd(*whole)
    return [number // shared for number in whole]


def _filled(
    questionnaire: Questionnaire,
    weights: Sequence[float],
    values: Sequence[Sequence[float]],
    unit: int | None,
    levels: int,
) -> Sums:
    """Return the worth of every state as float64; ``unit`` is ``None`` when values are no whole numbers."""
    worth = np.zeros((len(weights) + 1, levels + 3, FIRST_LANES + levels + 1))
    keys = [practice.key for practice in questionnaire.practices.values()]
    for first, end in _spans(questionnaire):
        bar = inf if unit is None else sum(weights[first:end]) + 1  # more than the others can make up for
        for column in range(first, end):
            states = worth[column, 1 : 2 + len(values[column])]  # unanswered, and every step
            states[:, LANES_OF_SUMS] = _sums(weights[column], values[column], unit or 1)
            reached = _reached(len(states), levels)
            margin = 5 * reached - 4 + (5 * TOLERANCE if unit is None else 0)  # 4 parts of 5 are asked for
            held = 0 if not keys[column] else np.where(reached, 0, bar)
            states[:, FIRST_LANES:-1] = weights[column] * margin - held
    return worth


def _sums(weight: float, values: Sequence[float], unit: int) -> list[tuple[float, ...]]:
    """Return applicable, answered, value, high and low for unanswered and for each step in turn."""
    full = weight * unit
    unanswered = (full, 0, 0, weight * values[-1], weight * values[0])
    return [unanswered, *((full, full, *[weight * value] * 3) for value in values)]


def _reached(states: int, levels: int) -> npt.NDArray[np.bool_]:
    """Return [states, levels]: whether unanswered, step 0, step 1 ... have reached step 1, step 2 ..."""
    numbers = np.maximum(np.arange(states) - 1, 0)
    return np.asarray(numbers[:, np.newaxis] > np.arange(levels))
