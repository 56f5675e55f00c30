"""A plan is approved whole, revised with a reason, closed; what was removed comes back; all is told."""

from datetime import date
from typing import Any

import pytest

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import Plan
from arusha.plans.rules import Changes
from arusha.store import Store
from questionnaires.problems import Refused
from tests.assessments.rounds import refused
from tests.plans.building import (
    activity,
    actual,
    baseline,
    goal,
    header,
    indicator,
    output,
    spent,
    status,
    target,
    update,
)
from tests.plans.kept import CODE, DAY, LATER, LATER_STILL, PARTS, PLANNED, approved, closed, opened, told


def find(store: Store, plan: Plan) -> Plan:
    return service.find(LOCAL, store, plan.id)


# --- approve, revise, close, reopen


def test_an_approved_plan_keeps_what_was_planned_and_takes_what_happens(store: Store) -> None:
    plan = approved(store)
    assert (plan.state, plan.approved) == ("approved", date(2020, 3, 1))
    for structure in (
        Changes(parts=(goal(title="New"),)),
        Changes(removed=("goal02",)),
        Changes(header=header(title="New")),
        Changes(figures=(target("2022", 20),)),
        Changes(figures=(baseline(11, reason="Restated."),)),
    ):
        refused(store, "The plan is approved: what was planned cannot", service.change, plan.id, structure)
    refused(store, "what was planned cannot be changed", service.enter, plan.id, [target("2022", 20)])
    figures = [actual("2020", 11), spent("2020", 40, "line001")]
    then = service.enter(LOCAL, store, plan.id, figures, [status("ongoing")])
    assert len(then.figures) == len(PLANNED) + 2


def test_an_approved_version_is_frozen_with_its_mark(store: Store) -> None:
    plan = approved(store)
    (first,) = service.versions(LOCAL, store, plan.id)
    assert (first.number, first.approved, first.approved_by) == (1, date(2020, 3, 1), "A. Director")
    assert (first.recorded_at, first.recorded_by, first.reason, first.revised_at) == (DAY, LOCAL.id, "", None)
    service.enter(LOCAL, store, plan.id, [actual("2020", 11)])
    assert service.versions(LOCAL, store, plan.id) == (first,)


def test_a_revision_begins_the_next_version_with_its_reason(store: Store) -> None:
    plan = approved(store)
    draft = service.revise(LOCAL, store, plan.id, " Two indicators say nothing. ", at=LATER)
    assert (draft.state, draft.version) == ("draft", 2)
    ended = indicator(ended=date(2020, 3, 1), ended_because="Replaced.")
    instead = indicator("indicator02", title="Posts by rule", replaces="indicator01")
    changes = Changes(parts=(ended, instead), figures=(baseline(12, reason="Restated."),), reason="Review")
    service.change(LOCAL, store, plan.id, changes, at=LATER)
    service.approve(LOCAL, store, plan.id, "B. Director", date(2020, 3, 3), at=LATER_STILL)
    second, first = service.versions(LOCAL, store, plan.id)
    assert (first.number, first.reason, first.revised_at) == (1, "Two indicators say nothing.", LATER)
    assert first.revised_by == LOCAL.id
    assert (second.number, second.approved_by, second.reason) == (2, "B. Director", "")
    assert first.content_hash != second.content_hash
    then = find(store, plan)
    assert [one.value for one in then.figures if one.kind == "baseline"] == [10, 12]
    assert [one.reason for one in service.history(LOCAL, store, plan.id, "indicator01")] == ["Review", ""]


def test_a_closed_plan_takes_nothing_until_it_is_opened_again(store: Store) -> None:
    plan = closed(store)
    assert plan.state == "closed"
    refused(store, "The plan is closed and cannot be changed.", service.enter, plan.id, [actual("2020", 1)])
    refused(store, "The plan is closed", service.change, plan.id, Changes(parts=(goal(title="x"),)))
    again = service.reopen(LOCAL, store, plan.id, at=LATER)
    assert (again.state, again.version) == ("approved", 1)
    service.enter(LOCAL, store, plan.id, [actual("2020", 11)])


@pytest.mark.parametrize(
    ("state", "begun", "illegal"),
    [
        ("draft", opened, ("revise", "close", "reopen")),
        ("approved", approved, ("approve", "reopen")),
        ("closed", closed, ("approve", "revise", "close")),
    ],
)
def test_a_move_that_is_not_legal_is_refused(store: Store, state: str, begun: Any, illegal: Any) -> None:
    plan = begun(store)
    arguments: dict[str, tuple[Any, ...]] = {
        "approve": ("A. Director", date(2020, 3, 1)),
        "revise": ("Why not",),
    }
    for deed in illegal:
        said = f"The plan is {state}; this needs one that is "
        refused(store, said, getattr(service, deed), plan.id, *arguments.get(deed, ()))


def test_an_approval_needs_a_name_and_something_to_do(store: Store) -> None:
    empty = service.open_plan(LOCAL, store, CODE, header(), Changes(parts=(goal(),)), at=DAY)
    on = date(2020, 3, 1)
    refused(store, "The plan has no activity.", service.approve, empty.id, "A. Director", on)
    plan = opened(store)
    refused(store, "Nobody approves the plan.", service.approve, plan.id, "  ", on)
    refused(store, "at most 200 are kept", service.approve, plan.id, "x" * 201, on)
    refused(store, "can keep", service.approve, plan.id, "A\0B", on)
    odd = date(1066, 10, 14)
    refused(store, "1066-10-14 is no day a plan can speak of", service.approve, plan.id, "A. Director", odd)


