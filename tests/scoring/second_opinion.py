"""The method written a second time, another way: exact fractions, tallies, levels from the top down.

Nothing of ``scoring.profile`` is used. A factor's weight is first tallied by where it stands; every figure
is then read off the tally.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from questionnaires.model import Factor, Questionnaire
from scoring.answers import Answer

MISSING_SHARE_ALLOWED = Fraction(1, 5) + Fraction(1, 10**9)


class Tally:
    """Where the weight of one factor stands, as exact fractions."""

    def __init__(self) -> None:
        self.at_number: dict[int, Fraction] = defaultdict(Fraction)
        self.at_value: dict[Fraction, Fraction] = defaultdict(Fraction)
        self.open_ends: list[tuple[Fraction, Fraction, Fraction]] = []
        self.outside_gap = Fraction(0)
        self.keys: list[tuple[str, int]] = []
        self.reach = self.answered = self.set_aside = 0

    @property
    def known(self) -> Fraction:
        """Return the answered weight."""
        return sum(self.at_value.values(), Fraction(0))

    @property
    def all(self) -> Fraction:
        """Return the applicable weight."""
        return sum(self.at_number.values(), Fraction(0))

    @property
    def worth(self) -> Fraction:
        """Return what the answered practices are worth together."""
        return sum((value * weight for value, weight in self.at_value.items()), Fraction(0))

    @property
    def gap(self) -> Fraction:
        """Return how much the answered practices miss together."""
        return self.known - self.worth


def tallied(questionnaire: Questionnaire, factor: Factor, answers: dict[str, Answer]) -> Tally:
    """Count one factor's answers."""
    tally = Tally()
    for practice in factor.practices:
        answer, weight = answers.get(practice.id), Fraction(practice.weight)
        steps = questionnaire.structure.scales[practice.scale].steps
        if answer is not None and answer.not_applicable:
            tally.set_aside += 1
            continue
        number = 0
        if answer is None or answer.step is None:
            tally.open_ends.append((weight, Fraction(steps[0].value), Fraction(steps[-1].value)))
        else:
            number = [step.id for step in steps].index(answer.step)
            tally.answered += 1
            tally.at_value[Fraction(steps[number].value)] += weight
            tally.outside_gap += weight * (1 - Fraction(steps[number].value)) * answer.outside
        tally.at_number[number] += weight
        tally.reach = max(tally.reach, len(steps))
        if practice.key:
            tally.keys.append((practice.id, number))
    return tally


def level_of(tally: Tally) -> int | None:
    """Walk down from the highest step until too little weight and no key practice is left below."""
    for step in reversed(range(tally.reach)):
        below = sum((weight for number, weight in tally.at_number.items() if number < step), Fraction(0))
        if below <= MISSING_SHARE_ALLOWED * tally.all and all(number >= step for _, number in tally.keys):
            return step
    return None


def weight_from(tally: Tally, step: int) -> Fraction:
    """Return the weight that stands at a step or above."""
    return sum((weight for number, weight in tally.at_number.items() if number >= step), Fraction(0))


def opinion_of(tally: Tally) -> dict[str, Any]:
    """Return one factor's figures as fractions, by the names of the profile."""
    level = level_of(tally)
    ends = {
        name: sum((end[0] * end[at] for end in tally.open_ends), tally.worth)
        for at, name in ((1, "low"), (2, "high"))
    }
    above = [weight_from(tally, step) for step in range(tally.reach)]
    return {
        "value": tally.worth / tally.known if tally.answered else None,
        **{name: end / tally.all if tally.reach else None for name, end in ends.items()},
        "coverage": tally.known / tally.all if tally.reach else None,
        "answered": tally.answered,
        "applicable": tally.answered + len(tally.open_ends),
        "not_applicable": tally.set_aside,
        "level": level,
        "outside": (tally.outside_gap / tally.gap if tally.gap else Fraction(0)) if tally.answered else None,
        "level_shares": [weight / tally.all for weight in above],
        "held_by": ()
        if level is None or level == tally.reach - 1
        else tuple(practice for practice, number in tally.keys if number < level + 1),
    }


def second_opinion(questionnaire: Questionnaire, given: Iterable[Answer]) -> dict[str, Any]:
    """Return ``factors`` (one dict each, in order) and ``overall``, all figures as fractions."""
    answers = {answer.practice: answer for answer in given}
    tallies = [tallied(questionnaire, factor, answers) for factor in questionnaire.factors]
    factors = [opinion_of(tally) for tally in tallies]
    overall: dict[str, Fraction | None] = {}
    for name in ("value", "low", "high"):
        pairs = [
            (Fraction(factor.weight), opinion[name])
            for factor, opinion in zip(questionnaire.factors, factors, strict=True)
            if opinion[name] is not None
        ]
        whole = sum((weight for weight, _ in pairs), Fraction(0))
        total = sum((weight * figure for weight, figure in pairs), Fraction(0))
        overall[name] = total / whole if pairs else None
    applicable = sum((tally.all for tally in tallies), Fraction(0))
    known = sum((tally.known for tally in tallies), Fraction(0))
    overall["coverage"] = known / applicable if applicable else None
    return {"factors": factors, "overall": overall}
