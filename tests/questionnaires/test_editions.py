"""What became of each practice, over one step and over several, in either direction."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.checking import the_same_goes_on_once
from questionnaires.editions import CLASSES, JOINED, Line, chain, comparability, comparable
from questionnaires.forms import in_form
from questionnaires.loading import edition as ours
from questionnaires.model import Questionnaire
from questionnaires.problems import Refused
from tests.questionnaires.following import (
    FIRST,
    SECOND,
    UNHURRIED,
    edition,
    lines_of_editions,
    next_editions,
    practice,
)

THIRD = edition(
    "third",
    "second",
    [
        practice("care.lock", "same", "care.lock"),
        practice("care.keys", "indirect", "care.key_register"),
        practice("care.stock", "same", "care.count"),
        practice("care.cameras", "indirect", "care.camera"),
        practice("order.shelves", "indirect", "order.shelf_plan", "order.shelf_numbers"),
        practice("order.burning", "indirect", "order.disposal"),
    ],
    scales=FIRST.structure.scales,
)


def classes(lines: tuple[Line, ...]) -> dict[tuple[str, str], str]:
    return {(line.earlier, line.practice): line.class_ for line in lines}


def line_of(practice_id: str) -> Line:
    return next(line for line in comparability(FIRST, SECOND) if line.practice == practice_id)


@pytest.mark.parametrize("questionnaire", [FIRST, SECOND, ours("arusha_2026")], ids=lambda one: one.id)
def test_an_edition_compared_with_itself_is_the_same_throughout(questionnaire: Questionnaire) -> None:
    assert comparability(questionnaire, questionnaire.model_copy()) == tuple(
        Line(name, name, "same") for name in questionnaire.practices
    )
    assert comparable(questionnaire, questionnaire) == tuple((name, name) for name in questionnaire.practices)


def test_a_practice_may_be_renamed_and_moved_and_stay_the_same() -> None:
    assert line_of("care.key_register") == Line("care.keys", "care.key_register", "same", is_renamed=True)
    moved = Line("order.briefing", "people.briefing", "same", is_renamed=True, is_moved=True)
    assert line_of("people.briefing") == moved


def test_a_practice_on_other_steps_is_the_same_and_not_comparable() -> None:
    line = line_of("care.count")
    assert (line.class_, line.is_rescaled, line.is_comparable) == ("same", True, False)


def test_a_scale_under_another_name_with_the_same_steps_is_the_same_scale() -> None:
    scales = {"renamed": FIRST.structure.scales["five"]}
    follows = practice("care.lock", "same", "care.lock", on="renamed")
    later = edition("later", "first", [follows], scales)
    assert comparable(FIRST, later) == (("care.lock", "care.lock"),)


def test_only_the_same_on_the_same_scale_may_be_compared() -> None:
    assert comparable(FIRST, SECOND) == (
        ("care.lock", "care.lock"),
        ("care.keys", "care.key_register"),
        ("order.briefing", "people.briefing"),
    )
    assert comparable(SECOND, FIRST) == (
        ("care.lock", "care.lock"),
        ("care.key_register", "care.keys"),
        ("people.briefing", "order.briefing"),
    )


def test_over_two_steps_the_weakest_class_wins() -> None:
    found = classes(chain([FIRST, SECOND, THIRD]))
    assert found == {
        ("care.lock", "care.lock"): "same",
        ("care.keys", "care.keys"): "indirect",
        ("care.count", "care.stock"): "same",
        ("", "care.cameras"): "new",
        ("order.shelves", "order.shelves"): "indirect",
        ("order.waste", "order.burning"): "subject",
        ("care.alarm", ""): "dropped",
        ("order.visitors", ""): "dropped",
        ("order.badges", ""): "dropped",
        ("order.briefing", ""): "dropped",
    }


@pytest.mark.parametrize(("one", "other"), [("indirect", "subject"), ("subject", "indirect")])
def test_what_is_joined_in_two_ways_is_as_weak_as_the_weaker(one: str, other: str) -> None:
    first = edition("first", "", [practice("a.one")])
    second = edition("second", "first", [practice("a.x", one, "a.one"), practice("a.y", other, "a.one")])
    third = edition("third", "second", [practice("a.one", "indirect", "a.x", "a.y")])
    assert classes(chain([first, second, third])) == {("a.one", "a.one"): "subject"}


def test_what_came_back_to_its_scale_and_to_one_practice_is_seen_as_it_is_now() -> None:
    by_practice = {line.practice: line for line in comparability(FIRST, THIRD, [SECOND])}
    assert by_practice["care.stock"].is_comparable
    assert not by_practice["order.shelves"].is_split
    assert not by_practice["order.shelves"].is_merged


def test_the_short_form_drops_what_it_does_not_ask() -> None:
    whole = ours("arusha_2026")
    short = in_form(whole, "short")
    counts = Counter(line.class_ for line in comparability(whole, short))
    assert counts == {"same": len(short.practices), "dropped": len(whole.practices) - len(short.practices)}
    assert counts["dropped"] > 0


def test_a_practice_that_follows_one_that_was_not_asked_is_new() -> None:
    earlier = edition("first", "", [practice("care.keys")])
    later = edition("later", "first", [practice("care.lock", "indirect", "care.lock", "care.keys")])
    only = edition("later", "first", [practice("care.lock", "same", "care.lock")])
    assert classes(comparability(earlier, later)) == {("care.keys", "care.lock"): "indirect"}
    assert classes(comparability(earlier, only)) == {("", "care.lock"): "new", ("care.keys", ""): "dropped"}


def test_a_national_practice_goes_on_by_its_id_and_any_other_by_what_it_follows() -> None:
    earlier = edition("first", "", [practice("a.xa_one", national=True), practice("a.two")])
    later = edition("later", "first", [practice("a.xa_one", national=True), practice("a.two")])
    assert classes(comparability(earlier, later)) == {
        ("a.xa_one", "a.xa_one"): "same",
        ("", "a.two"): "new",
        ("a.two", ""): "dropped",
    }


def test_a_national_practice_goes_on_though_no_edition_on_the_way_has_it() -> None:
    first = edition("first", "", [practice("a.one"), practice("a.xa_one", national=True)])
    second = edition("second", "first", [practice("a.two", "same", "a.one")])
    third = edition("third", "second", [practice("a.xa_one", national=True)])
    assert classes(chain([first, second, third])) == {
        ("a.xa_one", "a.xa_one"): "same",
        ("a.one", ""): "dropped",
    }


def test_editions_that_do_not_follow_each_other_are_refused() -> None:
    for ask in (comparability, comparable, lambda old, new: chain([old, new])):
        with pytest.raises(Refused, match="The edition third does not follow first, nor the other way round"):
            ask(FIRST, THIRD)
    with pytest.raises(Refused, match="The edition first does not follow second"):
        chain([SECOND, FIRST])


def test_a_line_as_json_says_everything() -> None:
    assert line_of("order.entry").as_dict() == {
        "earlier": "order.visitors",
        "practice": "order.entry",
        "class": "indirect",
        "is_renamed": True,
        "is_split": False,
        "is_merged": True,
        "is_rescaled": True,
        "is_moved": False,
    }


@UNHURRIED
@given(lines_of_editions())
def test_every_practice_of_both_has_its_line_and_no_pair_has_two(line: tuple[Questionnaire, ...]) -> None:
    for one in line:
        assert list(the_same_goes_on_once("", one.structure)) == []
    first, *between, last = line
    found = comparability(first, last, between)
    pairs = [(one.earlier, one.practice) for one in found]
    assert len(pairs) == len(set(pairs))
    assert {earlier for earlier, _ in pairs} - {""} == set(first.practices)
    assert {name for _, name in pairs} - {""} == set(last.practices)
    for one in found:
        assert one.class_ in CLASSES
        assert (one.class_ == "new") == (not one.earlier)
        assert (one.class_ == "dropped") == (not one.practice)


@UNHURRIED
@given(lines_of_editions())
def test_the_same_joins_one_to_one_over_any_number_of_editions(line: tuple[Questionnaire, ...]) -> None:
    same = [one for one in chain(line) if one.class_ == "same"]
    assert len({one.earlier for one in same}) == len(same) == len({one.practice for one in same})


@UNHURRIED
@given(lines_of_editions())
def test_asked_the_other_way_round_the_table_is_turned(line: tuple[Questionnaire, ...]) -> None:
    first, *between, last = line
    there, back = comparability(first, last, between), comparability(last, first, between[::-1])
    swapped = {"new": "dropped", "dropped": "new"}
    assert {(b, a): swapped.get(c, c) for (a, b), c in classes(there).items()} == classes(back)
    split = {(one.earlier, one.practice) for one in there if one.is_split}
    assert split == {(one.practice, one.earlier) for one in back if one.is_merged}
    assert set(comparable(first, last, between)) == {
        (a, b) for b, a in comparable(last, first, between[::-1])
    }


def ways(line: tuple[Questionnaire, ...], start: str) -> list[tuple[str, str]]:
    """Return where every single way from a practice ends, with its weakest class: one after the other."""
    ends = [(start, "same")]
    for earlier, later in pairwise(line):
        steps = [one for one in comparability(earlier, later) if one.class_ in JOINED]
        ends = [
            (one.practice, max(so_far, one.class_, key=CLASSES.index))
            for name, so_far in ends
            for one in steps
            if one.earlier == name
        ]
    return ends


@UNHURRIED
@given(lines_of_editions())
def test_a_pair_is_as_weak_as_the_weakest_of_all_ways_that_join_it(line: tuple[Questionnaire, ...]) -> None:
    walked: dict[tuple[str, str], str] = {}
    for start in line[0].practices:
        for end, class_ in ways(line, start):
            walked[start, end] = max(walked.get((start, end), "same"), class_, key=CLASSES.index)
    found = {pair: class_ for pair, class_ in classes(chain(line)).items() if class_ in JOINED}
    national = {(name, name) for name, one in line[-1].practices.items() if one.national} & set(found)
    assert walked | dict.fromkeys(national, "same") == found


@UNHURRIED
@given(st.data())
def test_an_edition_on_the_way_that_is_the_same_changes_nothing(data: st.DataObject) -> None:
    first = data.draw(next_editions("e0", None))
    last = data.draw(next_editions("e1", first))
    assert chain([first, first, last, last]) == comparability(first, last)
