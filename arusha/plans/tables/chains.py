"""Where the lines of a work plan table stand in the results chain: in outcomes and outputs kept or made.

The table names an activity's output and outcome by their texts only, and equal texts within a goal are one.
When every activity of an output (or outcome) is given the same other text, it is carried along: it keeps its
permanent id, its indicators and its history under the new text. Otherwise the activity moves.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from arusha.plans.model import Activity, AnyPart, Goal, Outcome, Output, Plan
from arusha.plans.tables.work_plan import cleaned, plain


@dataclass(frozen=True)
class Target:
    """Where an activity is to stand: its goal, and the texts of its outcome and output, '' for none."""

    goal: str
    outcome: str = ""
    output: str = ""


class Chains:
    """A plan's results chain while a table is taken into it; ``changed`` are its new and changed parts."""

    def __init__(self, plan: Plan, new_id: Callable[[], str]) -> None:
        self._plan, self._new_id = plan, new_id
        self._parts: dict[str, AnyPart] = dict(plan.by_id)
        self.changed: dict[str, AnyPart] = {}
        self._known: dict[tuple[str, str, str], str] = {}
        for part in plan.parts:
            self._know(part)

    def _know(self, part: AnyPart) -> None:
        if part.title and part.kind in ("outcome", "output"):
            self._known.setdefault((part.kind, part.within, plain(part.title)), part.id)

    def keep(self, part: AnyPart) -> None:
        """Take a part as it is to be; nothing changes when the plan has it so already."""
        self._parts[part.id] = part
        self._know(part)
        if self._plan.by_id.get(part.id) != part:
            self.changed[part.id] = part
        else:
            self.changed.pop(part.id, None)

    def new_id(self) -> str:
        """Return a permanent id for a new part."""
        return self._new_id()

    def carry(self, targets: Mapping[str, Target]) -> None:
        """Carry along each outcome, then each output, whose activities all have one other target.

        ``targets`` is activity -> where it is to stand, for those that the table names.
        """
        for kind in ("outcome", "output"):
            for part in self._plan.parts:
                if part.kind == kind:
                    self._carry(part, targets)

    def _carry(self, part: AnyPart, targets: Mapping[str, Target]) -> None:
        inside = [one.id for one in self._plan.under(part.id) if isinstance(one, Activity)]
        wanted = {targets.get(one) for one in inside}
        if isinstance(part, Outcome):
            wanted = {Target(one.goal, one.outcome) if one else None for one in wanted}
        target = next(iter(wanted)) if len(wanted) == 1 else None
        text = (target.outcome if isinstance(part, Outcome) else target.output) if target else ""
        if target is None or not text:
            return
        above = target.goal if isinstance(part, Outcome) else self._outcome(target)
        if self._known.get((part.kind, above, plain(text)), part.id) == part.id:
            title = part.title if cleaned(part.title) == text else text
            self.keep(part.model_copy(update={"within": above, "title": title}))

    def place(self, target: Target, now: str = "") -> str:
        """Return the part that an activity stands within, which is made when nothing has its text.

        ``now`` is where it stands already: it stays there when that says the same.
        """
        if now and self._says(now) == _in_short(target):
            return now
        above = self._outcome(target)
        return self._found(Output, above, target.output) if target.output else above

    def _outcome(self, target: Target) -> str:
        return self._found(Outcome, target.goal, target.outcome) if target.outcome else target.goal

    def _found(self, kind: type[Outcome] | type[Output], above: str, text: str) -> str:
        place = (kind.model_fields["kind"].default, above, plain(text))
        if place not in self._known:
            self.keep(kind(id=self._new_id(), within=above, title=text))
        return self._known[place]

    def _says(self, part_id: str) -> Target | None:
        """Return what a place in the chain says of its goal, outcome and output."""
        goal, texts = "", {"outcome": "", "output": ""}
        for part in self._upwards(part_id):
            if isinstance(part, Goal):
                goal = part.id
            elif part.kind in texts:
                texts[part.kind] = plain(part.title)
        return Target(goal, **texts) if goal else None

    def _upwards(self, part_id: str) -> Iterable[AnyPart]:
        seen: set[str] = set()
        while part_id in self._parts and part_id not in seen:
            seen.add(part_id)
            yield self._parts[part_id]
            part_id = self._parts[part_id].within


def _in_short(target: Target) -> Target:
    return Target(target.goal, plain(target.outcome), plain(target.output))
