"""What an action plan is: its results chain, measures, indicators, and the dated entries made about them.

A plan is a tree of parts, goal -> outcome -> output -> activity; ``within`` names the part above, '' for a
goal. A level may be left out. An indicator measures the part it stands within. A part's ``id`` is permanent;
``number`` is only what is printed and may shift from year to year. What changes with time (status, baseline,
targets, actuals, spending) is never a field of a part but an entry, and entries are only ever added.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from arusha.plans.periods import Every
from questionnaires.model import UNPRINTABLE, Frozen, Many

LONGEST_TITLE = 2_000  # characters
LONGEST_TEXT = 10_000
MOST_ENTRIES = 20_000  # figures or updates of one plan


def _is_writable(text: str) -> str:
    if UNPRINTABLE.search(text):
        raise PydanticCustomError("text", "not possible here")
    return text


Title = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TITLE), AfterValidator(_is_writable)
]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT), AfterValidator(_is_writable)
]
PartId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{5,31}$")]
Amount = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)]
Day = Annotated[date, Field(strict=False)]

Direction = Literal["up", "down", "ambiguous"]
Status = Literal["planned", "initiated", "ongoing", "done", "paused", "dropped"]
Standing = Literal["on_track", "at_risk", "off_track", "no_data"]
STATUSES: tuple[Status, ...] = ("planned", "initiated", "ongoing", "done", "paused", "dropped")
SUPPORT = ("expert", "training", "funding", "equipment", "guidance", "peer", "other")


class Part(Frozen):
    """What every part of a plan has."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: PartId
    within: str = ""
    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    title: Title = ""


class Result(Part):
    """A part of the results chain above the activities; what has to hold for it, and what may prevent it."""

    assumptions: Prose = ""
    risks: Prose = ""
    owner: Title = ""


class Goal(Result):
    """What the plan is for, often the next step of practices; ``impact`` is its expected impact."""

    kind: Literal["goal"] = "goal"
    impact: Prose = ""


class Outcome(Result):
    """A change in conditions that is meant to follow."""

    kind: Literal["outcome"] = "outcome"


class Output(Result):
    """A product or service that activities bring about."""

    kind: Literal["output"] = "output"


class Milestone(Frozen):
    """A dated step on the way, reached on a day or not yet."""

    id: PartId
    title: Title
    due: Day
    reached: Day | None = None


class BudgetLine(Frozen):
    """Money of one funder for one thing, in the plan's currency; what was spent are entries."""

    id: PartId
    title: Title
    funder: Title = ""
    amount: Amount = 0.0


class Support(Frozen):
    """Support that is asked for: of which kind (see ``SUPPORT``), from whom, and what."""

    kind: Literal["expert", "training", "funding", "equipment", "guidance", "peer", "other"]
    whom: Title = ""
    title: Prose = ""


class Link(Frozen):
    """A practice of the questionnaire, the step it is to reach, and by which day."""

    practice: Annotated[str, StringConstraints(max_length=160)]
    step: Annotated[str, StringConstraints(max_length=80)]
    by: Day


class Activity(Part):
    """A measure: what is done, by whom, with whom, from when to when, with what money and support.

    ``measure`` is the questionnaire's own measure that it came from, '' when it was written freely.
    """

    kind: Literal["activity"] = "activity"
    stakeholders: Prose = ""
    responsible: Title = ""
    start: Day | None = None
    end: Day | None = None
    after: Many[str] = ()
    milestones: Many[Milestone] = ()
    budget: Many[BudgetLine] = ()
    support: Many[Support] = ()
    links: Many[Link] = ()
    measure: str = ""


