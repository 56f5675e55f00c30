"""Editions on the way from one to another are found in either direction, and strangers are told."""

from collections.abc import Callable

import pytest
from hypothesis import given

from questionnaires.lineage import editions_between, goes_on, later_of
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from tests.questionnaires.following import FIRST, SECOND, UNHURRIED, edition, lines_of_editions, practice


def finding(*editions: Questionnaire) -> Callable[[str], Questionnaire]:
    return {one.id: one for one in editions}.__getitem__


def stranger(follows: str = "") -> Questionnaire:
    return edition("stranger", follows, [practice("a.one")])


@UNHURRIED
@given(lines_of_editions())
def test_the_editions_between_two_are_found_from_either_end(line: tuple[Questionnaire, ...]) -> None:
    first, *between, last = line
    assert editions_between(first, last, finding(*line)) == tuple(between)
    assert editions_between(last, first, finding(*line)) == tuple(reversed(between))


@UNHURRIED
@given(lines_of_editions())
def test_the_later_one_is_told_from_either_end(line: tuple[Questionnaire, ...]) -> None:
    first, *between, last = line
    assert later_of(first, last, between) is last
    assert later_of(last, first, between[::-1]) is last


def test_of_one_and_the_same_edition_the_second_is_the_later_and_nothing_lies_between() -> None:
    again = FIRST.model_copy()
    assert later_of(FIRST, again) is again
    assert editions_between(FIRST, again, finding()) == ()
    assert goes_on(FIRST, again)


def test_an_edition_goes_on_from_the_one_it_follows_and_not_back() -> None:
    assert goes_on(FIRST, SECOND)
    assert not goes_on(SECOND, FIRST)


def test_strangers_are_told_with_what_the_second_follows() -> None:
    for ask in (lambda: later_of(FIRST, stranger()), lambda: editions_between(FIRST, stranger(), finding())):
        with pytest.raises(Refused) as refused:
            ask()
        assert str(refused.value) == (
            "stranger: The edition stranger does not follow first, nor the other way round. "
            "Choose two editions of one line; stranger follows none."
        )
    with pytest.raises(Refused) as refused:
        later_of(stranger(), SECOND)
    assert str(refused.value) == (
        "second: The edition second does not follow stranger, nor the other way round. "
        "Choose two editions of one line; second follows first."
    )


def test_editions_that_follow_each_other_in_a_circle_end_the_search() -> None:
    one, two = (edition(name, other, [practice("a.one")]) for name, other in (("x", "y"), ("y", "x")))
    with pytest.raises(Refused, match="The edition stranger does not follow x"):
        editions_between(one, stranger(), finding(one, two))


def test_a_way_with_a_gap_is_no_way() -> None:
    third = edition("third", "second", [practice("a.one")])
    assert editions_between(FIRST, third, finding(FIRST, SECOND)) == (SECOND,)
    with pytest.raises(Refused):
        later_of(FIRST, third)
