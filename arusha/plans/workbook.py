"""A plan as an Excel workbook to read, filter and print: overview with charts, logframe, measures, money."""

from collections.abc import Mapping
from datetime import date

from arusha.exchange.finishing import finished
from arusha.exchange.sheets import new_book
from arusha.i18n import Translator
from arusha.plans.model import Plan
from arusha.plans.sheets import (
    about,
    budget,
    by_period,
    checks,
    logframe,
    measures,
    overview,
    support,
    timeline,
)
from arusha.plans.sheets.content import Content
from questionnaires.model import Questionnaire
from scoring.answers import Answer


def write(
    t: Translator,
    plan: Plan,
    today: date,
    questionnaire: Questionnaire | None = None,
    answers: Mapping[str, Answer] | None = None,
    *,
    name: str = "",
) -> bytes:
    """Return the workbook (xlsx) of a plan as it stood on a day, in the reader's language; it has no formula.

    Every number is that of the rules, with all its digits. ``questionnaire`` and ``answers`` are those whose
    gaps the plan answers; without them the plan check cannot look for gaps. ``name`` is the administration's.
    """
    book = new_book(t("Action plan: {title}", title=plan.header.title))
    content = Content(t, plan, today, questionnaire, answers, name, book, [])
    overview.write(content)
    logframe.write(content)
    measures.write(content)
    timeline.write(content)
    by_period.write(content)
    budget.write(content)
    budget.write_by_funder(content)
    support.write(content)
    checks.write(content)
    about.write(content)
    return finished(book, tables=content.tables)
