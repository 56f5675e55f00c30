"""The workbook of a profile, as one link."""

from arusha.access import files
from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments.views import Seen
from arusha.ui.parts.markup import download, show


def draw(here: Here, seen: Seen) -> None:
    """Offer the workbook; it is written only when it is asked for."""
    if here.may(Permission.PROFILE_EXPORT):
        revision = seen.signature.revision if seen.signature else 0
        file = files.address("profile", f"{seen.round.id}.{revision}", here.t, here.space)
        show(download(here.t("Download as Excel workbook"), file))
