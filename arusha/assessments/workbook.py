"""A maturity profile as an Excel workbook: summary with charts, the answers by factor, the computation."""

from arusha.assessments.comparing import Exported
from arusha.assessments.sheets import answers, computation, receipt, summary
from arusha.assessments.sheets.content import Content
from arusha.assessments.views import Sheet
from arusha.exchange.finishing import finished
from arusha.exchange.sheets import new_book
from arusha.i18n import Translator


def write(t: Translator, exported: Exported) -> bytes:
    """Return the workbook (xlsx) of a profile in the reader's language; it holds no formula.

    Every number of ``scoring.profile.as_json`` is in a cell with all its digits.
    """
    content = Content(t, exported)
    year = exported.seen.round.year
    book = new_book(
        t("{administration}: integrity profile {year}", administration=content.administration, year=year)
    )
    summary.write(book, content)
    answers.write(book, content)
    computation.write(book, content)
    return finished(book)


def write_receipt(t: Translator, target: Sheet) -> bytes:
    """Return the workbook (xlsx) of what was carried over into a round; the round has a receipt."""
    if target.receipt is None:
        raise ValueError(target.round.id)
    book = new_book(t("Carried over"))
    receipt.write(book, t, target, target.receipt)
    return finished(book)
