"""How near two lines of a work plan are, by their words and by their letters.

The measure is the house's own: of two texts the greater of difflib's ratio (Ratcliff and Obershelp) and the
share of words in common (Dice's coefficient); of two lines three quarters from the activity and one from its
output. Only the beginning of long texts is compared.
"""

from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from arusha.plans.tables.work_plan import Line, plain

COMPARED = 160  # characters of a text
OF_OUTPUT = 0.25
HOPELESS = 0.2  # how far pairs of letters in common may be below a ratio that counts


def likeness(one: Line, other: Line, least: float = 0.0) -> float:
    """Return how near two lines are, from 0 to 1: their activities, and their outputs where both name one.

    What is below ``least`` need not be exact.
    """
    if not (_short(one.output) and _short(other.output)):
        return _near(_short(one.activity), _short(other.activity), least)
    needed = (least - OF_OUTPUT) / (1 - OF_OUTPUT)
    activity = _near(_short(one.activity), _short(other.activity), needed)
    if activity < needed:
        return activity * (1 - OF_OUTPUT)
    return (1 - OF_OUTPUT) * activity + OF_OUTPUT * _near(_short(one.output), _short(other.output), 0.0)


@lru_cache(maxsize=10_000)
def _short(text: str) -> str:
    return plain(text)[:COMPARED]


@lru_cache(maxsize=10_000)
def _bags(text: str) -> tuple[Counter[str], Counter[str]]:
    """Return how often each word, and each pair of letters, stands in a text."""
    return Counter(text.split()), Counter(map("".join, pairwise(text)))


def of_titles(one: str, other: str) -> float:
    """Return how near two texts are, from 0 to 1."""
    return _near(_short(one), _short(other), 0.0)


def words_in_common(one: Line, other: Line) -> float:
    """Return the share of words that the activities of two lines have in common, from 0 to 1."""
    return _shared(_bags(_short(one.activity))[0], _bags(_short(other.activity))[0])


def _near(one: str, other: str, least: float) -> float:
    if one == other:
        return 1.0 if one else 0.0
    (words, pairs), (other_words, other_pairs) = _bags(one), _bags(other)
    dice = _shared(words, other_words)
    if _shared(pairs, other_pairs) < max(dice, least) - HOPELESS:
        return dice  # the ratio costs much, and would not come near
    return max(dice, SequenceMatcher(None, min(one, other), max(one, other), autojunk=False).ratio())


def _shared(one: Counter[str], other: Counter[str]) -> float:
    both = one.keys() & other.keys()
    return (
        2 * sum(min(one[name], other[name]) for name in both) / (one.total() + other.total()) if both else 0.0
    )
