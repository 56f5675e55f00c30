"""The ten factors as a row of progress, each leading to its answer page."""

from arusha.access.gate import Here
from arusha.assessments import frames
from arusha.assessments.pages.wording import progress_in_words
from arusha.assessments.views import Sheet
from arusha.ui.parts.markup import href
from arusha.ui.parts.progress import Leg, progress_row


def factor_row(here: Here, sheet: Sheet, current: str) -> None:
    """Show the row for a round; ``current`` is the factor the reader is in, or ''."""
    t, words = here.t, sheet.questionnaire.words(here.t.language).factors
    legs = []
    for factor in sheet.questionnaire.factors:
        progress = frames.progress_of(factor, sheet.answers)
        said = progress_in_words(t, progress)
        name = words[factor.id].short or words[factor.id].name
        link = href("answer", here.at(round=sheet.round.id, factor=factor.id))
        legs.append(Leg(factor.number, name, progress.share, said, link, factor.id == current))
    progress_row(legs, t("The factors and how far they are"))