def test_everything_that_stands_against_an_approval_is_told_at_once(store: Store) -> None:
    empty = service.open_plan(LOCAL, store, CODE, header(), Changes(parts=(goal(),)), at=DAY)
    with pytest.raises(Refused) as told:
        service.approve(LOCAL, store, empty.id, " ", date(1066, 10, 14))
    assert [problem.fault for problem in told.value.problems] == [
        "{day} is no day a plan can speak of.",
        "Nobody approves the plan.",
        "The plan has no activity.",
    ]


def test_a_revision_needs_a_reason(store: Store) -> None:
    plan = approved(store)
    refused(store, "Nothing says why the plan is revised.", service.revise, plan.id, " ")
    refused(store, "can keep", service.revise, plan.id, "why\0")


# --- restore and history


def test_what_was_removed_comes_back_with_what_was_within_it(store: Store) -> None:
    plan = opened(store)
    gone = service.change(LOCAL, store, plan.id, Changes(removed=("output01",)), at=LATER)
    assert [part.id for part in gone.parts] == ["goal01", "indicator01", "goal02"]
    back = service.restore(LOCAL, store, plan.id, "output01", at=LATER_STILL)
    assert back.parts == PARTS
    assert back.figures == plan.figures


def test_what_was_removed_before_does_not_come_back_with_it(store: Store) -> None:
    plan = opened(store)
    service.change(LOCAL, store, plan.id, Changes(removed=("activity02",)), at=DAY)
    service.change(LOCAL, store, plan.id, Changes(removed=("output01",)), at=LATER)
    back = service.restore(LOCAL, store, plan.id, "output01", at=LATER_STILL)
    assert {"output01", "activity01"} <= set(back.by_id)
    assert "activity02" not in back.by_id


def test_a_part_whose_place_is_gone_does_not_come_back_alone(store: Store) -> None:
    plan = opened(store)
    service.change(LOCAL, store, plan.id, Changes(removed=("output01",)), at=LATER)
    refused(store, "It stands within output01, which is no part", service.restore, plan.id, "activity01")


def test_only_what_was_removed_can_come_back(store: Store) -> None:
    plan = opened(store)
    for unknown in ("goal01", "nothing", ""):
        refused(store, "There is no removed part with this id.", service.restore, plan.id, unknown)
    refused(store, "There is no removed part with this id.", service.restore, plan.id, "\0")


def test_every_version_of_a_part_stays_with_who_when_and_why(store: Store) -> None:
    plan = opened(store)
    change = Changes(parts=(goal("goal02", title="Better"),), reason="Workshop")
    service.change(LOCAL, store, plan.id, change, at=LATER)
    service.change(LOCAL, store, plan.id, Changes(removed=("goal02",)), at=LATER_STILL)
    last, second, first = service.history(LOCAL, store, plan.id, "goal02")
    assert (first.part, first.version, first.removed, first.changed_at) == (PARTS[-1], 1, False, DAY)
    assert (second.part.title, second.reason, second.changed_by) == ("Better", "Workshop", LOCAL.id)
    assert (last.version, last.removed, last.changed_at) == (3, True, LATER_STILL)
    assert service.history(LOCAL, store, plan.id, "nothing") == ()
    assert service.history(LOCAL, store, plan.id, "") == ()
    assert service.history(LOCAL, store, plan.id, "\0") == ()


# --- the trail


def test_the_trail_tells_each_deed_and_none_of_the_words(store: Store) -> None:
    plan = opened(store, [goal(title="Secret goal"), activity(title="Secret work"), indicator()])
    change = Changes(parts=(goal(title="Secret words"),), removed=("activity01",), reason="Secret reason")
    service.change(LOCAL, store, plan.id, change, at=LATER)
    service.restore(LOCAL, store, plan.id, "activity01", at=LATER)
    service.approve(LOCAL, store, plan.id, "Secret Director", date(2020, 3, 1), at=LATER)
    told_of = [actual("2020", 11, note="Secret note")], [update("learned", "Secret lesson")]
    service.enter(LOCAL, store, plan.id, *told_of, at=LATER)
    service.revise(LOCAL, store, plan.id, "Secret reason", at=LATER)
    service.approve(LOCAL, store, plan.id, "Secret Director", date(2020, 3, 1), at=LATER)
    service.close(LOCAL, store, plan.id, at=LATER)
    service.reopen(LOCAL, store, plan.id, at=LATER)
    service.exported(LOCAL, store, plan.id, "work plan")
    trail = [(action, details) for action, of, details in told(store) if of == plan.id]
    assert [action for action, _ in trail] == [
        "plan:open",
        "plan:write",
        "plan:update",
        "plan:write",
        "plan:write",
        "plan:approve",
        "plan:update",
        "plan:revise",
        "plan:approve",
        "plan:close",
        "plan:reopen",
        "plan:export",
    ]
    details = dict(enumerate(details for _, details in trail))
    assert details[3] == {"parts": {"goal01": 2}, "removed": ["activity01"], "header": False}
    assert details[6] == {"kinds": ["actual", "learned"], "figures": 1, "updates": 1}
    assert details[11] == {"form": "work plan"}
    assert "Secret" not in str(told(store))


def test_what_is_exported_is_the_plan_as_it_stands(store: Store) -> None:
    plan = approved(store)
    assert service.exported(LOCAL, store, plan.id) == plan
    assert told(store)[-1] == ("plan:export", plan.id, {"form": "plan"})


def test_a_refused_change_is_not_told_as_done(store: Store) -> None:
    plan = approved(store)
    before = told(store)
    with pytest.raises(Refused):
        service.change(LOCAL, store, plan.id, Changes(parts=(output(title="x"),)))
    assert told(store) == before
