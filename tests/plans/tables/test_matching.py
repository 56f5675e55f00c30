"""Two years' tables whose numbers shifted: what is the same activity, what is new, what a person decides."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.plans.model import Activity, Plan
from arusha.plans.tables.likeness import likeness
from arusha.plans.tables.matching import DOUBTFUL, SURE, matches
from arusha.plans.tables.work_plan import Line, Section, Table
from tests.plans.tables.written import (
    ACT2,
    ACT4,
    HEAD,
    after,
    edited,
    faults,
    foreign,
    said,
    small,
    table,
    taking,
    written,
)

EMPTY = Plan("", "XA", HEAD)
YEAR_1 = (
    ["Goal 2: Capacity is built"],
    ["2.1", "Hold workshops on the appraisal of needs", "Members", "Reports of needs"],
    ["2.3", "Keep the calendar of events", "Members", "A calendar"],
    ["2.6", "Keep the register of regional experts up to date", "Members", "A register of experts"],
    ["Goal 3: Members hear of one another"],
    ["3.4", "Publish the newsletter four times a year", "Members", "Newsletters"],
    ["3.5", "Update the list of national contact points", "Members", "A list of contact points"],
    ["Goal 4: Training centres work together"],
    ["4.4", "Coordinate the regional training centres", "Centres", "Joint programmes"],
)
YEAR_2 = (
    ["Goal 2: Capacity is built"],
    ["2.1", "Hold workshops on the appraisal of needs", "Members", "Reports of needs"],
    [
        "2.3",
        "Keep the register of regional experts up to date and complete",
        "Members",
        "A register of experts",
    ],
    ["Goal 3: Members hear of one another"],
    ["3.3", "Update the list of the national contact points", "Members", "A list of contact points"],
    ["3.4", "Open a page on a social network", "Members", "A page"],
    ["Goal 4: Training centres work together"],
    ["4.2", "Coordinate the  Regional Training Centres", "Centres", "Joint programmes"],
)


def test_shifted_numbers_are_matched_by_their_texts() -> None:
    plan = after(EMPTY, foreign(*YEAR_1))
    by_number = {activity.number: activity.id for activity in plan.activities}
    found = matches(plan, table(foreign(*YEAR_2)))
    assert [(match.activity_id, match.how) for match in found.lines.values()] == [
        (by_number["2.1"], "text"),
        (by_number["2.6"], "similar"),
        (by_number["3.5"], "similar"),
        (None, "new"),
        (by_number["4.4"], "text"),
    ]
    assert (found.matched, found.new, found.doubtful) == (4, 1, ())
    later = after(plan, foreign(*YEAR_2))
    assert later.by_id[by_number["2.6"]].number == "2.3"
    assert [goal.id for goal in later.goals] == [goal.id for goal in plan.goals]


def test_the_id_wins_over_the_text() -> None:
    data = edited(
        written(small()), **{f"B{ACT2}": "Publish the calendar of rotation", f"B{ACT4}": "Something else"}
    )
    found = matches(small(), table(data))
    assert [match.activity_id for match in found.lines.values()] == ["act001", "act002", "act003", "act004"]
    assert {match.how for match in found.lines.values()} == {"id"}


def test_a_doubtful_line_is_never_matched_silently() -> None:
    data = foreign(
        ["1", "Rules are known"], ["1.7", "Train inspectors and managers", None, "A code of conduct"]
    )
    taken = taking(small(), data)
    (doubt,) = taken.matching.doubtful
    assert (doubt.row, doubt.activity_id, doubt.candidates[0].activity) == (4, None, "act002")
    assert DOUBTFUL <= doubt.candidates[0].score < SURE
    assert (taken.matching.matched, taken.matching.new) == (0, 0)
    assert "act002" not in {part.id for part in taken.changes.parts}
    assert said(taken.problems) == [
        (
            "B4: It is doubtful which activity of the plan this is. It could be: "
            "1.2 Train inspectors on the code [act002]. "
            "Say for row 4 which of them it is, or that it is new."
        )
    ]


def test_a_person_decides_about_a_doubtful_line() -> None:
    data = foreign(
        ["1", "Rules are known"], ["1.7", "Train inspectors and managers", None, "A code of conduct"]
    )
    same = taking(small(), data, {4: "act002"})
    assert (same.problems, same.matching.matched, same.matching.new) == ((), 1, 0)
    assert same.matching.lines[4].how == "decided"
    new = taking(small(), data, {4: ""})
    assert (new.problems, new.matching.matched, new.matching.new) == ((), 0, 1)
    assert after(small(), data, {4: ""}).by_id["act002"] == small().by_id["act002"]


def test_two_candidates_close_together_are_a_doubt() -> None:
    parts = (
        *small().parts,
        Activity(id="act005", within="goal02", number="2.2", title="Publish the calendar of rotations"),
    )
    data = foreign(["2", "Posts are rotated"], ["2.9", "Publish the calendar of rotation!"])
    (doubt,) = matches(small(parts=parts), table(data)).doubtful
    assert {candidate.activity for candidate in doubt.candidates} == {"act004", "act005"}
    assert min(candidate.score for candidate in doubt.candidates) > SURE


def test_two_lines_close_to_one_activity_are_a_doubt() -> None:
    data = foreign(
        ["2", "Posts are rotated"],
        ["2.1", "Publish the calendar of rotation!"],
        ["2.2", "Publish the calendar of rotation?"],
    )
    found = matches(small(), table(data))
    assert [match.how for match in found.lines.values()] == ["doubtful", "doubtful"]


def test_a_near_text_of_another_goal_is_a_doubt_and_an_equal_one_has_moved() -> None:
    near = foreign(["2", "Posts are rotated"], ["2.1", "Train inspectors on the code!"])
    (doubt,) = matches(small(), table(near)).doubtful
    assert doubt.candidates[0].activity == "act002"
    equal = foreign(["2", "Posts are rotated"], ["2.1", "Train inspectors on the code"])
    assert matches(small(), table(equal)).lines[4].activity_id == "act002"
    assert after(small(), equal).by_id["act002"].within == "goal02"


def test_the_same_text_in_two_outputs_is_told_apart_by_the_output() -> None:
    parts = (*small().parts, Activity(id="act005", within="output02", title="Train inspectors on the code"))
    head = ["1", "Rules are known"]
    data = foreign(head, ["1.1", "Train inspectors on the code", None, "A hotline"])
    assert matches(small(parts=parts), table(data)).lines[4].activity_id == "act005"
    (doubt,) = matches(
        small(parts=parts), table(foreign(head, ["1.1", "Train inspectors on the code"]))
    ).doubtful
    assert {candidate.activity for candidate in doubt.candidates} == {"act002", "act005"}


def test_a_goal_is_found_by_its_title_by_its_lines_or_by_a_near_title() -> None:
    by_lines = foreign(["7", "Another name altogether"], ["7.1", "Publish the calendar of rotation"])
    assert matches(small(), table(by_lines)).goals == {3: "goal02"}
    assert matches(small(), table(foreign(["7", "Posts are rotated."], ["7.1", "New"]))).goals == {
        3: "goal02"
    }
    assert matches(small(), table(foreign(["7", "Something"], ["7.1", "New"]))).goals == {3: None}
    assert after(small(), by_lines).by_id["goal02"].title == "Another name altogether"


@pytest.mark.parametrize(
    ("decided", "fault"),
    [
        ({99: "act001"}, "No activity stands in row 99. Look at the table again."),
        ({4: "act0001"}, "There is no activity act0001 in the plan. Did you mean act001?"),
        (
            {4: "zzzzzz"},
            "There is no activity zzzzzz in the plan. Use one of: act001, act002, act003, act004.",
        ),
    ],
)
def test_a_decision_about_nothing_is_refused(decided: dict[int, str], fault: str) -> None:
    data = foreign(["1", "Rules are known"], ["1.9", "Sweep"])
    assert any(fault in one for one in said(taking(small(), data, decided).problems))


def test_two_rows_cannot_be_decided_to_be_one_activity() -> None:
    data = foreign(["1", "Rules are known"], ["1.8", "Sweep"], ["1.9", "Mop"])
    assert said(taking(small(), data, {4: "act001", 5: "act001"}).problems) == [
        "B5: Two rows are said to be the same activity act001. Say which of them it is."
    ]


def test_nothing_stands_against_a_table_without_doubts() -> None:
    assert faults(foreign(["1", "Rules are known"], ["1.9", "Sweep"])) == []


LETTERS = st.text("abc é", max_size=12)
LINES = st.builds(Line, st.just("1"), LETTERS, output=LETTERS)


@given(LINES, LINES)
def test_likeness_is_a_share_and_the_same_both_ways_round_for_equal_texts(one: Line, other: Line) -> None:
    assert 0 <= likeness(one, other) <= 1
    if one.activity.strip():
        assert likeness(one, one) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab ", min_size=1, max_size=6).filter(str.strip), max_size=5), st.data())
def test_no_activity_is_ever_matched_twice(titles: list[str], data: st.DataObject) -> None:
    parts = [small().by_id["goal01"]]
    parts += [Activity(id=f"act1{n:02}", within="goal01", title=f"{t} {n}") for n, t in enumerate(titles)]
    plan = replace(EMPTY, parts=tuple(parts))
    lines = data.draw(st.lists(st.text("ab 012", min_size=1, max_size=8), max_size=6))
    rows = tuple(Line("", text, row=row) for row, text in enumerate(lines, start=2))
    found = matches(plan, Table((Section("1", "Rules are known", lines=rows, row=1),)))
    taken = [match.activity_id for match in found.lines.values() if match.activity_id]
    assert len(taken) == len(set(taken))
    assert found.matched + found.new + len(found.doubtful) == len(rows)
