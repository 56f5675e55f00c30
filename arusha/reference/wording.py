"""What the reference says in its own words: what to show for a step, whose scale it is, who can remedy."""

from collections.abc import Mapping

from arusha.i18n import Translator


def own_scale(t: Translator) -> str:
    """Return the sentence that is said once: whose scale this is."""
    return t("The steps and levels are this toolkit's own; the WCO has no maturity scale for integrity.")


def reading(t: Translator) -> str:
    """Return how the steps build on each other."""
    return t(
        "A step includes all below it. A higher step is shown with the same evidence from more places, "
        "and at last with its results; the sentence of the step decides."
    )


def showing(t: Translator) -> Mapping[str, str]:
    """Return step id -> what to show a reviewer to claim it, on our own scale."""
    return {
        "absent": t("Nothing has to be shown."),
        "designed": t("The paper itself: approved, dated, with its owner."),
        "partly": t(
            "Traces of use, such as registers, files, extracts or visits, from the places where it "
            "works; and a list of where it does not."
        ),
        "throughout": t(
            "The same traces from places, shifts and grades that the reviewer picks, and the exceptions "
            "with their reasons."
        ),
        "proven": t(
            "Figures or reports of the past year, the record of who discussed them, and what changed "
            "because of them."
        ),
    }


def powers(t: Translator) -> Mapping[str, str]:
    """Return in whose hands a remedy can lie, in words."""
    return {
        "customs": t("In Customs' own hands"),
        "shared": t("Shared with others"),
        "government": t("Decided by the government"),
    }


def directions(t: Translator) -> Mapping[str, str]:
    """Return where an indicator should go, in words."""
    return {
        "up": t("should rise"),
        "down": t("should fall"),
        "ambiguous": t("can be good news either way"),
    }
