"""Starting a round: whole or short, with or without what was answered before."""

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Store
from arusha.store.clock import now
from tests.assessments.pages.using import choose, labelled, press, run
from tests.furnishing import CORE, EDITION, PRACTICES, answered, half, opened
from tests.visiting import all_shown, refusals, visit

START = "assessments/pages/start.py"
YEAR = now().year


def started(at: AppTest, store: Store) -> service.Round:
    """Return the round that the page leads to, which is the one that was opened."""
    assert refusals(at) == []
    assert at.title[0].value == f"1 · {EDITION.words('en').factors['leadership'].name}"
    return service.find(LOCAL, store, at.query_params["round"])


@pytest.mark.parametrize(("form", "asked"), [("whole", len(PRACTICES)), ("short", len(CORE))])
def test_a_round_is_started_in_the_form_that_was_chosen(form: str, asked: int, own: Store) -> None:
    at = choose(visit(START), "Administration", "FJ")
    assert labelled(at.radio, "Form").options == ["Whole: 127 practices", "Short: the 40 core practices"]
    labelled(at.radio, "Form").set_value(form)
    round_ = started(press(at, "Begin"), own)
    assert (round_.administration, round_.year, round_.form) == ("FJ", YEAR, form)
    assert len(service.sheet(LOCAL, own, round_.id).questionnaire.practices) == asked


def test_the_whole_questionnaire_is_offered_first(own: Store) -> None:
    round_ = started(press(choose(visit(START), "Administration", "FJ"), "Begin"), own)
    assert round_.form == "whole"


def test_without_an_administration_nothing_is_opened(own: Store) -> None:
    at = press(visit(START), "Begin")
    assert [one.value for one in at.error] == ["The administration is missing. Choose it from the list."]
    assert service.rounds(LOCAL, own) == ()


def test_a_second_round_of_the_same_year_is_refused(own: Store) -> None:
    there = opened(own, YEAR, [], "FJ")
    at = press(choose(visit(START), "Administration", "FJ"), "Begin")
    assert len(refusals(at)) == 1
    assert there in all_shown(at)
    assert len(service.rounds(LOCAL, own)) == 1


def test_only_an_earlier_round_of_the_same_administration_can_be_carried_over(own: Store) -> None:
    opened(own, YEAR - 2, half(), "FJ")
    opened(own, YEAR - 3, half(), "FJ")
    opened(own, YEAR - 1, half(), "WS")
    at = choose(visit(START), "Administration", "TO")
    assert not at.checkbox
    choose(at, "Administration", "FJ")
    assert [one.label for one in at.checkbox] == [
        f"Carry over the answers of {YEAR - 2}, each to be confirmed"
    ]
    choose(at, "Reference year", YEAR - 2)
    assert str(YEAR - 3) in at.checkbox[0].label
    choose(at, "Reference year", YEAR - 3)
    assert not at.checkbox


@pytest.mark.parametrize("carries", [True, False])
def test_answers_come_along_only_when_they_are_asked_for(carries: bool, own: Store) -> None:
    earlier = opened(own, YEAR - 1, [answered(PRACTICES[0], 2, note="Since May.")], "FJ")
    at = choose(visit(START), "Administration", "FJ")
    at.checkbox[0].set_value(carries)
    run(at)
    at = press(at, "Begin")
    sheet = service.sheet(LOCAL, own, started(at, own).id)
    assert (sheet.receipt.source.id if sheet.receipt else "") == (earlier if carries else "")
    assert sheet.standing(PRACTICES[0]) == ("to_confirm" if carries else "")
    assert (f"To confirm: Partly, as in {YEAR - 1}" in all_shown(at)) == carries
    assert ("Since May." in all_shown(at)) == carries


def test_when_nothing_can_be_carried_over_no_round_is_opened(own: Store) -> None:
    earlier = opened(own, YEAR - 1, [], "FJ")
    at = choose(visit(START), "Administration", "FJ")
    at.checkbox[0].set_value(True)
    at = press(run(at), "Begin")
    assert "Nothing was answered in this round." in refusals(at)[0].replace("&#46;", ".")
    assert [one.id for one in service.rounds(LOCAL, own)] == [earlier]
