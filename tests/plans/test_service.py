"""What a person can do with plans: all of a change or none of it, and nothing is ever overwritten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from arusha.access.rules import LOCAL, Denied
from arusha.plans import service
from arusha.plans.model import Plan, Update
from arusha.plans.rules import Changes
from arusha.store import Store
from questionnaires.problems import Refused
from tests.access.people import acting
from tests.assessments.rounds import everything, failing_everywhere, refused
from tests.assessments.rounds import opened as opened_round
from tests.plans.building import (
    activity,
    actual,
    goal,
    header,
    status,
    target,
    update,
)
from tests.plans.kept import CODE, DAY, LATER, LATER_STILL, PARTS, PLANNED, approved, opened

EVERY_FAULT = Changes(
    parts=(goal(title="Better words"), activity("activity03", within="nothing")),
    removed=("goal02",),
    figures=(actual("2020", 11), target("2022", 20)),
    updates=(status("ongoing"),),
    header=header(title="Another title"),
)


def find(store: Store, plan: Plan) -> Plan:
    return service.find(LOCAL, store, plan.id)


# --- open


def test_a_plan_is_opened_empty_and_found_in_the_list(store: Store) -> None:
    plan = service.open_plan(LOCAL, store, CODE, header(title="First"), at=DAY)
    assert (plan.parts, plan.figures, plan.updates) == ((), (), ())
    assert (plan.state, plan.version, plan.header_version, plan.approved) == ("draft", 1, 1, None)
    (listed,) = service.plans(LOCAL, store)
    assert (listed.id, listed.administration, listed.header.title) == (plan.id, CODE, "First")
    assert plan.id.startswith("ke2020-")


def test_a_plan_comes_back_as_it_was_opened(store: Store) -> None:
    plan = opened(store)
    assert plan.parts == PARTS
    assert [replace(one, number=0, entered_at=None, entered_by="") for one in plan.figures] == list(PLANNED)
    assert {(one.entered_at, one.entered_by) for one in plan.figures} == {(DAY, LOCAL.id)}
    assert plan.revisions == {part.id: 1 for part in PARTS}
    assert find(store, plan) == plan


def test_plans_are_listed_by_administration_and_newest_first(store: Store) -> None:
    opened(store, title="old")
    opened(store, (), (), title="new", start=date(2022, 1, 1))
    opened(store, code="BE", title="other")
    assert [one.header.title for one in service.plans(LOCAL, store)] == ["other", "new", "old"]


def test_the_administration_is_registered_with_its_first_plan(store: Store) -> None:
    service.open_plan(LOCAL, store, "XB", header(), region="europe", name="Borvania", at=DAY)
    assert everything(store)["administrations"] == [("XB", "europe", "Borvania")]
    refused(store, "not the code of a WCO Member", service.open_plan, "QQ", header())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"title": ""}, "The plan has no title."),
        ({"end": date(2019, 1, 1)}, "It ends on 2019-01-01, before it starts on 2020-01-01."),
        ({"round_id": "ke2026-nowhere"}, "There is no round with this id."),
    ],
)
def test_a_plan_with_a_wrong_head_is_not_opened(store: Store, said: dict[str, Any], expected: str) -> None:
    refused(store, expected, service.open_plan, CODE, header(**said))


def test_the_round_of_a_plan_is_its_administrations_own(store: Store) -> None:
    other, own = opened_round(store, code="BE"), opened_round(store, code=CODE)
    refused(store, "another administration than the plan", service.open_plan, CODE, header(round_id=other))
    plan = service.open_plan(LOCAL, store, CODE, header(round_id=own), at=DAY)
    moved = Changes(header=header(round_id=other))
    refused(store, "another administration than the plan", service.change, plan.id, moved)


def test_a_plan_whose_first_parts_are_wrong_is_not_opened_at_all(store: Store) -> None:
    wrong = Changes(parts=(goal(), activity(within="nothing")))
    refused(store, "which is no part of this plan", service.open_plan, CODE, header(), wrong)


# --- change: all or nothing


def test_a_change_is_done_as_a_whole(store: Store) -> None:
    plan = opened(store)
    new = activity("activity03", "goal01")
    changes = replace(EVERY_FAULT, parts=(goal(title="Better words"), new), reason="After the workshop")
    then = service.change(LOCAL, store, plan.id, changes, at=LATER)
    assert then.by_id["goal01"].title == "Better words"
    assert "goal02" not in then.by_id
    assert then.parts[-1] == new
    assert then.header.title == "Another title"
    assert then.header_version == 2
    assert then.figure("indicator01", "target", "2022") is not None
    assert then.status("activity01") == "ongoing"
    assert find(store, plan) == then


def test_one_fault_anywhere_leaves_everything_as_it_was(store: Store) -> None:
    plan = opened(store)
    right = replace(EVERY_FAULT, parts=())
    for faulty in (
        EVERY_FAULT,
        replace(right, removed=("activity01",)),
        replace(right, figures=(actual("2020", 11), actual("2019", 11))),
        replace(right, updates=(status("ongoing"), status("finished"))),
        replace(right, header=header(end=date(2019, 1, 1))),
        replace(right, base={"goal01": 7}),
    ):
        refused(store, "", service.change, plan.id, faulty)
    service.change(LOCAL, store, plan.id, right)


def test_every_fault_is_told_at_once(store: Store) -> None:
    plan = opened(store)
    faulty = Changes(
        parts=(activity("activity03", within="nothing"),),
        figures=(actual("2019", 1),),
        updates=(status("finished"),),
        header=header(title=""),
    )
    with pytest.raises(Refused) as told_at_once:
        service.change(LOCAL, store, plan.id, faulty)
    assert len(told_at_once.value.problems) == 4


def test_a_change_fails_as_a_whole_at_every_statement(sqlite_store: Store) -> None:
    plan = opened(sqlite_store)
    changes = replace(EVERY_FAULT, parts=(goal(title="Better words"),))
    assert (
        failing_everywhere(sqlite_store, lambda: service.change(LOCAL, sqlite_store, plan.id, changes)) > 10
    )


def test_parts_keep_their_order_whatever_is_removed_added_and_changed(store: Store) -> None:
    plan = opened(store, [goal(f"goal0{number}") for number in range(1, 6)], ())
    service.change(LOCAL, store, plan.id, Changes(removed=("goal02",)))
    service.change(LOCAL, store, plan.id, Changes(parts=(goal("added01"),)))
    then = service.change(LOCAL, store, plan.id, Changes(parts=(goal("goal04", title="Changed"),)))
    assert [part.id for part in then.parts] == ["goal01", "goal03", "goal04", "goal05", "added01"]
    back = service.restore(LOCAL, store, plan.id, "goal02")
    assert [part.id for part in back.parts] == ["goal01", "goal02", "goal03", "goal04", "goal05", "added01"]


def test_a_part_moved_out_of_what_is_removed_stays(store: Store) -> None:
    plan = opened(store, [goal("goal01"), goal("goal02"), activity("activity01", within="goal02")], ())
    moved = Changes(parts=(activity("activity01", within="goal01"),), removed=("goal02",))
    then = service.change(LOCAL, store, plan.id, moved)
    assert [(part.id, part.within) for part in then.parts] == [("goal01", ""), ("activity01", "goal01")]


# --- two people


def test_a_change_made_on_an_older_text_is_refused_and_both_stay_readable(store: Store) -> None:
    plan = opened(store)
    theirs = Changes(parts=(goal(title="Theirs"),), base={"goal01": 1})
    service.change(LOCAL, store, plan.id, theirs, at=LATER)
    mine = Changes(parts=(goal(title="Mine"),), base={"goal01": 1})
    said = f"Theirs: {LOCAL.id} changed this at 2020-03-02 09:00:00+00:00, after you opened it."
    refused(store, said, service.change, plan.id, mine)
    texts = [one.part.title for one in service.history(LOCAL, store, plan.id, "goal01")]
    assert texts == ["Theirs", "Goal goal01"]
    then = service.change(LOCAL, store, plan.id, replace(mine, base={"goal01": 2}))
    assert then.by_id["goal01"].title == "Mine"


def test_changes_of_different_parts_do_not_meet(store: Store) -> None:
    plan = opened(store)
    service.change(LOCAL, store, plan.id, Changes(parts=(goal(title="Theirs"),), base={"goal01": 1}))
    mine = Changes(parts=(goal("goal02", title="Mine"),), base={"goal02": 1})
    then = service.change(LOCAL, store, plan.id, mine)
    assert [part.title for part in then.goals] == ["Theirs", "Mine"]


def test_a_head_that_was_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    plan = opened(store)
    service.change(LOCAL, store, plan.id, Changes(header=header(title="Theirs"), base={"": 1}))
    mine = Changes(header=header(title="Mine"), base={"": 1})
    refused(store, "changed this at", service.change, plan.id, mine)
    assert find(store, plan).header.title == "Theirs"


def test_a_part_that_was_removed_meanwhile_is_not_changed(store: Store) -> None:
    plan = opened(store)
    service.change(LOCAL, store, plan.id, Changes(removed=("goal02",)))
    mine = Changes(parts=(goal("goal02", title="Mine"),), base={"goal02": 1})
    refused(store, "after you opened it", service.change, plan.id, mine)


def test_of_two_at_once_one_is_refused_and_nothing_is_lost(store: Store) -> None:
    plan = opened(store)

    def write(title: str) -> str:
        with suppress(Refused):
            service.change(LOCAL, store, plan.id, Changes(parts=(goal(title=title),), base={"goal01": 1}))
            return title
        return ""

    with ThreadPoolExecutor(4) as pool:
        kept = [title for title in pool.map(write, ["one", "two", "three", "four"]) if title]
    assert kept == [find(store, plan).by_id["goal01"].title]
    assert len(service.history(LOCAL, store, plan.id, "goal01")) == 2


def test_entries_made_at_once_are_all_kept_and_numbered(store: Store) -> None:
    plan = approved(store)

    def tell(number: int) -> None:
        service.enter(LOCAL, store, plan.id, updates=[update("learned", f"lesson {number}")])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell, range(8)))
    kept = find(store, plan).updates
    assert [one.number for one in kept] == list(range(1, 9))
    assert {one.text for one in kept} == {f"lesson {number}" for number in range(8)}


# --- entries


def test_an_entry_is_added_and_the_earlier_one_stays(store: Store) -> None:
    plan = approved(store)
    service.enter(LOCAL, store, plan.id, [actual("2020", 11)], at=LATER)
    corrected = actual("2020", 12, reason="Counted again.")
    then = service.enter(LOCAL, store, plan.id, [corrected], at=LATER_STILL)
    of_2020 = [one for one in then.figures if one.kind == "actual"]
    assert [(one.value, one.entered_at) for one in of_2020] == [(11, LATER), (12, LATER_STILL)]
    now = then.figure("indicator01", "actual", "2020")
    assert now is not None
    assert (now.value, now.reason) == (12, "Counted again.")


def test_a_value_that_was_taken_back_stays_readable(store: Store) -> None:
    plan = approved(store)
    service.enter(LOCAL, store, plan.id, [actual("2020", 11)])
    then = service.enter(LOCAL, store, plan.id, [actual("2020", None, reason="Wrong year.")])
    assert then.figure("indicator01", "actual", "2020") is None
    assert [one.value for one in then.figures if one.kind == "actual"] == [11, None]


def test_an_entry_keeps_its_own_day_and_author(store: Store) -> None:
    plan = approved(store)
    own = Update("", "learned", date(2019, 5, 1), text="Ask first.", entered_at=LATER, entered_by="Old hand")
    (kept,) = service.enter(LOCAL, store, plan.id, updates=[own], at=LATER_STILL).updates
    assert (kept.on, kept.entered_at, kept.entered_by) == (date(2019, 5, 1), LATER, "Old hand")


def test_numbers_in_between_are_kept_exactly(store: Store) -> None:
    plan = approved(store)
    values = [0.1 + 0.2, 1e15, -1e-9]
    told_of = [actual(str(2020 + at), value) for at, value in enumerate(values)]
    then = service.enter(LOCAL, store, plan.id, told_of)
    assert [one.value for one in then.figures if one.kind == "actual"] == values


@pytest.mark.parametrize("text", ["\0", "half\ud800", "x" * 10_001])
def test_a_text_that_cannot_be_kept_is_refused(store: Store, text: str) -> None:
    plan = approved(store)
    refused(store, "text", service.enter, plan.id, [actual("2020", 11, note=text)])
    refused(store, "text", service.enter, plan.id, (), [update("learned", text)])


# --- unknown plans and people


@pytest.mark.parametrize("unknown", ["nothing", "", "\0", "\ud800"])
def test_an_unknown_plan_is_refused_everywhere(store: Store, unknown: str) -> None:
    for act, arguments in (
        (service.find, ()),
        (service.change, (Changes(),)),
        (service.enter, ()),
        (service.restore, ("goal01",)),
        (service.approve, ("A. Director", date(2020, 3, 1))),
        (service.revise, ("Why not",)),
        (service.close, ()),
        (service.reopen, ()),
        (service.versions, ()),
        (service.history, ("goal01",)),
        (service.exported, ()),
    ):
        refused(store, "There is no plan with this id.", act, unknown, *arguments)


def test_the_near_id_of_a_plan_is_offered(store: Store) -> None:
    plan = opened(store)
    with pytest.raises(Refused, match=f"Did you mean {plan.id}?"):
        service.find(LOCAL, store, plan.id[:-1])


def test_who_enters_progress_may_not_change_what_was_planned(store: Store) -> None:
    plan = opened(store)
    head = acting("head", CODE)
    assert service.find(head, store, plan.id).id == plan.id
    acts: tuple[Callable[[], Plan], ...] = (
        lambda: service.change(head, store, plan.id, Changes(parts=(goal(title="x"),))),
        lambda: service.enter(head, store, plan.id, [actual("2020", 11)]),
        lambda: service.restore(head, store, plan.id, "goal01"),
    )
    for act in acts:
        with pytest.raises(Denied):
            act()
    coordinator = acting("coordinator", CODE)
    service.change(coordinator, store, plan.id, Changes(parts=(goal(title="x"),)))
    with pytest.raises(Denied):
        service.approve(coordinator, store, plan.id, "A. Director", date(2020, 3, 1))
    service.approve(head, store, plan.id, "A. Director", date(2020, 3, 1))


def test_another_administration_meets_no_plan(store: Store) -> None:
    plan = opened(store)
    stranger = acting("coordinator", "BE")
    assert service.plans(stranger, store) == ()
    with pytest.raises((Denied, Refused)):
        service.find(stranger, store, plan.id)
    with pytest.raises((Denied, Refused)):
        service.enter(stranger, store, plan.id, [actual("2020", 11)])
