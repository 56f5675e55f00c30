"""The values of a sentence are written as the reader's language writes them."""

from datetime import date

import pytest

from arusha.i18n import translator
from arusha.plans.progress.telling import told, written

T = translator("en")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("share", 0.8, "80%"),
        ("way", 1, "100%"),
        ("reached", 71.0, "71"),
        ("reached", 1234.5, "1,234.5"),
        ("low", 78.3333, "78.3"),
        ("high", 1234.5, "1,230"),
        ("months", 12, "12"),
        ("period", "2024/25", "2024/25"),
        ("name", "80% of posts", "80% of posts"),
        ("target", None, "–"),
        ("day", date(2024, 12, 31), "31 December 2024"),
    ],
)
def test_a_value_is_written_as_what_it_is(name, value, shown):
    assert written(T, name, value) == shown


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_a_day_is_the_same_day_everywhere(zone):
    assert written(translator("en", zone), "day", date(2024, 12, 31)) == "31 December 2024"


def test_a_sentence_is_told_with_its_values():
    assert told(T, "{share} of {reached}.", {"share": 0.5, "reached": 3.0, "way": None}) == "50% of 3."


def test_numbers_follow_the_language():
    assert written(translator("fr"), "reached", 0.5) == "0,5"
