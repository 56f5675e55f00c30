"""Two rounds of different editions: means over the same practices only, and an account of all the others."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring
from questionnaires.editions import comparability
from questionnaires.forms import in_form
from questionnaires.loading import edition as ours
from questionnaires.model import Questionnaire
from questionnaires.national import without_national
from questionnaires.problems import Refused
from scoring import linking
from scoring.answers import Answer
from scoring.linking import Linked, linked, linked_profiles
from scoring.profile import score
from tests.questionnaires.following import (
    FIRST,
    SECOND,
    UNHURRIED,
    edition,
    lines_of_editions,
    practice,
    rounds,
)
from tests.scoring.test_worked_examples import agrees, tables

README = Path(scoring.__file__).with_name("README.md").read_text(encoding="utf-8")


@st.composite
def pairs_of_rounds(draw: st.DrawFn):
    """Draw an edition, a later one and those between, with answers to the first and the last."""
    first, *between, last = draw(lines_of_editions(most=3))
    return first, draw(rounds(first)), last, draw(rounds(last)), between


def left_out(found: Linked) -> dict[tuple[str, str], str]:
    return {(one.earlier, one.practice): str(one.why) for one in found.left_out}


# --- the worked example


ROWS, RESULTS = tables(README.split("<!-- linked -->")[1])[:2]


def round_of(name: str, answer: str) -> list[Answer]:
    given = {row[name]: row[answer] for row in ROWS if row[name] and row[answer]}
    return [Answer(practice, step) for practice, step in given.items()]


def example() -> Linked:
    return linked(FIRST, round_of("first", "before"), SECOND, round_of("second", "after"))


def test_the_means_are_what_the_example_says():
    found = example()
    by_name = {"overall": found, **{factor.id: factor for factor in found.factors}}
    assert [row["factor"] for row in RESULTS] == [*(factor.id for factor in found.factors), "overall"]
    for row in RESULTS:
        result = by_name[row["factor"]]
        assert all(agrees(row[name], getattr(result, name)) for name in ("before", "after", "change"))
        assert (int(row["used"]), int(row["same"])) == (result.used, result.same)


def test_what_is_left_out_and_why_is_what_the_example_says():
    found = example()
    told = {(row["first"], row["second"]): row["left out because"] for row in ROWS}
    assert left_out(found) == {pair: why for pair, why in told.items() if why}
    used = [(one.earlier, one.practice) for factor in found.factors for one in factor.practices]
    assert used == [pair for pair, why in told.items() if not why]


# --- the rules


def test_only_the_later_edition_s_weights_count_whichever_round_is_named_first():
    before = [Answer("care.lock", "half"), Answer("care.keys", "little")]
    after = [Answer("care.lock", "most"), Answer("care.key_register", "little")]
    there, back = linked(FIRST, before, SECOND, after), linked(SECOND, after, FIRST, before)
    assert (there.factors[0].before, there.factors[0].after) == (0.4375, 0.625)
    assert (back.factors[0].before, back.factors[0].after) == (0.625, 0.4375)
    assert [factor.id for factor in back.factors] == [factor.id for factor in SECOND.factors]
    assert [one.weight for one in back.factors[0].practices] == [3.0, 1.0]


def test_a_practice_counts_in_the_factor_it_moved_to():
    found = linked(FIRST, [Answer("order.briefing", "half")], SECOND, [Answer("people.briefing", "all")])
    assert [(factor.id, factor.used) for factor in found.factors] == [
        ("care", 0),
        ("order", 0),
        ("people", 1),
    ]
    assert (found.before, found.after, found.change) == (0.5, 1.0, 0.5)


def test_overall_the_factors_of_the_later_edition_count_by_their_weights():
    before = [Answer("care.lock", "none"), Answer("order.briefing", "none")]
    after = [Answer("care.lock", "half"), Answer("people.briefing", "most")]
    found = linked(FIRST, before, SECOND, after)
    assert [factor.change for factor in found.factors] == [0.5, None, 0.75]
    assert (found.before, found.after, found.change) == (0.0, (2 * 0.5 + 0.75) / 3, (2 * 0.5 + 0.75) / 3)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (Answer("care.lock"), Answer("care.lock", "all"), linking.UNANSWERED),
        (Answer("care.lock", "all"), Answer("care.lock", reason="Under audit."), linking.UNANSWERED),
        (Answer("care.lock", not_applicable=True), Answer("care.lock", "all"), linking.NOT_APPLICABLE),
        (Answer("care.lock"), Answer("care.lock", not_applicable=True), linking.NOT_APPLICABLE),
    ],
)
def test_a_pair_that_one_round_did_not_answer_is_the_same_and_not_used(
    before: Answer, after: Answer, why: str
):
    found = linked(FIRST, [before], SECOND, [after])
    assert left_out(found)["care.lock", "care.lock"] == why
    assert (found.used, found.same, found.before, found.change) == (0, 3, None, None)


def test_a_national_practice_is_never_used():
    made = [
        edition("first", "", [practice("a.one"), practice("a.xa_one", national=True)]),
        edition("second", "first", [practice("a.one", "same", "a.one"), practice("a.xa_one", national=True)]),
    ]
    answers = [Answer("a.one", "s1"), Answer("a.xa_one", "s4")]
    found = linked(made[0], answers, made[1], answers)
    assert (found.before, found.used, found.same) == (0.25, 1, 1)
    assert left_out(found) == {("a.xa_one", "a.xa_one"): linking.NATIONAL}


def test_over_an_edition_between_only_what_stayed_the_same_throughout_is_used():
    first = edition("first", "", [practice("a.one"), practice("a.two")])
    second = edition(
        "second", "first", [practice("a.uno", "same", "a.one"), practice("a.due", "same", "a.two")]
    )
    third = edition(
        "third", "second", [practice("a.un", "same", "a.uno"), practice("a.d", "indirect", "a.due")]
    )
    before, after = (
        [Answer("a.one", "s2"), Answer("a.two", "s2")],
        [Answer("a.un", "s4"), Answer("a.d", "s4")],
    )
    found = linked(first, before, third, after, [second])
    assert (found.before, found.after, found.used) == (0.5, 1.0, 1)
    assert left_out(found) == {("a.two", "a.d"): linking.REASONS["indirect"]}


def test_a_whole_round_and_a_short_one_of_the_same_edition_meet_on_the_core_practices():
    whole = ours("arusha_2026")
    short = in_form(whole, "short")
    before = [Answer(name, "partly") for name in whole.practices]
    found = linked(whole, before, short, [Answer(name, "designed") for name in short.practices])
    assert (found.before, found.after, found.used) == (0.5, 0.25, len(short.practices))


def test_strangers_and_faulty_answers_are_refused():
    stranger = edition("stranger", "", [practice("a.one")])
    with pytest.raises(Refused, match="The edition stranger does not follow first"):
        linked(FIRST, [], stranger, [])
    with pytest.raises(Refused, match=r"“s1” is not an answer to care\.lock"):
        linked(FIRST, [Answer("care.lock", "s1")], SECOND, [])


@UNHURRIED
@given(st.data())
def test_a_round_with_itself_is_complete_and_says_what_the_profile_says(data: st.DataObject):
    questionnaire = data.draw(lines_of_editions(most=2))[-1]
    answers = data.draw(rounds(questionnaire))
    found, profile = linked(questionnaire, answers, questionnaire, answers), score(questionnaire, answers)
    assert found.before == found.after == profile.overall.value
    assert found.change == (None if profile.overall.value is None else 0)
    counted = without_national(questionnaire).practices
    assert found.same == len(counted)
    assert found.used == sum(answer.state == "answered" and answer.practice in counted for answer in answers)
    values = {factor.id: factor.value for factor in profile.factors}
    assert {factor.id: factor.before for factor in found.factors if factor.used} == {
        name: value for name, value in values.items() if value is not None
    }


@UNHURRIED
@given(pairs_of_rounds())
def test_every_line_is_used_or_left_out_and_only_the_same_is_used(drawn):
    old, before, new, after, between = drawn
    found = linked(old, before, new, after, between)
    lines = {(line.earlier, line.practice): line for line in comparability(old, new, between)}
    used = [(one.earlier, one.practice) for factor in found.factors for one in factor.practices]
    assert sorted([*used, *left_out(found)]) == sorted(lines)
    assert len(used) == found.used <= found.same
    for pair in used:
        assert lines[pair].class_ == "same"
        assert not lines[pair].is_rescaled
        assert not new.practices[pair[1]].national


@UNHURRIED
@given(pairs_of_rounds())
def test_the_means_are_those_of_exact_fractions_over_the_used_pairs(drawn):
    old, before, new, after, between = drawn
    found = linked(old, before, new, after, between)
    for side, questionnaire, answers, end in (("before", old, before, 0), ("after", new, after, 1)):
        steps = {answer.practice: answer.step for answer in answers}
        means = {}
        for factor in found.factors:
            pairs = [(one.earlier, one.practice) for one in factor.practices]
            weighted = [
                (
                    Fraction(new.practices[pair[1]].weight),
                    Fraction(value_of(questionnaire, pair[end], steps[pair[end]])),
                )
                for pair in pairs
            ]
            means[factor.id] = exact_mean(weighted)
            assert getattr(factor, side) == near(means[factor.id])
        weights = {factor.id: Fraction(factor.weight) for factor in new.factors}
        whole = exact_mean([(weights[name], mean) for name, mean in means.items() if mean is not None])
        assert getattr(found, side) == near(whole)


def value_of(questionnaire: Questionnaire, name: str, step: str | None) -> float:
    scale = questionnaire.scale_of(questionnaire.practices[name])
    return scale.steps[scale.numbers[str(step)]].value


def exact_mean(weighted: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    whole = sum(weight for weight, _ in weighted)
    return sum(weight * value for weight, value in weighted) / whole if whole else None


def near(mean: Fraction | None):
    return None if mean is None else pytest.approx(float(mean), abs=1e-14)


@UNHURRIED
@given(pairs_of_rounds())
def test_named_the_other_way_round_the_change_is_the_opposite(drawn):
    old, before, new, after, between = drawn
    there = linked(old, before, new, after, between)
    back = linked(new, after, old, before, between[::-1])
    assert (back.before, back.after, back.used, back.same) == (
        there.after,
        there.before,
        there.used,
        there.same,
    )
    assert back.change == (None if there.change is None else -there.change)


@UNHURRIED
@given(pairs_of_rounds())
def test_the_change_is_what_lies_between_the_means(drawn):
    old, before, new, after, between = drawn
    found = linked(old, before, new, after, between)
    for one in (found, *found.factors):
        assert (one.change is None) == (one.before is None) == (one.after is None) == (one.used == 0)
        assert one.change is None or one.change == pytest.approx(one.after - one.before, abs=1e-14)


@UNHURRIED
@given(pairs_of_rounds())
def test_profiles_that_were_kept_give_the_same_as_answers(drawn):
    old, before, new, after, between = drawn
    profiles = score(old, before), score(new, after)
    assert linked_profiles(old, profiles[0], new, profiles[1], between) == linked(
        old, before, new, after, between
    )
