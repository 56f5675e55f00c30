"""The whole questionnaire as an Excel workbook to read, filter and print; it holds no formula."""

from arusha.exchange.finishing import finished
from arusha.exchange.sheets import new_book
from arusha.reference.content import Content
from arusha.reference.sheets import coverage, measures, practices, reading


def write(content: Content) -> bytes:
    """Return the workbook (xlsx): how to read it, practices, who and why, measures, commitments."""
    book = new_book(content.words.title)
    reading.write(book, content)
    practices.write_steps(book, content)
    practices.write_who_and_why(book, content)
    measures.write(book, content)
    coverage.write(book, content)
    return finished(book)