class Indicator(Part):
    """What is measured about the part it stands within, and how it is read.

    ``cumulative`` figures add up from period to period (people trained); the others are the level at the end
    of each (share of posts). ``replaces`` is the indicator it took the place of; ``ended`` is the last day
    of one that was replaced or given up, with ``ended_because``. ``read_with`` is one to be read beside it.
    """

    kind: Literal["indicator"] = "indicator"
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    direction: Direction = "up"
    source: Title = ""
    verification: Prose = ""
    disaggregation: Title = ""
    cumulative: bool = False
    every: Every = "year"
    owner: Title = ""
    replaces: str = ""
    read_with: str = ""
    ended: Day | None = None
    ended_because: Prose = ""


AnyPart = Goal | Outcome | Output | Activity | Indicator
KINDS: dict[str, type[Goal] | type[Outcome] | type[Output] | type[Activity] | type[Indicator]] = {
    "goal": Goal,
    "outcome": Outcome,
    "output": Output,
    "activity": Activity,
    "indicator": Indicator,
}
ABOVE: Mapping[str, tuple[str, ...]] = {
    "goal": (),
    "outcome": ("goal",),
    "output": ("outcome", "goal"),
    "activity": ("output", "outcome", "goal"),
    "indicator": ("activity", "output", "outcome", "goal"),
}
"""Kind of a part -> kinds of the part it may stand within."""

FigureKind = Literal["baseline", "target", "actual", "spent"]


@dataclass(frozen=True)
class Figure:
    """A dated entry of one value.

    ``subject`` is an indicator, or for "spent" a budget line; ``period`` is the key of a period, '' for a
    baseline. ``on`` is the day the value is of (for a target: by which it is to be met). The entry with the
    highest ``number`` for a subject, kind and period counts, the earlier ones stay; ``reason`` says why a
    value took the place of another. ``value`` None takes an entry back.
    """

    subject: str
    kind: FigureKind
    period: str
    value: float | None
    on: date
    source: str = ""
    note: str = ""
    evidence: str = ""
    reason: str = ""
    number: int = 0
    entered_at: datetime | None = None
    entered_by: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """Return what this is the value of; of several, the newest entry counts."""
        return self.subject, self.kind, self.period


UpdateKind = Literal["status", "progress", "reached", "learned", "next", "override"]
UPDATES: tuple[UpdateKind, ...] = ("status", "progress", "reached", "learned", "next", "override")


@dataclass(frozen=True)
class Update:
    """A dated entry in words about a part, or about the plan as a whole (``subject`` '').

    "status" is an activity's, ``choice`` is one of ``STATUSES``; "override" sets a computed standing aside,
    ``choice`` is one of ``Standing`` or '' to lift it, and ``text`` is the reason; "reached" is a goal's
    outcome line of a year; "progress", "learned" and "next" belong to the annual report.
    """

    subject: str
    kind: UpdateKind
    on: date
    choice: str = ""
    text: str = ""
    number: int = 0
    entered_at: datetime | None = None
    entered_by: str = ""


PlanState = Literal["draft", "approved", "closed"]


class Header(Frozen):
    """What is said of a plan as a whole.

    ``fiscal_start`` is the month in which its years begin; ``owners`` are the offices and persons who may
    answer for something in it; the limits are how many activities of one owner may run at once, and how many
    of the plan may end in one quarter. ``round_id`` is the round whose gaps it answers.
    """

    title: Title
    programme: Title = ""
    start: Day
    end: Day
    owner: Title = ""
    owners: Many[Title] = ()
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    fiscal_start: Annotated[int, Field(ge=1, le=12)] = 1
    most_at_once: Annotated[int, Field(ge=1, le=99)] = 5
    most_a_quarter: Annotated[int, Field(ge=1, le=99)] = 8
    round_id: str = ""


