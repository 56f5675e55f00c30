"""How an answer may change, which changes meet, what may be signed, and what is refused at once."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.assessments import limits, rules
from scoring.answers import Answer
from tests.assessments.rounds import EDITION, FIRST, HALF, PRACTICES, STEPS, whole

EMPTY = Answer(FIRST)
GIVEN = Answer(FIRST, STEPS[1], note="a note")
OUTSIDE = Answer(FIRST, STEPS[1], outside=True, reason="the ministry's")
SET_ASIDE = Answer(FIRST, not_applicable=True, reason="no port")
LEFT_OPEN = Answer(FIRST, reason="audit under way")

texts = st.sampled_from(["", "one", "two"])
changes = st.fixed_dictionaries(
    {},
    optional={
        "step": st.sampled_from([None, *STEPS[:3]]),
        "not_applicable": st.booleans(),
        "outside": st.booleans(),
        "reason": texts,
        "note": texts,
    },
).filter(lambda change: not limits.faults_of_change(FIRST, change))
answers = st.sampled_from([EMPTY, GIVEN, OUTSIDE, SET_ASIDE, LEFT_OPEN])


def said(problems: list[Any]) -> str:
    return " | ".join(str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (EMPTY, {"step": STEPS[2]}, Answer(FIRST, STEPS[2])),
        (GIVEN, {"note": "other"}, replace(GIVEN, note="other")),
        (GIVEN, {"step": None}, Answer(FIRST, note="a note")),
        (SET_ASIDE, {"step": STEPS[0]}, Answer(FIRST, STEPS[0])),
        (OUTSIDE, {"step": STEPS[2]}, replace(OUTSIDE, step=STEPS[2])),
        (OUTSIDE, {"step": None}, EMPTY),
        (OUTSIDE, {"outside": False}, Answer(FIRST, STEPS[1])),
        (OUTSIDE, {"not_applicable": True, "reason": "no port"}, SET_ASIDE),
        (LEFT_OPEN, {"step": STEPS[1]}, Answer(FIRST, STEPS[1])),
        (LEFT_OPEN, {"step": STEPS[1], "outside": True, "reason": "law"},
         Answer(FIRST, STEPS[1], outside=True, reason="law")),
        (GIVEN, {}, GIVEN),
    ],
)  # fmt: skip
def test_a_change_takes_back_what_no_longer_fits(
    before: Answer, change: dict[str, Any], after: Answer
) -> None:
    assert rules.changed(before, change) == after


@given(answers, changes)
def test_every_field_a_person_set_is_kept_and_doing_it_again_changes_nothing(
    before: Answer, change: dict[str, Any]
) -> None:
    after = rules.changed(before, change)
    assert {name: getattr(after, name) for name in change} == change
    assert rules.changed(after, change) == after
    assert not (after.step is not None and after.not_applicable)


def test_a_note_and_a_step_do_not_disturb_each_other() -> None:
    noted = replace(GIVEN, note="since")
    assert not rules.meets_another(GIVEN, noted, {"step": STEPS[2]})
    moved = replace(GIVEN, step=STEPS[3])
    assert not rules.meets_another(GIVEN, moved, {"note": "mine"})


@pytest.mark.parametrize(
    "change", [{"step": STEPS[2]}, {"reason": "mine"}, {"step": STEPS[2], "note": "mine"}]
)
def test_two_changes_of_the_same_part_meet(change: dict[str, Any]) -> None:
    assert rules.meets_another(EMPTY, GIVEN, change)
    assert rules.meets_another(EMPTY, SET_ASIDE, change)


def test_the_same_change_twice_does_not_meet_itself() -> None:
    assert not rules.meets_another(EMPTY, GIVEN, {"step": GIVEN.step, "note": GIVEN.note})


@given(answers, answers, changes)
def test_what_does_not_meet_another_overwrites_nothing(
    base: Answer, current: Answer, change: dict[str, Any]
) -> None:
    if rules.meets_another(base, current, change):
        return
    after = rules.changed(current, change)
    for group in (rules.POSITION, rules.NOTE):
        if any(getattr(base, name) != getattr(current, name) for name in group):
            assert [getattr(after, name) for name in group] == [getattr(current, name) for name in group]


def test_a_decision_takes_theirs_mine_or_both_notes() -> None:
    change = {"step": STEPS[3], "note": "mine"}
    assert rules.chosen(GIVEN, change, "theirs") == GIVEN
    assert rules.chosen(GIVEN, change, "mine") == replace(GIVEN, step=STEPS[3], note="mine")
    assert rules.chosen(GIVEN, change, "both") == replace(GIVEN, step=STEPS[3], note="a note\n\nmine")
    assert rules.chosen(EMPTY, {"note": "mine"}, "both") == replace(EMPTY, note="mine")
    assert rules.chosen(GIVEN, {"note": "a note"}, "both") == GIVEN


def test_only_notes_can_both_be_kept_and_no_other_decision_is_known() -> None:
    assert limits.faults_of_choice(FIRST, {"note": "x"}, "both") == []
    assert "a practice has one answer" in said(limits.faults_of_choice(FIRST, {"step": None}, "both"))
    assert "theirs, mine, both" in said(limits.faults_of_choice(FIRST, {"note": "x"}, "neither"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stpe": "x"}, "no field stpe. Did you mean step?"),
        ({"version": 3}, "no field version"),
        ({"step": 3}, "The step of an answer cannot be of the kind int. Give it as str."),
        ({"step": True}, "of the kind bool"),
        (
            {"not_applicable": 1},
            "The not_applicable of an answer cannot be of the kind int. Give it as bool.",
        ),
        ({"outside": "yes"}, "of the kind str"),
        ({"note": None}, "The note of an answer cannot be of the kind NoneType"),
        ({"reason": ["x"]}, "of the kind list"),
        ({"step": STEPS[0], "not_applicable": True}, "not both"),
    ],
)
def test_a_change_of_a_wrong_shape_is_told_with_its_remedy(change: dict[str, Any], told: str) -> None:
    problems = limits.faults_of_change(FIRST, change)
    assert len(problems) == 1
    assert told in said(problems)


@pytest.mark.parametrize("base", [-1, 4, 2**70, True, "1", 1.0, None])
def test_a_version_that_never_was_is_refused(base: Any) -> None:
    assert "the newest is 3" in said(limits.faults_of_base(FIRST, base, 3))
    assert all(limits.faults_of_base(FIRST, number, 3) == [] for number in range(4))


def test_what_stands_against_signing_is_all_told_at_once() -> None:
    given = {answer.practice: answer for answer in whole()[1:]}
    problems = rules.faults_against_signing(EDITION, given, [PRACTICES[5]], " ")
    assert [problem.place for problem in problems] == [FIRST, PRACTICES[5], "signed_by"]
    assert rules.faults_against_signing(EDITION, given | {FIRST: GIVEN}, [], "A. Director") == []


@pytest.mark.parametrize(
    ("name", "told"), [("x" * 201, "at most 200"), ("A\0", "can keep"), (HALF, "can keep")]
)
def test_a_name_that_cannot_be_kept_cannot_sign(name: str, told: str) -> None:
    assert told in said(limits.faults_of_signer(name))
    assert limits.faults_of_signer("x" * 200) == []


@pytest.mark.parametrize(
    ("reason", "told"),
    [("", "missing"), ("x" * 20_001, "at most 20000"), ("\0", "can keep"), (HALF, "can keep")],
)
def test_a_reason_that_cannot_be_kept_cannot_reopen(reason: str, told: str) -> None:
    assert told in said(limits.faults_of_reopening("ke", reason))
    assert limits.faults_of_reopening("ke", "x" * 20_000) == []


def test_the_same_content_has_the_same_fingerprint_in_any_order_and_no_other_has_it() -> None:
    assert rules.fingerprint({"a": 1, "b": "é"}) == rules.fingerprint({"b": "é", "a": 1})
    different: list[dict[str, Any]] = [
        {"a": 1},
        {"a": 1.0},
        {"a": "1"},
        {"a": True},
        {"a": [1]},
        {"a": None},
        {},
        {"b": 1},
    ]
    assert len({rules.fingerprint(content) for content in different}) == len(different)
    assert rules.fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
