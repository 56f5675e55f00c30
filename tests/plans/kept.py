"""Plans that are kept in a real database, in each state, and what the trail says of them."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from arusha.access.records import TrailRecord
from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import AnyPart, BudgetLine, Plan
from arusha.plans.rules import Changes
from arusha.store import Store
from tests.plans.building import activity, baseline, goal, header, indicator, output, target

DAY = datetime(2020, 3, 1, 9, tzinfo=UTC)
LATER = DAY + timedelta(days=1)
LATER_STILL = DAY + timedelta(days=2)
CODE = "KE"
PARTS: tuple[AnyPart, ...] = (
    goal(),
    output(),
    activity(within="output01", budget=(BudgetLine(id="line001", title="Trips", amount=100.0),)),
    activity("activity02", "output01", after=("activity01",)),
    indicator(),
    goal("goal02"),
)
PLANNED = (baseline(10), target("2020", 12), target("2021", 15))


def opened(
    store: Store, parts: Iterable[AnyPart] = PARTS, figures: Any = PLANNED, code: str = CODE, **said: Any
) -> Plan:
    """Open a plan with parts and what is planned of its indicator."""
    changes = Changes(parts=tuple(parts), figures=tuple(figures))
    return service.open_plan(LOCAL, store, code, header(**said), changes, at=DAY)


def approved(store: Store) -> Plan:
    """Open a plan and approve it."""
    plan = opened(store)
    service.approve(LOCAL, store, plan.id, "A. Director", date(2020, 3, 1), at=DAY)
    return service.find(LOCAL, store, plan.id)


def closed(store: Store) -> Plan:
    """Open, approve and close a plan."""
    return service.close(LOCAL, store, approved(store).id, at=LATER)


def told(store: Store) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what the trail says: action, object and details, oldest first."""
    with store.reading(LOCAL) as session:
        rows = session.scalars(select(TrailRecord).order_by(TrailRecord.seq))
        return [(row.action, row.object, json.loads(row.details)) for row in rows]
