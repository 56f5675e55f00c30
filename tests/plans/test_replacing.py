"""An indicator revised or replaced: with a reason, and nothing of the old one is lost."""

from dataclasses import replace
from datetime import date

import pytest

from arusha.plans.replacing import Wanted, replaced, revised
from questionnaires.problems import Refused
from tests.plans.building import indicator

OLD = indicator(number="1.a", verification="Register", every="half", owner="Audit")
WANTED = Wanted(
    "Said better", "%", "down", "survey", "file 3", "It could not be measured.", date(2022, 12, 31)
)


def test_revised_words_stay_with_the_same_indicator() -> None:
    (found,) = revised(OLD, WANTED)
    assert (found.id, found.number, found.title) == (OLD.id, OLD.number, "Said better")
    assert (found.unit, found.direction, found.every) == ("%", "down", "half")


def test_what_takes_its_place_says_so_and_the_old_one_says_why() -> None:
    ended, new = replaced(OLD, WANTED, "pnew0001")
    assert ended == OLD.model_copy(update={"ended": WANTED.ended, "ended_because": WANTED.reason})
    assert (new.id, new.replaces, new.ended, new.within) == ("pnew0001", OLD.id, None, OLD.within)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_changes(reason: str) -> None:
    wanted = replace(WANTED, reason=reason)
    for change in (lambda: revised(OLD, wanted), lambda: replaced(OLD, wanted, "pnew0001")):
        with pytest.raises(Refused) as refusal:
            change()
        (problem,) = refusal.value.problems
        assert problem.fault == "Nothing says why the indicator is changed."
        assert problem.remedy == "Give the reason; both versions are kept."


def test_words_that_cannot_be_kept_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        revised(OLD, replace(WANTED, unit="x" * 61))
    assert refusal.value.problems[0].fault == "The text is longer than {most} characters."
