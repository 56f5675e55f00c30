"""Many assessments at once come out as each would alone."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.problems import Refused
from scoring.answers import Answer
from scoring.panel import compile_panel, steps_of
from scoring.profile import Profile, score
from tests.benchmarks.panel import questionnaire_of_usual_size
from tests.scoring.building import Asked, built
from tests.scoring.strategies import answers_to, questionnaires

NAMES = ("value", "low", "high", "coverage")


def figure(array: np.ndarray, *at: int) -> float | None:
    return None if np.isnan(array[at]) else float(array[at])


def is_same(alone: float | None, together: float | None) -> bool:
    if alone is None or together is None:
        return alone is None and together is None
    return abs(alone - together) <= 1e-12


def compare(profile: Profile, scores, row: int) -> None:
    """Check one row of a panel against the profile of the same answers."""
    for name in NAMES:
        alone, together = getattr(profile.overall, name), figure(getattr(scores, f"overall_{name}"), row)
        assert is_same(alone, together), name
    for column, result in enumerate(profile.factors):
        assert scores.level[row, column] == (-1 if result.level is None else result.level)
        for name in NAMES:
            alone, together = getattr(result, name), figure(getattr(scores, name), row, column)
            assert is_same(alone, together), (result.id, name)


@settings(max_examples=500, deadline=None)  # two assessments each: 1,000 profiles
@given(st.data())
def test_a_panel_agrees_with_each_profile(data):
    questionnaire = data.draw(questionnaires())
    many = [data.draw(answers_to(questionnaire)) for _ in range(2)]
    steps = np.array([steps_of(questionnaire, answers) for answers in many])
    scores = compile_panel(questionnaire).score(steps)
    for row, answers in enumerate(many):
        compare(score(questionnaire, answers), scores, row)


def test_a_panel_of_the_usual_size_agrees_with_profiles():
    questionnaire = questionnaire_of_usual_size()
    steps = np.random.default_rng(7).integers(-2, 5, (300, len(questionnaire.practices))).astype(np.int16)
    steps[:40] = np.maximum(steps[:40], 3)
    steps[40:60] = -1
    steps[60:80, :60] = -2
    steps[80] = -2
    scores = compile_panel(questionnaire).score(steps)
    assert set(np.unique(scores.level)) >= {-1, 0, 3}
    for row in range(0, 300, 7):
        compare(score(questionnaire, answers_from(questionnaire, steps[row])), scores, row)
    compare(score(questionnaire, answers_from(questionnaire, steps[80])), scores, 80)


def answers_from(questionnaire, row) -> list[Answer]:
    return [
        Answer(practice, f"s{step}" if step >= 0 else None, not_applicable=step == -2)
        for practice, step in zip(questionnaire.practices, row.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("weights", "values", "kind"),
    [
        ((1.0, 2.0, 0.5), (0.0, 0.25, 1.0), np.int16),
        ((0.1, 0.3, 0.7), (0.1, 0.4, 0.9), np.int16),
        ((1.0, 2.0, 0.123456789), (0.0, 0.5, 1.0), np.float64),
        ((1.0, 2.0, 3.0), (0.0, 0.123456789, 1.0), np.float64),
        ((1.0, 20_000.0, 1.0), (0.0, 0.5, 1.0), np.float64),
    ],
)
def test_whole_numbers_are_used_where_they_fit_and_change_nothing(weights, values, kind):
    parts = [Asked(weight, key, values) for weight, key in zip(weights, (True, False, False), strict=True)]
    questionnaire = built({"law": parts, "audit": [Asked(values=(0.0, 1.0))]})
    panel = compile_panel(questionnaire)
    assert panel.lookup.table.dtype == kind
    every = np.array(list(product(range(-2, 3), range(-2, 3), range(-2, 3), range(-2, 2))), np.int16)
    scores = panel.score(every)
    for row, steps in enumerate(every):
        compare(score(questionnaire, answers_from(questionnaire, steps)), scores, row)


def test_factors_and_scales_may_be_long():
    questionnaire = built(
        {
            "law": [Asked(weight=1 + number % 3, key=number % 5 == 0) for number in range(31)],
            "audit": [Asked(values=tuple(step / 80 for step in range(81)))],
        }
    )
    steps = np.random.default_rng(3).integers(-2, 5, (40, 32)).astype(np.int16)
    steps[:, 31] = np.arange(40) * 2
    scores = compile_panel(questionnaire).score(steps)
    assert scores.level[39, 1] == 78
    for row in range(40):
        compare(score(questionnaire, answers_from(questionnaire, steps[row])), scores, row)


def test_the_order_of_the_array_in_memory_does_not_matter():
    panel = compile_panel(built({"law": [Asked() for _ in range(6)]}))
    steps = np.random.default_rng(5).integers(-2, 5, (700, 6)).astype(np.int16)
    by_rows, by_columns = panel.score(steps), panel.score(np.asfortranarray(steps))
    assert np.array_equal(by_rows.value, by_columns.value, equal_nan=True)
    assert np.array_equal(by_rows.level, by_columns.level)


def test_scoring_does_not_change_the_steps():
    steps = np.array([[-2, -1, 4]], np.int16)
    compile_panel(built({"law": [Asked()] * 3})).score(steps)
    assert steps.tolist() == [[-2, -1, 4]]


def test_no_assessments_give_empty_arrays():
    scores = compile_panel(built({"law": [Asked()], "audit": [Asked()]})).score(np.empty((0, 2), np.int16))
    assert scores.value.shape == scores.level.shape == (0, 2)
    assert scores.overall_coverage.shape == (0,)


@pytest.mark.parametrize("step", [-3, 2, 300, -32768, 32767])
def test_a_step_the_scale_does_not_have_is_refused_with_its_practice(step):
    panel = compile_panel(built({"law": [Asked(), Asked(values=(0.0, 1.0))]}))
    with pytest.raises(ValueError, match=r"law\.p2"):
        panel.score(np.array([[4, 1], [0, step]], np.int16))


def test_an_array_of_another_kind_or_shape_is_refused():
    panel = compile_panel(built({"law": [Asked(), Asked()]}))
    with pytest.raises(TypeError, match="int16"):
        panel.score(np.zeros((1, 2)))
    with pytest.raises(ValueError, match=r"\[assessments, 2\]"):
        panel.score(np.zeros((1, 3), np.int16))
    with pytest.raises(ValueError, match=r"\[assessments, 2\]"):
        panel.score(np.zeros(2, np.int16))


def test_a_row_has_a_number_for_every_practice_in_order():
    questionnaire = built({"law": [Asked() for _ in range(4)]})
    answers = [Answer("law.p4", "s3"), Answer("law.p2", not_applicable=True), Answer("law.p1", reason="open")]
    assert steps_of(questionnaire, answers).tolist() == [-1, -2, -1, 3]
    with pytest.raises(Refused):
        steps_of(questionnaire, [Answer("law.p9", "s1")])
