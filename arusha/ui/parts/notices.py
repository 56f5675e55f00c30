"""What happened and what to do: refusals, and the band that marks invented data."""

from arusha.i18n import Translator
from arusha.ui.parts.markup import show, tag, text
from questionnaires.problems import Refused


def refused(t: Translator, refusal: Refused) -> None:
    """Show every problem of a refusal: place, fault, remedy."""
    lines = [
        tag("p", tag("strong", text(problem.place)) + " – " + text(t.problem(problem)))
        for problem in refusal.problems
    ]
    show(tag("div", "".join(lines), class_="refusal", role="alert"))


def fictional(t: Translator) -> None:
    """Mark a page that shows the sample."""
    said = t("Sample data: every administration here is fictional, and every answer is invented.")
    show(tag("div", text(said), class_="band", role="note"))
