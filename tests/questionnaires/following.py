"""Editions that follow one another: two small ones beside this file, random ones, and answers."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from questionnaires.loading import read
from questionnaires.model import (
    Factor,
    Follows,
    LanguageWords,
    Practice,
    Questionnaire,
    Scale,
    Step,
    Structure,
)
from scoring.answers import Answer

# A whole line of editions takes a while to draw, the more so while other tests run.
UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EDITIONS = Path(__file__).with_name("editions")
FIRST, SECOND = read(EDITIONS / "first"), read(EDITIONS / "second")
WORDS = LanguageWords(title="Test", scales={}, factors={}, practices={})
VALUES = {
    "five": (0.0, 0.25, 0.5, 0.75, 1.0),
    "three": (0.0, 0.5, 1.0),
    "odd": (0.1, 0.3, 0.9),
    "even": (0.0, 0.05, 0.2, 0.95),
}
TEXTS = st.sampled_from(["", "", " ", "Since May.", "Ordered.", "One.\n\nTwo."]) | st.text(
    "ab \n", max_size=5
)


def scale(values: Sequence[float]) -> Scale:
    return Scale(steps=tuple(Step(id=f"s{number}", value=value) for number, value in enumerate(values)))


SCALES = {name: scale(values) for name, values in VALUES.items()}


def edition(
    name: str, follows: str, practices: Sequence[Practice], scales: dict[str, Scale] | None = None
) -> Questionnaire:
    """Return an edition whose factors are the first halves of its practices' ids."""
    ids = dict.fromkeys(practice.id.partition(".")[0] for practice in practices)
    factors = tuple(
        Factor(
            id=factor,
            number=number,
            weight=number / 2,
            practices=tuple(one for one in practices if one.id.startswith(f"{factor}.")),
        )
        for number, factor in enumerate(ids, start=1)
    )
    structure = Structure(
        id=name, follows=follows, default_language="en", scales=scales or SCALES, factors=factors
    )
    return Questionnaire(structure=structure, languages={"en": WORDS})


def practice(
    name: str, class_: str = "", *ids: str, on: str = "five", weight: float = 1.0, national: bool = False
) -> Practice:
    """Return a practice that follows others, the first ``id`` and the rest ``with``."""
    follows = Follows.model_validate({"id": ids[0], "class": class_, "with": ids[1:]}) if ids else None
    return Practice(id=name, scale=on, weight=weight, follows=follows, national=national)


@st.composite
def next_editions(draw: st.DrawFn, name: str, before: Questionnaire | None) -> Questionnaire:
    """Draw an edition: practices renamed, split, merged, moved, rescaled, dropped, new; some national."""
    earlier = [one.id for one in before.practices.values() if not one.national] if before else []
    free, made = list(earlier), []
    for factor in draw(st.sampled_from([("a",), ("a", "b"), ("b", "c", "a")])):
        for number in range(draw(st.integers(1, 4))):
            class_ = draw(st.sampled_from(["same", "same", "same", "", "indirect", "subject"]))
            pool = free if class_ == "same" else earlier
            most = 1 if class_ == "same" else 3
            ids = (
                draw(st.lists(st.sampled_from(pool), min_size=1, max_size=most, unique=True)) if pool else []
            )
            ids = ids if class_ else []
            free = [one for one in free if class_ != "same" or one not in ids]
            weight = draw(st.sampled_from([0.1, 1.0, 2.5]))
            on = draw(st.sampled_from(["five", "five", "five", *SCALES]))
            made.append(practice(f"{factor}.p{number}", class_, *ids, on=on, weight=weight))
    beside = draw(st.lists(st.sampled_from(["a.xa_one", "a.xa_two"]), unique=True))
    made += [practice(one, on=draw(st.sampled_from(["five", "three"])), national=True) for one in beside]
    return edition(name, before.id if before else "", made)


@st.composite
def lines_of_editions(draw: st.DrawFn, most: int = 4) -> tuple[Questionnaire, ...]:
    """Draw two or more editions, each of which follows the one before."""
    made: list[Questionnaire] = []
    for number in range(draw(st.integers(2, most))):
        made.append(draw(next_editions(f"e{number}", made[-1] if made else None)))
    return tuple(made)


@st.composite
def rounds(draw: st.DrawFn, questionnaire: Questionnaire) -> tuple[Answer, ...]:
    """Draw answers of every kind, with and without texts, in any order; some practices have none."""
    given = []
    for one in questionnaire.practices.values():
        kind = draw(
            st.sampled_from(["step", "step", "step", "step", "outside", "not_applicable", "open", "none"])
        )
        if kind != "none":
            is_stepped = kind in ("step", "outside")
            step = draw(st.sampled_from(list(questionnaire.scale_of(one).numbers))) if is_stepped else None
            reason, note = draw(TEXTS), draw(TEXTS)
            given.append(Answer(one.id, step, kind == "not_applicable", kind == "outside", reason, note))
    return tuple(draw(st.permutations(given)))
