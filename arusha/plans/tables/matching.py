"""Which activity of a plan each line of a work plan table is, though numbers shift from year to year.

By the permanent id; else by the same text; else by the nearest text within the goal. A line whose nearest
activity is doubtful is never matched silently: a person decides.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from arusha.plans.model import Goal, Plan
from arusha.plans.tables.likeness import likeness, of_titles, words_in_common
from arusha.plans.tables.work_plan import Line, Section, Table, line_of, plain

SURE, DOUBTFUL = 0.85, 0.60
ELSEWHERE, IN_COMMON = 0.80, 0.5  # from which likeness, and words in common, another goal's is a doubt
CLOSE = 0.08  # two candidates this near to one another are a doubt
MOST_CANDIDATES = 3

How = Literal["id", "text", "similar", "decided", "doubtful", "new"]


@dataclass(frozen=True)
class Candidate:
    """An activity that a line could be, and how near its text is, from 0 to 1."""

    activity: str
    score: float


@dataclass(frozen=True)
class Match:
    """What a line of the table is: an activity of the plan, a new one (``activity_id`` None), or a doubt."""

    row: int
    activity_id: str | None
    how: How
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Matching:
    """Every line's match by row, and row of a goal's heading -> the goal of the plan, None for a new one."""

    lines: Mapping[int, Match]
    goals: Mapping[int, str | None]

    @property
    def doubtful(self) -> tuple[Match, ...]:
        """Return the lines that a person has to decide about."""
        return tuple(match for match in self.lines.values() if match.how == "doubtful")

    @property
    def matched(self) -> int:
        """Return how many lines are an activity of the plan."""
        return sum(match.activity_id is not None for match in self.lines.values())

    @property
    def new(self) -> int:
        """Return how many lines are new activities."""
        return sum(match.how == "new" or is_new(match) for match in self.lines.values())


def is_new(match: Match) -> bool:
    """Return whether a person decided that a line is a new activity."""
    return match.how == "decided" and match.activity_id is None


def matches(plan: Plan, table: Table, decided: Mapping[int, str] | None = None) -> Matching:
    """Return what each line of a table is; ``decided`` is row -> activity id, or '' for a new one."""
    search = _Search(plan, table, decided or {})
    search.by_decision()
    search.by_id()
    search.by_text()
    goals = _goals(plan, table, search.found)
    search.by_likeness(goals)
    ordered = {line.row: search.found.get(line.row, Match(line.row, None, "new")) for line in table.lines}
    return Matching(ordered, goals)


class _Search:
    """The lines that were found so far, and the activities that are still free."""

    def __init__(self, plan: Plan, table: Table, decided: Mapping[int, str]) -> None:
        self._plan, self._table, self._decided = plan, table, decided
        self._lines = {activity.id: line_of(plan, activity) for activity in plan.activities}
        self._free = dict(self._lines)
        self.found: dict[int, Match] = {}

    def _take(self, row: int, activity: str | None, how: How) -> None:
        self.found[row] = Match(row, activity, how)
        if activity is not None:
            self._free.pop(activity, None)

    def _left(self) -> Iterator[tuple[Section, Line]]:
        for section in self._table.sections:
            yield from ((section, line) for line in section.lines if line.row not in self.found)

    def by_decision(self) -> None:
        """Take what a person decided."""
        for line in self._table.lines:
            wanted = self._decided.get(line.row)
            if wanted in self._free or wanted == "":
                self._take(line.row, wanted or None, "decided")

    def by_id(self) -> None:
        """Take the lines that bear a permanent id of this plan."""
        for _, line in list(self._left()):
            if line.id in self._free:
                self._take(line.row, line.id, "id")

    def by_text(self) -> None:
        """Take the lines whose text one activity has, first with the same output, then wherever it stands."""
        for parts in (
            ("activity", "output", "goal"),
            ("activity", "output"),
            ("activity", "goal"),
            ("activity",),
        ):
            titles = {section.row: section.title for section in self._table.sections}
            known: dict[tuple[str, ...], list[str]] = {}
            for id_, line in self._free.items():
                known.setdefault(self._key(line, self._goal_title(line.goal), parts), []).append(id_)
            wanted = [(self._key(line, titles[s.row], parts), line.row) for s, line in self._left()]
            asked = Counter(key for key, _ in wanted)
            for key, row in wanted:
                if key[0] and asked[key] == 1 and len(known.get(key, ())) == 1:
                    self._take(row, known[key][0], "text")

    def _goal_title(self, goal: str) -> str:
        return self._plan.by_id[goal].title if goal in self._plan.by_id else ""

    def _key(self, line: Line, goal: str, parts: Iterable[str]) -> tuple[str, ...]:
        return tuple(plain(goal if part == "goal" else getattr(line, part)) for part in parts)

    def by_likeness(self, goals: Mapping[int, str | None]) -> None:
        """Take the nearest text within the goal where it is beyond doubt; keep the doubtful ones apart."""
        near = {line.row: self._candidates(line, goals[section.row]) for section, line in self._left()}
        pairs = sorted(
            ((one.score, -row, one.activity) for row, several in near.items() for one in several),
            reverse=True,
        )
        rivals: dict[str, list[float]] = {}
        for score, _, activity in pairs:
            rivals.setdefault(activity, []).append(score)
        for score, minus_row, activity in pairs:
            row = -minus_row
            is_free = row not in self.found and activity in self._free and score >= SURE
            if is_free and self._is_beyond_doubt(near[row], rivals[activity], activity, score):
                self._take(row, activity, "similar")
        for row, several in near.items():
            if row not in self.found:
                left = tuple(one for one in several if one.activity in self._free)
                how: How = "doubtful" if left else "new"
                self.found[row] = Match(row, None, how, left[:MOST_CANDIDATES])

    @staticmethod
    def _is_beyond_doubt(
        several: Iterable[Candidate], rivals: Iterable[float], activity: str, score: float
    ) -> bool:
        """Return whether no other activity is as near to the line, and no other line to the activity."""
        others = [one.score for one in several if one.activity != activity]
        nearest = sorted(rivals, reverse=True)[1:2]
        return all(score - other >= CLOSE for other in (*others, *nearest))

    def _candidates(self, line: Line, goal: str | None) -> list[Candidate]:
        """Return the free activities a line could be, the nearest first; of another goal only in doubt."""
        found = []
        for id_, other in self._free.items():
            is_home = goal is not None and other.goal == goal
            if not is_home and words_in_common(line, other) < IN_COMMON:
                continue  # of a large table nearly all are left out here, and cost little
            least = DOUBTFUL if is_home else ELSEWHERE
            score = likeness(line, other, least)
            if not is_home:
                score = min(score, SURE - 0.01)
            if score >= least:
                found.append(Candidate(id_, score))
        return sorted(found, key=lambda one: (-one.score, one.activity))


def _goals(plan: Plan, table: Table, found: Mapping[int, Match]) -> dict[int, str | None]:
    """Return row of a heading -> the plan's goal: by id, by title, by most of its lines, by a near title."""
    goals: dict[int, str | None] = {}
    free = {goal.id: goal for goal in plan.goals}
    for way in (_by_id, _by_title, _by_lines, _by_near_title):
        for section in table.sections:
            if goals.get(section.row) is None:
                id_ = way(section, plan, free, found)
                goals[section.row] = id_
                free.pop(id_ or "", None)
    return goals


