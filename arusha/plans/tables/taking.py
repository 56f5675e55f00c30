"""A work plan table taken into a plan: what changes, cell by cell, or every fault at its cell.

Nothing is removed: an activity that the table does not name stays as it is. A cell that says what it said
when the table was written leaves alone what was changed here meanwhile; where both were changed, the table
is refused at that cell.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from arusha.plans import rules
from arusha.plans.model import Activity, AnyPart, Goal, Indicator, Plan, Update
from arusha.plans.rules import Changes
from arusha.plans.tables.chains import Chains, Target
from arusha.plans.tables.matching import Matching, matches
from arusha.plans.tables.work_plan import COLUMNS, Line, Section, Table, cleaned, indicators_of, line_of
from questionnaires.problems import N_, Problem, near, printable

OF_LINE = (*(key for key in COLUMNS), "goal")
IN_BOTH = N_("This cell was changed, and so was the plan meanwhile: there it is {now}.")
CHOOSE = N_("Write into the cell what shall stay, as the plan has it, or write the table anew.")

WRITE_AGAIN = N_("Write it again; what is given up is removed on its page, or its status set so.")


@dataclass(frozen=True)
class Taken:
    """What a table does with a plan: its changes, what each line is, and what stands against taking it."""

    changes: Changes
    matching: Matching
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


@dataclass
class _Taking:
    plan: Plan
    table: Table
    matching: Matching
    chains: Chains
    today: date
    problems: list[Problem] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)  # part -> its cell
    goals: dict[int, str] = field(default_factory=dict)  # row of a heading -> its goal

    def tell(self, row: int, key: str, fault: str, remedy: str, /, **values: object) -> None:
        self.problems.append(Problem(self.table.cell(row, key), fault, remedy, values))

    @property
    def is_own(self) -> bool:
        """Return whether the table was written from this plan, so that it says what stood in it then."""
        return self.table.mark is not None and self.table.mark.plan == self.plan.id


REASON = "Work plan table"  # kept beside each version that a table made


def take(
    plan: Plan,
    table: Table,
    today: date,
    new_id: Callable[[], str],
    decided: Mapping[int, str] | None = None,
) -> Taken:
    """Return what taking a table would do; its changes are for ``service.change`` when there is no problem.

    ``decided`` is row -> activity id, or '' for a new activity, for the lines whose match is doubtful.
    """
    matching = matches(plan, table, decided)
    one = _Taking(plan, table, matching, Chains(plan, new_id), today)
    one.problems += [*_wrongly_decided(one, decided or {}), *_doubts(one)]
    for section in table.sections:
        _take_goal(one, section)
    _take_lines(one)
    parts = _in_order(one)
    base = {part.id: plan.revisions[part.id] for part in parts if part.id in plan.revisions}
    changes = Changes(parts=parts, updates=tuple(one.updates), base=base, reason=REASON)
    one.problems += _broken_rules(one, changes)
    told = {problem.place for problem in table.problems}
    further = [problem for problem in one.problems if problem.place not in told]
    return Taken(changes, matching, (*table.problems, *further), (*table.notices, *_notices(one)))


def _in_order(one: _Taking) -> tuple[AnyPart, ...]:
    """Return the changed parts, each after what it stands within."""
    depth = {"goal": 0, "outcome": 1, "output": 2, "activity": 3, "indicator": 4}
    return tuple(sorted(one.chains.changed.values(), key=lambda part: depth[part.kind]))


def _wrongly_decided(one: _Taking, decided: Mapping[int, str]) -> Iterator[Problem]:
    """Yield each decision that names no line, no activity, or one that another line is already."""
    rows = {line.row for line in one.table.lines}
    taken = {match.activity_id for row, match in one.matching.lines.items() if match.activity_id}
    for row, wanted in decided.items():
        if row not in rows:
            fault = N_("No activity stands in row {row}.")
            yield Problem(one.table.place, fault, N_("Look at the table again."), {"row": row})
        elif wanted and not isinstance(one.plan.by_id.get(wanted), Activity):
            known = [activity.id for activity in one.plan.activities]
            meant = near(wanted, known)
            remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
            values = {"name": printable(wanted), "meant": meant, "known": ", ".join(known[:12])}
            fault = N_("There is no activity {name} in the plan.")
            yield Problem(one.table.cell(row, "activity"), fault, remedy, values)
        elif one.matching.lines[row].how != "decided" and wanted in taken:
            fault = N_("Two rows are said to be the same activity {name}.")
            remedy = N_("Say which of them it is.")
            yield Problem(one.table.cell(row, "activity"), fault, remedy, {"name": wanted})


def _doubts(one: _Taking) -> Iterator[Problem]:
    for match in one.matching.doubtful:
        names = "; ".join(_named(one.plan, candidate.activity) for candidate in match.candidates)
        fault = N_("It is doubtful which activity of the plan this is. It could be: {names}.")
        remedy = N_("Say for row {row} which of them it is, or that it is new.")
        values = {"names": names, "row": match.row}
        yield Problem(one.table.cell(match.row, "activity"), fault, remedy, values)


def _named(plan: Plan, activity: str) -> str:
    return f"{rules.name_of(plan.by_id[activity])} [{activity}]"


def _take_goal(one: _Taking, section: Section) -> None:
    id_ = one.matching.goals[section.row]
    goal = one.plan.by_id.get(id_ or "")
    if not isinstance(goal, Goal):
        goal = Goal(id=one.chains.new_id())
        fields = {"number": section.number, "title": section.title, "impact": section.impact}
    else:
        fields = _fields_of_goal(one, section, goal)
    one.goals[section.row] = goal.id
    one.cells[goal.id] = one.table.cell(section.row, "activity")
    if goal.title and not fields["title"]:
        one.tell(section.row, "activity", N_("The goal has lost its title."), WRITE_AGAIN)
    one.chains.keep(goal.model_copy(update=fields))


def _fields_of_goal(one: _Taking, section: Section, goal: Goal) -> dict[str, str]:
    before = one.table.written.get(goal.id) if one.is_own else None
    fields = {}
    for name in ("number", "title", "impact") if section.impact_row else ("number", "title"):
        then = getattr(before, name) if isinstance(before, Section) else None
        if then is None and name != "title" and not getattr(section, name):
            continue  # nobody knows what the cell said before
        row = section.impact_row if name == "impact" else section.row
        key = {"number": "number", "title": "activity", "impact": "stakeholders"}[name]
        fields[name] = _merged(one, (row, key), getattr(section, name), then, getattr(goal, name))
    return fields


def _merged(one: _Taking, spot: tuple[int, str], mine: str, then: str | None, now: str) -> str:
    """Return what is to stand of a text: the cell's where it was changed, the plan's where it was not."""
    before = cleaned(now if then is None else then)
    if mine in (cleaned(now), before):
        return now
    if cleaned(now) != before:
        one.tell(*spot, IN_BOTH, CHOOSE, now=_shown(one.plan, spot[1], now))
    return mine


def _shown(plan: Plan, key: str, now: str) -> str:
    part = plan.by_id.get(now) if key == "goal" else None
    return rules.name_of(part) if part else printable(now) or "–"


def _take_lines(one: _Taking) -> None:
    wanted: dict[int, tuple[Line, Activity | None]] = {}
    targets: dict[str, Target] = {}
    for section in one.table.sections:
        for line in section.lines:
            match = one.matching.lines[line.row]
            if match.how != "doubtful":
                activity = one.plan.by_id.get(match.activity_id or "")
                known = activity if isinstance(activity, Activity) else None
                wanted[line.row] = _wanted(one, line, known, one.goals[section.row]), known
                if known is not None:
                    targets[known.id] = _target(wanted[line.row][0])
    one.chains.carry(targets)
    for line, activity in wanted.values():
        _take_line(one, line, activity)


def _target(line: Line) -> Target:
    return Target(line.goal, line.outcome, line.output)


def _wanted(one: _Taking, line: Line, activity: Activity | None, goal: str) -> Line:
    """Return a line as it is to be: for a known activity each cell merged with what was changed here.

    Where nobody knows what a cell said before, an empty one leaves the plan as it is.
    """
    said = {key: getattr(line, key) for key in COLUMNS} | {"goal": goal}
    if activity is not None:
        now = line_of(one.plan, activity)
        known = one.table.written.get(activity.id) if one.is_own else None
        before = known if isinstance(known, Line) else None
        for key in OF_LINE:
            then = getattr(before, key) if before else None
            if said[key] or (key != "status" and (before or _is_left_behind(key, goal, now))):
                said[key] = _merged(one, (line.row, key), said[key], then, getattr(now, key))
            else:
                said[key] = getattr(now, key)
    return Line(**said, id=activity.id if activity else "", row=line.row)


def _is_left_behind(key: str, goal: str, now: Line) -> bool:
    """Return whether an activity that goes to another goal leaves its output and outcome where they are."""
    return key in ("output", "outcome") and goal != now.goal


def _take_line(one: _Taking, line: Line, activity: Activity | None) -> None:
    if activity and activity.title and not line.activity:
        one.tell(line.row, "activity", N_("The activity has lost its text."), WRITE_AGAIN)
    made = activity or Activity(id=one.chains.new_id())
    within = one.chains.place(_target(line), activity.within if activity else "")
    fields = {"within": within, "number": line.number, "title": line.activity}
    one.cells[made.id] = one.table.cell(line.row, "activity")
    one.chains.keep(made.model_copy(update={**fields, "stakeholders": line.stakeholders}))
    if within in one.chains.changed:
        one.cells.setdefault(within, one.table.cell(line.row, one.chains.changed[within].kind))
    before = one.plan.status(made.id) if activity else "planned"
    if line.status and line.status != before:
        one.updates.append(Update(made.id, "status", one.today, line.status))
    _take_indicator(one, line, made.id)


def _take_indicator(one: _Taking, line: Line, activity: str) -> None:
    """Take the one indicator that a cell stands for; several are changed on the page."""
    there = indicators_of(one.plan, activity)
    if cleaned("\n".join(indicator.title for indicator in there)) == cleaned(line.indicator):
        return
    if len(there) > 1:
        fault = N_("The cell stands for {count} indicators, and its text was changed.")
        remedy = N_("Write what stood there, and change the indicators on their page.")
        one.tell(line.row, "indicator", fault, remedy, count=len(there))
    elif not line.indicator:
        fault = N_("The cell is empty, and the activity has an indicator.")
        remedy = N_("Write what stood there; an indicator is removed on its page.")
        one.tell(line.row, "indicator", fault, remedy)
    else:
        made = there[0] if there else Indicator(id=one.chains.new_id(), within=activity)
        one.cells[made.id] = one.table.cell(line.row, "indicator")
        one.chains.keep(made.model_copy(update={"title": line.indicator}))


def _broken_rules(one: _Taking, changes: Changes) -> Iterator[Problem]:
    """Yield what the plan's own rules have against the changes, each at the cell of its part."""
    now = rules.after(one.plan, changes)
    before = {(p.place, p.fault) for p in rules.faults_of_parts(one.plan, None)}
    places = {rules.name_of(now.by_id[id_]): cell for id_, cell in one.cells.items() if id_ in now.by_id}
    for problem in rules.faults_of_parts(now, None):
        if (problem.place, problem.fault) not in before:
            place = places.get(problem.place, f"{one.table.place} · {problem.place}")
            yield Problem(place, problem.fault, problem.remedy, problem.values)


def _notices(one: _Taking) -> Iterator[Problem]:
    mark = one.table.mark
    if one.is_own and mark is not None and mark.version != one.plan.version:
        fault = N_("The table was written from version {then}, and the plan is version {now} by now.")
        remedy = N_("Look at what changes before you take it.")
        yield Problem(one.table.place, fault, remedy, {"then": mark.version, "now": one.plan.version})
    named = {match.activity_id for match in one.matching.lines.values()}
    candidates = {c.activity for match in one.matching.doubtful for c in match.candidates}
    for activity in one.plan.activities:
        if activity.id not in named | candidates:
            fault = N_("The table does not name the activity {name}; it stays as it is.")
            remedy = N_("Remove it on its page when it is given up.")
            yield Problem(one.table.place, fault, remedy, {"name": rules.name_of(activity)})
