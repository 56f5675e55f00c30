"""``backup``: copy the whole database while people work, so that the copy can be proved."""

from pathlib import Path
from typing import Annotated

import typer

from arusha import settings
from arusha.access import copies
from arusha.commands import telling
from arusha.store import backup
from arusha.store.clock import now as moment

app = telling.commands("Back up the database, national questionnaires and anchors.")


@app.command("backup")
def backup_(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="A new folder, or a new archive that ends in .zip.")
    ],
) -> None:
    """Back up the database, the national questionnaires and the anchors into a folder or an archive.

    People may go on working. The secrets are left out: whoever has both can read and change everything.
    """
    t, now, at = telling.speaker(), settings.read(), moment()
    made = backup.make(target, now, at, copies.record_backup)
    values = {"place": made.place, "rows": made.manifest.rows, "newest": made.manifest.trail.seq}
    telling.say(
        t("{place} holds the database with {rows} rows, up to record {newest} of the trail.", **values)
    )
    telling.say(t("It holds everything in clear text: keep it as safe as the database itself."))
    telling.say(
        t(
            "The secrets in {keys} are not in it. Keep a copy of that folder too, in another place: "
            "without it this backup cannot be restored.",
            keys=now.keys,
        )
    )
