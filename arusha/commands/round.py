"""``round``: open, fill, sign and prove assessment rounds."""

from pathlib import Path
from typing import Annotated

import typer

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.assessments.asking import asked
from arusha.assessments.views import Sheet
from arusha.commands import files, telling
from arusha.commands.opening import Sample, opened
from arusha.commands.rounds import as_row, carried_lines, round_lines
from arusha.members import service as members
from questionnaires import loading
from questionnaires.problems import N_, Refused, refuse
from scoring.answers import Answer, read_answers, write_answers

app = telling.commands("Work with assessment rounds.")

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the round, as `round list` shows it.")]


@app.command("open")
def open_(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="ISO 3166 code of the administration, e.g. KE.")
    ],
    year: Annotated[int, typer.Option(help="Reference year.")],
    edition: Annotated[str, typer.Option(help="Id of the questionnaire; the last by name if left out.")] = "",
    name: Annotated[str, typer.Option(help="Name of a fictional administration, XA to XZ.")] = "",
    region: Annotated[str, typer.Option(help="WCO region of a fictional administration.")] = "",
    short: Annotated[bool, typer.Option("--short", help="Ask the core practices only.")] = False,
    sample: Sample = False,
) -> None:
    """Open a round and print its id."""
    form = "short" if short else "whole"
    edition = edition or loading.editions()[-1]
    with opened(sample=sample) as store:
        round_ = service.open_round(LOCAL, store, code, edition, year, form=form, region=region, name=name)
    telling.say(round_.id)


@app.command("list")
def list_(
    in_json: Annotated[bool, typer.Option("--json", help="Print the rounds as JSON.")] = False,
    sample: Sample = False,
) -> None:
    """List every round."""
    with telling.refusals_in({} if in_json else None), opened(sample=sample) as store:
        rows = [as_row(round_) for round_ in service.rounds(LOCAL, store)]
    if in_json:
        telling.send_json(rows)
    elif rows:
        telling.say(*telling.table([[str(value) for value in row.values()] for row in rows]))
    else:
        telling.say(telling.speaker()("There is no round yet."))


@app.command()
def whole(round_id: Id, sample: Sample = False) -> None:
    """Go on with the whole questionnaire in a round of the short form; every answer stays."""
    t = telling.speaker()
    with opened(sample=sample) as store:
        service.ask_whole(LOCAL, store, round_id)
        practices = len(service.sheet(LOCAL, store, round_id).questionnaire.practices)
    telling.say(t.many("The round asks {count} practice.", "The round asks {count} practices.", practices))


@app.command()
def carry(
    round_id: Id,
    source: Annotated[str, typer.Argument(metavar="EARLIER", help="Id of the earlier round.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    in_json: Annotated[bool, typer.Option("--json", help="Print the receipt as JSON.")] = False,
    sample: Sample = False,
) -> None:
    """Propose the answers of an earlier round, each to be confirmed, and keep the receipt."""
    t = telling.speaker()
    with telling.refusals_in({"rows": []} if in_json else None), opened(sample=sample) as store:
        if dry_run:
            rows = service.carry_plan(LOCAL, store, round_id, source)
        else:
            rows = service.carry_over(LOCAL, store, round_id, source).rows
    if in_json:
        telling.send_json({"rows": [row.as_dict() for row in rows], "problems": []})
    else:
        telling.say(*carried_lines(t, rows))


@app.command()
def show(round_id: Id, sample: Sample = False) -> None:
    """Show a round: whose it is, how far it is, its signatures and its profile."""
    t = telling.speaker()
    with opened(sample=sample) as store:
        seen = service.profile(LOCAL, store, round_id)
        signatures = service.signatures(LOCAL, store, round_id)
        whose = members.find(LOCAL, store, seen.round.administration)
    telling.say(*round_lines(t, seen, whose.name(t) if whose else "", signatures))


@app.command()
def verify(round_id: Id, sample: Sample = False) -> None:
    """Recompute everything that was signed in a round; exit code 1 when something does not hold."""
    t = telling.speaker()
    with opened(sample=sample) as store:
        problems = service.verify(LOCAL, store, round_id)
        signed = len(service.signatures(LOCAL, store, round_id))
    if problems:
        raise Refused(problems)
    if signed:
        telling.say(t.many("{count} signature holds.", "{count} signatures hold.", signed))
    else:
        telling.say(t("Nothing has been signed in this round."))


@app.command("import")
def import_(
    round_id: Id,
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS.csv", help="Answers, as CSV in UTF-8.")],
    sample: Sample = False,
) -> None:
    """Take over a file of answers, as a whole or not at all, and say how many answers changed."""
    t = telling.speaker()
    data = files.read(answers)
    with opened(sample=sample) as store:
        sheet = service.sheet(LOCAL, store, round_id)
        given = _read(sheet, data, str(answers))
        changed = service.import_answers(LOCAL, store, round_id, given)
    telling.say(t.many("{count} answer changed.", "{count} answers changed.", changed))


def _read(sheet: Sheet, data: bytes, name: str) -> tuple[Answer, ...]:
    """Read answers to what the round asks; say so when they answer more than its short form."""
    try:
        return read_answers(sheet.questionnaire, data, name, in_round=True)
    except Refused:
        round_ = sheet.round
        whole = asked(round_.administration, round_.edition, "whole", round_.year).questionnaire
        read_answers(whole, data, name, in_round=True)
        fault = N_("The file answers practices that the short form of this round does not ask.")
        remedy = N_("Take them out, or ask the whole questionnaire first: round whole {id}.")
        raise refuse(name, fault, remedy, id=round_.id) from None


@app.command()
def export(
    round_id: Id,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File to write; stdout if left out.")
    ] = None,
    sample: Sample = False,
) -> None:
    """Write the answers of a round as CSV, one row for each practice of the questionnaire."""
    with opened(sample=sample) as store:
        sheet = service.sheet(LOCAL, store, round_id)
    rows = [sheet.answers.get(practice, Answer(practice)) for practice in sheet.questionnaire.practices]
    data = write_answers(rows).encode()
    if out is None:
        telling.send(data)
    else:
        files.write(out, data)


@app.command()
def sign(
    round_id: Id,
    by: Annotated[str, typer.Option(help="Name and function of the person who signs.")],
    sample: Sample = False,
) -> None:
    """Sign a round off: its answers and its profile are frozen."""
    t = telling.speaker()
    with opened(sample=sample) as store:
        signed = service.sign(LOCAL, store, round_id, by)
    values = {"number": signed.revision, "name": signed.signed_by, "hash": signed.content_hash}
    telling.say(t("Revision {number} is signed by {name}; its SHA-256 is {hash}.", **values))


@app.command()
def reopen(
    round_id: Id,
    reason: Annotated[str, typer.Option(help="Why the round is reopened.")],
    sample: Sample = False,
) -> None:
    """Reopen a signed round; it goes on as a new revision, and what was signed stays."""
    t = telling.speaker()
    with opened(sample=sample) as store:
        round_ = service.reopen(LOCAL, store, round_id, reason)
    telling.say(t("The round is open again, as revision {number}.", number=round_.revision))
