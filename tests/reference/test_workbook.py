"""The workbook of a questionnaire, read back: every practice, measure and commitment, ready to print."""

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.cells import text_of
from arusha.i18n import translator
from arusha.reference import workbook
from arusha.reference.commitments import COMMITMENTS
from arusha.reference.content import Content
from questionnaires import loading
from questionnaires.loading import read
from tests.exchange.reading import formulas, kept, opened
from tests.questionnaires.small import TEXT, changed, written

EDITION = loading.edition(loading.editions()[-1])
LANGUAGES = sorted(EDITION.languages)


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """Return language and bytes of the workbook in it."""
    language: str = request.param
    return language, workbook.write(Content(translator(language), EDITION, language))


def rows(sheet: Worksheet) -> list[list[str]]:
    """Return the rows of the table that can be filtered, below its head."""
    first = int("".join(filter(str.isdigit, str(sheet.auto_filter.ref).split(":")[0])))
    return [[text_of(cell.value) for cell in row] for row in sheet.iter_rows(min_row=first + 1)]


def column(table: list[list[str]], number: int) -> list[str]:
    return [row[number] for row in table]


def test_every_practice_is_a_row_with_its_steps_and_what_to_show(made: tuple[str, bytes]) -> None:
    language, data = made
    table, words = rows(opened(data).worksheets[1]), EDITION.words(language).practices
    assert column(table, -1) == list(EDITION.practices)
    for row in table:
        said = words[row[-1]]
        assert row[1] == said.question
        assert row[2:-2] == list(said.steps.values())
        assert all(line in row[-2] for line in said.evidence)


def test_who_would_know_and_what_is_served_is_there(made: tuple[str, bytes]) -> None:
    language, data = made
    words = EDITION.words(language)
    for row in rows(opened(data).worksheets[2]):
        practice = EDITION.practices[row[-1]]
        assert all(words.owner[one] in row[4] for one in practice.owner)
        assert all(words.drivers[one] in row[5] for one in practice.drivers)
        assert all(
            line.startswith(one) for one, line in zip(practice.commitments, row[7].split("\n"), strict=True)
        )
        assert bool(row[2]) == (practice.key or practice.core)


def test_every_measure_is_a_row(made: tuple[str, bytes]) -> None:
    language, data = made
    table = rows(opened(data).worksheets[3])
    wanted = [
        (f"{practice.id}\n{measure.id}", str(measure.months), EDITION.words(language).practices[practice.id])
        for practice in EDITION.practices.values()
        for measure in practice.measures
    ]
    assert [(row[-1], row[3]) for row in table] == [(id_, months) for id_, months, _ in wanted]
    for row, (id_, _, said) in zip(table, wanted, strict=True):
        measure = said.measures[id_.split("\n")[1]]
        assert [row[2], row[4], row[5], row[6]] == [
            measure.name,
            measure.output,
            measure.indicator,
            measure.unit,
        ]


def test_every_commitment_is_a_row_with_the_practices_that_serve_it(made: tuple[str, bytes]) -> None:
    _, data = made
    table = rows(opened(data).worksheets[4])
    assert set(column(table, 0)) == set(COMMITMENTS)
    for commitment, _said, first, also, count in table:
        named = [f"({p.id})" for p in EDITION.practices.values() if commitment in p.commitments]
        assert all(one in first + also for one in named)
        assert int(count) == len(named)


def test_the_sheets_print_on_landscape_paper_with_their_head_in_sight(made: tuple[str, bytes]) -> None:
    _, data = made
    book = opened(data)
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    for sheet in book.worksheets[1:]:
        head = str(sheet.auto_filter.ref)[1:].split(":")[0]
        assert sheet.print_title_rows == f"${head}:${head}"
        assert str(sheet.freeze_panes).endswith(str(int(head) + 1))
    assert formulas(data) == []


def test_the_first_sheet_says_whose_scale_it_is_and_what_to_show() -> None:
    book = opened(workbook.write(Content(translator("en"), EDITION, "en")))
    said = [text_of(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "The steps and levels are this toolkit's own; the WCO has no maturity scale for integrity." in said
    assert "Nothing has to be shown." in said
    assert all(EDITION.words("en").factors[factor.id].asks in said for factor in EDITION.factors)


def test_a_foreign_questionnaire_has_its_own_steps_and_no_commitments(tmp_path: Path) -> None:
    small = read(written(tmp_path, en=changed(TEXT, ('"Is the store locked?"', '"=1+1"'))))
    book = opened(workbook.write(Content(translator("en"), small, "en")))
    assert len(book.worksheets) == 4
    table = rows(book.worksheets[1])
    assert column(table, -1) == ["care.lock", "care.list", "order.shelves"]
    assert table[0][1:5] == ["=1+1", "It stands open.", "It is locked.", "– The lock"]
    assert formulas(kept(book)) == []
