"""The short form asks the core practices, with the same ids, scales and words."""

from pathlib import Path

from questionnaires.forms import in_factors, in_form, in_forms
from questionnaires.loading import edition, read
from scoring.answers import Answer
from scoring.profile import score
from tests.questionnaires.small import written

ARUSHA = edition("arusha_2026")
SHORT = in_form(ARUSHA, "short")


def test_the_whole_form_is_the_edition() -> None:
    assert in_form(ARUSHA, "whole") is ARUSHA


def test_the_short_form_asks_four_practices_a_factor_with_their_words() -> None:
    assert [len(factor.practices) for factor in SHORT.factors] == [4] * 10
    for language, words in SHORT.languages.items():
        assert words.practices == {name: ARUSHA.words(language).practices[name] for name in SHORT.practices}
    assert {name: ARUSHA.practices[name] for name in SHORT.practices} == SHORT.practices


def test_it_is_scored_by_the_same_rule_on_the_same_ids() -> None:
    answers = [Answer(name, "throughout") for name in SHORT.practices]
    short, whole = score(SHORT, answers), score(ARUSHA, answers)
    assert [factor.value for factor in short.factors] == [factor.value for factor in whole.factors]
    assert {factor.coverage for factor in short.factors} == {1.0}
    assert all(factor.coverage is not None and factor.coverage < 0.5 for factor in whole.factors)


def test_an_edition_without_core_practices_is_asked_whole(tmp_path: Path) -> None:
    small = read(written(tmp_path))
    assert in_form(small, "short") is small


def test_some_factors_bring_their_own_practices_and_words_and_no_others() -> None:
    kept = in_factors(ARUSHA, {"morale", "leadership"})
    assert [factor.id for factor in kept.factors] == ["leadership", "morale"]
    assert kept.factors == tuple(ARUSHA.factor(factor.id) for factor in kept.factors)
    for language, words in kept.languages.items():
        assert set(words.practices) == set(kept.practices), language
        assert set(words.factors) == {"leadership", "morale"}
        assert words.scales == ARUSHA.words(language).scales


def test_each_factor_can_be_taken_in_a_form_of_its_own() -> None:
    kept = in_forms(ARUSHA, {"morale": "short", "leadership": "whole"})
    assert kept.factors == (ARUSHA.factor("leadership"), SHORT.factor("morale"))
    assert kept.words("fr").practices == {name: ARUSHA.words("fr").practices[name] for name in kept.practices}
    assert in_forms(ARUSHA, {factor.id: "short" for factor in ARUSHA.factors}).factors == SHORT.factors


def test_a_factor_that_its_form_does_not_ask_is_left_out() -> None:
    bare = ARUSHA.factor("morale").model_copy(
        update={"practices": tuple(one for one in ARUSHA.factor("morale").practices if not one.core)}
    )
    factors = (ARUSHA.factor("leadership"), bare)
    made = ARUSHA.model_copy(update={"structure": ARUSHA.structure.model_copy(update={"factors": factors})})
    assert [one.id for one in in_forms(made, {"leadership": "short", "morale": "short"}).factors] == [
        "leadership"
    ]
