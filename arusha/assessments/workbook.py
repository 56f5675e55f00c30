"""A maturity profile as an Excel workbook: summary with charts, the answers by factor, the computation."""

import io

from arusha.assessments.sheets import answers, computation, summary
from arusha.assessments.sheets.content import Content
from arusha.assessments.views import Exported
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
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
