"""What a sheet of a questionnaire's workbook is: its columns, and what each of them takes.

Above the rows stand a title, a line of help, the headings in the reader's language, and the keys. The
keys are the format's own (``questionnaires/README.md``) and the same in every language: they are read back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from questionnaires.problems import N_

HEADINGS, KEYS, FIRST = 3, 4, 5  # rows
YES, NO = "yes", "no"
WORKBOOK = "1"  # the layout of the workbook; another one cannot be read back
UNCHANGED_IDS = N_("Ids are for ever: what is there stays. A new entry gets its id in a row at the end.")
A_LIST = N_("Names with commas between.")
MOST_SHOWN = 230  # characters of the words beside a cell; the format takes 255


class Takes(Enum):
    """What may stand in a column's cells."""

    NAME = "name"
    TEXT = "text"
    LIST = "list"
    NUMBER = "number"
    WHOLE = "whole"
    TRUTH = "truth"
    AID = "aid"  # shown for orientation, never read


@dataclass(frozen=True)
class Live:
    """A formula of ours: it shows what stands in another cell, or how a row stands now.

    ``shown`` is what it shows when the workbook is written, so that its row can be made high enough.
    """

    formula: str
    shown: str = ""


Value = str | float | int | bool | Live | Sequence[str] | None
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Column:
    """One column: its key and heading, its width in characters, and what its cells take.

    ``words`` are offered to choose from, ``source`` is a range of cells that holds them; ``least`` and
    ``most`` bound a number. ``locked`` cells can be written in new rows only.
    """

    key: str
    heading: str
    width: float
    takes: Takes = Takes.NAME
    help: str = ""
    words: tuple[str, ...] = ()
    source: str = ""
    least: float = 0
    most: float = 0
    locked: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Plan:
    """A sheet: its name, which is the same in every language, title, help, columns, and spare rows."""

    name: str
    title: str
    help: str
    columns: tuple[Column, ...]
    spare: int = 0
    frozen: int = 1

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the columns."""
        return tuple(column.key for column in self.columns)
