"""``plan read`` and the tracking table: what is filled in offline comes back, or waits for a person."""

import json
from datetime import date
from pathlib import Path

from arusha.access.rules import LOCAL
from arusha.commands.opening import opened
from arusha.plans import service
from arusha.plans.rules import Changes
from tests.commands.planning import (
    begun,
    call,
    done,
    plans,
    refused,
)
from tests.plans.tables.written import edited


def tracked(at: Path) -> tuple[str, Path]:
    """Return a plan whose indicator has a unit, and its tracking table."""
    plan = begun(at)
    with opened() as store:
        now = service.find(LOCAL, store, plan)
        indicator = now.indicators[0].model_copy(update={"unit": "%", "source": "Register"})
        service.change(LOCAL, store, plan, Changes(parts=(indicator,)))
    path = at / "tracking.xlsx"
    done("write", plan, path, "--table", "tracking")
    return plan, path


def filled(path: Path, **cells: object) -> None:
    path.write_bytes(edited(path.read_bytes(), sheet="Tracking table", **cells))


def test_a_tracking_table_is_read_back(tmp_path: Path, home: Path) -> None:
    plan, path = tracked(tmp_path)
    filled(path, G6=40, H6=35, I6=date(2023, 12, 31), J6="Register")
    result = call("read", path, "--administration", "XA", "--dry-run", "--json")
    counts = {"new": 2, "same": 4, "mine": 0, "theirs": 0, "both": 0, "rows": 3, "problems": []}
    assert json.loads(result.stdout) == counts
    assert plans()[0].figures == ()
    assert done("read", path, "--administration", "XA") == [
        (
            "new: 2; the same: 4; changed by you: 0; changed here meanwhile: 0; "
            "changed by you, and here meanwhile: 0"
        ),
        f"The plan {plan} holds it now.",
    ]
    assert [(one.kind, one.value) for one in plans()[0].figures] == [("target", 40.0), ("actual", 35.0)]


def test_a_value_changed_in_both_places_is_refused_until_somebody_decides(tmp_path: Path, home: Path) -> None:
    plan, path = tracked(tmp_path)
    filled(path, H6=35, I6=date(2023, 12, 31), J6="Register")
    done("read", path, "--administration", "XA")
    filled(path, H6=36, L6="Counted again")
    read = ("read", path, "--administration", "XA")
    result = call(*read)
    said = (
        "tracking.xlsx · Tracking table!H6: This was changed in the table to 36, and here meanwhile to 35. "
        "Say for 6:actual whether mine or theirs shall stay."
    )
    assert (result.exit_code, result.stderr.splitlines()) == (1, [said])
    assert len(plans()[0].figures) == 1
    assert done(*read, "--keep", "6:actual=theirs")[-1] == f"The plan {plan} holds it now."
    assert len(plans()[0].figures) == 1
    done(*read, "--keep", "6:actual=mine")
    assert [one.value for one in plans()[0].figures] == [35.0, 36.0]


def test_a_tracking_table_needs_its_plan(tmp_path: Path, home: Path) -> None:
    _, path = tracked(tmp_path)
    refused(
        call("read", path, "--administration", "XB"),
        "tracking.xlsx: A tracking table belongs to a plan, and XB has none. Read the work plan first.",
    )
