"""Refusals about plans as a person reads them: days, moments and people in the reader's own words."""

from dataclasses import replace
from datetime import date, datetime

from arusha.access.gate import Here
from arusha.access.pages.names import names_of
from arusha.ui.parts import notices
from questionnaires.problems import Problem, Refused


def refused(here: Here, refusal: Refused) -> None:
    """Show every problem of a refusal: place, fault, remedy."""
    notices.refused(here.t, Refused(_readable(here, one) for one in refusal.problems))


def in_words(here: Here, refusal: Refused) -> str:
    """Return faults and remedies of a refusal as one text, for the field that they are about."""
    return " ".join(here.t.problem(_readable(here, one)) for one in refusal.problems)


def _readable(here: Here, problem: Problem) -> Problem:
    values = {name: _word(here, name, value) for name, value in problem.values.items()}
    return replace(problem, values=values)


def _word(here: Here, name: str, value: object) -> object:
    if isinstance(value, datetime):
        return here.t.moment(value)
    if isinstance(value, date):
        return here.t.day(value)
    return names_of(here).get(str(value), value) if name == "who" else value
