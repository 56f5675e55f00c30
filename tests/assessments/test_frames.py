"""How far a round is, what moved, what is strongest: exact, and the same however it is asked."""

from hypothesis import given
from hypothesis import strategies as st

from arusha.assessments import frames
from arusha.assessments.frames import Move, Progress
from questionnaires.model import Questionnaire
from scoring.answers import Answer
from scoring.linking import linked_profiles
from scoring.profile import Profile, score, shown
from tests.assessments.rounds import EDITION, FIRST, STEPS
from tests.scoring.building import Asked, built
from tests.scoring.strategies import answers_to, questionnaires

FOUR = [Asked(), Asked(), Asked(key=True), Asked()]
SMALL = built({"a": FOUR, "b": [Asked(), Asked()]})


def scored(**steps: str | None) -> Profile:
    """Return the profile of answers given as ``a1="s2"``, with the practice's factor and number."""
    given = {f"{name[0]}.p{name[1:]}": step for name, step in steps.items()}
    return score(SMALL, [Answer(name, step) for name, step in given.items() if step])


def moves(now: Profile, before: Profile, questionnaire: Questionnaire = SMALL) -> tuple[Move, ...]:
    """Return how far the factors of a questionnaire moved from one profile to another."""
    return frames.moves(linked_profiles(questionnaire, before, questionnaire, now))


def test_a_reason_settles_a_practice_and_a_note_alone_does_not() -> None:
    factor = SMALL.factors[0]
    given = {
        "a.p1": Answer("a.p1", "s0"),
        "a.p2": Answer("a.p2", not_applicable=True, reason="x"),
        "a.p3": Answer("a.p3", note="to ask"),
        "a.p4": Answer("a.p4", reason="audit under way"),
    }
    assert frames.progress_of(factor, given) == Progress(3, 4, 1)
    assert frames.progress_of(factor, {}) == Progress(0, 4, 1)


def test_the_progress_of_a_round_is_that_of_its_factors_together() -> None:
    given = {"a.p1": Answer("a.p1", "s0"), "b.p2": Answer("b.p2", "s1")}
    assert frames.progress_of_round(SMALL, given) == Progress(2, 6, 1)
    assert frames.progress_of_round(SMALL, given).share == 2 / 6
    assert Progress(0, 0, 0).share == 0
    assert Progress(6, 6, 0).done


def test_the_next_factor_is_the_next_open_one_and_goes_round() -> None:
    done = {name: Answer(name, "s1") for name in SMALL.practices}
    assert frames.next_factor(SMALL, {}) == "a"
    assert frames.next_factor(SMALL, {}, "a") == "b"
    assert frames.next_factor(SMALL, {}, "b") == "a"
    assert frames.next_factor(SMALL, {}, "unknown") == "a"
    assert frames.next_factor(SMALL, {name: a for name, a in done.items() if name != "a.p4"}, "a") == "a"
    assert frames.next_factor(SMALL, done, "a") == ""


def test_a_move_counts_only_what_was_answered_both_times() -> None:
    before, now = scored(a1="s0", a2="s4", b1="s2"), scored(a1="s2", a3="s4", b1="s1", b2="s4")
    assert [(m.factor, m.change, m.practices) for m in moves(now, before)] == [
        ("a", 0.5, 1),
        ("b", -0.25, 1),
    ]
    assert moves(scored(a1="s1"), scored(a2="s1")) == ()


def test_the_greatest_move_comes_first_and_equal_ones_by_name() -> None:
    before, now = scored(a1="s2", b1="s2"), scored(a1="s1", b1="s3")
    assert [move.factor for move in moves(now, before)] == ["a", "b"]
    now = scored(a1="s3", b1="s0")
    assert [move.factor for move in moves(now, before)] == ["b", "a"]


@given(st.data())
def test_without_a_change_nothing_moves_and_back_is_the_opposite(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    one, two = (score(questionnaire, data.draw(answers_to(questionnaire))) for _ in range(2))
    assert all(move.change == 0 for move in moves(one, one, questionnaire))
    back = {move.factor: (-move.change, move.practices) for move in moves(one, two, questionnaire)}
    there = {move.factor: (move.change, move.practices) for move in moves(two, one, questionnaire)}
    assert there.keys() == back.keys()
    assert all(abs(there[f][0] - back[f][0]) < 1e-12 and there[f][1] == back[f][1] for f in there)


@given(st.data())
def test_the_strongest_and_the_weakest_are_those_that_show_the_highest_and_lowest_number(
    data: st.DataObject,
) -> None:
    questionnaire = data.draw(questionnaires())
    profile = score(questionnaire, data.draw(answers_to(questionnaire)))
    steps = max(len(factor.level_shares) for factor in profile.factors)
    numbers = {f.id: n for f in profile.factors if (n := shown(f.value, steps)) is not None}
    for ends, end in ((frames.strongest(profile), max), (frames.weakest(profile), min)):
        assert [f.id for f in ends] == [f for f, n in numbers.items() if n == end(numbers.values())]


def test_two_factors_that_differ_by_a_hair_but_show_another_number_are_not_the_same() -> None:
    questionnaire = built({"a": [Asked(1.0), Asked(0.7780)], "b": [Asked(1.0), Asked(0.7775)]})
    given = [Answer("a.p1", "s0"), Answer("a.p2", "s4"), Answer("b.p1", "s0"), Answer("b.p2", "s4")]
    profile = score(questionnaire, given)
    assert [str(shown(factor.value, 5)) for factor in profile.factors] == ["1.8", "1.7"]
    assert [factor.id for factor in frames.strongest(profile)] == ["a"]
    assert [factor.id for factor in frames.weakest(profile)] == ["b"]


def test_nothing_answered_has_neither_strongest_nor_weakest() -> None:
    assert frames.strongest(scored()) == frames.weakest(scored()) == ()


def test_answers_are_counted_by_step() -> None:
    factor = scored(a1="s0", a2="s4", a3="s4").factors[0]
    assert frames.count_by_step(factor) == {0: 1, 4: 2}


def test_the_axis_is_the_scale_of_most_practices() -> None:
    name, scale = frames.common_scale(EDITION)
    assert [step.id for step in scale.steps] == list(STEPS)
    assert name == EDITION.practices[FIRST].scale
    two = (0.0, 1.0)
    mixed = built({"a": [Asked(values=two), Asked(), Asked()], "b": [Asked(values=two), Asked()]})
    assert len(frames.common_scale(mixed)[1].steps) == 5
