"""``plan``: list, check, write and read action plans."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from arusha.access.rules import LOCAL
from arusha.commands import files, plan_files, telling
from arusha.commands.opening import Sample, opened
from arusha.commands.plan_files import Form, Wanted
from arusha.commands.plans import answered, as_row, finding_as_row
from arusha.plans import service
from arusha.plans.checkup import checking
from arusha.store.clock import now
from questionnaires.problems import N_, Problem, Refused, refuse

app = telling.commands("Work with action plans.")

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the plan, as `plan list` shows it.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
XLSX = ".xlsx"


@app.command("list")
def list_(in_json: Json = False, sample: Sample = False) -> None:
    """List every plan."""
    with telling.refusals_in({} if in_json else None), opened(sample=sample) as store:
        rows = [as_row(one) for one in service.plans(LOCAL, store)]
    if in_json:
        telling.send_json(rows)
    elif rows:
        telling.say(*telling.table([[str(value) for value in row.values()] for row in rows]))
    else:
        telling.say(telling.speaker()("There is no action plan yet."))


@app.command()
def check(plan_id: Id, in_json: Json = False, sample: Sample = False) -> None:
    """Check a plan: what is missing, late, overloaded or cannot be measured; exit code 1 if anything is."""
    t = telling.speaker()
    with telling.refusals_in({"plan": plan_id} if in_json else None), opened(sample=sample) as store:
        plan = service.find(LOCAL, store, plan_id)
        asked, answers = answered(LOCAL, store, plan)
        found = checking.check(plan, asked, answers, now().date(), t.language)
    if in_json:
        telling.send_json({"plan": plan.id, "problems": [finding_as_row(one) for one in found]})
        if found:
            raise typer.Exit(1)
    elif found:
        raise Refused(Problem(one.place, one.fault, one.remedy, one.values) for one in found)
    else:
        telling.say(t("The check found nothing."))


@app.command()
def write(
    plan_id: Id,
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")],
    table: Annotated[Form, typer.Option(help="Which form of the plan to write.")] = Form.PLAN,
    sample: Sample = False,
) -> None:
    """Write a plan as an Excel workbook: the whole plan, the work plan table, or the tracking table."""
    t = telling.speaker()
    if out.suffix.casefold() != XLSX:
        raise refuse(str(out), N_("The name of an Excel workbook ends with .xlsx."), N_("Name it so."))
    with opened(sample=sample) as store:
        plan = service.exported(LOCAL, store, plan_id, table.value)
        asked, answers = answered(LOCAL, store, plan)
    files.write(out, plan_files.written(t, table, plan, now().date(), asked, answers))
    telling.say(t("{file} is written.", file=out))


@app.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A work plan table or a tracking table.")],
    administration: Annotated[str, typer.Option(metavar="CODE", help="Whose plan it is, e.g. KE.")],
    plan_id: Annotated[
        str, typer.Option("--plan", metavar="ID", help="Id of the plan; the newest open one if left out.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    in_json: Json = False,
    same: Annotated[
        list[str] | None, typer.Option(metavar="ROW=ID", help="This row is the activity with this id.")
    ] = None,
    new: Annotated[list[int] | None, typer.Option(metavar="ROW", help="This row is a new activity.")] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="ROW:KIND=WHOSE", help="Of two changes keep mine or theirs: 7:actual=mine."),
    ] = None,
    title: Annotated[str, typer.Option(help="Title of a new plan; with it a new plan is opened.")] = "",
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its first day.")] = None,
    end: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last day.")] = None,
    name: Annotated[str, typer.Option(help="Name of a fictional administration, XA to XZ.")] = "",
    region: Annotated[str, typer.Option(help="WCO region of a fictional administration.")] = "",
    sample: Sample = False,
) -> None:
    """Read a work plan table or a tracking table into a plan, as a whole or not at all."""
    wanted = Wanted(
        administration,
        plan_id,
        plan_files.decided(same or (), new or ()),
        plan_files.kept(keep or ()),
        title,
        _day(start),
        _day(end),
        name,
        region,
    )
    with telling.refusals_in(plan_files.NOTHING if in_json else None), opened(sample=sample) as store:
        done = plan_files.read(LOCAL, store, file, wanted, now().date(), dry_run=dry_run)
    _tell(done, in_json=in_json)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _tell(done: plan_files.Done, *, in_json: bool) -> None:
    t = telling.speaker()
    if in_json:
        telling.send_json({**done.counts, "problems": [problem.as_dict() for problem in done.problems]})
        if done.problems:
            raise typer.Exit(1)
        return
    done.refuse()
    for notice in done.notices:
        telling.say(f"{notice.place}: {t.problem(notice)}")
    telling.say(*done.lines(t))
