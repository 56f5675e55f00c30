"""Small questionnaires built in a line, for tests of scoring."""

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.model import Factor, LanguageWords, Practice, Questionnaire, Scale, Step, Structure

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Asked:
    """One practice of a test: its weight, whether it is key, and the values of its scale's steps."""

    weight: float = 1.0
    key: bool = False
    values: tuple[float, ...] = QUARTERS


def built(
    factors: dict[str, Sequence[Asked]],
    factor_weights: dict[str, float] | None = None,
    names: dict[str, Sequence[str]] | None = None,
) -> Questionnaire:
    """Return a questionnaire; practices are called ``factor.p1``, ``factor.p2`` ... and steps s0, s1 ..."""
    scales = {_scale_id(asked.values): _scale(asked.values) for part in factors.values() for asked in part}
    made = tuple(
        Factor(
            id=name,
            number=number,
            weight=(factor_weights or {}).get(name, 1.0),
            practices=tuple(
                Practice(
                    id=f"{name}.{((names or {}).get(name) or _numbered(part))[at]}",
                    scale=_scale_id(asked.values),
                    weight=asked.weight,
                    key=asked.key,
                )
                for at, asked in enumerate(part)
            ),
        )
        for number, (name, part) in enumerate(factors.items(), start=1)
    )
    structure = Structure(id="test", default_language="en", scales=scales, factors=made)
    words = LanguageWords(title="Test", scales={}, factors={}, practices={})
    return Questionnaire(structure=structure, languages={"en": words})


def _numbered(part: Sequence[Asked]) -> list[str]:
    return [f"p{number}" for number in range(1, len(part) + 1)]


def _scale_id(values: tuple[float, ...]) -> str:
    exact = "_".join(value.hex() for value in values)
    return "v" + exact.translate(str.maketrans(".+-", "dpm"))


def _scale(values: tuple[float, ...]) -> Scale:
    return Scale(steps=tuple(Step(id=f"s{number}", value=value) for number, value in enumerate(values)))
