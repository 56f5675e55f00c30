"""A plan's parts are kept as JSON and come back the same; a plan knows its chains and which entry counts."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from arusha.plans.ledger import part_of
from arusha.plans.model import (
    ABOVE,
    KINDS,
    LONGEST_TITLE,
    STATUSES,
    Activity,
    AnyPart,
    BudgetLine,
    Figure,
    Goal,
    Header,
    Indicator,
    Update,
)
from questionnaires.model import UNPRINTABLE
from tests.plans.building import (
    a_plan,
    activity,
    actual,
    baseline,
    goal,
    indicator,
    outcome,
    output,
    override,
    spent,
    status,
    target,
    update,
)

texts = st.text(max_size=60).filter(lambda text: not UNPRINTABLE.search(text))
ids = st.from_regex(r"\A[a-z][a-z0-9]{5,31}\Z")
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
amounts = st.floats(0, 1e15)
SUPPORT = ("expert", "training", "funding", "equipment", "guidance", "peer", "other")


def several(**said: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return up to three values with these keys."""
    return st.lists(st.fixed_dictionaries(said), max_size=3)


COMMON = {"id": ids, "within": texts, "number": st.text("0123456789.", max_size=20), "title": texts}
RESULT = COMMON | {"assumptions": texts, "risks": texts, "owner": texts}
SAID: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "goal": RESULT | {"impact": texts},
    "outcome": RESULT,
    "output": RESULT,
    "activity": COMMON
    | {
        "stakeholders": texts,
        "responsible": texts,
        "start": st.none() | days,
        "end": st.none() | days,
        "after": st.lists(ids, max_size=3),
        "milestones": several(id=ids, title=texts, due=days, reached=st.none() | days),
        "budget": several(id=ids, title=texts, funder=texts, amount=amounts),
        "support": several(kind=st.sampled_from(SUPPORT), whom=texts, title=texts),
        "links": several(practice=texts, step=texts, by=days),
        "measure": texts,
    },
    "indicator": COMMON
    | {
        "unit": texts,
        "direction": st.sampled_from(["up", "down", "ambiguous"]),
        "source": texts,
        "verification": texts,
        "disaggregation": texts,
        "cumulative": st.booleans(),
        "every": st.sampled_from(["year", "half", "quarter"]),
        "owner": texts,
        "replaces": texts,
        "read_with": texts,
        "ended": st.none() | days,
        "ended_because": texts,
    },
}


# --- parts as they are kept


def test_every_field_of_every_kind_is_tried() -> None:
    for kind, model in KINDS.items():
        assert set(model.model_fields) == set(SAID[kind]) | {"kind"}


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_a_part_comes_back_from_json_as_it_was(kind: str, data: st.DataObject) -> None:
    told = data.draw(st.fixed_dictionaries(SAID[kind]))
    part = part_of({"kind": kind} | told)
    assert part_of(json.loads(json.dumps(part.model_dump(mode="json")))) == part
    assert part.kind == kind


@given(st.data())
def test_a_head_comes_back_from_json_as_it_was(data: st.DataObject) -> None:
    said = Header(
        title=data.draw(texts),
        programme=data.draw(texts),
        start=data.draw(days),
        end=data.draw(days),
        owner=data.draw(texts),
        owners=tuple(data.draw(st.lists(texts, max_size=3))),
        currency=data.draw(st.sampled_from(["", "EUR", "USD"])),
        fiscal_start=data.draw(st.integers(1, 12)),
        most_at_once=data.draw(st.integers(1, 99)),
        most_a_quarter=data.draw(st.integers(1, 99)),
        round_id=data.draw(texts),
    )
    kept = json.loads(json.dumps(said.model_dump(mode="json")))
    assert Header.model_validate(kept, strict=False) == said


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("goal", {"id": "Goal01"}),
        ("goal", {"id": "short"}),
        ("goal", {"id": "a" * 33}),
        ("goal", {"id": "goal01", "title": "half\ud800"}),
        ("goal", {"id": "goal01", "title": "bell\a"}),
        ("goal", {"id": "goal01", "title": "x" * (LONGEST_TITLE + 1)}),
        ("goal", {"id": "goal01", "unit": "posts"}),
        ("activity", {"id": "doing1", "start": "soon"}),
        ("activity", {"id": "doing1", "budget": [{"id": "line01", "title": "x", "amount": -1.0}]}),
        ("activity", {"id": "doing1", "budget": [{"id": "line01", "title": "x", "amount": float("nan")}]}),
        ("activity", {"id": "doing1", "support": [{"kind": "money"}]}),
        ("indicator", {"id": "share1", "direction": "sideways"}),
        ("indicator", {"id": "share1", "every": "month"}),
    ],
)
def test_what_is_no_part_is_none(kind: str, told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        part_of({"kind": kind} | told)


@pytest.mark.parametrize("currency", ["eur", "EURO", "€"])
def test_a_currency_has_three_capital_letters(currency: str) -> None:
    with pytest.raises(ValidationError):
        Header(title="Plan", start=date(2020, 1, 1), end=date(2021, 1, 1), currency=currency)


def test_line_breaks_bullets_and_every_script_are_text() -> None:
    title = "• первый\n• الثاني\n= SUM(A1)"
    assert goal(title=title).title == title


# --- the tree


def tree() -> Iterator[AnyPart]:
    yield goal()
    yield outcome()
    yield output(within="outcome01")
    yield activity(within="output01", budget=(BudgetLine(id="line001", title="Trips"),))
    yield indicator(within="activity01")
    yield goal("goal02")
    yield indicator("indicator02", "goal02")


def test_a_part_knows_what_it_stands_within_and_what_stands_within_it() -> None:
    plan = a_plan(*tree())
    assert [part.id for part in plan.chain("indicator01")] == [
        "indicator01",
        "activity01",
        "output01",
        "outcome01",
        "goal01",
    ]
    assert [part.id for part in plan.under("outcome01")] == [
        "outcome01",
        "output01",
        "activity01",
        "indicator01",
    ]
    assert [part.id for part in plan.under("")] == [part.id for part in tree()]
    assert plan.goal_of("indicator01") == plan.goals[0]
    assert plan.above("indicator01", "output") == plan.by_id["output01"]
    assert plan.above("goal01", "goal") is None
    assert plan.goal_of("nothing") is None
    assert plan.lines == {"line001": plan.by_id["activity01"]}
    assert [type(part) for part in (*plan.goals, *plan.activities, *plan.indicators)] == [
        Goal,
        Goal,
        Activity,
        Indicator,
        Indicator,
    ]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=6))