def _by_id(section: Section, plan: Plan, free: Mapping[str, Goal], found: Mapping[int, Match]) -> str | None:
    return section.id if section.id in free else None


def _by_title(
    section: Section, plan: Plan, free: Mapping[str, Goal], found: Mapping[int, Match]
) -> str | None:
    alike = [goal.id for goal in free.values() if section.title and plain(goal.title) == plain(section.title)]
    return alike[0] if len(alike) == 1 else None


def _by_lines(
    section: Section, plan: Plan, free: Mapping[str, Goal], found: Mapping[int, Match]
) -> str | None:
    matched = [found[line.row].activity_id for line in section.lines if line.row in found]
    homes = Counter(goal.id for id_ in matched if id_ and (goal := plan.goal_of(id_)) is not None)
    most = homes.most_common(1)
    return most[0][0] if most and most[0][0] in free and most[0][1] * 2 > homes.total() else None


def _by_near_title(
    section: Section, plan: Plan, free: Mapping[str, Goal], found: Mapping[int, Match]
) -> str | None:
    near = sorted(((of_titles(section.title, goal.title), goal.id) for goal in free.values()), reverse=True)
    if not near or near[0][0] < SURE or (len(near) > 1 and near[0][0] - near[1][0] < CLOSE):
        return None
    return near[0][1]
