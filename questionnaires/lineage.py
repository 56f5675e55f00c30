"""Which of two editions is the later one, and which editions lie between them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Refused, refuse


def goes_on(earlier: Questionnaire, later: Questionnaire) -> bool:
    """Return whether one edition is the other, or the next one after it."""
    return earlier.id in (later.id, later.structure.follows)


def later_of(old: Questionnaire, new: Questionnaire, between: Sequence[Questionnaire] = ()) -> Questionnaire:
    """Return which of two editions follows the other, ``new`` when they are one and the same.

    ``between`` are the editions on the way from ``old`` to ``new``. Raises ``Refused`` when there is no way.
    """
    way = (old, *between, new)
    if all(goes_on(earlier, later) for earlier, later in pairwise(way)):
        return new
    if all(goes_on(earlier, later) for later, earlier in pairwise(way)):
        return old
    raise unrelated(old, new)


def editions_between(
    old: Questionnaire, new: Questionnaire, find: Callable[[str], Questionnaire]
) -> tuple[Questionnaire, ...]:
    """Return the editions that lie between two, on the way from ``old`` to ``new``; either may be the later.

    ``find`` gives an edition by its id, as ``loading.edition`` does. Raises ``Refused`` when there is no way.
    """
    back = _way_back(new, old.id, find)
    if back is not None:
        return tuple(reversed(back))
    onward = _way_back(old, new.id, find)
    if onward is None:
        raise unrelated(old, new)
    return tuple(onward)


def _way_back(
    later: Questionnaire, goal: str, find: Callable[[str], Questionnaire]
) -> list[Questionnaire] | None:
    """Return the editions from the one before ``later`` back to the one after ``goal``, if there is a way."""
    if later.id == goal:
        return []
    way: list[Questionnaire] = []
    seen, name = {later.id, ""}, later.structure.follows
    while name != goal and name not in seen:
        seen.add(name)
        way.append(find(name))
        name = way[-1].structure.follows
    return way if name == goal else None


def unrelated(old: Questionnaire, new: Questionnaire) -> Refused:
    """Return the refusal of two editions of which neither follows the other."""
    values = {"new": new.id, "old": old.id, "followed": new.structure.follows}
    fault = N_("The edition {new} does not follow {old}, nor the other way round.")
    if new.structure.follows:
        return refuse(
            new.id, fault, N_("Choose two editions of one line; {new} follows {followed}."), **values
        )
    return refuse(new.id, fault, N_("Choose two editions of one line; {new} follows none."), **values)
