"""The worked example of *How one edition follows another* is what the two small editions give."""

import re
from pathlib import Path

import questionnaires
from questionnaires.carrying import plan
from questionnaires.editions import CLASSES, FACTS, Line, comparability
from questionnaires.receipts import OUTCOMES, Carried, notes, standing
from scoring.answers import LONGEST_TEXT, Answer
from tests.questionnaires.following import FIRST, SECOND

README = Path(questionnaires.__file__).with_name("README.md").read_text(encoding="utf-8")
SECTION = README.split("\n## How one edition follows another\n")[1].split("\n## ")[0]
Rows = list[list[str]]


def tables(text: str) -> list[Rows]:
    found = re.findall(r"(?:^\|.*\|\n)+", text, flags=re.MULTILINE)
    return [[cells_of(line) for line in table.splitlines()[2:]] for table in found]


def cells_of(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line[1:-1].split("|")]


CLASS_TABLE, OUTCOME_TABLE, LINES, ANSWERS, RECEIPT, BEGINNING = tables(SECTION)


def answer_of(cells: list[str]) -> Answer:
    practice, given, reason, note = cells
    step = given.removesuffix(", outside")
    is_step = step not in ("", "not applicable")
    return Answer(
        practice,
        step if is_step else None,
        not_applicable=step == "not applicable",
        outside=step != given,
        reason=reason,
        note=note,
    )


def rows_of_receipt() -> tuple[Carried, ...]:
    return plan(FIRST, SECOND, [answer_of(cells) for cells in ANSWERS])


def proposed(row: Carried) -> str:
    if row.proposed is None:
        return ""
    return "not applicable" if row.proposed.not_applicable else str(row.proposed.step)


def line_as_cells(line: Line) -> list[str]:
    facts = ", ".join(name.removeprefix("is_") for name in FACTS if getattr(line, name))
    return [line.earlier, line.practice, line.class_, facts]


def test_the_table_of_practices_is_what_the_editions_say() -> None:
    assert [line_as_cells(line) for line in comparability(FIRST, SECOND)] == LINES


def test_the_receipt_is_what_the_plan_says() -> None:
    assert [[row.earlier, row.practice, row.outcome, proposed(row)] for row in rows_of_receipt()] == RECEIPT


def test_the_new_round_begins_as_it_is_told() -> None:
    rows = rows_of_receipt()
    carried = notes(rows, LONGEST_TEXT)
    assert [
        [name, standing(name, rows, is_settled=False), carried.get(name, "").replace("\n\n", "<br><br>")]
        for name in SECOND.practices
    ] == BEGINNING


def test_the_example_shows_every_class_and_every_outcome() -> None:
    assert tuple(cells[0] for cells in CLASS_TABLE) == CLASSES == tuple(dict.fromkeys(CLASSES))
    assert {cells[2] for cells in LINES} == set(CLASSES)
    assert tuple(cells[0] for cells in OUTCOME_TABLE) == OUTCOMES
    assert {cells[2] for cells in RECEIPT} == set(OUTCOMES)
    assert all(any(name.removeprefix("is_") in cells[3] for cells in LINES) for name in FACTS)


def test_the_values_named_are_those_of_the_two_scales() -> None:
    values = [
        [step.value for step in one.scale_of(one.practices["care.count"]).steps] for one in (FIRST, SECOND)
    ]
    assert values == [[0, 0.25, 0.5, 0.75, 1], [0, 0.5, 1]]
    assert "five steps worth 0, 0.25, 0.5, 0.75 and 1, and later on three worth 0, 0.5 and 1." in SECTION
