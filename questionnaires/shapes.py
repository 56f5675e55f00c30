"""Raw TOML -> typed model, turning each fault of shape into a problem a writer can act on.

A faulty entry is reported, mended in memory and read again, so that one fault hides no other. What
cannot be known becomes a *hole*: an empty name or a harmless value that the rules of ``checking`` pass over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from questionnaires.expectations import Place, expected, hole, keys_of
from questionnaires.model import HOLE
from questionnaires.problems import Problem, near, printable
from questionnaires.wording import said_of, shown_entry

Shape = TypeVar("Shape", bound=BaseModel)

ROUNDS = 12  # a mended entry shows what is inside it; the format is less deep than this
MOST = 300  # faults told of one file
KEY = "[key]"  # pydantic's mark that the key is faulty and not its value
RULES = ("id", "words", "text")  # what a key can break
TABLES = ("factors", "practices", "measures", "steps")  # their entries go by their own id
LISTED = ("scales", "meanings")  # their entries go by table and id


@dataclass
class Reading(Generic[Shape]):
    """What could be read of a file: the model, every fault of shape, and the places of its holes."""

    model: Shape | None = None
    problems: list[Problem] = field(default_factory=list)
    holes: set[Place] = field(default_factory=set)


@dataclass(frozen=True)
class Gaps:
    """What could not be read, so that no rule complains of what only follows from it.

    ``holes`` are places in the structure, ``tags`` the languages of files that are there but unreadable.
    """

    holes: frozenset[Place] = frozenset()
    tags: tuple[str, ...] = ()
    followed: bool = False

    def has(self, *place: int | str) -> bool:
        """Return whether what stands at a place, or around it, could not be read."""
        return any(place[:depth] in self.holes for depth in range(1, len(place) + 1))


NO_GAPS = Gaps()


def shape(place: str, raw: dict[str, Any], model: type[Shape]) -> Reading[Shape]:
    """Read ``raw``, which is mended in the course of it, as ``model``."""
    mending = _Mending(place, raw, model)
    for _ in range(ROUNDS):
        try:
            found = model.model_validate(raw, context=mending.excused)
            return Reading(found, mending.problems, mending.holes)
        except ValidationError as error:
            for fault in _causes(raw, error.errors(include_url=False)):
                mending.take(fault)
    return Reading(None, mending.problems, mending.holes)


def _causes(raw: Any, faults: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return the faults that follow from no other, so ordered that mending one moves none of the rest."""
    causes = [fault for fault in faults if not _is_echo(raw, fault)]
    return sorted(causes, key=_turn)


def _turn(fault: ErrorDetails) -> tuple[int, int]:
    """Put unknown keys first, since one may be a missing key, and faulty keys last, innermost first."""
    if fault["type"] == "extra_forbidden":
        return 0, 0
    return (2, -len(fault["loc"])) if _is_of_key(fault) else (1, 0)


def _is_of_key(fault: ErrorDetails) -> bool:
    """Tell a fault of a key from one of the value of a key that a writer called like the mark."""
    return fault["loc"][-1] == KEY and fault["type"] in RULES and fault["loc"][-2:-1] == (fault["input"],)


def _is_echo(raw: Any, fault: ErrorDetails) -> bool:
    """Pydantic calls a list too short also when it only has faulty entries."""
    return fault["type"] == "too_short" and len(_at(raw, fault["loc"])) >= fault["ctx"]["min_length"]


@dataclass
class _Mending:
    """One file on its way to a model: what was told of it, and what is excused until the end."""

    place: str
    raw: dict[str, Any]
    model: type[BaseModel]
    problems: list[Problem] = field(default_factory=list)
    holes: set[Place] = field(default_factory=set)
    excused: set[str] = field(default_factory=set)

    def take(self, fault: ErrorDetails) -> None:
        """Tell of a fault and mend it."""
        self.excused.add(HOLE)
        loc = fault["loc"]
        is_of_key = _is_of_key(fault)
        *above, key = loc[:-1] if is_of_key else loc
        parents = tuple(above)
        table = _at(self.raw, parents)
        if fault["type"] == "extra_forbidden":
            self._rename(fault, parents, str(key), table)
        elif fault["type"] == "missing" and key in table:
            return  # it was there, misspelt
        else:
            self._tell(fault, parents, key)
            self._fill(fault, (*parents, key), table, is_of_key)

    def _rename(self, fault: ErrorDetails, parents: Place, key: str, table: dict[str, Any]) -> None:
        """Read an unknown key as the known one it probably is, before all one that is not there yet."""
        known = [str(name) for name in keys_of(expected(self.model, parents))]
        meant = near(key, [name for name in known if name not in table]) or near(key, known)
        self._tell(fault, parents, key, meant)
        value = table.pop(key)
        if meant:
            table.setdefault(meant, value)

    def _fill(self, fault: ErrorDetails, loc: Place, table: Any, is_of_key: bool) -> None:
        """Excuse a faulty id, which still tells entries apart; put a hole where nothing can be known."""
        key = loc[-1]
        if fault["type"] in ("id", "practice_id") and loc not in (("follows",), ("extends",)):
            self.excused.add(fault["input"])
        elif is_of_key:
            table[HOLE] = table.pop(key, {})
        else:
            self.holes.add(loc)
            empty = hole(expected(self.model, loc))
            table[key] = [*table[key], *empty] if fault["type"] == "too_short" else empty

    def _tell(self, fault: ErrorDetails, parents: Place, key: int | str, meant: str = "") -> None:
        if len(self.problems) >= MOST:
            return
        where = " · ".join([self.place, *_names(self.raw, parents)])
        entry = shown_entry(key, fault["input"], parents[-1] if parents else "")
        if _is_of_key(fault):
            entry = printable(str(key))
        allowed = tuple(str(word) for word in get_args(expected(self.model, (*parents, key))))
        self.problems.append(said_of(where, fault, key, entry, meant, allowed))


def _at(raw: Any, place: Place) -> Any:
    for step in place:
        raw = raw[step]
    return raw


def _names(raw: Any, parents: Place) -> Iterator[str]:
    """Yield what a writer calls a place: the practice, or else the factor or table, and what is inside it."""
    names = []
    for depth, step in enumerate(parents):
        table = parents[depth - 1] if depth else ""
        if isinstance(step, int):
            names.append(_id_in(_at(raw, parents[: depth + 1])) or f"{table} #{step + 1}")
        elif depth + 1 == len(parents) or step not in (*TABLES, *LISTED):
            names.append(f"{table}.{printable(step)}" if table in LISTED else printable(step))
    is_in_named_practice = parents[2:3] == ("practices",) and len(names) > 1 and "." in names[1]
    yield from names[1:] if is_in_named_practice else names


def _id_in(entry: Any) -> str:
    found = entry.get("id") if isinstance(entry, dict) else None
    return printable(found) if isinstance(found, str) else ""
