"""``plan write`` and ``plan read``: which table a file is, which plan it is for, and what it does there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from arusha.access.rules import Actor
from arusha.exchange.reading import LARGEST, Page, opened
from arusha.i18n import Translator
from arusha.plans import service, workbook
from arusha.plans.editing import with_field
from arusha.plans.lifecycle import new_id
from arusha.plans.model import Header, Plan
from arusha.plans.rules import Changes, faults_of_header
from arusha.plans.sheets import taken_tracking, taken_work_plan, tracking, work_plan
from arusha.plans.tables import comparing
from arusha.plans.tables.taking import take
from arusha.plans.tables.tracking import STATES
from arusha.store import Store
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, printable, refuse
from scoring.answers import Answer

NOTHING = {"goals": 0, "activities": 0, "matched": 0, "new": 0}


class Form(Enum):
    """The forms in which a plan is written."""

    PLAN = "plan"
    WORK_PLAN = "work-plan"
    TRACKING = "tracking"


@dataclass(frozen=True)
class Wanted:
    """What a person asked of ``plan read``: whose plan, which one, and what was decided about its rows."""

    administration: str
    plan: str = ""
    decided: Mapping[int, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    start: date | None = None
    end: date | None = None
    name: str = ""
    region: str = ""


@dataclass(frozen=True)
class Done:
    """What reading a file did, or would do: counts, what is to be told, what stands against it."""

    counts: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    plan: str = ""  # '' when nothing was done

    def refuse(self) -> None:
        """Raise ``Refused`` when anything stands against taking the file."""
        if self.problems:
            raise Refused(self.problems)

    def lines(self, t: Translator) -> Iterator[str]:
        """Yield the counts in words, and what was done."""
        if "goals" in self.counts:
            yield t(
                "Goals: {goals}. Activities: {activities}, {matched} matched and {new} new.", **self.counts
            )
        else:
            told = (f"{t(name)}: {self.counts[state]}" for state, name in STATES.items())
            yield "; ".join(told)
        if self.plan:
            yield t("The plan {id} holds it now.", id=self.plan)
        else:
            yield t("Nothing was changed.")


def written(
    t: Translator,
    form: Form,
    plan: Plan,
    today: date,
    asked: Questionnaire,
    answers: Mapping[str, Answer] | None,
) -> bytes:
    """Return the workbook of a plan in one of its forms."""
    match form:
        case Form.WORK_PLAN:
            return work_plan.write(t, plan, today)
        case Form.TRACKING:
            return tracking.write(t, plan, today)
    return workbook.write(t, plan, today, asked, answers)


def decided(same: Sequence[str], new: Sequence[int]) -> dict[int, str]:
    """Return row -> activity, '' for a new one; raise ``Refused`` for what decides nothing, or twice."""
    chosen: dict[int, str] = {}
    for text in [*same, *(f"{row}=" for row in new)]:
        row, sign, activity = text.partition("=")
        if not (sign and row.isdecimal() and len(row) < 8) or (text in same and not activity):
            fault = N_("{text} does not say which activity a row is.")
            raise refuse("--same", fault, N_("Write it like 7=pabc123."), text=printable(text))
        if int(row) in chosen:
            fault = N_("Two things are said of row {row}.")
            raise refuse("--same", fault, N_("Say one of them."), row=int(row))
        chosen[int(row)] = activity
    return chosen


def kept(texts: Sequence[str]) -> dict[str, str]:
    """Return name of a value -> "mine" or "theirs"; raise ``Refused`` for what says neither."""
    chosen = {}
    for text in texts:
        name, _, whose = text.rpartition("=")
        if whose not in ("mine", "theirs") or not name:
            fault = N_("{text} does not say which value stays.")
            raise refuse("--keep", fault, N_("Write it like 7:actual=mine."), text=printable(text))
        chosen[name] = whose
    return chosen


def read(actor: Actor, store: Store, file: Path, wanted: Wanted, today: date, *, dry_run: bool) -> Done:
    """Take a table into the plan it belongs to, or with ``dry_run`` only say what it would do.

    Problems of the table are in what is returned, and nothing is changed then. Raises ``Refused`` for a file
    that cannot be read and for a plan that cannot be chosen.
    """
    with file.open("rb") as source:
        data = source.read(LARGEST + 1)
    pages = opened(data, file.name)
    if taken_tracking.is_one(pages):
        return _read_tracking(actor, store, pages, file.name, wanted, today, dry_run=dry_run)
    return _read_work_plan(actor, store, pages, file.name, wanted, today, dry_run=dry_run)


def _read_work_plan(
    actor: Actor,
    store: Store,
    pages: Mapping[str, Page],
    name: str,
    wanted: Wanted,
    today: date,
    *,
    dry_run: bool,
) -> Done:
    table = taken_work_plan.taken(pages, name)
    plan = _plan_for(actor, store, wanted, table.mark.plan if table.mark else "")
    into = plan or Plan("", wanted.administration, _header(wanted, today, dry_run=dry_run))
    taken = take(into, table, today, new_id, wanted.decided)
    counts = {
        "goals": len(table.sections),
        "activities": len(taken.matching.lines),
        "matched": taken.matching.matched,
        "new": taken.matching.new,
    }
    if dry_run or taken.problems:
        return Done(counts, taken.problems, taken.notices)
    kept = _apply(actor, store, plan, into, taken.changes, wanted)
    return Done(counts, (), taken.notices, kept.id)


def _apply(
    actor: Actor, store: Store, plan: Plan | None, into: Plan, changes: Changes, wanted: Wanted
) -> Plan:
    if plan is not None:
        return service.change(actor, store, plan.id, changes)
    code, head = wanted.administration, into.header
    return service.open_plan(actor, store, code, head, changes, region=wanted.region, name=wanted.name)


def _read_tracking(
    actor: Actor,
    store: Store,
    pages: Mapping[str, Page],
    name: str,
    wanted: Wanted,
    today: date,
    *,
    dry_run: bool,
) -> Done:
    plan = _plan_for(actor, store, wanted, str(pages[tracking.MARKS].at(1, 2).value))
    if plan is None:
        fault = N_("A tracking table belongs to a plan, and {administration} has none.")
        raise refuse(name, fault, N_("Read the work plan first."), administration=wanted.administration)
    table = taken_tracking.taken(pages, name, plan)
    compared = comparing.compare(plan, table, today)
    counts: dict[str, int] = {state: compared.count(state) for state in STATES}
    counts["rows"] = len(table.rows)
    try:
        changes = comparing.take(compared, wanted.kept)
    except Refused as refused:
        return Done(counts, refused.problems, compared.notices)
    if dry_run:
        return Done(counts, (), compared.notices)
    if changes.figures:
        service.change(actor, store, plan.id, changes)
    return Done(counts, (), compared.notices, plan.id)


def _plan_for(actor: Actor, store: Store, wanted: Wanted, marked: str) -> Plan | None:
    """Return the plan that is named, else the one the file was written from, else the newest open one.

    None when a new plan is wanted, or the administration has no plan that is open.
    """
    if wanted.title and not wanted.plan:
        return None
    own = [one for one in service.plans(actor, store) if one.administration == wanted.administration]
    if wanted.plan:
        plan = service.find(actor, store, wanted.plan)
        if plan.administration != wanted.administration:
            fault = N_("The plan is of another administration, {code}.")
            raise refuse(plan.id, fault, N_("Name a plan of its own."), code=plan.administration)
        return plan
    open_ = [one.id for one in own if one.state != "closed"]
    chosen = marked if any(one.id == marked for one in own) else next(iter(open_), "")
    return service.find(actor, store, chosen) if chosen else None


def _header(wanted: Wanted, today: date, *, dry_run: bool) -> Header:
    """Return what is said of a new plan as a whole; a dry run needs no title and no dates."""
    if not dry_run and not (wanted.title and wanted.start and wanted.end):
        fault = N_("{administration} has no open plan, and nothing says what a new one is called.")
        remedy = N_("Give its --title, --start and --end.")
        raise refuse("plan", fault, remedy, administration=printable(wanted.administration))
    start, end = wanted.start or date(today.year, 1, 1), wanted.end or date(today.year + 4, 12, 31)
    header = with_field(Header(title="–", start=start, end=end), "title", wanted.title or "–")
    if problems := faults_of_header(header):
        raise Refused(problems)
    return header
