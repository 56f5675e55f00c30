"""The workbook of a receipt holds every text of the earlier round whole, as text, and no formula."""

from collections.abc import Iterator

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.assessments.views import Sheet
from arusha.assessments.wording import fate_in_words, outcome_in_words
from arusha.assessments.workbook import write_receipt
from arusha.exchange.cells import text_of
from arusha.i18n import translator
from arusha.store import Store
from questionnaires import carrying, rescaling
from questionnaires.receipts import OUTCOMES
from scoring.answers import Answer
from tests.assessments.lines import DOG, STRUCTURE, TEXT, national
from tests.assessments.rounds import LATER, everything, opened
from tests.assessments.test_carrying import ALARM, ALL, COUNTED, KEYS, WASTE
from tests.exchange.reading import formulas
from tests.exchange.reading import opened as book_of
from tests.questionnaires.small import changed

pytestmark = pytest.mark.usefixtures("small_editions")

T = translator("en")
HEADS = [
    "Practice in 2024",
    "Answer in 2024",
    "Reason",
    "Note",
    "Outside Customs",
    "What happens",
    "Why",
    "Practice in 2026",
    "Proposed",
]
CONTINUED = "(continued from the row above)"
HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1 post", "@all", "＝1", "a\r\nb", "_x0041_", "\ttab", "1e5"]


def carried(store: Store, *answers: Answer, edition: str = "second") -> Sheet:
    """Carry answers over into a later round; return it."""
    source = opened(store, answers, year=2024, edition="first")
    round_id = opened(store, edition=edition)
    service.carry_over(LOCAL, store, round_id, source, at=LATER)
    return service.sheet(LOCAL, store, round_id)


def read(sheet: Sheet, t: object = T) -> Worksheet:
    book = book_of(write_receipt(t, sheet))  # type: ignore[arg-type]
    return book.worksheets[0]


def rows(sheet: Worksheet) -> Iterator[list[str]]:
    """Yield each row of the table as nine texts; one that goes on in rows below is put together again."""
    found: list[list[str]] = []
    start = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == HEADS[0])
    assert [cell.value for cell in sheet[start]] == HEADS
    for row in sheet.iter_rows(min_row=start + 1):
        said = [text_of(cell.value) for cell in row]
        if said[0] == CONTINUED:
            found[-1] = [found[-1][0], *(a + b for a, b in zip(found[-1][1:], said[1:], strict=True))]
        elif any(said):
            found.append(said)
    yield from found


def test_every_row_says_where_an_answer_came_from_where_it_goes_and_why(store: Store) -> None:
    said = {row[0]: row for row in rows(read(carried(store, KEYS, COUNTED, WASTE, ALARM)))}
    assert list(said.values()) == [
        [
            "How many keys are written down? (care.keys)",
            "Half",
            "The landlord has them.",
            "Since May.",
            "yes",
            "Proposed again",
            carrying.COPIED,
            "How many keys are written down? (care.key_register)",
            "Half",
        ],
        [
            "How much of the stock is counted each month? (care.count)",
            "Most",
            "",
            "Every month.",
            "",
            "Proposed on the new scale",
            rescaling.LOWER,
            "How much of the stock is counted each month? (care.count)",
            "Some",
        ],
        [
            "How much of the waste is sorted? (order.waste)",
            "Half",
            "",
            "The bins are full.",
            "",
            "Undetermined",
            carrying.SUBJECT,
            "How much of what is disposed of is on record? (order.disposal)",
            "",
        ],
        [
            "Is there an alarm? (care.alarm)",
            "Yes",
            "The police.",
            "It rings.",
            "yes",
            "Not asked any more",
            carrying.DROPPED,
            "",
            "",
        ],
    ]


def test_what_does_not_apply_says_so_on_both_sides(store: Store) -> None:
    (row,) = rows(read(carried(store, Answer("order.briefing", not_applicable=True, reason="No staff."))))
    assert (row[1], row[2], row[8]) == ("Not applicable", "No staff.", "Not applicable")


