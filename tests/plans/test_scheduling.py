"""When a measure can be done: whole months with room, not on everybody's last day."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.plans.checkup.workloads import Span, at_once, heaviest
from arusha.plans.scheduling import deadline, month_end, slot
from tests.plans.building import header

TODAY = date(2021, 9, 15)


def span(start: date, end: date, owner: str = "") -> Span:
    return Span(start, end, owner)


@pytest.mark.parametrize(
    ("today", "months", "start", "end"),
    [
        (date(2021, 9, 15), 2, date(2021, 10, 1), date(2021, 11, 30)),
        (date(2021, 9, 15), 3, date(2021, 10, 1), date(2022, 1, 31)),  # not 31 December
        (date(2021, 9, 30), 1, date(2021, 10, 1), date(2021, 10, 31)),
        (date(2019, 1, 1), 2, date(2020, 1, 1), date(2020, 2, 29)),  # not before the plan
        (date(2025, 9, 15), 2, date(2025, 10, 1), date(2025, 11, 30)),
        (
            date(2025, 9, 15),
            3,
            date(2025, 10, 1),
            date(2025, 11, 30),
        ),  # not on the last day of the plan
        (date(2025, 7, 15), 12, date(2025, 8, 1), date(2025, 11, 30)),  # what is left of the plan
        (date(2025, 11, 15), 4, date(2025, 12, 1), date(2025, 12, 31)),  # nothing else is left
    ],
)
def test_a_measure_takes_the_next_whole_months(today: date, months: int, start: date, end: date) -> None:
    assert slot((), header(), "", months, today) == span(start, end)


def test_a_measure_does_not_end_on_the_last_day_of_the_plan() -> None:
    head = header(end=date(2022, 6, 30))
    assert slot((), head, "", 2, date(2022, 4, 15)) == span(date(2022, 5, 1), date(2022, 5, 31))
    assert slot((), head, "", 2, date(2022, 3, 15)) == span(date(2022, 4, 1), date(2022, 5, 31))


def test_a_plan_that_begins_amid_a_month_has_its_first_whole_month_next() -> None:
    found = slot((), header(start=date(2020, 3, 2)), "", 2, date(2019, 1, 1))
    assert found == span(date(2020, 4, 1), date(2020, 5, 31))


def test_where_nothing_fits_it_goes_where_least_is() -> None:
    head = header(start=date(2022, 1, 1), end=date(2022, 9, 30), most_a_quarter=1)
    ends = (date(2022, 3, 31), date(2022, 3, 31), date(2022, 6, 30), date(2022, 8, 31), date(2022, 8, 31))
    carried = [span(date(2022, 1, 1), end, "Somebody else") for end in ends]
    found = slot(carried, head, "", 2, TODAY)
    assert found == span(date(2022, 3, 1), date(2022, 4, 30))


def test_the_deadline_is_three_months_after_the_work_and_within_the_plan() -> None:
    assert deadline(span(date(2021, 1, 1), date(2021, 11, 30)), header()) == date(2022, 2, 28)
    assert deadline(span(date(2021, 1, 1), date(2025, 11, 30)), header()) == date(2025, 12, 31)
    assert deadline(None, header()) == date(2025, 12, 31)


def test_months_end_on_their_last_day() -> None:
    assert month_end(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert month_end(date(2021, 12, 5)) == date(2021, 12, 31)
    assert month_end(date(2021, 12, 31), -1) == date(2021, 11, 30)


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 31))
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda days: span(min(days), max(days))), max_size=8)


@settings(max_examples=80, deadline=None)
@given(SPANS, DAYS, DAYS)
def test_the_heaviest_day_is_the_heaviest_of_all_days(carried: list[Span], one: date, other: date) -> None:
    first, last = sorted((one, other))
    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    counts = [at_once(carried, day) for day in days]
    assert heaviest(carried, first, last) == (max(counts), days[counts.index(max(counts))])
