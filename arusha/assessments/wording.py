"""What happens to an answer that is carried over, in words: the same on pages and in workbooks."""

from arusha.i18n import Translator
from questionnaires.receipts import Carried


def fate_in_words(t: Translator, row: Carried) -> str:
    """Return the words for where an answer goes; one that proposes nothing is not called a proposal."""
    return only_text(t) if row.outcome == "copied" and not row.proposed else outcome_in_words(t, row.outcome)


def only_text(t: Translator) -> str:
    """Return the words for an answer of which only the note or the reason goes on."""
    return t("Only the text goes on")


def outcome_in_words(t: Translator, outcome: str) -> str:
    """Return the words for one of ``receipts.OUTCOMES``."""
    return {
        "copied": t("Proposed again"),
        "rescaled": t("Proposed on the new scale"),
        "to_confirm": t("Undetermined"),
        "dropped": t("Not asked any more"),
    }[outcome]
