"""Whatever is done to a work plan table, it is taken whole or refused with reasons, and never in part.

Most mutants are made of the cells as the reader sees them; some are workbooks that are written and read
again. What is done to the bytes of a file is the matter of ``tests/exchange``.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from arusha.access.rules import LOCAL
from arusha.exchange.reading import Found, Kind, Page
from arusha.plans import rules, service
from arusha.plans.entry_rules import faults_of_entries
from arusha.plans.model import Plan
from arusha.plans.rules import Changes
from arusha.plans.sheets import taken_work_plan
from arusha.plans.tables.taking import take
from arusha.store import open_store
from questionnaires.problems import Refused
from tests.plans.tables.written import FILE, HEAD, PARTS, SHEET, TODAY, kept, pages, small, written

TEXTS = (
    *(" ", "x", "1.1", "2", "done", "Goal 3: More", "Expected Impact", "x" * 2500, "Write the code"),
    *(
        "activity:act001",
        "goal:goal02",
        "impact:",
        "Обучение",
        "العربية\n•",
        "_x0001_",
        "Publish the calendar",
    ),
    *("Train inspectors", "#", "Activity", "Status", "A hotline", "Goal", "*"),
)
OTHERS = (
    Found(Kind.FORMULA),
    Found(Kind.ERROR),
    Found(Kind.TRUTH, True),
    Found(Kind.DATE, "2026-01-01"),
    Found(Kind.DATE),
    Found(Kind.NUMBER, 0),
    Found(Kind.NUMBER, 1.5),
    Found(Kind.NUMBER, -1e300),
)
OF_CELLS, OF_FILES, KEPT = 1_700, 300, 60


def mutant(found: dict[str, Page], chance: Random) -> dict[str, Page]:
    """Return the sheets after a few random edits of cells, rows, columns and merged ranges."""
    name = SHEET if chance.random() < 0.9 else "_work_plan"
    page = found[name]
    cells, merged = dict(page.cells), list(page.merged)
    for _ in range(chance.randrange(1, 5)):
        row, column = chance.randrange(1, page.rows + 3), chance.randrange(1, 10)
        deed = chance.random()
        if deed < 0.4:
            text = Found(Kind.TEXT, chance.choice(TEXTS))
            cells[row, column] = text if chance.random() < 0.7 else chance.choice(OTHERS)
        elif deed < 0.5:
            cells.pop((row, column), None)
        elif deed < 0.65:
            row, column = chance.choice(list(cells) or [(1, 1)])
            place = chance.choice(list(cells) or [(1, 1)])
            swapped = {place: cells.get((row, column)), (row, column): cells.get(place)}
            cells.update({spot: one for spot, one in swapped.items() if one is not None})
        elif deed < 0.75:
            by = chance.choice((1, -1))
            cells = {(r + by if r >= row else r, c): one for (r, c), one in cells.items() if r + by > 0}
        elif deed < 0.8:
            cells = {(r, c + 1 if c >= column else c): one for (r, c), one in cells.items()}
        elif deed < 0.9:
            end = f"{get_column_letter(column + chance.randrange(3))}{row + chance.randrange(3)}"
            merged.append(f"{get_column_letter(column)}{row}:{end}")
        elif merged:
            merged.pop(chance.randrange(len(merged)))
    rows, columns = (max((place[side] for place in cells), default=0) for side in (0, 1))
    return {**found, name: replace(page, cells=cells, merged=tuple(merged), rows=rows, columns=columns)}


def mutant_file(data: bytes, chance: Random) -> bytes:
    """Return a workbook after a few random edits with the library that people's programs use."""
    book = load_workbook(BytesIO(data))
    sheet = book[SHEET]
    for _ in range(chance.randrange(1, 4)):
        row, column = chance.randrange(1, sheet.max_row + 3), chance.randrange(1, 10)
        _edit(book, row, column, chance)
    return kept(book)


def _edit(book: Workbook, row: int, column: int, chance: Random) -> None:
    sheet, deed = book[SHEET], chance.random()
    if deed < 0.2:
        chance.choice((sheet.delete_rows, sheet.insert_rows))(row)
    elif deed < 0.3:
        chance.choice((sheet.delete_cols, sheet.insert_cols))(column)
    elif deed < 0.4:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
    elif not isinstance(sheet.cell(row, column), MergedCell):
        typed = (*(text for text in TEXTS if text != "_x0001_"), "=1+1", 2.5, True, date(2026, 1, 1), None)
        sheet.cell(row, column).value = chance.choice(typed)


def answer(plan: Plan, found: dict[str, Page]) -> Changes | None:
    """Return what a table changes, None when it is refused; hold either to what it must be."""
    ids = map("new{:06d}".format, count())
    try:
        taken = take(plan, taken_work_plan.taken(found, FILE), TODAY, lambda: next(ids))
        problems = taken.problems
    except Refused as refused:
        problems = refused.problems
    if problems:
        for problem in problems:
            assert problem.place.startswith(FILE)
            assert "{" not in str(problem)
        return None
    now = rules.after(plan, taken.changes)
    assert rules.faults_of_parts(now, None) == []
    assert faults_of_entries(plan, now, taken.changes) == []
    assert set(plan.by_id) <= set(now.by_id)
    return taken.changes


def test_every_mutant_is_taken_whole_or_refused_with_a_reason() -> None:
    chance, plan, data = Random(8), small(), written(small())
    sheets = pages(data)
    counted = Counter(answer(plan, mutant(sheets, chance)) is None for _ in range(OF_CELLS))
    assert min(counted[True], counted[False]) > OF_CELLS // 10
    counted = Counter(answer(plan, pages(mutant_file(data, chance))) is None for _ in range(OF_FILES))
    assert min(counted[True], counted[False]) > OF_FILES // 10


def test_no_mutant_is_written_in_part(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/plans.sqlite")
    opened = Changes(parts=PARTS)
    plan = service.open_plan(LOCAL, store, "XA", HEAD, opened, region="europe", name="Aldoria")
    chance, sheets, done = Random(9), pages(written(plan)), Counter[bool]()
    for _ in range(KEPT):
        before = service.find(LOCAL, store, plan.id)
        changes = answer(before, mutant(sheets, chance))
        if changes is not None:
            now = service.change(LOCAL, store, plan.id, changes)
            assert set(now.parts) == set(rules.after(before, changes).parts)
        else:
            assert service.find(LOCAL, store, plan.id) == before
        done[changes is None] += 1
    store.close()
    assert min(done.values()) > 5
