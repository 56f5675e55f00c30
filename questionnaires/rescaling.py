"""Which step of another scale stands for a step, so that a change of form lifts nobody."""

from questionnaires.model import Scale
from questionnaires.problems import N_

EQUAL = N_("The same is asked on another scale: the step of the same value is proposed.")
LOWER = N_("The same is asked on another scale, which has no step of this value: the next lower is proposed.")
FIRST = N_("The same is asked on another scale, which has no step of this value: the first is proposed.")


def mapped(step: str, old: Scale, new: Scale) -> tuple[str, str]:
    """Return the step id of the new scale that is proposed for a step id of the old one, and why.

    It is the step of the same value, else the next lower one. The first step goes to the first, and so does
    one below which the new scale has nothing: there alone the value can rise.
    """
    number = old.numbers[step]
    value = old.steps[number].value
    lower = [one for one in new.steps if one.value <= value]
    if lower and lower[-1].value == value:
        return lower[-1].id, EQUAL
    if lower and number:
        return lower[-1].id, LOWER
    return new.steps[0].id, FIRST
