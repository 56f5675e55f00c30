"""How practices stand, moments and progress in words, the same on every page."""

from datetime import datetime

from arusha.assessments.frames import Progress
from arusha.i18n import Translator
from arusha.store.clock import now


def standing_in_words(t: Translator, standing: str) -> str:
    """Return how a practice stands that carries something of an earlier round; '' when it does not."""
    return {"to_confirm": t("to confirm"), "undetermined": t("undetermined")}.get(standing, "")


def when(t: Translator, moment: datetime) -> str:
    """Return the time of day for a moment of today, day and time for any other."""
    return t.time(moment) if t.date(now()) == t.date(moment) else t.moment(moment)


def progress_in_words(t: Translator, progress: Progress) -> str:
    """Return how far a factor is."""
    return t("{settled} of {total} settled", settled=progress.settled, total=progress.total)
