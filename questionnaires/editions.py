"""What became of each practice from one edition to another, and which may honestly be compared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from questionnaires.lineage import goes_on, later_of, unrelated
from questionnaires.model import Questionnaire

Joined = Literal["same", "indirect", "subject"]
Class = Literal["same", "indirect", "subject", "new", "dropped"]
JOINED: tuple[Joined, ...] = ("same", "indirect", "subject")  # from the strongest to the weakest
CLASSES: tuple[Class, ...] = (*JOINED, "new", "dropped")
FACTS = ("is_renamed", "is_split", "is_merged", "is_rescaled", "is_moved")
Pairs = Mapping[tuple[str, str], Joined]


@dataclass(frozen=True)
class Why:
    """A sentence of the message catalogue with the ``values`` that fill it: ``t(why.text, **why.values)``."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format_map(self.values)


@dataclass(frozen=True)
class Line:
    """What became of one practice in one other: two ids, of which ``""`` stands for none.

    Split: the earlier one goes on in several. Merged: several go on here. Rescaled: the scale has other
    steps. Moved: it stands in another factor. None of these is true of what is new or dropped.
    """

    earlier: str
    practice: str
    class_: Class
    is_renamed: bool = False
    is_split: bool = False
    is_merged: bool = False
    is_rescaled: bool = False
    is_moved: bool = False

    @property
    def is_comparable(self) -> bool:
        """Return whether two answers measure the same: the same is asked, on the same scale."""
        return self.class_ == "same" and not self.is_rescaled

    def as_dict(self) -> dict[str, Any]:
        """Return the line as JSON's own types; the class is under ``class``."""
        named = {"earlier": self.earlier, "practice": self.practice, "class": self.class_}
        return named | {name: getattr(self, name) for name in FACTS}


def comparability(
    old: Questionnaire, new: Questionnaire, between: Sequence[Questionnaire] = ()
) -> tuple[Line, ...]:
    """Return what became of each practice from ``old`` to ``new``, in the order of ``new``, dropped last.

    ``between`` are the editions from one to the other, in that order, as ``lineage.editions_between`` finds
    them. ``old`` may also be the later one: the table is then turned round, and what was new reads as
    dropped. Raises ``Refused`` when the editions do not follow each other.
    """
    if later_of(old, new, between) is new:
        return chain((old, *between, new))
    there = _pairs((new, *reversed(between), old))
    return tuple(_lines(old, new, {(one, other): class_ for (other, one), class_ in there.items()}))


def chain(editions: Sequence[Questionnaire]) -> tuple[Line, ...]:
    """Return what became of each practice of the first edition in the last; each one follows the one before.

    Where there are editions on the way, the weakest class wins, and what was dropped once stays dropped.
    ``editions`` are one or more. Raises ``Refused`` when one does not follow the one before.
    """
    for earlier, later in pairwise(editions):
        if not goes_on(earlier, later):
            raise unrelated(earlier, later)
    return tuple(_lines(editions[0], editions[-1], _pairs(editions)))


def comparable(
    old: Questionnaire, new: Questionnaire, between: Sequence[Questionnaire] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the pairs (practice of ``old``, practice of ``new``) two rounds may honestly be compared on.

    These ask the same on the same scale. National practices are among them: whoever scores leaves them out.
    Raises ``Refused`` as ``comparability`` does.
    """
    lines = comparability(old, new, between)
    return tuple((line.earlier, line.practice) for line in lines if line.is_comparable)


def _pairs(editions: Sequence[Questionnaire]) -> Pairs:
    """Return the class of each pair of practices of the first edition and the last.

    National practices go on by their id: they are asked beside an edition, and none tells of them.
    """
    first, last = editions[0], editions[-1]
    joined: Pairs = {(name, name): "same" for name in first.practices}
    for earlier, later in pairwise(editions):
        joined = _composed(joined, _joined(earlier, later))
    national = [name for name in last.practices if last.practices[name].national and name in first.practices]
    return {**joined, **{(name, name): "same" for name in national}}


def _joined(earlier: Questionnaire, later: Questionnaire) -> Pairs:
    """Return the class of each pair of practices of an edition and the next one, or of the same one."""
    if earlier.id == later.id:
        return {(name, name): "same" for name in later.practices}
    return {
        (name, practice.id): practice.follows.class_
        for practice in later.practices.values()
        if practice.follows
        for name in practice.follows.ids
    }


def _composed(first: Pairs, second: Pairs) -> Pairs:
    """Return the pairs over both ways, each with the weakest class that was met."""
    onward: dict[str, list[tuple[str, Joined]]] = {}
    for (middle, last), class_ in second.items():
        onward.setdefault(middle, []).append((last, class_))
    found: dict[tuple[str, str], Joined] = {}
    for (start, middle), class_ in first.items():
        for last, next_class in onward.get(middle, ()):
            so_far = found.get((start, last), "same")
            found[start, last] = max(so_far, class_, next_class, key=JOINED.index)
    return found


def _lines(old: Questionnaire, new: Questionnaire, joined: Pairs) -> Iterator[Line]:
    """Yield the lines in the order of the new edition, then of the old one; dropped practices last."""
    goes_to, comes_from = Counter(one for one, _ in joined), Counter(two for _, two in joined)
    for name in new.practices:
        for earlier in old.practices if name in comes_from else ():
            if (earlier, name) in joined:
                class_ = joined[earlier, name]
                yield _line(old, new, (earlier, name), class_, goes_to[earlier] > 1, comes_from[name] > 1)
        if name not in comes_from:
            yield Line("", name, "new")
    yield from (Line(name, "", "dropped") for name in old.practices if name not in goes_to)


def _line(
    old: Questionnaire,
    new: Questionnaire,
    pair: tuple[str, str],
    class_: Joined,
    is_split: bool,
    is_merged: bool,
) -> Line:
    earlier, name = pair
    scales = (
        old.scale_of(old.practices[earlier]).steps,
        new.scale_of(new.practices[name]).steps,
    )
    return Line(
        earlier,
        name,
        class_,
        is_renamed=earlier != name,
        is_split=is_split,
        is_merged=is_merged,
        is_rescaled=scales[0] != scales[1],
        is_moved=old.factor_of[earlier].id != new.factor_of[name].id,
    )
