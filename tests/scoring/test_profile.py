"""One assessment becomes a profile by exactly the rules that are written down."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from questionnaires.problems import Refused
from scoring.answers import Answer
from scoring.profile import RULE, Profile, as_json, score, shown
from tests.scoring.building import Asked, built
from tests.scoring.second_opinion import second_opinion
from tests.scoring.strategies import assessments

FIVE = built({"law": [Asked() for _ in range(5)]})


def law(*steps: str | None, questionnaire=FIVE, **marks) -> object:
    answers = [Answer(f"law.p{number}", step, **marks) for number, step in enumerate(steps, start=1) if step]
    return score(questionnaire, answers).factors[0]


def is_near(figure: float | None, told: Fraction | None) -> bool:
    if figure is None or told is None:
        return figure is None and told is None
    return abs(Fraction(figure) - told) <= Fraction(1, 10**12)


@settings(max_examples=1000, deadline=None)
@given(assessments())
def test_a_second_opinion_agrees_on_every_figure(assessment):
    questionnaire, answers = assessment
    profile, opinion = score(questionnaire, answers), second_opinion(questionnaire, answers)
    for name, told in opinion["overall"].items():
        assert is_near(getattr(profile.overall, name), told), name
    for result, told in zip(profile.factors, opinion["factors"], strict=True):
        for name in ("value", "low", "high", "coverage", "outside"):
            assert is_near(getattr(result, name), told[name]), (result.id, name)
        for name in ("answered", "applicable", "not_applicable", "level", "held_by"):
            assert getattr(result, name) == told[name], (result.id, name)
        assert len(result.level_shares) == len(told["level_shares"])
        assert all(map(is_near, result.level_shares, told["level_shares"]))


@settings(max_examples=100, deadline=None)
@given(assessments())
def test_a_profile_kept_as_json_is_read_back_the_same(assessment):
    profile = score(*assessment)
    kept = json.loads(json.dumps(profile.as_dict()))
    assert kept == profile.as_dict()
    assert Profile.from_dict(kept) == profile


@settings(max_examples=100, deadline=None)
@given(assessments())
def test_the_value_can_end_nowhere_but_between_low_and_high(assessment):
    questionnaire, answers = assessment
    given_steps = {answer.practice for answer in answers if answer.state in ("answered", "not_applicable")}
    still_open = [practice for practice in questionnaire.practices if practice not in given_steps]
    settled = [answer for answer in answers if answer.practice in given_steps]
    profile = score(questionnaire, settled)
    for end, name in ((0, "low"), (-1, "high")):
        steps = {p: questionnaire.scale_of(questionnaire.practices[p]).steps[end].id for p in still_open}
        done = score(questionnaire, [*settled, *(Answer(p, step) for p, step in steps.items())])
        for then, now in zip(done.factors, profile.factors, strict=True):
            assert then.value == pytest.approx(getattr(now, name), abs=1e-12)
        assert done.overall.value == pytest.approx(getattr(profile.overall, name), abs=1e-12)


def test_missing_answers_lower_coverage_not_score():
    whole, part = law("s3", "s3", "s3", "s3", "s3"), law("s3", "s3", None, None, None)
    assert (whole.value, whole.coverage) == (0.75, 1.0)
    assert (part.value, part.coverage) == (0.75, 0.4)


def test_an_answer_left_open_with_a_reason_counts_as_unanswered():
    with_reason = score(FIVE, [Answer("law.p1", "s2"), Answer("law.p2", reason="audit under way")])
    without = score(FIVE, [Answer("law.p1", "s2")])
    assert with_reason.overall == without.overall
    assert with_reason.factors[0].practices[1].state == "open_with_reason"
    assert without.factors[0].practices[1].state == "unanswered"


def test_marking_as_outside_changes_no_figure_but_outside():
    marked, plain = law("s1", "s3", outside=True), law("s1", "s3")
    assert (marked.outside, plain.outside) == (1.0, 0.0)
    assert (marked.value, marked.low, marked.level) == (plain.value, plain.low, plain.level)


def test_without_a_gap_nothing_lies_outside():
    assert law("s4", "s4", outside=True).outside == 0.0
    assert law().outside is None


@pytest.mark.parametrize(("at_one", "level"), [(8, 1), (7, 0)])
def test_ten_weights_of_a_tenth_do_not_miss_eighty_percent_by_rounding(at_one, level):
    questionnaire = built({"law": [Asked(weight=0.1) for _ in range(10)]})
    steps = ["s1"] * at_one + ["s0"] * (10 - at_one)
    assert law(*steps, questionnaire=questionnaire).level == level


def test_the_tolerance_is_no_more_than_a_billionth():
    for below, level in ((1e-10, 1), (1e-8, 0)):
        questionnaire = built({"law": [Asked(weight=0.8 - below), Asked(weight=0.2 + below)]})
        assert law("s1", "s0", questionnaire=questionnaire).level == level


def test_an_unanswered_key_practice_holds_the_first_step():
    questionnaire = built({"law": [Asked(weight=9), Asked(key=True)]})
    result = law("s4", None, questionnaire=questionnaire)
    assert (result.level, result.held_by) == (0, ("law.p2",))


def test_a_key_practice_that_does_not_apply_holds_nothing():
    questionnaire = built({"law": [Asked(weight=9), Asked(key=True)]})
    profile = score(questionnaire, [Answer("law.p1", "s4"), Answer("law.p2", not_applicable=True)])
    assert (profile.factors[0].level, profile.factors[0].held_by) == (4, ())


def test_the_trace_tells_what_each_practice_brought():
    outside = Answer("law.p1", "s3", outside=True, reason="pay")
    profile = score(FIVE, [outside, Answer("law.p2", not_applicable=True)])
    answered, aside, unanswered, *_ = profile.factors[0].practices
    assert (answered.number, answered.value, answered.low, answered.high) == (3, 0.75, 0.75, 0.75)
    assert (answered.outside, answered.reason) == (True, "pay")
    assert (aside.number, aside.value, aside.low, aside.high) == (None, None, None, None)
    assert (unanswered.number, unanswered.value, unanswered.low, unanswered.high) == (0, None, 0.0, 1.0)


def test_answers_may_come_as_a_mapping_in_any_order():
    answers = [Answer("law.p2", "s1"), Answer("law.p1", "s3")]
    assert score(FIVE, {answer.practice: answer for answer in answers}) == score(FIVE, reversed(answers))


def test_answers_the_questionnaire_does_not_allow_are_refused_all_at_once():
    twice = [Answer("law.p2"), Answer("law.p2")]
    with pytest.raises(Refused) as refused:
        score(FIVE, [Answer("law.p9", "s1"), Answer("law.p1", "s7"), *twice])
    assert [problem.place for problem in refused.value.problems] == ["law.p9", "law.p1", "law.p2"]


def test_the_printed_json_has_exactly_the_agreed_keys():
    printed = as_json(score(FIVE, [Answer("law.p1", "s2"), Answer("law.p2", not_applicable=True)]))
    assert json.loads(json.dumps(printed)) == {
        "questionnaire": "test",
        "overall": {"value": 0.5, "low": 0.125, "high": 0.875, "coverage": 0.25},
        "factors": [
            {
                "id": "law",
                "value": 0.5,
                "low": 0.125,
                "high": 0.875,
                "coverage": 0.25,
                "answered": 1,
                "applicable": 4,
                "level": 0,
            }
        ],
        "problems": [],
    }


def test_a_kept_profile_of_another_form_is_not_taken_for_one():
    kept = score(FIVE, []).as_dict()
    assert kept["rule"] == RULE == "arusha-score-1"
    with pytest.raises(ValueError, match="mood"):
        Profile.from_dict({**kept, "mood": "good"})
    del kept["factors"][0]["practices"][0]["weight"]
    with pytest.raises(ValueError, match="PracticeTrace: missing or unknown weight"):
        Profile.from_dict(kept)


@pytest.mark.parametrize(
    ("value", "steps", "told"),
    [(0.625, 5, "2.5"), (0.0125, 5, "0.1"), (0.0124, 5, "0.0"), (0.9875, 5, "4.0"), (1.0, 3, "2.0")],
)
def test_a_value_is_shown_on_the_axis_of_steps_rounded_half_up(value, steps, told):
    assert shown(value, steps) == Decimal(told)
    assert str(shown(value, steps)) == told


def test_binary_noise_does_not_decide_a_rounding():
    assert shown(0.6125 - 2**-50, 5) == shown(0.6125, 5) == Decimal("2.5")
    assert shown(0.6125 - 1e-9, 5) == Decimal("2.4")


def test_no_figure_is_shown_as_none():
    assert shown(None, 5) is None
