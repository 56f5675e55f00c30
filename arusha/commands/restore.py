"""``restore``: put a backup back into an empty place, or only try whether it could be."""

from pathlib import Path
from typing import Annotated

import typer

from arusha import settings, tables
from arusha.access import copies
from arusha.access.proof import anchors, sealing
from arusha.commands import telling
from arusha.store import backup, guard
from arusha.store.backup import Restored
from arusha.store.clock import now as moment
from questionnaires.problems import Refused

app = telling.commands("Put a backup back.")
EVERY_TABLE = tables  # each is guarded


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Folder or archive of a backup.")],
    check: Annotated[
        bool, typer.Option("--check", help="Only try it, in a database of its own that is removed again.")
    ] = False,
) -> None:
    """Put a backup back into an empty database, once every file, row and record of the trail is proved.

    All sessions and open invitations end, so everybody signs in again.
    """
    t, now, at = telling.speaker(), settings.read(), moment()
    role = guard.role_for(now.database_url, now.owner_url) if now.serves_people and not check else ""
    with backup.restoring(source, now, at, role=role, check=check) as restored:
        _require_trail(restored)
        values = {"rows": restored.manifest.rows, "at": t.moment(restored.manifest.moment), "source": source}
        ended = None if check else copies.settle(restored.store, restored.manifest, at)
    if ended is None:
        telling.say(t("{source} holds: {rows} rows, as they were on {at}. Nothing was changed.", **values))
        return
    values |= {"sessions": ended.sessions, "invitations": ended.invitations}
    telling.say(t("{source} was put back: {rows} rows, as they were on {at}.", **values))
    telling.say(t("Sessions ended: {sessions}. Open invitations ended: {invitations}.", **values))


def _require_trail(restored: Restored) -> None:
    """Raise ``Refused`` with everything that does not hold in the trail, and in the anchors beside it."""
    told = anchors.read(restored.anchors, restored.store.key("trail")) if restored.anchors else None
    problems = list(told.problems) if told else []
    problems += sealing.faults_of(restored.store, told.anchors if told else ())
    if problems:
        raise Refused(problems)
