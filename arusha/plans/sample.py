"""The sample's plans: six fictional ones, replayed version by version with their own days, all or none.

How a plan is written down in ``sample_data/plans`` is described in ``sample_data/README.md``.
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from arusha.access.guarding import guarded
from arusha.access.rules import Actor, Permission, Subject, require
from arusha.assessments import sample
from arusha.plans import ledger, lifecycle
from arusha.plans.model import Figure, FigureKind, Header, Update, UpdateKind
from arusha.plans.stories import Stage, Story, moment
from arusha.store import Store

HOME = sample.HOME
TO_ENTER = (Permission.PLAN_WRITE, Permission.PLAN_UPDATE, Permission.PLAN_APPROVE)


@dataclass(frozen=True)
class Loaded:
    """How many rounds and plans of the sample came in."""

    rounds: int
    plans: int


def load(actor: Actor, store: Store, home: Path = HOME) -> Loaded:
    """Load what is missing of the sample, rounds and then plans; what a person did in it stays."""
    return Loaded(sample.load(actor, store, home), enter(actor, store, read(home)))


@guarded
def enter(actor: Actor, store: Store, stories: Iterable[Story]) -> int:
    """Enter plans with their whole past in one transaction, all or none; return how many came in.

    A plan that is there already stays as it is. Raises ``Refused`` when one is not right, or its round is
    not there.
    """
    stories = tuple(stories)
    for permission in TO_ENTER:
        require(actor, permission)
        for whose in {story.administration for story in stories}:
            require(actor, permission, Subject(whose))
    with store.writing(actor) as session:
        return sum(lifecycle.enter(session, story) for story in stories)


def read(home: Path = HOME) -> Iterator[Story]:
    """Yield every plan of the sample, by administration."""
    for path in sorted((home / "plans").glob("*.toml")):
        yield _story(path)


def _story(path: Path) -> Story:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    by = told["by"]
    return Story(
        told["administration"],
        told["round"],
        by,
        Header.model_validate(told["header"], strict=False),
        tuple(_stages(told["versions"])),
        tuple(_figure(row, by) for row in _rows(path.with_suffix(".figures.csv"))),
        tuple(_update(row, by) for row in _rows(path.with_suffix(".updates.csv"))),
        told.get("closed"),
    )


def _stages(versions: Iterable[Mapping[str, Any]]) -> Iterator[Stage]:
    """Yield the versions; a part that is named again keeps what is not said anew."""
    known: dict[str, dict[str, Any]] = {}
    for version in versions:
        changed = {part["id"]: known.get(part["id"], {}) | part for part in version["parts"]}
        known |= changed
        yield Stage(
            version["begun"],
            version.get("reason", ""),
            tuple(ledger.part_of(part) for part in changed.values()),
            version["approved"],
            version["approved_by"],
        )


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file of entries in the order they were entered."""
    with path.open(encoding="utf-8", newline="") as source:
        return sorted(csv.DictReader(source), key=lambda row: row["entered"])


def _figure(row: Mapping[str, str], by: str) -> Figure:
    return Figure(
        row["subject"],
        cast("FigureKind", row["kind"]),
        row["period"],
        float(row["value"]) if row["value"] else None,
        date.fromisoformat(row["on"]),
        row["source"],
        row["note"],
        row["evidence"],
        row["reason"],
        entered_at=moment(date.fromisoformat(row["entered"])),
        entered_by=by,
    )


def _update(row: Mapping[str, str], by: str) -> Update:
    return Update(
        row["subject"],
        cast("UpdateKind", row["kind"]),
        date.fromisoformat(row["on"]),
        row["choice"],
        row["text"],
        entered_at=moment(date.fromisoformat(row["entered"])),
        entered_by=by,
    )
