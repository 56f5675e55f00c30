"""``audit``: prove the trail, and read it."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from arusha import settings
from arusha.access.proof import trails, wording
from arusha.access.proof.trails import Entries, Entry
from arusha.access.rules import LOCAL
from arusha.commands import telling
from arusha.commands.opening import Sample, opened
from arusha.i18n import Translator
from questionnaires.problems import Refused

app = telling.commands("Prove and read the trail: who did what, when, and what was refused.")

InJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.command()
def verify(
    start: Annotated[int, typer.Option("--from", min=1, metavar="SEQ", help="Number to begin with.")] = 1,
    anchors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File of anchors; ARUSHA_ANCHORS if left out.")
    ] = None,
    in_json: InJson = False,
    sample: Sample = False,
) -> None:
    """Prove that no record of the trail was changed, removed or added; exit code 1 when one was."""
    shape = {"count": 0, "first": 0, "last": 0, "anchors": 0}
    with telling.refusals_in(shape if in_json else None), opened(sample=sample) as store:
        if anchors is not None:
            anchors.open("rb").close()  # a file that is named has to be there
        found = trails.verify(LOCAL, store, anchors or settings.read().anchors, start=start)
    if in_json:
        problems = [problem.as_dict() for problem in found.problems]
        telling.send_json({name: getattr(found, name) for name in shape} | {"problems": problems})
        raise typer.Exit(0 if found.holds else 1)
    if not found.holds:
        raise Refused(found.problems)
    telling.say(*wording.held(telling.speaker(), found))


@app.command()
def show(
    limit: Annotated[int, typer.Option(min=1, max=trails.MOST, help="How many records at most.")] = 50,
    action: Annotated[str, typer.Option(help="Only this action, e.g. round:sign.")] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only from this day on, in UTC.")
    ] = None,
    in_json: InJson = False,
    sample: Sample = False,
) -> None:
    """Show the newest records of the trail, newest first."""
    t = telling.speaker()
    begin = since.replace(tzinfo=UTC) if since else None
    with telling.refusals_in({"records": []} if in_json else None), opened(sample=sample) as store:
        found = trails.entries(LOCAL, store, action=action, since=begin, limit=limit)
    if in_json:
        telling.send_json(
            {"records": [_as_row(one) for one in found.rows], "more": found.more, "problems": []}
        )
    else:
        telling.say(*_lines(t, found))


def _as_row(entry: Entry) -> dict[str, Any]:
    return asdict(entry) | {"at": entry.at.isoformat() if entry.at else None}


def _lines(t: Translator, found: Entries) -> Iterator[str]:
    if not found.rows:
        yield t("No record fits.")
        return
    heads = [t("Number"), t("When"), t("Who"), t("Whose"), t("Action"), t("Result"), t("What happened")]
    yield from telling.table([heads, *(_row(t, entry) for entry in found.rows)])
    if found.more:
        yield t("There are older records; ask for more with --limit.")


def _row(t: Translator, entry: Entry) -> list[str]:
    moment = t.moment(entry.at) if entry.at else "–"
    said = (entry.actor or "–", entry.administration or "–", entry.action or "–")
    outcome = wording.outcome(t, entry)
    return [str(entry.seq), moment, *said, outcome, wording.deed(t, entry, {})]
