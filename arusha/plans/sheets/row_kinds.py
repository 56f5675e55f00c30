"""What each row below a work plan's headings is: a goal, an activity, an expected impact, or nothing.

Our own tables say so in a hidden column. In any other it is told by words, merged cells and numbers.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping

from arusha.exchange.reading import EMPTY, Found, Kind
from arusha.plans.sheets import naming
from arusha.plans.sheets.grid import Grid
from arusha.plans.sheets.work_plan import ACTIVITY, GOAL, IDS, IMPACT_ROW
from arusha.plans.tables.work_plan import COLUMNS, plain

DOWNWARDS = ("stakeholders", "output", "status", "indicator", "outcome")
"""Columns in which one text may be merged over several activities: it is then said of each."""
NUMBERED = re.compile(r"(\d+(?:\.\d+)*|[IVX]+)\s*[.:)–—-]\s*(\S.*)", re.DOTALL)
NUMBER_OF_GOAL = re.compile(r"\d+\.?|[IVX]+\.?|[A-Z]\.?")
AFTER_A_LABEL = " \t\n.:–—-"


class Kinds:
    """The rows of one sheet, and the words by which they are told apart."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._impacts, self._goals = naming.impacts(), naming.goal_words()

    def filled(self, row: int) -> dict[str, Found]:
        """Return what stands in a row by column; a text merged over several activities counts for each."""
        cells = {}
        for key in COLUMNS:
            one = self._grid.at(row, key)
            if one.kind is Kind.EMPTY and key in DOWNWARDS:
                one = self._from_above(row, self._grid.columns[key])
            if one.kind is not Kind.EMPTY and (not isinstance(one.value, str) or one.value.strip()):
                cells[key] = one
        return cells

    def _from_above(self, row: int, column: int) -> Found:
        area = self._grid.merged_at(row, column)
        if area is None or area.left != area.right or area.top <= self._grid.head:
            return EMPTY
        return self._grid.page.at(area.top, column)

    def own(self, row: int) -> str:
        """Return what our own hidden column says of a row, '' when there is none."""
        value = self._grid.at(row, IDS).value if IDS in self._grid.columns else None
        kind = value.partition(":")[0] if isinstance(value, str) else ""
        return str(value) if kind in (GOAL, ACTIVITY, IMPACT_ROW) else ""

    def of(self, row: int, filled: Mapping[str, Found]) -> tuple[str, str]:
        """Return what a row is, '' for nothing, and its permanent id, '' when nobody knows."""
        kind, _, id_ = self.own(row).partition(":")
        return (kind, id_) if kind else (self._told(row, filled), "")

    def is_goal_above(self, row: int) -> bool:
        """Return whether a row above the headings names a goal, as where each goal has a table of its own."""
        first = next(iter(self.filled(row).values()), EMPTY)
        text = str(first.value or "")
        return first.kind is Kind.TEXT and self._bare(text) != text

    def _told(self, row: int, filled: Mapping[str, Found]) -> str:
        if all(self._grid.at(row, key).kind is Kind.EMPTY for key in filled) or self._is_head(row, filled):
            return ""
        first = plain(str(next(iter(filled.values())).value or ""))
        if first.startswith(self._impacts):
            return IMPACT_ROW
        if first.startswith(self._goals) and len(filled) <= 2:
            return GOAL
        is_heading = set(filled) <= {"number", "activity"} and self._is_heading(row, filled)
        return GOAL if is_heading else ACTIVITY

    def _is_head(self, row: int, filled: Mapping[str, Found]) -> bool:
        """Return whether a row says the headings once more."""
        head = self._grid.head
        return sum(one == self._grid.at(head, key) for key, one in filled.items()) >= 3

    def _is_heading(self, row: int, filled: Mapping[str, Found]) -> bool:
        if any(self._spans(row, key) for key in filled):
            return True
        number = str(filled["number"].value or "").strip() if "number" in filled else ""
        if "activity" in filled:
            return NUMBER_OF_GOAL.fullmatch(number) is not None
        return re.fullmatch(r"[\d.]+", number) is None

    def _spans(self, row: int, key: str) -> bool:
        area = self._grid.merged_at(row, self._grid.columns[key])
        return area is not None and area.top == area.bottom and area.right - area.left >= 2

    def parted(self, number: str, title: str) -> tuple[str, str]:
        """Return number and title of a goal whose row may say both in one cell: "Goal 2: Openness"."""
        said = self._bare(number)
        if title and self._bare(title) != title:
            said = f"{said} {self._bare(title)}".strip()
        elif title:
            return said.rstrip(".:)"), title
        parted = NUMBERED.fullmatch(said)
        return (parted[1], parted[2].strip()) if parted else ("", said)

    def _bare(self, text: str) -> str:
        """Return a heading without the word that calls it a goal, when a number follows that word."""
        rest = _after(text, self._goals)
        return rest if rest is not None and re.match(r"\d|[IVX]+\b", rest) else text

    def without_label(self, text: str) -> str:
        """Return an expected impact without the words that call it so."""
        rest = _after(text, self._impacts)
        return text if rest is None else rest


def _after(text: str, labels: tuple[str, ...]) -> str | None:
    """Return what follows a label at the beginning of a text, None when it begins with none."""
    label = next((one for one in labels if plain(text).startswith(one)), None)
    if label is None:
        return None
    end = bisect_left(range(len(text)), len(label), key=lambda end: len(plain(text[:end])))
    return text[end:].lstrip(AFTER_A_LABEL)