@dataclass(frozen=True)
class Plan:
    """A whole plan as it stands: its head, its parts in order, and every entry in the order they were made.

    ``versions`` counts the approved versions before this one; ``revisions`` is part -> how often it changed.
    """

    id: str
    administration: str
    header: Header
    parts: tuple[AnyPart, ...] = ()
    figures: tuple[Figure, ...] = ()
    updates: tuple[Update, ...] = ()
    state: PlanState = "draft"
    version: int = 1
    header_version: int = 1
    approved: date | None = None
    revisions: Mapping[str, int] = field(default_factory=dict, hash=False)

    @cached_property
    def by_id(self) -> dict[str, AnyPart]:
        """Part id -> part, in the plan's order."""
        return {part.id: part for part in self.parts}

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """The goals in order."""
        return tuple(part for part in self.parts if isinstance(part, Goal))

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """The activities in order."""
        return tuple(part for part in self.parts if isinstance(part, Activity))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators in order, those that have ended among them."""
        return tuple(part for part in self.parts if isinstance(part, Indicator))

    @cached_property
    def inside(self) -> dict[str, tuple[AnyPart, ...]]:
        """Part id ('' for the plan) -> the parts that stand directly within it, in order."""
        found: dict[str, list[AnyPart]] = {}
        for part in self.parts:
            found.setdefault(part.within, []).append(part)
        return {above: tuple(parts) for above, parts in found.items()}

    def chain(self, part_id: str) -> Iterator[AnyPart]:
        """Return a part and what it stands within, upwards to its goal."""
        seen: set[str] = set()
        while part_id in self.by_id and part_id not in seen:
            seen.add(part_id)
            part = self.by_id[part_id]
            yield part
            part_id = part.within

    def under(self, part_id: str) -> Iterator[AnyPart]:
        """Return a part and everything within it, each before what stands within it."""
        waiting, seen = [part_id], set()
        while waiting:
            current = waiting.pop(0)
            if current in seen:
                continue
            seen.add(current)
            if current in self.by_id:
                yield self.by_id[current]
            waiting = [part.id for part in self.inside.get(current, ())] + waiting

    def goal_of(self, part_id: str) -> Goal | None:
        """Return the goal a part belongs to, None when it has none."""
        return next((part for part in self.chain(part_id) if isinstance(part, Goal)), None)

    def above(self, part_id: str, kind: str) -> AnyPart | None:
        """Return the nearest part of a kind that this one stands within, or None."""
        return next((p for p in self.chain(part_id) if p.id != part_id and p.kind == kind), None)

    @cached_property
    def current(self) -> dict[tuple[str, str, str], Figure]:
        """(Subject, kind, period) -> the entry that counts; what was taken back is left out."""
        newest = {figure.place: figure for figure in self.figures}
        return {place: figure for place, figure in newest.items() if figure.value is not None}

    def figure(self, subject: str, kind: FigureKind, period: str = "") -> Figure | None:
        """Return the entry that counts, or None."""
        return self.current.get((subject, kind, period))

    @cached_property
    def _entries(self) -> dict[tuple[str, str], tuple[Update, ...]]:
        found: dict[tuple[str, str], list[Update]] = {}
        for update in sorted(self.updates, key=lambda one: (one.on, one.number)):
            found.setdefault((update.subject, update.kind), []).append(update)
        return {place: tuple(several) for place, several in found.items()}

    def entries(self, subject: str, kind: UpdateKind) -> tuple[Update, ...]:
        """Return the updates of one kind about a part, by day."""
        return self._entries.get((subject, kind), ())

    def status(self, activity: str, on: date | None = None) -> Status:
        """Return an activity's status on a day (None: the newest); "planned" before any was entered."""
        said = [u for u in self.entries(activity, "status") if on is None or u.on <= on]
        return next((status for status in STATUSES if said and said[-1].choice == status), "planned")

    def done_on(self, activity: str, on: date | None = None) -> date | None:
        """Return since which day an activity was done on a day (None: the newest status), or None."""
        since = None
        for update in self.entries(activity, "status"):
            if on is not None and update.on > on:
                break
            if update.choice != "done":
                since = None
            elif since is None:
                since = update.on
        return since

    @cached_property
    def lines(self) -> dict[str, Activity]:
        """Budget line -> the activity it belongs to."""
        return {line.id: activity for activity in self.activities for line in activity.budget}