def test_parts_that_stand_within_one_another_end_no_walk(pairs: list[tuple[int, int]]) -> None:
    parts = [output(f"output{one:02d}", f"output{other:02d}") for one, other in dict(pairs).items()]
    plan = a_plan(*parts) if parts else a_plan()
    for part in plan.parts:
        assert len(list(plan.chain(part.id))) <= len(plan.parts)
        assert len(list(plan.under(part.id))) <= len(plan.parts)


def test_each_kind_stands_within_kinds_above_it_only() -> None:
    order = list(ABOVE)
    assert set(order) == set(KINDS)
    assert all(order.index(above) < order.index(kind) for kind in order for above in ABOVE[kind])


# --- entries


def test_the_newest_entry_of_a_place_counts_and_the_others_stay() -> None:
    entries = (
        actual("2020", 5),
        target("2020", 9),
        actual("2020", 6),
        baseline(1),
        spent("2020", 3, "line001"),
    )
    plan = a_plan(goal(), indicator(), figures=entries)
    newest = plan.figure("indicator01", "actual", "2020")
    assert newest is not None
    assert (newest.value, newest.number) == (6, 3)
    assert len(plan.current) == 4
    assert len(plan.figures) == 5
    assert plan.figure("indicator01", "actual", "2021") is None


def test_a_value_that_is_taken_back_counts_no_more() -> None:
    plan = a_plan(goal(), indicator(), figures=(actual("2020", 5), actual("2020", None, reason="Wrong.")))
    assert plan.figure("indicator01", "actual", "2020") is None


def test_a_status_holds_from_its_day_on() -> None:
    told = (status("done", date(2021, 6, 1)), status("ongoing", date(2020, 3, 1)))
    plan = a_plan(goal(), activity(), updates=told)
    assert plan.status("activity01") == "done"
    assert plan.status("activity01", date(2021, 5, 31)) == "ongoing"
    assert plan.status("activity01", date(2020, 2, 29)) == "planned"
    assert plan.done_on("activity01") == date(2021, 6, 1)


def test_of_two_on_one_day_the_one_entered_later_holds() -> None:
    plan = a_plan(goal(), activity(), updates=(status("done"), status("paused")))
    assert plan.status("activity01") == "paused"
    assert plan.done_on("activity01") is None


def test_done_again_is_done_since_the_second_time() -> None:
    days_of = [("done", 2020), ("ongoing", 2021), ("done", 2022), ("done", 2023)]
    plan = a_plan(goal(), activity(), updates=[status(one, date(year, 1, 1)) for one, year in days_of])
    assert plan.done_on("activity01") == date(2022, 1, 1)


def test_entries_of_a_part_come_by_day() -> None:
    told = (
        update("learned", "second", date(2022, 1, 1)),
        update("learned", "first", date(2021, 1, 1)),
        update("next", "else", date(2020, 1, 1)),
        override("at_risk"),
    )
    plan = a_plan(updates=told)
    assert [one.text for one in plan.entries("", "learned")] == ["first", "second"]
    assert plan.entries("goal01", "learned") == ()


@given(st.lists(st.tuples(st.sampled_from(STATUSES), days), max_size=8))
def test_the_status_is_the_last_one_by_day_and_number(told: list[tuple[str, date]]) -> None:
    plan = a_plan(goal(), activity(), updates=[status(one, on) for one, on in told])
    ranked = sorted(enumerate(told), key=lambda pair: (pair[1][1], pair[0]))
    assert plan.status("activity01") == (ranked[-1][1][0] if ranked else "planned")


def test_entries_say_who_entered_them_and_when() -> None:
    for kind in (Figure, Update):
        assert {"number", "entered_at", "entered_by"} <= {one.name for one in fields(kind)}