def test_every_row_of_the_receipt_is_a_row_of_the_sheet_in_its_order(store: Store) -> None:
    sheet = carried(store, *ALL)
    assert sheet.receipt is not None
    found = list(rows(read(sheet)))
    assert [(row[2], row[3]) for row in found] == [
        (r.answer.reason, r.answer.note) for r in sheet.receipt.rows
    ]
    assert [row[5] for row in found] == [fate_in_words(T, row) for row in sheet.receipt.rows]


def test_the_sheet_says_whose_it_is_and_that_nothing_of_it_counts_yet(store: Store) -> None:
    sheet = read(carried(store, KEYS))
    assert sheet.title == "Carried over"
    assert sheet["A1"].value == "KE: 2024 carried over to 2026"
    assert sheet["A2"].value == (
        f"Carried over on {T.moment(LATER)}. Nothing of it counts before it is confirmed."
    )


@pytest.mark.parametrize("note", HOSTILE)
def test_a_text_that_looks_like_a_formula_stays_a_text(sqlite_store: Store, note: str) -> None:
    sheet = carried(sqlite_store, Answer("care.alarm", reason=note, note=note))
    data = write_receipt(T, sheet)
    assert formulas(data) == []
    cells = [cell for row in book_of(data).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    (row,) = rows(read(sheet))
    assert (row[2], row[3]) == (note, note)


@pytest.mark.parametrize(
    "text", ["🙂" * 20_000, "word " * 4_000, "a\n" * 10_000, "=" * 20_000, "_x0041_" * 2857]
)
def test_the_longest_text_is_whole_and_goes_on_in_rows_below(sqlite_store: Store, text: str) -> None:
    sheet = carried(sqlite_store, Answer("care.keys", "half", reason="short", note=text), KEYS_AFTER)
    found = read(sheet)
    assert sum(cell.value == CONTINUED for cell in found["A"]) >= 1
    first, second = rows(found)
    assert (first[2], first[3]) == ("short", text)
    assert second[3] == "The stock."


KEYS_AFTER = Answer("care.count", "half", note="The stock.")


def test_it_is_written_in_the_reader_s_language(store: Store) -> None:
    t = translator("fr")
    sheet = carried(store, *ALL)
    said = {text_of(c.value) for row in read(sheet, t).iter_rows() for c in row if c.value is not None}
    assert {outcome_in_words(t, outcome) for outcome in OUTCOMES} <= said
    assert t(carrying.DROPPED) in said


def test_what_is_not_asked_any_more_keeps_its_id_and_its_step(store: Store) -> None:
    folder = national()
    sheet = carried(store, Answer(DOG, "yes", note="It is old."), edition="first")
    (row,) = rows(read(sheet))
    assert (row[0], row[1], row[8]) == (f"Does a dog guard the store? ({DOG})", "Yes", "Yes")
    structure = changed(STRUCTURE, ('"yes"', '"always"'), ("scales.two", "scales.dogs"), ('"two"', '"dogs"'))
    national(structure, changed(TEXT, ("yes =", "always ="), ("scales.two", "scales.dogs")))
    (row,) = rows(read(service.sheet(LOCAL, store, sheet.round.id)))
    assert (row[1], row[3], row[8]) == ("yes", "It is old.", "yes")
    folder.rename(folder.with_name("away"))
    (row,) = rows(read(service.sheet(LOCAL, store, sheet.round.id)))
    assert (row[0], row[1], row[3], row[7]) == (DOG, "yes", "It is old.", DOG)


def test_writing_it_changes_nothing_and_needs_a_receipt(store: Store) -> None:
    sheet = carried(store, *ALL)
    before = everything(store)
    write_receipt(T, sheet)
    assert everything(store) == before
    round_id = opened(store, code="UG", edition="first")
    with pytest.raises(ValueError, match=round_id):
        write_receipt(T, service.sheet(LOCAL, store, round_id))
